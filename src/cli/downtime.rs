//! `downtime`: how long the windows stop each service in a year.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, today};
use super::delivery::write_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// List the planned downtime of each service and year beside its target
#[derive(Debug, Args)]
pub struct Downtime {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for Downtime {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        write_list(List::Downtime, &self.output, &self.plan, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
