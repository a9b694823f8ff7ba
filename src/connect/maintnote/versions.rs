//! Which version of a notice counts: the file's, the plan's, or that of a cancellation that the plan remembers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{CancelledEvents, CarrierNotice, Edit, ImportedEvent, Plan, UtcMinute};

/// A version of a notice, for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// SEQUENCE. Negative if the notice does not say it.
    pub sequence: i64,
    /// DTSTAMP, or when its mail was written.
    pub written: Option<UtcMinute>,
}

impl Version {
    /// Whether this version comes before `other`: by SEQUENCE if both have one and differ, else by the time of writing.
    pub fn is_older_than(self, other: Self) -> bool {
        if self.sequence >= 0 && other.sequence >= 0 && self.sequence != other.sequence {
            return self.sequence < other.sequence;
        }
        self.written.zip(other.written).is_some_and(|(own, other)| own < other)
    }

    pub fn of_notice(notice: &CarrierNotice) -> Self {
        Self { sequence: notice.sequence.into(), written: notice.written_at }
    }
}

/// The work of a carrier: its name and number, without case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkKey {
    provider: String,
    number: String,
}

impl WorkKey {
    pub fn new(provider: &str, number: &str) -> Self {
        Self { provider: provider.trim().to_lowercase(), number: number.trim().to_lowercase() }
    }

    /// That of a notice of the plan.
    fn of_notice(notice: &CarrierNotice) -> Self {
        Self::new(&notice.provider, &notice.number)
    }

    /// A part of the work, by the UID of its event.
    pub fn part(&self, uid: &str) -> Self {
        Self { number: format!("{} {uid}", self.number), ..self.clone() }
    }

    /// Under which the plan remembers the cancellations of the carrier.
    fn source(&self) -> String {
        format!("notices of {}", self.provider)
    }
}

/// What a plan knows about the works of carriers, with what an import adds to it.
pub struct KnownWorks<'a> {
    plan: &'a Plan,
    notices: HashMap<WorkKey, Vec<&'a CarrierNotice>>,
    /// The remembered cancellations of carriers by number; those of a carrier once they were asked for.
    cancelled: HashMap<String, BTreeMap<String, ImportedEvent>>,
    /// The carriers about which something changes.
    changed: BTreeSet<String>,
}

impl<'a> KnownWorks<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut notices: HashMap<WorkKey, Vec<&CarrierNotice>> = HashMap::new();
        for notice in plan.notices() {
            notices.entry(WorkKey::of_notice(notice)).or_default().push(notice);
        }
        Self { plan, notices, cancelled: HashMap::new(), changed: BTreeSet::new() }
    }

    /// The plan's notices of a work: one for each of its parts.
    pub fn notices(&self, key: &WorkKey) -> Vec<&'a CarrierNotice> {
        self.notices.get(key).cloned().unwrap_or_default()
    }

    /// The version in which a work was cancelled, if the plan remembers that.
    pub fn cancelled_in(&mut self, key: &WorkKey) -> Option<Version> {
        let event = self.cancelled_of(key.source()).get(&key.number)?;
        let written = event.stamp.map(|at| UtcMinute::from_utc(at.and_utc()));
        Some(Version { sequence: event.sequence, written })
    }

    fn cancelled_of(&mut self, source: String) -> &mut BTreeMap<String, ImportedEvent> {
        let plan = self.plan;
        self.cancelled.entry(source).or_insert_with_key(|source| {
            let events = plan.cancelled_events().get(source).into_iter().flat_map(|events| &events.events);
            events.map(|event| (event.uid.clone(), event.clone())).collect()
        })
    }

    /// Remembers that a work was cancelled in a version, or that it takes place after all.
    pub fn remember(&mut self, key: &WorkKey, version: Option<Version>) {
        let source = key.source();
        self.changed.insert(source.clone());
        let events = self.cancelled_of(source);
        events.remove(&key.number);
        if let Some(version) = version {
            let event = ImportedEvent {
                uid: key.number.clone(),
                sequence: version.sequence,
                stamp: version.written.map(|at| at.to_utc().naive_utc()),
                ..ImportedEvent::default()
            };
            events.insert(key.number.clone(), event);
        }
    }

    /// The edits for what the plan is to remember.
    pub fn edits(mut self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for source in std::mem::take(&mut self.changed) {
            let mut events: Vec<ImportedEvent> =
                std::mem::take(self.cancelled_of(source.clone())).into_values().collect();
            events.sort_unstable();
            let new = CancelledEvents { source, events };
            match self.plan.cancelled_events().get(&new.source) {
                Some(old) if **old == new => {}
                Some(_) if new.events.is_empty() => edits.push(Edit::RemoveCancelled(new.source)),
                None if new.events.is_empty() => {}
                _ => edits.push(Edit::PutCancelled(new)),
            }
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(sequence: i64, written: Option<i32>) -> Version {
        Version { sequence, written: written.map(UtcMinute) }
    }

    #[test]
    fn the_sequence_decides_and_else_the_time_of_writing() {
        for (first, second, is_older) in [
            (version(1, Some(9)), version(2, Some(3)), true),
            (version(2, Some(3)), version(1, Some(9)), false),
            (version(2, Some(3)), version(2, Some(9)), true),
            (version(2, Some(9)), version(2, Some(9)), false),
            (version(-1, Some(3)), version(7, Some(9)), true),
            (version(-1, Some(9)), version(7, Some(3)), false),
            (version(-1, None), version(7, Some(3)), false),
        ] {
            assert_eq!(first.is_older_than(second), is_older, "{first:?} {second:?}");
        }
    }
}
