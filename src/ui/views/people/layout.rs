//! The layout of the people view: converts days and rows to rectangles. Pure.
//!
//! Time runs to the right. Each month has a narrow column for the number of nights, then one column per day.

use std::ops::Range;

use chrono::{Datelike, Months, NaiveDate};
use egui::{Pos2, Rect, Vec2};

use crate::model::{Horizon, day_number};

pub const ROW: f32 = 26.0;
/// Height of the three lines above the rows: months, weekdays and days.
pub const HEADER: f32 = 50.0;
/// Width of the names on the left.
pub const NAMES: f32 = 190.0;
/// Width of the column for a month's nights.
pub const NIGHTS: f32 = 24.0;

/// The width of a day on the time axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    #[default]
    Days,
    Weeks,
}

impl Scale {
    /// Width of a day.
    pub fn day(self) -> f32 {
        match self {
            Self::Days => 22.0,
            Self::Weeks => 6.0,
        }
    }
}

/// One month of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    pub first_on: NaiveDate,
    /// The day number of its first day.
    pub first: i32,
    pub days: i32,
    /// The left edge of its column of nights.
    pub left: f32,
}

impl Month {
    pub fn days_left(&self) -> f32 {
        self.left + NIGHTS
    }
}

/// Days side by side, in points from the left of the first month.
#[derive(Clone, Debug)]
pub struct Grid {
    pub months: Vec<Month>,
    pub day: f32,
}

impl Grid {
    /// Includes every month that overlaps the horizon.
    pub fn new(horizon: Horizon, scale: Scale) -> Self {
        let (last, day) = (horizon.last(), scale.day());
        let mut months = Vec::new();
        let mut next = horizon.from.with_day(1);
        let mut left = 0.0;
        while let Some(first_on) = next.filter(|first| *first <= last) {
            next = first_on.checked_add_months(Months::new(1));
            let days = next.map_or(31, |next| day_number(next) - day_number(first_on));
            months.push(Month { first_on, first: day_number(first_on), days, left });
            left += NIGHTS + days as f32 * day;
        }
        Self { months, day }
    }

    pub fn width(&self) -> f32 {
        self.months.last().map_or(0.0, |month| month.days_left() + month.days as f32 * self.day)
    }

    /// The first and the last day.
    pub fn days(&self) -> (i32, i32) {
        let last = self.months.last().map_or(0, |month| month.first + month.days - 1);
        (self.months.first().map_or(0, |month| month.first), last)
    }

    /// The left edge of a day, if it is shown.
    pub fn left_of(&self, day: i32) -> Option<f32> {
        let index = self.months.partition_point(|month| month.first <= day).checked_sub(1)?;
        let month = &self.months[index];
        let within = day - month.first;
        (within < month.days).then(|| month.days_left() + within as f32 * self.day)
    }

    /// The months that are at least partly between two points.
    pub fn months_between(&self, from: f32, to: f32) -> Range<usize> {
        let first = self.months.partition_point(|month| month.left <= from).saturating_sub(1);
        first..self.months.partition_point(|month| month.left < to)
    }

    /// The first and last day that are at least partly between two points.
    pub fn days_between(&self, from: f32, to: f32) -> (i32, i32) {
        let day_at = |x: f32| {
            let index = self.months.partition_point(|month| month.left <= x).saturating_sub(1);
            let day =
                |month: &Month| month.first + (((x - month.days_left()) / self.day) as i32).clamp(0, month.days - 1);
            self.months.get(index).map_or(0, day)
        };
        (day_at(from), day_at(to))
    }

    /// The rectangle from one day to another in the row with that top, limited to the days shown.
    pub fn span(&self, first: i32, last: i32, top: f32) -> Option<Rect> {
        let (start, end) = self.days();
        let (first, last) = (first.max(start), last.min(end));
        let (left, right) = (self.left_of(first)?, self.left_of(last)? + self.day);
        (first <= last).then(|| Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, top + ROW)))
    }
}

/// The part of a cell for one of `count` shifts on the same day.
pub fn share(cell: Rect, nth: usize, count: usize) -> Rect {
    let cell = cell.shrink2(Vec2::new(0.5, 3.0));
    let width = cell.width() / count.max(1) as f32;
    let left = cell.left() + nth as f32 * width;
    Rect::from_min_max(Pos2::new(left, cell.top()), Pos2::new(left + (width - 1.0).max(1.0), cell.bottom()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(scale: Scale) -> Grid {
        Grid::new(Horizon { from: "2027-01-15".parse().unwrap(), months: 24 }, scale)
    }

    #[test]
    fn every_day_of_the_horizon_has_its_own_position_after_its_months_nights() {
        for scale in [Scale::Days, Scale::Weeks] {
            let grid = grid(scale);
            let (first, last) = grid.days();
            // All of 2027 and 2028, and January 2029.
            assert_eq!((grid.months.len(), last - first + 1), (25, 365 + 366 + 31));
            let lefts: Vec<f32> = (first..=last).filter_map(|day| grid.left_of(day)).collect();
            assert!(lefts.windows(2).all(|pair| pair[1] >= pair[0] + grid.day - 0.01));
            assert!((lefts[31] - lefts[30] - grid.day - NIGHTS).abs() < 0.01);
            assert_eq!((grid.left_of(first - 1), grid.left_of(last + 1)), (None, None));
        }
    }

    #[test]
    fn the_days_between_two_points_are_those_that_lie_there() {
        let grid = grid(Scale::Days);
        let (first, last) = grid.days();
        for day in first..=last {
            let middle = grid.left_of(day).unwrap() + grid.day / 2.0;
            assert_eq!(grid.days_between(middle, middle), (day, day));
        }
        assert_eq!(grid.days_between(-50.0, grid.width() + 50.0), (first, last));
        assert_eq!(grid.months_between(0.0, grid.width()), 0..25);
    }

    #[test]
    fn what_begins_before_the_first_day_is_cut_off_there() {
        let grid = grid(Scale::Days);
        let (first, last) = grid.days();
        assert_eq!(grid.span(first - 10, first, 0.0).map(|rect| rect.width()), Some(grid.day));
        assert_eq!(grid.span(last + 1, last + 9, 0.0), None);
        assert_eq!(grid.span(first - 9, first - 1, 0.0), None);
    }

    #[test]
    fn shifts_of_one_day_share_its_cell() {
        let cell = Rect::from_min_size(Pos2::ZERO, Vec2::new(22.0, ROW));
        for count in 1..6 {
            let parts: Vec<Rect> = (0..count).map(|nth| share(cell, nth, count)).collect();
            assert!(parts.iter().all(|part| cell.contains_rect(*part)), "{count}");
            assert!(parts.windows(2).all(|pair| pair[0].right() <= pair[1].left()));
        }
    }
}
