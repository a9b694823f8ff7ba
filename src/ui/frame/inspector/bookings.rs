//! Who is booked for a window: for the work and for testing afterwards, for all occurrences or for one.

use chrono::NaiveDate;
use egui::{RichText, Ui};
use lucide_icons::Icon;

use super::headings::section;
use super::{change, watch};
use crate::model::{Booking, Duty, MaintenanceWindow};
use crate::schedule::rota::duty_in_words;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::session::View;
use crate::ui::parts::assignee::assignee;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::{icon_button, muted, strong, text};
use crate::wording;

/// The section of the inspector. `is_chosen`: one occurrence is selected, not the window as a whole.
pub fn bookings_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    window: &WindowSchedule,
    occurrence: Option<&Occurrence>,
    is_chosen: bool,
) {
    section(ui, cx, "Who works", &summary(cx, window, occurrence), |ui| {
        if let Some(occurrence) = occurrence {
            shifts_ui(ui, cx, window, occurrence);
        }
        for (index, booking) in window.window.bookings.iter().enumerate() {
            ui.push_id(index, |ui| booking_ui(ui, cx, &window.window, index, booking));
        }
        let only = occurrence.filter(|_| is_chosen).map(Occurrence::original_on);
        add_ui(ui, cx, &window.window, only);
        watch::watch_ui(ui, cx, window, occurrence);
    });
}

/// "Bo Lund; tests: Ann Bell; watches: Cy Moss"
fn summary(cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) -> String {
    let Some(occurrence) = occurrence else { return String::new() };
    let rota = &cx.schedule().rota;
    let names = |is_it: fn(Duty) -> bool| {
        let shifts = rota.shifts_at(window.id(), occurrence.original_on());
        let these = shifts.filter(|shift| is_it(shift.duty));
        these.map(|shift| rota.person(shift).name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let titled = |title: &str, names: String| if names.is_empty() { names } else { format!("{title}: {names}") };
    let testers = titled("tests", names(|duty| matches!(duty, Duty::Testing(_))));
    let watch = titled("watches", names(|duty| duty == Duty::Watch));
    [names(|duty| duty == Duty::Work), testers, watch]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// Who works when in that occurrence, and which bookings cannot be filled.
fn shifts_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    let (rota, on) = (&cx.schedule().rota, occurrence.original_on());
    for shift in rota.shifts_at(window.id(), on) {
        let span = rota.span_in_words(shift.from, shift.to);
        ui.horizontal(|ui| {
            ui.label(strong(&rota.person(shift).name));
            ui.label(duty_in_words(shift.duty));
        });
        text(ui, muted(cx, span));
    }
    for shortage in rota.shortages_at(window.id(), on) {
        let (team, missing) = (&rota.shortage_team(shortage).name, shortage.missing);
        let message = format!("{team}: {missing} of {} missing for {}", shortage.needed, duty_in_words(shortage.duty));
        text(ui, RichText::new(message).color(cx.colors.error));
    }
    if !window.window.bookings.is_empty() {
        ui.add_space(4.0);
        ui.label(muted(cx, "Bookings"));
    }
}

/// One booking: who, what for, for which occurrences.
fn booking_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow, index: usize, booking: &Booking) {
    let who = booking.who.name(cx.plan());
    let when = booking.on.map_or_else(|| "all occurrences".to_owned(), wording::date);
    ui.horizontal(|ui| {
        ui.label(who);
        ui.label(muted(cx, format!("{}, {when}", duty_in_words(booking.duty))));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = format!("Remove booking of {who}, {}, {when}", duty_in_words(booking.duty));
            if icon_button(ui, Icon::X, &name, cx.is_editable()).clicked() {
                change(cx, window, |window| {
                    window.bookings.remove(index);
                });
            }
        });
    });
    if let Duty::Testing(minutes) = booking.duty {
        ui.horizontal(|ui| {
            ui.label(muted(cx, "Tests for"));
            if let Some(minutes) = fields::length(ui, &format!("Testing time of {who}, {when}"), minutes) {
                change(cx, window, |window| window.bookings[index].duty = Duty::Testing(minutes));
            }
        });
    }
}

/// Lists for booking a person or team, and a check box for booking only the date `only`.
fn add_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow, only: Option<NaiveDate>) {
    let plan = cx.plan();
    if plan.people().is_empty() && plan.teams().is_empty() {
        ui.horizontal(|ui| {
            ui.label(muted(cx, "No people to book yet"));
            if ui.link("Show lists").clicked() {
                cx.show(View::Lists);
            }
        });
        return;
    }
    let id = ui.make_persistent_id("only this occurrence");
    let mut is_only = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default();
    ui.add_space(4.0);
    if let Some(on) = only {
        let label = format!("Book for {} only", wording::date(on));
        if ui.checkbox(&mut is_only, label).changed() {
            ui.data_mut(|data| data.insert_temp(id, is_only));
        }
    }
    ui.horizontal_wrapped(|ui| {
        let watch = window.watch.as_ref().map(|_| ("Book for watch…", Duty::Watch));
        for (name, duty) in
            [("Book for work…", Duty::Work), ("Book for testing…", Duty::USUAL_TESTING)].into_iter().chain(watch)
        {
            if let Some(Some(who)) = assignee(ui, cx, name, None, name) {
                let on = only.filter(|_| is_only);
                change(cx, window, |window| window.bookings.push(Booking { duty, who, on }));
            }
        }
    });
}
