//! Dates and edits of dates, written briefly.

use chrono::NaiveDate;
use windowsill::model::Edit;

/// "2027-03-20"
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The occurrence of Core DB patching on that date, moved to another one.
pub fn moved(on: &str, to: &str) -> Edit {
    Edit::MoveOccurrence { window: "core-db".into(), on: date(on), to: date(to), start: None, duration: None }
}
