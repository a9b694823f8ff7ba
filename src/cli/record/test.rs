//! `record test`: the result of the tests of a release in a group.

use chrono::{DateTime, Utc};
use clap::Args;

use super::changes::{Changed, TypedTime, read_typed_time};
use super::group::GroupArguments;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::model::{Edit, TestResult};

/// Record the result of the tests of a release in a group
#[derive(Debug, Args)]
pub struct Test {
    #[command(flatten)]
    changed: Changed,
    /// pass or fail
    #[arg(value_name = "RESULT", value_parser = ["pass", "fail"])]
    result: String,
    #[command(flatten)]
    group: GroupArguments,
    /// Who tested
    #[arg(long, value_name = "NAME")]
    by: String,
    /// When, with an offset or on the plan's clock [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    at: Option<TypedTime>,
    /// What was found
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    notes: String,
}

impl Run for Test {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changed.change(clock, |schedule, now| {
            let mut record = self.group.record(schedule)?;
            let at = self.at.map_or(now, |at| at.resolve(&schedule.zone));
            let (by, notes) = (self.by.clone(), self.notes.clone());
            record.test = Some(TestResult { is_passed: self.result == "pass", by, at, notes });
            Ok(vec![Edit::PutGroupRecord(record)])
        })
    }
}
