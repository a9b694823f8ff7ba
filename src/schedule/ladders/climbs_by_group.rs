//! When a group is reached, for many start times at once.
//!
//! For systems with the same windows, the result is a step function of the start time: between the starts of two
//! occurrences, it is the end of the later one. The result for a group is the maximum over its systems. A function that
//! only rises needs to be stored only where it rises.

use crate::model::UtcMinute;
use crate::schedule::ladders::span::Span;

/// No end within the plan.
const NEVER: UtcMinute = UtcMinute(i32::MAX);
const NOTHING: UtcMinute = UtcMinute(i32::MIN);
/// Skipping up to this many times is as cheap as a binary search.
const NEAR: usize = 8;

/// The step function of one group, at the times to calculate.
pub struct ClimbsByGroup<'q> {
    times: &'q [UtcMinute],
    /// Time is split into equal parts. For each part, the index of its first time …
    parts: Vec<u32>,
    /// … and each part is two to the power of this many minutes long.
    part_bits: u32,
    /// By index, a lower bound for this time and all later ones.
    rises: Vec<UtcMinute>,
    /// By index, a lower bound for this time only. Empty if there is none.
    alone: Vec<UtcMinute>,
}

impl<'q> ClimbsByGroup<'q> {
    /// `times` must be ascending.
    pub fn new(times: &'q [UtcMinute]) -> Self {
        let whole = times.first().zip(times.last()).map_or(0, |(first, last)| distance(*first, *last));
        let mut part_bits = 0;
        while whole >> part_bits > 2 * times.len() as u64 {
            part_bits += 1;
        }
        let mut parts = Vec::with_capacity((whole >> part_bits) as usize + 2);
        for (index, at) in times.iter().enumerate() {
            let part = (distance(times[0], *at) >> part_bits) as usize;
            if parts.len() <= part {
                parts.resize(part + 1, index as u32);
            }
        }
        parts.push(times.len() as u32);
        Self { times, parts, part_bits, rises: vec![NOTHING; times.len()], alone: Vec::new() }
    }

    /// Adds systems with the same windows. `spans` is ascending. For each time it contains the first of their
    /// occurrences that starts at or after it, if there is one.
    pub fn add(&mut self, spans: &[Span]) {
        let only_rises = spans.windows(2).all(|pair| pair[0].end_at <= pair[1].end_at);
        if !only_rises {
            self.alone.resize(self.times.len(), NOTHING);
        }
        let mut from = 0;
        for span in spans {
            if from == self.times.len() {
                return;
            }
            if only_rises {
                self.rises[from] = self.rises[from].max(span.end_at);
                from = self.first_index_after(from, span.start_at);
            } else {
                let to = self.first_index_after(from, span.start_at);
                self.alone[from..to].iter_mut().for_each(|end_at| *end_at = (*end_at).max(span.end_at));
                from = to;
            }
        }
        if let Some(rest) = self.rises.get_mut(from) {
            *rest = NEVER;
        }
    }

    /// Returns when the group is reached, for each time up to the last one that has a result within the plan.
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

    /// The index of the first time after `at`, at or after the index `from`. Usually it is one of the next few.
    fn first_index_after(&self, from: usize, at: UtcMinute) -> usize {
        let near = &self.times[from..self.times.len().min(from + NEAR)];
        let passed = near.iter().take_while(|each| **each <= at).count();
        if passed < near.len() {
            return from + passed;
        }
        let Some(first) = self.times.first().filter(|first| **first <= at) else { return 0 };
        let part = (distance(*first, at) >> self.part_bits) as usize;
        let Some([from, to]) = self.parts.get(part..part + 2) else { return self.times.len() };
        let (from, to) = (*from as usize, *to as usize);
        from + self.times[from..to].partition_point(|each| *each <= at)
    }
}

/// The minutes between two times.
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

    fn one_by_one(times: &[UtcMinute], sets: &[Vec<Span>]) -> Vec<UtcMinute> {
        let end_at =
            |at: &UtcMinute, set: &Vec<Span>| set.iter().find(|span| span.start_at >= *at).map(|span| span.end_at);
        let through = |at| sets.iter().map(|set| end_at(at, set)).try_fold(NOTHING, |ends, end| Some(ends.max(end?)));
        times.iter().map_while(through).collect()
    }

    proptest! {
        #[test]
        fn all_times_together_give_the_same_as_each_alone(
            times in prop::collection::btree_set(-3_000..3_000_i32, 1..40),
            sets in prop::collection::vec(prop::collection::vec((-3_000..6_000_i32, 1..900_i32), 0..12), 1..6),
        ) {
            let times: Vec<UtcMinute> = times.into_iter().map(UtcMinute).collect();
            let sets: Vec<Vec<Span>> = sets.into_iter().map(spans).collect();
            let mut climbs = ClimbsByGroup::new(&times);
            for set in &sets {
                let first = set.partition_point(|span| span.start_at < times[0]);
                climbs.add(&set[first..]);
            }
            prop_assert_eq!(climbs.ends(), one_by_one(&times, &sets));
        }
    }
}
