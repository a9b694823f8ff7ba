//! Derives the schedule of a plan, reusing the parts of the previous one that cannot have changed.

use std::sync::{Arc, OnceLock};

use crate::model::{MaintenanceWindow, Plan};
use crate::parallel;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::{Covering, Reach};
use crate::schedule::reuse::Reuse;
use crate::schedule::rota::Rota;
use crate::schedule::scope::{self, Groups, Positions};
use crate::schedule::time::capacity::Capacity;
use crate::schedule::time::release::{self, Release};
use crate::schedule::time::rules;
use crate::schedule::time::zone::Zone;
use crate::schedule::window_schedule::WindowSchedule;

impl Schedule {
    /// Derives the schedule of `plan`, reusing the parts of `previous` that cannot have changed.
    pub fn derive(plan: &Arc<Plan>, previous: Option<&Self>) -> Self {
        let capacity = Capacity::new(plan);
        let reuse = previous.map(|previous| Reuse::new(previous, plan, &capacity));
        let reuse = reuse.as_ref();
        let positions: Vec<_> = plan
            .ladders()
            .iter()
            .map(|ladder| match reuse.and_then(|reuse| reuse.reach(ladder)) {
                Some(reach) => Arc::clone(&reach.systems),
                None => scope::positions(ladder, plan.systems()),
            })
            .collect();
        let windows = window_schedules(plan, &capacity, &positions, reuse);
        let (covering, reaches) = coverage(plan, &windows, positions, reuse);
        let outlooks = previous.map_or_else(Arc::default, |previous| previous.outlooks.retained(plan, &windows));
        let zone = Zone::for_plan(plan);
        let old_rota = previous.map(|previous| (&previous.rota, &previous.windows[..]));
        let rota = Rota::derive(plan, &windows, &zone, old_rota);
        Self {
            plan: Arc::clone(plan),
            windows,
            releases: reuse.and_then(Reuse::releases).unwrap_or_else(|| Arc::new(releases(plan))),
            zone,
            covering,
            reaches,
            outlooks,
            rota,
        }
    }
}

fn window_schedules(
    plan: &Plan,
    capacity: &Capacity,
    positions: &[Positions],
    reuse: Option<&Reuse<'_>>,
) -> Vec<Arc<WindowSchedule>> {
    let groups = OnceLock::new();
    let groups = || groups.get_or_init(|| Groups::new(plan, positions));
    let windows = plan.windows().as_slice();
    let before = reuse.map(|reuse| previous_schedules(windows, &reuse.previous.windows));
    parallel::map_indices(windows.len(), |index| {
        let window = &windows[index];
        match before.as_ref().and_then(|before| before[index]).zip(reuse) {
            Some((before, reuse)) => reuse.window_schedule(before, window, groups),
            None => Arc::new(WindowSchedule::new(
                Arc::clone(window),
                capacity.expansion(window, plan),
                Arc::new(groups().scope(window, plan)),
            )),
        }
    })
}

/// The previous schedule of each window, if it had one. Both lists are sorted by id.
fn previous_schedules<'a>(
    windows: &[Arc<MaintenanceWindow>],
    old: &'a [Arc<WindowSchedule>],
) -> Vec<Option<&'a Arc<WindowSchedule>>> {
    let mut old = old.iter().peekable();
    let find = |window: &Arc<MaintenanceWindow>| {
        let is_same = |each: &&Arc<WindowSchedule>| Arc::ptr_eq(&each.window, window) || each.window.id == window.id;
        old.next_if(is_same).or_else(|| {
            while old.next_if(|each| each.window.id < window.id).is_some() {}
            old.next_if(is_same)
        })
    };
    windows.iter().map(find).collect()
}

/// Calculates which windows cover which system, and which reach which ladder.
fn coverage(
    plan: &Plan,
    windows: &[Arc<WindowSchedule>],
    positions: Vec<Positions>,
    reuse: Option<&Reuse<'_>>,
) -> (Arc<Covering>, Arc<Vec<Reach>>) {
    let kept = reuse.filter(|reuse| reuse.keeps_covering(windows));
    if let Some(reuse) = kept.filter(|reuse| reuse.same_ladders) {
        return (Arc::clone(&reuse.previous.covering), Arc::clone(&reuse.previous.reaches));
    }
    let covering = match kept {
        Some(reuse) => Arc::clone(&reuse.previous.covering),
        None => Arc::new(Covering::new(plan, windows)),
    };
    let reach = |(ladder, positions)| match kept.and_then(|reuse| reuse.reach(ladder)) {
        Some(reach) => reach.clone(),
        None => Reach::new(ladder, positions, &covering),
    };
    let reaches = plan.ladders().iter().zip(positions).map(reach).collect();
    (covering, Arc::new(reaches))
}

/// The releases whose date in the plan's time zone is within the plan's months.
fn releases(plan: &Plan) -> Vec<Release> {
    let zone = Zone::for_plan(plan);
    let days = rules::Days::between(plan.horizon().from, plan.horizon().last());
    let mut all: Vec<Release> = plan
        .releases()
        .iter()
        .flat_map(|calendar| {
            let instants = release::instants(calendar, days.wider(2));
            instants.into_iter().map(|at| Release { at, calendar: calendar.id.clone() })
        })
        .filter(|release| plan.horizon().contains(zone.local(release.at).date()))
        .collect();
    all.sort();
    all
}
