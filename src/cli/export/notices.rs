//! `export notices`: which notice must go out by which day.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::{CsvArguments, today};
use crate::cli::delivery::check;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List, ListOrder};
use crate::output::{FormFrom, Order};

/// Write which notices must go out by when, as .csv, .xlsx, .json or .txt
#[derive(Debug, Args)]
pub struct Notices {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .xlsx, .json or .txt; - writes text to standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    csv: CsvArguments,
}

impl Run for Notices {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let order = Order::List(ListOrder { csv: self.csv.style(), ..ListOrder::new(List::Notices) });
        let delivery = check(order, &self.output, FormFrom::Ending, &[&self.plan])?;
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        delivery.reply(&Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
