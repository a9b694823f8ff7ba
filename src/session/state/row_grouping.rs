//! How the rows of the calendar are grouped.

use serde::{Deserialize, Serialize};

/// What the windows below one head have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowGrouping {
    /// The stage of their systems: Test before Production.
    #[default]
    Stage,
    Ladder,
    /// The group of a ladder.
    Group,
    /// The business area whose systems they affect.
    Area,
    /// The team that works, or whose people do.
    Team,
    Nothing,
}

impl RowGrouping {
    pub const ALL: [Self; 6] = [Self::Stage, Self::Ladder, Self::Group, Self::Area, Self::Team, Self::Nothing];

    pub fn name(self) -> &'static str {
        match self {
            Self::Stage => "Stage",
            Self::Ladder => "Ladder",
            Self::Group => "Group",
            Self::Area => "Business area",
            Self::Team => "Team",
            Self::Nothing => "Nothing",
        }
    }
}
