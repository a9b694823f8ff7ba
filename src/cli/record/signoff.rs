//! `record signoff`: who deployed, validated or assessed a release in a group.

use chrono::{DateTime, Utc};
use clap::Args;

use super::changes::{Changed, TypedTime, read_typed_time};
use super::group::GroupArguments;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::model::{Edit, SignOff, SignedOff};

/// Record a sign-off of a release in a group: deployed, validated or assessed
#[derive(Debug, Args)]
pub struct Signoff {
    #[command(flatten)]
    changed: Changed,
    /// deployed (by infrastructure), validated (by software support) or assessed (by security)
    #[arg(value_name = "KIND", value_parser = str::parse::<SignOff>)]
    kind: SignOff,
    #[command(flatten)]
    group: GroupArguments,
    /// Who signs it off
    #[arg(long, value_name = "NAME", required_unless_present = "remove")]
    by: Option<String>,
    /// When, with an offset or on the plan's clock [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_typed_time)]
    at: Option<TypedTime>,
    /// Remove the sign-off
    #[arg(long, conflicts_with_all = ["by", "at"])]
    remove: bool,
}

impl Run for Signoff {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changed.change(clock, |schedule, now| {
            let mut record = self.group.record(schedule)?;
            let at = self.at.map_or(now, |at| at.resolve(&schedule.zone));
            *record.sign_off_mut(self.kind) = self.by.clone().map(|by| SignedOff { by, at });
            Ok(vec![Edit::PutGroupRecord(record)])
        })
    }
}
