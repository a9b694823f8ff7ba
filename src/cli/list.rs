//! `list`: the occurrences of all windows.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFile, Period, form_parser, today};
use super::delivery::write_list;
use super::known_times;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List as ListKind, ListForm, ListOrder, TEXT};

/// List the occurrences of all windows by start time
#[derive(Debug, Args)]
pub struct List {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    period: Period,
    /// Output format
    #[arg(long, value_parser = form_parser(), default_value = TEXT.id)]
    format: &'static ListForm,
    #[command(flatten)]
    file: ListFile,
}

impl Run for List {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, mut notes } = read_schedule(&self.plan)?;
        let today = today(&schedule, clock);
        notes.extend(known_times::moved_times(&self.plan, &schedule, today));
        let list = ListKind::Occurrences(self.period.span()?);
        let order = ListOrder { form: self.format, ..ListOrder::new(list) };
        write_list(order, &self.file, &self.plan, &Source::new(&schedule, today), notes)
    }
}
