//! The times of a plan's occurrences as people know them, and which of them other zone data have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{LocalMinute, Minutes, Plan, UtcMinute, WindowId, ZoneId};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::{Expansion, Occurrence};
use crate::schedule::window_schedule::WindowSchedule;

/// The times of a plan's occurrences, each with the release of the zone data that it was calculated with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownTimes {
    pub windows: BTreeMap<WindowId, KnownWindow>,
}

/// The known times of one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownWindow {
    /// The name of its zone, as the plan has it.
    pub zone: String,
    /// Sorted by original date.
    pub times: Vec<KnownTime>,
}

/// The known time of one occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTime {
    /// Its original date.
    pub on: NaiveDate,
    pub local_start: LocalMinute,
    /// Its length on the clock.
    pub length: Minutes,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// "2026f"
    pub release: Arc<str>,
}

/// What other zone data have changed.
pub struct MovedTimes {
    /// The schedule with the known times.
    pub earlier: Schedule,
    /// The releases that these times were calculated with, sorted.
    pub releases: Vec<String>,
    /// The number of occurrences at other times.
    pub count: usize,
    /// The first of these by start: its window and original date.
    pub first: (WindowId, NaiveDate),
}

impl KnownTimes {
    /// The times of a schedule that was calculated with that release.
    pub fn new(schedule: &Schedule, release: &str) -> Self {
        Self::default().updated(schedule, release, NaiveDate::MIN)
    }

    /// These times brought up to date. The known time of an occurrence stays if only the zone data have changed it and its
    /// day is not over.
    #[must_use]
    pub fn updated(&self, schedule: &Schedule, release: &str, today: NaiveDate) -> Self {
        let release: Arc<str> = release.into();
        let known_window = |window: &Arc<WindowSchedule>| {
            let known = self.windows(schedule, window);
            let time = |occurrence: &Occurrence| {
                let moved = known.and_then(|known| known.moved(occurrence, schedule, today));
                moved.cloned().unwrap_or_else(|| KnownTime::new(occurrence, &release))
            };
            let mut times: Vec<KnownTime> = window.expansion.occurrences.iter().map(time).collect();
            times.sort_by_key(|time| time.on);
            (window.id().clone(), KnownWindow { zone: zone(&schedule.plan, window).to_owned(), times })
        };
        let in_known_zone = |window: &&Arc<WindowSchedule>| is_in_zone_data(&schedule.plan, window);
        Self { windows: schedule.windows.iter().filter(in_known_zone).map(known_window).collect() }
    }

    /// What is at other times than these only because of other zone data, and not over. None if there is nothing.
    pub fn moved(&self, schedule: &Schedule, today: NaiveDate) -> Option<MovedTimes> {
        let mut earlier = schedule.clone();
        let mut releases = BTreeSet::new();
        let mut moved: Vec<(UtcMinute, &WindowId, NaiveDate)> = Vec::new();
        for (index, window) in schedule.windows.iter().enumerate() {
            let Some(known) = self.windows(schedule, window) else { continue };
            let mut occurrences = window.expansion.occurrences.clone();
            let before = moved.len();
            for occurrence in &mut occurrences {
                let Some(time) = known.moved(occurrence, schedule, today) else { continue };
                moved.push((occurrence.start_at, window.id(), occurrence.original_on()));
                releases.insert(time.release.to_string());
                (occurrence.start_at, occurrence.end_at) = (time.start_at, time.end_at);
            }
            if moved.len() > before {
                earlier.windows[index] = Arc::new(with_occurrences(window, occurrences));
            }
        }
        let (_, window, on) = moved.iter().min()?;
        let first = ((*window).clone(), *on);
        Some(MovedTimes { earlier, releases: releases.into_iter().collect(), count: moved.len(), first })
    }

    /// The known times of a window whose zone is the same as it was.
    fn windows(&self, schedule: &Schedule, window: &WindowSchedule) -> Option<&KnownWindow> {
        let is_same = |known: &&KnownWindow| {
            known.zone == zone(&schedule.plan, window) && is_in_zone_data(&schedule.plan, window)
        };
        self.windows.get(window.id()).filter(is_same)
    }
}

impl KnownWindow {
    /// The known time of an occurrence that starts at the same time on the clock, is as long, and is not over, but is at
    /// other instants.
    fn moved(&self, occurrence: &Occurrence, schedule: &Schedule, today: NaiveDate) -> Option<&KnownTime> {
        let on = occurrence.original_on();
        let known = &self.times[self.times.binary_search_by_key(&on, |time| time.on).ok()?];
        let same_clock = (known.local_start, known.length) == (occurrence.local_start, occurrence.duration);
        let same_instants = (known.start_at, known.end_at) == (occurrence.start_at, occurrence.end_at);
        let is_ahead = || schedule.zone.local(known.start_at.max(occurrence.start_at)).date() >= today;
        (same_clock && !same_instants && is_ahead()).then_some(known)
    }
}

impl KnownTime {
    fn new(occurrence: &Occurrence, release: &Arc<str>) -> Self {
        Self {
            on: occurrence.original_on(),
            local_start: occurrence.local_start,
            length: occurrence.duration,
            start_at: occurrence.start_at,
            end_at: occurrence.end_at,
            release: Arc::clone(release),
        }
    }
}

/// Whether its zone comes from the zone data: a zone of the plan itself changes with the plan.
fn is_in_zone_data(plan: &Plan, window: &WindowSchedule) -> bool {
    !plan.zones().contains(&ZoneId::new(zone(plan, window)))
}

fn zone<'a>(plan: &'a Plan, window: &'a WindowSchedule) -> &'a str {
    plan.window_zone(&window.window)
}

fn with_occurrences(window: &WindowSchedule, mut occurrences: Vec<Occurrence>) -> WindowSchedule {
    occurrences.sort_by_key(|occurrence| (occurrence.start_at, occurrence.original_on()));
    let expansion = Expansion {
        occurrences,
        skipped: window.expansion.skipped.clone(),
        zone: Arc::clone(&window.expansion.zone),
        zone_is_known: window.expansion.zone_is_known,
        problem: window.expansion.problem.clone(),
    };
    WindowSchedule::new(Arc::clone(&window.window), Arc::new(expansion), Arc::clone(&window.scope))
}
