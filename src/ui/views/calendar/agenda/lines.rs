//! The lines of the agenda: the head of each day on which something takes place, and its occurrences. Pure.

use std::ops::Range;

use chrono::NaiveDate;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Day(NaiveDate),
    /// The nth occurrence of a day.
    Occurrence(NaiveDate, usize),
}

/// All lines, equally high.
#[derive(Debug, Default)]
pub struct Lines {
    /// Each day with the index of its head, in order.
    days: Vec<(NaiveDate, usize)>,
    count: usize,
}

impl Lines {
    /// The lines of days with their numbers of occurrences. Days without any are left out.
    pub fn new(days: impl Iterator<Item = (NaiveDate, usize)>) -> Self {
        let mut lines = Self::default();
        for (on, occurrences) in days.filter(|(_, occurrences)| *occurrences > 0) {
            lines.days.push((on, lines.count));
            lines.count += 1 + occurrences;
        }
        lines
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The line at an index, which must be less than the length.
    pub fn line(&self, index: usize) -> Option<Line> {
        let (on, head) = self.day_above(index)?;
        Some(if index == head { Line::Day(on) } else { Line::Occurrence(on, index - head - 1) })
    }

    /// The day to which the line belongs, and the index of its head.
    pub fn day_above(&self, index: usize) -> Option<(NaiveDate, usize)> {
        let after = self.days.partition_point(|(_, head)| *head <= index);
        self.days.get(after.checked_sub(1)?).copied()
    }

    /// The index of the first line of a day, or of the next day that has one.
    pub fn head_of(&self, on: NaiveDate) -> Option<usize> {
        self.days.get(self.days.partition_point(|(day, _)| *day < on)).map(|(_, head)| *head)
    }

    /// The lines of the occurrences of a day.
    pub fn occurrences_of(&self, on: NaiveDate) -> Range<usize> {
        let Ok(day) = self.days.binary_search_by_key(&on, |(day, _)| *day) else { return 0..0 };
        self.days[day].1 + 1..self.days.get(day + 1).map_or(self.count, |(_, head)| *head)
    }

    /// The next occurrence after the line, or the previous one before it; without a line, the first or the last.
    pub fn next(&self, from: Option<usize>, forward: bool) -> Option<(NaiveDate, usize)> {
        let occurrence = |index: usize| match self.line(index)? {
            Line::Occurrence(on, nth) => Some((on, nth)),
            Line::Day(_) => None,
        };
        if forward {
            (from.map_or(0, |from| from + 1)..self.count).find_map(occurrence)
        } else {
            (0..from.unwrap_or(self.count)).rev().find_map(occurrence)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn lines() -> Lines {
        Lines::new([(on(1), 2), (on(2), 0), (on(3), 1)].into_iter())
    }

    #[test]
    fn each_day_with_occurrences_has_a_head() {
        let all: Vec<Line> = (0..lines().len()).filter_map(|index| lines().line(index)).collect();
        let (first, second) = (Line::Occurrence(on(1), 0), Line::Occurrence(on(1), 1));
        assert_eq!(all, [Line::Day(on(1)), first, second, Line::Day(on(3)), Line::Occurrence(on(3), 0)]);
        assert_eq!(lines().day_above(2), Some((on(1), 0)));
        assert_eq!((lines().head_of(on(2)), lines().head_of(on(4))), (Some(3), None));
        assert_eq!((lines().occurrences_of(on(1)), lines().occurrences_of(on(3))), (1..3, 4..5));
        assert!(lines().occurrences_of(on(2)).is_empty());
    }

    #[test]
    fn steps_skip_heads() {
        let lines = lines();
        assert_eq!(lines.next(None, true), Some((on(1), 0)));
        assert_eq!(lines.next(Some(2), true), Some((on(3), 0)));
        assert_eq!(lines.next(Some(4), false), Some((on(1), 1)));
        assert_eq!((lines.next(Some(1), false), lines.next(Some(4), true)), (None, None));
    }
}
