//! Calendars of other programs (.ics): maintenance windows, public holidays and change freezes.
//!
//! `shape` judges the size and nesting of the text, calcard parses it, and `event_reader` turns it into a plain list
//! of [`Event`]s. The three kinds then work with events only and know nothing of iCalendar's syntax.

mod calendar_freezes;
mod calendar_holidays;
mod calendar_windows;
mod calendar_zones;
mod components;
mod day_spans;
mod event_reader;
mod events;
mod moments;
mod month_period;
mod series_exceptions;
mod shape;
mod zone_definition;

use super::confidence::Confidence;
use super::head::Head;
use super::kind::Kind;
use super::topic::Topic;

pub(super) use calendar_zones::Zones;
pub(super) use components::{component_events, head_text, text_of};
pub(super) use event_reader::each_calendar;
pub use event_reader::read_events;
pub use events::{Calendar, Event, EventTime};
pub(super) use shape::is_calendar;

const ENDINGS: &[&str] = &["ics", "ical", "icalendar", "ifb"];

pub(super) const WINDOWS: Kind = Kind {
    id: "windows-calendar",
    topic: Topic::Windows,
    name: "a calendar of windows (.ics)",
    help: "Each event becomes an occurrence, a recurring event a window",
    endings: ENDINGS,
    options: &[],
    sniff,
    read: calendar_windows::read,
};

pub(super) const HOLIDAYS: Kind = Kind {
    id: "holidays-calendar",
    topic: Topic::Holidays,
    name: "a calendar of public holidays (.ics)",
    help: "Mark each day in the calendar, and warn about windows on it",
    endings: ENDINGS,
    options: &[],
    sniff,
    read: calendar_holidays::read,
};

pub(super) const FREEZES: Kind = Kind {
    id: "freezes-calendar",
    topic: Topic::Freezes,
    name: "a calendar of change freezes (.ics)",
    help: "No change is allowed from the first to the last day of each event",
    endings: ENDINGS,
    options: &[],
    sniff,
    read: calendar_freezes::read,
};

fn sniff(head: &Head) -> Confidence {
    match is_calendar(head.text()) {
        true => Confidence::Likely,
        // Other components, such as a free/busy list, are refused with their names.
        false if shape::begins_component(head.text()) => Confidence::Unlikely,
        false => Confidence::No,
    }
}

#[cfg(test)]
mod tests;
