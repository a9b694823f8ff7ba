//! A checklist as it will stand on paper for one occurrence, with what will not stand there: its editor shows it.

use super::name;
use crate::export::words::Words;
use crate::model::{Block, ChecklistId, ChecklistTemplate, LocalMinute, UtcMinute, WindowId};
use crate::schedule::turns::{Turn, block_at, turns};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Those with items, in order.
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
    /// "21:30" where it is due at another time than its block, with the day where that is another one.
    pub when: String,
    pub owner: String,
    /// Why it will not stand there: "no reboot is planned".
    pub left_out: Option<&'static str>,
}

impl Preview {
    /// `template` for `occurrence`, which is one of `window`'s, whichever checklist that has itself.
    pub fn of(
        schedule: &Schedule,
        window: &WindowSchedule,
        occurrence: &Occurrence,
        template: &ChecklistTemplate,
    ) -> Self {
        let words = Words::of(template);
        let turns = turns(schedule, window, occurrence, &template.items);
        let first_at = turns.iter().filter(|turn| turn.is_due).map(|turn| turn.at).min().unwrap_or(occurrence.start_at);
        let clocks_change = window.expansion.zone.onsets(first_at, occurrence.end_at.plus(1)).len() > 1;
        let night = Night { schedule, window, occurrence, words: &words, clocks_change };
        let blocks = Block::ALL.map(|block| night.block(block, &turns));
        Self { blocks: blocks.into_iter().filter(|block| !block.items.is_empty()).collect() }
    }
}

struct Night<'a> {
    schedule: &'a Schedule,
    window: &'a WindowSchedule,
    occurrence: &'a Occurrence,
    words: &'a Words,
    /// Whether a time needs the zone's short name.
    clocks_change: bool,
}

impl Night<'_> {
    fn block(&self, block: Block, turns: &[Turn<'_>]) -> PreviewBlock {
        let at = block_at(block, self.occurrence);
        let when = match block {
            Block::During => self.words.span(&self.clock(at), &self.clock(self.occurrence.end_at)),
            _ => self.moment(at),
        };
        let of_block = turns.iter().filter(|turn| turn.item.block == block);
        let items = of_block.map(|turn| self.item(turn, at)).collect();
        PreviewBlock { title: self.words.block(block).to_owned(), when, items }
    }

    fn item(&self, turn: &Turn<'_>, block_at: UtcMinute) -> PreviewItem {
        let when = match turn.at {
            at if at == block_at => String::new(),
            at if self.local(at).date() == self.local(block_at).date() => self.clock(at),
            at => self.moment(at),
        };
        PreviewItem {
            text: super::items::text(turn.item, &self.schedule.plan, &self.window.window, self.words),
            when,
            owner: name(&turn.item.owner),
            left_out: (!turn.is_due).then(|| turn.item.condition.otherwise()),
        }
    }

    fn local(&self, at: UtcMinute) -> LocalMinute {
        self.window.local(at)
    }

    fn clock(&self, at: UtcMinute) -> String {
        let clock = self.local(at).to_naive().format("%H:%M");
        let zone = &self.window.expansion.zone;
        if self.clocks_change { format!("{clock} {}", zone.abbreviation(at)) } else { clock.to_string() }
    }

    fn moment(&self, at: UtcMinute) -> String {
        self.words.moment(&self.words.day(self.local(at).date()), &self.clock(at))
    }
}

/// The windows that have that checklist, in the order of their ids.
pub fn users<'a>(
    schedule: &'a Schedule,
    checklist: &'a ChecklistId,
) -> impl Iterator<Item = &'a WindowSchedule> + Clone {
    let plan = &schedule.plan;
    let windows = schedule.windows.iter().map(|window| &**window);
    windows.filter(move |window| plan.checklist_named_for(&window.window) == Some(checklist))
}

/// The occurrence that a checklist is shown for: the first from `now` on of `window`, or of those that have it, or of
/// any; where nothing comes any more, the last.
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
