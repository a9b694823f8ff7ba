//! The period of the metrics, and what was attempted in it.

use super::item::midnight;
use super::options::ComplianceOptions;
use crate::model::{SystemResult, UtcMinute};
use crate::schedule::Schedule;

/// Both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from_at: UtcMinute,
    /// The instant at which everything is judged.
    pub to_at: UtcMinute,
}

impl Period {
    pub fn new(schedule: &Schedule, options: &ComplianceOptions) -> Self {
        Self { from_at: midnight(&schedule.zone, options.first_on(schedule)), to_at: options.at }
    }

    pub fn contains(self, at: UtcMinute) -> bool {
        self.from_at <= at && at <= self.to_at
    }
}

/// Hosts and reboots that were attempted in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    pub hosts: u64,
    pub failed: u64,
    pub reboots: u64,
    pub successful: u64,
}

impl Attempts {
    /// Adds a result that ended at `at`, if that is in the period.
    pub fn add(&mut self, result: &SystemResult, at: UtcMinute, period: Period) {
        if let Some(counts) = counts(result, at, period) {
            let mine = [&mut self.hosts, &mut self.failed, &mut self.reboots, &mut self.successful];
            mine.into_iter().zip(counts).for_each(|(mine, count)| *mine += count);
        }
    }

    /// Undoes [`Self::add`].
    pub fn subtract(&mut self, result: &SystemResult, at: UtcMinute, period: Period) {
        if let Some(counts) = counts(result, at, period) {
            let mine = [&mut self.hosts, &mut self.failed, &mut self.reboots, &mut self.successful];
            mine.into_iter().zip(counts).for_each(|(mine, count)| *mine = mine.saturating_sub(count));
        }
    }
}

fn counts(result: &SystemResult, at: UtcMinute, period: Period) -> Option<[u64; 4]> {
    let reboots = result.reboots_attempted.max(result.reboots_successful);
    let counts = [result.tried(), result.failed, reboots, result.reboots_successful];
    period.contains(at).then_some(counts.map(u64::from))
}
