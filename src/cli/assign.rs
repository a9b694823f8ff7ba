//! `assign`: puts systems into a group of a ladder, or takes them off the ladder.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::changing::{Change, Changing};
use super::find::{self, MOST_IDS};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::{DeploymentGroup, Edit, GroupId, Ladder, Plan};
use crate::wording::{list, list_of_choices};

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
            (Some(wanted), ladder) => Edit::Assign { systems, group: group(plan, ladder.map(|each| &**each), wanted)? },
            (None, Some(ladder)) => Edit::Unassign { systems, ladder: ladder.id.clone() },
            (None, None) => return Err(Failure("Missing ladder: add --ladder LADDER".to_owned())),
        };
        Ok(Change::of_plan(edit))
    }
}

/// The group with this id, or else the only one with this name, of one ladder if one is given.
fn group(plan: &Plan, ladder: Option<&Ladder>, wanted: &str) -> Result<GroupId, Failure> {
    let lower = wanted.to_lowercase();
    let is_meant = |each: &Ladder| ladder.is_none_or(|ladder| ladder.id == each.id);
    let all: Vec<(&Ladder, &DeploymentGroup)> = plan
        .ladders()
        .iter()
        .filter(|each| is_meant(each))
        .flat_map(|each| each.groups.iter().map(|group| (&**each, group)))
        .collect();
    if let Some((_, group)) = all.iter().find(|(_, group)| group.id.as_str() == wanted) {
        return Ok(group.id.clone());
    }
    let named: Vec<_> = all.iter().filter(|(_, group)| group.name.to_lowercase() == lower).collect();
    match named.as_slice() {
        [(_, group)] => Ok(group.id.clone()),
        [] => {
            let known = list(all.iter().map(|(_, group)| group.id.to_string()), MOST_IDS);
            let known =
                if known.is_empty() { "There are no groups".to_owned() } else { format!("Known groups: {known}") };
            Err(Failure(format!("Unknown group \"{wanted}\". {known}")))
        }
        several => {
            let choices: Vec<String> = several.iter().map(|(_, group)| group.id.to_string()).collect();
            let choices = list_of_choices(&choices);
            Err(Failure(format!("Several groups are called \"{wanted}\". Use an id, {choices}, or add --ladder")))
        }
    }
}
