//! The days that a plan covers.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The days that a plan covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Horizon {
    pub from: NaiveDate,
    /// At least 1 and at most [`Horizon::MOST_MONTHS`]; anything else is clamped.
    pub months: u16,
}

impl Horizon {
    pub const MOST_MONTHS: u16 = 60;

    pub fn year(year: i32) -> Self {
        Self { from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(), months: 12 }
    }

    /// The first day after it.
    pub fn end(self) -> NaiveDate {
        self.from.checked_add_months(Months::new(self.covered_months().into())).unwrap_or(NaiveDate::MAX)
    }

    /// The months that it covers: the number in the plan, or the nearest one that a plan can have.
    pub fn covered_months(self) -> u16 {
        self.months.clamp(1, Self::MOST_MONTHS)
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(self.from)
    }

    pub fn contains(self, on: NaiveDate) -> bool {
        self.from <= on && on < self.end()
    }
}
