//! `export ledger`: the answers of the business areas.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::ListFormat;
use crate::cli::ledger::{ViewedLedger, ledger_text, view_ledger};
use crate::cli::plan::write;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};

/// Write each business area's answers, as .csv, .json or .txt
#[derive(Debug, Args)]
pub struct Ledger {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .csv, .json or .txt; - writes text to standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Only the answers of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
}

impl Run for Ledger {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let format = ListFormat::for_file(&self.output)?;
        let ViewedLedger { ledger, notes } = view_ledger(&self.plan, clock)?;
        Ok(write(&self.output, ledger_text(format, &ledger, self.area.as_deref())?, &self.plan)?.with_notes(notes))
    }
}
