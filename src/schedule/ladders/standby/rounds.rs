//! Which rounds of standby windows serve all late days with the fewest windows.
//!
//! For each late day and number of standby windows there is a latest round: it is built from the last group to the
//! first, with each step as late as the next one allows. Because it starts latest, it also serves the most later days.
//! Two rounds never gain by sharing a standby window, since one of them could combine the later beginning with the
//! earlier end and replace both. So the minimum for all late days from one on is the minimum, over all numbers of
//! windows, of that number plus the minimum for the days after its latest round.

use std::collections::BTreeSet;

use crate::model::{Minutes, UtcMinute};
use crate::schedule::ladders::span::Span;

/// A group with systems.
#[derive(Clone, Debug)]
pub struct LadderLevel {
    /// For each set of systems with the same windows, the occurrences of those windows by start.
    pub existing: Vec<Vec<Span>>,
    /// The possible standby windows, by start.
    pub standbys: Vec<Span>,
    /// The minutes to wait before the next group may start.
    pub soak: i32,
}

/// The rounds that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// The level of each window and its index in the level's `standbys`, without duplicates.
    pub picked: BTreeSet<(usize, usize)>,
    /// The number of days that remain late.
    pub left: usize,
}

/// The latest round with a given number of standby windows, as far as it is built, from the last level down.
#[derive(Clone, Debug)]
struct Round<P> {
    /// The latest time at which the level that was built last may begin.
    from: UtcMinute,
    /// What the caller notes about the standby windows of the round.
    picked: P,
}

/// The minimum for all late days from one on.
#[derive(Clone, Debug, Default)]
struct Best {
    windows: usize,
    /// The number of windows in the round that serves the day, and the first day that it does not serve. None if no
    /// round can.
    round: Option<(usize, usize)>,
}

impl Rounds {
    /// `late` contains the starts of the late days, ascending.
    pub fn fewest(levels: &[LadderLevel], late: &[UtcMinute], within: Minutes) -> Self {
        if levels.is_empty() {
            return Self { picked: BTreeSet::new(), left: late.len() };
        }
        let mut best = vec![Best::default(); late.len() + 1];
        for day in (0..late.len()).rev() {
            best[day] = Best { windows: best[day + 1].windows, round: None };
            let rounds = rounds(levels, late[day].plus(within.signed()), |(): &mut (), _, _| {});
            for (count, round) in rounds.into_iter().enumerate().skip(1) {
                let Some(round) = round.filter(|round| round.from >= late[day]) else { continue };
                let next = late.partition_point(|at| *at <= round.from);
                let windows = count + best[next].windows;
                if best[day].round.is_none() || windows < best[day].windows {
                    best[day] = Best { windows, round: Some((count, next)) };
                }
            }
        }
        let mut picked = BTreeSet::new();
        let mut day = 0;
        while day < late.len() {
            day = match &best[day].round {
                Some((count, next)) => {
                    let note = |picked: &mut Vec<_>, level, standby| picked.push((level, standby));
                    let rounds = rounds(levels, late[day].plus(within.signed()), note);
                    picked.extend(rounds[*count].iter().flat_map(|round| &round.picked));
                    *next
                }
                None => day + 1,
            };
        }
        let left = late_days(levels, &picked, late.iter().copied(), within);
        Self { picked, left }
    }
}

/// For each number of standby windows, from none to one per level, the latest round that ends by `end_at`. `note` is
/// called with the level and the index of each standby window that a round picks; to count windows, it does nothing.
fn rounds<P: Clone + Default>(
    levels: &[LadderLevel],
    end_at: UtcMinute,
    note: impl Fn(&mut P, usize, usize),
) -> Vec<Option<Round<P>>> {
    let mut rounds: Vec<Option<Round<P>>> = vec![None; levels.len() + 1];
    rounds[0] = Some(Round { from: end_at, picked: P::default() });
    for (index, level) in levels.iter().enumerate().rev() {
        let is_last = index + 1 == levels.len();
        let bound = |round: &Round<P>| if is_last { round.from } else { round.from.plus(-level.soak) };
        for windows in (0..rounds.len()).rev() {
            let existing = rounds[windows].as_ref().and_then(|round| {
                let from = level.latest_existing(bound(round))?;
                Some(Round { from, picked: round.picked.clone() })
            });
            let with_one_less = windows.checked_sub(1).and_then(|windows| rounds[windows].as_ref());
            let standby = with_one_less.and_then(|round| {
                let standby = level.latest_standby(bound(round))?;
                let mut picked = round.picked.clone();
                note(&mut picked, index, standby);
                Some(Round { from: level.standbys[standby].start_at, picked })
            });
            rounds[windows] = match (existing, standby) {
                (Some(existing), Some(standby)) if existing.from < standby.from => Some(standby),
                (Some(existing), _) => Some(existing),
                (None, standby) => standby,
            };
        }
    }
    rounds
}

impl LadderLevel {
    /// The latest time from which existing occurrences reach all systems by `end_at`.
    fn latest_existing(&self, end_at: UtcMinute) -> Option<UtcMinute> {
        let latest = |spans: &Vec<Span>| {
            let begun = &spans[..spans.partition_point(|span| span.start_at <= end_at)];
            begun.iter().rev().find(|span| span.end_at <= end_at).map(|span| span.start_at)
        };
        let mut from = end_at;
        for spans in &self.existing {
            from = from.min(latest(spans)?);
        }
        Some(from)
    }

    fn latest_standby(&self, end_at: UtcMinute) -> Option<usize> {
        self.standbys.partition_point(|span| span.end_at <= end_at).checked_sub(1)
    }
}

/// How many of these days are late with the standby windows that were picked.
pub fn late_days(
    levels: &[LadderLevel],
    picked: &BTreeSet<(usize, usize)>,
    days: impl Iterator<Item = UtcMinute>,
    within: Minutes,
) -> usize {
    days.filter(|at| !is_in_time(levels, picked, *at, within)).count()
}

/// Whether a fix published at `at` is in time with these standby windows.
fn is_in_time(levels: &[LadderLevel], picked: &BTreeSet<(usize, usize)>, at: UtcMinute, within: Minutes) -> bool {
    let mut allowed_at = at;
    let mut reached_at = at;
    for (index, level) in levels.iter().enumerate() {
        let standbys = picked.range((index, 0)..(index + 1, 0)).map(|(_, standby)| level.standbys[*standby]);
        let standby = standbys.into_iter().find(|span| span.start_at >= allowed_at);
        for spans in &level.existing {
            let existing = spans.get(spans.partition_point(|span| span.start_at < allowed_at)).copied();
            let Some(first) = existing.into_iter().chain(standby).min_by_key(|span| span.start_at) else {
                return false;
            };
            reached_at = reached_at.max(first.end_at);
        }
        allowed_at = reached_at.plus(level.soak);
    }
    reached_at <= at.plus(within.signed())
}

#[cfg(test)]
mod tests;
