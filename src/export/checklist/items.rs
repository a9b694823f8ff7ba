//! The items of the night's checklist, from the template that the window has, and its sign-offs.

use super::name;
use crate::export::text::{clip, one_line};
use crate::model::{Block, ChecklistItem, ChosenChecklist, MaintenanceWindow, Minutes, Plan, handbook_items};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// Characters of an item on paper.
const LONGEST: usize = 300;

/// Why there is no checklist to hand out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoChecklist {
    #[error("{0} is planned without a checklist. Choose one under Checklist in the inspector, then export again.")]
    Without(String),
    #[error("The checklist of {window}, {checklist}, has no items. Add some under Lists, Checklists.")]
    Empty { window: String, checklist: String },
    #[error("{window} names the checklist \"{id}\", which is not in the plan. Choose another one in the inspector.")]
    Unknown { window: String, id: String },
}

/// What is ticked off in a window, block by block.
pub struct Items<'a> {
    all: Vec<ChecklistItem>,
    ticket: &'a str,
    status_every: Minutes,
}

impl<'a> Items<'a> {
    /// `ticket`: the change ticket as it stands on paper, empty where there is none.
    pub fn of(plan: &Plan, window: &MaintenanceWindow, ticket: &'a str) -> Result<Self, NoChecklist> {
        let window_name = || name(&window.name);
        let all = match plan.checklist_of(window) {
            ChosenChecklist::Handbook => handbook_items(),
            ChosenChecklist::Template(template) if template.items.is_empty() => {
                return Err(NoChecklist::Empty { window: window_name(), checklist: name(&template.name) });
            }
            ChosenChecklist::Template(template) => template.items.clone(),
            ChosenChecklist::Unknown(id) => {
                return Err(NoChecklist::Unknown { window: window_name(), id: name(id.as_str()) });
            }
            ChosenChecklist::Without => return Err(NoChecklist::Without(window_name())),
        };
        Ok(Self { all, ticket, status_every: plan.policy.status_every })
    }

    /// The items of one block in their order.
    pub fn in_block(&self, block: Block) -> Vec<String> {
        let of_block = self.all.iter().filter(|item| item.block == block);
        of_block.map(|item| filled(&clip(one_line(&item.text), LONGEST), self.ticket, self.status_every)).collect()
    }
}

/// An item as it stands on the checklist of one occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub block: Block,
    pub text: String,
}

/// What is ticked off in one occurrence, in the order of the blocks.
pub fn items(schedule: &Schedule, window: &WindowSchedule, _: &Occurrence) -> Result<Vec<Item>, NoChecklist> {
    let ticket = name(&window.window.change_ticket);
    let all = Items::of(&schedule.plan, &window.window, &ticket)?;
    let of_block = |block| all.in_block(block).into_iter().map(move |text| Item { block, text });
    Ok(Block::ALL.into_iter().flat_map(of_block).collect())
}

/// The item with the ticket and the minutes in place of the words that stand for them.
fn filled(item: &str, ticket: &str, status_every: Minutes) -> String {
    let item = item.replace("{every}", &in_words(status_every));
    // Without a ticket the space before it goes, too.
    let item = if ticket.is_empty() { item.replace(" {ticket}", "") } else { item };
    item.replace("{ticket}", ticket)
}

/// Who signs after the work, and for what. Never patch without a follow-up authenticated scan.
pub const SIGN_OFFS: [(&str, &str); 3] = [
    ("Infrastructure", "deployed it"),
    ("Software support", "validated it"),
    ("Security", "assessed it by an authenticated scan"),
];

/// "30 minutes", "2 h".
fn in_words(every: Minutes) -> String {
    match every.0 {
        0 => "time as agreed".to_owned(),
        minutes @ 2..60 => format!("{minutes} minutes"),
        _ => every.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_name_the_ticket_and_how_often_the_status_is_told() {
        let every = Minutes(30);
        assert_eq!(
            filled("Change ticket {ticket} reviewed", "CHG-1 {every}", every),
            "Change ticket CHG-1 {every} reviewed"
        );
        assert_eq!(filled("Change ticket {ticket} updated", "", every), "Change ticket updated");
        assert_eq!(filled("{ticket}: told every {every}", "", every), ": told every 30 minutes");
    }
}
