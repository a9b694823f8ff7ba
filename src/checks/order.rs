//! The order of groups within a cycle, for R001 and R002.
//!
//! In the cycle of a release a group may be patched by several windows. It is in order when one of its occurrences
//! before the next release starts no earlier than the end of the previous group plus that group's soak time. Where none
//! does, its last occurrence in the cycle is the one that comes too early.

use std::sync::Arc;

use super::Context;
use crate::model::{DeploymentGroup, UtcMinute};
use crate::schedule::cycle::first_from;
use crate::schedule::{Occurrence, Reach, Schedule, WindowSchedule};

/// An occurrence that comes too early in its cycle.
pub struct TooEarly<'a> {
    pub released_at: UtcMinute,
    /// The next release, which begins the next cycle.
    pub next_at: UtcMinute,
    pub window: &'a Arc<WindowSchedule>,
    pub occurrence: &'a Occurrence,
    /// The group that it patches, and the one before it on the ladder.
    pub group: &'a DeploymentGroup,
    pub before: &'a DeploymentGroup,
    /// When the group before is through.
    pub before_end_at: UtcMinute,
    /// When the soak time after it is over.
    pub allowed_at: UtcMinute,
}

impl TooEarly<'_> {
    fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(self.occurrence, other.occurrence)
            && std::ptr::eq(self.group, other.group)
            && self.released_at == other.released_at
    }

    /// Whether the group before it has not even been patched by then.
    pub fn is_out_of_order(&self) -> bool {
        self.occurrence.start_at < self.before_end_at
    }
}

/// All occurrences of a ladder that come too early, cycle by cycle.
pub fn too_early<'a>(cx: &'a Context<'_>, reach: &'a Reach) -> Vec<TooEarly<'a>> {
    let schedule = cx.schedule;
    let Some(calendar) = &reach.ladder.release else { return Vec::new() };
    let releases: Vec<UtcMinute> =
        schedule.releases.iter().filter(|release| release.calendar == *calendar).map(|release| release.at).collect();
    // What each group needed last belongs to the cycle before, also where that reaches into the next one.
    let mut served_until = vec![UtcMinute(i32::MIN); reach.groups.len()];
    let mut found = Vec::new();
    for (index, released_at) in releases.iter().enumerate() {
        let next_at = releases.get(index + 1).copied().unwrap_or(UtcMinute(i32::MAX));
        let cycle = Cycle { schedule, reach, released_at: *released_at, next_at };
        cycle.walk(&mut served_until, &mut found);
    }
    found
}

struct Cycle<'a> {
    schedule: &'a Schedule,
    reach: &'a Reach,
    released_at: UtcMinute,
    next_at: UtcMinute,
}

impl<'a> Cycle<'a> {
    fn walk(&self, served_until: &mut [UtcMinute], found: &mut Vec<TooEarly<'a>>) {
        let mut before: Option<(&DeploymentGroup, UtcMinute)> = None;
        for (index, sets) in self.reach.groups.iter().enumerate().filter(|(_, sets)| !sets.is_empty()) {
            let group = &self.reach.ladder.groups[index];
            let allowed_at = before
                .map_or(self.released_at, |(group, end_at)| end_at.plus(self.schedule.plan.soak_after(group).signed()));
            let mut end_at = None;
            for set in sets {
                let early = self.too_early_in(set, allowed_at, served_until[index]);
                if let (Some((window, occurrence)), Some((before, before_end_at))) = (early, before) {
                    let &Self { released_at, next_at, .. } = self;
                    let early =
                        TooEarly { released_at, next_at, window, occurrence, group, before, before_end_at, allowed_at };
                    // Systems of a group that other windows cover, too, need not say it again.
                    if !found.iter().rev().take(sets.len()).any(|told| told.is_same(&early)) {
                        found.push(early);
                    }
                }
                let reached = early.or_else(|| first_from(self.schedule, set, allowed_at));
                end_at = end_at.max(reached.map(|(_, occurrence)| occurrence.end_at));
            }
            if let Some(end_at) = end_at {
                served_until[index] = end_at;
                before = Some((group, end_at));
            }
        }
    }

    /// The last occurrence of the cycle, where all of them come before `allowed_at`.
    fn too_early_in(
        &self,
        windows: &[u32],
        allowed_at: UtcMinute,
        served_until: UtcMinute,
    ) -> Option<(&'a Arc<WindowSchedule>, &'a Occurrence)> {
        let in_cycle = windows.iter().filter_map(|index| {
            let window = &self.schedule.windows[*index as usize];
            let before_next = window.expansion.occurrences.partition_point(|each| each.start_at < self.next_at);
            let last = window.expansion.occurrences[..before_next].last()?;
            (last.start_at >= self.released_at).then_some((window, last))
        });
        let last = in_cycle.max_by_key(|(_, occurrence)| occurrence.start_at)?;
        (last.1.start_at < allowed_at && last.1.start_at >= served_until).then_some(last)
    }
}
