//! Which rounds of standby windows serve all late days with the fewest windows.
//!
//! For a late day and a number of standby windows there is a latest round: built from the last group to the first, each
//! step as late as the next one allows. Starting latest, it serves the most later days, too. Two rounds never gain by
//! sharing a standby window: one of them could take the later beginning and the earlier end and serve for both. So the
//! fewest windows for all late days from one on are the fewest, over all numbers of windows, of that number and what
//! the days behind its latest round need.

use std::collections::BTreeSet;

use crate::model::{Minutes, UtcMinute};
use crate::schedule::ladders::span::Span;

/// More groups on one ladder are not reckoned with: the numbers of windows to try would grow without end.
const MOST_LEVELS: usize = 16;

/// A group with systems.
#[derive(Clone, Debug)]
pub struct Level {
    /// For each set of systems that share the same windows, those windows' occurrences by start.
    pub existing: Vec<Vec<Span>>,
    /// Where standby windows could stand, by start.
    pub standbys: Vec<Span>,
    /// Minutes before the next group may start.
    pub soak: i32,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// The level and the place among its standbys of each window, each once.
    pub picked: BTreeSet<(usize, usize)>,
    /// Days that stay late.
    pub left: usize,
}

/// The latest round with a number of standby windows, as far as it is built: from the last level down.
#[derive(Clone, Debug)]
struct Round {
    /// The latest instant at which the level built last may begin.
    from: UtcMinute,
    picked: Vec<(usize, usize)>,
}

/// The best for all late days from one on.
#[derive(Clone, Debug, Default)]
struct Best {
    windows: usize,
    /// How many windows the round that serves the day has, and the first day that it does not serve; none where
    /// nothing can.
    round: Option<(usize, usize)>,
}

impl Rounds {
    /// `late`: the starts of the late days, ascending.
    pub fn fewest(levels: &[Level], late: &[UtcMinute], within: Minutes) -> Self {
        if levels.is_empty() || levels.len() > MOST_LEVELS {
            return Self { picked: BTreeSet::new(), left: late.len() };
        }
        let mut best = vec![Best::default(); late.len() + 1];
        for day in (0..late.len()).rev() {
            best[day] = Best { windows: best[day + 1].windows, round: None };
            let rounds = rounds(levels, late[day].plus(within.signed()), false);
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
                    let rounds = rounds(levels, late[day].plus(within.signed()), true);
                    picked.extend(rounds[*count].iter().flat_map(|round| &round.picked));
                    *next
                }
                None => day + 1,
            };
        }
        let left = late.iter().filter(|at| !is_in_time(levels, &picked, **at, within)).count();
        Self { picked, left }
    }
}

/// For each number of standby windows, from none to one a level, the latest round that ends by `end_at`; with the windows
/// that it picks where those are `wanted`.
fn rounds(levels: &[Level], end_at: UtcMinute, wanted: bool) -> Vec<Option<Round>> {
    let mut rounds: Vec<Option<Round>> = vec![None; levels.len() + 1];
    rounds[0] = Some(Round { from: end_at, picked: Vec::new() });
    for (place, level) in levels.iter().enumerate().rev() {
        let is_last = place + 1 == levels.len();
        let bound = |round: &Round| if is_last { round.from } else { round.from.plus(-level.soak) };
        for windows in (0..rounds.len()).rev() {
            let existing = rounds[windows].as_ref().and_then(|round| {
                let from = level.latest_existing(bound(round))?;
                Some(Round { from, picked: round.picked.clone() })
            });
            let with_one_less = windows.checked_sub(1).and_then(|windows| rounds[windows].as_ref());
            let standby = with_one_less.and_then(|round| {
                let standby = level.latest_standby(bound(round))?;
                let mut picked = round.picked.clone();
                if wanted {
                    picked.push((place, standby));
                }
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

impl Level {
    /// The latest instant from which existing occurrences take all systems through by `end_at`.
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

/// Whether a fix published at `at` is in on time with those standby windows.
fn is_in_time(levels: &[Level], picked: &BTreeSet<(usize, usize)>, at: UtcMinute, within: Minutes) -> bool {
    let mut allowed_at = at;
    let mut through_at = at;
    for (place, level) in levels.iter().enumerate() {
        let standbys = picked.range((place, 0)..(place + 1, 0)).map(|(_, standby)| level.standbys[*standby]);
        let standby = standbys.into_iter().find(|span| span.start_at >= allowed_at);
        for spans in &level.existing {
            let existing = spans.get(spans.partition_point(|span| span.start_at < allowed_at)).copied();
            let Some(first) = existing.into_iter().chain(standby).min_by_key(|span| span.start_at) else {
                return false;
            };
            through_at = through_at.max(first.end_at);
        }
        allowed_at = through_at.plus(level.soak);
    }
    through_at <= at.plus(within.signed())
}

#[cfg(test)]
mod tests;
