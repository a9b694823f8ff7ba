//! The occurrences of one window that will happen: those that no freeze takes away.
//!
//! An occurrence that touches a freeze which covers its window and does not exempt it will be denied, so cycles and
//! deadlines are reckoned without it.

use std::sync::Arc;

use super::cycle::Seeker;
use super::standby::Span;
use super::{Frozen, Occurrence, WindowSchedule};
use crate::model::UtcMinute;

/// One window among those that reach a ladder.
#[derive(Clone, Debug)]
pub struct Lane<'a> {
    seeker: Seeker<'a>,
    /// Occurrences that a freeze takes away, by their places, ascending, with the freeze's; empty for most windows.
    frozen: Vec<(usize, usize)>,
}

impl<'a> Lane<'a> {
    /// Without the occurrences that those freezes take away; only where these start `within` a span is that known.
    pub fn new(window: &'a Arc<WindowSchedule>, freezes: &[Frozen<'_>], within: Span) -> Self {
        Self { seeker: Seeker::new(window), frozen: frozen(window, freezes, within) }
    }

    pub fn window(&self) -> &'a Arc<WindowSchedule> {
        self.seeker.window()
    }

    /// The first occurrence that starts at or after `at` and will happen.
    pub fn first_from(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        let first = self.seeker.first_from(at);
        if self.frozen.is_empty() {
            return first;
        }
        let mut place = self.seeker.place();
        let mut next = self.frozen.partition_point(|(frozen, _)| *frozen < place);
        while self.frozen.get(next).is_some_and(|(frozen, _)| *frozen == place) {
            place += 1;
            next += 1;
        }
        self.window().expansion.occurrences.get(place)
    }

    /// Adds what takes place from `first` on, up to the first occurrence that starts at or after `last`.
    pub fn put_spans(&self, first: UtcMinute, last: UtcMinute, spans: &mut Vec<Span>) {
        let all = &self.window().expansion.occurrences;
        let from = all.partition_point(|each| each.start_at < first);
        let next = self.frozen.partition_point(|(place, _)| *place < from);
        let mut frozen = self.frozen[next..].iter().map(|(place, _)| *place).peekable();
        for (place, occurrence) in all.iter().enumerate().skip(from) {
            if frozen.next_if_eq(&place).is_some() {
                continue;
            }
            spans.push(Span { start_at: occurrence.start_at, end_at: occurrence.end_at });
            if occurrence.start_at >= last {
                return;
            }
        }
    }

    /// The starts of the occurrences that a freeze takes away.
    pub fn frozen_starts(&self) -> impl Iterator<Item = UtcMinute> {
        let occurrences = &self.seeker.window().expansion.occurrences;
        self.frozen.iter().map(|(place, _)| occurrences[*place].start_at)
    }

    /// The same with all freezes lifted.
    pub fn unfrozen(&self) -> Self {
        Self { seeker: self.seeker.clone(), frozen: Vec::new() }
    }

    /// The last occurrence that starts before `at` and will happen.
    pub fn last_before(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seeker.last_before(at)?;
        let is_frozen = |place: &usize| self.frozen.binary_search_by_key(place, |(frozen, _)| *frozen).is_ok();
        let place = (0..self.seeker.place()).rev().find(|place| !is_frozen(place))?;
        self.window().expansion.occurrences.get(place)
    }

    /// All that will happen, by start.
    pub fn occurrences(&self) -> impl Iterator<Item = &'a Occurrence> {
        let all = &self.seeker.window().expansion.occurrences;
        let mut frozen = self.frozen.iter().map(|(place, _)| *place).peekable();
        let is_happening = move |(place, occurrence)| frozen.next_if_eq(&place).is_none().then_some(occurrence);
        all.iter().enumerate().filter_map(is_happening)
    }

    /// The first occurrence that a freeze takes away among those that start at or after `at`, and the freeze's place.
    pub fn first_frozen(&self, at: UtcMinute) -> Option<(&'a Occurrence, usize)> {
        let occurrences = &self.seeker.window().expansion.occurrences;
        let next = self.frozen.partition_point(|(place, _)| occurrences[*place].start_at < at);
        self.frozen.get(next).map(|(place, freeze)| (&occurrences[*place], *freeze))
    }

    /// The first skipped occurrence among those that would have started at or after `at`.
    pub fn first_skipped(&self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seeker.window().expansion.skipped.iter().find(|occurrence| occurrence.start_at >= at)
    }
}

/// Which occurrences of the window lie in which freeze; in the first one where several cover it.
fn frozen(window: &WindowSchedule, freezes: &[Frozen<'_>], within: Span) -> Vec<(usize, usize)> {
    let occurrences = &window.expansion.occurrences;
    let place = |frozen: &Occurrence| {
        let first = occurrences.partition_point(|each| each.start_at < frozen.start_at);
        first + occurrences[first..].iter().take_while(|each| !std::ptr::eq(*each, frozen)).count()
    };
    let longest = window.lengths().max().unwrap_or_default();
    let until = within.end_at.plus(longest.signed());
    let comes = |freeze: &Frozen<'_>| freeze.times.iter().any(|time| time.to > within.start_at && time.from <= until);
    let mut found = Vec::new();
    let coming = freezes.iter().enumerate().filter(|(_, freeze)| comes(freeze) && freeze.covers(window));
    for (index, freeze) in coming {
        found.extend(freeze.occurrences(window).map(|(frozen, _)| (place(frozen), index)));
    }
    found.sort_unstable();
    found.dedup_by_key(|(place, _)| *place);
    found
}
