//! Which findings of the plan before still hold: a unit does as long as the pointers that it was made from are the
//! current ones.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{FreezeScope, Plan, System, Table, Work};
use crate::schedule::{Covering, Reach, Schedule, WindowSchedule};

/// The pointers that findings were made from.
#[derive(Clone, Debug)]
pub struct Inputs {
    plan: Arc<Plan>,
    windows: Vec<Arc<WindowSchedule>>,
    covering: Arc<Covering>,
    reaches: Arc<Vec<Reach>>,
    today: NaiveDate,
}

impl Inputs {
    pub fn of(schedule: &Schedule, today: NaiveDate) -> Self {
        Self {
            plan: Arc::clone(&schedule.plan),
            windows: schedule.windows.clone(),
            covering: Arc::clone(&schedule.covering),
            reaches: Arc::clone(&schedule.reaches),
            today,
        }
    }
}

/// What is the same as when the previous findings were made. Each method gives the place of a unit among the previous
/// ones if what was found there still holds.
pub struct Same<'a> {
    old: &'a Inputs,
    new: &'a Schedule,
    /// Plan, policy, areas, release calendars and day: what all windows are judged by.
    yardsticks: bool,
    tables: bool,
    /// Freezes and holidays, and the ladders where a freeze is about one.
    days: bool,
    /// Release calendars, horizon and policy: what all ladders are judged by.
    climbs: bool,
    systems: Option<SystemPlaces>,
    /// One for each window of the schedule.
    changed: Vec<bool>,
    /// Index of each window among the previous ones, where some were added or removed.
    old_indices: Option<Vec<usize>>,
}

/// How alike two tables of systems are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SystemPlaces {
    /// The same table.
    Unchanged,
    /// The same ids at the same places; some records are new.
    SameIds,
}

impl<'a> Same<'a> {
    pub fn new(schedule: &'a Schedule, today: NaiveDate, old: &'a Inputs) -> Self {
        let (new_plan, old_plan) = (&*schedule.plan, &*old.plan);
        let place = new_plan.horizon == old_plan.horizon && new_plan.zone == old_plan.zone;
        let releases = new_plan.releases.ptr_eq(&old_plan.releases);
        let policy = Arc::ptr_eq(&new_plan.policy, &old_plan.policy);
        let areas = new_plan.areas.ptr_eq(&old_plan.areas);
        let ladders = new_plan.ladders.ptr_eq(&old_plan.ladders);
        let calendars = new_plan.freezes.ptr_eq(&old_plan.freezes) && new_plan.holidays.ptr_eq(&old_plan.holidays);
        let freezes_a_ladder = new_plan.freezes.iter().any(|freeze| matches!(freeze.scope, FreezeScope::Ladders(_)));
        let (changed, old_indices) = compare(&schedule.windows, &old.windows);
        Self {
            old,
            new: schedule,
            yardsticks: place && releases && policy && areas && old.today == today,
            tables: ladders && new_plan.systems.ptr_eq(&old_plan.systems),
            days: calendars && (ladders || !freezes_a_ladder),
            climbs: place && releases && policy,
            systems: system_places(&new_plan.systems, &old_plan.systems),
            changed,
            old_indices,
        }
    }

    /// Whether what the plan's records gave still holds. Freezes name the windows that they exempt, so adding or
    /// removing one matters, too.
    pub fn records(&self) -> bool {
        self.yardsticks && self.tables && self.days && self.old_indices.is_none()
    }

    pub fn window(&self, index: usize) -> Option<usize> {
        let window = &self.new.windows[index];
        let knows_systems = self.systems.is_some() || names_only_its_scope(window);
        (self.yardsticks && !self.changed[index] && knows_systems).then(|| self.old_index(index))
    }

    /// The window beside freezes and holidays. Systems in other places would be frozen in other places.
    pub fn window_days(&self, index: usize) -> Option<usize> {
        self.window(index).filter(|_| self.days)
    }

    /// A window that no longer covers the system is not among `covering`, so the list itself must be the same, too.
    pub fn system(&self, position: usize, covering: &[u32]) -> Option<usize> {
        let is_same_record = match self.systems? {
            SystemPlaces::Unchanged => true,
            SystemPlaces::SameIds => {
                let record = |plan: &'a Plan| plan.systems.as_slice().get(position);
                record(&self.new.plan).zip(record(&self.old.plan)).is_some_and(|(new, old)| Arc::ptr_eq(new, old))
            }
        };
        let stood = self.old.covering.windows(position);
        (is_same_record && self.all_unchanged(covering, stood)).then_some(position)
    }

    pub fn ladder(&self, reach: &Reach) -> Option<usize> {
        let index = self.old.reaches.iter().position(|old| Arc::ptr_eq(&old.ladder, &reach.ladder))?;
        let stood = &self.old.reaches[index].groups;
        let is_reached_alike = reach.groups.len() == stood.len()
            && reach.groups.iter().zip(stood).all(|(sets, old_sets)| {
                sets.len() == old_sets.len() && sets.iter().zip(old_sets).all(|(set, old)| self.all_unchanged(set, old))
            });
        (self.climbs && is_reached_alike).then_some(index)
    }

    /// Whether `windows` are those that stood at `stood` among the previous ones, and none of them changed.
    fn all_unchanged(&self, windows: &[u32], stood: &[u32]) -> bool {
        windows.len() == stood.len()
            && windows.iter().zip(stood).all(|(window, stood)| {
                let window = *window as usize;
                !self.changed[window] && self.old_index(window) == *stood as usize
            })
    }

    fn old_index(&self, index: usize) -> usize {
        self.old_indices.as_ref().and_then(|indices| indices.get(index)).copied().unwrap_or(index)
    }
}

/// Whether all systems that the window's tracks name are in its scope, so that other systems cannot matter to it.
fn names_only_its_scope(window: &WindowSchedule) -> bool {
    match &window.window.work {
        Work::Pool(_) => true,
        Work::Tracks(tracks) => tracks.iter().flatten().all(|system| window.scope.covers(system)),
    }
}

/// How alike the tables are; `None` where systems were added or removed.
fn system_places(new: &Table<System>, old: &Table<System>) -> Option<SystemPlaces> {
    if new.ptr_eq(old) {
        return Some(SystemPlaces::Unchanged);
    }
    let same_id = |(new, old): (&Arc<System>, &Arc<System>)| Arc::ptr_eq(new, old) || new.id == old.id;
    (new.len() == old.len() && new.iter().zip(old).all(same_id)).then_some(SystemPlaces::SameIds)
}

/// Which windows are new or changed, and where the others stood; no places where all stand where they stood.
fn compare(new: &[Arc<WindowSchedule>], old: &[Arc<WindowSchedule>]) -> (Vec<bool>, Option<Vec<usize>>) {
    let in_place =
        |(new, old): (&Arc<WindowSchedule>, &Arc<WindowSchedule>)| Arc::ptr_eq(new, old) || new.id() == old.id();
    if new.len() == old.len() && new.iter().zip(old).all(in_place) {
        return (new.iter().zip(old).map(|(new, old)| !Arc::ptr_eq(new, old)).collect(), None);
    }
    let mut index = 0;
    let mut stood = |window: &Arc<WindowSchedule>| {
        while old.get(index).is_some_and(|old| !Arc::ptr_eq(old, window) && old.id() < window.id()) {
            index += 1;
        }
        let same = old.get(index).is_some_and(|old| Arc::ptr_eq(old, window));
        let place = index;
        index += usize::from(same);
        (!same, place)
    };
    let (changed, places) = new.iter().map(&mut stood).unzip();
    (changed, Some(places))
}
