//! The order of groups within a cycle, for R001 and R002.
//!
//! In the cycle of a release a group may be patched by several windows. It is in order when one of its occurrences
//! before the next release starts no earlier than the end of the previous group plus that group's soak time. Where none
//! does, its last occurrence in the cycle is the one that comes too early.

use std::collections::HashSet;
use std::sync::Arc;

use crate::checks::Context;
use crate::model::{DeploymentGroup, UtcMinute};
use crate::schedule::reach_index::{Seeker, first_of};
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
    /// Whether the group before it has not even been patched by then.
    pub fn is_out_of_order(&self) -> bool {
        self.occurrence.start_at < self.before_end_at
    }
}

/// One ladder with the windows that reach it, and its cycles: what rules about ladders look at.
pub struct LadderOrder<'a> {
    pub reach: &'a Reach,
    pub too_early: Vec<TooEarly<'a>>,
}

impl<'a> LadderOrder<'a> {
    pub fn new(cx: &Context<'a>, reach: &'a Reach) -> Self {
        let schedule = cx.schedule;
        let mut walk = Walk::new(schedule, reach);
        let mut releases = schedule
            .releases
            .iter()
            .filter(|release| Some(&release.calendar) == reach.ladder.release.as_ref())
            .map(|release| release.at)
            .peekable();
        while let Some(released_at) = releases.next() {
            walk.cycle(released_at, releases.peek().copied().unwrap_or(UtcMinute(i32::MAX)));
        }
        Self { reach, too_early: walk.found }
    }
}

/// Goes up a ladder cycle by cycle.
struct Walk<'a> {
    schedule: &'a Schedule,
    groups: Vec<Rung<'a>>,
    found: Vec<TooEarly<'a>>,
}

/// A group with systems.
struct Rung<'a> {
    group: &'a DeploymentGroup,
    sets: Vec<Set<'a>>,
}

/// Systems of a group that share the same windows.
struct Set<'a> {
    windows: Vec<Seeker<'a>>,
    /// What they needed last belongs to the cycle before, also where that reaches into the next one.
    served_until: UtcMinute,
}

impl<'a> Walk<'a> {
    fn new(schedule: &'a Schedule, reach: &'a Reach) -> Self {
        let set = |windows: &Vec<u32>| Set {
            windows: windows.iter().map(|index| Seeker::new(&schedule.windows[*index as usize])).collect(),
            served_until: UtcMinute(i32::MIN),
        };
        let reached = reach.ladder.groups.iter().zip(reach.groups.iter()).filter(|(_, sets)| !sets.is_empty());
        let groups = reached.map(|(group, sets)| Rung { group, sets: sets.iter().map(set).collect() });
        Self { schedule, groups: groups.collect(), found: Vec::new() }
    }

    /// The cycle of the release at `released_at`; the next one is at `next_at`.
    fn cycle(&mut self, released_at: UtcMinute, next_at: UtcMinute) {
        let mut before: Option<(&DeploymentGroup, UtcMinute)> = None;
        for Rung { group, sets } in &mut self.groups {
            let allowed_at = before
                .map_or(released_at, |(group, end_at)| end_at.plus(self.schedule.plan.soak_after(group).signed()));
            // Systems of a group that other windows cover, too, need not say it again.
            let mut told = HashSet::new();
            let mut group_end_at = None;
            for Set { windows, served_until } in sets {
                let last = last_of_cycle(windows, released_at, next_at);
                let early = last.filter(|(_, last)| last.start_at < allowed_at && last.start_at >= *served_until);
                if let (Some((window, occurrence)), Some((before, before_end_at))) = (early, before)
                    && told.insert(std::ptr::from_ref(occurrence))
                {
                    let early =
                        TooEarly { released_at, next_at, window, occurrence, group, before, before_end_at, allowed_at };
                    self.found.push(early);
                }
                let reached = early.or_else(|| first_of(windows, allowed_at)).map(|(_, reached)| reached.end_at);
                *served_until = reached.unwrap_or(*served_until);
                group_end_at = group_end_at.max(reached);
            }
            if let Some(end_at) = group_end_at {
                before = Some((group, end_at));
            }
        }
    }
}

/// The last occurrence of a cycle.
fn last_of_cycle<'a>(
    windows: &mut [Seeker<'a>],
    released_at: UtcMinute,
    next_at: UtcMinute,
) -> Option<(&'a Arc<WindowSchedule>, &'a Occurrence)> {
    let last = windows.iter_mut().filter_map(|seeker| Some((seeker.window(), seeker.last_before(next_at)?)));
    last.filter(|(_, last)| last.start_at >= released_at).max_by_key(|(_, last)| last.start_at)
}
