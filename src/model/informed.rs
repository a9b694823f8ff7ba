//! What people and teams are informed of, with invites that need no answer.

use serde::{Deserialize, Serialize};

use super::{AreaId, BusinessArea, System, SystemId, Table};

/// What somebody is informed of. Each kind includes those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InformedOf {
    #[default]
    Nothing,
    /// The occurrences for which they are booked: testers, people on call.
    Bookings,
    /// The occurrences that affect these systems or those of these areas, or a system on which one of them depends: a team
    /// that depends on them.
    Affecting {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        systems: Vec<SystemId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        areas: Vec<AreaId>,
    },
    /// All occurrences: a SOC or NOC.
    Everything,
}

impl InformedOf {
    /// "Everything", "Own bookings" or "Systems: Core DB; Areas: Payments"; empty for nothing.
    pub fn in_words(&self, all_systems: &Table<System>, all_areas: &Table<BusinessArea>) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Bookings => Self::BOOKINGS.to_owned(),
            Self::Everything => Self::EVERYTHING.to_owned(),
            Self::Affecting { systems, areas } => {
                let systems: Vec<String> = systems.iter().map(|id| all_systems.name_of(id)).collect();
                let areas: Vec<String> = areas.iter().map(|id| all_areas.name_of(id)).collect();
                let parts = [(Self::SYSTEMS, systems), (Self::AREAS, areas)];
                let named = parts.into_iter().filter(|(_, names)| !names.is_empty());
                named.map(|(kind, names)| format!("{kind}: {}", names.join(", "))).collect::<Vec<_>>().join("; ")
            }
        }
    }

    pub const BOOKINGS: &str = "Own bookings";
    pub const EVERYTHING: &str = "Everything";
    pub const SYSTEMS: &str = "Systems";
    pub const AREAS: &str = "Areas";

    /// Removes a system that no longer exists. Returns whether it was named.
    pub fn forget_system(&mut self, id: &SystemId) -> bool {
        match self {
            Self::Affecting { systems, .. } if systems.contains(id) => {
                systems.retain(|each| each != id);
                true
            }
            _ => false,
        }
    }

    /// Removes a business area that no longer exists. Returns whether it was named.
    pub fn forget_area(&mut self, id: &AreaId) -> bool {
        match self {
            Self::Affecting { areas, .. } if areas.contains(id) => {
                areas.retain(|each| each != id);
                true
            }
            _ => false,
        }
    }
}
