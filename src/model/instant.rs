//! Points in time as small integers: minutes in UTC, and minutes on a wall clock.
//!
//! A plan of 5,000 weekly windows has half a million occurrences; with four bytes per instant they fit into the cache.
//! Whole minutes are precise enough: every zone offset since 1973 is a multiple of a minute.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Minutes;
use crate::wording::iso;

const MINUTES_A_DAY: i32 = 24 * 60;
/// Days from 1 January of year 1 (chrono's day 1) to 1 January 1970.
const EPOCH_DAY: i32 = 719_163;

/// An instant: whole minutes since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcMinute(pub i32);

/// A wall-clock time without a zone: whole minutes since 1970-01-01 00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalMinute(pub i32);

impl UtcMinute {
    #[inline]
    pub fn plus(self, minutes: i32) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// Minutes from `earlier` to this instant; negative if `earlier` is later.
    #[inline]
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(self.0.into())
    }

    /// Seconds are cut off. Instants out of range, such as those after the year 6053, become the nearest one in range.
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        let minutes = at.timestamp().div_euclid(60);
        Self(minutes.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }
}

/// Written as "2027-03-13T22:00Z".
impl Serialize for UtcMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&iso::utc_minute(*self))
    }
}

impl<'de> Deserialize<'de> for UtcMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at = text.strip_suffix('Z').and_then(iso::read_local);
        let at =
            at.ok_or_else(|| de::Error::custom(format!("invalid UTC time \"{text}\": use e.g. 2027-03-13T22:00Z")))?;
        Ok(Self::from_utc(at.and_utc()))
    }
}

/// Written as "2027-03-13T22:00".
impl Serialize for LocalMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&iso::local_minute(*self))
    }
}

impl<'de> Deserialize<'de> for LocalMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at = iso::read_local(&text)
            .ok_or_else(|| de::Error::custom(format!("invalid date and time \"{text}\": use e.g. 2027-03-13T22:00")))?;
        Ok(Self::from_naive(at))
    }
}

impl From<UtcMinute> for DateTime<Utc> {
    fn from(at: UtcMinute) -> Self {
        at.to_utc()
    }
}

impl From<LocalMinute> for NaiveDateTime {
    fn from(local: LocalMinute) -> Self {
        local.to_naive()
    }
}

impl LocalMinute {
    #[inline]
    pub fn new(on: NaiveDate, time: NaiveTime) -> Self {
        let minute = (time.hour() * 60 + time.minute()) as i32;
        Self(day_number(on).saturating_mul(MINUTES_A_DAY).saturating_add(minute))
    }

    #[inline]
    pub fn midnight(on: NaiveDate) -> Self {
        Self(day_number(on).saturating_mul(MINUTES_A_DAY))
    }

    #[inline]
    pub fn plus(self, duration: Minutes) -> Self {
        Self(self.0.saturating_add(duration.signed()))
    }

    /// The reading this many minutes later, or earlier if negative.
    pub fn shifted(self, minutes: i32) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    #[inline]
    pub fn date(self) -> NaiveDate {
        date_of_day(self.0.div_euclid(MINUTES_A_DAY))
    }

    #[inline]
    pub fn time(self) -> NaiveTime {
        let minute = self.0.rem_euclid(MINUTES_A_DAY) as u32;
        NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or_default()
    }

    #[inline]
    pub fn to_naive(self) -> NaiveDateTime {
        self.date().and_time(self.time())
    }

    #[inline]
    pub fn from_naive(at: NaiveDateTime) -> Self {
        Self::new(at.date(), at.time())
    }
}

/// Days since 1970-01-01.
#[inline]
pub fn day_number(on: NaiveDate) -> i32 {
    on.num_days_from_ce() - EPOCH_DAY
}

/// Months since January of the year 0.
#[inline]
pub fn month_number(on: NaiveDate) -> i32 {
    on.year() * 12 + on.month0() as i32
}

/// The date `days` after 1970-01-01, or the nearest one that chrono can represent.
#[inline]
pub fn date_of_day(days: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(days.saturating_add(EPOCH_DAY)).unwrap_or(if days < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_clocks_come_back_as_they_went_in() {
        let on = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        let time = NaiveTime::from_hms_opt(22, 5, 0).unwrap();
        let local = LocalMinute::new(on, time);
        assert_eq!((local.date(), local.time()), (on, time));
        assert_eq!(day_number(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()), 0);
        assert_eq!(date_of_day(day_number(on)), on);
        assert_eq!(LocalMinute(-1).to_naive().to_string(), "1969-12-31 23:59:00");
        assert_eq!(UtcMinute::from_utc(UtcMinute(29_000_000).to_utc()), UtcMinute(29_000_000));
    }
}
