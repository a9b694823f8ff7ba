//! Why a window is written as single dates, or not at all.

use chrono::{Datelike as _, NaiveDate};

use crate::export::clip_line;
use crate::model::{OccurrenceChange, date_of_day, day_number};
use crate::schedule::{Origin, WindowSchedule};
use crate::wording::{counted, date};

/// Why nothing of a window can be written.
pub fn without_dates(window: &WindowSchedule, frozen: usize) -> String {
    match (&window.expansion.problem, frozen) {
        (Some(problem), _) => format!("its dates are not known: {}", clip_line(&problem.to_string(), 120)),
        (None, 0) => "it has no date in the plan's months".to_owned(),
        (None, 1) => "its only date is in a change freeze".to_owned(),
        (None, _) => "all of its dates are in change freezes".to_owned(),
    }
}

/// Why nothing is left of a window whose dates outside of freezes are `state`: "over". `frozen`: how many dates in change
/// freezes are still to come.
pub fn without_coming_dates(over: usize, state: &str, frozen: usize) -> String {
    match (frozen, over) {
        (0, 1) => format!("its only date is {state}"),
        (0, _) => format!("all of its dates are {state}"),
        (1, _) => format!("{} {state}, and the coming one is in a change freeze", dates_are(over)),
        _ => format!("{} {state}, and the {frozen} coming ones are in change freezes", dates_are(over)),
    }
}

/// "3 dates are"
fn dates_are(count: usize) -> String {
    format!("{} {}", counted(count, "date"), if count == 1 { "is" } else { "are" })
}

/// What makes the window's dates others than those of its rule.
pub fn for_dates(window: &WindowSchedule, frozen: usize) -> String {
    let count = |origin: Origin| window.expansion.occurrences.iter().filter(|each| each.origin == origin).count();
    let mut parts = Vec::new();
    let moved = count(Origin::Moved);
    let is_timed =
        |each: &&crate::model::Exception| matches!(&each.change, OccurrenceChange::Moved { to, .. } if *to == each.on);
    let retimed = window.window.exceptions.iter().filter(is_timed).count().min(moved);
    for (number, what) in [
        (moved - retimed, "moved"),
        (retimed, "given other times"),
        (count(Origin::Added), "added"),
        (window.expansion.skipped.len(), "skipped"),
    ] {
        if number > 0 {
            parts.push(dates_were(number, what));
        }
    }
    if frozen > 0 {
        let are = if frozen == 1 { "is" } else { "are" };
        parts.push(format!("{} {are} in a change freeze", counted(frozen, "date")));
    }
    if let Some(change) = window.window.changes.first() {
        parts.push(format!("its times change from {} on", date(change.from)));
    }
    if parts.is_empty() {
        return "its rule does not give the same dates in another form".to_owned();
    }
    parts.join(" and ")
}

/// Why a rule of the system would give other dates than the plan.
pub fn beyond(window: &WindowSchedule, name: &str, frozen: usize) -> String {
    match for_dates(window, frozen) {
        reason if reason.starts_with("its rule") => {
            format!("a rule of {name} would also give dates that the plan does not have")
        }
        reason => reason,
    }
}

/// The first and the last day of the calendar years of two days.
pub fn whole_years(first: i32, last: i32) -> (i32, i32) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let (from, to) = (date_of_day(first).year(), date_of_day(last).year());
    (day_number(day(from, 1, 1)), day_number(day(to, 12, 31)))
}

/// "2 dates were moved"
fn dates_were(count: usize, what: &str) -> String {
    let were = if count == 1 { "was" } else { "were" };
    format!("{} {were} {what}", counted(count, "date"))
}
