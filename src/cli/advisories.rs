//! `advisories`: which vulnerabilities must be fixed by when.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFormat, Now};
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::checks::Context;
use crate::export::advisories;

/// List the advisories with their due dates, the windows that fix them, and decisions
#[derive(Debug, Args)]
pub struct Advisories {
    /// Plan to read
    plan: PathBuf,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
    #[command(flatten)]
    now: Now,
}

impl Run for Advisories {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        let cx = Context::new(&schedule, self.now.today(&schedule, clock));
        let text = match self.format {
            ListFormat::Text => advisories::text(&cx),
            ListFormat::Csv => advisories::csv(&cx),
            ListFormat::Json => advisories::json(&cx),
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}
