//! `assign`: puts systems into a group of a ladder, or takes them off the ladder.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::changing::{Change, Changing};
use super::find;
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::{Edit, Plan};

/// Assign systems to a group of a ladder, or remove them from a ladder
///
/// A system is in one group of a ladder at most: assigning it removes it from the others. Says what that changes in the
/// findings, and lists the new findings.
#[derive(Debug, Args)]
pub struct Assign {
    /// Plan to change
    plan: PathBuf,
    /// Systems (id or name)
    #[arg(required = true, value_name = "SYSTEM")]
    systems: Vec<String>,
    /// Group to assign them to (id or name)
    #[arg(long, required_unless_present = "none", conflicts_with = "none")]
    group: Option<String>,
    /// Remove them from all groups of --ladder
    #[arg(long, requires = "ladder")]
    none: bool,
    /// Ladder of the group (id or name)
    #[arg(long)]
    ladder: Option<String>,
    #[command(flatten)]
    changing: Changing,
}

impl Run for Assign {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changing.change(&self.plan, clock, |schedule, _| self.decide(&schedule.plan))
    }
}

impl Assign {
    fn decide(&self, plan: &Plan) -> Result<Change, Failure> {
        let found = |wanted: &String| find::record(plan.systems(), wanted).map(|system| system.id.clone());
        let systems = self.systems.iter().map(found).collect::<Result<Vec<_>, _>>()?;
        let ladder = self.ladder.as_deref().map(|wanted| find::record(plan.ladders(), wanted)).transpose()?;
        let edit = match (&self.group, ladder) {
            (Some(wanted), ladder) => {
                let (_, group) = find::group(plan, ladder.map(|each| &**each), wanted)?;
                Edit::Assign { systems, group: group.id.clone() }
            }
            (None, Some(ladder)) => Edit::Unassign { systems, ladder: ladder.id.clone() },
            (None, None) => return Err(Failure("Missing ladder: add --ladder LADDER".to_owned())),
        };
        Ok(Change::of_plan(edit))
    }
}
