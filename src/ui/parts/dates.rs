//! The wording of dates and times on screen.

use chrono::NaiveDate;

pub use crate::model::date_in_words as date;
use crate::model::{Minutes, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};

/// "Sat 13 Mar"
pub fn short_date(on: NaiveDate) -> String {
    on.format("%a %-d %b").to_string()
}

/// "22:00" on the window's clock.
pub fn clock(window: &WindowSchedule, at: UtcMinute) -> String {
    window.local(at).to_naive().format("%H:%M").to_string()
}

/// "22:00 – 02:00", with the zone's short names where the clock changes in between.
pub fn hours(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let zone = &window.expansion.zone;
    let (from, to) = (clock(window, occurrence.start_at), clock(window, occurrence.end_at));
    let (before, after) = (zone.abbreviation(occurrence.start_at), zone.abbreviation(occurrence.end_at));
    if before == after { format!("{from} – {to}") } else { format!("{from} {before} – {to} {after}") }
}

/// What a screen reader calls an occurrence: "Core DB patching, Sat 13 Mar 2027 22:00, The rest, rolls back by 01:15".
pub fn occurrence_name(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let stage = window.scope.stage.map_or_else(String::new, |stage| format!(", {}", stage.name()));
    let deadline = window
        .rollback_deadline_at(occurrence)
        .map_or_else(String::new, |at| format!(", rolls back by {}", clock(window, at)));
    format!("{}, {} {}{stage}{deadline}", window.window.name, date(occurrence.on()), clock(window, occurrence.start_at))
}

/// "13 days 9 h": to the hour, since nobody plans a ladder to the minute.
pub fn span(minutes: Minutes) -> String {
    let hours = minutes.0.div_ceil(60);
    match (hours / 24, hours % 24) {
        (0, hours) => format!("{hours} h"),
        (1, 0) => "1 day".to_owned(),
        (1, hours) => format!("1 day {hours} h"),
        (days, 0) => format!("{days} days"),
        (days, hours) => format!("{days} days {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_days_and_begun_hours() {
        for (minutes, text) in [(90, "2 h"), (1440, "1 day"), (1500, "1 day 1 h"), (19_201, "13 days 9 h")] {
            assert_eq!(span(Minutes(minutes)), text);
        }
    }
}
