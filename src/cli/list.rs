//! `list`: the occurrences of all windows.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFormat, Period};
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::list::{self, Span};

/// List the occurrences of all windows by start time
#[derive(Debug, Args)]
pub struct List {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    period: Period,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

impl Run for List {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        let span = Span { from: self.period.from, to: self.period.to };
        let text = match self.format {
            ListFormat::Text => list::text(&schedule, span),
            ListFormat::Csv => list::csv(&schedule, span),
            ListFormat::Json => list::json(&schedule, span),
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}
