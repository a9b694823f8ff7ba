//! The layout of the strip of days: converts days of the horizon to rectangles. Pure.

use std::ops::Range;

use egui::{Pos2, Rect};

/// Height of one severity's row, including the gap below it.
pub const ROW: f32 = 16.0;
/// Height of the months' initials below the rows.
pub const MONTHS: f32 = 14.0;
/// Width of the severity's name and deadline, on the left.
const NAME: f32 = 128.0;
/// Width of the number of late days, on the right.
const COUNT: f32 = 112.0;
const GAP: f32 = 8.0;

/// The strip: a row for each severity, a narrow column for each day.
#[derive(Clone, Copy, Debug)]
pub struct Strip {
    pub rect: Rect,
    pub days: usize,
}

impl Strip {
    fn left(&self) -> f32 {
        self.rect.left() + NAME + GAP
    }

    fn right(&self) -> f32 {
        (self.rect.right() - COUNT - GAP).max(self.left() + 60.0)
    }

    /// The left edge of a day; for the day after the last one, the end of the strip.
    pub fn x(&self, day: usize) -> f32 {
        self.left() + (self.right() - self.left()) * day as f32 / self.days.max(1) as f32
    }

    fn row(&self, index: usize) -> egui::Rangef {
        let top = self.rect.top() + index as f32 * ROW;
        egui::Rangef::new(top, top + ROW - 4.0)
    }

    pub fn name(&self, index: usize) -> Rect {
        Rect::from_x_y_ranges(self.rect.left()..=self.left() - GAP, self.row(index))
    }

    pub fn count(&self, index: usize) -> Rect {
        Rect::from_x_y_ranges(self.right() + GAP..=self.rect.right(), self.row(index))
    }

    pub fn all_days(&self, index: usize) -> Rect {
        Rect::from_x_y_ranges(self.left()..=self.right(), self.row(index))
    }

    pub fn some_days(&self, index: usize, days: &Range<usize>) -> Rect {
        Rect::from_x_y_ranges(self.x(days.start)..=self.x(days.end), self.row(index))
    }

    /// The band of the months below `rows` rows.
    pub fn months(&self, rows: usize) -> egui::Rangef {
        let top = self.rect.top() + rows as f32 * ROW;
        egui::Rangef::new(top, top + MONTHS)
    }

    /// The day at a point, in any row.
    pub fn day_at(&self, at: Pos2) -> Option<usize> {
        let share = (at.x - self.left()) / (self.right() - self.left());
        (0.0..1.0).contains(&share).then_some((share * self.days as f32) as usize).filter(|day| *day < self.days)
    }
}

/// The height of a strip with that many severities.
pub fn height(rows: usize) -> f32 {
    rows as f32 * ROW + MONTHS
}

/// Runs of consecutive equal days.
pub fn runs<T: PartialEq + Copy>(days: &[T]) -> Vec<(Range<usize>, T)> {
    let mut runs: Vec<(Range<usize>, T)> = Vec::new();
    for (day, value) in days.iter().enumerate() {
        match runs.last_mut() {
            Some((run, last)) if last == value => run.end = day + 1,
            _ => runs.push((day..day + 1, *value)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Vec2;

    fn strip() -> Strip {
        Strip { rect: Rect::from_min_size(Pos2::new(20.0, 500.0), Vec2::new(1000.0, height(4))), days: 365 }
    }

    #[test]
    fn each_day_is_found_again_at_its_middle() {
        let strip = strip();
        for day in 0..365 {
            let middle = f32::midpoint(strip.x(day), strip.x(day + 1));
            assert_eq!(strip.day_at(Pos2::new(middle, 510.0)), Some(day));
        }
        assert_eq!(strip.day_at(Pos2::new(25.0, 510.0)), None);
        assert_eq!(strip.day_at(Pos2::new(1015.0, 510.0)), None);
    }

    #[test]
    fn name_days_and_count_of_a_row_are_side_by_side() {
        let strip = strip();
        let (name, days, count) = (strip.name(2), strip.all_days(2), strip.count(2));
        assert!(name.right() < days.left() && days.right() < count.left());
        assert!(strip.rect.contains_rect(name) && strip.rect.contains_rect(count));
        assert_eq!(strip.some_days(2, &(0..365)), days);
    }

    #[test]
    fn days_that_are_alike_are_one_run() {
        assert_eq!(runs(&[1, 1, 2, 2, 2, 1]), [(0..2, 1), (2..5, 2), (5..6, 1)]);
        assert_eq!(runs::<u8>(&[]), []);
    }
}
