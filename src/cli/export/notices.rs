//! `export notices`: which notice must go out by which day.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::Now;
use crate::cli::delivery::check;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::List;
use crate::output::{FormFrom, Order};

/// Write which notices must go out by when, as .csv, .json or .txt
#[derive(Debug, Args)]
pub struct Notices {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .json or .txt; - writes text to standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    now: Now,
}

impl Run for Notices {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let delivery = check(Order::list(List::Notices), &self.output, FormFrom::Ending, &[&self.plan])?;
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        delivery.reply(&Source::new(&schedule, self.now.today(&schedule, clock)), notes)
    }
}
