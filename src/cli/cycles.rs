//! `cycles`: when each release reaches the groups of its ladders.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, today};
use super::delivery::write_list;
use super::find;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// List when each release reaches the groups of its ladders, and which deadlines it misses
#[derive(Debug, Args)]
pub struct Cycles {
    /// Plan to read
    plan: PathBuf,
    /// Only the cycles of this ladder (id or name)
    #[arg(long, value_name = "LADDER")]
    ladder: Option<String>,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for Cycles {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let ladder = self.ladder.as_deref().map(|wanted| find::record(schedule.plan.ladders(), wanted)).transpose()?;
        let list = List::Cycles(ladder.map(|ladder| ladder.id.clone()));
        write_list(list, &self.output, &self.plan, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
