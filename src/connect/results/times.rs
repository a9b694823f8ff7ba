//! Times as reports write them.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Zone;
use crate::wording::iso;

/// A time in a report: with an offset, or on a clock that it does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedTime {
    Instant(UtcMinute),
    Local(LocalMinute),
}

impl ReportedTime {
    /// Reads "2027-03-13T22:05:09-07:00", "2027-03-13T22:05Z", "2027-03-13T22:05:09.123456" and "2027-03-13 22:05".
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().replacen(' ', "T", 1);
        if let Ok(at) = text.parse::<DateTime<Utc>>() {
            return Some(Self::Instant(UtcMinute::from_utc(at)));
        }
        if let Some(utc) = text.strip_suffix(['Z', 'z']).and_then(iso::read_local) {
            return Some(Self::Instant(UtcMinute::from_utc(utc.and_utc())));
        }
        let whole = text.split_once('.').map_or(text.as_str(), |(whole, _)| whole);
        let local = iso::read_local(whole)?;
        Some(Self::Local(LocalMinute::new(local.date(), local.time())))
    }

    /// Seconds since 1970 in UTC, as AWS writes them: 1515006912.957.
    pub fn from_seconds(seconds: f64) -> Option<Self> {
        let at = DateTime::<Utc>::from_timestamp(seconds.trunc() as i64, 0)?;
        Some(Self::Instant(UtcMinute::from_utc(at)))
    }

    /// The instant, if a time without an offset is on the clock of that zone.
    pub fn resolve(self, zone: &Arc<Zone>) -> UtcMinute {
        match self {
            Self::Instant(at) => at,
            Self::Local(local) => zone.resolve(local).at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_and_without_offset() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let at = |text: &str| ReportedTime::read(text).map(|time| iso::utc_minute(time.resolve(&berlin)));
        for text in ["2027-03-13T14:05:09-07:00", "2027-03-13T21:05Z", "2027-03-13 22:05:59.123456", "2027-03-13T22:05"]
        {
            assert_eq!(at(text).as_deref(), Some("2027-03-13T21:05Z"), "{text}");
        }
        assert!(ReportedTime::read("yesterday").is_none());
        let seconds = ReportedTime::from_seconds(1_800_000_000.957).map(|time| iso::utc_minute(time.resolve(&berlin)));
        assert_eq!(seconds.as_deref(), Some("2027-01-15T08:00Z"));
    }
}
