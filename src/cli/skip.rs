//! `skip`: cancels one occurrence, or resets it to the rule.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::arguments::words;
use super::changing::{Change, Changing, Found};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::Edit;
use crate::schedule::{Origin, Schedule};
use crate::wording::typed::read_iso_date;

/// Skip one occurrence of a window, or restore one that was skipped or moved
///
/// Says what that changes in the findings, and lists the new findings of the window.
#[derive(Debug, Args)]
pub struct Skip {
    /// Plan to change
    plan: PathBuf,
    /// Window (id or name)
    window: String,
    /// Original date of the occurrence, or the date on which it takes place, e.g. 2027-03-13
    #[arg(value_parser = read_iso_date)]
    on: NaiveDate,
    /// Why it is skipped
    #[arg(long, value_name = "TEXT", required_unless_present = "restore", allow_hyphen_values = true,
        value_parser = words)]
    reason: Option<String>,
    /// Reset it to the date, start and length of its rule
    #[arg(long, conflicts_with = "reason")]
    restore: bool,
    #[command(flatten)]
    changing: Changing,
}

impl Run for Skip {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changing.change(&self.plan, clock, |schedule, _| self.decide(schedule))
    }
}

impl Skip {
    fn decide(&self, schedule: &Schedule) -> Result<Change, Failure> {
        let found = Found::find(schedule, &self.window, self.on)?;
        let (window, on) = (found.window.id().clone(), found.occurrence.original_on());
        let Some(reason) = &self.reason else {
            return match found.occurrence.origin {
                Origin::Rule => Ok(found.unchanged()),
                Origin::Added => {
                    let remedy = "it was added to the rule's dates (remove it with: windowsill skip PLAN WINDOW ON --reason TEXT)";
                    Err(found.refused(remedy))
                }
                Origin::Moved | Origin::Skipped => Ok(found.change(Edit::RestoreOccurrence { window, on })),
            };
        };
        Ok(found.change(Edit::SkipOccurrence { window, on, reason: reason.clone() }))
    }
}
