//! `check`: what is wrong with a plan.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{Now, TextOrJson};
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use crate::checks::{Findings, Severity};
use crate::export::findings;
use crate::schedule::Simulation;

/// Check a plan; exits with 1 if there are errors
#[derive(Debug, Args)]
pub struct Check {
    /// Plan to check
    plan: PathBuf,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: TextOrJson,
    /// List each finding on its own line instead of grouping findings with the same cause
    #[arg(long)]
    each: bool,
    #[command(flatten)]
    now: Now,
}

impl Run for Check {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        // On screen the simulations follow later, in the background. Here there is nothing else to wait for.
        let schedule = schedule.with_outlooks(Simulation::RUNS);
        let today = self.now.today(&schedule, clock);
        let found = Findings::check(&schedule, today, None);
        let text = match self.format {
            TextOrJson::Text => findings::text(&schedule, today, &found, self.each),
            TextOrJson::Json => findings::json(&schedule, today, &found),
        };
        let code = if found.count(Severity::Error) > 0 { FOUND } else { 0 };
        Ok(Reply { text, notes, code })
    }
}
