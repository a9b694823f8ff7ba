//! An occurrence on paper: its clock, and the words of its language.

use chrono::NaiveDate;

use super::item::Item;
use super::items::{ChecklistError, items};
use super::written::name;
use crate::export::translation::{Word, Words};
use crate::model::{ChecklistBlock, NightRecord, UtcMinute};
use crate::schedule::night::turns::block_at;
use crate::schedule::night::watch_times;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{time, time_with_zone};

/// An occurrence with everything that its checklist needs.
pub struct ChecklistContext<'a> {
    pub schedule: &'a Schedule,
    pub window: &'a WindowSchedule,
    pub occurrence: &'a Occurrence,
    pub words: Words,
    pub items: Vec<Item>,
    /// What was written down, if it is running or over.
    pub record: Option<&'a NightRecord>,
    /// Notes from before it began.
    pub notes: Option<&'a str>,
    /// Whether the clocks change between the first item and the last, so that times need the zone's abbreviation.
    pub clocks_change: bool,
}

impl<'a> ChecklistContext<'a> {
    pub fn new(
        schedule: &'a Schedule,
        window: &'a WindowSchedule,
        occurrence: &'a Occurrence,
    ) -> Result<Self, ChecklistError> {
        let items = items(schedule, window, occurrence)?;
        let words = Words::for_window(&schedule.plan, &window.window);
        Ok(Self::with(schedule, (window, occurrence), items, words))
    }

    /// The same with these items and in these words.
    pub fn with(
        schedule: &'a Schedule,
        (window, occurrence): (&'a WindowSchedule, &'a Occurrence),
        items: Vec<Item>,
        words: Words,
    ) -> Self {
        let times = || items.iter().filter_map(|item| item.at);
        let first =
            times().fold(block_at(ChecklistBlock::DayBefore, &schedule.plan, window, occurrence), UtcMinute::min);
        let watch = watch_times(&schedule.plan, window, occurrence).map(|(_, until)| until);
        let last = times().chain(watch).fold(occurrence.end_at, UtcMinute::max);
        let clocks_change = clocks_change(window, first, last);
        let record = schedule.plan.nights().for_occurrence(window.id(), occurrence.original_on());
        let (record, notes) = match record {
            Some(record) if record.has_begun() => (Some(record), None),
            other => (None, other.map(|record| record.notes.as_str())),
        };
        Self { schedule, window, occurrence, words, items, record, notes, clocks_change }
    }

    /// "Core DB patching, Sat 20 Mar 2027"
    pub fn name(&self) -> String {
        let (name, date) = (name(&self.window.window.name), self.words.date(self.first_day()));
        if name.is_empty() { date } else { format!("{name}, {date}") }
    }

    /// The local date on which it starts.
    pub fn first_day(&self) -> NaiveDate {
        self.window.local(self.occurrence.start_at).date()
    }

    pub fn abbreviation(&self, at: UtcMinute) -> &str {
        self.window.expansion.zone.abbreviation(at)
    }

    /// When the items of a block are due.
    pub fn block_at(&self, block: ChecklistBlock) -> UtcMinute {
        block_at(block, &self.schedule.plan, self.window, self.occurrence)
    }

    /// The begin and the end of the watch afterwards. None if the window has no watch.
    pub fn watch_times(&self) -> Option<(UtcMinute, UtcMinute)> {
        watch_times(&self.schedule.plan, self.window, self.occurrence)
    }

    /// "00:42", or "00:42 CET" in a night in which that could be misunderstood.
    pub fn clock(&self, at: UtcMinute) -> String {
        let at = self.window.zoned(at);
        if self.clocks_change { time_with_zone(at) } else { time(at.local.time()) }
    }

    /// "Fri 19 Mar"
    pub fn day(&self, at: UtcMinute) -> String {
        self.words.day(self.window.local(at).date())
    }

    /// "Fri 19 Mar, 22:00"
    pub fn moment(&self, at: UtcMinute) -> String {
        self.words.moment(&self.day(at), &self.clock(at))
    }

    /// Only the time if it is on the same day as `beside`, else with its day.
    pub fn clock_beside(&self, at: UtcMinute, beside: UtcMinute) -> String {
        if self.is_same_day(at, beside) { self.clock(at) } else { self.moment(at) }
    }

    pub fn is_same_day(&self, one: UtcMinute, other: UtcMinute) -> bool {
        self.window.local(one).date() == self.window.local(other).date()
    }

    /// The wording with that time filled in.
    pub fn with_time(&self, word: Word, at: UtcMinute) -> String {
        self.words.fill(word, &[("time", &self.clock(at))])
    }
}

/// Whether the clocks of the window's zone change from `from` up to and including `to`.
pub fn clocks_change(window: &WindowSchedule, from: UtcMinute, to: UtcMinute) -> bool {
    window.expansion.zone.transitions(from, to.plus(1)).len() > 1
}
