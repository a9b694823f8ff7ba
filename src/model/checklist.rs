//! Checklist templates: what is ticked off before, during and after a window.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ChecklistId, DeploymentGroup, Ladder, MaintenanceWindow, Offset, Plan, Record, is_default};

/// A checklist of one's own, in the place of the handbook's 25 items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChecklistTemplate {
    pub id: ChecklistId,
    pub name: String,
    /// BCP 47, such as "de": the language that its items and words are in. English where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub language: String,
    /// What stands on paper in the place of the program's own words, by their keys ("roll-back-by").
    #[serde(default, skip_serializing_if = "is_default")]
    pub words: BTreeMap<String, String>,
    /// In the order of the blocks, and in the order in which they are done.
    #[serde(default, skip_serializing_if = "is_default")]
    pub items: Vec<ChecklistItem>,
}

impl ChecklistTemplate {
    /// In English, with the program's words.
    pub fn new(id: ChecklistId, name: impl Into<String>, items: Vec<ChecklistItem>) -> Self {
        Self { id, name: name.into(), language: String::new(), words: BTreeMap::new(), items }
    }
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
    /// Minutes after the time of its block, before it where negative; none where the block's time will do.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: Option<i32>,
    /// Who does it: "Database team".
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: String,
    /// It stands on the checklists of those occurrences alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Condition,
}

impl ChecklistItem {
    /// An item of every checklist, at the time of its block.
    pub fn new(block: Block, text: impl Into<String>) -> Self {
        Self { block, text: text.into(), offset: None, owner: String::new(), condition: Condition::Always }
    }

    /// What it has beside its text: "30 min before · Database team · Only if a reboot is planned".
    pub fn details(&self) -> String {
        let condition = match self.condition {
            Condition::Always => "",
            condition => condition.in_words(),
        };
        let offset = self.offset.map_or_else(String::new, |minutes| Offset(minutes).to_string());
        let details = [&*offset, self.owner.trim(), condition];
        details.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// When an item has anything to do with an occurrence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    #[default]
    Always,
    /// Only if a reboot is planned: the estimate has minutes for one.
    Reboot,
    /// Only if hosts are patched in more than one batch.
    Batches,
    /// Only if there is a step after which rolling back is impossible.
    NoReturn,
    /// Only if the clocks change between the first item and the end.
    ClocksChange,
    /// Only if a team is booked to test afterwards.
    Testing,
    /// Only if the window has a change ticket.
    Ticket,
    /// Only if a system in scope depends on one outside it.
    Dependencies,
}

impl Condition {
    pub const ALL: [Self; 8] = [
        Self::Always,
        Self::Reboot,
        Self::Batches,
        Self::NoReturn,
        Self::ClocksChange,
        Self::Testing,
        Self::Ticket,
        Self::Dependencies,
    ];

    /// "Only if a reboot is planned"
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::Reboot => "Only if a reboot is planned",
            Self::Batches => "Only if there are several batches",
            Self::NoReturn => "Only if there is a point of no return",
            Self::ClocksChange => "Only if the clocks change",
            Self::Testing => "Only if testers are booked",
            Self::Ticket => "Only if there is a change ticket",
            Self::Dependencies => "Only if it depends on systems out of scope",
        }
    }

    /// Why an item is left out where it does not hold: "no reboot is planned".
    pub fn otherwise(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Reboot => "no reboot is planned",
            Self::Batches => "there is one batch",
            Self::NoReturn => "there is no point of no return",
            Self::ClocksChange => "the clocks do not change",
            Self::Testing => "no testers are booked",
            Self::Ticket => "there is no change ticket",
            Self::Dependencies => "it depends on nothing out of scope",
        }
    }
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
    /// That of its groups, else of its type; the handbook's where none of them has one of its own.
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

/// Who says which checklist a window has: itself before its groups, these before its type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChecklistNamed<'a> {
    /// It names one itself, or does without.
    ByWindow,
    /// The first of its groups that names one, and the ladder that it stands on.
    ByGroup(&'a Ladder, &'a DeploymentGroup),
    ByType,
    /// The handbook's holds.
    ByNobody,
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

    /// The template that a window names, or the first of its groups that names one, or its type.
    pub fn checklist_named_for<'a>(&'a self, window: &'a MaintenanceWindow) -> Option<&'a ChecklistId> {
        match (&window.checklist, self.checklist_named_by(window)) {
            (ChecklistChoice::Template(id), _) => Some(id),
            (_, ChecklistNamed::ByGroup(_, group)) => group.checklist.as_ref(),
            (_, ChecklistNamed::ByType) => self.policy.window_type(window.kind)?.checklist.as_ref(),
            (_, ChecklistNamed::ByWindow | ChecklistNamed::ByNobody) => None,
        }
    }

    /// Who says which checklist a window has.
    pub fn checklist_named_by<'a>(&'a self, window: &MaintenanceWindow) -> ChecklistNamed<'a> {
        if window.checklist != ChecklistChoice::Usual {
            return ChecklistNamed::ByWindow;
        }
        let mut groups = window.groups.iter().filter_map(|id| self.group(id));
        if let Some((ladder, group)) = groups.find(|(_, group)| group.checklist.is_some()) {
            return ChecklistNamed::ByGroup(ladder, group);
        }
        match self.policy.window_type(window.kind) {
            Some(window_type) if window_type.checklist.is_some() => ChecklistNamed::ByType,
            _ => ChecklistNamed::ByNobody,
        }
    }
}

/// The handbook's 25 items.
pub fn handbook_items() -> Vec<ChecklistItem> {
    let of_block = |(block, texts): (Block, &[&str])| {
        texts.iter().map(|text| ChecklistItem::new(block, *text)).collect::<Vec<_>>()
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
