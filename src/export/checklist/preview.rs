//! A checklist as it will stand on paper for one occurrence, with what will not stand there: its editor shows it.

use super::blocks::beside;
use super::items::{Candidate, candidates};
use super::night::{Night, block_at};
use crate::export::words::Words;
use crate::model::{Block, ChecklistId, ChecklistTemplate, UtcMinute, WindowId};
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
        let all = candidates(schedule, (window, occurrence), template.items.clone(), &words);
        let due = all.iter().filter(|each| each.is_due).map(|each| each.item.clone()).collect();
        let night = Night::with(schedule, (window, occurrence), due, words);
        let blocks = Block::ALL.map(|block| PreviewBlock {
            title: night.words.block(block).to_owned(),
            when: beside(&night, block),
            items: all.iter().filter(|each| each.item.block == block).map(|each| item(&night, each)).collect(),
        });
        Self { blocks: blocks.into_iter().filter(|block| !block.items.is_empty()).collect() }
    }
}

fn item(night: &Night<'_>, candidate: &Candidate) -> PreviewItem {
    let item = &candidate.item;
    let block_at = block_at(night.occurrence, item.block);
    PreviewItem {
        text: item.text.clone(),
        when: item.at.map(|at| night.clock_beside(at, block_at)).unwrap_or_default(),
        owner: item.owner.clone(),
        left_out: (!candidate.is_due).then(|| candidate.condition.otherwise()),
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
