//! Checklist templates: the items to tick before, during and after a window.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ChecklistId, Offset, Record, is_default};

/// A custom checklist, used instead of the handbook's 25 items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChecklistTemplate {
    pub id: ChecklistId,
    pub name: String,
    /// The language of its items and words as a BCP 47 tag, such as "de". English if empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub language: String,
    /// Replacements for the words that the program prints, by their keys ("roll-back-by").
    #[serde(default, skip_serializing_if = "is_default")]
    pub words: BTreeMap<String, String>,
    /// In the order of the blocks, and within a block in the order of the work.
    #[serde(default, skip_serializing_if = "is_default")]
    pub items: Vec<ChecklistItem>,
}

impl ChecklistTemplate {
    /// A template in English, with the program's words.
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

/// One item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistItem {
    pub block: ChecklistBlock,
    /// `{ticket}` stands for the window's change ticket, `{every}` for the interval between status updates.
    pub text: String,
    /// Minutes after the time of its block, or before it if negative. None for the time of the block itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: Option<i32>,
    /// Who does it: "Database team".
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: String,
    /// The occurrences whose checklists have this item.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Condition,
}

impl ChecklistItem {
    /// An unconditional item at the time of its block.
    pub fn new(block: ChecklistBlock, text: impl Into<String>) -> Self {
        Self { block, text: text.into(), offset: None, owner: String::new(), condition: Condition::Always }
    }

    /// Everything but its text: "30 min before · Database team · Only if a reboot is planned".
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

/// The occurrences that an item applies to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    #[default]
    Always,
    /// Only if a reboot is planned, that is, the estimate has minutes for one.
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
    /// Only if the strategy is rolling.
    Rolling,
    /// Only if the window switches to images or to a second environment.
    Switching,
}

impl Condition {
    pub const ALL: [Self; 10] = [
        Self::Always,
        Self::Reboot,
        Self::Batches,
        Self::NoReturn,
        Self::ClocksChange,
        Self::Testing,
        Self::Ticket,
        Self::Dependencies,
        Self::Rolling,
        Self::Switching,
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
            Self::Rolling => "Only if the strategy is rolling",
            Self::Switching => "Only if it switches to images or a second environment",
        }
    }

    /// Why an item does not apply: "no reboot is planned".
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
            Self::Rolling => "the strategy is not rolling",
            Self::Switching => "it does not switch",
        }
    }
}

/// The part of the night that an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ChecklistBlock {
    /// 24 hours before the start.
    DayBefore,
    /// 2 hours before the start.
    HoursBefore,
    Start,
    During,
    After,
    /// The watch after the end, until it is over. Only on the checklists of windows with a watch.
    Watch,
}

impl ChecklistBlock {
    pub const ALL: [Self; 6] =
        [Self::DayBefore, Self::HoursBefore, Self::Start, Self::During, Self::After, Self::Watch];

    pub fn name(self) -> &'static str {
        match self {
            Self::DayBefore => "24 hours before",
            Self::HoursBefore => "2 hours before",
            Self::Start => "Start of window",
            Self::During => "During",
            Self::After => "After",
            Self::Watch => "Watch",
        }
    }
}

/// The choice of a window's checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChecklistChoice {
    /// The checklist of its groups, or else of its type, or else the handbook's.
    #[default]
    Usual,
    Template(ChecklistId),
    Without,
}

/// The handbook's items, by block.
const HANDBOOK: [(ChecklistBlock, &[&str]); 5] = [
    (
        ChecklistBlock::DayBefore,
        &[
            "Maintenance window approved",
            "Rollback procedures tested",
            "Stakeholders notified",
            "Status page updated",
            "Team availability confirmed",
        ],
    ),
    (
        ChecklistBlock::HoursBefore,
        &[
            "Final backup completed",
            "Monitoring in place",
            "Communication channels ready",
            "Patches pre-staged",
            "Change ticket {ticket} reviewed",
        ],
    ),
    (
        ChecklistBlock::Start,
        &["Maintenance communication begun", "Status page set to “In progress”", "Backup reachable", "Timer started"],
    ),
    (
        ChecklistBlock::During,
        &[
            "Documented procedure followed",
            "Status page updated every {every}",
            "All changes logged",
            "System health watched",
            "Functionality tested after each change",
        ],
    ),
    (
        ChecklistBlock::After,
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

/// The handbook's 25 items.
pub fn handbook_items() -> Vec<ChecklistItem> {
    let items = |(block, texts): &(ChecklistBlock, &'static [&'static str])| {
        let block = *block;
        texts.iter().map(move |text| ChecklistItem::new(block, *text))
    };
    HANDBOOK.iter().flat_map(items).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handbook_has_five_five_four_five_and_six_items() {
        let items = handbook_items();
        let counts = ChecklistBlock::ALL.map(|block| items.iter().filter(|item| item.block == block).count());
        assert_eq!(counts, [5, 5, 4, 5, 6, 0], "the watch has items of its own");
        assert_eq!(items.len(), 25);
    }
}
