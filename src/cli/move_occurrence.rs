//! `move`: gives one occurrence another date, start or length.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use clap::Args;

use super::arguments::{length, time_of_day};
use super::changing::{Change, Changing, Found, within_months};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::{LocalMinute, Minutes};
use crate::schedule::{Origin, Schedule};
use crate::wording::typed::read_iso_date;

/// Move one occurrence of a window, or change its start or length
///
/// Says what that changes in the findings, and lists the new findings of the window.
#[derive(Debug, Args)]
pub struct Move {
    /// Plan to change
    plan: PathBuf,
    /// Window (id or name)
    window: String,
    /// Original date of the occurrence, or the date on which it takes place, e.g. 2027-03-13
    #[arg(value_parser = read_iso_date)]
    on: NaiveDate,
    /// Date to move it to
    #[arg(long, value_name = "DATE", value_parser = read_iso_date,
        required_unless_present_any = ["by", "start", "length"])]
    to: Option<NaiveDate>,
    /// Move it by this many days; a negative number moves it to an earlier date
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, conflicts_with = "to")]
    by: Option<i32>,
    /// Start on the window's clock, e.g. 22:00
    #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
    start: Option<NaiveTime>,
    /// Length, e.g. 4h
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    length: Option<Minutes>,
    #[command(flatten)]
    changing: Changing,
}

impl Run for Move {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changing.change(&self.plan, clock, |schedule, _| self.decide(schedule))
    }
}

impl Move {
    fn decide(&self, schedule: &Schedule) -> Result<Change, Failure> {
        let found = Found::find(schedule, &self.window, self.on)?;
        let occurrence = found.occurrence;
        if occurrence.origin == Origin::Skipped {
            return Err(
                found.refused("it is skipped (restore it first with: windowsill skip PLAN WINDOW ON --restore)")
            );
        }
        let later = |days: i32| occurrence.on().checked_add_signed(TimeDelta::days(days.into()));
        let to = match (self.to, self.by) {
            (Some(to), _) => to,
            (None, None) => occurrence.on(),
            (None, Some(days)) => later(days).ok_or_else(|| found.refused("too many days (choose fewer)"))?,
        };
        within_months(schedule.plan.horizon(), &found.window.window.name, to)?;
        let start = LocalMinute::new(to, self.start.unwrap_or_else(|| occurrence.local_start.time()));
        let length = self.length.unwrap_or(occurrence.duration);
        if (start, length) == (occurrence.local_start, occurrence.duration) {
            return Ok(found.unchanged());
        }
        let edit = found.window.change_times(occurrence, start, length);
        Ok(found.change(edit))
    }
}
