//! The wording of dates and times on screen.

use chrono::NaiveDate;

use crate::model::UtcMinute;
pub use crate::model::date_in_words as date;
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
