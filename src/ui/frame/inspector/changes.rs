//! The times of one occurrence, and the dated changes of a window: "from 1 July on at 23:00".

use egui::{Id, Ui};
use lucide_icons::Icon;

use super::change;
use crate::model::{DatedChange, Extent, LocalMinute, MaintenanceWindow};
use crate::schedule::{Occurrence, Origin, WindowSchedule};
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{self, icon_button, muted, strong};
use crate::ui::parts::{fields, while_shown};
use crate::wording;

/// The date, the start and the length of one occurrence in one line, and which dates a change of them applies to.
pub fn times_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    if occurrence.origin == Origin::Skipped {
        return;
    }
    // A text that cannot be read, and the choice of dates, stay with the date that they were meant for.
    let on = occurrence.original_on();
    ui.push_id(on, |ui| {
        let id = Id::unique("extent of times");
        let extent: Extent = while_shown::get(ui, id, cx.selection().clone());
        let new = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let date = fields::plain_date(ui, cx, "Date of this occurrence", occurrence.on());
            let start = fields::time(ui, "Start of this occurrence", occurrence.local_start.time());
            ui.label("for");
            let duration = fields::length(ui, "Length of this occurrence", occurrence.duration);
            (date, start, duration)
        });
        if window.expansion.occurrences.len() > 1 {
            let extents = Extent::ALL.map(|each| (each, each.name()));
            ui.horizontal_wrapped(|ui| {
                ui.label(muted(cx, "Change"));
                if let Some(chosen) = widgets::segments(ui, cx, &extents, extent) {
                    while_shown::set::<Selection, _>(ui, id, chosen);
                }
            });
        }
        let (date, start, duration) = new.inner;
        if date.is_some() || start.is_some() || duration.is_some() {
            let start = start.unwrap_or_else(|| occurrence.local_start.time());
            let start = LocalMinute::new(date.unwrap_or_else(|| occurrence.on()), start);
            let duration = duration.unwrap_or(occurrence.duration);
            let first = cx.plan().horizon().from;
            cx.edit(window.change_times_of((occurrence, extent), start, duration, first));
        }
    });
}

/// All dated changes of a window, and a button for another one.
pub fn changes_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let record = &window.window;
    ui.add_space(4.0);
    ui.label(strong("Other times from a date on"));
    for (index, each) in record.changes.iter().enumerate() {
        ui.push_id(index, |ui| change_ui(ui, cx, record, index, each));
    }
    if record.changes.is_empty() {
        ui.label(muted(cx, "None"));
    }
    if ui.button("Add a change").clicked() {
        let new = record.dated_change(next_date(window, cx.plan().horizon().from));
        change(cx, record, |window| window.changes.push(new));
    }
}

fn change_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow, index: usize, each: &DatedChange) {
    let put = |new: DatedChange| change(cx, window, |window| window.changes[index] = new);
    ui.horizontal_wrapped(|ui| {
        ui.label("From");
        if let Some(from) = fields::date(ui, cx, "From", each.from) {
            put(DatedChange { from, ..each.clone() });
        }
        ui.label("at");
        if let Some(start) = fields::optional_time(ui, "Start from then on", each.start) {
            put(DatedChange { start, ..each.clone() });
        }
        ui.label("for");
        if let Some(duration) = fields::optional_length(ui, "Length from then on", each.duration) {
            put(DatedChange { duration, ..each.clone() });
        }
        let most = i64::from(DatedChange::LONGEST_SHIFT);
        if let Some(days) = fields::count(ui, "Days later from then on", each.shift().into(), -most..=most, "day") {
            put(DatedChange { shift_days: days as i32, ..each.clone() });
        }
        ui.label("later");
        if icon_button(ui, Icon::X, &format!("Remove the change from {}", wording::date(each.from)), true).clicked() {
            change(cx, window, |window| {
                window.changes.remove(index);
            });
        }
    });
}

/// The first original date after all changes; without one, the day after the last change or the plan's first.
fn next_date(window: &WindowSchedule, first: chrono::NaiveDate) -> chrono::NaiveDate {
    let last = window.window.changes.last().map(|change| change.from);
    let dates = window.expansion.occurrences.iter().map(Occurrence::original_on);
    let next = dates.filter(|on| last.is_none_or(|last| *on > last)).min();
    next.or_else(|| last?.succ_opt()).unwrap_or(first)
}
