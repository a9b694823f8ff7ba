//! `ledger`: who agreed to what.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, Now};
use super::delivery::write_list;
use super::find;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// List each business area's answer for each occurrence: asked, agreed, declined or silent
#[derive(Debug, Args)]
pub struct Ledger {
    /// Plan to read
    plan: PathBuf,
    /// Only the answers of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    #[command(flatten)]
    output: ListArguments,
    #[command(flatten)]
    now: Now,
}

impl Run for Ledger {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let list = List::Ledger(find::optional_area(&schedule.plan, self.area.as_deref())?);
        write_list(list, &self.output, &self.plan, &Source::new(&schedule, self.now.today(&schedule, clock)), notes)
    }
}
