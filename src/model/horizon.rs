//! The days that a plan covers.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, de};

/// The days that a plan covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Horizon {
    pub from: NaiveDate,
    /// At least 1 and at most [`Horizon::MOST_MONTHS`]; a file with another number is refused.
    #[serde(deserialize_with = "months")]
    pub months: u16,
}

impl Horizon {
    pub const MOST_MONTHS: u16 = 60;

    pub fn year(year: i32) -> Self {
        Self { from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(), months: 12 }
    }

    /// The first day after it.
    pub fn end(self) -> NaiveDate {
        let months = self.months.clamp(1, Self::MOST_MONTHS).into();
        self.from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(self.from)
    }

    pub fn contains(self, on: NaiveDate) -> bool {
        self.from <= on && on < self.end()
    }
}

/// # Errors
/// A number of months that no plan can have.
fn months<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let typed = i64::deserialize(deserializer)?;
    let months = u16::try_from(typed).ok().filter(|months| (1..=Horizon::MOST_MONTHS).contains(months));
    months.ok_or_else(|| {
        de::Error::custom(format!("invalid number of months {typed}: use 1 to {}", Horizon::MOST_MONTHS))
    })
}
