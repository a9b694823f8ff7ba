//! What a change freeze displaces, and where each occurrence could go instead: for a freeze as it is, or as it would be.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use crate::checks::facts::free_dates::{by_weeks, is_free, move_to, moved_to};
use crate::checks::{Context, Fix};
use crate::model::{ChangeFreeze, UtcMinute, WindowId};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// An occurrence that lies in a freeze: the place of its window in the schedule, and its original date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Displaced {
    pub window: u32,
    pub on: NaiveDate,
}

impl Displaced {
    /// The occurrence in the schedule that this was found in.
    pub fn find(self, schedule: &Schedule) -> Option<(&WindowSchedule, &Occurrence)> {
        let window = &**schedule.windows.get(self.window as usize)?;
        Some((window, window.expansion.occurrence_on(self.on)?))
    }
}

/// All occurrences that lie in `freeze` without an exemption, sorted by start. The plan need not know the freeze.
pub fn displaced(schedule: &Schedule, freeze: &ChangeFreeze) -> Vec<Displaced> {
    let frozen = FreezeTimes::new(freeze, &schedule.plan, &schedule.zone);
    let mut found: Vec<(UtcMinute, Displaced)> = Vec::new();
    for (index, window) in schedule.windows.iter().enumerate().filter(|(_, window)| frozen.covers(window)) {
        let here = frozen.occurrences(window).map(|(occurrence, _)| {
            (occurrence.start_at, Displaced { window: index as u32, on: occurrence.original_on() })
        });
        found.extend(here);
    }
    found.sort_unstable();
    found.into_iter().map(|(_, displaced)| displaced).collect()
}

/// For each of `all` a move to the next date on which it may take place with the freeze as `freeze` says, where there
/// is one. No two of the moves meet.
pub fn ways_out(schedule: &Schedule, today: NaiveDate, freeze: &ChangeFreeze, all: &[Displaced]) -> Vec<Option<Fix>> {
    let cx = Context::imagining(schedule, today, freeze);
    let mut given = Given::default();
    let way_out = |displaced: &Displaced| {
        let (window, occurrence) = displaced.find(schedule)?;
        let may_go = |on: &NaiveDate| {
            let moved = moved_to(window, occurrence, *on);
            is_free(&cx, window, occurrence, &moved) && given.is_free(window, &moved)
        };
        let to = wanted(occurrence).find(may_go)?;
        given.give(window, &moved_to(window, occurrence, to));
        Some(move_to(window, occurrence, to))
    };
    all.iter().map(way_out).collect()
}

/// The dates around an occurrence, from the most wanted on: the same weekday of the next weeks, then any later day,
/// then the same weekday of the weeks before.
fn wanted(occurrence: &Occurrence) -> impl Iterator<Item = NaiveDate> {
    const WEEKS: i64 = 8;
    const DAYS: i64 = 60;
    let on = occurrence.on();
    let days = (1..=DAYS).filter_map(move |days| on.checked_add_signed(TimeDelta::try_days(days)?));
    by_weeks(occurrence, 1..=WEEKS).chain(days).chain(by_weeks(occurrence, (1..=WEEKS).map(|weeks| -weeks)))
}

/// The times that moves have been given already.
#[derive(Default)]
struct Given<'a>(HashMap<Busy<'a>, Vec<(UtcMinute, UtcMinute)>>);

/// What cannot be worked on twice at once.
#[derive(PartialEq, Eq, Hash)]
enum Busy<'a> {
    Window(&'a WindowId),
    /// By its place in the plan's table.
    System(u32),
}

impl<'a> Given<'a> {
    fn keys(window: &'a WindowSchedule) -> impl Iterator<Item = Busy<'a>> {
        let systems = window.scope.positions.iter().map(|place| Busy::System(*place));
        std::iter::once(Busy::Window(window.id())).chain(systems)
    }

    fn is_free(&self, window: &'a WindowSchedule, moved: &Occurrence) -> bool {
        let meets = |(from, to): &(UtcMinute, UtcMinute)| *from < moved.end_at && moved.start_at < *to;
        !Self::keys(window).any(|key| self.0.get(&key).is_some_and(|times| times.iter().any(meets)))
    }

    fn give(&mut self, window: &'a WindowSchedule, moved: &Occurrence) {
        for key in Self::keys(window) {
            self.0.entry(key).or_default().push((moved.start_at, moved.end_at));
        }
    }
}
