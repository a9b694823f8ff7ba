//! A checklist as it will be printed for one occurrence, including the items that will be left out. Its editor shows it.

use super::blocks;
use super::item::Item;
use super::items::Wording;
use super::night::ChecklistContext;
use super::system_items::system_items;
use crate::export::translation::Words;
use crate::model::{ChecklistBlock, ChecklistId, ChecklistTemplate, UtcMinute, WindowId};
use crate::schedule::night::turns::turns;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The blocks that have items, in order.
    pub blocks: Vec<PreviewBlock>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewBlock {
    pub title: String,
    /// "Fri 19 Mar, 22:00"
    pub when: String,
    pub items: Vec<PreviewItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewItem {
    pub text: String,
    /// "21:30" if it is due at another time than its block, with the day if that is another one.
    pub when: String,
    pub owner: String,
    /// Why it will be left out: "no reboot is planned".
    pub left_out: Option<&'static str>,
}

impl Preview {
    /// `template` for `occurrence`, which is one of `window`'s, even if the window has another checklist.
    pub fn new(
        schedule: &Schedule,
        window: &WindowSchedule,
        occurrence: &Occurrence,
        template: &ChecklistTemplate,
    ) -> Self {
        let words = Words::for_template(template);
        let wording = Wording::new(schedule, window, &words);
        let turns = turns(schedule, window, occurrence, &template.items);
        let due = turns.iter().filter(|turn| turn.is_due).map(|turn| wording.item(turn));
        // A template without items is not printed.
        let of_systems =
            if turns.is_empty() { Vec::new() } else { system_items(&schedule.plan, window, occurrence, &words) };
        let due = due.chain(of_systems.iter().cloned()).collect();
        let night = ChecklistContext::with(schedule, (window, occurrence), due, words);
        let blocks = ChecklistBlock::ALL.map(|block| {
            let of_block = turns.iter().filter(|turn| turn.item.block == block);
            let of_template = of_block.map(|turn| {
                let left_out = (!turn.is_due).then(|| match block {
                    ChecklistBlock::Watch if window.window.watch.is_none() => "the window has no watch",
                    _ => turn.item.condition.otherwise(),
                });
                preview_item(&night, wording.item(turn), left_out)
            });
            let of_systems = of_systems.iter().filter(|item| item.block == block).cloned();
            let items = of_template.chain(of_systems.map(|item| preview_item(&night, item, None))).collect();
            PreviewBlock { title: night.words.block(block).to_owned(), when: blocks::beside(&night, block), items }
        });
        Self { blocks: blocks.into_iter().filter(|block| !block.items.is_empty()).collect() }
    }
}

fn preview_item(night: &ChecklistContext<'_>, item: Item, left_out: Option<&'static str>) -> PreviewItem {
    let Item { block, text, at, owner } = item;
    let of_block = night.block_at(block);
    PreviewItem { text, when: at.map(|at| night.clock_beside(at, of_block)).unwrap_or_default(), owner, left_out }
}

/// The windows that have that checklist, in the order of their ids.
pub fn users<'a>(
    schedule: &'a Schedule,
    checklist: &'a ChecklistId,
) -> impl Iterator<Item = &'a WindowSchedule> + Clone {
    let plan = &schedule.plan;
    let windows = schedule.windows.iter().map(|window| &**window);
    windows.filter(move |window| plan.checklist_id_for(&window.window) == Some(checklist))
}

/// The occurrence that a checklist is shown for: the next one of `window`, or else of the windows that have the checklist,
/// or else of any window. If none is to come, the last one.
pub fn shown_for<'a>(
    schedule: &'a Schedule,
    checklist: &'a ChecklistId,
    window: Option<&WindowId>,
    now: UtcMinute,
) -> Option<(&'a WindowSchedule, &'a Occurrence)> {
    if let Some(window) = window.and_then(|id| schedule.window(id)) {
        return nearest(std::iter::once(&**window), now);
    }
    nearest(users(schedule, checklist), now).or_else(|| nearest(schedule.windows.iter().map(|window| &**window), now))
}

fn nearest<'a>(
    windows: impl Iterator<Item = &'a WindowSchedule> + Clone,
    now: UtcMinute,
) -> Option<(&'a WindowSchedule, &'a Occurrence)> {
    let coming = |window: &'a WindowSchedule| Some((window, window.expansion.starting_from(now).first()?));
    let last = |window: &'a WindowSchedule| Some((window, window.expansion.occurrences.last()?));
    let first = windows.clone().filter_map(coming).min_by_key(|(_, occurrence)| occurrence.start_at);
    first.or_else(|| windows.filter_map(last).max_by_key(|(_, occurrence)| occurrence.start_at))
}
