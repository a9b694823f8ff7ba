//! `notices`: which notice must go out by which day.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFile, Now, form_parser};
use super::delivery::write_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List, ListForm, ListOrder, TEXT};

/// List which notices must go out by when, and which are late
#[derive(Debug, Args)]
pub struct Notices {
    /// Plan to read
    plan: PathBuf,
    /// Output format
    #[arg(long, value_parser = form_parser(), default_value = TEXT.id)]
    format: &'static ListForm,
    #[command(flatten)]
    file: ListFile,
    #[command(flatten)]
    now: Now,
}

impl Run for Notices {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let today = self.now.today(&schedule, clock);
        let order = ListOrder { form: self.format, ..ListOrder::new(List::Notices) };
        write_list(order, &self.file, &self.plan, &Source::new(&schedule, today), notes)
    }
}
