//! `export notices`: which notice must go out by which day.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::ListFormat;
use crate::cli::ledger::{ViewedLedger, view_ledger};
use crate::cli::notices::notices;
use crate::cli::plan::write;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};

/// Write which notices must go out by when, as .csv, .json or .txt
#[derive(Debug, Args)]
pub struct Notices {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .json or .txt; - writes text to standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Run for Notices {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let format = ListFormat::for_file(&self.output)?;
        let ViewedLedger { ledger, notes } = view_ledger(&self.plan, clock)?;
        Ok(write(&self.output, notices(format, &ledger), &self.plan)?.with_notes(notes))
    }
}
