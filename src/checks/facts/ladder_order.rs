//! The order of groups within a cycle, for R001 and R002.
//!
//! In the cycle of a release a group may be patched by several windows. It is in order if one of its occurrences before
//! the next release starts no earlier than the end of the previous group plus that group's soak time. If none does, its
//! last occurrence in the cycle comes too early. If that one belongs to an Emergency window and the policy has an
//! emergency lane, it need only wait as the lane says.

use std::collections::HashSet;
use std::sync::Arc;

use crate::checks::Context;
use crate::model::{DeploymentGroup, Minutes, UtcMinute, WindowKind};
use crate::schedule::reach_index::{OccurrenceCursor, first_of};
use crate::schedule::{Occurrence, Reach, Schedule, WindowOccurrence, WindowSchedule};

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
    /// When the group before it finishes.
    pub before_end_at: UtcMinute,
    /// When the soak time after it is over.
    pub allowed_at: UtcMinute,
    /// That soak time: the emergency lane's for Emergency windows.
    pub soak: Minutes,
}

impl TooEarly<'_> {
    /// Whether it starts even before the previous group has finished.
    pub fn is_out_of_order(&self) -> bool {
        self.occurrence.start_at < self.before_end_at
    }
}

/// One ladder with the windows that reach it, and the occurrences that come too early in its cycles.
pub struct LadderOrder<'a> {
    pub reach: &'a Reach,
    pub too_early: Vec<TooEarly<'a>>,
}

impl<'a> LadderOrder<'a> {
    pub fn new(cx: &Context<'a>, reach: &'a Reach) -> Self {
        let schedule = cx.schedule;
        let mut walk = OrderWalk::new(schedule, reach);
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

/// Follows a ladder cycle by cycle.
struct OrderWalk<'a> {
    schedule: &'a Schedule,
    groups: Vec<GroupWindows<'a>>,
    found: Vec<TooEarly<'a>>,
}

/// A group that has systems.
struct GroupWindows<'a> {
    group: &'a DeploymentGroup,
    sets: Vec<SystemSet<'a>>,
}

/// Systems of a group that the same windows cover.
struct SystemSet<'a> {
    windows: Vec<OccurrenceCursor<'a>>,
    /// Until when occurrences belong to an earlier cycle, even if they come after the next release.
    served_until: UtcMinute,
}

/// The group that another one waits for.
#[derive(Clone, Copy)]
struct Before<'a> {
    group: &'a DeploymentGroup,
    end_at: UtcMinute,
    soak: Minutes,
}

impl Before<'_> {
    fn allowed_at(self) -> UtcMinute {
        self.end_at.plus(self.soak.signed())
    }
}

impl<'a> OrderWalk<'a> {
    fn new(schedule: &'a Schedule, reach: &'a Reach) -> Self {
        let set = |windows: &Vec<u32>| SystemSet {
            windows: windows.iter().map(|index| OccurrenceCursor::new(&schedule.windows[*index as usize])).collect(),
            served_until: UtcMinute(i32::MIN),
        };
        let reached = reach.ladder.groups.iter().zip(reach.groups.iter()).filter(|(_, sets)| !sets.is_empty());
        let groups = reached.map(|(group, sets)| GroupWindows { group, sets: sets.iter().map(set).collect() });
        Self { schedule, groups: groups.collect(), found: Vec::new() }
    }

    /// Checks the cycle of the release at `released_at`. The next release is at `next_at`.
    fn cycle(&mut self, released_at: UtcMinute, next_at: UtcMinute) {
        let plan = &*self.schedule.plan;
        let lane = plan.policy().emergency.as_ref();
        let (mut before, mut before_in_lane): (Option<Before<'a>>, Option<Before<'a>>) = (None, None);
        for GroupWindows { group, sets } in &mut self.groups {
            let allowed_at = before.map_or(released_at, Before::allowed_at);
            // An occurrence that covers several sets of the group is reported once.
            let mut reported = HashSet::new();
            let mut group_end_at = None;
            for SystemSet { windows, served_until } in sets {
                let last = last_of_cycle(windows, released_at, next_at);
                let last = last.filter(|(_, last)| last.start_at < allowed_at && last.start_at >= *served_until);
                // In an emergency, a group waits for fewer groups, and not as long.
                let is_emergency = last.is_some_and(|(each, _)| each.window.kind == WindowKind::Emergency);
                let before = if lane.is_some() && is_emergency { before_in_lane } else { before };
                let allowed_for_it_at = before.map_or(released_at, Before::allowed_at);
                let early = last.filter(|(_, last)| last.start_at < allowed_for_it_at);
                if let (Some((window, occurrence)), Some(before)) = (early, before)
                    && reported.insert(std::ptr::from_ref(occurrence))
                {
                    self.found.push(TooEarly {
                        released_at,
                        next_at,
                        window,
                        occurrence,
                        group,
                        before: before.group,
                        before_end_at: before.end_at,
                        allowed_at: allowed_for_it_at,
                        soak: before.soak,
                    });
                }
                let reached = last.or_else(|| first_of(windows, allowed_at)).map(|(_, reached)| reached.end_at);
                *served_until = reached.unwrap_or(*served_until);
                group_end_at = group_end_at.max(reached);
            }
            if let Some(end_at) = group_end_at {
                before = Some(Before { group, end_at, soak: plan.soak_after(group) });
                if let Some(lane) = lane.filter(|lane| lane.waits_for(group)) {
                    before_in_lane = Some(Before { group, end_at, soak: lane.soak });
                }
            }
        }
    }
}

/// The last occurrence of a cycle.
fn last_of_cycle<'a>(
    windows: &mut [OccurrenceCursor<'a>],
    released_at: UtcMinute,
    next_at: UtcMinute,
) -> Option<WindowOccurrence<'a>> {
    let last = windows.iter_mut().filter_map(|seeker| Some((seeker.window(), seeker.last_before(next_at)?)));
    last.filter(|(_, last)| last.start_at >= released_at).max_by_key(|(_, last)| last.start_at)
}
