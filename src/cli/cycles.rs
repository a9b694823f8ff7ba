//! `cycles`: when each release reaches the groups of its ladders.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::TextOrJson;
use super::find;
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::cycles;

/// List when each release reaches the groups of its ladders, and which deadlines it misses
#[derive(Debug, Args)]
pub struct Cycles {
    /// Plan to read
    plan: PathBuf,
    /// Only the cycles of this ladder (id or name)
    #[arg(long, value_name = "LADDER")]
    ladder: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: TextOrJson,
}

impl Run for Cycles {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        let ladder = self.ladder.as_deref().map(|wanted| find::record(schedule.plan.ladders(), wanted)).transpose()?;
        let ladder = ladder.map(|ladder| &ladder.id);
        let text = match self.format {
            TextOrJson::Text => cycles::text(&schedule, ladder),
            TextOrJson::Json => cycles::json(&schedule, ladder),
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}
