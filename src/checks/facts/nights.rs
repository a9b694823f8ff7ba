//! How much is done in each night. After an edit, the work of changed windows is subtracted as it was and added as it is,
//! instead of counting everything again.
//!
//! A night lasts from noon to noon on the plan's clock and has the date of its evening. An occurrence belongs to the night
//! in which it starts.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Horizon, LocalMinute, MaintenanceWindow, Minutes, NightLimits, UtcMinute, date_of_day, day_number};
use crate::schedule::{LocalTimeKind, Occurrence, Schedule, WindowSchedule, Zone};

const DAY: i32 = 24 * 60;
/// At most this many windows of a crowded night are named.
const MOST_NAMED: usize = 4;

/// What is done in one night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NightLoad {
    pub windows: u32,
    pub changes: u32,
    pub hosts: u64,
}

/// The nights of a plan.
#[derive(Clone, Debug)]
pub struct Nights {
    horizon: Horizon,
    zone: Arc<Zone>,
    /// The day number of the evening before the horizon: work early on the first day belongs to that night.
    first: i32,
    loads: Vec<NightLoad>,
    /// For each night its first windows by id, once for each of their occurrences.
    named: Vec<Named>,
}

type Named = Arc<Vec<Arc<MaintenanceWindow>>>;

/// A night in which more is done than the policy allows.
pub struct CrowdedNight<'a> {
    /// The date of its evening.
    pub on: NaiveDate,
    /// Its noon.
    pub at: UtcMinute,
    pub load: NightLoad,
    /// Some of its windows, in the order of their ids.
    pub windows: Vec<&'a str>,
}

impl NightLoad {
    fn new(window: &WindowSchedule) -> Self {
        let scope = &window.scope;
        Self { windows: 1, changes: scope.systems.len() as u32, hosts: scope.hosts().into() }
    }

    fn add(&mut self, other: Self) {
        self.windows += other.windows;
        self.changes = self.changes.saturating_add(other.changes);
        self.hosts += other.hosts;
    }

    fn subtract(&mut self, other: Self) {
        self.windows -= other.windows;
        self.changes = self.changes.saturating_sub(other.changes);
        self.hosts -= other.hosts;
    }

    /// Whether it is more than the limits allow.
    pub fn exceeds(&self, limits: &NightLimits) -> bool {
        limits.windows.is_some_and(|most| self.windows > most)
            || limits.changes.is_some_and(|most| self.changes > most)
            || limits.hosts.is_some_and(|most| self.hosts > most.into())
    }
}

impl Nights {
    pub fn new(schedule: &Schedule) -> Self {
        let horizon = schedule.plan.horizon();
        let first = day_number(horizon.from) - 1;
        let count = (day_number(horizon.end()) - first).max(0) as usize;
        let zone = Arc::clone(&schedule.zone);
        let (loads, named) = (vec![NightLoad::default(); count], vec![Named::default(); count]);
        let mut nights = Self { horizon, zone, first, loads, named };
        for window in &schedule.windows {
            // The windows are in the order of their ids.
            nights.add(window, |_, named| {
                if named.len() < MOST_NAMED {
                    Arc::make_mut(named).push(Arc::clone(&window.window));
                }
            });
        }
        nights
    }

    /// The nights after an edit that changed the `old` windows to those of `schedule`, and for each night whether the
    /// edit touched it. None if all nights must be counted again.
    pub fn after(&self, schedule: &Schedule, old: &[Arc<WindowSchedule>]) -> Option<(Self, Vec<bool>)> {
        if self.horizon != schedule.plan.horizon() || !Arc::ptr_eq(&self.zone, &schedule.zone) {
            return None;
        }
        let mut nights = self.clone();
        let mut touched = vec![false; self.loads.len()];
        let mut incomplete = BTreeSet::new();
        for (old, new) in differences(old, &schedule.windows) {
            let was_named = old.map_or_else(Vec::new, |old| nights.subtract(old, |night| touched[night] = true));
            if let Some(new) = new {
                nights.add(new, |night, named| {
                    touched[night] = true;
                    insert(named, &new.window);
                });
            }
            // If a named window left its night, another one may be named instead.
            let left = |(night, times): &(usize, usize)| nights.times_named(*night, old) != *times;
            incomplete.extend(was_named.into_iter().filter(left).map(|(night, _)| night));
        }
        for night in incomplete {
            nights.find_named(schedule, night);
        }
        Some((nights, touched))
    }

    /// Adds a window. Calls `name` with the night of each of its occurrences and the windows named for it.
    fn add(&mut self, window: &WindowSchedule, mut name: impl FnMut(usize, &mut Named)) {
        let load = NightLoad::new(window);
        for occurrence in &window.expansion.occurrences {
            let Some(night) = self.night(window, occurrence) else { continue };
            self.loads[night].add(load);
            name(night, &mut self.named[night]);
        }
    }

    /// Subtracts a window. Returns the nights in which it was named, and how many times.
    fn subtract(&mut self, window: &WindowSchedule, mut at: impl FnMut(usize)) -> Vec<(usize, usize)> {
        let load = NightLoad::new(window);
        let mut was_named = Vec::new();
        for occurrence in &window.expansion.occurrences {
            let Some(night) = self.night(window, occurrence) else { continue };
            at(night);
            self.loads[night].subtract(load);
            let times = self.times_named(night, Some(window));
            if times > 0 {
                Arc::make_mut(&mut self.named[night]).retain(|each| each.id != window.window.id);
                was_named.push((night, times));
            }
        }
        was_named
    }

    fn times_named(&self, night: usize, window: Option<&WindowSchedule>) -> usize {
        let is_it = |each: &&Arc<MaintenanceWindow>| window.is_some_and(|window| each.id == window.window.id);
        self.named[night].iter().filter(is_it).count()
    }

    /// Finds the first windows of one night again.
    fn find_named(&mut self, schedule: &Schedule, night: usize) {
        let noon_at = self.noon_at(night);
        // One more day on both sides, since clocks may change.
        let (from, to) = (noon_at.plus(-DAY), noon_at.plus(2 * DAY));
        let in_night = |window: &Arc<WindowSchedule>| {
            let near = window.expansion.starting_from(from).iter().take_while(|each| each.start_at < to);
            near.filter(|each| self.night(window, each) == Some(night)).count()
        };
        let windows = schedule.windows.iter();
        let named = windows.flat_map(|window| std::iter::repeat_n(&window.window, in_night(window)));
        self.named[night] = Arc::new(named.take(MOST_NAMED).cloned().collect());
    }

    fn noon_at(&self, night: usize) -> UtcMinute {
        let on = date_of_day(self.first + night as i32);
        self.zone.resolve(LocalMinute::midnight(on).plus(Minutes(DAY as u32 / 2))).at
    }

    /// The position of an occurrence's night; none outside the horizon.
    fn night(&self, window: &WindowSchedule, occurrence: &Occurrence) -> Option<usize> {
        let is_on_plan_clock =
            occurrence.start_clock == LocalTimeKind::Plain && Arc::ptr_eq(&window.expansion.zone, &self.zone);
        let local = if is_on_plan_clock { occurrence.local_start } else { self.zone.local(occurrence.start_at) };
        let day = local.0.saturating_sub(DAY / 2).div_euclid(DAY);
        usize::try_from(day - self.first).ok().filter(|night| *night < self.loads.len())
    }

    /// How many nights there are.
    pub fn len(&self) -> usize {
        self.loads.len()
    }

    /// The nights in which more is done than `limits` allow, with their positions, of those that `asked` selects.
    pub fn crowded(
        &self,
        limits: &NightLimits,
        asked: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (usize, CrowdedNight<'_>)> {
        let is_crowded = move |night: &usize| self.loads[*night].exceeds(limits) && asked(*night);
        (0..self.loads.len()).filter(is_crowded).map(|night| {
            let windows = self.named[night].iter().map(|window| window.name.as_str()).collect();
            let on = date_of_day(self.first + night as i32);
            (night, CrowdedNight { on, at: self.noon_at(night), load: self.loads[night], windows })
        })
    }
}

/// Names a window if its id is one of the first.
fn insert(named: &mut Named, window: &Arc<MaintenanceWindow>) {
    let index = named.partition_point(|each| each.id <= window.id);
    if index < MOST_NAMED {
        let named = Arc::make_mut(named);
        named.insert(index, Arc::clone(window));
        named.truncate(MOST_NAMED);
    }
}

/// The windows that differ, each as it was and as it is. Both lists are sorted by id.
fn differences<'a>(
    old: &'a [Arc<WindowSchedule>],
    new: &'a [Arc<WindowSchedule>],
) -> Vec<(Option<&'a WindowSchedule>, Option<&'a WindowSchedule>)> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut differences = Vec::new();
    loop {
        match (old.peek(), new.peek()) {
            (None, None) => return differences,
            (Some(was), Some(is)) if Arc::ptr_eq(was, is) => drop((old.next(), new.next())),
            (Some(was), Some(is)) if was.id() == is.id() => {
                differences.push((old.next().map(|was| &**was), new.next().map(|is| &**is)));
            }
            (Some(was), Some(is)) if was.id() > is.id() => differences.push((None, new.next().map(|is| &**is))),
            (Some(_), _) => differences.push((old.next().map(|was| &**was), None)),
            (None, Some(_)) => differences.push((None, new.next().map(|is| &**is))),
        }
    }
}
