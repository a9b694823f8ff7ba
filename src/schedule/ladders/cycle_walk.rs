//! Climbs a ladder release by release, and finds out why a group is missed.

use crate::model::{FreezeId, SystemId, UtcMinute};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::climber::Climber;
use crate::schedule::ladders::cycle::{Cycle, CycleStep, MissReason, MissedGroup, OccurrenceKey};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;
use crate::schedule::window_schedule::WindowOccurrence;

/// Climbs one ladder, release by release.
pub struct CycleWalk<'a> {
    schedule: &'a Schedule,
    reach: &'a Reach,
    freezes: &'a [FreezeTimes<'a>],
    climber: Climber<'a>,
    /// A climber without freezes, created when it is first needed.
    unfrozen: Option<Climber<'a>>,
    ends_at: UtcMinute,
}

/// What must be known to find out why a group is missed.
struct MissedGroupQuery<'c> {
    rung: usize,
    released_at: UtcMinute,
    allowed_at: UtcMinute,
    /// The time by which the group should be reached.
    until: UtcMinute,
    before: Option<&'c CycleStep>,
    /// The first freeze that displaced a group before it.
    displaced_by: Option<&'c FreezeId>,
    is_open: bool,
}

impl<'a> CycleWalk<'a> {
    pub fn new(schedule: &'a Schedule, reach: &'a Reach, freezes: &'a [FreezeTimes<'a>]) -> Self {
        Self::with_climber(Climber::new(schedule, reach, freezes), schedule, reach, freezes)
    }

    /// Uses an existing climber of the ladder.
    pub fn with_climber(
        climber: Climber<'a>,
        schedule: &'a Schedule,
        reach: &'a Reach,
        freezes: &'a [FreezeTimes<'a>],
    ) -> Self {
        Self { schedule, reach, freezes, climber, unfrozen: None, ends_at: schedule.ends_at() }
    }

    /// Calculates the cycle of a release. None if the ladder follows no release calendar.
    pub fn cycle(&mut self, released_at: UtcMinute, next_at: Option<UtcMinute>) -> Option<Cycle> {
        let release = self.reach.ladder.release.clone()?;
        let mut steps: Vec<CycleStep> = Vec::new();
        let (mut missed, mut unreached) = (None, None);
        let mut allowed_at = released_at;
        let until = next_at.unwrap_or(UtcMinute(i32::MAX));
        for rung in 0..self.climber.rungs.len() {
            let step = self.step(rung, allowed_at);
            let is_late = step.as_ref().is_some_and(|step| step.end_at > until);
            if step.is_none() || (missed.is_none() && is_late) {
                let displaced_by = steps.iter().find_map(|step| step.displaced_by.as_ref());
                let before = steps.last();
                let is_open = until > self.ends_at;
                // After a late group, any window of the plan would count as reaching this one.
                let until = if missed.is_none() { until } else { UtcMinute(i32::MAX) };
                let question = MissedGroupQuery { rung, released_at, allowed_at, until, before, displaced_by, is_open };
                let found = self.missed(&question);
                unreached = step.is_none().then(|| found.clone());
                missed = missed.or(Some(found));
            }
            let Some(step) = step else { break };
            allowed_at = step.end_at.plus(step.soak.signed());
            steps.push(step);
        }
        let is_complete = steps.len() == self.climber.rungs.len();
        let is_uncovered = self.climber.rungs.iter().any(|rung| rung.sets.iter().any(Vec::is_empty));
        Some(Cycle { release, released_at, next_at, steps, missed, unreached, is_uncovered, is_complete })
    }

    fn step(&mut self, rung: usize, allowed_at: UtcMinute) -> Option<CycleStep> {
        let mut needed: Vec<WindowOccurrence<'a>> = Vec::new();
        let mut frozen: Option<(UtcMinute, usize)> = None;
        for set in 0..self.climber.rungs[rung].sets.len() {
            let found = self.climber.first(rung, set, allowed_at)?;
            let displaced = self.first_frozen(rung, set, allowed_at).filter(|(at, ..)| *at < found.1.start_at);
            frozen = frozen.into_iter().chain(displaced.map(|(at, freeze, _)| (at, freeze))).min();
            needed.push(found);
        }
        // Several sets may need the same occurrence, and others may start at the same time.
        needed.sort_by_key(|(_, occurrence)| (occurrence.start_at, std::ptr::from_ref(*occurrence)));
        needed.dedup_by_key(|(_, occurrence)| std::ptr::from_ref(*occurrence));
        needed.sort_by(|(a_window, a), (b_window, b)| {
            a.start_at.cmp(&b.start_at).then_with(|| a_window.id().cmp(b_window.id()))
        });
        let last = needed.iter().max_by_key(|(_, occurrence)| occurrence.end_at)?;
        let group = self.climber.rungs[rung].group;
        Some(CycleStep {
            group,
            allowed_at,
            start_at: needed.first()?.1.start_at,
            end_at: last.1.end_at,
            soak: self.schedule.plan.soak_after(&self.reach.ladder.groups[group]),
            ended_by: OccurrenceKey::new(*last),
            occurrences: needed.iter().map(|stand| OccurrenceKey::new(*stand)).collect(),
            displaced_by: frozen.map(|(_, freeze)| self.freezes[freeze].freeze.id.clone()),
        })
    }

    /// The first occurrence from `at` on that a freeze blocks for this set of systems: its start, the freeze, and the
    /// occurrence.
    fn first_frozen(&self, rung: usize, set: usize, at: UtcMinute) -> Option<(UtcMinute, usize, WindowOccurrence<'a>)> {
        let windows = self.climber.rungs[rung].sets[set].iter().map(|index| self.climber.window(*index));
        let frozen = windows.filter_map(|window| window.first_frozen(at).map(|found| (window.window(), found)));
        frozen
            .map(|(window, (occurrence, freeze))| (occurrence.start_at, freeze, (window, occurrence)))
            .min_by_key(|(at, freeze, _)| (*at, *freeze))
    }

    fn missed(&mut self, question: &MissedGroupQuery<'_>) -> MissedGroup {
        let (why, occurrence) = self.why(question);
        let occurrence = occurrence.map(OccurrenceKey::new);
        MissedGroup { group: self.climber.rungs[question.rung].group, why, occurrence, is_open: question.is_open }
    }

    fn why(&mut self, question: &MissedGroupQuery<'_>) -> (MissReason, Option<WindowOccurrence<'a>>) {
        let &MissedGroupQuery { rung, released_at, allowed_at, until, .. } = question;
        let set = self.latest_set(rung, allowed_at);
        if self.climber.rungs[rung].sets[set].is_empty() {
            return (MissReason::NoWindow(self.system(rung, set)), None);
        }
        if let Some((_, freeze, stand)) = self.first_frozen(rung, set, allowed_at)
            && stand.1.end_at <= until
        {
            return (MissReason::Freeze(self.freezes[freeze].freeze.id.clone()), Some(stand));
        }
        if let Some(stand) = self.first_skipped(rung, set, allowed_at)
            && stand.1.end_at <= until
        {
            return (MissReason::Skipped, Some(stand));
        }
        if let Some(freeze) = question.displaced_by
            && self.is_in_time_without_freezes(rung, released_at, until)
        {
            return (MissReason::Freeze(freeze.clone()), None);
        }
        if question.is_open {
            return (MissReason::AfterHorizon, None);
        }
        let early = self.climber.last_before(rung, set, allowed_at).filter(|(_, early)| early.start_at >= released_at);
        match (question.before, early) {
            (Some(before), Some((window, early))) if early.start_at < before.end_at && allowed_at <= until => {
                (MissReason::Order, Some((window, early)))
            }
            (Some(_), early) if early.is_some() || allowed_at > until => (MissReason::Soak, early),
            _ => (MissReason::NoOccurrence(self.system(rung, set)), None),
        }
    }

    /// Whether the ladder has no systems at all.
    pub fn is_empty(&self) -> bool {
        self.climber.rungs.is_empty()
    }

    /// The systems of the group that are reached last, or not at all.
    fn latest_set(&mut self, rung: usize, at: UtcMinute) -> usize {
        let sets = 0..self.climber.rungs[rung].sets.len();
        let end_at = |set| self.climber.first(rung, set, at).map_or(i32::MAX, |(_, found)| found.end_at.0);
        let ends: Vec<i32> = sets.map(end_at).collect();
        let last = ends.iter().max().copied().unwrap_or_default();
        ends.iter().position(|end| *end == last).unwrap_or_default()
    }

    /// The first system that exactly these windows cover.
    fn system(&self, rung: usize, set: usize) -> SystemId {
        let group = self.climber.rungs[rung].group;
        let windows = &self.reach.groups[group][set];
        let positions = &self.reach.systems[group];
        let has_these_windows =
            |position: &&u32| self.schedule.covering.windows_covering(**position as usize) == windows.as_slice();
        let position = positions.iter().find(has_these_windows).copied().unwrap_or_default();
        self.schedule
            .plan
            .systems()
            .as_slice()
            .get(position as usize)
            .map(|system| system.id.clone())
            .unwrap_or_default()
    }

    fn first_skipped(&self, rung: usize, set: usize, at: UtcMinute) -> Option<WindowOccurrence<'a>> {
        let windows = self.climber.rungs[rung].sets[set].iter().map(|index| self.climber.window(*index));
        let skipped = windows.filter_map(|window| window.first_skipped(at).map(|skipped| (window.window(), skipped)));
        skipped.min_by_key(|(_, skipped)| skipped.start_at)
    }

    /// Whether the group would be reached by `until` if there were no freezes.
    fn is_in_time_without_freezes(&mut self, rung: usize, released_at: UtcMinute, until: UtcMinute) -> bool {
        let unfrozen = self.unfrozen.get_or_insert_with(|| Climber::new(self.schedule, self.reach, &[]));
        unfrozen.end_of_first(rung + 1, released_at).is_some_and(|end_at| end_at <= until)
    }
}

impl OccurrenceKey {
    fn new((window, occurrence): WindowOccurrence<'_>) -> Self {
        Self { window: window.id().clone(), on: occurrence.original_on() }
    }
}
