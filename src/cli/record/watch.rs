//! `record watch`: what was found during the watch after an occurrence.

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::changes::{Changed, TypedTime, read_typed_time};
use super::occurrence::OccurrenceArguments;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::model::{Edit, NightKey, NightRecord, WatchOutcome, WatchRecord};
use crate::schedule::night::ended_at;
use crate::wording::moment;

/// Record what was found during the watch after an occurrence
///
/// What is not mentioned stays as it was recorded before.
#[derive(Debug, Args)]
pub struct Watch {
    #[command(flatten)]
    changed: Changed,
    #[command(flatten)]
    occurrence: OccurrenceArguments,
    /// How the watch ended
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<Outcome>,
    /// Errors and warnings in the logs
    #[arg(long, value_name = "TEXT")]
    logs: Option<String>,
    /// Performance, compared with the baseline
    #[arg(long, value_name = "TEXT")]
    performance: Option<String>,
    /// Who watched
    #[arg(long, value_name = "NAME", required_unless_present = "remove")]
    by: Option<String>,
    /// When it was written down, with an offset or on the window's clock [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    at: Option<TypedTime>,
    /// Remove what was recorded about the watch
    #[arg(long, conflicts_with_all = ["outcome", "logs", "performance", "by", "at"])]
    remove: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Outcome {
    Quiet,
    Faults,
}

impl Run for Watch {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changed.change(clock, |schedule, now| {
            let (window, occurrence) = self.occurrence.find(schedule)?;
            let key = NightKey { window: window.id().clone(), on: occurrence.original_on() };
            let record = schedule.plan.nights().get(&key).map(|record| NightRecord::clone(record));
            let mut record = record.unwrap_or_else(|| NightRecord::new(key.clone()));
            let at = self.at.map_or(now, |at| at.resolve(&window.expansion.zone));
            let begins_at = ended_at(&schedule.plan, window, occurrence);
            if self.remove {
                record.watch = None;
            } else if self.outcome.is_none() && self.logs.is_none() && self.performance.is_none() {
                return Err(Failure("Nothing to record: add --outcome, --logs or --performance".to_owned()));
            } else if at < begins_at {
                let begins = moment(window.local(begins_at));
                return Err(Failure(format!("The watch begins at the end, {begins}: use a later --at")));
            } else {
                let by = self.by.clone().unwrap_or_default();
                let old = record.watch.take().unwrap_or_else(|| WatchRecord::new(String::new(), at));
                let outcome = self.outcome.map(|outcome| match outcome {
                    Outcome::Quiet => WatchOutcome::Quiet,
                    Outcome::Faults => WatchOutcome::Faults,
                });
                record.watch = Some(WatchRecord {
                    outcome: outcome.or(old.outcome),
                    logs: self.logs.clone().unwrap_or(old.logs),
                    performance: self.performance.clone().unwrap_or(old.performance),
                    by,
                    at,
                });
            }
            let is_empty = record == NightRecord::new(key.clone());
            Ok(match (is_empty, schedule.plan.nights().contains(&key)) {
                (true, false) => Vec::new(),
                (true, true) => vec![Edit::RemoveNight(key)],
                (false, _) => vec![Edit::PutNight(record)],
            })
        })
    }
}
