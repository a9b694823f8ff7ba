//! Changes of a window's times from a date on: "from 1 July on at 23:00".

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Minutes, hhmm, is_default};
use crate::wording::{counted, date, time};

/// Other times for all occurrences of a window from a date on (THISANDFUTURE in RFC 5545 §3.2.13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedChange {
    /// The first date of the rule that it applies to. Occurrences keep their original dates.
    pub from: NaiveDate,
    /// The start from then on. None if it stays as it was.
    #[serde(default, skip_serializing_if = "is_default", with = "hhmm::option")]
    pub start: Option<NaiveTime>,
    /// The length on the wall clock from then on. None if it stays as it was.
    #[serde(default, skip_serializing_if = "is_default")]
    pub duration: Option<Minutes>,
    /// How many days after the date of the rule they take place; negative before it. An earlier change does not count.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shift_days: i32,
}

impl DatedChange {
    /// The furthest shift, in days. A larger one in a file is limited to this.
    pub const LONGEST_SHIFT: i32 = 3_660;

    /// The shift, within its limits.
    pub fn shift(&self) -> i32 {
        self.shift_days.clamp(-Self::LONGEST_SHIFT, Self::LONGEST_SHIFT)
    }

    /// "from Thu 1 Jul 2027: 23:00, 6 h, 1 day later"
    pub fn in_words(&self) -> String {
        let shift = match self.shift() {
            0 => None,
            days => Some(format!("{} {}", counted(days.abs(), "day"), if days < 0 { "earlier" } else { "later" })),
        };
        let parts = [self.start.map(time), self.duration.map(|length| length.to_string()), shift];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let what = if parts.is_empty() { "as before".to_owned() } else { parts.join(", ") };
        format!("from {}: {what}", date(self.from))
    }
}

/// When an occurrence takes place unless an exception changes it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsualTimes {
    /// How many days after its original date.
    pub shift_days: i32,
    pub start: NaiveTime,
    pub duration: Minutes,
}

impl UsualTimes {
    /// The same with the start and length that are given.
    #[must_use]
    pub fn with(self, start: Option<NaiveTime>, duration: Option<Minutes>) -> Self {
        Self { start: start.unwrap_or(self.start), duration: duration.unwrap_or(self.duration), ..self }
    }

    /// The date on which the occurrence of that original date takes place.
    pub fn date(&self, original_on: NaiveDate) -> NaiveDate {
        let days = Days::new(self.shift_days.unsigned_abs().into());
        let shifted =
            if self.shift_days < 0 { original_on.checked_sub_days(days) } else { original_on.checked_add_days(days) };
        shifted.unwrap_or(original_on)
    }
}
