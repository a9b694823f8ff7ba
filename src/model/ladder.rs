//! Ladders: the order in which groups of systems are exposed to a new patch.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ChecklistId, GroupId, LadderId, Minutes, Record, ReleaseId, SystemClass, SystemId, Table, is_default};

/// Groups of one asset class in the order in which they are patched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ladder {
    pub id: LadderId,
    pub name: String,
    #[serde(default)]
    pub class: SystemClass,
    /// The release calendar whose releases climb it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub release: Option<ReleaseId>,
    /// First the group that is patched first.
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

/// The id of two groups, on one ladder or on two. Windows name groups by their ids alone, so each belongs to one.
pub fn doubled_group(ladders: &Table<Ladder>) -> Option<&GroupId> {
    let mut seen = BTreeSet::new();
    ladders.iter().flat_map(|ladder| &ladder.groups).map(|group| &group.id).find(|id| !seen.insert(*id))
}

/// Systems that are patched together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeploymentGroup {
    pub id: GroupId,
    pub name: String,
    pub stage: Stage,
    /// Wait after it before the next group; the policy's for its stage where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub soak: Option<Minutes>,
    /// It waits at most so many days for a window; the policy's number where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cadence_days: Option<u16>,
    /// The checklist of windows that reach it and name none themselves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checklist: Option<ChecklistId>,
    /// Sorted, each once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
}

/// A group's place in the order of exposure. Which comes when is the ladder's business: "the rest" is last for
/// desktops and second to last for servers.
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

    /// One letter that says the same as the stage's colour.
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
