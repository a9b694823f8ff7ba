//! The items of a checklist, from the template that the window has.

use super::item::Item;
use super::system_items::system_items;
use super::written::{name, written};
use crate::export::text::one_line;
use crate::export::translation::{Word, Words, filled};
use crate::model::{ChecklistItem, EffectiveChecklist, MaintenanceWindow, Minutes, Plan, handbook_items, watch_items};
use crate::schedule::night::turns::{DueItem, turns};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::date;

/// Why there is no checklist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistError {
    #[error("{0} is planned without a checklist: choose one under Checklist in the inspector, then export again")]
    Without(String),
    #[error("The checklist of {window}, {checklist}, has no items: add some under Lists, Checklists")]
    Empty { window: String, checklist: String },
    #[error("{window} names the checklist \"{id}\", which is not in the plan: choose another one in the inspector")]
    Unknown { window: String, id: String },
    #[error("{window} has no occurrence on {}: select another one and export again", date(*on))]
    Gone { window: String, on: chrono::NaiveDate },
}

/// The items that apply to the occurrence, block by block: those of the template in its order, then those of the systems.
pub fn items(
    schedule: &Schedule,
    window: &WindowSchedule,
    occurrence: &Occurrence,
) -> Result<Vec<Item>, ChecklistError> {
    let (plan, record) = (&*schedule.plan, &*window.window);
    let mut all = chosen(plan, record)?;
    all.sort_by_key(|item| item.block);
    let words = Words::for_window(plan, record);
    let wording = Wording::new(schedule, window, &words);
    let turns = turns(schedule, window, occurrence, &all);
    let mut items: Vec<Item> = turns.iter().filter(|turn| turn.is_due).map(|turn| wording.item(turn)).collect();
    items.extend(system_items(plan, window, occurrence, &words));
    items.sort_by_key(|item| item.block);
    Ok(items)
}

fn chosen(plan: &Plan, window: &MaintenanceWindow) -> Result<Vec<ChecklistItem>, ChecklistError> {
    let window_name = || name(&window.name);
    match plan.effective_checklist(window) {
        EffectiveChecklist::Handbook => {
            let watch = window.watch.iter().flat_map(|_| watch_items());
            Ok(handbook_items().into_iter().chain(window.strategy.checklist_items()).chain(watch).collect())
        }
        EffectiveChecklist::Template(template) if template.items.is_empty() => {
            Err(ChecklistError::Empty { window: window_name(), checklist: name(&template.name) })
        }
        EffectiveChecklist::Template(template) => Ok(template.items.clone()),
        EffectiveChecklist::Unknown(id) => {
            Err(ChecklistError::Unknown { window: window_name(), id: name(id.as_str()) })
        }
        EffectiveChecklist::Without => Err(ChecklistError::Without(window_name())),
    }
}

/// What is filled into the placeholders of an item.
pub struct Wording {
    ticket: String,
    every: String,
}

impl Wording {
    pub fn new(schedule: &Schedule, window: &WindowSchedule, words: &Words) -> Self {
        let every = in_words(schedule.plan.policy().status_every, words);
        Self { ticket: name(&window.window.change_ticket), every }
    }

    /// The item as printed, or as it would be printed if it were not left out.
    pub fn item(&self, turn: &DueItem<'_>) -> Item {
        Item {
            block: turn.item.block,
            text: with_fields(&written(&one_line(&turn.item.text)), &self.ticket, &self.every),
            at: turn.item.offset.map(|_| turn.at),
            owner: name(&turn.item.owner),
        }
    }
}

fn with_fields(item: &str, ticket: &str, every: &str) -> String {
    // Without a ticket, the space before it is dropped as well.
    let shorter;
    let item = if ticket.is_empty() {
        shorter = item.replace(" {ticket}", "");
        &shorter
    } else {
        item
    };
    filled(item, &[("ticket", ticket), ("every", every)])
}

/// "30 minutes", "2 h".
fn in_words(every: Minutes, words: &Words) -> String {
    match every.0 {
        0 => words.say(Word::EveryAsAgreed),
        minutes @ 2..60 => words.fill(Word::EveryMinutes, &[("count", &minutes.to_string())]),
        _ => words.length(every),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_name_the_ticket_and_how_often_the_status_is_sent() {
        let every = in_words(Minutes(30), &Words::english());
        assert_eq!(
            with_fields("Change ticket {ticket} reviewed", "CHG-1 {every}", &every),
            "Change ticket CHG-1 {every} reviewed"
        );
        assert_eq!(with_fields("Change ticket {ticket} updated", "", &every), "Change ticket updated");
        assert_eq!(with_fields("{ticket}: told every {every}", "", &every), ": told every 30 minutes");
    }
}
