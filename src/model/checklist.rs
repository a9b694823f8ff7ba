//! Checklist templates: what is ticked off before, during and after a window.

use serde::{Deserialize, Serialize};

use super::{ChecklistId, Record, is_default};

/// A checklist of one's own, in the place of the handbook's 25 items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChecklistTemplate {
    pub id: ChecklistId,
    pub name: String,
    /// In the order of the blocks, and in the order in which they are done.
    #[serde(default, skip_serializing_if = "is_default")]
    pub items: Vec<ChecklistItem>,
}

impl Record for ChecklistTemplate {
    type Id = ChecklistId;
    const NOUN: &'static str = "checklist";
    fn id(&self) -> &ChecklistId {
        &self.id
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistItem {
    pub block: Block,
    pub text: String,
}

/// When an item's turn comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Block {
    /// 24 hours before the start.
    DayBefore,
    /// 2 hours before the start.
    HoursBefore,
    Start,
    During,
    After,
}

/// Which checklist a window has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChecklistChoice {
    /// That of its type; the handbook's where the type has none of its own.
    #[default]
    Usual,
    Template(ChecklistId),
    Without,
}
