//! `list`: the occurrences of all windows.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, Period, today};
use super::delivery::write_list;
use super::known_times;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List as ListKind;

/// List the occurrences of all windows by start time
#[derive(Debug, Args)]
pub struct List {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for List {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, mut notes } = read_schedule(&self.plan)?;
        let today = today(&schedule, clock);
        notes.extend(known_times::moved_times(&self.plan, &schedule, today));
        let list = ListKind::Occurrences(self.period.span()?);
        write_list(list, &self.output, &self.plan, &Source::new(&schedule, today), notes)
    }
}
