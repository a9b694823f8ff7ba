//! What an event says about itself besides its times: that it is cancelled, tentative or about whole days.

use calcard::icalendar::{ICalendarComponent, ICalendarProperty, ICalendarStatus, ICalendarValue};

use super::components::vendor_text;
use crate::import::text::words_on_one_line;

/// The longest status in a message, in characters.
const LONGEST_STATUS: usize = 40;
/// A carrier's status.
const CARRIERS: &str = "X-MAINTNOTE-STATUS";

/// Whether a word means that something is cancelled. American programs write one L.
pub(super) fn is_cancelled_word(word: &str) -> bool {
    ["CANCELLED", "CANCELED"].iter().any(|each| word.trim().eq_ignore_ascii_case(each))
}

/// Whether STATUS or a carrier's status says so.
pub(super) fn is_cancelled(component: &ICalendarComponent) -> bool {
    component.status() == Some(&ICalendarStatus::Cancelled)
        || written_status(component).is_some_and(|word| is_cancelled_word(&word))
        || is_cancelled_word(&vendor_text(component, CARRIERS))
}

/// Whether STATUS or a carrier's status says that it may not take place.
pub(super) fn is_tentative(component: &ICalendarComponent) -> bool {
    component.status() == Some(&ICalendarStatus::Tentative)
        || written_status(component).is_some_and(|word| word.eq_ignore_ascii_case("TENTATIVE"))
        || vendor_text(component, CARRIERS).eq_ignore_ascii_case("TENTATIVE")
}

/// A warning about a STATUS that means nothing to the program.
pub(super) fn unknown_status(component: &ICalendarComponent) -> Option<String> {
    let word = written_status(component)?;
    let is_known = is_cancelled_word(&word) || is_known_word(&word);
    let word: String = word.chars().take(LONGEST_STATUS).collect();
    (!is_known).then(|| format!("unknown STATUS \"{word}\", so it counts as planned"))
}

fn is_known_word(word: &str) -> bool {
    ["CONFIRMED", "TENTATIVE"].iter().any(|each| word.eq_ignore_ascii_case(each))
}

/// A STATUS that the parser does not know, because of its spelling or spaces.
fn written_status(component: &ICalendarComponent) -> Option<String> {
    let entry = component.property(&ICalendarProperty::Status)?;
    match entry.values.first()? {
        ICalendarValue::Text(text) => Some(words_on_one_line(text)).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// Whether Outlook's flag says that the event is about whole days.
pub(super) fn is_all_day(component: &ICalendarComponent) -> bool {
    ["X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT"]
        .iter()
        .any(|name| vendor_text(component, name).eq_ignore_ascii_case("TRUE"))
}
