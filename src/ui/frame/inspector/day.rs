//! A day without a selected occurrence: what takes place on it, and what can be added.

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{RichText, Ui};

use super::{activity, fit_card};
use crate::checks::Finding;
use crate::model::{LocalMinute, Subject};
use crate::session::{Command, Destination, FilterMatches, Selection};
use crate::ui::parts::carrier_days::{long_words, notices_on, short_words};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{command_button, muted};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

/// At most this many occurrences are listed.
const MOST: usize = 40;

/// `findings` are about the day itself, `matches` are the windows that the filter of the calendar leaves.
pub fn day_ui(ui: &mut Ui, cx: &Cx<'_>, on: NaiveDate, findings: &[Arc<Finding>], matches: Option<&FilterMatches>) {
    ui.label(RichText::new(wording::date(on)).font(theme::strong(theme::TITLE - 1.0)));
    marks_ui(ui, cx, on);
    for finding in findings {
        fit_card::finding_ui(ui, cx, finding, 1);
    }
    ui.add_space(6.0);
    let schedule = cx.schedule();
    // The day begins up to a day earlier or later in the zone of a window.
    let midnight = schedule.zone.resolve(LocalMinute::midnight(on)).at;
    let (from, to) = (midnight.plus(-2 * 24 * 60), midnight.plus(3 * 24 * 60));
    let mut here: Vec<_> = schedule
        .windows
        .iter()
        .enumerate()
        .flat_map(|(index, window)| {
            let near = window.expansion.starting_from(from).iter().take_while(|occurrence| occurrence.start_at < to);
            near.filter(|occurrence| occurrence.on() == on).map(move |occurrence| (index, window, occurrence))
        })
        .collect();
    here.sort_by_key(|(_, _, occurrence)| occurrence.start_at);
    let all = here.len();
    here.retain(|(index, ..)| matches.is_none_or(|matches| matches.contains(*index as u32)));
    let hidden = all - here.len();
    if all == 0 {
        ui.label(muted(cx, "Nothing is planned on this day."));
    }
    let more = here.len().saturating_sub(MOST);
    for (_, window, occurrence) in here.into_iter().take(MOST) {
        let label = format!("{}  {}", occurrence_text::hours(window, occurrence), window.window.name);
        if ui.add(egui::Button::new(label).truncate().min_size(egui::vec2(ui.available_width(), 24.0))).clicked() {
            cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
        }
    }
    if more > 0 {
        ui.label(muted(cx, wording::and_more(more)));
    }
    if hidden > 0 {
        ui.label(muted(cx, format!("The filter hides {}", wording::counted(hidden as i64, "window"))));
    }
    ui.add_space(10.0);
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        ui.horizontal_wrapped(|ui| {
            command_button(ui, cx, Command::NewWindow);
            command_button(ui, cx, Command::NewFreeze);
        });
    });
    if ui.button("Hour by hour").clicked() {
        cx.reveal(Destination::Day(on));
    }
    activity::activity_ui(ui, cx, on);
}

fn marks_ui(ui: &mut Ui, cx: &Cx<'_>, on: NaiveDate) {
    let plan = cx.plan();
    for holiday in plan.holidays().iter().flat_map(|calendar| &calendar.days).filter(|holiday| holiday.on == on) {
        let region = if holiday.region.is_empty() { String::new() } else { format!(" ({})", holiday.region) };
        ui.label(format!("Holiday: {}{region}", holiday.name));
    }
    for freeze in plan.freezes().iter().filter(|freeze| !freeze.spans(on, on).is_empty()) {
        if ui.link(format!("Freeze: {}", freeze.name)).clicked() {
            cx.select(Selection::Freeze(freeze.id.clone()));
        }
    }
    let schedule = cx.schedule();
    for notice in notices_on(schedule, on) {
        let response = ui.link(short_words(notice, &schedule.zone));
        let long = |ui: &mut Ui| _ = ui.label(long_words(notice, plan, &schedule.zone));
        if response.on_hover_ui(long).clicked() {
            cx.reveal(Destination::List(Subject::Notice(notice.id.clone())));
        }
    }
    for release in schedule.releases.iter().filter(|release| schedule.zone.local(release.at).date() == on) {
        let at = wording::time(schedule.zone.local(release.at).time());
        ui.label(muted(cx, format!("{} at {at}", plan.release_name(&release.calendar))));
    }
}
