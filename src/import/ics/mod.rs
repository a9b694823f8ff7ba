//! Calendars of other programs (.ics): maintenance windows, public holidays and change freezes.
//!
//! All three kinds are read in one way: `calendar_text` unfolds the lines, `shape` judges size and nesting and keeps the
//! rules as written, calcard parses the properties, `event_reader` turns them into plain [`Event`]s, `revisions` finds
//! which of them count, and `series` gives the occurrences of each on the clock of its own zone. Only then do the kinds
//! differ.

mod additions;
mod all_day;
mod calendar_freezes;
mod calendar_holidays;
mod calendar_source;
mod calendar_text;
mod calendar_windows;
mod calendar_zones;
mod cancellations;
mod carrier_events;
mod chunks;
mod components;
mod date_pattern;
mod dated_changes;
mod day_rules;
mod day_spans;
mod event_end;
mod event_reader;
mod event_status;
mod event_time;
mod events;
mod file_events;
mod freeze_changes;
mod freeze_drafts;
mod freeze_occurrences;
mod holiday_days;
mod holiday_kinds;
mod known_dates;
mod later_freezes;
mod later_holidays;
mod later_occurrences;
mod later_report;
mod later_windows;
mod memory;
mod moments;
mod month_period;
mod noted_cancellations;
mod originals;
mod own_events;
mod own_zones;
mod placement;
mod raw_values;
mod revisions;
mod rule_text;
mod series;
mod series_warnings;
mod shape;
mod window_dates;
mod window_drafts;
mod window_series;
mod years;
mod zone_definition;
mod zone_match;

use super::confidence::Confidence;
use super::head::Head;
use super::kind::ImportKind;
use super::mail_files::other_mail_file;
use super::mail_parts::looks_like_mail;
use super::reconcile::REMOVE_GONE;
use super::regions::REGIONS;
use super::topic::Topic;

pub(super) use calendar_text::CalendarText;
pub(super) use calendar_zones::Zones;
pub(crate) use carrier_events::{CarrierEvent, CarrierProperty, MailText, read_carrier_events};
pub(super) use components::{component_events, head_text, text_of};
pub(super) use event_reader::each_calendar;
pub use event_reader::read_events;
pub use event_time::{EventTime, EventZone};
pub use events::{AddedTime, Calendar, Event};
pub(super) use rule_text::written_rule;
pub(super) use shape::is_calendar;

/// The properties of a calendar come first; this many bytes of them are looked at.
const LONGEST_CALENDAR_HEAD: usize = 1_000;
const ENDINGS: &[&str] = &["ics", "ical", "icalendar", "ifb", "eml", "emlx", "mbox"];

pub(super) const WINDOWS: ImportKind = ImportKind {
    id: "windows-calendar",
    topic: Topic::Windows,
    name: "a calendar of windows (.ics)",
    help: "Events of one name and time of day become a window, and so does each recurring event",
    endings: ENDINGS,
    options: &[calendar_windows::SEPARATE, REMOVE_GONE],
    sniff: sniff_windows,
    layout: None,
    read: calendar_windows::read,
};

pub(super) const HOLIDAYS: ImportKind = ImportKind {
    id: "holidays-calendar",
    topic: Topic::Holidays,
    name: "a calendar of public holidays (.ics)",
    help: "Mark each day in the calendar, and warn about windows on it",
    endings: ENDINGS,
    options: &[REGIONS, REMOVE_GONE],
    sniff,
    layout: None,
    read: calendar_holidays::read,
};

pub(super) const FREEZES: ImportKind = ImportKind {
    id: "freezes-calendar",
    topic: Topic::Freezes,
    name: "a calendar of change freezes (.ics)",
    help: "No change is allowed from the first to the last day of each event",
    endings: ENDINGS,
    options: &[REMOVE_GONE],
    sniff,
    layout: None,
    read: calendar_freezes::read,
};

/// Whether a calendar, or one in a mail, is a carrier's notice (MAINTNOTE).
pub(crate) fn is_carrier_notice(text: &str) -> bool {
    text.contains("X-MAINTNOTE-")
}

/// The year calendar that this program exports contains windows; its invites, too. Anybody's answer contains none.
fn sniff_windows(head: &Head) -> Confidence {
    let lower = head.text().get(..LONGEST_CALENDAR_HEAD).unwrap_or(head.text()).to_lowercase();
    let is_own = lower.lines().any(|line| line.starts_with("prodid:") && line.contains("windowsill"));
    let is_answer = ["method:reply", "method:counter", "method:refresh"].iter().any(|method| lower.contains(method));
    match sniff(head) {
        Confidence::Likely if is_own && !is_answer => Confidence::Certain,
        confidence => confidence,
    }
}

fn sniff(head: &Head) -> Confidence {
    match is_calendar(head.text()) {
        // The work of a carrier is not a window of ours, so only a person can mean that.
        true if is_carrier_notice(head.text()) => Confidence::Unlikely,
        true => Confidence::Likely,
        // Other components, such as a free/busy list, are refused with their names.
        // A mail may hold a notice, and is recognised as replies unless a person says what it is.
        false if looks_like_mail(head.text()) => Confidence::Unlikely,
        false if other_mail_file(head.text()) > Confidence::No => Confidence::Unlikely,
        false if shape::begins_component(head.text()) => Confidence::Unlikely,
        false => Confidence::No,
    }
}

#[cfg(test)]
mod tests;
