//! The form of a holiday calendar.

use chrono::NaiveDate;
use egui::{Id, ScrollArea, Ui, Vec2};
use lucide_icons::Icon;

use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::section;
use crate::ui::parts::widgets::icon_button;
use crate::ui::parts::{fields, theme};
use crate::wording;

pub fn holidays_ui(ui: &mut Ui, cx: &Cx<'_>, calendar: &HolidayCalendar) {
    let mut copy = calendar.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &calendar.name, font, 300.0) {
        copy.name = name;
    }
    section(ui, "Days");
    let mut removed = None;
    let added_id = Id::unique("holiday that was just added");
    // Its date can be typed over at once.
    let added = ui.data(|data| data.get_temp::<(HolidayId, NaiveDate)>(added_id));
    ScrollArea::vertical().max_height(480.0).show(ui, |ui| {
        for (index, day) in copy.days.iter_mut().enumerate() {
            if added == Some((calendar.id.clone(), day.on)) {
                ui.push_id((day.on, index), |ui| fields::focus(ui, &date_of(index + 1), &wording::date(day.on)));
            }
            ui.push_id((day.on, index), |ui| removed = day_ui(ui, cx, index + 1, day).then_some(index).or(removed));
        }
    });
    if added.as_ref().is_some_and(|(id, on)| *id == calendar.id && calendar.days.iter().any(|day| day.on == *on)) {
        ui.data_mut(|data| data.remove::<(HolidayId, NaiveDate)>(added_id));
    }
    if let Some(index) = removed {
        copy.days.remove(index);
    }
    if ui.button("Add day").clicked() {
        let on = copy.days.last().map_or(cx.plan().horizon().from, |last| last.on.succ_opt().unwrap_or(last.on));
        ui.data_mut(|data| data.insert_temp(added_id, (calendar.id.clone(), on)));
        copy.days.push(Holiday { on, name: "New holiday".to_owned(), region: String::new() });
    }
    if copy != *calendar {
        copy.days.sort();
        cx.edit(Edit::PutHolidays(copy));
    }
}

/// The name of the field with the date of a day.
fn date_of(number: usize) -> String {
    format!("Date of day {number}")
}

/// Edits one day, in one row. Returns whether it was removed.
fn day_ui(ui: &mut Ui, cx: &Cx<'_>, number: usize, day: &mut Holiday) -> bool {
    /// The widths of the region and of the button.
    const REGION: f32 = 88.0;
    const BUTTON: f32 = 30.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if let Some(on) = fields::plain_date(ui, &date_of(number), day.on) {
            day.on = on;
        }
        let width = (ui.available_width() - REGION - BUTTON - 16.0).max(80.0);
        let named = ui.allocate_ui(Vec2::new(width, 26.0), |ui| {
            fields::text(ui, &format!("Name of day {number}"), &day.name, "Holiday")
        });
        if let Some(name) = named.inner {
            day.name = name;
        }
        let region = ui.allocate_ui(Vec2::new(REGION, 26.0), |ui| {
            fields::text(ui, &format!("Region of day {number}"), &day.region, "Everywhere")
        });
        if let Some(region) = region.inner {
            day.region = region;
        }
        icon_button(ui, Icon::X, &format!("Remove day {number}"), cx.is_editable()).clicked()
    })
    .inner
}
