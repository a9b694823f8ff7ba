//! Checklist templates: what is ticked off before, during and after a window.

use serde::{Deserialize, Serialize};

use super::{ChecklistId, MaintenanceWindow, Plan, Record, is_default};

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
    /// `{ticket}` stands for the window's change ticket, `{every}` for how often the status is told.
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

impl Block {
    pub const ALL: [Self; 5] = [Self::DayBefore, Self::HoursBefore, Self::Start, Self::During, Self::After];

    pub fn name(self) -> &'static str {
        match self {
            Self::DayBefore => "24 hours before",
            Self::HoursBefore => "2 hours before",
            Self::Start => "Start of window",
            Self::During => "During",
            Self::After => "After",
        }
    }
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

/// What a window's choice comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChosenChecklist<'a> {
    /// The handbook's 25 items.
    Handbook,
    Template(&'a ChecklistTemplate),
    /// One that the plan does not have.
    Unknown(&'a ChecklistId),
    Without,
}

impl Plan {
    /// The checklist that a window has.
    pub fn checklist_of<'a>(&'a self, window: &'a MaintenanceWindow) -> ChosenChecklist<'a> {
        match (&window.checklist, self.checklist_named_for(window)) {
            (ChecklistChoice::Without, _) => ChosenChecklist::Without,
            (_, None) => ChosenChecklist::Handbook,
            (_, Some(id)) => match self.checklists.get(id) {
                Some(template) => ChosenChecklist::Template(template),
                None => ChosenChecklist::Unknown(id),
            },
        }
    }

    /// The template that a window names, or its type for it.
    pub fn checklist_named_for<'a>(&'a self, window: &'a MaintenanceWindow) -> Option<&'a ChecklistId> {
        match &window.checklist {
            ChecklistChoice::Usual => self.policy.window_type(window.kind)?.checklist.as_ref(),
            ChecklistChoice::Template(id) => Some(id),
            ChecklistChoice::Without => None,
        }
    }
}

/// The handbook's 25 items.
pub fn handbook_items() -> Vec<ChecklistItem> {
    let of_block = |(block, texts): (Block, &[&str])| {
        texts.iter().map(|text| ChecklistItem { block, text: (*text).to_owned() }).collect::<Vec<_>>()
    };
    let blocks: [(Block, &[&str]); 5] = [
        (
            Block::DayBefore,
            &[
                "Maintenance window approved",
                "Rollback procedures tested",
                "Stakeholders notified",
                "Status page updated",
                "Team availability confirmed",
            ],
        ),
        (
            Block::HoursBefore,
            &[
                "Final backup completed",
                "Monitoring in place",
                "Communication channels ready",
                "Patches pre-staged",
                "Change ticket {ticket} reviewed",
            ],
        ),
        (
            Block::Start,
            &[
                "Maintenance communication begun",
                "Status page set to “In progress”",
                "Backup reachable",
                "Timer started",
            ],
        ),
        (
            Block::During,
            &[
                "Documented procedure followed",
                "Status page updated every {every}",
                "All changes logged",
                "System health watched",
                "Functionality tested after each change",
            ],
        ),
        (
            Block::After,
            &[
                "All services operational",
                "Health checks run",
                "Status page set to “Resolved”",
                "Completion notice sent",
                "Change ticket {ticket} updated",
                "Lessons learned written down",
            ],
        ),
    ];
    blocks.into_iter().flat_map(of_block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handbook_has_five_five_four_five_and_six_items() {
        let items = handbook_items();
        let counts = Block::ALL.map(|block| items.iter().filter(|item| item.block == block).count());
        assert_eq!(counts, [5, 5, 4, 5, 6]);
        assert_eq!(items.len(), 25);
    }
}
