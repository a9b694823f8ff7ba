//! `record result`: what became of systems in an occurrence.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::changes::{Changed, TypedTime, read_typed_time, recording_on};
use super::occurrence::OccurrenceArguments;
use crate::checks::{Context, MissedWork};
use crate::cli::find;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::cli::shell_word::shell_word;
use crate::model::{Edit, ResultKey, ResultOutcome, System, SystemResult, UtcMinute};
use crate::schedule::{Schedule, WindowOccurrence};

/// Record what became of systems in an occurrence
///
/// Without --system, of all systems that the window covers. With --outcome, all hosts of a system have that outcome; numbers
/// of hosts are for one system.
#[derive(Debug, Args)]
pub struct Result {
    #[command(flatten)]
    changed: Changed,
    #[command(flatten)]
    occurrence: OccurrenceArguments,
    /// System (id or name); may be repeated
    #[arg(long = "system", value_name = "SYSTEM")]
    systems: Vec<String>,
    /// The outcome of all hosts
    #[arg(long, value_enum)]
    outcome: Option<Outcome>,
    #[command(flatten)]
    numbers: Numbers,
    /// Why hosts were skipped
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Actual start, with an offset or on the window's clock, e.g. 2027-03-13T22:05
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    start: Option<TypedTime>,
    /// Actual end
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    end: Option<TypedTime>,
    /// The system was rolled back
    #[arg(long)]
    rolled_back: bool,
    #[arg(long, value_name = "TEXT", help = "Notes")]
    notes: Option<String>,
    /// Remove what was recorded
    #[arg(long, conflicts_with_all = ["outcome", "reason", "start", "end", "rolled_back", "notes"])]
    remove: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Outcome {
    Patched,
    Failed,
    Skipped,
    RolledBack,
}

// Numbers of hosts and reboots.
#[derive(Debug, Args)]
struct Numbers {
    /// Hosts in scope [default: those of the system]
    #[arg(long, value_name = "N")]
    hosts: Option<u32>,
    /// Hosts that were attempted [default: those patched and failed]
    #[arg(long, value_name = "N")]
    attempted: Option<u32>,
    /// Hosts that were patched
    #[arg(long, value_name = "N")]
    patched: Option<u32>,
    /// Hosts that failed
    #[arg(long, value_name = "N")]
    failed: Option<u32>,
    /// Hosts that were skipped
    #[arg(long, value_name = "N")]
    skipped: Option<u32>,
    /// Reboots that were attempted
    #[arg(long, value_name = "N")]
    reboots: Option<u32>,
    /// Reboots that were successful [default: all]
    #[arg(long, value_name = "N")]
    reboots_successful: Option<u32>,
}

impl Numbers {
    fn are_given(&self) -> bool {
        let Self { hosts, attempted, patched, failed, skipped, reboots, reboots_successful } = self;
        [hosts, attempted, patched, failed, skipped, reboots, reboots_successful].iter().any(|each| each.is_some())
    }

    fn apply(&self, result: &mut SystemResult) {
        result.hosts = self.hosts.unwrap_or(result.hosts);
        result.patched = self.patched.unwrap_or(result.patched);
        result.failed = self.failed.unwrap_or(result.failed);
        result.skipped = self.skipped.unwrap_or(result.skipped);
        if self.patched.is_some() || self.failed.is_some() || self.attempted.is_some() {
            result.attempted = self.attempted.unwrap_or_else(|| result.patched.saturating_add(result.failed));
        }
        if let Some(reboots) = self.reboots {
            (result.reboots_attempted, result.reboots_successful) = (reboots, reboots);
        }
        result.reboots_successful = self.reboots_successful.unwrap_or(result.reboots_successful);
    }
}

impl Run for Result {
    fn run(&self, clock: DateTime<Utc>) -> std::result::Result<Reply, Failure> {
        let edits = |schedule: &Schedule, _: UtcMinute| -> std::result::Result<Vec<Edit>, Failure> {
            let occurrence = self.occurrence.find(schedule)?;
            let systems = self.systems(schedule, occurrence)?;
            if systems.len() != 1 && self.numbers.are_given() {
                let message =
                    format!("Numbers of hosts are for one system, not for {}: name it with --system", systems.len());
                return Err(Failure(message));
            }
            let results = systems.iter().map(|system| self.edit(schedule, occurrence, system));
            let mut edits = results.collect::<std::result::Result<Vec<Edit>, Failure>>()?;
            edits.extend(recording_on(schedule, occurrence.1.on()).filter(|_| !self.remove));
            Ok(edits)
        };
        self.changed.change_and_say(clock, edits, |schedule, now| self.left(schedule, now))
    }
}

impl Result {
    /// What is left to do after a result that is not patched: the next dates, and the deadlines at risk.
    fn left(&self, schedule: &Schedule, now: UtcMinute) -> Vec<String> {
        let Ok((window, occurrence)) = self.occurrence.find(schedule) else { return Vec::new() };
        let today = schedule.zone.local(now).date();
        let cx = Context::new(schedule, today);
        let Some(missed) = MissedWork::find(&cx, window, occurrence, now).filter(|_| !self.remove) else {
            return Vec::new();
        };
        let add = missed.offer.as_ref().map(|offer| {
            let plan = shell_word(&self.changed.plan().to_string_lossy());
            format!("To add it: windowsill add {plan} {} --date {}", shell_word(window.id().as_str()), offer.on)
        });
        missed.lines(window, &schedule.zone).into_iter().chain(add).collect()
    }

    fn systems<'a>(
        &self,
        schedule: &'a Schedule,
        (window, _): WindowOccurrence<'a>,
    ) -> std::result::Result<Vec<&'a Arc<System>>, Failure> {
        if self.systems.is_empty() {
            return Ok(window.scope.systems.iter().collect());
        }
        self.systems.iter().map(|wanted| find::record(schedule.plan.systems(), wanted)).collect()
    }

    fn edit(
        &self,
        schedule: &Schedule,
        occurrence: WindowOccurrence<'_>,
        system: &System,
    ) -> std::result::Result<Edit, Failure> {
        let (window, occurrence) = occurrence;
        let plan = &schedule.plan;
        let key = ResultKey { window: window.id().clone(), on: occurrence.original_on(), system: system.id.clone() };
        if self.remove {
            return Ok(Edit::RemoveResult(key));
        }
        let known = plan.results().get(&key);
        let is_empty = self.outcome.is_none() && !self.numbers.are_given() && !self.rolled_back;
        if known.is_none() && is_empty {
            let message = format!("No outcome for {}: add --outcome, or numbers such as --patched 4", system.name);
            return Err(Failure(message));
        }
        let new = || SystemResult::new(key, system, plan.groups_with(&system.id));
        let mut result = known.map_or_else(new, |known| SystemResult::clone(known));
        if let Some(outcome) = self.outcome {
            outcome.apply(&mut result);
        }
        self.numbers.apply(&mut result);
        result.is_rolled_back |= self.rolled_back;
        result.started_at = self.start.map(|at| at.resolve(&window.expansion.zone)).or(result.started_at);
        result.ended_at = self.end.map(|at| at.resolve(&window.expansion.zone)).or(result.ended_at);
        result.skip_reason = self.reason.clone().unwrap_or(result.skip_reason);
        result.notes = self.notes.clone().unwrap_or(result.notes);
        if let Some(contradiction) = result.contradiction() {
            return Err(Failure(format!("Invalid result of {}: {contradiction}", system.name)));
        }
        Ok(Edit::PutResult(result))
    }
}

impl Outcome {
    fn apply(self, result: &mut SystemResult) {
        result.set_outcome(match self {
            Self::Patched => ResultOutcome::Patched,
            Self::Failed => ResultOutcome::Failed,
            Self::Skipped => ResultOutcome::Skipped,
            Self::RolledBack => ResultOutcome::RolledBack,
        });
    }
}
