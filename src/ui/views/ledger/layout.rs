//! The layout of the ledger's table: converts rows and months to rectangles. Pure.

use std::ops::{Range, RangeInclusive};

use egui::{Pos2, Rect, Vec2};

pub const ROW: f32 = 36.0;
pub const HEADER: f32 = 30.0;
/// Width of the names on the left.
pub const NAMES: f32 = 216.0;
/// The minimum width of a month.
const NARROWEST: f32 = 46.0;
/// The maximum width of a month.
const WIDEST: f32 = 110.0;

/// Months side by side, in points from the left of the first one.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The first month shown, counted from the plan's first.
    pub first: usize,
    pub count: usize,
    pub month: f32,
}

impl Grid {
    /// Fits `months` into that width, as far as their minimum and maximum width allow.
    pub fn new(months: &RangeInclusive<usize>, width: f32) -> Self {
        let count = (months.end() + 1).saturating_sub(*months.start());
        let month = (width / count.max(1) as f32).floor().clamp(NARROWEST, WIDEST);
        Self { first: *months.start(), count, month }
    }

    pub fn width(&self) -> f32 {
        self.count as f32 * self.month
    }

    /// The months shown.
    pub fn months(&self) -> Range<usize> {
        self.first..self.first + self.count
    }

    /// The months that are at least partly between two points.
    pub fn months_between(&self, from: f32, to: f32) -> Range<usize> {
        let month_at = |x: f32| (x / self.month).max(0.0);
        let first = (month_at(from).floor() as usize).min(self.count);
        let end = (month_at(to).ceil() as usize).min(self.count);
        self.first + first..self.first + end
    }

    pub fn left(&self, month: usize) -> f32 {
        month.saturating_sub(self.first) as f32 * self.month
    }

    pub fn cell(&self, row: usize, month: usize) -> Rect {
        Rect::from_min_size(Pos2::new(self.left(month), row as f32 * ROW), Vec2::new(self.month, ROW))
    }
}

/// The width of each count in a bar of that width, in order. Even a tiny count stays visible.
pub fn shares(counts: &[usize], width: f32) -> Vec<f32> {
    let all = counts.iter().sum::<usize>().max(1) as f32;
    let least = |count: usize| if count == 0 { 0.0 } else { (count as f32 / all * width).max(2.0_f32.min(width)) };
    let widths: Vec<f32> = counts.iter().map(|count| least(*count)).collect();
    let sum: f32 = widths.iter().sum();
    let scale = if sum > width { width / sum } else { 1.0 };
    widths.into_iter().map(|each| each * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_fill_the_width_as_long_as_they_are_wide_enough_to_read() {
        assert_eq!(Grid::new(&(0..=11), 720.0), Grid { first: 0, count: 12, month: 60.0 });
        assert_eq!(Grid::new(&(0..=23), 720.0), Grid { first: 0, count: 24, month: NARROWEST });
        assert_eq!(Grid::new(&(4..=4), 720.0), Grid { first: 4, count: 1, month: WIDEST });
    }

    #[test]
    fn the_months_between_two_points_are_those_that_show() {
        let grid = Grid::new(&(2..=13), 600.0);
        assert_eq!(grid.months_between(0.0, 100.0), 2..4);
        assert_eq!(grid.months_between(99.0, 101.0), 3..5);
        assert_eq!(grid.months_between(-50.0, 5_000.0), grid.months());
        assert_eq!(grid.cell(2, 3).min, Pos2::new(50.0, 2.0 * ROW));
    }

    #[test]
    fn one_of_a_thousand_still_shows() {
        let shares = shares(&[1, 0, 999], 50.0);
        assert!(shares[0] >= 1.9 && shares[1] <= 0.0, "{shares:?}");
        assert!((shares.iter().sum::<f32>() - 50.0).abs() < 0.01);
    }
}
