//! Which windows reach which group of which ladder, and how to find their occurrences by time.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::scope::Positions;
use crate::model::{Ladder, Plan, UtcMinute};
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::{WindowOccurrence, WindowSchedule};

/// The windows that reach the groups of a ladder, as indices into `Schedule::windows`. Cycles are calculated from
/// this.
#[derive(Clone, Debug)]
pub struct Reach {
    pub ladder: Arc<Ladder>,
    /// For each group, in the ladder's order, the positions of its systems in the plan's table.
    pub systems: Positions,
    /// For each group, the sets of windows that cover its systems. Systems with the same windows share a set; a system
    /// without a window has an empty set.
    pub groups: Arc<Vec<Vec<Vec<u32>>>>,
    /// All windows that reach any group, ascending and without duplicates.
    pub windows: Arc<[u32]>,
}

/// The windows that cover each system, as indices. Those of system `i` are `windows[starts[i]..starts[i + 1]]`,
/// ascending.
#[derive(Debug, Default)]
pub struct Covering {
    starts: Vec<u32>,
    windows: Vec<u32>,
}

impl Covering {
    pub fn new(plan: &Plan, windows: &[Arc<WindowSchedule>]) -> Self {
        let mut starts = vec![0_u32; plan.systems().len() + 1];
        for position in windows.iter().flat_map(|window| &window.scope.positions) {
            starts[*position as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut covering = vec![0; starts.last().copied().unwrap_or(0) as usize];
        for (index, window) in windows.iter().enumerate() {
            for position in &window.scope.positions {
                let slot = &mut next[*position as usize];
                covering[*slot as usize] = index as u32;
                *slot += 1;
            }
        }
        Self { starts, windows: covering }
    }

    /// The windows that cover the system at this position in the plan's table.
    #[inline]
    pub fn windows_covering(&self, position: usize) -> &[u32] {
        match (self.starts.get(position), self.starts.get(position + 1)) {
            (Some(from), Some(to)) => &self.windows[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The number of systems.
    pub fn system_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

impl Reach {
    /// `systems` contains the positions of each group's systems.
    pub fn new(ladder: &Arc<Ladder>, systems: Positions, covering: &Covering) -> Self {
        let window_sets = |positions: &Vec<u32>| {
            let mut sets: Vec<&[u32]> =
                positions.iter().map(|position| covering.windows_covering(*position as usize)).collect();
            sets.sort_unstable();
            sets.dedup();
            sets.into_iter().map(<[u32]>::to_vec).collect()
        };
        let groups: Vec<Vec<Vec<u32>>> = systems.iter().map(window_sets).collect();
        let mut windows: Vec<u32> = groups.iter().flatten().flatten().copied().collect();
        windows.sort_unstable();
        windows.dedup();
        Self { ladder: Arc::clone(ladder), systems, groups: Arc::new(groups), windows: windows.into() }
    }

    /// The windows that reach this group, ascending and without duplicates.
    pub fn windows_of(&self, group: usize) -> BTreeSet<u32> {
        self.groups[group].iter().flatten().copied().collect()
    }
}

/// The first occurrence of any of these windows that starts at or after `at`. If two start at the same time, the one of
/// the first window.
pub fn first_of<'a>(windows: &mut [OccurrenceCursor<'a>], at: UtcMinute) -> Option<WindowOccurrence<'a>> {
    let firsts = windows.iter_mut().filter_map(|seeker| Some((seeker.window(), seeker.first_from(at)?)));
    firsts.min_by_key(|(_, occurrence)| occurrence.start_at)
}

/// Finds occurrences of one window by time. Each search starts where the last one ended, so searches that are nearly in
/// order of time cost almost nothing. The result does not depend on that order.
#[derive(Clone, Debug)]
pub struct OccurrenceCursor<'a> {
    window: &'a Arc<WindowSchedule>,
    /// A direct reference to the window's occurrences, to save the detour through `window`.
    occurrences: &'a [Occurrence],
    index: usize,
}

impl<'a> OccurrenceCursor<'a> {
    pub fn new(window: &'a Arc<WindowSchedule>) -> Self {
        Self { window, occurrences: &window.expansion.occurrences, index: 0 }
    }

    #[inline]
    pub fn window(&self) -> &'a Arc<WindowSchedule> {
        self.window
    }

    /// The index of the occurrence that was found last. Equal to their number if there was none.
    #[inline]
    pub fn index(&self) -> usize {
        self.index
    }

    #[inline]
    pub fn first_from(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seek(at);
        self.occurrences.get(self.index)
    }

    #[inline]
    pub fn last_before(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seek(at);
        self.occurrences[..self.index].last()
    }

    /// Moves `index` to the first occurrence that starts at or after `at`, or to the end.
    fn seek(&mut self, at: UtcMinute) {
        let (before, after) = self.occurrences.split_at(self.index);
        self.index -= before.iter().rev().take_while(|each| each.start_at >= at).count();
        self.index += after.iter().take_while(|each| each.start_at < at).count();
    }
}
