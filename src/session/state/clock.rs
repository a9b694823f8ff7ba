//! The current time. The only file that reads the system clock.

use std::time::Duration;

use chrono::{NaiveDate, Timelike, Utc};

use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::wording::iso;

/// A source of the current time. Tests use their own.
pub trait Clock {
    fn now(&self) -> UtcMinute;

    fn today(&self, zone: &Zone) -> NaiveDate {
        zone.local(self.now()).date()
    }

    /// The name of the computer's time zone, if it is known.
    fn zone(&self) -> Option<String> {
        None
    }

    /// The time left until the next full minute.
    fn rest_of_minute(&self) -> Duration {
        Duration::from_mins(1)
    }
}

/// The system clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UtcMinute {
        UtcMinute::from_utc(Utc::now())
    }

    fn zone(&self) -> Option<String> {
        iana_time_zone::get_timezone().ok()
    }

    fn rest_of_minute(&self) -> Duration {
        // A leap second has more than a billion nanoseconds.
        let now = Utc::now();
        let passed = Duration::new(now.second().into(), now.nanosecond().min(999_999_999));
        Duration::from_mins(1).saturating_sub(passed)
    }
}

/// A clock that always shows the same time.
pub struct FixedClock(pub UtcMinute);

impl Clock for FixedClock {
    fn now(&self) -> UtcMinute {
        self.0
    }
}

/// A clock that always shows the same time, on a computer in that zone.
pub struct FixedClockIn(pub UtcMinute, pub &'static str);

impl Clock for FixedClockIn {
    fn now(&self) -> UtcMinute {
        self.0
    }

    fn zone(&self) -> Option<String> {
        Some(self.1.to_owned())
    }
}

/// The current time for the names of files, which sort by it: "20270313T220500Z".
pub fn moment_in_file_names() -> String {
    iso::basic_utc(Utc::now())
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// A short random word that makes the id of a new plan unique.
pub fn unique_word() -> String {
    let nanos = Utc::now().timestamp_nanos_opt().unwrap_or_else(|| Utc::now().timestamp_micros());
    let mut bits = (nanos as u64) ^ (u64::from(std::process::id()) << 40);
    let mut word = String::new();
    while word.len() < 6 {
        word.push(char::from(b"bcdfghjklmnpqrstvwxz"[(bits % 20) as usize]));
        bits /= 20;
    }
    word
}
