//! The blocks with their real times: items to tick or that were ticked, and the status rows.

use super::night::ChecklistContext;
use super::status_rows;
use super::written::name;
use crate::export::paper::{CheckItem, Checks, Done, Part, Title};
use crate::export::translation::Word;
use crate::model::{ChecklistBlock, Tick};
use crate::schedule::night::{ChecklistTicks, ticked};

/// The blocks that have items or status rows.
pub fn parts(night: &ChecklistContext<'_>) -> Vec<Part> {
    let items = night.items.iter().map(|item| (item.block, item.text.as_str()));
    let ticks = ticked(items, night.record.map_or(&[], |record| &record.ticks));
    ChecklistBlock::ALL.into_iter().flat_map(|block| block_parts(night, block, &ticks)).collect()
}

fn block_parts(night: &ChecklistContext<'_>, block: ChecklistBlock, ticks: &ChecklistTicks<'_>) -> Vec<Part> {
    let title = Title { text: night.words.block(block).to_owned(), beside: beside(night, block) };
    let items = items(night, block, ticks);
    let status = if block == ChecklistBlock::During { status_rows::status(night) } else { None };
    let first = match (items.is_empty(), &status) {
        (true, None) => None,
        (true, Some(_)) => Some(Part::Title(title)),
        (false, _) => {
            let (who, when) = (night.words.say(Word::Who), night.words.say(Word::When));
            Some(Part::Checks(Checks { title, who, when, items }))
        }
    };
    first.into_iter().chain(status.map(Part::Status)).collect()
}

/// "Fri 19 Mar, 22:00", or "22:00 – 02:00".
pub fn beside(night: &ChecklistContext<'_>, block: ChecklistBlock) -> String {
    let (start, end) = (night.occurrence.start_at, night.occurrence.end_at);
    match block {
        ChecklistBlock::During => night.words.span(&night.clock(start), &night.clock(end)),
        ChecklistBlock::Watch => {
            let (from, until) = night.watch_times().unwrap_or((end, end));
            night.words.span(&night.clock_beside(from, end), &night.moment(until))
        }
        _ => night.moment(night.block_at(block)),
    }
}

/// The items of a block, then ticked items that are no longer in the checklist.
fn items(night: &ChecklistContext<'_>, block: ChecklistBlock, ticks: &ChecklistTicks<'_>) -> Vec<CheckItem> {
    let at = night.block_at(block);
    let done = |tick: &Tick| Done { by: name(&tick.by), at: night.clock_beside(tick.at, at) };
    let listed = night.items.iter().zip(&ticks.items).filter(|(item, _)| item.block == block);
    let listed = listed.map(|(item, tick)| CheckItem {
        text: item.text.clone(),
        at: item.at.map(|own| night.clock_beside(own, at)).unwrap_or_default(),
        owner: item.owner.clone(),
        done: tick.map(done),
    });
    let others = ticks.others.iter().filter(|tick| tick.block == block);
    let others = others.map(|tick| CheckItem {
        text: name(&tick.item),
        at: String::new(),
        owner: String::new(),
        done: Some(done(tick)),
    });
    listed.chain(others).collect()
}
