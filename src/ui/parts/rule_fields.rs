//! Fields for the parts of a rule: weekdays, and the day of a month.

use chrono::Weekday;
use egui::{Button, Ui, Vec2};

use super::fields;
use crate::model::MonthDay;
use crate::wording::{self, WEEK, capitalised, ordinal};

/// Weekdays to switch on and off, Monday first.
pub fn weekdays(ui: &mut Ui, name: &str, current: &[Weekday]) -> Option<Vec<Weekday>> {
    let mut toggled = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 4.0;
        for day in WEEK {
            let word = wording::weekday(day);
            let response =
                ui.add(Button::selectable(current.contains(&day), &word[..2]).min_size(Vec2::new(26.0, 24.0)));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{name}, {word}")));
            if response.clicked() {
                toggled = Some(day);
            }
        }
    });
    let toggled = toggled?;
    Some(WEEK.into_iter().filter(|day| current.contains(day) != (*day == toggled)).collect())
}

/// The day of a month: a weekday, first to fifth or last, or a numbered day. `usual` is the weekday offered when a
/// numbered day becomes a weekday.
pub fn month_day(ui: &mut Ui, current: MonthDay, usual: Weekday) -> Option<MonthDay> {
    const LAST: u8 = 6;
    const NUMBERED: u8 = 7;
    let mut weeks: Vec<(u8, String)> = (1..=5).map(|n| (n, capitalised(&ordinal(n)))).collect();
    weeks.extend([(LAST, "Last".to_owned()), (NUMBERED, "Day".to_owned())]);
    let (week, weekday) = match current {
        MonthDay::Nth(n, weekday) => (n, weekday),
        MonthDay::Last(weekday) => (LAST, weekday),
        MonthDay::Day(_) => (NUMBERED, usual),
    };
    let in_week = |week, weekday| match week {
        LAST => MonthDay::Last(weekday),
        NUMBERED => MonthDay::Day(1),
        n => MonthDay::Nth(n, weekday),
    };
    let chosen = fields::choice(ui, "Week of the month", &weeks, week).map(|week| in_week(week, weekday));
    let typed = match current {
        MonthDay::Day(day) => {
            let typed = fields::number(ui, "Day of the month", day.into(), 1..=31);
            typed.map(|day| MonthDay::Day(day as u8))
        }
        MonthDay::Nth(..) | MonthDay::Last(_) => {
            let days = WEEK.map(|day| (day, wording::weekday(day).to_owned()));
            fields::choice(ui, "Weekday", &days, weekday).map(|weekday| in_week(week, weekday))
        }
    };
    chosen.or(typed)
}
