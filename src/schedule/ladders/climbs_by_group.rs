//! When a group is through, for many instants at once.
//!
//! For systems that share their windows the answer is a staircase over the instants at which one may start: behind one
//! occurrence's start and up to the next one's lies the end of that next occurrence. A group's answer is the highest of
//! its systems' stairs. Stairs that only rise need but be known where they rise.

use crate::model::UtcMinute;
use crate::schedule::ladders::span::Span;

/// No end inside the plan.
const NEVER: UtcMinute = UtcMinute(i32::MAX);
const NOTHING: UtcMinute = UtcMinute(i32::MIN);
/// To pass by so many instants takes no longer than to look up where to begin.
const NEAR: usize = 8;

/// The stairs of one group, seen from the instants that are asked about.
pub struct ClimbsByGroup<'q> {
    asked: &'q [UtcMinute],
    /// The place of the first instant in each of the equal parts into which time is cut …
    parts: Vec<u32>,
    /// … each two to that power minutes long.
    part_bits: u32,
    /// By place, what holds for that instant and all later ones.
    rises: Vec<UtcMinute>,
    /// By place, what holds for that instant alone; empty while there is no such thing.
    alone: Vec<UtcMinute>,
}

impl<'q> ClimbsByGroup<'q> {
    /// `asked` is ascending.
    pub fn new(asked: &'q [UtcMinute]) -> Self {
        let whole = asked.first().zip(asked.last()).map_or(0, |(first, last)| distance(*first, *last));
        let mut part_bits = 0;
        while whole >> part_bits > 2 * asked.len() as u64 {
            part_bits += 1;
        }
        let mut parts = Vec::with_capacity((whole >> part_bits) as usize + 2);
        for (place, at) in asked.iter().enumerate() {
            let part = (distance(asked[0], *at) >> part_bits) as usize;
            if parts.len() <= part {
                parts.resize(part + 1, place as u32);
            }
        }
        parts.push(asked.len() as u32);
        Self { asked, parts, part_bits, rises: vec![NOTHING; asked.len()], alone: Vec::new() }
    }

    /// Puts in the stairs of systems that share their windows. Among `spans`, ascending, is for each instant the first of
    /// their occurrences that starts at or after it, where there is one.
    pub fn add(&mut self, spans: &[Span]) {
        let only_rises = spans.windows(2).all(|pair| pair[0].end_at <= pair[1].end_at);
        if !only_rises {
            self.alone.resize(self.asked.len(), NOTHING);
        }
        let mut from = 0;
        for span in spans {
            if from == self.asked.len() {
                return;
            }
            if only_rises {
                self.rises[from] = self.rises[from].max(span.end_at);
                from = self.behind(from, span.start_at);
            } else {
                let to = self.behind(from, span.start_at);
                self.alone[from..to].iter_mut().for_each(|end_at| *end_at = (*end_at).max(span.end_at));
                from = to;
            }
        }
        if let Some(rest) = self.rises.get_mut(from) {
            *rest = NEVER;
        }
    }

    /// When the group is through, for each instant up to the last from which on it is inside the plan.
    pub fn ends(self) -> Vec<UtcMinute> {
        let mut ends = self.rises;
        let mut highest = NOTHING;
        for end_at in &mut ends {
            highest = highest.max(*end_at);
            *end_at = highest;
        }
        ends.truncate(ends.partition_point(|end_at| *end_at != NEVER));
        for (end_at, alone) in ends.iter_mut().zip(self.alone) {
            *end_at = (*end_at).max(alone);
        }
        ends
    }

    /// The place of the first instant after `at`, at `from` or behind it: one of the next few, mostly.
    fn behind(&self, from: usize, at: UtcMinute) -> usize {
        let near = &self.asked[from..self.asked.len().min(from + NEAR)];
        let passed = near.iter().take_while(|each| **each <= at).count();
        if passed < near.len() {
            return from + passed;
        }
        let Some(first) = self.asked.first().filter(|first| **first <= at) else { return 0 };
        let part = (distance(*first, at) >> self.part_bits) as usize;
        let Some([from, to]) = self.parts.get(part..part + 2) else { return self.asked.len() };
        let (from, to) = (*from as usize, *to as usize);
        from + self.asked[from..to].partition_point(|each| *each <= at)
    }
}

/// Minutes from one instant to a later one.
fn distance(from: UtcMinute, to: UtcMinute) -> u64 {
    i64::from(to.0).abs_diff(i64::from(from.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(list: Vec<(i32, i32)>) -> Vec<Span> {
        let mut spans: Vec<Span> = list
            .into_iter()
            .map(|(start, length)| Span { start_at: UtcMinute(start), end_at: UtcMinute(start + length) })
            .collect();
        spans.sort_by_key(|span| span.start_at);
        spans.dedup_by_key(|span| span.start_at);
        spans
    }

    fn one_by_one(asked: &[UtcMinute], sets: &[Vec<Span>]) -> Vec<UtcMinute> {
        let end_at =
            |at: &UtcMinute, set: &Vec<Span>| set.iter().find(|span| span.start_at >= *at).map(|span| span.end_at);
        let through = |at| sets.iter().map(|set| end_at(at, set)).try_fold(NOTHING, |ends, end| Some(ends.max(end?)));
        asked.iter().map_while(through).collect()
    }

    proptest! {
        #[test]
        fn all_instants_at_once_give_what_each_gives_by_itself(
            asked in prop::collection::btree_set(-3_000..3_000_i32, 1..40),
            sets in prop::collection::vec(prop::collection::vec((-3_000..6_000_i32, 1..900_i32), 0..12), 1..6),
        ) {
            let asked: Vec<UtcMinute> = asked.into_iter().map(UtcMinute).collect();
            let sets: Vec<Vec<Span>> = sets.into_iter().map(spans).collect();
            let mut sweep = ClimbsByGroup::new(&asked);
            for set in &sets {
                let first = set.partition_point(|span| span.start_at < asked[0]);
                sweep.add(&set[first..]);
            }
            prop_assert_eq!(sweep.ends(), one_by_one(&asked, &sets));
        }
    }
}
