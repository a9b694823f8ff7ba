//! `check`: what is wrong with a plan.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, Now};
use super::delivery::write_list;
use super::known_times;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use crate::checks::Severity;
use crate::export::Source;
use crate::export::lists::List;
use crate::schedule::Simulation;

/// Check a plan; exits with 1 if there are errors
#[derive(Debug, Args)]
pub struct Check {
    /// Plan to check
    plan: PathBuf,
    /// List each finding on its own line instead of grouping findings with the same cause
    #[arg(long)]
    each: bool,
    /// Accept the times that other zone data changed, so that they are no longer reported
    #[arg(long)]
    accept_times: bool,
    #[command(flatten)]
    output: ListArguments,
    #[command(flatten)]
    now: Now,
}

impl Run for Check {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, mut notes } = read_schedule(&self.plan)?;
        if self.accept_times {
            known_times::accept(&self.plan, &schedule)?;
        }
        let today = self.now.today(&schedule, clock);
        notes.extend(known_times::moved_times(&self.plan, &schedule, today));
        // On screen the simulations follow later, in the background. Here there is nothing else to wait for.
        let schedule = schedule.with_outlooks(Simulation::RUNS);
        let source = Source::new(&schedule, today);
        let list = List::Findings { each: self.each };
        let reply = write_list(list, &self.output, &self.plan, &source, notes)?;
        let code = if source.findings().count_with_unfinished(Severity::Error) > 0 { FOUND } else { 0 };
        Ok(Reply { code, ..reply })
    }
}
