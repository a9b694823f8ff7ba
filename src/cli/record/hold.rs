//! `record hold`: stops a release from going on to a group, or lifts that.

use chrono::{DateTime, Utc};
use clap::Args;

use super::changes::{Changed, TypedTime, read_typed_time};
use super::group::GroupArguments;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::model::{self, Edit, SignedOff};

/// Put a release on hold in a group, or lift the hold
#[derive(Debug, Args)]
pub struct Hold {
    #[command(flatten)]
    changed: Changed,
    #[command(flatten)]
    group: GroupArguments,
    /// Why, e.g. "patch withdrawn"
    #[arg(long, value_name = "TEXT", required_unless_present = "lift")]
    reason: Option<String>,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// When, with an offset or on the plan's clock [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    at: Option<TypedTime>,
    /// Lift the hold
    #[arg(long, conflicts_with = "reason")]
    lift: bool,
}

impl Run for Hold {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changed.change(clock, |schedule, now| {
            let mut record = self.group.record(schedule)?;
            let at = self.at.map_or(now, |at| at.resolve(&schedule.zone));
            let by = self.by.clone();
            let standing = record.holds.iter_mut().find(|hold| hold.lifted.is_none());
            match (standing, &self.reason) {
                (Some(hold), _) if self.lift && at < hold.from => {
                    return Err(Failure("The hold began later than that: use a later time".to_owned()));
                }
                (Some(hold), _) if self.lift => hold.lifted = Some(SignedOff { by, at }),
                (Some(hold), _) => {
                    let message = format!("The release is on hold there already: {} ({})", hold.reason, hold.by);
                    return Err(Failure(message));
                }
                (None, Some(reason)) => {
                    record.holds.push(model::Hold { reason: reason.clone(), by, from: at, lifted: None });
                    record.holds.sort_by_key(|hold| hold.from);
                }
                (None, None) => {
                    return Err(Failure("The release is not on hold there, so there is nothing to lift".to_owned()));
                }
            }
            Ok(vec![Edit::PutGroupRecord(record)])
        })
    }
}
