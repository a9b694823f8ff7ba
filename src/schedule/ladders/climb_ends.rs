//! When the climbs of one ladder end, from each day and each release, kept from one plan to the next.
//!
//! A climb is decided by the occurrences that start between its beginning and its end. So after an edit only those are
//! climbed anew in which something changed between the two; a cycle in which a group is missed is walked anew when
//! anything behind its release changed, since there its reason may lie.

use std::sync::Arc;

use super::climber::Climber;
use super::cycle::Cycle;
use super::cycle_walk::Walk;
use super::reachability::midnights;
use crate::model::UtcMinute;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::cycles;
use crate::schedule::ladders::reachability::LadderReachability;
use crate::schedule::ladders::span::Span;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;

type End = Option<UtcMinute>;

/// The climbs of one ladder that has systems.
#[derive(Clone, Debug)]
pub struct Climbs {
    days: Vec<UtcMinute>,
    /// When a fix published on each day is through; none where that is not inside the plan. The same for releases.
    day_ends: Vec<End>,
    releases: Vec<UtcMinute>,
    release_ends: Vec<End>,
    /// When each release would be through without any freeze.
    unfrozen: Vec<End>,
    /// The first release behind the plan's months.
    release_after: End,
    /// Sorted by release.
    troubled: Vec<Arc<TroubledCycle>>,
}

/// A cycle in which a group is missed, or which would end at another time without the freezes.
#[derive(Debug)]
pub struct TroubledCycle {
    pub cycle: Cycle,
    /// When the last group would be through without any freeze.
    pub unfrozen_at: Option<UtcMinute>,
}

impl Climbs {
    /// None where the ladder has no systems.
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

    /// The climbs after an edit that left everything as it was but for occurrences that start, or started, in one of
    /// `changed`; those are ascending and apart from each other.
    pub fn after(&self, schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>], changed: &[Span]) -> Self {
        let stale_days = places(&self.days, |place| meets(changed, self.days[place], self.day_ends[place]));
        let stale_releases = places(&self.releases, |place| {
            meets(changed, self.releases[place], later(self.release_ends[place], self.unfrozen[place]))
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
        // What is missed is missed for reasons that may lie anywhere.
        if span != Span::ALWAYS && !(next.ends_within(span, &stale) && next.are_in_time()) {
            climber = Climber::new(schedule, reach, freezes);
            next.climb(&climber, &stale);
        }
        next.walk(Walk::with(climber, schedule, reach, freezes));
        next
    }

    /// The time in which those climbs took place, and somewhat longer; none where they were not all inside the plan.
    fn span_of(&self, stale: &Stale) -> Option<Span> {
        let start = |first: Option<&usize>, starts: &[UtcMinute]| first.map(|place| starts[*place]);
        let starts = [start(stale.days.first(), &self.days), start(stale.releases.first(), &self.releases)];
        let mut end_at = UtcMinute(i32::MIN);
        for place in &stale.days {
            end_at = end_at.max(self.day_ends[*place]?);
        }
        for place in &stale.releases {
            end_at = end_at.max(later(self.release_ends[*place], self.unfrozen[*place])?);
        }
        Some(Span { start_at: starts.into_iter().flatten().min()?, end_at: end_at.plus(DELAY) })
    }

    fn ends_within(&self, span: Span, stale: &Stale) -> bool {
        let days = stale.days.iter().map(|place| self.day_ends[*place]);
        let releases = stale.releases.iter().map(|place| later(self.release_ends[*place], self.unfrozen[*place]));
        days.chain(releases).all(|end_at| end_at.is_some_and(|end_at| end_at <= span.end_at))
    }

    /// Whether all releases whose cycles are not known are through before the next one.
    fn are_in_time(&self) -> bool {
        let is_known = |at: UtcMinute| self.troubled.iter().any(|troubled| troubled.cycle.released_at == at);
        let mut places = 0..self.releases.len();
        places.all(|place| self.is_in_time(place) || is_known(self.releases[place]))
    }

    fn next_at(&self, place: usize) -> End {
        self.releases.get(place + 1).copied().or(self.release_after)
    }

    fn is_in_time(&self, place: usize) -> bool {
        let is_before_next = |end_at| self.next_at(place).is_none_or(|next_at| end_at <= next_at);
        self.release_ends[place].is_some_and(is_before_next)
    }

    /// Climbs anew from the days and the releases at those places.
    fn climb(&mut self, climber: &Climber<'_>, Stale { days, releases }: &Stale) {
        let from_days = days.iter().map(|place| self.days[*place]);
        let from_releases: Vec<UtcMinute> = releases.iter().map(|place| self.releases[*place]).collect();
        let asked: Vec<UtcMinute> = from_days.chain(from_releases.iter().copied()).collect();
        let mut ends = climber.ends_of(&asked).into_iter();
        for (place, end_at) in days.iter().zip(&mut ends) {
            self.day_ends[*place] = end_at;
        }
        let ends: Vec<End> = ends.collect();
        let unfrozen = unfrozen(climber, &from_releases, &ends);
        for ((place, end_at), unfrozen_at) in releases.iter().zip(ends).zip(unfrozen) {
            (self.release_ends[*place], self.unfrozen[*place]) = (end_at, unfrozen_at);
        }
    }

    /// Walks those cycles that are troubled and not known.
    fn walk(&mut self, mut walk: Walk<'_>) {
        let mut known = std::mem::take(&mut self.troubled).into_iter().peekable();
        for (place, released_at) in self.releases.iter().copied().enumerate() {
            let unfrozen_at = self.unfrozen[place];
            let known = known.next_if(|troubled| troubled.cycle.released_at == released_at);
            if self.is_in_time(place) && self.release_ends[place] == unfrozen_at {
                continue;
            }
            let troubled = known.or_else(|| {
                let cycle = walk.cycle(released_at, self.next_at(place))?;
                Some(Arc::new(TroubledCycle { cycle, unfrozen_at }))
            });
            self.troubled.extend(troubled);
        }
    }

    /// Only the cycles in which a group is missed, or which would end at another time without the freezes. What rules
    /// ask for, at a fraction of the cost of all.
    pub fn troubled(&self) -> &[Arc<TroubledCycle>] {
        &self.troubled
    }

    pub fn reachability(&self, schedule: &Schedule, reach: &Reach) -> LadderReachability {
        LadderReachability::with(schedule, reach, self.days.clone(), self.day_ends.clone())
    }
}

impl TroubledCycle {
    /// Up to when what takes place has a say in it; none where that has no end.
    fn decided_at(&self) -> End {
        if self.cycle.missed.is_some() { None } else { later(self.cycle.reached_at(), self.unfrozen_at) }
    }
}

/// The places of the days and the releases from which it is climbed anew.
struct Stale {
    days: Vec<usize>,
    releases: Vec<usize>,
}

/// By so much an edit rarely puts off the end of a climb. Where it does, the climbs are made once more. Minutes.
const DELAY: i32 = 40 * 24 * 60;

/// The later of two ends; none is later than any.
fn later(a: End, b: End) -> End {
    Some(a?.max(b?))
}

/// Whether a climb from `from` to `to` meets one of those spans.
fn meets(changed: &[Span], from: UtcMinute, to: End) -> bool {
    let next = changed.get(changed.partition_point(|span| span.end_at < from));
    next.is_some_and(|span| to.is_none_or(|to| span.start_at <= to))
}

fn places(starts: &[UtcMinute], is_asked: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..starts.len()).filter(|place| is_asked(*place)).collect()
}

/// When those climbs would end without any freeze. Only one that passes by an occurrence which a freeze takes away can
/// end at another time.
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
    let asked: Vec<UtcMinute> = starts.iter().zip(&passing).filter_map(|(at, passes)| passes.then_some(*at)).collect();
    let lifted = if asked.is_empty() { Vec::new() } else { climber.unfrozen().ends_of(&asked) };
    let mut lifted = lifted.into_iter();
    let end_at = |(end_at, passes): (&End, bool)| if passes { lifted.next().flatten() } else { *end_at };
    ends.iter().zip(passing).map(end_at).collect()
}
