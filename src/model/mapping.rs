//! Mappings of tables: what the columns of a table hold, as a person assigned them, remembered by the titles.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Record, is_default};

/// What the columns of tables with the same titles hold. Imports use it for the next table with these titles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableMapping {
    #[serde(rename = "of")]
    pub key: MappingKey,
    /// For each title, the field that its column holds: "start". Empty if the column is not imported.
    /// No fields at all if only the order of dates was chosen.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<String>,
    /// How dates are read whose order the table does not show.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dates: Option<DayOrder>,
}

impl Record for TableMapping {
    type Id = MappingKey;
    const NOUN: &'static str = "mapping";
    fn id(&self) -> &MappingKey {
        &self.key
    }
}

/// The tables that a mapping is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MappingKey {
    /// What the table brings: "windows".
    pub topic: String,
    /// The titles of all columns, from the first one on.
    pub titles: Vec<String>,
}

impl fmt::Display for MappingKey {
    /// "windows: Was, Ab wann"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.topic, self.titles.join(", "))
    }
}

/// Which part of 03/04/2027 is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

impl DayOrder {
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// "day-first"
    pub fn id(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }
}

impl fmt::Display for DayOrder {
    /// "day first"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DayFirst => "day first",
            Self::MonthFirst => "month first",
        })
    }
}
