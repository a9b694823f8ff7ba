//! `export ledger`: the answers of the business areas.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::{ListFormArguments, Now, is_standard_output};
use crate::cli::delivery::list_delivery;
use crate::cli::find;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// Write each business area's answers, as .csv, .xlsx, .json or .txt
#[derive(Debug, Args)]
pub struct Ledger {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .xlsx, .json or .txt; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    form: ListFormArguments,
    /// Only the answers of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    #[command(flatten)]
    now: Now,
}

impl Run for Ledger {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let list = List::Ledger(find::optional_area(&schedule.plan, self.area.as_deref())?);
        let file = (!is_standard_output(&self.output)).then_some(self.output.as_path());
        let delivery = list_delivery(list, &self.form, file, &self.plan)?;
        delivery.reply(&Source::new(&schedule, self.now.today(&schedule, clock)), notes)
    }
}
