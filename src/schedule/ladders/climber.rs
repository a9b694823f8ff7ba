//! Climbs a ladder from a point in time, group by group.
//!
//! A system is reached by the first occurrence of a window that covers it and starts at or after the earliest allowed
//! time. A group is reached when the last of these occurrences ends. The earliest allowed time is the start of the
//! climb for the first group, and for each other group the end of the previous one plus its soak time. Groups without
//! systems are skipped. Occurrences that a freeze blocks do not count.

use crate::model::UtcMinute;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::climbs_by_group::ClimbsByGroup;
use crate::schedule::ladders::span::Span;
use crate::schedule::ladders::unfrozen_starts::UnfrozenStarts;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;
use crate::schedule::window_schedule::WindowOccurrence;

/// A ladder and the windows that reach it.
#[derive(Clone, Debug)]
pub struct Climber<'a> {
    windows: Vec<UnfrozenStarts<'a>>,
    /// The groups that have systems, in the ladder's order.
    pub(in crate::schedule) rungs: Vec<Rung>,
}

/// A group with systems.
#[derive(Clone, Debug)]
pub struct Rung {
    /// The index of the group on its ladder.
    pub group: usize,
    /// The minutes to wait before the next group may start.
    pub soak: i32,
    /// For each set of systems with the same windows, the indices of those windows in `windows`. Empty if no
    /// window covers them.
    pub sets: Vec<Vec<usize>>,
}

impl<'a> Climber<'a> {
    pub fn new(schedule: &'a Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Self {
        Self::within(Span::ALWAYS, schedule, reach, freezes)
    }

    /// A climber that is only valid for climbs that begin and end within `span`.
    pub fn within(span: Span, schedule: &'a Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Self {
        let starts = |index: &u32| UnfrozenStarts::new(&schedule.windows[*index as usize], freezes, span);
        let windows = reach.windows.iter().map(starts).collect();
        let index = |window: &u32| reach.windows.binary_search(window).ok();
        let rung = |(group, sets): (usize, &Vec<Vec<u32>>)| Rung {
            group,
            soak: schedule.plan.soak_after(&reach.ladder.groups[group]).signed(),
            sets: sets.iter().map(|set| set.iter().filter_map(index).collect()).collect(),
        };
        let with_systems = reach.groups.iter().enumerate().filter(|(_, sets)| !sets.is_empty());
        Self { windows, rungs: with_systems.map(rung).collect() }
    }

    pub fn window(&self, index: usize) -> &UnfrozenStarts<'a> {
        &self.windows[index]
    }

    /// The first occurrence for this set of systems at or after `at`. If two start at the same time, the one of the
    /// first window.
    pub fn first(&mut self, rung: usize, set: usize, at: UtcMinute) -> Option<WindowOccurrence<'a>> {
        let Self { windows, rungs } = self;
        first(windows, &rungs[rung].sets[set], at)
    }

    /// The last occurrence for this set of systems before `at`. If two start at the same time, the one of the first
    /// window.
    pub fn last_before(&mut self, rung: usize, set: usize, at: UtcMinute) -> Option<WindowOccurrence<'a>> {
        let mut found: Option<WindowOccurrence<'a>> = None;
        for index in &self.rungs[rung].sets[set] {
            let window = &mut self.windows[*index];
            if let Some(occurrence) = window.last_before(at)
                && found.is_none_or(|(_, before)| occurrence.start_at > before.start_at)
            {
                found = Some((window.window(), occurrence));
            }
        }
        found
    }

    /// All occurrences for this set of systems, by start.
    pub(in crate::schedule) fn spans(&self, rung: usize, set: usize) -> Vec<Span> {
        let windows = self.rungs[rung].sets[set].iter().map(|index| &self.windows[*index]);
        let occurrences = windows.flat_map(UnfrozenStarts::occurrences);
        let mut spans: Vec<Span> = occurrences.map(Span::from).collect();
        spans.sort_by_key(|span| span.start_at);
        spans
    }

    /// When the first `groups` groups that have systems are reached. None if that is not within the plan.
    pub fn end_of_first(&mut self, groups: usize, at: UtcMinute) -> Option<UtcMinute> {
        let Self { windows, rungs } = self;
        let mut end_at = None;
        let mut allowed_at = at;
        for rung in rungs.iter().take(groups) {
            let mut reached_at = allowed_at;
            for set in &rung.sets {
                reached_at = reached_at.max(first(windows, set, allowed_at)?.1.end_at);
            }
            allowed_at = reached_at.plus(rung.soak);
            end_at = Some(reached_at);
        }
        end_at
    }

    /// When a climb from each of these times reaches the top of the ladder. None if that is not within the plan. All
    /// climbs are calculated together, group by group, so that each window's occurrences are read once, in order.
    pub fn ends_of(&self, starts: &[UtcMinute]) -> Vec<Option<UtcMinute>> {
        self.ends_of_waiting(starts, |rung| Some(rung.soak))
    }

    /// The same if later groups only wait for those groups for which `wait` gives the minutes of that wait. The top is
    /// reached when all groups are.
    pub fn ends_of_waiting(&self, starts: &[UtcMinute], wait: impl Fn(&Rung) -> Option<i32>) -> Vec<Option<UtcMinute>> {
        let mut allowed: Vec<Option<UtcMinute>> = starts.iter().copied().map(Some).collect();
        let mut tops: Option<Vec<Option<UtcMinute>>> = None;
        for rung in &self.rungs {
            let mut times: Vec<UtcMinute> = allowed.iter().flatten().copied().collect();
            times.sort_unstable();
            times.dedup();
            let reached = self.reached(rung, &times);
            let mut index = 0;
            let mut end_from = |at: UtcMinute| {
                // They are nearly in order.
                let near = [index, index + 1].into_iter().find(|near| times.get(*near) == Some(&at));
                index = near.or_else(|| times.binary_search(&at).ok())?;
                reached.get(index).copied()
            };
            let ends: Vec<Option<UtcMinute>> = allowed.iter().map(|at| at.and_then(&mut end_from)).collect();
            if let Some(wait) = wait(rung) {
                allowed = ends.iter().map(|end_at| end_at.map(|end_at| end_at.plus(wait))).collect();
            }
            let later = |(top, end): (Option<UtcMinute>, Option<UtcMinute>)| Some(top?.max(end?));
            tops = Some(match tops {
                Some(tops) => tops.into_iter().zip(ends).map(later).collect(),
                None => ends,
            });
        }
        tops.unwrap_or_else(|| vec![None; starts.len()])
    }

    /// When the group is reached, for each of these earliest allowed times. They are ascending, so if there is no
    /// occurrence for one of them, there is none for the rest: the list ends there.
    fn reached(&self, rung: &Rung, times: &[UtcMinute]) -> Vec<UtcMinute> {
        if times.is_empty() {
            return Vec::new();
        }
        let mut climbs = ClimbsByGroup::new(times);
        let (mut spans, mut more, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for set in &rung.sets {
            spans.clear();
            for index in set {
                more.clear();
                self.windows[*index].add_spans(times, &mut more);
                merge(&spans, &more, &mut all);
                std::mem::swap(&mut spans, &mut all);
            }
            climbs.add(&spans);
        }
        climbs.ends()
    }

    /// The starts of all occurrences that a freeze blocks, ascending.
    pub fn frozen_starts(&self) -> Vec<UtcMinute> {
        let mut starts: Vec<UtcMinute> = self.windows.iter().flat_map(UnfrozenStarts::frozen_starts).collect();
        starts.sort_unstable();
        starts
    }

    /// The same climber without any freezes.
    #[must_use]
    pub fn unfrozen(&self) -> Self {
        Self { windows: self.windows.iter().map(UnfrozenStarts::unfrozen).collect(), rungs: self.rungs.clone() }
    }
}

/// Merges two lists that are sorted by start. If two spans start at the same time, the one of `first` comes first.
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

fn first<'a>(windows: &mut [UnfrozenStarts<'a>], set: &[usize], at: UtcMinute) -> Option<WindowOccurrence<'a>> {
    let mut found: Option<WindowOccurrence<'a>> = None;
    for index in set {
        let window = &mut windows[*index];
        if let Some(occurrence) = window.first_from(at)
            && found.is_none_or(|(_, before)| occurrence.start_at < before.start_at)
        {
            found = Some((window.window(), occurrence));
        }
    }
    found
}
