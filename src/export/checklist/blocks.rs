//! The five blocks with their real times: items to tick, or what was ticked, and the status rows.

use super::name;
use super::night::Night;
use super::rows;
use crate::export::paper::{CheckItem, Checks, Done, Part, Title};
use crate::export::words::Word;
use crate::model::{Block, Tick};
use crate::schedule::turns::block_at;

/// The blocks in which there is anything to do.
pub fn of(night: &Night<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in Block::ALL {
        let title = Title { text: night.words.block(block).to_owned(), beside: beside(night, block) };
        let items = items(night, block);
        let status = if block == Block::During { rows::of(night) } else { None };
        match (items.is_empty(), &status) {
            (true, None) => continue,
            (true, Some(_)) => parts.push(Part::Title(title)),
            (false, _) => {
                let (who, when) = (night.words.say(Word::Who), night.words.say(Word::When));
                parts.push(Part::Checks(Checks { title, who, when, items }));
            }
        }
        parts.extend(status.map(Part::Status));
    }
    parts
}

/// "Fri 19 Mar, 22:00", or "22:00 – 02:00".
pub fn beside(night: &Night<'_>, block: Block) -> String {
    let (start, end) = (night.occurrence.start_at, night.occurrence.end_at);
    match block {
        Block::During => night.words.span(&night.clock(start), &night.clock(end)),
        _ => night.moment(block_at(block, night.occurrence)),
    }
}

/// The items of one block, and after them what was ticked that the checklist no longer has.
fn items(night: &Night<'_>, block: Block) -> Vec<CheckItem> {
    let at = block_at(block, night.occurrence);
    let ticks = night.record.map_or(&[][..], |record| &record.ticks);
    let mut ticks: Vec<&Tick> = ticks.iter().filter(|tick| tick.block == block).collect();
    let done = |tick: &Tick| Done { by: name(&tick.by), at: night.clock_beside(tick.at, at) };
    let mut items = Vec::new();
    for item in night.items.iter().filter(|item| item.block == block) {
        let tick = ticks.iter().position(|tick| tick.item == item.text).map(|place| ticks.remove(place));
        items.push(CheckItem {
            text: item.text.clone(),
            at: item.at.map(|own| night.clock_beside(own, at)).unwrap_or_default(),
            owner: item.owner.clone(),
            done: tick.map(done),
        });
    }
    items.extend(ticks.into_iter().map(|tick| CheckItem {
        text: name(&tick.item),
        at: String::new(),
        owner: String::new(),
        done: Some(done(tick)),
    }));
    items
}
