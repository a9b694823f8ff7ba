//! `ledger`: who agreed to what.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFile, Now, form_of};
use super::delivery::write_list;
use super::find;
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::lists::{List, ListForm, ListOrder, TEXT};
use crate::model::AreaId;
use crate::output::Source;
use crate::schedule::Schedule;

/// List each business area's answer for each occurrence: asked, agreed, declined or silent
#[derive(Debug, Args)]
pub struct Ledger {
    /// Plan to read
    plan: PathBuf,
    /// Only the answers of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Output format
    #[arg(long, value_parser = form_of(&List::Ledger(None)), default_value = TEXT.id)]
    format: &'static ListForm,
    #[command(flatten)]
    file: ListFile,
    #[command(flatten)]
    now: Now,
}

impl Run for Ledger {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        let list = List::Ledger(area(&schedule, self.area.as_deref())?);
        let order = ListOrder { form: self.format, ..ListOrder::new(list) };
        write_list(order, &self.file, &self.plan, &Source::new(&schedule, self.now.today(&schedule, clock)), notes)
    }
}

/// The business area that an argument names, if there is one.
///
/// # Errors
/// A business area that the plan does not have.
pub fn area(schedule: &Schedule, wanted: Option<&str>) -> Result<Option<AreaId>, Failure> {
    let area = wanted.map(|wanted| find::record(schedule.plan.areas(), wanted)).transpose()?;
    Ok(area.map(|area| area.id.clone()))
}
