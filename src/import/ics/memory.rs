//! Which records of a plan a file may be about, found by the UIDs of the events that gave them.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::events::Event;
use super::file_events::FileEvents;
use crate::import::reconcile::compare_versions;
use crate::model::{ChangeFreeze, HolidayCalendar, ImportSource, ImportedEvent, MaintenanceWindow, Plan, Rule};
use crate::schedule::Zone;

/// With fewer records in common, a calendar without a known UID is another one.
const MOST_CHANCES: usize = 2;

/// A record that remembers what it was imported from.
pub(super) trait Remembering {
    /// Whether an event with this title may have given it.
    fn is_called(&self, title: &str) -> bool;
    fn imported(&self) -> Option<&ImportSource>;
    /// Whether the file has the same under any UID; none if it is over before the file begins. `home`: the plan's zone.
    fn is_in(&self, file: &FileEvents, home: &str) -> Option<bool>;
}

/// Whether an event is called like a record, or like it after a word about the change ("Canceled: Core DB").
fn is_title(title: &str, name: &str) -> bool {
    title.strip_suffix(name).is_some_and(|before| {
        before.is_empty() || (!name.is_empty() && before.trim_end().ends_with([':', '：', ']', ')', '-', '–', '|']))
    })
}

impl Remembering for MaintenanceWindow {
    fn is_called(&self, title: &str) -> bool {
        is_title(title, &self.name)
    }

    fn imported(&self) -> Option<&ImportSource> {
        self.imported.as_deref()
    }

    fn is_in(&self, file: &FileEvents, home: &str) -> Option<bool> {
        let Rule::Dates(dates) = &self.rule else {
            let zone = self.zone.as_deref().unwrap_or(home);
            let has = |zone| file.has_series(&self.name, self.start, zone);
            return Some(has(Some(zone)) || zone == home && has(None));
        };
        let coming = || dates.iter().filter(|date| !file.begins_after(date.on));
        let found = coming().filter(|date| file.has_date(&self.name, date.on)).count();
        (coming().count() > 0).then_some(found * 2 >= coming().count())
    }
}

impl Remembering for ChangeFreeze {
    fn is_called(&self, title: &str) -> bool {
        is_title(title, &self.name)
    }

    fn imported(&self) -> Option<&ImportSource> {
        self.imported.as_ref()
    }

    fn is_in(&self, file: &FileEvents, _: &str) -> Option<bool> {
        (!file.begins_after(self.first_on)).then(|| file.has_date(&self.name, self.first_on))
    }
}

impl Remembering for HolidayCalendar {
    fn is_called(&self, title: &str) -> bool {
        self.days.iter().any(|day| is_title(title, &day.name))
    }

    fn imported(&self) -> Option<&ImportSource> {
        self.imported.as_ref()
    }

    /// Its days are compared by date and name, so UIDs do not matter.
    fn is_in(&self, _: &FileEvents, _: &str) -> Option<bool> {
        None
    }
}

/// The records that a file may be about.
pub(super) struct Memory<'a, R> {
    pub records: Vec<&'a R>,
    by_uid: HashMap<&'a str, Vec<(usize, &'a ImportedEvent)>>,
    /// Whether the file is a later version of the calendar that the record at that index came from.
    is_same_feed: Vec<bool>,
    /// The file is a later version of a calendar whose program gives its events other UIDs each time.
    pub has_new_uids: bool,
    /// Whether the file is a message, which says nothing about occurrences that it does not name.
    is_message: bool,
    /// Events of the file that were cancelled before, with versions that cancelled them.
    cancelled: HashMap<&'a str, Vec<&'a ImportedEvent>>,
    /// The UIDs of all events that were cancelled as a whole.
    cancelled_whole: HashSet<&'a str>,
}

impl<'a, R: Remembering> Memory<'a, R> {
    pub fn new(records: impl Iterator<Item = &'a R>, plan: &'a Plan, file: &FileEvents) -> Self {
        let may_have_given = |record: &R, source: &ImportSource| {
            source.events.iter().any(|event| file.is_about(&event.uid, &source.source, |title| record.is_called(title)))
        };
        let known: Vec<(&R, &ImportSource, bool)> = records
            .filter_map(|record| {
                // What a table gave has no events.
                let source = record.imported().filter(|source| !source.events.is_empty())?;
                Some((record, source, may_have_given(record, source)))
            })
            .collect();
        // A calendar of the same name that shares no event is another one.
        let is_known_feed = known.iter().any(|(_, source, is_shared)| *is_shared && source.source == file.source);
        let same_name = || known.iter().filter(|(_, source, _)| source.source == file.source);
        let has_new_uids = !is_known_feed && file.is_whole && {
            let is_same = |record: &R| record.is_in(file, plan.zone());
            let found: Vec<bool> = same_name().filter_map(|(record, ..)| is_same(record)).collect();
            let same = found.iter().filter(|is_same| **is_same).count();
            // Calendars of different people are often called alike, and one event may be called alike, too.
            same >= MOST_CHANCES && same * 2 >= found.len()
        };
        let is_same_calendar = (is_known_feed || has_new_uids) && file.is_whole;
        let is_feed = |source: &ImportSource| is_same_calendar && source.source == file.source;
        let mut memory = Self {
            records: Vec::new(),
            by_uid: HashMap::new(),
            is_same_feed: Vec::new(),
            has_new_uids,
            is_message: file.is_message,
            cancelled: cancelled_events(plan, file),
            cancelled_whole: plan
                .cancelled_events()
                .iter()
                .flat_map(|calendar| &calendar.events)
                .filter(|event| event.on.is_none() && event.occurrence_at.is_none())
                .map(|event| &*event.uid)
                .collect(),
        };
        for (record, source, is_shared) in known {
            if is_shared || is_feed(source) {
                memory.add(record, source, is_feed(source));
            }
        }
        memory
    }

    fn add(&mut self, record: &'a R, source: &'a ImportSource, is_same_feed: bool) {
        for event in &source.events {
            self.by_uid.entry(&event.uid).or_default().push((self.records.len(), event));
        }
        self.records.push(record);
        self.is_same_feed.push(is_same_feed);
    }

    /// Whether the plan has nothing of the file and remembers no cancellation of its events.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.cancelled.is_empty()
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

    /// Completes the records that drafts are about, found by their UIDs, if the file has new ones: a record that no draft is
    /// about, and the only draft of its name that is about no record.
    pub fn with_namesakes(
        &self,
        found: Vec<Option<usize>>,
        name: impl Fn(&R) -> &str,
        draft_name: impl Fn(usize) -> Option<String>,
    ) -> Vec<Option<usize>> {
        if !self.has_new_uids {
            return found;
        }
        let paired: HashSet<usize> = found.iter().flatten().copied().collect();
        let mut by_name: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (index, record) in self.records.iter().enumerate().filter(|(index, _)| !paired.contains(index)) {
            by_name.entry(name(record).to_owned()).or_default().0.push(index);
        }
        for (draft, _) in found.iter().enumerate().filter(|(_, found)| found.is_none()) {
            if let Some(name) = draft_name(draft) {
                by_name.entry(name).or_default().1.push(draft);
            }
        }
        let mut found = found;
        for (records, drafts) in by_name.into_values() {
            if let ([record], [draft]) = (&*records, &*drafts) {
                found[*draft] = Some(*record);
            }
        }
        found
    }

    /// Whether another event that takes place gives the same as the event of this UID: the whole record, or its date `on`.
    pub fn is_given_twice(&self, index: usize, uid: &str, on: Option<NaiveDate>) -> bool {
        let events = self.source(index).map_or(&[][..], |source| &source.events);
        events.iter().any(|each| {
            each.uid != uid && (on.is_none() || each.on == on) && !self.cancelled_whole.contains(&*each.uid)
        })
    }

    /// The index of a record.
    pub fn position(&self, is_it: impl Fn(&R) -> bool) -> Option<usize> {
        self.records.iter().position(|record| is_it(record))
    }

    /// Whether the plan has a newer version of the event, or of the occurrence that it replaces.
    pub fn is_outdated(&self, event: &ImportedEvent) -> bool {
        let known = || self.events(&event.uid).iter().map(|(_, known)| *known);
        let as_given = |known: &&ImportedEvent| known.occurrence_at.is_none();
        let found = match event.occurrence_at {
            // Its series, as a whole or by its occurrences.
            None => known()
                .find(|known| known.on.is_none())
                .or_else(|| known().filter(as_given).max_by(|one, other| compare_versions(one, other))),
            Some(at) => known()
                .find(|known| known.occurrence_at == Some(at))
                .or_else(|| known().filter(as_given).find(|known| known.on == event.on))
                .or_else(|| known().find(|known| known.on.is_none())),
        };
        found.is_some_and(|known| compare_versions(event, known) == Ordering::Less)
    }

    /// Whether the event, or the occurrence of the event that takes place then, was cancelled in this version or a newer
    /// one.
    pub fn is_cancelled(&self, event: &ImportedEvent) -> bool {
        self.cancelled.get(&*event.uid).into_iter().flatten().any(|cancelled| {
            let is_it = cancelled.occurrence_at.is_none() || cancelled.occurrence_at == event.occurrence_at;
            is_it && compare_versions(event, cancelled) != Ordering::Greater
        })
    }

    /// The cancelled occurrences of the series in this version.
    pub fn cancelled_occurrences(&self, series: &ImportedEvent) -> impl Iterator<Item = &'a ImportedEvent> {
        let all = self.cancelled.get(&*series.uid).into_iter().flatten().copied();
        all.filter(|event| event.occurrence_at.is_some() && compare_versions(series, event) != Ordering::Greater)
    }

    /// The occurrences of the series that were cancelled, in any version.
    pub fn cancelled_alone(&self, uid: &str) -> impl Iterator<Item = &'a ImportedEvent> {
        let all = self.cancelled.get(uid).into_iter().flatten().copied();
        all.filter(|event| event.occurrence_at.is_some())
    }

    /// Whether an occurrence that was changed alone stays as it is beside this version of its series.
    pub fn outlives(&self, index: usize, known: &ImportedEvent, series: &ImportedEvent) -> bool {
        known.occurrence_at.is_some() && self.is_newer_alone(index, known, series)
    }

    /// Whether the change of one occurrence counts beside this version of its series. A calendar that has the series has
    /// all its changes, too, so a newer one counts under any name; a message says nothing about them.
    pub fn is_newer_alone(&self, index: usize, known: &ImportedEvent, series: &ImportedEvent) -> bool {
        match (self.is_same_feed(index), self.is_message) {
            (true, _) => compare_versions(known, series).is_gt(),
            (false, true) => known.sequence >= series.sequence,
            (false, false) => compare_versions(known, series).is_ge(),
        }
    }
}

fn cancelled_events<'a>(plan: &'a Plan, file: &FileEvents) -> HashMap<&'a str, Vec<&'a ImportedEvent>> {
    let mut cancelled: HashMap<&str, Vec<&ImportedEvent>> = HashMap::new();
    for calendar in plan.cancelled_events() {
        let events = calendar.events.iter().filter(|event| file.may_be_about(&event.uid, &calendar.source));
        events.for_each(|event| cancelled.entry(&event.uid).or_default().push(event));
    }
    cancelled
}

/// The version of an event, for the occurrence of that original date or for the whole record.
pub(super) fn version(event: &Event, on: Option<NaiveDate>, home: &Zone) -> ImportedEvent {
    let replaced = event.replaces.as_ref().filter(|_| !event.replaces_later || event.is_cancelled);
    ImportedEvent {
        uid: event.uid.clone(),
        on,
        occurrence_at: replaced.map(|at| at.instant(home).to_utc().naive_utc()),
        sequence: event.sequence,
        stamp: event.written,
    }
}
