//! `reach`: on which days an urgent fix could not climb a ladder before its deadline.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFile, form_parser, today};
use super::delivery::write_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List, ListForm, ListOrder, TEXT};

/// List the days on which a fix would miss its deadline, and what would help
#[derive(Debug, Args)]
pub struct Reach {
    /// Plan to read
    plan: PathBuf,
    /// Output format
    #[arg(long, value_parser = form_parser(), default_value = TEXT.id)]
    format: &'static ListForm,
    #[command(flatten)]
    file: ListFile,
}

impl Run for Reach {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let order = ListOrder { form: self.format, ..ListOrder::new(List::Reach) };
        write_list(order, &self.file, &self.plan, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
