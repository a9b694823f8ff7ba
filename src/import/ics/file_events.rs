//! The events that a file mentions, and whether the plan's records may have come from them.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime};

use super::event_time::EventTime;
use super::events::{Calendar, Event};

/// UIDs of this length are taken for globally unique, as RFC 5545 requires; programs that number their events write
/// shorter ones.
const GLOBAL_UID: usize = 20;

/// The events of a file, whether they count or not.
pub(super) struct FileEvents {
    /// The name of the calendar, or of the file.
    pub source: String,
    /// It is about its own events only, and says nothing about others of the calendar.
    pub is_message: bool,
    /// It has all events of the calendar, so what is not in it is gone. A message has only its own, and a
    /// file that was cut short may have had more.
    pub is_whole: bool,
    by_uid: HashMap<String, Mention>,
    /// UIDs of events that could not be read.
    unread: HashSet<String>,
    /// The first date of an event.
    first: Option<NaiveDate>,
    /// The titles of whole events with the dates on which they start.
    dates: HashSet<(String, NaiveDate)>,
    /// The titles of series with the times of day at which they start, and their zones.
    clocks: HashSet<(String, NaiveTime, Option<String>)>,
}

/// What a file has of a UID.
#[derive(Default)]
struct Mention {
    titles: Vec<String>,
    /// There is the event itself, and not only replacements of single occurrences.
    is_whole: bool,
    /// It changes or cancels what came before.
    refers_back: bool,
}

impl FileEvents {
    pub fn new(calendar: &Calendar, source: String) -> Self {
        let mut by_uid: HashMap<String, Mention> = HashMap::new();
        for event in &calendar.events {
            let mention = by_uid.entry(event.uid.clone()).or_default();
            mention.titles.push(event.summary.clone());
            mention.is_whole |= event.replaces.is_none() && !event.is_addition;
            mention.refers_back |=
                calendar.is_message || event.is_cancelled || event.replaces.is_some() || event.sequence > 0;
        }
        let unread = calendar.unread_uids.iter().cloned().collect();
        let first = calendar.events.iter().map(|event| event.start.written_on()).min();
        let whole = || calendar.events.iter().filter(|event| event.replaces.is_none() && !event.is_cancelled);
        let dates = whole().map(|event| (event.summary.clone(), event.start.written_on())).collect();
        let series = whole().filter(|event| event.recurs());
        let zone = |event: &Event| match event.start {
            EventTime::Utc(_) => Some("UTC".to_owned()),
            _ => event.clock().map(|zone| zone.name().to_owned()),
        };
        let clocks = series.map(|event| (event.summary.clone(), event.start_clock(), zone(event))).collect();
        Self {
            source,
            is_message: calendar.is_message,
            is_whole: !calendar.is_message && !calendar.is_cut_short,
            by_uid,
            unread,
            first,
            dates,
            clocks,
        }
    }

    pub fn has(&self, uid: &str) -> bool {
        self.by_uid.contains_key(uid) || self.unread.contains(uid)
    }

    /// Whether it has the whole event, which could be read.
    pub fn has_whole(&self, uid: &str) -> bool {
        self.by_uid.get(uid).is_some_and(|mention| mention.is_whole) && !self.unread.contains(uid)
    }

    /// Whether an event of that title starts on that date.
    pub fn has_date(&self, title: &str, on: NaiveDate) -> bool {
        self.dates.contains(&(title.to_owned(), on))
    }

    /// Whether a series of that title starts at that time of day in that zone.
    pub fn has_series(&self, title: &str, clock: NaiveTime, zone: Option<&str>) -> bool {
        self.clocks.contains(&(title.to_owned(), clock, zone.map(str::to_owned)))
    }

    /// Whether all its events are later.
    pub fn begins_after(&self, on: NaiveDate) -> bool {
        self.first.is_none_or(|first| on < first)
    }

    /// Notes that an event was not understood, so that nothing follows from what it does not give.
    pub fn add_unread(&mut self, uid: &str) {
        self.unread.insert(uid.to_owned());
    }

    /// Whether the file would still have an event of that date. Many calendars only keep what is to come.
    pub fn covers(&self, on: NaiveDate, today: NaiveDate) -> bool {
        today <= on || self.first.is_none_or(|first| first <= on)
    }

    /// Whether a record of the calendar `source` that came from an event of this UID came from one in the file. Other
    /// calendars may have the same number as a UID, so then the name of the calendar or of the record must be the same.
    pub fn is_about(&self, uid: &str, source: &str, is_called: impl Fn(&str) -> bool) -> bool {
        let Some(mention) = self.by_uid.get(uid) else {
            return self.unread.contains(uid) && (is_global(uid) || source == self.source);
        };
        is_global(uid)
            || source == self.source
            || mention.titles.iter().any(|title| is_called(title))
            || (mention.refers_back && !is_number(uid))
    }

    /// Whether an event of this UID in the calendar `source` may be the one in the file.
    pub fn may_be_about(&self, uid: &str, source: &str) -> bool {
        self.by_uid.contains_key(uid) && (source == self.source || !is_number(uid))
    }
}

fn is_global(uid: &str) -> bool {
    uid.contains('@') || uid.len() >= GLOBAL_UID
}

/// Whether a program may have numbered its events so.
fn is_number(uid: &str) -> bool {
    !is_global(uid) && uid.chars().all(|c| c.is_ascii_digit())
}
