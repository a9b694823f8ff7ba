//! `export ledger`: the answers of the business areas.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::{CsvArguments, today};
use crate::cli::delivery::check;
use crate::cli::find;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List, ListOrder};
use crate::output::{FormFrom, Order};

/// Write each business area's answers, as .csv, .xlsx, .json or .txt
#[derive(Debug, Args)]
pub struct Ledger {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .xlsx, .json or .txt; - writes text to standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    csv: CsvArguments,
    /// Only the answers of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
}

impl Run for Ledger {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let order = Order::List(ListOrder {
            csv: self.csv.style(),
            ..ListOrder::new(List::Ledger(find::optional_area(&schedule.plan, self.area.as_deref())?))
        });
        let delivery = check(order, &self.output, FormFrom::Ending, &[&self.plan])?;
        delivery.reply(&Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
