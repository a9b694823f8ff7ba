//! What is written for a window: rules of the system, or single dates.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, Timelike as _};

use super::meter::{Form, Loss};
use super::rhythm::Rhythm;
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};

/// A window as a system takes it.
#[derive(Debug)]
pub struct ExpressedWindow<'a> {
    pub window: &'a Arc<WindowSchedule>,
    pub form: Form,
    /// Sorted by kind.
    pub lost: Vec<Loss>,
    pub entries: Entries<'a>,
}

/// What is written for a window.
#[derive(Debug)]
pub enum Entries<'a> {
    Rules(Vec<NativeRule>),
    Dates(Vec<SingleDate<'a>>),
    Nothing,
}

/// A rule of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeRule {
    pub rhythm: Rhythm,
    /// What the system calls the zone.
    pub zone: String,
    pub start: NaiveTime,
    /// The length that is written.
    pub minutes: u32,
    /// The first and the last day on which it begins.
    pub first: i32,
    pub last: i32,
    /// From when on the system may apply the rule, so that the day before the offset counts as well.
    pub not_before: LocalMinute,
    pub from_at: UtcMinute,
    /// When the rule ends: after its last occurrence and before the next one.
    pub not_after: LocalMinute,
    pub until_at: UtcMinute,
}

/// A single date.
#[derive(Clone, Copy, Debug)]
pub struct SingleDate<'a> {
    pub occurrence: &'a Occurrence,
    /// The length that is written.
    pub minutes: u32,
}

impl SingleDate<'_> {
    pub fn start_at(&self) -> UtcMinute {
        self.occurrence.start_at
    }

    pub fn end_at(&self) -> UtcMinute {
        self.occurrence.start_at.plus(self.minutes as i32)
    }

    /// "2027-01-16": the day on which it begins, on the window's clock.
    pub fn on(&self) -> NaiveDate {
        self.occurrence.on()
    }
}

/// The minute of the day of a time.
pub fn minute_of_day(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}
