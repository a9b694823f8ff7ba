//! `cycles`: when each release reaches the groups of its ladders.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFile, form_parser, today};
use super::delivery::write_list;
use super::find;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List, ListForm, ListOrder, TEXT};

/// List when each release reaches the groups of its ladders, and which deadlines it misses
#[derive(Debug, Args)]
pub struct Cycles {
    /// Plan to read
    plan: PathBuf,
    /// Only the cycles of this ladder (id or name)
    #[arg(long, value_name = "LADDER")]
    ladder: Option<String>,
    /// Output format
    #[arg(long, value_parser = form_parser(), default_value = TEXT.id)]
    format: &'static ListForm,
    #[command(flatten)]
    file: ListFile,
}

impl Run for Cycles {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let ladder = self.ladder.as_deref().map(|wanted| find::record(schedule.plan.ladders(), wanted)).transpose()?;
        let list = List::Cycles(ladder.map(|ladder| ladder.id.clone()));
        let order = ListOrder { form: self.format, ..ListOrder::new(list) };
        write_list(order, &self.file, &self.plan, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
