//! The fields for weekly hours: when a business area allows work, or when a person can be booked.

use chrono::{NaiveTime, Weekday};
use egui::Ui;
use lucide_icons::Icon;

use crate::model::AllowedHours;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::rule_fields::weekdays;
use crate::ui::parts::widgets::{icon_button, muted};

/// Edits hours; an empty list means any hour.
pub fn hours_ui(ui: &mut Ui, cx: &Cx<'_>, allowed: &mut Vec<AllowedHours>) {
    if allowed.is_empty() {
        ui.label(muted(cx, "Any hour"));
    }
    let mut removed = None;
    for (index, hours) in allowed.iter_mut().enumerate() {
        ui.push_id(index, |ui| {
            let number = index + 1;
            if let Some(days) = weekdays(ui, &format!("Hours {number}"), &hours.days) {
                hours.days = days;
            }
            ui.horizontal(|ui| {
                if let Some(from) = fields::time(ui, &format!("Hours {number} from"), hours.from) {
                    hours.from = from;
                }
                ui.label("–");
                if let Some(until) = fields::time(ui, &format!("Hours {number} until"), hours.until) {
                    hours.until = until;
                }
                if icon_button(ui, Icon::X, &format!("Remove hours {number}"), cx.is_editable()).clicked() {
                    removed = Some(index);
                }
            });
        });
    }
    if let Some(index) = removed {
        allowed.remove(index);
    }
    if ui.button("Add hours").clicked() {
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let days = vec![Weekday::Sat, Weekday::Sun];
        allowed.push(AllowedHours { days, from: clock(20), until: clock(6) });
    }
}
