//! The content of one night's page: its items with their ticks, assembled for each frame.

use crate::export::checklist::{ChecklistError, Item, items};
use crate::model::{ChecklistBlock, NightKey, Tick, UtcMinute};
use crate::schedule::night::{Night, ticked};
use crate::session::NightStep;
use crate::ui::parts::cx::Cx;
use crate::wording;

/// A night at one point in time.
pub struct Page<'a> {
    pub key: NightKey,
    pub night: Night<'a>,
    pub now: UtcMinute,
    /// In the order of the blocks.
    pub lines: Vec<Line<'a>>,
    /// Ticks whose items are no longer on the checklist.
    pub others: Vec<&'a Tick>,
    /// Why there are no items.
    pub problem: Option<ChecklistError>,
}

/// An item and its tick.
pub struct Line<'a> {
    pub item: Item,
    pub tick: Option<&'a Tick>,
    /// The number of earlier items in its block with the same text.
    nth: usize,
}

impl<'a> Page<'a> {
    /// The page of an occurrence of the plan.
    pub fn find(cx: &Cx<'a>, key: &NightKey) -> Option<Self> {
        let schedule = cx.schedule();
        let night = Night::find(schedule, &key.window, key.on)?;
        let (items, problem) = match items(schedule, night.window, night.occurrence) {
            Ok(items) => (items, None),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let ticks = night.record.map_or(&[][..], |record| &record.ticks);
        let ticked = ticked(items.iter().map(|item| (item.block, &*item.text)), ticks);
        let (found, others) = (ticked.items, ticked.others);
        let nth = |index: usize| {
            let (item, before) = (&items[index], &items[..index]);
            before.iter().filter(|each| each.block == item.block && each.text == item.text).count()
        };
        let nths: Vec<usize> = (0..items.len()).map(nth).collect();
        let lines = items.into_iter().zip(found).zip(nths).map(|((item, tick), nth)| Line { item, tick, nth });
        Some(Self { key: key.clone(), night, now: cx.now(), lines: lines.collect(), others, problem })
    }

    /// The lines of a block, each with its index among all lines.
    pub fn of_block(&self, block: ChecklistBlock) -> impl Iterator<Item = (usize, &Line<'a>)> {
        self.lines.iter().enumerate().filter(move |(_, line)| line.item.block == block)
    }

    /// Returns whether the time of an item, or of its block, has come.
    pub fn is_time_for(&self, item: &Item) -> bool {
        self.now >= item.at.unwrap_or_else(|| self.night.block_at(item.block))
    }

    /// The number of ticked items.
    pub fn done(&self) -> usize {
        self.lines.iter().filter(|line| line.tick.is_some()).count()
    }

    /// The first open item that is due; if none is due, the first open one.
    pub fn first_due(&self) -> usize {
        let open = |line: &Line<'_>| line.tick.is_none();
        let due = self.lines.iter().position(|line| open(line) && self.is_time_for(&line.item));
        due.or_else(|| self.lines.iter().position(open)).unwrap_or(0)
    }

    /// "22:04", with the zone's abbreviation if the clocks change that night, and with the date if it differs from the
    /// start's.
    pub fn clock(&self, at: UtcMinute) -> String {
        let window = self.night.window;
        let (at, start, end) =
            (window.zoned(at), window.zoned(self.night.starts_at()), window.zoned(self.night.ends_at()));
        match (at.local.date() == start.local.date(), start.zone == end.zone) {
            (true, true) => wording::time(at.local.time()),
            (true, false) => wording::time_with_zone(at),
            (false, true) => wording::short_moment(at.local),
            (false, false) => wording::short_moment_with_zone(at),
        }
    }
}

impl Line<'_> {
    /// The step that a click on it takes.
    pub fn toggled(&self) -> NightStep {
        let Item { block, text, .. } = &self.item;
        match self.tick {
            Some(_) => NightStep::Untick { block: *block, item: text.clone(), nth: self.nth },
            None => NightStep::Tick(*block, text.clone()),
        }
    }
}
