//! The occurrences of one window that no freeze blocks.
//!
//! An occurrence that overlaps a freeze, without an exemption of its window, will be denied. So cycles and deadlines
//! are calculated without it.

use std::sync::Arc;

use crate::model::UtcMinute;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::span::Span;
use crate::schedule::reach_index::OccurrenceCursor;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// The occurrences of one window that no freeze blocks.
#[derive(Clone, Debug)]
pub struct UnfrozenStarts<'a> {
    seeker: OccurrenceCursor<'a>,
    /// The indices of the occurrences that a freeze blocks, ascending, each with the index of the freeze. Empty for
    /// most windows.
    frozen: Vec<(usize, usize)>,
}

impl<'a> UnfrozenStarts<'a> {
    /// Leaves out the occurrences that these freezes block. This is only known for occurrences that start `within` a
    /// span.
    pub fn new(window: &'a Arc<WindowSchedule>, freezes: &[FreezeTimes<'_>], within: Span) -> Self {
        Self { seeker: OccurrenceCursor::new(window), frozen: frozen(window, freezes, within) }
    }

    pub fn window(&self) -> &'a Arc<WindowSchedule> {
        self.seeker.window()
    }

    /// The first occurrence that starts at or after `at` and is not blocked.
    pub fn first_from(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        let first = self.seeker.first_from(at);
        if self.frozen.is_empty() {
            return first;
        }
        self.window().expansion.occurrences.get(self.unblocked_from(self.seeker.index()))
    }

    /// The first index at or after `index` that no freeze blocks.
    fn unblocked_from(&self, index: usize) -> usize {
        let next = self.frozen.partition_point(|(frozen, _)| *frozen < index);
        let in_a_row = self.frozen[next..].iter().zip(index..).take_while(|((frozen, _), index)| frozen == index);
        index + in_a_row.count()
    }

    /// Adds, for each of these times, the first occurrence at or after it, and possibly others in between. The times
    /// are ascending, and so is the result.
    pub fn add_spans(&self, times: &[UtcMinute], spans: &mut Vec<Span>) {
        let (Some(first), Some(last)) = (times.first(), times.last()) else { return };
        let expansion = &self.window().expansion;
        let (from, to) = (expansion.first_index_from(*first), expansion.first_index_from(*last));
        // Searching for a few is faster than reading all of them.
        if to - from > 2 * times.len() {
            self.add_found(times, from, spans);
        } else {
            self.add_all(from, self.unblocked_from(to), spans);
        }
    }

    /// Adds the first occurrence at or after each of these times. None starts before the occurrence at `from`.
    fn add_found(&self, times: &[UtcMinute], mut from: usize, spans: &mut Vec<Span>) {
        let all = &self.window().expansion.occurrences[..];
        let mut found = None;
        for at in times {
            from += all[from..].partition_point(|each| each.start_at < *at);
            let index = self.unblocked_from(from);
            let Some(occurrence) = all.get(index) else { return };
            if found.replace(index) != Some(index) {
                spans.push(Span::from(occurrence));
            }
        }
    }

    /// Adds all occurrences between these indices, including the last one.
    fn add_all(&self, mut from: usize, to: usize, spans: &mut Vec<Span>) {
        let all = &self.window().expansion.occurrences[..];
        let end = all.len().min(to + 1);
        let next = self.frozen.partition_point(|(index, _)| *index < from);
        for (index, _) in self.frozen[next..].iter().take_while(|(index, _)| *index < end) {
            spans.extend(all[from..*index].iter().map(Span::from));
            from = index + 1;
        }
        spans.extend(all[from..end].iter().map(Span::from));
    }

    /// The starts of the occurrences that a freeze blocks.
    pub fn frozen_starts(&self) -> impl Iterator<Item = UtcMinute> {
        let occurrences = &self.seeker.window().expansion.occurrences;
        self.frozen.iter().map(|(index, _)| occurrences[*index].start_at)
    }

    /// The same window without any freezes.
    pub fn unfrozen(&self) -> Self {
        Self { seeker: self.seeker.clone(), frozen: Vec::new() }
    }

    /// The last occurrence that starts before `at` and is not blocked.
    pub fn last_before(&mut self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seeker.last_before(at)?;
        let is_frozen = |index: &usize| self.frozen.binary_search_by_key(index, |(frozen, _)| *frozen).is_ok();
        let index = (0..self.seeker.index()).rev().find(|index| !is_frozen(index))?;
        self.window().expansion.occurrences.get(index)
    }

    /// All occurrences that are not blocked, by start.
    pub fn occurrences(&self) -> impl Iterator<Item = &'a Occurrence> {
        let all = &self.seeker.window().expansion.occurrences;
        let mut frozen = self.frozen.iter().map(|(index, _)| *index).peekable();
        let is_unblocked = move |(index, occurrence)| frozen.next_if_eq(&index).is_none().then_some(occurrence);
        all.iter().enumerate().filter_map(is_unblocked)
    }

    /// The first occurrence at or after `at` that a freeze blocks, and the index of the freeze.
    pub fn first_frozen(&self, at: UtcMinute) -> Option<(&'a Occurrence, usize)> {
        let occurrences = &self.seeker.window().expansion.occurrences;
        let next = self.frozen.partition_point(|(index, _)| occurrences[*index].start_at < at);
        self.frozen.get(next).map(|(index, freeze)| (&occurrences[*index], *freeze))
    }

    /// The first skipped occurrence that would have started at or after `at`.
    pub fn first_skipped(&self, at: UtcMinute) -> Option<&'a Occurrence> {
        self.seeker.window().expansion.skipped.iter().find(|occurrence| occurrence.start_at >= at)
    }
}

/// The occurrences of the window that freezes block, each with the first freeze that covers it.
fn frozen(window: &WindowSchedule, freezes: &[FreezeTimes<'_>], within: Span) -> Vec<(usize, usize)> {
    let longest = window.lengths().max().unwrap_or_default();
    let until = within.end_at.plus(longest.signed());
    let comes =
        |freeze: &FreezeTimes<'_>| freeze.times.iter().any(|time| time.to > within.start_at && time.from <= until);
    let mut found = Vec::new();
    let coming = freezes.iter().enumerate().filter(|(_, freeze)| comes(freeze) && freeze.covers(window));
    for (freeze_index, freeze) in coming {
        found.extend(freeze.occurrence_indices(window).map(|(index, _)| (index, freeze_index)));
    }
    found.sort_unstable();
    found.dedup_by_key(|(index, _)| *index);
    found
}
