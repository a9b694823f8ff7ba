//! Durations in whole minutes, as people write them: "3 h 35".

use std::fmt;
use std::ops::{Add, Mul};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wording::duration;

/// A duration in whole minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub u32);

impl Minutes {
    /// The longest duration that can be entered: 366 days.
    pub const LONGEST: Self = Self(366 * 24 * 60);

    pub const fn hours(hours: u32) -> Self {
        Self(hours * 60)
    }

    pub const fn days(days: u32) -> Self {
        Self(days * 24 * 60)
    }

    /// For sums that may be negative. Saturates at more than 4,000 years.
    #[inline]
    pub const fn signed(self) -> i32 {
        if self.0 > i32::MAX as u32 { i32::MAX } else { self.0 as i32 }
    }

    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads the length of something at night: a number alone is hours up to 24, and minutes above.
    ///
    /// # Errors
    /// The text is not a duration.
    pub fn read_length(text: &str) -> Result<Self, ParseMinutesError> {
        let digits = text.trim();
        let number = if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None };
        match number {
            Some(hours @ 0..=24) => Ok(Self::hours(hours)),
            Some(minutes) if minutes <= Self::LONGEST.0 => Ok(Self(minutes)),
            _ => text.parse(),
        }
    }

    /// Without spaces, as written in files: "3h35m".
    pub(super) fn typed(self) -> String {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => format!("{minutes}m"),
            (hours, 0) => format!("{hours}h"),
            (hours, minutes) => format!("{hours}h{minutes:02}m"),
        }
    }

    /// Rounded up to a quarter of an hour.
    pub const fn up_to_quarter(self) -> Self {
        Self(self.0.div_ceil(15) * 15)
    }
}

impl Add for Minutes {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Mul<u32> for Minutes {
    type Output = Self;
    #[inline]
    fn mul(self, times: u32) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self(0), Add::add)
    }
}

impl fmt::Display for Minutes {
    /// "45 min", "3 h", "3 h 35", "14 days".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&duration(self.0))
    }
}

/// The error for an invalid duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Invalid duration \"{0}\": use e.g. 4h, 90m, 3h30 or 2d, at most 366 days")]
pub struct ParseMinutesError(pub String);

impl FromStr for Minutes {
    type Err = ParseMinutesError;

    /// Parses "4h", "90m", "90 min", "3h35", "3 h 35 min", "2d", "1d 4h" and "3:35".
    fn from_str(text: &str) -> Result<Self, ParseMinutesError> {
        let invalid = || ParseMinutesError(text.trim().to_owned());
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        if let Some((hours, minutes)) = compact.split_once(':') {
            let hours: u32 = hours.parse().map_err(|_| invalid())?;
            let minutes: u32 = minutes.parse().ok().filter(|m| *m < 60).ok_or_else(invalid)?;
            return hours
                .checked_mul(60)
                .and_then(|total| total.checked_add(minutes))
                .map(Self)
                .filter(|m| *m <= Self::LONGEST)
                .ok_or_else(invalid);
        }
        let mut total: u32 = 0;
        let mut rest = compact.as_str();
        let mut last_unit = None;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let number: u32 = rest[..digits].parse().map_err(|_| invalid())?;
            rest = &rest[digits..];
            let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let unit = match (&rest[..letters], last_unit) {
                ("d" | "day" | "days", None) => 24 * 60,
                ("h" | "hour" | "hours" | "hr" | "hrs", None | Some(1440)) => 60,
                ("m" | "min" | "mins" | "minute" | "minutes", _) | ("", Some(60)) => 1,
                _ => return Err(invalid()),
            };
            rest = &rest[letters..];
            if last_unit == Some(1) {
                return Err(invalid());
            }
            last_unit = Some(unit);
            total = number.checked_mul(unit).and_then(|n| total.checked_add(n)).ok_or_else(invalid)?;
        }
        if last_unit.is_none() || total > Self::LONGEST.0 {
            return Err(invalid());
        }
        Ok(Self(total))
    }
}

impl Serialize for Minutes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.typed())
    }
}

impl<'de> Deserialize<'de> for Minutes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, minutes) in [
            ("4h", 240),
            ("90m", 90),
            ("45 min", 45),
            ("3h35", 215),
            ("3 h 35 min", 215),
            ("3:35", 215),
            ("2d", 2880),
            ("1d 4h", 1680),
            ("0m", 0),
        ] {
            assert_eq!(text.parse(), Ok(Minutes(minutes)), "{text}");
        }
    }

    #[test]
    fn invalid_durations_are_refused() {
        for text in ["", "h", "4", "4x", "4h4h", "-1h", "3:75", "400d", "99999999999h", "71582788:59", "4m4", "1é"] {
            assert!(text.parse::<Minutes>().is_err(), "{text}");
        }
    }
}
