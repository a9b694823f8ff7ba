//! What a compliance report is about: the instant, the period, and what is counted.

use chrono::NaiveDate;

use crate::compliance::ComplianceOptions;
use crate::export::source::Source;
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Schedule;

/// The instant at which everything is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    /// When the report is made.
    #[default]
    Now,
    /// The end of a day on the plan's clock.
    EndOf(NaiveDate),
    At(UtcMinute),
}

impl Moment {
    /// The instant in a plan. `now` is the current one.
    pub fn resolve(self, schedule: &Schedule, now: UtcMinute) -> UtcMinute {
        match self {
            Self::Now => now,
            Self::At(at) => at,
            Self::EndOf(on) => schedule.zone.resolve(LocalMinute::midnight(on.succ_opt().unwrap_or(on))).at,
        }
    }
}

/// What a compliance report is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComplianceChoice {
    pub moment: Moment,
    /// The first day of the period of the metrics and the trend. None for the plan's first day.
    pub from: Option<NaiveDate>,
    /// Whether hosts are counted instead of systems.
    pub counts_hosts: bool,
}

impl ComplianceChoice {
    /// For a plan at that time, without further choices.
    pub const NOW: Self = Self { moment: Moment::Now, from: None, counts_hosts: false };

    pub fn options(self, source: &Source<'_>) -> ComplianceOptions {
        let at = self.moment.resolve(source.schedule, source.now);
        ComplianceOptions { at, from: self.from, count_hosts: self.counts_hosts }
    }
}
