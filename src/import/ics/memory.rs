//! Which records of a plan a file may be about, found by the UIDs of the events that gave them.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::events::{Calendar, Event};
use crate::import::reconcile::compare_versions;
use crate::model::{ChangeFreeze, HolidayCalendar, ImportSource, ImportedEvent, MaintenanceWindow};

/// UIDs of this length are taken for globally unique, as RFC 5545 requires; programs that number their events write
/// shorter ones.
const GLOBAL_UID: usize = 20;

/// A record that remembers what it was imported from.
pub(super) trait Remembering {
    fn name(&self) -> &str;
    fn imported(&self) -> Option<&ImportSource>;
}

impl Remembering for MaintenanceWindow {
    fn name(&self) -> &str {
        &self.name
    }

    fn imported(&self) -> Option<&ImportSource> {
        self.imported.as_deref()
    }
}

impl Remembering for ChangeFreeze {
    fn name(&self) -> &str {
        &self.name
    }

    fn imported(&self) -> Option<&ImportSource> {
        self.imported.as_ref()
    }
}

impl Remembering for HolidayCalendar {
    fn name(&self) -> &str {
        &self.name
    }

    fn imported(&self) -> Option<&ImportSource> {
        self.imported.as_ref()
    }
}

/// The events of a file, whether they count or not.
pub(super) struct FileEvents {
    /// The name of the calendar, or of the file.
    pub source: String,
    /// It is about its own events only, and says nothing about others of the calendar.
    is_message: bool,
    /// The titles of the events of each UID.
    titles: HashMap<String, Vec<String>>,
    /// The first date of an event.
    first: Option<NaiveDate>,
}

/// The records that a file may be about.
pub(super) struct Memory<'a, R> {
    pub records: Vec<&'a R>,
    by_uid: HashMap<&'a str, Vec<(usize, &'a ImportedEvent)>>,
    /// Whether the file is a later version of the calendar that the record at that index came from.
    is_same_feed: Vec<bool>,
}

impl FileEvents {
    pub fn new(calendar: &Calendar, source: String) -> Self {
        let mut titles: HashMap<String, Vec<String>> = HashMap::new();
        for event in &calendar.events {
            titles.entry(event.uid.clone()).or_default().push(event.summary.clone());
        }
        for uid in &calendar.unread_uids {
            titles.entry(uid.clone()).or_default();
        }
        let first = calendar.events.iter().map(|event| event.start.written_on()).min();
        Self { source, is_message: calendar.is_message, titles, first }
    }

    pub fn has(&self, uid: &str) -> bool {
        self.titles.contains_key(uid)
    }

    /// Whether the file would still have an event of that date. Many calendars only keep what is to come.
    pub fn covers(&self, on: NaiveDate, today: NaiveDate) -> bool {
        today <= on || self.first.is_none_or(|first| first <= on)
    }

    /// Whether a record with this memory came from an event of the file. Events of other calendars may have the same
    /// short UID.
    fn may_have_given(&self, record: &impl Remembering, source: &ImportSource) -> bool {
        source.events.iter().any(|event| {
            let is_global = event.uid.contains('@') || event.uid.len() >= GLOBAL_UID;
            self.titles.get(&event.uid).is_some_and(|titles| {
                is_global || source.source == self.source || titles.iter().any(|title| title == record.name())
            })
        })
    }
}

impl<'a, R: Remembering> Memory<'a, R> {
    pub fn new(records: impl Iterator<Item = &'a R>, file: &FileEvents) -> Self {
        let known: Vec<(&R, &ImportSource, bool)> = records
            .filter_map(|record| {
                let source = record.imported()?;
                Some((record, source, file.may_have_given(record, source)))
            })
            .collect();
        // A calendar of the same name that shares no event is another one.
        let is_known_feed = known.iter().any(|(_, source, is_shared)| *is_shared && source.source == file.source);
        let is_feed = |source: &ImportSource| is_known_feed && !file.is_message && source.source == file.source;
        let mut memory = Self { records: Vec::new(), by_uid: HashMap::new(), is_same_feed: Vec::new() };
        for (record, source, is_shared) in known {
            if !is_shared && !is_feed(source) {
                continue;
            }
            for event in &source.events {
                memory.by_uid.entry(&event.uid).or_default().push((memory.records.len(), event));
            }
            memory.records.push(record);
            memory.is_same_feed.push(is_feed(source));
        }
        memory
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub fn is_same_feed(&self, index: usize) -> bool {
        self.is_same_feed.get(index).copied().unwrap_or(false)
    }

    /// What the record remembers.
    pub fn source(&self, index: usize) -> Option<&'a ImportSource> {
        self.records.get(index)?.imported()
    }

    /// The records that came from events of this UID, each with the event.
    pub fn events(&self, uid: &str) -> &[(usize, &'a ImportedEvent)] {
        self.by_uid.get(uid).map_or(&[], Vec::as_slice)
    }

    /// Whether the plan has a newer version of the event, or of the occurrence `on` if the event replaces one.
    pub fn is_outdated(&self, event: &Event, on: Option<NaiveDate>) -> bool {
        let known = self.events(&event.uid);
        let exact = || known.iter().find(|(_, known)| known.on == on);
        let whole = || known.iter().find(|(_, known)| known.on.is_none());
        let only = || known.first().filter(|_| known.len() == 1);
        let found = exact().or_else(whole).or_else(only);
        found.is_some_and(|(_, known)| compare_versions(&version(event, on), known) == Ordering::Less)
    }
}

/// The version of an event, for the occurrence of that original date or for the whole record.
pub(super) fn version(event: &Event, on: Option<NaiveDate>) -> ImportedEvent {
    ImportedEvent { uid: event.uid.clone(), on, sequence: event.sequence, stamp: event.written }
}
