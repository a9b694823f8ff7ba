//! Which occurrences a change freeze displaces, and where they could be moved. The freeze may be one that is being drawn.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use crate::checks::facts::free_dates::{by_weeks, is_free, move_to, moved_to};
use crate::checks::{Context, Fix};
use crate::model::{ChangeFreeze, UtcMinute, WindowId};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// An occurrence in a freeze: the index of its window in the schedule and its original date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DisplacedOccurrence {
    pub window: u32,
    pub on: NaiveDate,
}

impl DisplacedOccurrence {
    /// Looks it up in the schedule in which it was found.
    pub fn find(self, schedule: &Schedule) -> Option<(&WindowSchedule, &Occurrence)> {
        let window = &**schedule.windows.get(self.window as usize)?;
        Some((window, window.expansion.occurrence_on(self.on)?))
    }
}

/// All occurrences in `freeze` without an exemption, sorted by start. The freeze does not have to be in the plan.
pub fn displaced(schedule: &Schedule, freeze: &ChangeFreeze) -> Vec<DisplacedOccurrence> {
    let frozen = FreezeTimes::new(freeze, &schedule.plan, &schedule.zone);
    let mut found: Vec<(UtcMinute, DisplacedOccurrence)> = Vec::new();
    for (index, window) in schedule.windows.iter().enumerate().filter(|(_, window)| frozen.covers(window)) {
        let here = frozen.occurrences(window).map(|(occurrence, _)| {
            (occurrence.start_at, DisplacedOccurrence { window: index as u32, on: occurrence.original_on() })
        });
        found.extend(here);
    }
    found.sort_unstable();
    found.into_iter().map(|(_, displaced)| displaced).collect()
}

/// For each of `all` a move to the next free date outside of `freeze`, if there is one. The moves do not overlap each
/// other.
pub fn moves_out_of_freeze(
    schedule: &Schedule,
    today: NaiveDate,
    freeze: &ChangeFreeze,
    all: &[DisplacedOccurrence],
) -> Vec<Option<Fix>> {
    moves_of_all(schedule, &Context::with_freeze(schedule, today, freeze), all)
}

/// For each of `all` a move to the next free date on which the clocks do not change, if there is one. The moves do not overlap
/// each other.
pub fn moves_to_free_dates(
    schedule: &Schedule,
    today: NaiveDate,
    all: &[DisplacedOccurrence],
) -> Vec<Option<(NaiveDate, Fix)>> {
    let cx = Context::new(schedule, today);
    free_dates_of_all(schedule, &cx, all, |moved| moved.real_length() == moved.duration && moved.has_plain_clocks())
}

fn moves_of_all(schedule: &Schedule, cx: &Context<'_>, all: &[DisplacedOccurrence]) -> Vec<Option<Fix>> {
    let dates = free_dates_of_all(schedule, cx, all, |_| true);
    dates.into_iter().map(|found| found.map(|(_, fix)| fix)).collect()
}

fn free_dates_of_all(
    schedule: &Schedule,
    cx: &Context<'_>,
    all: &[DisplacedOccurrence],
    suits: impl Fn(&Occurrence) -> bool,
) -> Vec<Option<(NaiveDate, Fix)>> {
    let mut taken = TakenTimes::default();
    let move_for = |displaced: &DisplacedOccurrence| {
        let (window, occurrence) = displaced.find(schedule)?;
        let is_free_date = |on: &NaiveDate| {
            let moved = moved_to(window, occurrence, *on);
            suits(&moved) && is_free(cx, window, occurrence, &moved) && taken.is_free(window, &moved)
        };
        let to = candidate_dates(occurrence).find(is_free_date)?;
        taken.take(window, &moved_to(window, occurrence, to));
        Some((to, move_to(window, occurrence, to)))
    };
    all.iter().map(move_for).collect()
}

/// A date for a displaced occurrence is searched for within this many days.
pub const SEARCHED_DAYS: u32 = 60;

/// The dates around an occurrence, best first: the same weekday of the next weeks, then any later day, then the same
/// weekday of the weeks before.
fn candidate_dates(occurrence: &Occurrence) -> impl Iterator<Item = NaiveDate> {
    const WEEKS: i64 = 8;
    let on = occurrence.on();
    let days = (1..=i64::from(SEARCHED_DAYS)).filter_map(move |days| on.checked_add_signed(TimeDelta::try_days(days)?));
    by_weeks(occurrence, 1..=WEEKS).chain(days).chain(by_weeks(occurrence, (1..=WEEKS).map(|weeks| -weeks)))
}

/// The times that earlier moves take.
#[derive(Default)]
struct TakenTimes<'a>(HashMap<Resource<'a>, Vec<(UtcMinute, UtcMinute)>>);

/// What can only be in one occurrence at a time.
#[derive(PartialEq, Eq, Hash)]
enum Resource<'a> {
    Window(&'a WindowId),
    /// By its position in the plan's table.
    System(u32),
}

impl<'a> TakenTimes<'a> {
    fn keys(window: &'a WindowSchedule) -> impl Iterator<Item = Resource<'a>> {
        let systems = window.scope.positions.iter().map(|position| Resource::System(*position));
        std::iter::once(Resource::Window(window.id())).chain(systems)
    }

    fn is_free(&self, window: &'a WindowSchedule, moved: &Occurrence) -> bool {
        let meets = |(from, to): &(UtcMinute, UtcMinute)| *from < moved.end_at && moved.start_at < *to;
        !Self::keys(window).any(|key| self.0.get(&key).is_some_and(|times| times.iter().any(meets)))
    }

    fn take(&mut self, window: &'a WindowSchedule, moved: &Occurrence) {
        for key in Self::keys(window) {
            self.0.entry(key).or_default().push((moved.start_at, moved.end_at));
        }
    }
}
