//! iCalendar: the year calendar, its resources for CalDAV stores, and the parts that profiles and invites are made of
//! (RFC 5545, 5546, 7986).
//!
//! One VEVENT for each occurrence and no RRULE: moved and skipped occurrences need no special cases then, and Outlook,
//! Google and AWS read the same dates. The `icalendar` crate writes the events. What it cannot do is done here: text is
//! cleaned before it sees it, zones are added as text, and its lines are folded again.

mod assembly;
mod calendar;
mod event;
mod event_text;
mod lines;
mod resource;
mod selection;
mod shifts;
mod time_form;
mod vtimezone;
mod zones;

pub use assembly::{END, PRODID, assembled, bare_head, calendar_head, push_event};
pub use calendar::{CalendarOptions, calendar, calendar_name, published};
pub use event::{Stamp, bare_event, blocks_time, frozen_time_event, occurrence_event, time_properties};
pub use event_text::{
    EventText, LONGEST_PART, LONGEST_SUMMARY, cancelled_summary, change, hosts_and_names, kind, labelled, lines,
    roll_back_by, summary,
};
pub use lines::{escaped, refolded, unfolded};
pub use resource::{Resource, resources};
pub use selection::{FreezeRecurrence, freeze_times, has_writable_year, writable};
pub use shifts::shift_calendar;
pub use time_form::TimeForm;
pub use vtimezone::{Years, zone_definition};
pub use zones::{Zones, is_utc, proper_name};
