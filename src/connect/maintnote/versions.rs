//! Which version of a notice counts: the file's, the plan's, or that of a cancellation that the plan remembers.

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkKey {
    provider: String,
    number: String,
}

impl WorkKey {
    pub fn new(provider: &str, number: &str) -> Self {
        Self { provider: provider.trim().to_lowercase(), number: number.trim().to_lowercase() }
    }

    /// The plan's notice of this work.
    pub fn in_plan<'a>(&self, plan: &'a Plan) -> Option<&'a CarrierNotice> {
        let found = plan.notices().iter().find(|notice| Self::new(&notice.provider, &notice.number) == *self);
        found.map(|notice| &**notice)
    }

    /// Under which the plan remembers the cancellations of the carrier.
    fn source(&self) -> String {
        format!("notices of {}", self.provider)
    }

    /// The version in which the work was cancelled, if the plan remembers that.
    pub fn cancelled_in(&self, plan: &Plan) -> Option<Version> {
        let events = plan.cancelled_events().get(&self.source())?;
        let event = events.events.iter().find(|event| event.uid == self.number)?;
        let written = event.stamp.map(|at| UtcMinute::from_utc(at.and_utc()));
        Some(Version { sequence: event.sequence, written })
    }

    /// The edit by which a plan remembers that the work was cancelled in a version, or that it takes place after all.
    /// `known`: what it remembers so far, with the edits of this import.
    pub fn remember(&self, version: Option<Version>, known: &mut Vec<CancelledEvents>, plan: &Plan) {
        let source = self.source();
        let at = known.iter().position(|events| events.source == source).unwrap_or_else(|| {
            let events = plan.cancelled_events().get(&source).map(|events| CancelledEvents::clone(events));
            known.push(events.unwrap_or_else(|| CancelledEvents { source: source.clone(), events: Vec::new() }));
            known.len() - 1
        });
        let events = &mut known[at].events;
        events.retain(|event| event.uid != self.number);
        events.extend(version.map(|version| ImportedEvent {
            uid: self.number.clone(),
            sequence: version.sequence,
            stamp: version.written.map(|at| at.to_utc().naive_utc()),
            ..ImportedEvent::default()
        }));
        events.sort_unstable();
    }
}

/// The edits for what a plan is to remember.
pub fn edits(known: Vec<CancelledEvents>, plan: &Plan) -> Vec<Edit> {
    let changed = known.into_iter().filter_map(|events| match plan.cancelled_events().get(&events.source) {
        Some(old) if **old == events => None,
        Some(_) if events.events.is_empty() => Some(Edit::RemoveCancelled(events.source)),
        None if events.events.is_empty() => None,
        _ => Some(Edit::PutCancelled(events)),
    });
    changed.collect()
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
