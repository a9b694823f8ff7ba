//! Which tick belongs to which item of the checklist, and which no longer to any.

use std::collections::{HashMap, VecDeque};

use crate::model::{ChecklistBlock, Tick};

/// The ticks of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistTicks<'a> {
    /// One per item, in their order.
    pub items: Vec<Option<&'a Tick>>,
    /// Ticks of items whose wording is no longer on the checklist, in the order in which they were made.
    pub others: Vec<&'a Tick>,
}

/// Finds the tick of each item by its block and its wording. If items have the same wording, the first one gets the
/// first tick.
pub fn ticked<'a, 'i>(
    items: impl IntoIterator<Item = (ChecklistBlock, &'i str)>,
    ticks: &'a [Tick],
) -> ChecklistTicks<'a> {
    let mut by_words: HashMap<(ChecklistBlock, &str), VecDeque<usize>> = HashMap::new();
    for (index, tick) in ticks.iter().enumerate() {
        by_words.entry((tick.block, &tick.item)).or_default().push_back(index);
    }
    let mut is_on_list = vec![false; ticks.len()];
    let tick = |item: (ChecklistBlock, &'i str)| {
        let index = by_words.get_mut(&item)?.pop_front()?;
        is_on_list[index] = true;
        Some(&ticks[index])
    };
    let items = items.into_iter().map(tick).collect();
    let others = ticks.iter().zip(&is_on_list).filter(|(_, is_on_list)| !**is_on_list);
    ChecklistTicks { items, others: others.map(|(tick, _)| tick).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UtcMinute;

    fn tick(block: ChecklistBlock, item: &str, at: i32) -> Tick {
        Tick { block, item: item.to_owned(), by: "A. Osei".to_owned(), at: UtcMinute(at) }
    }

    #[test]
    fn ticks_match_items_by_block_and_wording_and_others_are_kept() {
        let ticks = [
            tick(ChecklistBlock::After, "Backup", 1),
            tick(ChecklistBlock::Start, "Backup", 2),
            tick(ChecklistBlock::Start, "Gone", 3),
            tick(ChecklistBlock::Start, "Twice", 4),
        ];
        let items = [
            (ChecklistBlock::Start, "Twice"),
            (ChecklistBlock::Start, "Twice"),
            (ChecklistBlock::Start, "Backup"),
            (ChecklistBlock::During, "New"),
        ];
        let found = ticked(items, &ticks);
        assert_eq!(found.items, [Some(&ticks[3]), None, Some(&ticks[1]), None]);
        assert_eq!(found.others, [&ticks[0], &ticks[2]]);
    }
}
