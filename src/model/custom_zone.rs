//! Time zones that calendar files brought and that the IANA database does not have.

use serde::{Deserialize, Serialize};

use super::{Record, UtcMinute, ZoneId, is_default};

/// A time zone by its offsets. Windows refer to it by its id, as they refer to other zones by their IANA names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CustomZone {
    pub id: ZoneId,
    /// Minutes ahead of UTC before the first transition.
    pub offset: i32,
    /// Sorted by time, one for each.
    #[serde(default, skip_serializing_if = "is_default")]
    pub transitions: Vec<OffsetTransition>,
}

/// A change of the offset: from `at` on, the zone is `offset` minutes ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OffsetTransition {
    pub at: UtcMinute,
    pub offset: i32,
}

impl Record for CustomZone {
    type Id = ZoneId;
    const NOUN: &'static str = "zone";
    fn id(&self) -> &ZoneId {
        &self.id
    }
}

impl CustomZone {
    /// The furthest that a zone is from UTC, in minutes. A larger offset in a file is limited to this.
    pub const LARGEST_OFFSET: i32 = 24 * 60;

    /// Its name on screen: "Branch time (from calendar file)".
    pub fn title(&self) -> String {
        format!("{} (from calendar file)", self.id)
    }

    /// The last transition if the clocks change regularly up to then: what comes after it, the file did not say.
    pub fn known_until(&self) -> Option<UtcMinute> {
        /// A little more than a year, in minutes.
        const A_YEAR: i32 = 400 * 24 * 60;
        match self.transitions.as_slice() {
            [.., before, last] if last.at.since(before.at) < A_YEAR => Some(last.at),
            _ => None,
        }
    }
}
