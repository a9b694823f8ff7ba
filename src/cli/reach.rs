//! `reach`: on which days an urgent fix could not climb a ladder before its deadline.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::TextOrJson;
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::reach;

/// List the days on which a fix would miss its deadline, and what would help
#[derive(Debug, Args)]
pub struct Reach {
    /// Plan to read
    plan: PathBuf,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: TextOrJson,
}

impl Run for Reach {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        let text = match self.format {
            TextOrJson::Text => reach::text(&schedule),
            TextOrJson::Json => reach::json(&schedule),
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}
