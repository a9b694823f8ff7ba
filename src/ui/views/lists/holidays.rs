//! The form of a holiday calendar.

use egui::{ScrollArea, Ui};
use lucide_icons::Icon;

use crate::model::{Edit, Holiday, HolidayCalendar};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::section;
use crate::ui::parts::widgets::icon_button;
use crate::ui::parts::{fields, theme};

pub fn holidays_ui(ui: &mut Ui, cx: &Cx<'_>, calendar: &HolidayCalendar) {
    let mut copy = calendar.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &calendar.name, font, 300.0) {
        copy.name = name;
    }
    section(ui, "Days");
    let mut removed = None;
    ScrollArea::vertical().max_height(480.0).show(ui, |ui| {
        for (index, day) in copy.days.iter_mut().enumerate() {
            ui.push_id((day.on, index), |ui| removed = day_ui(ui, cx, index + 1, day).then_some(index).or(removed));
        }
    });
    if let Some(index) = removed {
        copy.days.remove(index);
    }
    if ui.button("Add day").clicked() {
        let on = copy.days.last().map_or(cx.plan().horizon().from, |last| last.on.succ_opt().unwrap_or(last.on));
        copy.days.push(Holiday { on, name: "New holiday".to_owned(), region: String::new() });
    }
    if copy != *calendar {
        copy.days.sort();
        cx.edit(Edit::PutHolidays(copy));
    }
}

/// Edits one day. Returns whether it was removed.
fn day_ui(ui: &mut Ui, cx: &Cx<'_>, number: usize, day: &mut Holiday) -> bool {
    let mut is_removed = false;
    ui.horizontal(|ui| {
        if let Some(on) = fields::date(ui, &format!("Date of day {number}"), day.on) {
            day.on = on;
        }
        let label = format!("Remove day {number}");
        is_removed = icon_button(ui, Icon::X, &label, cx.is_editable()).clicked();
    });
    if let Some(name) = fields::text(ui, &format!("Name of day {number}"), &day.name, "Holiday") {
        day.name = name;
    }
    if let Some(region) = fields::text(ui, &format!("Region of day {number}"), &day.region, "Everywhere") {
        day.region = region;
    }
    ui.add_space(4.0);
    is_removed
}
