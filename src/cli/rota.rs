//! `rota`: who works when.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, Period, today};
use super::delivery::write_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// List who works in which window, and who tests afterwards
#[derive(Debug, Args)]
pub struct Rota {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for Rota {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let list = List::Rota(self.period.span()?);
        write_list(list, &self.output, &self.plan, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
