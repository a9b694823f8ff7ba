//! Events of a calendar, independent of iCalendar's syntax.

use std::sync::Arc;

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::event_time::{EventTime, EventZone};

/// The events of a text, which may contain several calendars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    /// NAME or X-WR-CALNAME.
    pub name: Option<String>,
    /// In the order of the text.
    pub events: Vec<Event>,
    /// The UIDs of events that could not be read.
    pub unread_uids: Vec<String>,
    /// It is a message about its events (METHOD:REQUEST, CANCEL …), and not a whole calendar.
    pub is_message: bool,
    /// The text ends inside it, so it may have had more events.
    pub is_cut_short: bool,
}

/// One VEVENT. Times without a zone already have that of X-WR-TIMEZONE, if there is one, and otherwise that of the event's
/// other times or of its series.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Line of its BEGIN, from 1.
    pub line: Option<usize>,
    pub uid: String,
    pub summary: String,
    pub description: String,
    /// A cancellation without one has the time of the occurrence that it cancels, or when it was written.
    pub start: EventTime,
    /// Whether the file says when it starts. A cancellation need not (RFC 5546, 3.2.5).
    pub has_start: bool,
    /// The first moment after it; the start itself if the event has no end.
    pub end: EventTime,
    /// Its length, if it is a DURATION in hours and minutes, which a clock change does not alter.
    pub exact_length: Option<TimeDelta>,
    /// RRULEs as written.
    pub rules: Vec<String>,
    /// EXRULEs as written.
    pub exclusion_rules: Vec<String>,
    /// Occurrences that do not take place (EXDATE).
    pub excluded: Vec<EventTime>,
    /// Occurrences in addition to those of the rule (RDATE).
    pub added: Vec<AddedTime>,
    /// How often it was revised (SEQUENCE).
    pub sequence: i64,
    /// When this revision was written (DTSTAMP).
    pub written: Option<NaiveDateTime>,
    /// The occurrence of the series with this UID that it replaces (RECURRENCE-ID).
    pub replaces: Option<EventTime>,
    /// It also replaces all later occurrences (RANGE=THISANDFUTURE).
    pub replaces_later: bool,
    pub is_cancelled: bool,
    /// STATUS:TENTATIVE.
    pub is_tentative: bool,
    /// The calendar's METHOD is CANCEL.
    pub is_from_cancellation: bool,
    /// It adds its dates to the series with its UID (METHOD:ADD).
    pub is_addition: bool,
    /// Zone of X-WR-TIMEZONE, for instants in UTC.
    pub calendar_zone: Option<Arc<str>>,
}

/// A time of RDATE, with its end if it is a PERIOD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedTime {
    pub start: EventTime,
    pub end: Option<EventTime>,
}

impl Event {
    /// What a warning calls it: its title in quotes.
    pub fn quoted_title(&self) -> String {
        if self.summary.is_empty() { "Event without a title".to_owned() } else { format!("\"{}\"", self.summary) }
    }

    pub fn has_end(&self) -> bool {
        self.end != self.start
    }

    /// Whether it gives more than one occurrence.
    pub fn recurs(&self) -> bool {
        !self.rules.is_empty() || !self.added.is_empty()
    }

    /// The zone of its start, or of the occurrence that it replaces.
    pub fn clock(&self) -> Option<&EventZone> {
        self.start.named_zone().or_else(|| self.replaces.as_ref()?.named_zone())
    }

    /// Reads its times without a zone on that clock.
    pub fn set_missing_zones(&mut self, clock: &EventZone) {
        let added = self.added.iter_mut().flat_map(|added| std::iter::once(&mut added.start).chain(&mut added.end));
        let own = [&mut self.start, &mut self.end].into_iter().chain(&mut self.replaces);
        own.chain(&mut self.excluded).chain(added).for_each(|time| time.set_missing_zone(clock));
    }

    /// The time of day of its start in its own zone, without seconds.
    pub fn start_clock(&self) -> NaiveTime {
        self.start.written_at().time()
    }
}
