//! `record scan`: the scan that followed an occurrence.

use chrono::{DateTime, Utc};
use clap::Args;

use super::changes::{Changed, TypedTime, read_typed_time, recording_on};
use super::occurrence::OccurrenceArguments;
use crate::cli::find;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::model::{Edit, FollowUpScan, ScanKey, SystemId};

/// Record the scan that followed an occurrence: clean, or still open on some systems
#[derive(Debug, Args)]
pub struct Scan {
    #[command(flatten)]
    changed: Changed,
    #[command(flatten)]
    occurrence: OccurrenceArguments,
    /// When it was made, with an offset or on the window's clock, e.g. 2027-03-14T07:00 [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    at: Option<TypedTime>,
    /// The scanner could log in
    #[arg(long)]
    authenticated: bool,
    /// System on which it still found something (id or name); may be repeated. Without it, the scan was clean
    #[arg(long = "open", value_name = "SYSTEM")]
    open: Vec<String>,
    /// Who scanned, or with what
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    by: String,
    /// Remove the scan that was recorded at that time
    #[arg(long, requires = "at", conflicts_with_all = ["authenticated", "open"])]
    remove: bool,
}

impl Run for Scan {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changed.change(clock, |schedule, now| {
            let (window, occurrence) = self.occurrence.find(schedule)?;
            let at = self.at.map_or(now, |at| at.resolve(&window.expansion.zone));
            let key = ScanKey { window: window.id().clone(), on: occurrence.original_on(), at };
            if self.remove {
                return Ok(vec![Edit::RemoveScan(key)]);
            }
            let systems = schedule.plan.systems();
            let open = self.open.iter().map(|wanted| find::record(systems, wanted).map(|system| system.id.clone()));
            let mut open = open.collect::<Result<Vec<SystemId>, Failure>>()?;
            open.sort_unstable();
            open.dedup();
            let is_authenticated = self.authenticated;
            let scan = FollowUpScan { is_authenticated, open, by: self.by.clone(), ..FollowUpScan::new(key) };
            let on = recording_on(schedule, occurrence.on());
            Ok([Edit::PutScan(scan)].into_iter().chain(on).collect())
        })
    }
}
