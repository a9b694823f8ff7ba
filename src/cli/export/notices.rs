//! `export notices`: which notice must go out by which day.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::{ListFormArguments, Now, is_standard_output};
use crate::cli::delivery::list_delivery;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;

/// Write which notices must go out by when, as .csv, .xlsx, .json or .txt
#[derive(Debug, Args)]
pub struct Notices {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .xlsx, .json or .txt; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    form: ListFormArguments,
    #[command(flatten)]
    now: Now,
}

impl Run for Notices {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let file = (!is_standard_output(&self.output)).then_some(self.output.as_path());
        let delivery = list_delivery(List::Notices, &self.form, file, &self.plan)?;
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        delivery.reply(&Source::new(&schedule, self.now.today(&schedule, clock)), notes)
    }
}
