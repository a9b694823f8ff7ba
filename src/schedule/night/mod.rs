//! The progress of an occurrence at a given time: what is done, what is due next, how much time is left.
//!
//! Everything here follows from the schedule, the record of the night and the current time.

pub mod lessons;
mod status;
mod ticks;
pub mod turns;
mod watch;

use chrono::NaiveDate;

pub use status::StatusRow;
pub use ticks::{ChecklistTicks, ticked};
pub use watch::{ended_at, watch_times};

use crate::model::{ChecklistBlock, NightKey, NightRecord, Outcome, Plan, UtcMinute, WindowId};
use crate::schedule::night::turns::block_at;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::{Occurrence, Origin};
use crate::schedule::window_schedule::WindowSchedule;

/// A night that nobody has marked as ended is followed for this long after its end.
const AFTERCARE: i32 = 24 * 60;

/// An occurrence and the record of its night.
#[derive(Clone, Copy, Debug)]
pub struct Night<'a> {
    pub window: &'a WindowSchedule,
    pub occurrence: &'a Occurrence,
    pub record: Option<&'a NightRecord>,
    plan: &'a Plan,
}

/// The progress of a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Before,
    Running,
    /// No new batch may start.
    AfterCutoff,
    /// It is too late to begin rolling back and still finish in time.
    AfterRollback,
    /// The window is over, and nobody has recorded the outcome.
    AfterEnd,
    /// Somebody has recorded the outcome.
    Over(Outcome),
}

impl<'a> Night<'a> {
    /// The night of an occurrence, which may be skipped.
    pub fn find(schedule: &'a Schedule, window: &WindowId, on: NaiveDate) -> Option<Self> {
        let (window, occurrence) = schedule.occurrence(window, on)?;
        Some(Self::new(schedule, window, occurrence))
    }

    fn new(schedule: &'a Schedule, window: &'a WindowSchedule, occurrence: &'a Occurrence) -> Self {
        let record = schedule.plan.nights().for_occurrence(window.id(), occurrence.original_on());
        Self { window, occurrence, record, plan: &schedule.plan }
    }

    pub fn key(&self) -> NightKey {
        NightKey { window: self.window.id().clone(), on: self.occurrence.original_on() }
    }

    pub fn starts_at(&self) -> UtcMinute {
        self.occurrence.start_at
    }

    pub fn ends_at(&self) -> UtcMinute {
        self.occurrence.end_at
    }

    /// The last moment to begin rolling back. None if it is unknown or before the start.
    pub fn roll_back_by(&self) -> Option<UtcMinute> {
        self.window.rollback_deadline_at(self.occurrence).filter(|at| *at >= self.starts_at())
    }

    /// The last moment to start a batch. None if it is unknown or before the start.
    pub fn cutoff(&self) -> Option<UtcMinute> {
        self.window.cutoff_at(self.occurrence).filter(|at| *at >= self.starts_at())
    }

    pub fn phase(&self, now: UtcMinute) -> Phase {
        let is_past = |at: Option<UtcMinute>| at.is_some_and(|at| at < now);
        if let Some(ending) = self.record.and_then(|record| record.ending.as_ref()) {
            Phase::Over(ending.outcome)
        } else if now < self.starts_at() {
            Phase::Before
        } else if now >= self.ends_at() {
            Phase::AfterEnd
        } else if is_past(self.roll_back_by()) {
            Phase::AfterRollback
        } else if is_past(self.cutoff()) {
            Phase::AfterCutoff
        } else {
            Phase::Running
        }
    }

    /// The minutes from the start until now or until it ended. Negative before the start.
    pub fn elapsed(&self, now: UtcMinute) -> i32 {
        let ended_at = self.record.and_then(|record| record.ending.as_ref()).map(|ending| ending.at);
        ended_at.unwrap_or(now).since(self.starts_at())
    }

    /// The begin and the end of the watch afterwards. None if the window has no watch.
    pub fn watch_times(&self) -> Option<(UtcMinute, UtcMinute)> {
        watch_times(self.plan, self.window, self.occurrence)
    }

    /// When it was over by its record, otherwise its planned end.
    pub fn ended_at(&self) -> UtcMinute {
        ended_at(self.plan, self.window, self.occurrence)
    }

    /// When the items of a block are due.
    pub fn block_at(&self, block: ChecklistBlock) -> UtcMinute {
        block_at(block, self.plan, self.window, self.occurrence)
    }

    /// Whether it is in progress: it has started, or its end is recent and something was recorded.
    pub fn runs(&self, now: UtcMinute) -> bool {
        let is_over = matches!(self.phase(now), Phase::Before | Phase::Over(_));
        !is_over && self.occurrence.origin != Origin::Skipped && (now < self.ends_at() || self.is_in_aftercare(now))
    }

    /// Whether every minute counts: from the first items until it is over.
    pub fn is_near(&self, now: UtcMinute) -> bool {
        let is_before = self.phase(now) == Phase::Before && now >= self.block_at(ChecklistBlock::DayBefore);
        is_before && self.occurrence.origin != Origin::Skipped || self.runs(now)
    }

    /// Whether its end has passed without a recorded outcome, although something was done. Notes alone may be much
    /// older.
    fn is_in_aftercare(&self, now: UtcMinute) -> bool {
        let is_left_open = self.record.is_some_and(|record| record.has_begun() && record.ending.is_none());
        is_left_open && now >= self.ends_at() && now.since(self.ends_at()) < AFTERCARE
    }
}

/// The nights in progress, sorted by start, then by window.
pub fn running(schedule: &Schedule, now: UtcMinute) -> Vec<NightKey> {
    let mut all: Vec<Night<'_>> = schedule
        .windows
        .iter()
        .flat_map(|window| {
            // A clock change may make it longer than by the clock.
            let longest = window.lengths().max().unwrap_or_default().signed();
            let from = now.plus(longest.saturating_add(AFTERCARE).saturating_neg());
            let started = window.expansion.starting_from(from).iter().take_while(move |each| each.start_at <= now);
            started.map(|occurrence| Night::new(schedule, window, occurrence))
        })
        .filter(|night| night.runs(now))
        .collect();
    // The windows are sorted by id, and the sort is stable.
    all.sort_by_key(Night::starts_at);
    all.iter().map(Night::key).collect()
}

/// At most `most` occurrences that start next after `now`, sorted by start, then by window.
pub fn coming(schedule: &Schedule, now: UtcMinute, most: usize) -> Vec<NightKey> {
    let windows = schedule.windows.iter().enumerate();
    let mut all: Vec<_> = windows
        .flat_map(|(index, window)| {
            let next = window.expansion.starting_from(now.plus(1)).iter().take(most);
            next.map(move |each| (each.start_at, index, each.original_on()))
        })
        .collect();
    if all.len() > most {
        // A large plan has tens of thousands of them, of which only a few are needed.
        all.select_nth_unstable(most);
        all.truncate(most);
    }
    all.sort_unstable();
    all.into_iter().map(|(_, index, on)| NightKey { window: schedule.windows[index].id().clone(), on }).collect()
}

/// The occurrence that ended last at or before `now`; of several, the one of the first window.
pub fn last_ended(schedule: &Schedule, now: UtcMinute) -> Option<NightKey> {
    let ended = |window: &WindowSchedule| {
        let begun = &window.expansion.occurrences[..window.expansion.first_index_from(now)];
        let last = begun.iter().rev().find(|each| each.end_at <= now)?;
        Some((last.end_at, NightKey { window: window.id().clone(), on: last.original_on() }))
    };
    let all = schedule.windows.iter().filter_map(|window| ended(window));
    all.reduce(|last, each| if each.0 > last.0 { each } else { last }).map(|(_, key)| key)
}
