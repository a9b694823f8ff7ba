//! What the planner, the owner's year and the sheet for the change advisory board have in common: names, hours, columns.

use chrono::NaiveDate;

use super::page::PAGE_OF;
use super::paper::{Column, Document, Sheet};
use super::text::clip_line;
use crate::model::{BusinessArea, MaintenanceWindow};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{self, list};

/// Characters of a name on paper.
const LONGEST_NAME: usize = 120;
/// A list names at most this many things.
const MOST_NAMES: usize = 6;

/// A document in English about that plan.
pub fn document(title: String, schedule: &Schedule, revision: &str, sheets: Vec<Sheet>) -> Document {
    Document {
        title,
        language: "en".to_owned(),
        plan: name(schedule.plan.title()),
        revision: revision.to_owned(),
        contents: None,
        page_of: PAGE_OF.to_owned(),
        sheets,
    }
}

/// A name on one line.
pub fn name(text: &str) -> String {
    clip_line(text, LONGEST_NAME)
}

/// A name, or the id if there is no name.
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
pub fn names(all: impl Iterator<Item = String>) -> String {
    list(all, MOST_NAMES)
}

/// The date on which it starts by the window's clock.
pub fn starts_on(window: &WindowSchedule, occurrence: &Occurrence) -> NaiveDate {
    window.local(occurrence.start_at).date()
}

/// "22:00 – 02:00 GMT", "00:00 GMT – 05:00 BST"; with the date of the end if it lasts longer than a day.
pub fn hours_with_zone(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    wording::hours_with_zone(window.zoned(occurrence.start_at), window.zoned(occurrence.end_at))
}

/// "22:00 – 02:00", or "00:00 GMT – 05:00 BST" if the clocks change.
pub fn hours_with_zone_if_it_changes(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    wording::hours_with_zones_that_differ(window.zoned(occurrence.start_at), window.zoned(occurrence.end_at))
}

pub fn column(name: &str, share: u8) -> Column {
    Column { name: name.to_owned(), share, is_number: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::model::{Horizon, Minutes, Plan, Rule};

    fn hours_on(on: &str, change: impl FnOnce(&mut MaintenanceWindow)) -> String {
        let mut parts = Plan::new("p".into(), "", Horizon::year(2027), "Europe/London").to_parts();
        let mut window = MaintenanceWindow::new("w".into(), "", Rule::once(on.parse().unwrap()));
        change(&mut window);
        parts.windows = [window].into_iter().collect();
        let plan = Plan::from(parts);
        let schedule = Schedule::derive(&Arc::new(plan), None);
        hours_with_zone(&schedule.windows[0], &schedule.windows[0].expansion.occurrences[0])
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
