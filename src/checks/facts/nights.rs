//! How much is done in each night, kept from one plan to the next: an edit takes away what its windows did and adds what
//! they do now.
//!
//! A night lasts from noon to noon on the plan's clock and belongs to the date of its evening. An occurrence belongs to
//! the night in which it starts.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Horizon, LocalMinute, MaintenanceWindow, Minutes, NightLimits, UtcMinute, date_of_day, day_number};
use crate::schedule::{Clock, Occurrence, Schedule, WindowSchedule, Zone};

const DAY: i32 = 24 * 60;
/// So many windows of a crowded night are named.
const MOST_NAMED: usize = 4;

/// What is done in one night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub windows: u32,
    pub changes: u32,
    pub hosts: u64,
}

/// The nights of a plan.
#[derive(Clone, Debug)]
pub struct Nights {
    horizon: Horizon,
    zone: Arc<Zone>,
    /// Day number of the evening before the horizon: work after its midnight belongs to that.
    first: i32,
    loads: Vec<Load>,
    /// The first windows of each night by id, one for each of their occurrences: those that are named.
    named: Vec<Named>,
}

type Named = Arc<Vec<Arc<MaintenanceWindow>>>;

/// A night in which more is done than the policy allows.
pub struct CrowdedNight<'a> {
    /// The date of its evening.
    pub on: NaiveDate,
    /// Its noon.
    pub at: UtcMinute,
    pub load: Load,
    /// Some of its windows, in the order of their ids.
    pub windows: Vec<&'a str>,
}

impl Load {
    fn of(window: &WindowSchedule) -> Self {
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

    /// Whether it is more than those limits allow.
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
        let (loads, named) = (vec![Load::default(); count], vec![Named::default(); count]);
        let mut nights = Self { horizon, zone, first, loads, named };
        for window in &schedule.windows {
            nights.append(window);
        }
        nights
    }

    /// The nights after an edit that made `old` windows those of `schedule`, and by place those that it touched. None
    /// where they must be counted anew.
    pub fn after(&self, schedule: &Schedule, old: &[Arc<WindowSchedule>]) -> Option<(Self, Vec<bool>)> {
        if self.horizon != schedule.plan.horizon() || !Arc::ptr_eq(&self.zone, &schedule.zone) {
            return None;
        }
        let mut nights = self.clone();
        let mut touched = vec![false; self.loads.len()];
        let mut incomplete = BTreeSet::new();
        for (gone, come) in differences(old, &schedule.windows) {
            let left = gone.map_or_else(Vec::new, |gone| nights.subtract(gone, |place| touched[place] = true));
            if let Some(come) = come {
                nights.add(come, |place| touched[place] = true);
            }
            // A window that stays in its night is named there again; else another one may be named in its place.
            let is_back = |(place, times): &(usize, usize)| nights.times_named(*place, gone) == *times;
            incomplete.extend(left.into_iter().filter(|left| !is_back(left)).map(|(place, _)| place));
        }
        for place in incomplete {
            nights.name_anew(schedule, place);
        }
        Some((nights, touched))
    }

    /// Adds the window that comes after all others.
    fn append(&mut self, window: &WindowSchedule) {
        let load = Load::of(window);
        for occurrence in &window.expansion.occurrences {
            let Some(place) = self.place(window, occurrence) else { continue };
            self.loads[place].add(load);
            if self.named[place].len() < MOST_NAMED {
                Arc::make_mut(&mut self.named[place]).push(Arc::clone(&window.window));
            }
        }
    }

    fn add(&mut self, window: &WindowSchedule, mut at: impl FnMut(usize)) {
        let load = Load::of(window);
        for occurrence in &window.expansion.occurrences {
            let Some(place) = self.place(window, occurrence) else { continue };
            at(place);
            self.loads[place].add(load);
            let named = &mut self.named[place];
            let behind = named.partition_point(|each| each.id <= window.window.id);
            if behind < MOST_NAMED {
                let named = Arc::make_mut(named);
                named.insert(behind, Arc::clone(&window.window));
                named.truncate(MOST_NAMED);
            }
        }
    }

    /// Takes a window away, and tells where it was named how many times.
    fn subtract(&mut self, window: &WindowSchedule, mut at: impl FnMut(usize)) -> Vec<(usize, usize)> {
        let load = Load::of(window);
        let mut left = Vec::new();
        for occurrence in &window.expansion.occurrences {
            let Some(place) = self.place(window, occurrence) else { continue };
            at(place);
            self.loads[place].subtract(load);
            let times = self.times_named(place, Some(window));
            if times > 0 {
                Arc::make_mut(&mut self.named[place]).retain(|each| each.id != window.window.id);
                left.push((place, times));
            }
        }
        left
    }

    fn times_named(&self, place: usize, window: Option<&WindowSchedule>) -> usize {
        let is_it = |each: &&Arc<MaintenanceWindow>| window.is_some_and(|window| each.id == window.window.id);
        self.named[place].iter().filter(is_it).count()
    }

    /// Looks for the first windows of one night.
    fn name_anew(&mut self, schedule: &Schedule, place: usize) {
        let noon_at = self.noon_at(place);
        // A day more on both sides, since clocks may change.
        let (from, to) = (noon_at.plus(-DAY), noon_at.plus(2 * DAY));
        let in_night = |window: &Arc<WindowSchedule>| {
            let near = window.expansion.starting_from(from).iter().take_while(|each| each.start_at < to);
            near.filter(|each| self.place(window, each) == Some(place)).count()
        };
        let windows = schedule.windows.iter();
        let named = windows.flat_map(|window| std::iter::repeat_n(&window.window, in_night(window)));
        self.named[place] = Arc::new(named.take(MOST_NAMED).cloned().collect());
    }

    fn noon_at(&self, place: usize) -> UtcMinute {
        let on = date_of_day(self.first + place as i32);
        self.zone.resolve(LocalMinute::midnight(on).plus(Minutes(DAY as u32 / 2))).at
    }

    /// The place of an occurrence's night; none outside the horizon.
    fn place(&self, window: &WindowSchedule, occurrence: &Occurrence) -> Option<usize> {
        let is_on_plan_clock =
            occurrence.start_clock == Clock::Plain && Arc::ptr_eq(&window.expansion.zone, &self.zone);
        let local = if is_on_plan_clock { occurrence.local_start } else { self.zone.local(occurrence.start_at) };
        let day = local.0.saturating_sub(DAY / 2).div_euclid(DAY);
        usize::try_from(day - self.first).ok().filter(|place| *place < self.loads.len())
    }

    /// How many nights there are.
    pub fn len(&self) -> usize {
        self.loads.len()
    }

    /// Those nights in which more is done than `limits` allow, of the ones that are `asked` for; by place.
    pub fn crowded(
        &self,
        limits: &NightLimits,
        asked: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (usize, CrowdedNight<'_>)> {
        let is_crowded = move |place: &usize| self.loads[*place].exceeds(limits) && asked(*place);
        (0..self.loads.len()).filter(is_crowded).map(|place| {
            let windows = self.named[place].iter().map(|window| window.name.as_str()).collect();
            let on = date_of_day(self.first + place as i32);
            (place, CrowdedNight { on, at: self.noon_at(place), load: self.loads[place], windows })
        })
    }
}

/// The windows that are not the same any more: as they were and as they are.
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
