//! When the climbs of a ladder end, for each day and each release, reused from one version of the plan to the next.
//!
//! A climb depends on the occurrences that start between its beginning and its end. After an edit, only those climbs
//! are calculated again in which something changed in between. A cycle that misses a group is calculated again if
//! anything after its release changed, because the reason may be there.

use std::sync::Arc;

use super::climber::Climber;
use super::cycle::Cycle;
use super::cycle_walk::CycleWalk;
use super::reachability::midnights;
use crate::model::UtcMinute;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::cycles;
use crate::schedule::ladders::reachability::LadderReachability;
use crate::schedule::ladders::span::Span;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;

type End = Option<UtcMinute>;

/// The climbs of a ladder that has systems.
#[derive(Clone, Debug)]
pub struct Climbs {
    days: Vec<UtcMinute>,
    /// When a fix published on each day has reached all groups. None if that is not within the plan. The same for
    /// releases.
    day_ends: Vec<End>,
    releases: Vec<UtcMinute>,
    release_ends: Vec<End>,
    /// When each release would reach all groups if there were no freezes.
    unfrozen: Vec<End>,
    /// The first release after the plan's months.
    release_after: End,
    /// Sorted by release.
    troubled: Vec<Arc<TroubledCycle>>,
}

/// A cycle that misses a group, or would end at another time without the freezes.
#[derive(Debug)]
pub struct TroubledCycle {
    pub cycle: Cycle,
    /// When the last group would be reached if there were no freezes.
    pub unfrozen_at: Option<UtcMinute>,
}

impl Climbs {
    /// None if the ladder has no systems.
    pub fn new(schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Option<Self> {
        let has_systems = reach.groups.iter().any(|sets| !sets.is_empty());
        let releases = cycles::releases(schedule, reach);
        let calendar = reach.ladder.release.as_ref();
        let release_after = || cycles::next_release(schedule, calendar?, *releases.last()?);
        let unknown = Self {
            days: midnights(schedule),
            day_ends: Vec::new(),
            release_ends: vec![None; releases.len()],
            unfrozen: vec![None; releases.len()],
            release_after: release_after(),
            releases,
            troubled: Vec::new(),
        };
        let unknown = Self { day_ends: vec![None; unknown.days.len()], ..unknown };
        has_systems.then(|| unknown.after(schedule, reach, freezes, &[Span::ALWAYS]))
    }

    /// The climbs after an edit that changed nothing but occurrences that start, or started, in one of `changed`. Those
    /// spans are ascending and separate from each other.
    pub fn after(&self, schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>], changed: &[Span]) -> Self {
        let stale_days = indices(&self.days, |index| meets(changed, self.days[index], self.day_ends[index]));
        let stale_releases = indices(&self.releases, |index| {
            meets(changed, self.releases[index], later(self.release_ends[index], self.unfrozen[index]))
        });
        let is_stale = |troubled: &TroubledCycle| meets(changed, troubled.cycle.released_at, troubled.decided_at());
        let mut next = self.clone();
        next.troubled.retain(|troubled| !is_stale(troubled));
        if stale_days.is_empty() && stale_releases.is_empty() && next.troubled.len() == self.troubled.len() {
            return next;
        }
        let stale = Stale { days: stale_days, releases: stale_releases };
        let span = self.span_of(&stale).unwrap_or(Span::ALWAYS);
        let mut climber = Climber::within(span, schedule, reach, freezes);
        next.climb(&climber, &stale);
        // The reason for a missed group may be anywhere, so calculate with the whole plan.
        if span != Span::ALWAYS && !(next.ends_within(span, &stale) && next.are_in_time()) {
            climber = Climber::new(schedule, reach, freezes);
            next.climb(&climber, &stale);
        }
        next.walk(CycleWalk::with_climber(climber, schedule, reach, freezes));
        next
    }

    /// The period of the stale climbs, with some time added. None if one of them did not end within the plan.
    fn span_of(&self, stale: &Stale) -> Option<Span> {
        let start = |first: Option<&usize>, starts: &[UtcMinute]| first.map(|index| starts[*index]);
        let starts = [start(stale.days.first(), &self.days), start(stale.releases.first(), &self.releases)];
        let mut end_at = UtcMinute(i32::MIN);
        for index in &stale.days {
            end_at = end_at.max(self.day_ends[*index]?);
        }
        for index in &stale.releases {
            end_at = end_at.max(later(self.release_ends[*index], self.unfrozen[*index])?);
        }
        Some(Span { start_at: starts.into_iter().flatten().min()?, end_at: end_at.plus(DELAY) })
    }

    fn ends_within(&self, span: Span, stale: &Stale) -> bool {
        let days = stale.days.iter().map(|index| self.day_ends[*index]);
        let releases = stale.releases.iter().map(|index| later(self.release_ends[*index], self.unfrozen[*index]));
        days.chain(releases).all(|end_at| end_at.is_some_and(|end_at| end_at <= span.end_at))
    }

    /// Whether all releases without a known troubled cycle reach the last group before the next release.
    fn are_in_time(&self) -> bool {
        let is_known = |at: UtcMinute| self.troubled.iter().any(|troubled| troubled.cycle.released_at == at);
        let mut indices = 0..self.releases.len();
        indices.all(|index| self.is_in_time(index) || is_known(self.releases[index]))
    }

    fn next_at(&self, index: usize) -> End {
        self.releases.get(index + 1).copied().or(self.release_after)
    }

    fn is_in_time(&self, index: usize) -> bool {
        let is_before_next = |end_at| self.next_at(index).is_none_or(|next_at| end_at <= next_at);
        self.release_ends[index].is_some_and(is_before_next)
    }

    /// Calculates the climbs from the days and releases at these indices.
    fn climb(&mut self, climber: &Climber<'_>, Stale { days, releases }: &Stale) {
        let from_days = days.iter().map(|index| self.days[*index]);
        let from_releases: Vec<UtcMinute> = releases.iter().map(|index| self.releases[*index]).collect();
        let climb_starts: Vec<UtcMinute> = from_days.chain(from_releases.iter().copied()).collect();
        let mut ends = climber.ends_of(&climb_starts).into_iter();
        for (index, end_at) in days.iter().zip(&mut ends) {
            self.day_ends[*index] = end_at;
        }
        let ends: Vec<End> = ends.collect();
        let unfrozen = unfrozen(climber, &from_releases, &ends);
        for ((index, end_at), unfrozen_at) in releases.iter().zip(ends).zip(unfrozen) {
            (self.release_ends[*index], self.unfrozen[*index]) = (end_at, unfrozen_at);
        }
    }

    /// Calculates the troubled cycles that are not known.
    fn walk(&mut self, mut walk: CycleWalk<'_>) {
        let mut known = std::mem::take(&mut self.troubled).into_iter().peekable();
        for (index, released_at) in self.releases.iter().copied().enumerate() {
            let unfrozen_at = self.unfrozen[index];
            let known = known.next_if(|troubled| troubled.cycle.released_at == released_at);
            if self.is_in_time(index) && self.release_ends[index] == unfrozen_at {
                continue;
            }
            let troubled = known.or_else(|| {
                let cycle = walk.cycle(released_at, self.next_at(index))?;
                Some(Arc::new(TroubledCycle { cycle, unfrozen_at }))
            });
            self.troubled.extend(troubled);
        }
    }

    /// The cycles that miss a group, or would end at another time without the freezes. Checks need only these, and they
    /// cost a fraction of all cycles.
    pub fn troubled(&self) -> &[Arc<TroubledCycle>] {
        &self.troubled
    }

    pub fn reachability(&self, schedule: &Schedule, reach: &Reach) -> LadderReachability {
        LadderReachability::from_climbs(schedule, reach, self.days.clone(), self.day_ends.clone())
    }
}

impl TroubledCycle {
    /// The time after which nothing affects this cycle. None if there is no such time.
    fn decided_at(&self) -> End {
        if self.cycle.missed.is_some() { None } else { later(self.cycle.reached_at(), self.unfrozen_at) }
    }
}

/// The indices of the days and releases whose climbs must be calculated again.
struct Stale {
    days: Vec<usize>,
    releases: Vec<usize>,
}

/// An edit rarely delays the end of a climb by more than this. If it does, the climbs are calculated again. In
/// minutes.
const DELAY: i32 = 40 * 24 * 60;

/// The later of two ends. None counts as later than any.
fn later(a: End, b: End) -> End {
    Some(a?.max(b?))
}

/// Whether a climb from `from` to `to` overlaps one of these spans.
fn meets(changed: &[Span], from: UtcMinute, to: End) -> bool {
    let next = changed.get(changed.partition_point(|span| span.end_at < from));
    next.is_some_and(|span| to.is_none_or(|to| span.start_at <= to))
}

fn indices(starts: &[UtcMinute], is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..starts.len()).filter(|index| is_wanted(*index)).collect()
}

/// When these climbs would end without any freeze. That can only differ for a climb that passes an occurrence blocked
/// by a freeze.
fn unfrozen(climber: &Climber<'_>, starts: &[UtcMinute], ends: &[End]) -> Vec<End> {
    if starts.is_empty() {
        return Vec::new();
    }
    let frozen = climber.frozen_starts();
    let passes_one = |(start_at, end_at): (&UtcMinute, &End)| {
        let next = frozen.get(frozen.partition_point(|frozen| frozen < start_at));
        next.is_some_and(|next| end_at.is_none_or(|end_at| *next < end_at))
    };
    let passing: Vec<bool> = starts.iter().zip(ends).map(passes_one).collect();
    let climb_starts: Vec<UtcMinute> =
        starts.iter().zip(&passing).filter_map(|(at, passes)| passes.then_some(*at)).collect();
    let lifted = if climb_starts.is_empty() { Vec::new() } else { climber.unfrozen().ends_of(&climb_starts) };
    let mut lifted = lifted.into_iter();
    let end_at = |(end_at, passes): (&End, bool)| if passes { lifted.next().flatten() } else { *end_at };
    ends.iter().zip(passing).map(end_at).collect()
}
