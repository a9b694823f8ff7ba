//! `reach`: on which days an urgent fix could not climb a ladder before its deadline.

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

/// List the days on which a fix would miss its deadline, and what would help
#[derive(Debug, Args)]
pub struct Reach {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for Reach {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        write_list(List::Reach, &self.output, &self.plan, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
