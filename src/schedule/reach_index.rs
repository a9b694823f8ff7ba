//! Which windows reach which group of which ladder, and how their occurrences are found by instant.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::scope::Places;
use crate::model::{Ladder, Plan, UtcMinute};
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// Which windows reach the groups of a ladder: what cycles are reckoned from. Windows are indices into
/// `Schedule::windows`.
#[derive(Clone, Debug)]
pub struct Reach {
    pub ladder: Arc<Ladder>,
    /// One for each group, in the ladder's order: the places of its systems in the plan's table.
    pub systems: Places,
    /// One for each group: the sets of windows that cover its systems. Systems that share the same windows share one
    /// set; a system that no window covers gives an empty one.
    pub groups: Arc<Vec<Vec<Vec<u32>>>>,
    /// All windows that reach any group, ascending, each once.
    pub windows: Arc<[u32]>,
}

/// The windows that cover each system, as indices: for system `i` those in `windows[starts[i]..starts[i + 1]]`, ascending.
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
                let place = &mut next[*position as usize];
                covering[*place as usize] = index as u32;
                *place += 1;
            }
        }
        Self { starts, windows: covering }
    }

    /// The windows that cover the system at that place in the plan's table.
    pub fn windows(&self, position: usize) -> &[u32] {
        match (self.starts.get(position), self.starts.get(position + 1)) {
            (Some(from), Some(to)) => &self.windows[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// How many systems there are.
    pub fn systems(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

impl Reach {
    /// `systems`: for each group the places of its systems.
    pub fn new(ladder: &Arc<Ladder>, systems: Places, covering: &Covering) -> Self {
        let of_group = |places: &Vec<u32>| {
            let mut sets: Vec<&[u32]> = places.iter().map(|place| covering.windows(*place as usize)).collect();
            sets.sort_unstable();
            sets.dedup();
            sets.into_iter().map(<[u32]>::to_vec).collect()
        };
        let groups: Vec<Vec<Vec<u32>>> = systems.iter().map(of_group).collect();
        let mut windows: Vec<u32> = groups.iter().flatten().flatten().copied().collect();
        windows.sort_unstable();
        windows.dedup();
        Self { ladder: Arc::clone(ladder), systems, groups: Arc::new(groups), windows: windows.into() }
    }

    /// The windows that reach that group, ascending, each once.
    pub fn windows_of(&self, group: usize) -> BTreeSet<u32> {
        self.groups[group].iter().flatten().copied().collect()
    }
}

/// The first occurrence of any of those windows that starts at or after `at`; of two at once, that of the first window.
pub fn first_of<'a>(windows: &mut [Seeker<'a>], at: UtcMinute) -> Option<(&'a Arc<WindowSchedule>, &'a Occurrence)> {
    let firsts = windows.iter_mut().filter_map(|seeker| Some((seeker.window(), seeker.first_from(at)?)));
    firsts.min_by_key(|(_, occurrence)| occurrence.start_at)
}

/// Finds occurrences of one window by instant. It looks from where it found the last one, so questions that come
/// nearly in the order of time cost next to nothing; the answer is the same in any order.
#[derive(Clone, Debug)]
pub struct Seeker<'a> {
    window: &'a Arc<WindowSchedule>,
    /// Those of the window, near at hand.
    occurrences: &'a [Occurrence],
    place: usize,
}

impl<'a> Seeker<'a> {
    pub fn new(window: &'a Arc<WindowSchedule>) -> Self {
        Self { window, occurrences: &window.expansion.occurrences, place: 0 }
    }

    pub fn window(&self) -> &'a Arc<WindowSchedule> {
        self.window
    }

    /// Where among the window's occurrences the one found last stands, or behind them.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The first occurrence that starts at or after `at`.
    pub fn first_from(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seek(at);
        self.occurrences.get(self.place)
    }

    /// The last occurrence that starts before `at`.
    pub fn last_before(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seek(at);
        self.occurrences[..self.place].last()
    }

    /// Puts `place` on the first occurrence at or after `at`, or behind the last.
    fn seek(&mut self, at: UtcMinute) {
        let (before, after) = self.occurrences.split_at(self.place);
        self.place -= before.iter().rev().take_while(|each| each.start_at >= at).count();
        self.place += after.iter().take_while(|each| each.start_at < at).count();
    }
}
