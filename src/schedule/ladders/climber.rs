//! Goes up one ladder from an instant on, group by group.
//!
//! A group is reached when each of its systems has had an occurrence of a window that covers it, the first that starts
//! at or after the earliest allowed instant; it is through when the last of those ends. The earliest allowed instant is
//! the start of the climb for the first group, and the end of the group before plus its soak time for each next one.
//! Groups without systems are stepped over. Occurrences that a freeze takes away do not count.

use std::sync::Arc;

use crate::model::UtcMinute;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::climbs_by_group::ClimbsByGroup;
use crate::schedule::ladders::span::Span;
use crate::schedule::ladders::unfrozen_starts::UnfrozenStarts;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// One ladder, and the windows that reach it.
#[derive(Clone, Debug)]
pub struct Climber<'a> {
    lanes: Vec<UnfrozenStarts<'a>>,
    /// The groups that have systems, in the ladder's order.
    pub(in crate::schedule) rungs: Vec<Rung>,
}

/// A group with systems.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Index of the group on its ladder.
    pub group: usize,
    /// Minutes before the next group may start.
    pub soak: i32,
    /// For systems that share the same windows, those windows' places among the lanes; none where no window covers them.
    pub sets: Vec<Vec<usize>>,
}

/// An occurrence with its window.
pub type WindowOccurrence<'a> = (&'a Arc<WindowSchedule>, &'a Occurrence);

impl<'a> Climber<'a> {
    pub fn new(schedule: &'a Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Self {
        Self::within(Span::ALWAYS, schedule, reach, freezes)
    }

    /// One whose climbs are right as far as they begin and end within a span.
    pub fn within(span: Span, schedule: &'a Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Self {
        let windows = &reach.windows;
        let lanes = windows
            .iter()
            .map(|index| UnfrozenStarts::new(&schedule.windows[*index as usize], freezes, span))
            .collect();
        let lane = |window: &u32| windows.binary_search(window).ok();
        let rung = |(group, sets): (usize, &Vec<Vec<u32>>)| Rung {
            group,
            soak: schedule.plan.soak_after(&reach.ladder.groups[group]).signed(),
            sets: sets.iter().map(|set| set.iter().filter_map(lane).collect()).collect(),
        };
        let with_systems = reach.groups.iter().enumerate().filter(|(_, sets)| !sets.is_empty());
        Self { lanes, rungs: with_systems.map(rung).collect() }
    }

    pub fn lane(&self, place: usize) -> &UnfrozenStarts<'a> {
        &self.lanes[place]
    }

    /// The first occurrence for those systems; of two at once, that of the first window.
    pub fn first(&mut self, rung: usize, set: usize, at: UtcMinute) -> Option<WindowOccurrence<'a>> {
        let Self { lanes, rungs } = self;
        first(lanes, &rungs[rung].sets[set], at)
    }

    /// The last occurrence before `at` for those systems; of two at once, that of the first window.
    pub fn last_before(&mut self, rung: usize, set: usize, at: UtcMinute) -> Option<WindowOccurrence<'a>> {
        let mut found: Option<WindowOccurrence<'a>> = None;
        for place in &self.rungs[rung].sets[set] {
            let lane = &mut self.lanes[*place];
            if let Some(occurrence) = lane.last_before(at)
                && found.is_none_or(|(_, before)| occurrence.start_at > before.start_at)
            {
                found = Some((lane.window(), occurrence));
            }
        }
        found
    }

    /// All occurrences for those systems, by start.
    pub(in crate::schedule) fn spans(&self, rung: usize, set: usize) -> Vec<Span> {
        let lanes = self.rungs[rung].sets[set].iter().map(|place| &self.lanes[*place]);
        let occurrences = lanes.flat_map(UnfrozenStarts::occurrences);
        let mut spans: Vec<Span> = occurrences.map(Span::from).collect();
        spans.sort_by_key(|span| span.start_at);
        spans
    }

    /// When the first so many groups that have systems are through; none where that is not inside the plan.
    pub fn end_of_first(&mut self, groups: usize, at: UtcMinute) -> Option<UtcMinute> {
        let Self { lanes, rungs } = self;
        let mut end_at = None;
        let mut allowed_at = at;
        for rung in rungs.iter().take(groups) {
            let mut through_at = allowed_at;
            for set in &rung.sets {
                through_at = through_at.max(first(lanes, set, allowed_at)?.1.end_at);
            }
            allowed_at = through_at.plus(rung.soak);
            end_at = Some(through_at);
        }
        end_at
    }

    /// When the whole ladder is climbed from each of those instants on; none where that is not inside the plan. Group by
    /// group for all of them at once: each window's occurrences are then read once, in their order.
    pub fn ends_of(&self, starts: &[UtcMinute]) -> Vec<Option<UtcMinute>> {
        let mut allowed: Vec<Option<UtcMinute>> = starts.iter().copied().map(Some).collect();
        let mut ends = vec![None; starts.len()];
        for rung in &self.rungs {
            let mut asked: Vec<UtcMinute> = allowed.iter().flatten().copied().collect();
            asked.sort_unstable();
            asked.dedup();
            let through = self.through(rung, &asked);
            let mut place = 0;
            let mut end_from = |at: UtcMinute| {
                // They come nearly in order.
                let near = [place, place + 1].into_iter().find(|near| asked.get(*near) == Some(&at));
                place = near.or_else(|| asked.binary_search(&at).ok())?;
                through.get(place).copied()
            };
            ends = allowed.iter().map(|at| at.and_then(&mut end_from)).collect();
            allowed = ends.iter().map(|end_at| end_at.map(|end_at| end_at.plus(rung.soak))).collect();
        }
        ends
    }

    /// When the group is through, for each of those instants as the earliest allowed one. They are ascending, so where
    /// an occurrence is missing for one it is missing for the rest: the list ends there.
    fn through(&self, rung: &Rung, asked: &[UtcMinute]) -> Vec<UtcMinute> {
        if asked.is_empty() {
            return Vec::new();
        }
        let mut sweep = ClimbsByGroup::new(asked);
        let (mut spans, mut more, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for set in &rung.sets {
            spans.clear();
            for place in set {
                more.clear();
                self.lanes[*place].put_spans(asked, &mut more);
                merge(&spans, &more, &mut all);
                std::mem::swap(&mut spans, &mut all);
            }
            sweep.add(&spans);
        }
        sweep.ends()
    }

    /// The starts of all occurrences that a freeze takes away, ascending.
    pub fn frozen_starts(&self) -> Vec<UtcMinute> {
        let mut starts: Vec<UtcMinute> = self.lanes.iter().flat_map(UnfrozenStarts::frozen_starts).collect();
        starts.sort_unstable();
        starts
    }

    /// The same with all freezes lifted.
    #[must_use]
    pub fn unfrozen(&self) -> Self {
        Self { lanes: self.lanes.iter().map(UnfrozenStarts::unfrozen).collect(), rungs: self.rungs.clone() }
    }
}

/// Both in the order of their starts; of two at once that of `first` comes first.
fn merge(first: &[Span], second: &[Span], into: &mut Vec<Span>) {
    into.clear();
    let mut second = second.iter().copied().peekable();
    for span in first {
        while let Some(before) = second.next_if(|each| each.start_at < span.start_at) {
            into.push(before);
        }
        into.push(*span);
    }
    into.extend(second);
}

fn first<'a>(lanes: &mut [UnfrozenStarts<'a>], set: &[usize], at: UtcMinute) -> Option<WindowOccurrence<'a>> {
    let mut found: Option<WindowOccurrence<'a>> = None;
    for place in set {
        let lane = &mut lanes[*place];
        if let Some(occurrence) = lane.first_from(at)
            && found.is_none_or(|(_, before)| occurrence.start_at < before.start_at)
        {
            found = Some((lane.window(), occurrence));
        }
    }
    found
}
