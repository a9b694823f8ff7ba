//! `record routine`: the last run of a scan routine.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::changes::Changed;
use crate::cli::find;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::model::{Edit, ScanOutcome, ScanRoutine, ScanRun};
use crate::wording::typed::read_iso_date;

/// Record the last run of a scan routine: clean, with open findings, or failed
#[derive(Debug, Args)]
pub struct Routine {
    #[command(flatten)]
    changed: Changed,
    /// Scan routine (id or name)
    #[arg(value_name = "ROUTINE")]
    name: String,
    /// Day on which it ran [default: today]
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    on: Option<NaiveDate>,
    /// How many findings are open. Without it, the run was clean
    #[arg(long, value_name = "NUMBER", conflicts_with = "failed")]
    open: Option<u32>,
    /// The run failed: it did not end, or did not reach what it should scan
    #[arg(long)]
    failed: bool,
    /// Who recorded it, or with what
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    by: String,
    /// What else there is to say
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    notes: String,
    /// Remove the run that is recorded
    #[arg(long, conflicts_with_all = ["on", "open", "failed", "by", "notes"])]
    remove: bool,
}

impl Run for Routine {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changed.change(clock, |schedule, now| {
            let routine = find::record(schedule.plan.scan_routines(), &self.name)?;
            if self.remove {
                return Ok(vec![Edit::PutScanRoutine(ScanRoutine { last: None, ..ScanRoutine::clone(routine) })]);
            }
            let today = schedule.zone.local(now).date();
            let on = self.on.unwrap_or(today);
            if on > today {
                return Err(Failure(format!("{on} is still to come: use a day up to {today}")));
            }
            if let Some(later) = routine.last.as_ref().filter(|run| run.on > on) {
                let (name, later) = (&routine.name, later.on);
                let advice = "only the last run is kept; use --remove first to replace it";
                return Err(Failure(format!("{name} has a later run, of {later}: {advice}")));
            }
            let outcome = match self.open {
                _ if self.failed => ScanOutcome::Failed,
                None | Some(0) => ScanOutcome::Clean,
                Some(open) => ScanOutcome::Open(open),
            };
            let run = ScanRun { on, outcome, by: self.by.clone(), notes: self.notes.clone() };
            Ok(vec![Edit::PutScanRoutine(ScanRoutine { last: Some(run), ..ScanRoutine::clone(routine) })])
        })
    }
}
