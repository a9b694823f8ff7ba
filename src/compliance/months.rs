//! Months on the plan's clock.

use chrono::{Datelike as _, NaiveDate};

use crate::model::UtcMinute;
use crate::schedule::Schedule;

/// The first day of the month of an instant, on the plan's clock.
pub fn month_of(schedule: &Schedule, at: UtcMinute) -> NaiveDate {
    first_of_month(schedule.zone.local(at).date())
}

pub fn first_of_month(on: NaiveDate) -> NaiveDate {
    on.with_day(1).unwrap_or(on)
}

/// "2027-03"
pub fn month_name(month: NaiveDate) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}
