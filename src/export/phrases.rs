//! What the planner, the owner's year and the board's sheet word alike: names, times, columns.

use chrono::{Datelike as _, NaiveDate};

use super::page::PAGE_OF;
use super::paper::{Column, Document, Sheet};
use super::text::{clip, date, one_line};
use crate::model::{BusinessArea, MaintenanceWindow, Minutes, UtcMinute, clock_in_words};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// Characters of a name on paper.
const LONGEST_NAME: usize = 120;
/// Things that one list names before it says how many more there are.
const MOST_NAMES: usize = 6;

/// A document in English about that plan.
pub fn document(title: String, schedule: &Schedule, revision: &str, sheets: Vec<Sheet>) -> Document {
    Document {
        title,
        language: "en".to_owned(),
        plan: name(&schedule.plan.title),
        revision: revision.to_owned(),
        contents: None,
        page_of: PAGE_OF.to_owned(),
        sheets,
    }
}

/// A name on one line.
pub fn name(text: &str) -> String {
    clip(one_line(text), LONGEST_NAME)
}

/// A name, or the id of what has none.
pub fn called(text: &str, id: &impl ToString) -> String {
    Some(name(text)).filter(|name| !name.is_empty()).unwrap_or_else(|| name(&id.to_string()))
}

pub fn window_name(window: &MaintenanceWindow) -> String {
    called(&window.name, &window.id)
}

pub fn area_name(area: &BusinessArea) -> String {
    called(&area.name, &area.id)
}

/// "Core DB, Ledger and 4 more"
pub fn names(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(MOST_NAMES);
    let names = all.take(MOST_NAMES).collect::<Vec<_>>().join(", ");
    if more == 0 { names } else { format!("{names} and {more} more") }
}

/// "Sat 13 Mar"
pub fn day(on: NaiveDate) -> String {
    on.format("%a %-d %b").to_string()
}

/// "13 Mar"
pub fn short(on: NaiveDate) -> String {
    on.format("%-d %b").to_string()
}

/// "March 2027"
pub fn month(on: NaiveDate) -> String {
    format!("{} {}", on.format("%B"), on.year())
}

/// "22:00", on the window's clock.
pub fn clock(window: &WindowSchedule, at: UtcMinute) -> String {
    clock_in_words(window.local(at).time())
}

/// The date on which it starts by the window's clock.
pub fn starts_on(window: &WindowSchedule, occurrence: &Occurrence) -> NaiveDate {
    window.local(occurrence.start_at).date()
}

/// "22:00 – 02:00 GMT", "00:00 GMT – 05:00 BST"; with the date of its end where it lasts longer than a day.
pub fn hours(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let clocks = clocks(window, occurrence);
    if changes_clocks(window, occurrence) {
        return clocks;
    }
    format!("{clocks} {}", window.expansion.zone.abbreviation(occurrence.end_at))
}

/// "22:00 – 02:00", and "00:00 GMT – 05:00 BST" where the clocks change.
pub fn clocks(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let (from, to) = (occurrence.start_at, occurrence.end_at);
    let zone = |at| {
        let is_said = changes_clocks(window, occurrence);
        if is_said { format!(" {}", window.expansion.zone.abbreviation(at)) } else { String::new() }
    };
    let is_long = occurrence.real_length() > Minutes::days(1);
    let end = if is_long { format!("{} ", date(window.local(to).date())) } else { String::new() };
    format!("{}{} – {end}{}{}", clock(window, from), zone(from), clock(window, to), zone(to))
}

fn changes_clocks(window: &WindowSchedule, occurrence: &Occurrence) -> bool {
    let zone = &window.expansion.zone;
    zone.abbreviation(occurrence.start_at) != zone.abbreviation(occurrence.end_at)
}

pub fn column(name: &str, share: u8) -> Column {
    Column { name: name.to_owned(), share, is_number: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::model::{Horizon, Plan, Rule};

    fn hours_on(on: &str, change: impl FnOnce(&mut MaintenanceWindow)) -> String {
        let mut plan = Plan::new("p".into(), "", Horizon::year(2027), "Europe/London");
        let mut window = MaintenanceWindow::new("w".into(), "", Rule::once(on.parse().unwrap()));
        change(&mut window);
        plan.windows = [window].into_iter().collect();
        let schedule = Schedule::derive(&Arc::new(plan), None);
        hours(&schedule.windows[0], &schedule.windows[0].expansion.occurrences[0])
    }

    #[test]
    fn hours_say_the_zone_both_zones_of_a_clock_change_and_the_date_of_a_far_end() {
        assert_eq!(hours_on("2027-03-13", |_| {}), "22:00 – 02:00 GMT");
        assert_eq!(hours_on("2027-03-27", |_| {}), "22:00 GMT – 02:00 BST");
        let three_days = |window: &mut MaintenanceWindow| window.duration = Minutes::days(3);
        assert_eq!(hours_on("2027-06-12", three_days), "22:00 – Tue 15 Jun 2027 22:00 BST");
    }

    #[test]
    fn what_has_no_name_is_called_by_its_id_and_long_lists_say_how_many_more_there_are() {
        assert_eq!(called(" \n", &"core-db"), "core-db");
        assert_eq!(names((1..9).map(|number| number.to_string())), "1, 2, 3, 4, 5, 6 and 2 more");
    }
}
