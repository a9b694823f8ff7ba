//! The occurrences of one window that will happen: those that no freeze takes away.
//!
//! An occurrence that touches a freeze which covers its window and does not exempt it will be denied, so cycles and
//! deadlines are reckoned without it.

use std::sync::Arc;

use crate::model::UtcMinute;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::span::Span;
use crate::schedule::reach_index::Seeker;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// One window among those that reach a ladder.
#[derive(Clone, Debug)]
pub struct UnfrozenStarts<'a> {
    seeker: Seeker<'a>,
    /// Occurrences that a freeze takes away, by their places, ascending, with the freeze's; empty for most windows.
    frozen: Vec<(usize, usize)>,
}

impl<'a> UnfrozenStarts<'a> {
    /// Without the occurrences that those freezes take away; only where these start `within` a span is that known.
    pub fn new(window: &'a Arc<WindowSchedule>, freezes: &[FreezeTimes<'_>], within: Span) -> Self {
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
        self.window().expansion.occurrences.get(self.happening_from(self.seeker.place()))
    }

    /// The first place at or behind `place` that no freeze takes away.
    fn happening_from(&self, place: usize) -> usize {
        let next = self.frozen.partition_point(|(frozen, _)| *frozen < place);
        let in_a_row = self.frozen[next..].iter().zip(place..).take_while(|((frozen, _), place)| frozen == place);
        place + in_a_row.count()
    }

    /// Adds what takes place first at or after each of those instants, and perhaps what lies between. They are
    /// ascending, and so is what is added.
    pub fn put_spans(&self, asked: &[UtcMinute], spans: &mut Vec<Span>) {
        let (Some(first), Some(last)) = (asked.first(), asked.last()) else { return };
        let expansion = &self.window().expansion;
        let (from, to) = (expansion.first_index_from(*first), expansion.first_index_from(*last));
        // To seek a few takes less time than to read all that lies between them.
        if to - from > 2 * asked.len() {
            self.put_sought(asked, from, spans);
        } else {
            self.put_all(from, self.happening_from(to), spans);
        }
    }

    /// What takes place first at or after each of those instants; none starts before the occurrence at `from`.
    fn put_sought(&self, asked: &[UtcMinute], mut from: usize, spans: &mut Vec<Span>) {
        let all = &self.window().expansion.occurrences[..];
        let mut found = None;
        for at in asked {
            from += all[from..].partition_point(|each| each.start_at < *at);
            let place = self.happening_from(from);
            let Some(occurrence) = all.get(place) else { return };
            if found.replace(place) != Some(place) {
                spans.push(Span::from(occurrence));
            }
        }
    }

    /// What takes place between those places, the last included.
    fn put_all(&self, mut from: usize, to: usize, spans: &mut Vec<Span>) {
        let all = &self.window().expansion.occurrences[..];
        let end = all.len().min(to + 1);
        let next = self.frozen.partition_point(|(place, _)| *place < from);
        for (place, _) in self.frozen[next..].iter().take_while(|(place, _)| *place < end) {
            spans.extend(all[from..*place].iter().map(Span::from));
            from = place + 1;
        }
        spans.extend(all[from..end].iter().map(Span::from));
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
fn frozen(window: &WindowSchedule, freezes: &[FreezeTimes<'_>], within: Span) -> Vec<(usize, usize)> {
    let longest = window.lengths().max().unwrap_or_default();
    let until = within.end_at.plus(longest.signed());
    let comes =
        |freeze: &FreezeTimes<'_>| freeze.times.iter().any(|time| time.to > within.start_at && time.from <= until);
    let mut found = Vec::new();
    let coming = freezes.iter().enumerate().filter(|(_, freeze)| comes(freeze) && freeze.covers(window));
    for (index, freeze) in coming {
        found.extend(freeze.places(window).map(|(place, _)| (place, index)));
    }
    found.sort_unstable();
    found.dedup_by_key(|(place, _)| *place);
    found
}
