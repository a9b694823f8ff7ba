//! The context menus of the calendar: of an occurrence, a window, a day and a month.

use chrono::NaiveDate;
use egui::{Response, Ui};

use crate::model::WindowId;
use crate::session::Command as C;
use crate::session::{Destination, Selection, ViewKind};
use crate::ui::parts::command_item::command_item_ui;
use crate::ui::parts::cx::Cx;
use crate::wording;

/// A part of a menu; a line separates it from the next.
enum Part {
    Commands(&'static [C]),
    Submenu(&'static str, &'static [C]),
}

const OCCURRENCE: &[&[Part]] = &[
    &[Part::Commands(&[C::ShowDay, C::Show(ViewKind::Night)])],
    &[Part::Submenu(
        "Move",
        &[
            C::DayEarlier,
            C::DayLater,
            C::WeekEarlier,
            C::WeekLater,
            C::StartEarlier,
            C::StartLater,
            C::Shorten,
            C::Lengthen,
            C::KeepTimes,
        ],
    )],
    &[Part::Commands(&[C::SkipOccurrence, C::RestoreOccurrence])],
    &[Part::Submenu("Agreement", &[C::AskedThisDate, C::AgreedThisDate, C::AskedAllDates, C::AgreedAllDates])],
    &[Part::Commands(&[C::FixFinding, C::AcceptFinding])],
    &[Part::Commands(&[C::AddDate, C::CopyDates, C::PasteDates, C::DuplicateWindow, C::Print])],
];

const SEVERAL: &[&[Part]] = &[
    &[Part::Submenu("Move", &[C::DayEarlier, C::DayLater, C::WeekEarlier, C::WeekLater])],
    &[Part::Commands(&[C::SkipOccurrence, C::RestoreOccurrence])],
    &[Part::Submenu("Agreement", &[C::AskedThisDate, C::AgreedThisDate])],
    &[Part::Commands(&[C::CopyDates, C::PasteDates])],
];

const WINDOW: &[&[Part]] = &[
    &[Part::Commands(&[C::Rename, C::AddDate])],
    &[Part::Commands(&[C::AskedAllDates, C::AgreedAllDates])],
    &[Part::Commands(&[C::FixFinding, C::AcceptFinding])],
    &[Part::Commands(&[C::DuplicateWindow, C::Print, C::Remove])],
];

const DAY: &[&[Part]] =
    &[&[Part::Commands(&[C::NewWindow, C::AddDate, C::PasteDates, C::NewFreeze])], &[Part::Commands(&[C::ShowDay])]];

/// The menu of an occurrence. A secondary click selects it first, since its commands act on the selection; giving every bar
/// a menu would be slow.
pub fn occurrence_ui(response: &Response, cx: &Cx<'_>, window: &WindowId, on: NaiveDate) {
    let is_one_of_several = matches!(cx.selection(), Selection::Several(_)) && cx.selection().is_occurrence(window, on);
    if response.secondary_clicked() && !is_one_of_several {
        cx.select(Selection::Occurrence(window.clone(), on));
    }
    let parts = if is_one_of_several { SEVERAL } else { OCCURRENCE };
    response.context_menu(|ui| parts_ui(ui, cx, parts));
}

/// The menu of a window's row.
pub fn window_ui(response: &Response, cx: &Cx<'_>, window: &WindowId) {
    let selection = Selection::Window(window.clone());
    if response.secondary_clicked() {
        cx.select(selection.clone());
    }
    if response.secondary_clicked() || *cx.selection() == selection {
        response.context_menu(|ui| parts_ui(ui, cx, WINDOW));
    }
}

/// The menu of a day, or of the occurrences on it that are not drawn.
pub fn day_ui(response: &Response, cx: &Cx<'_>, on: NaiveDate) {
    if response.secondary_clicked() {
        cx.select(Selection::Day(on));
    }
    if response.secondary_clicked() || *cx.selection() == Selection::Day(on) {
        response.context_menu(|ui| parts_ui(ui, cx, DAY));
    }
}

/// The menu of a month's head.
pub fn month_ui(response: &Response, cx: &Cx<'_>, month: NaiveDate) {
    response.context_menu(|ui| {
        ui.set_min_width(200.0);
        if ui.button(format!("Open {}", wording::month_and_year(month))).clicked() {
            cx.reveal(Destination::Month(month));
            ui.close();
        }
    });
}

fn parts_ui(ui: &mut Ui, cx: &Cx<'_>, sections: &[&[Part]]) {
    ui.set_min_width(210.0);
    for (index, section) in sections.iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        for part in *section {
            match part {
                Part::Commands(commands) => commands.iter().for_each(|command| command_item_ui(ui, cx, *command)),
                Part::Submenu(title, commands) => {
                    ui.menu_button(*title, |ui| {
                        ui.set_min_width(240.0);
                        commands.iter().for_each(|command| command_item_ui(ui, cx, *command));
                    });
                }
            }
        }
    }
}
