//! The cycles of all ladders: each release climbing its ladder, when the groups are reached, which were missed and why.
//!
//! A cycle begins at a release and ends when the last group is reached ("100 %"); [`climber`](super::climber) explains
//! how. A group is *missed* if it is not reached within the plan, or only after the next release.

use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::cycle::Cycle;
use crate::schedule::ladders::cycle_walk::CycleWalk;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;
use crate::schedule::time::release;
use crate::schedule::time::rules::Days;

use crate::model::{LadderId, ReleaseId, UtcMinute};

/// The next release after the plan's months is searched for this many days.
const LONGEST_CADENCE: i32 = 800;

/// The cycles of all ladders that have a release calendar and systems, in the order of the ladders' ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycles {
    pub ladders: Vec<LadderCycles>,
}

/// The cycles of one ladder, by release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderCycles {
    pub ladder: LadderId,
    pub cycles: Vec<Cycle>,
}

impl Cycles {
    pub fn derive(schedule: &Schedule) -> Self {
        let freezes = FreezeTimes::all(schedule);
        let of_ladder = |reach: &Reach| LadderCycles {
            ladder: reach.ladder.id.clone(),
            cycles: LadderCycles::derive(schedule, reach, &freezes),
        };
        let ladders = schedule.reaches.iter().map(of_ladder).filter(|ladder| !ladder.cycles.is_empty());
        Self { ladders: ladders.collect() }
    }

    pub fn ladder(&self, id: &LadderId) -> Option<&LadderCycles> {
        self.ladders.iter().find(|ladder| ladder.ladder == *id)
    }
}

impl LadderCycles {
    /// The cycles of one ladder. Empty if it follows no release calendar or has no systems.
    pub fn derive(schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Vec<Cycle> {
        let releases = releases(schedule, reach);
        let (Some(calendar), Some((last, _))) = (&reach.ladder.release, releases.split_last()) else {
            return Vec::new();
        };
        let mut walk = CycleWalk::new(schedule, reach, freezes);
        if walk.is_empty() {
            return Vec::new();
        }
        let after = next_release(schedule, calendar, *last);
        let nexts = releases.iter().skip(1).copied().map(Some).chain([after]);
        releases.iter().zip(nexts).filter_map(|(released_at, next_at)| walk.cycle(*released_at, next_at)).collect()
    }

    /// The cycle of one release of the ladder's calendar.
    pub fn cycle_of(schedule: &Schedule, reach: &Reach, released_at: UtcMinute) -> Option<Cycle> {
        let calendar = reach.ladder.release.as_ref()?;
        let later = releases(schedule, reach).into_iter().find(|at| *at > released_at);
        let next_at = later.or_else(|| next_release(schedule, calendar, released_at));
        CycleWalk::new(schedule, reach, &FreezeTimes::all(schedule)).cycle(released_at, next_at)
    }
}

/// The releases of a ladder's calendar within the plan's months.
pub(in crate::schedule) fn releases(schedule: &Schedule, reach: &Reach) -> Vec<UtcMinute> {
    let of_ladder = schedule.releases.iter().filter(|release| Some(&release.calendar) == reach.ladder.release.as_ref());
    of_ladder.map(|release| release.at).collect()
}

/// The first release after `last`, which is the last one within the plan's months.
pub(in crate::schedule) fn next_release(
    schedule: &Schedule,
    calendar: &ReleaseId,
    last: UtcMinute,
) -> Option<UtcMinute> {
    let on = schedule.plan.horizon().last();
    let days = Days::between(on, on);
    let after = Days { from: days.from - 2, to: days.to.saturating_add(LONGEST_CADENCE) };
    let calendar = schedule.plan.releases().get(calendar)?;
    release::instants(calendar, after).into_iter().find(|at| *at > last)
}
