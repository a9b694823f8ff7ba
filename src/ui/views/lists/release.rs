//! The form of a vendor's release calendar.

use chrono::{NaiveTime, Weekday};
use egui::Ui;

use crate::model::{Edit, MonthDay, ReleaseCadence, ReleaseCalendar, Table, VendorDays, vendor_releases};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::rule_fields::month_day;
use crate::ui::parts::{fields, picker, theme};
use crate::wording;

pub fn release_ui(ui: &mut Ui, cx: &Cx<'_>, calendar: &ReleaseCalendar) {
    let mut copy = calendar.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &calendar.name, font, 300.0) {
        copy.name = name;
    }
    if let Some(vendor) = row(ui, cx, "Vendor", |ui| fields::text(ui, "Vendor", &calendar.vendor, "")) {
        copy.vendor = vendor;
    }
    if let Some(known) = known_vendors(ui) {
        copy = ReleaseCalendar { id: copy.id, ..known };
    }
    let mut removed = None;
    for (index, cadence) in copy.cadences.iter_mut().enumerate() {
        section(ui, &format!("Rule {}", index + 1));
        ui.push_id(index, |ui| {
            cadence_ui(ui, cx, cadence);
            if ui.button(format!("Remove rule {}", index + 1)).clicked() {
                removed = Some(index);
            }
        });
    }
    if let Some(index) = removed {
        copy.cadences.remove(index);
    }
    ui.add_space(4.0);
    if ui.button("Add rule").clicked() {
        copy.cadences.push(ReleaseCadence {
            on: MonthDay::Nth(2, Weekday::Tue),
            months: Vec::new(),
            time: NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default(),
            zone: "America/Los_Angeles".to_owned(),
            valid_from: None,
            valid_to: None,
        });
    }
    if copy != *calendar {
        cx.edit(Edit::PutRelease(copy));
    }
}

/// What vendors say about their days; choosing one takes its rules over.
fn known_vendors(ui: &mut Ui) -> Option<ReleaseCalendar> {
    let mut chosen = None;
    ui.menu_button("Rules of a vendor", |ui| {
        for known in vendor_releases() {
            match known.days {
                VendorDays::Fixed(calendar) => {
                    let label = format!("{}: {}", known.vendor, calendar.name);
                    if ui.button(label).on_hover_text(known.source).clicked() {
                        chosen = Some(calendar);
                        ui.close();
                    }
                }
                VendorDays::None(instead) => {
                    let label = format!("{} {instead}", known.vendor);
                    ui.add_enabled(false, egui::Button::new(label)).on_disabled_hover_text(known.source);
                }
            }
        }
    });
    chosen
}

fn cadence_ui(ui: &mut Ui, cx: &Cx<'_>, cadence: &mut ReleaseCadence) {
    let on = row(ui, cx, "Day of the month", |ui| ui.horizontal(|ui| month_day(ui, cadence.on, Weekday::Tue)).inner);
    if let Some(on) = on {
        cadence.on = on;
    }
    let months = || (1..=12_u8).map(|month| (month, month_name(&month))).collect();
    let chosen =
        row(ui, cx, "Months", |ui| picker::ids(ui, "Months", &cadence.months, "Every month", &months, month_name));
    if let Some(chosen) = chosen {
        cadence.months = chosen;
    }
    if let Some(time) = row(ui, cx, "At", |ui| fields::time(ui, "At", cadence.time)) {
        cadence.time = time;
    }
    let none = Table::default();
    if let Some(zone) = row(ui, cx, "Vendor's zone", |ui| picker::zone(ui, "Vendor's zone", &cadence.zone, &none)) {
        cadence.zone = zone;
    }
    if let Some(on) = row(ui, cx, "Valid from", |ui| fields::optional_date(ui, cx, "Valid from", cadence.valid_from)) {
        cadence.valid_from = on;
    }
    if let Some(on) = row(ui, cx, "Valid to", |ui| fields::optional_date(ui, cx, "Valid to", cadence.valid_to)) {
        cadence.valid_to = on;
    }
}

fn month_name(month: &u8) -> String {
    wording::month_name((*month).into()).map_or_else(|| month.to_string(), str::to_owned)
}
