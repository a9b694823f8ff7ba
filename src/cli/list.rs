//! `list`: the occurrences of all windows.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{Period, form_parser, today};
use super::delivery::print_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List as ListKind, ListForm, Span, TEXT};

/// List the occurrences of all windows by start time
#[derive(Debug, Args)]
pub struct List {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    period: Period,
    /// Output format
    #[arg(long, value_parser = form_parser(&ListKind::Occurrences(Span::default())), default_value = TEXT.id)]
    format: &'static ListForm,
}

impl Run for List {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let list = ListKind::Occurrences(self.period.span()?);
        print_list(list, self.format, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
