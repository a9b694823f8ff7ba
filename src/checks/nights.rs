//! How much is done in each night, kept from one plan to the next: an edit takes away what its windows did and adds what
//! they do now.
//!
//! A night lasts from noon to noon on the plan's clock and belongs to the date of its evening. An occurrence belongs to
//! the night in which it starts.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Horizon, LocalMinute, NightLimits, UtcMinute, date_of_day, day_number};
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
}

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
    pub fn of(schedule: &Schedule) -> Self {
        let horizon = schedule.plan.horizon;
        let first = day_number(horizon.from) - 1;
        let count = (day_number(horizon.end()) - first).max(0) as usize;
        let zone = Arc::clone(&schedule.zone);
        let mut nights = Self { horizon, zone, first, loads: vec![Load::default(); count] };
        for window in &schedule.windows {
            nights.each_of(window, Load::add);
        }
        nights
    }

    /// The nights after an edit that made `old` windows those of `schedule`, and by place those that it touched. None
    /// where they must be counted anew.
    pub fn after(&self, schedule: &Schedule, old: &[Arc<WindowSchedule>]) -> Option<(Self, Vec<bool>)> {
        if self.horizon != schedule.plan.horizon || !Arc::ptr_eq(&self.zone, &schedule.zone) {
            return None;
        }
        let mut nights = self.clone();
        let mut touched = vec![false; self.loads.len()];
        for (gone, come) in differences(old, &schedule.windows) {
            for (window, change) in [(gone, Load::subtract as fn(&mut Load, Load)), (come, Load::add)] {
                let Some(window) = window else { continue };
                nights.each_of(window, change);
                self.places(window).for_each(|place| touched[place] = true);
            }
        }
        Some((nights, touched))
    }

    fn each_of(&mut self, window: &WindowSchedule, change: fn(&mut Load, Load)) {
        let load = Load::of(window);
        for occurrence in &window.expansion.occurrences {
            if let Some(place) = place(self.first, self.loads.len(), &self.zone, window, occurrence) {
                change(&mut self.loads[place], load);
            }
        }
    }

    /// The place of each occurrence's night; those outside the horizon are left out.
    fn places<'w>(&'w self, window: &'w WindowSchedule) -> impl Iterator<Item = usize> + 'w {
        let occurrences = window.expansion.occurrences.iter();
        occurrences.filter_map(|each| place(self.first, self.loads.len(), &self.zone, window, each))
    }

    /// How many nights there are.
    pub fn len(&self) -> usize {
        self.loads.len()
    }

    /// Those nights in which more is done than `limits` allow, of the ones that are `asked` for; by place.
    pub fn crowded<'a>(
        &self,
        schedule: &'a Schedule,
        limits: &NightLimits,
        asked: impl Fn(usize) -> bool,
    ) -> Vec<(usize, CrowdedNight<'a>)> {
        let is_crowded = |place: &usize| self.loads[*place].exceeds(limits) && asked(*place);
        let places: Vec<usize> = (0..self.loads.len()).filter(is_crowded).collect();
        let names = self.names(schedule, &places);
        let night = |(place, windows): (usize, Vec<&'a str>)| {
            let on = date_of_day(self.first + place as i32);
            let noon = LocalMinute::midnight(on).plus(crate::model::Minutes(DAY as u32 / 2));
            let at = self.zone.place(noon).at;
            (place, CrowdedNight { on, at, load: self.loads[place], windows })
        };
        places.into_iter().zip(names).map(night).collect()
    }

    /// The names of the first windows of each of those nights. Where much is done, few windows are looked at.
    fn names<'a>(&self, schedule: &'a Schedule, places: &[usize]) -> Vec<Vec<&'a str>> {
        let mut names: Vec<Vec<&str>> = vec![Vec::new(); places.len()];
        let mut wanted = vec![usize::MAX; self.loads.len()];
        places.iter().enumerate().for_each(|(index, place)| wanted[*place] = index);
        let mut to_find: usize = places.iter().map(|place| MOST_NAMED.min(self.loads[*place].windows as usize)).sum();
        for window in &schedule.windows {
            if to_find == 0 {
                break;
            }
            for place in self.places(window) {
                if let Some(names) = names.get_mut(wanted[place]).filter(|names| names.len() < MOST_NAMED) {
                    names.push(&window.window.name);
                    to_find -= 1;
                }
            }
        }
        names
    }
}

/// The place of an occurrence's night among `count` nights from day `first` on.
fn place(
    first: i32,
    count: usize,
    zone: &Arc<Zone>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
) -> Option<usize> {
    let is_on_plan_clock = occurrence.start_clock == Clock::Plain && Arc::ptr_eq(&window.expansion.zone, zone);
    let local = if is_on_plan_clock { occurrence.local_start } else { zone.local(occurrence.start_at) };
    let day = local.0.saturating_sub(DAY / 2).div_euclid(DAY);
    usize::try_from(day - first).ok().filter(|place| *place < count)
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
