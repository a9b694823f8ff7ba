//! What time it is: the only place in the program that asks.

use chrono::{NaiveDate, Utc};

use crate::model::UtcMinute;
use crate::schedule::Zone;

/// Tells the time. Tests bring their own.
pub trait Clock {
    fn now(&self) -> UtcMinute;

    fn today(&self, zone: &Zone) -> NaiveDate {
        zone.local(self.now()).date()
    }
}

/// The computer's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UtcMinute {
        UtcMinute::from_utc(Utc::now())
    }
}

/// A clock that stands still.
pub struct Standing(pub UtcMinute);

impl Clock for Standing {
    fn now(&self) -> UtcMinute {
        self.0
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub fn elapsed(self) -> std::time::Duration {
        self.0.elapsed()
    }
}

/// A short word that no other plan has: it makes the ids of new plans unique.
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
