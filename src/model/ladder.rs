//! Ladders: the order in which groups of systems receive a new patch.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ChecklistId, GroupId, LadderId, Minutes, Record, ReleaseId, SystemClass, SystemId, Table, is_default};

/// Groups of one asset class in the order in which they are patched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ladder {
    pub id: LadderId,
    pub name: String,
    #[serde(default)]
    pub class: SystemClass,
    /// The release calendar whose releases go up this ladder.
    #[serde(default, skip_serializing_if = "is_default")]
    pub release: Option<ReleaseId>,
    /// In the order in which they are patched.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<DeploymentGroup>,
}

impl Record for Ladder {
    type Id = LadderId;
    const NOUN: &'static str = "ladder";
    fn id(&self) -> &LadderId {
        &self.id
    }
}

impl Ladder {
    pub fn group(&self, id: &GroupId) -> Option<&DeploymentGroup> {
        self.groups.iter().find(|group| group.id == *id)
    }
}

/// Finds a group on any of the ladders.
pub(super) fn find_group<'a>(
    ladders: &'a Table<Ladder>,
    id: &GroupId,
) -> Option<(&'a Arc<Ladder>, &'a DeploymentGroup)> {
    ladders.iter().find_map(|ladder| ladder.group(id).map(|group| (ladder, group)))
}

/// Finds an id that two groups have, on one ladder or on two. Windows refer to groups by id alone, so ids must be
/// unique.
pub fn find_duplicate_group(ladders: &Table<Ladder>) -> Option<&GroupId> {
    let mut seen = BTreeSet::new();
    ladders.iter().flat_map(|ladder| &ladder.groups).map(|group| &group.id).find(|id| !seen.insert(*id))
}

/// Systems that are patched together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeploymentGroup {
    pub id: GroupId,
    pub name: String,
    pub stage: Stage,
    /// The wait before the next group. None for the policy's soak time of its stage.
    #[serde(default, skip_serializing_if = "is_default")]
    pub soak: Option<Minutes>,
    /// The longest wait for a window in days. None for the policy's number.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cadence_days: Option<u16>,
    /// The checklist of windows that reach this group and name none themselves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checklist: Option<ChecklistId>,
    /// Sorted, without duplicates.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
}

impl DeploymentGroup {
    /// A group without systems, with the policy's times.
    pub fn new(id: GroupId, name: &str, stage: Stage) -> Self {
        let name = name.to_owned();
        Self { id, name, stage, soak: None, cadence_days: None, checklist: None, systems: Vec::new() }
    }
}

/// The purpose of a group in the rollout. The ladder decides the order of its groups: "The rest" is last for desktops
/// and second to last for servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    Test,
    Uat,
    Pilot,
    Rest,
    Production,
}

impl Stage {
    pub const ALL: [Self; 5] = [Self::Test, Self::Uat, Self::Pilot, Self::Rest, Self::Production];

    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "Test",
            Self::Uat => "UAT",
            Self::Pilot => "Pilot",
            Self::Rest => "The rest",
            Self::Production => "Production",
        }
    }

    /// Whether its groups exist to find faults before most systems have them.
    pub fn is_for_tests(self) -> bool {
        matches!(self, Self::Test | Self::Uat | Self::Pilot)
    }

    /// A letter with the same meaning as the stage's colour.
    pub fn letter(self) -> char {
        match self {
            Self::Test => 'T',
            Self::Uat => 'U',
            Self::Pilot => 'P',
            Self::Rest => 'R',
            Self::Production => 'X',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, Plan};

    #[test]
    fn new_ladders_have_the_groups_of_servers_and_no_id_twice() {
        let mut plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "UTC");
        for _ in 0..2 {
            plan = plan.apply(&Edit::PutLadder(plan.new_ladder("xyz"))).unwrap();
        }
        let stages = |ladder: &Arc<Ladder>| ladder.groups.iter().map(|group| group.stage).collect::<Vec<_>>();
        let ladders: Vec<_> = plan.ladders().iter().map(stages).collect();
        let servers = [Stage::Test, Stage::Uat, Stage::Rest, Stage::Production];
        assert_eq!(ladders, [servers, servers]);
        let release = plan.ladders().iter().next().unwrap().release.clone();
        assert_eq!(release, Some(ReleaseId::new("microsoft")));
    }
}
