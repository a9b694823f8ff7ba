//! `rota`: who works when.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFormat, Period};
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::list::Span;
use crate::export::rota;

/// List who works in which window, and who tests afterwards
#[derive(Debug, Args)]
pub struct Rota {
    /// Plan to read
    plan: PathBuf,
    #[command(flatten)]
    period: Period,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

impl Run for Rota {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        let span = Span { from: self.period.from, to: self.period.to };
        let text = match self.format {
            ListFormat::Text => rota::text(&schedule, span),
            ListFormat::Csv => rota::csv(&schedule, span),
            ListFormat::Json => rota::json(&schedule, span),
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}
