//! When a series gives occurrences, before any is excluded or replaced.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::event_time::EventTime;
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Zone;

/// A time on the clock of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Original {
    pub at: NaiveDateTime,
    /// The second of two times that the clocks show alike, because they were set back.
    pub is_second: bool,
}

impl Original {
    pub fn first(at: NaiveDateTime) -> Self {
        Self { at, is_second: false }
    }

    /// The time at that instant.
    pub fn from_instant(instant: UtcMinute, zone: &Zone) -> Self {
        let local = zone.local(instant);
        Self { at: local.to_naive(), is_second: zone.resolve(local).at != instant }
    }
}

/// What an added occurrence has of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnTimes {
    /// In UTC, if the clock of the series cannot tell it from another.
    pub start: Option<EventTime>,
    pub end: Option<EventTime>,
}

/// The occurrences of a series in their order.
#[derive(Debug, Default)]
pub(super) struct Originals(BTreeMap<Original, OwnTimes>);

impl Originals {
    pub fn insert(&mut self, original: Original, own: OwnTimes) {
        self.0.insert(original, own);
    }

    /// Adds an occurrence, unless there is one at that time.
    pub fn add(&mut self, original: Original, own: OwnTimes) {
        self.0.entry(original).or_insert(own);
    }

    pub fn remove(&mut self, original: Original) {
        self.0.remove(&original);
    }

    pub fn has(&self, original: Original) -> bool {
        self.0.contains_key(&original)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What begins on a day.
    pub fn on_day(&self, on: NaiveDate) -> impl Iterator<Item = Original> + '_ {
        let end = on.and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default());
        let range = Original::first(on.and_time(NaiveTime::MIN))..=Original { at: end, is_second: true };
        self.0.range(range).map(|(original, _)| *original)
    }

    /// What begins at that instant. A time that the clocks skip is that of the offset before, so it may differ from the time
    /// that they show.
    pub fn at_instant(&self, instant: UtcMinute, zone: &Zone) -> Option<Original> {
        let original = Original::from_instant(instant, zone);
        if self.has(original) {
            return Some(original);
        }
        let begins = |each: &Original| !each.is_second && zone.resolve(LocalMinute::from_naive(each.at)).at == instant;
        self.on_day(original.at.date()).filter(|_| !original.is_second).find(begins)
    }
}

impl IntoIterator for Originals {
    type Item = (Original, OwnTimes);
    type IntoIter = std::collections::btree_map::IntoIter<Original, OwnTimes>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
