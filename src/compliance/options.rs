//! What is calculated.

use chrono::NaiveDate;

use crate::model::UtcMinute;
use crate::schedule::Schedule;

/// The key of what has no severity, area or group.
pub const NONE: &str = "none";

/// What is calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComplianceOptions {
    /// The instant at which everything is judged.
    pub at: UtcMinute,
    /// The first day of the period of the metrics and the trend. None for the plan's first day.
    pub from: Option<NaiveDate>,
    /// Whether hosts are counted instead of systems.
    pub count_hosts: bool,
}

impl ComplianceOptions {
    /// The first day of the period.
    pub fn first_on(&self, schedule: &Schedule) -> NaiveDate {
        self.from.unwrap_or(schedule.plan.horizon().from)
    }
}
