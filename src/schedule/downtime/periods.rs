//! Periods of time, sorted and without overlaps.

use crate::model::UtcMinute;

/// From the first instant to the second, which does not belong to it.
pub type Period = (UtcMinute, UtcMinute);

/// Sorted periods that do not overlap or touch each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Periods(Vec<Period>);

impl Periods {
    /// All of these periods together. Those that overlap or touch become one.
    pub fn new(mut all: Vec<Period>) -> Self {
        all.retain(|(from, to)| from < to);
        all.sort_unstable();
        let mut merged: Vec<Period> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// What belongs to both.
    pub fn shared_with(&self, other: &Self) -> Self {
        let mut shared = Vec::new();
        let mut others = other.0.iter().peekable();
        for (from, to) in &self.0 {
            while let Some((other_from, other_to)) = others.peek() {
                let (begin, end) = (*from.max(other_from), *to.min(other_to));
                if begin < end {
                    shared.push((begin, end));
                }
                if other_to > to {
                    break;
                }
                others.next();
            }
        }
        Self(shared)
    }

    /// The parts between two instants.
    pub fn between(&self, from: UtcMinute, to: UtcMinute) -> impl Iterator<Item = Period> + '_ {
        let parts = self.0.iter().map(move |(begin, end)| ((*begin).max(from), (*end).min(to)));
        parts.filter(|(begin, end)| begin < end)
    }

    pub fn iter(&self) -> impl Iterator<Item = Period> + '_ {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(all: &[(i32, i32)]) -> Periods {
        Periods::new(all.iter().map(|(from, to)| (UtcMinute(*from), UtcMinute(*to))).collect())
    }

    #[test]
    fn periods_that_overlap_or_touch_become_one() {
        assert_eq!(periods(&[(5, 8), (0, 2), (2, 3), (6, 7), (9, 9)]), periods(&[(0, 3), (5, 8)]));
    }

    #[test]
    fn what_two_share_is_found_across_any_borders() {
        // Compared with asking every minute.
        let is_in = |periods: &Periods, at: i32| periods.iter().any(|(from, to)| from.0 <= at && at < to.0);
        let lists: [&[(i32, i32)]; 6] =
            [&[], &[(0, 20)], &[(1, 4), (6, 9), (11, 15)], &[(3, 7), (8, 12)], &[(4, 6), (9, 11)], &[(0, 1), (14, 20)]];
        for (one, other) in lists.iter().flat_map(|one| lists.iter().map(move |other| (periods(one), periods(other)))) {
            let shared = one.shared_with(&other);
            for at in -1..22 {
                assert_eq!(is_in(&shared, at), is_in(&one, at) && is_in(&other, at), "{one:?} {other:?} {at}");
            }
        }
    }

    #[test]
    fn periods_are_cut_at_the_borders_of_a_span() {
        let all = periods(&[(0, 10), (20, 30), (40, 50)]);
        let cut: Vec<Period> = all.between(UtcMinute(5), UtcMinute(25)).collect();
        assert_eq!(cut, [(UtcMinute(5), UtcMinute(10)), (UtcMinute(20), UtcMinute(25))]);
    }
}
