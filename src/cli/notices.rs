//! `notices`: which notice must go out by which day.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFormat, Now};
use super::ledger::{ViewedLedger, view_ledger};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::ledger::{notices_csv, notices_json, notices_text};
use crate::schedule::agreement::ledger::Ledger;

/// List which notices must go out by when, and which are late
#[derive(Debug, Args)]
pub struct Notices {
    /// Plan to read
    plan: PathBuf,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
    #[command(flatten)]
    now: Now,
}

impl Run for Notices {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let ViewedLedger { ledger, notes } = view_ledger(&self.plan, self.now.or(clock))?;
        Ok(Reply::new(notices(self.format, &ledger)).with_notes(notes))
    }
}

pub fn notices(format: ListFormat, ledger: &Ledger) -> String {
    match format {
        ListFormat::Text => notices_text(ledger),
        ListFormat::Csv => notices_csv(ledger),
        ListFormat::Json => notices_json(ledger),
    }
}
