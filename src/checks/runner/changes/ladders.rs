//! Which ladders changed, and from when to when.

use std::sync::Arc;

use super::Changes;
use super::windows::WindowChange;
use crate::checks::facts::ladder_releases::SystemsByRelease;
use crate::model::{Plan, System};
use crate::schedule::{Covering, FreezeTimes, Occurrence, Reach, Span, WindowSchedule};

impl Changes<'_> {
    /// The index that a ladder had before, if the same windows reach it and none of them changed its times or systems.
    pub fn unchanged_ladder(&self, reach: &Reach) -> Option<usize> {
        self.same_reach(reach).filter(|_| self.have_same_times_and_systems(&reach.windows))
    }

    /// The same if no freeze around those windows changed either. Findings about cycles name systems, so none of the
    /// records that they name may differ.
    pub fn unchanged_ladder_and_freezes(&self, reach: &Reach) -> Option<usize> {
        let index = self.unchanged_ladder(reach)?;
        let mut windows = reach.windows.iter().map(|window| *window as usize);
        let concerns_it = |freeze: &FreezeTimes<'_>| concerned(freeze, reach, &self.new.windows).next().is_some();
        let uncovered_now = uncovered(&self.new.plan, reach, &self.new.covering);
        let uncovered_before = || uncovered(&self.old.plan, &self.old.reaches[index], &self.old.covering);
        let is_unchanged = windows.all(|window| self.window(window) == WindowChange::Nothing)
            && !self.freezes.iter().any(concerns_it)
            && uncovered_now.map(Arc::as_ptr).eq(uncovered_before().map(Arc::as_ptr));
        is_unchanged.then_some(index)
    }

    /// The index that a ladder had before, and when its climbs may have changed: around the starts that its changed
    /// windows gained or lost, and in changed freezes. Sorted, without overlaps. None if all climbs may have changed.
    pub fn changed_climbs(&self, reach: &Reach) -> Option<(usize, Vec<Span>)> {
        let index = self.same_reach(reach).filter(|_| self.same_system_ids)?;
        let mut spans = Vec::new();
        for window in reach.windows.iter().map(|window| *window as usize) {
            if self.window(window) == WindowChange::Nothing {
                continue;
            }
            let (new, old) = (&self.new.windows[window], &self.old.windows[self.old_index(window)]);
            if !same_systems_and_areas(new, old) {
                return None;
            }
            if !Arc::ptr_eq(&new.expansion, &old.expansion) {
                add_differing_starts(&new.expansion.occurrences, &old.expansion.occurrences, &mut spans);
                add_differing_starts(&new.expansion.skipped, &old.expansion.skipped, &mut spans);
            }
        }
        for freeze in &self.freezes {
            let lengths = concerned(freeze, reach, &self.new.windows).flat_map(|window| window.lengths());
            // An occurrence that starts before a freeze and ends in it is in the freeze, too.
            let Some(longest) = lengths.max() else { continue };
            let starts = freeze.times.iter().map(|time| (time.from.plus(-longest.signed()), time.to));
            spans.extend(starts.map(|(start_at, end_at)| Span { start_at, end_at }));
        }
        Some((index, without_overlaps(spans)))
    }

    /// For each system, by its position, whether it follows other releases than before; empty if no ladder changed.
    /// None if the systems changed, too, and every one may follow others.
    pub fn systems_with_other_releases(&self) -> Option<Vec<bool>> {
        if self.same_table(Plan::ladders) {
            return Some(Vec::new());
        }
        let count = self.new.plan.systems().len();
        let by_release = |reaches| SystemsByRelease::new(reaches, count);
        self.same_system_ids.then(|| by_release(&self.new.reaches).differences(&by_release(&self.old.reaches), count))
    }

    /// The index that a ladder had before, if its groups are reached by the same windows. The windows may have changed.
    fn same_reach(&self, reach: &Reach) -> Option<usize> {
        let index = self.old.reaches.iter().position(|old| Arc::ptr_eq(&old.ladder, &reach.ladder))?;
        let old_groups = &self.old.reaches[index].groups;
        let is_reach_unchanged = |(sets, old_sets): (&Vec<Vec<u32>>, &Vec<Vec<u32>>)| {
            let are_same = |(set, old): (&Vec<u32>, &Vec<u32>)| self.are_same_windows(set, old);
            sets.len() == old_sets.len() && sets.iter().zip(old_sets).all(are_same)
        };
        let is_same = self.same_calendar
            && reach.groups.len() == old_groups.len()
            && reach.groups.iter().zip(old_groups.iter()).all(is_reach_unchanged);
        is_same.then_some(index)
    }
}

/// The ladder's windows that the freeze covers or exempts.
fn concerned<'a>(
    freeze: &'a FreezeTimes<'_>,
    reach: &'a Reach,
    windows: &'a [Arc<WindowSchedule>],
) -> impl Iterator<Item = &'a Arc<WindowSchedule>> {
    reach.windows.iter().map(|window| &windows[*window as usize]).filter(|window| freeze.is_about(window))
}

/// Whether a freeze that did not change covers the window as it did.
fn same_systems_and_areas(new: &WindowSchedule, old: &WindowSchedule) -> bool {
    let areas = |window: &'_ WindowSchedule| -> Vec<_> {
        window.scope.systems.iter().map(|system| system.area.clone()).collect()
    };
    new.scope.positions == old.scope.positions && areas(new) == areas(old)
}

/// Adds the starts of what is in one of two lists only. Both are sorted by start.
fn add_differing_starts(new: &[Occurrence], old: &[Occurrence], spans: &mut Vec<Span>) {
    let (mut new, mut old) = (new.iter().peekable(), old.iter().peekable());
    loop {
        let only_in_one = match (new.peek(), old.peek()) {
            (None, None) => return,
            (Some(is), Some(was)) if is == was => {
                new.next();
                old.next();
                None
            }
            (Some(is), Some(was)) if is.start_at > was.start_at => old.next(),
            (Some(_), _) => new.next(),
            (None, Some(_)) => old.next(),
        };
        spans.extend(only_in_one.map(|each| Span { start_at: each.start_at, end_at: each.start_at }));
    }
}

/// The same time, sorted and without overlaps.
fn without_overlaps(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup_by(|next, before| {
        let meets = next.start_at <= before.end_at;
        if meets {
            before.end_at = before.end_at.max(next.end_at);
        }
        meets
    });
    spans
}

/// The systems on a ladder that no window covers.
fn uncovered<'p>(plan: &'p Plan, reach: &'p Reach, covering: &'p Covering) -> impl Iterator<Item = &'p Arc<System>> {
    let in_group = |(positions, sets): (&'p Vec<u32>, &'p Vec<Vec<u32>>)| {
        // A set without windows is one of systems that no window covers.
        let positions = if sets.iter().any(Vec::is_empty) { &positions[..] } else { &[] };
        positions.iter().filter(|position| covering.windows_covering(**position as usize).is_empty())
    };
    let positions = reach.systems.iter().zip(reach.groups.iter()).flat_map(in_group);
    positions.filter_map(|position| plan.systems().as_slice().get(*position as usize))
}
