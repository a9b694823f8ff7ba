//! `scans`: the scan routines.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, Now};
use super::delivery::write_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// List the scan routines: which scans run how often, their last results, and what is late
#[derive(Debug, Args)]
pub struct Scans {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    output: ListArguments,
    #[command(flatten)]
    now: Now,
}

impl Run for Scans {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let today = self.now.today(&schedule, clock);
        write_list(List::Scans, &self.output, &self.plan, &Source::new(&schedule, today), notes)
    }
}
