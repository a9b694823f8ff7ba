//! The layout of the wall planner: converts dates to rectangles. Pure.

use chrono::{Datelike, Months, NaiveDate, Weekday};
use egui::{Pos2, Rect, Vec2};

use crate::model::Horizon;

pub const HEADER: f32 = 26.0;
/// The minimum height of a row; a lower window scrolls.
const LOWEST_ROW: f32 = 16.0;
/// The minimum width of a month; a narrower window scrolls.
const NARROWEST_COLUMN: f32 = 72.0;
/// The most months side by side; more are scrolled to.
const MOST_COLUMNS: u32 = 12;
/// The width from which a column shows weekdays and week numbers.
const WIDE_COLUMN: f32 = 84.0;
/// The width of the number of a day, and of number and week.
const GUTTER: f32 = 21.0;
const WEEK_GUTTER: f32 = 36.0;
/// The distance of the day's number from the line at its left.
pub const INSET: f32 = 4.0;

/// The planner's grid: a column for each month, a row for each day of a month.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub rect: Rect,
    first: NaiveDate,
    pub months: u32,
    pub column: f32,
    pub row: f32,
    /// The upper edge of the months' heads, which stay in sight.
    pub head: f32,
}

/// The size of the grid in a view of that size.
pub fn content_size(horizon: Horizon, view: Vec2) -> Vec2 {
    let (_, months) = months(horizon);
    let fitting = (view.x / NARROWEST_COLUMN) as u32;
    let column = view.x / months.min(MOST_COLUMNS).min(fitting).max(1) as f32;
    Vec2::new(column * months as f32, view.y.max(HEADER + 31.0 * LOWEST_ROW))
}

/// The first month and the number of months. A horizon that starts mid-month starts with that month's column.
fn months(horizon: Horizon) -> (NaiveDate, u32) {
    let first = horizon.from.with_day(1).unwrap_or(horizon.from);
    let last = horizon.last();
    let months = (last.year() - first.year()) * 12 + last.month() as i32 - first.month() as i32 + 1;
    (first, months.max(1) as u32)
}

impl Grid {
    /// Fills `rect`, header included. `top` is the upper edge of what is visible.
    pub fn new(horizon: Horizon, rect: Rect, top: f32) -> Self {
        let (first, months) = months(horizon);
        let column = rect.width() / months as f32;
        let row = ((rect.height() - HEADER) / 31.0).max(LOWEST_ROW);
        Self { rect, first, months, column, row, head: rect.top().max(top) }
    }

    /// The first day of each month shown.
    pub fn month_starts(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        (0..self.months).filter_map(|month| self.first.checked_add_months(Months::new(month)))
    }

    pub fn column_of(&self, on: NaiveDate) -> u32 {
        ((on.year() - self.first.year()) * 12 + on.month() as i32 - self.first.month() as i32).max(0) as u32
    }

    /// The head of a month's column.
    pub fn header(&self, month: NaiveDate) -> Rect {
        let left = self.rect.left() + self.column_of(month) as f32 * self.column;
        Rect::from_min_size(Pos2::new(left, self.head), Vec2::new(self.column, HEADER))
    }

    /// A day's cell.
    pub fn cell(&self, on: NaiveDate) -> Rect {
        let left = self.rect.left() + self.column_of(on) as f32 * self.column;
        let top = self.rect.top() + HEADER + on.day0() as f32 * self.row;
        Rect::from_min_size(Pos2::new(left, top), Vec2::new(self.column, self.row))
    }

    /// The part of a cell to the left of the bars, for the number of the day and, if there is room, the weekday.
    pub fn gutter(&self) -> f32 {
        if self.has_weekdays() { WEEK_GUTTER } else { GUTTER }
    }

    /// Returns whether the weekday, or the week on Mondays, is beside the number of a day with `count` occurrences: two and
    /// more need the room of the weekday, but not of the week.
    pub fn shows_weekday(&self, on: NaiveDate, count: usize) -> bool {
        self.has_weekdays() && (count < 2 || on.weekday() == Weekday::Mon)
    }

    /// Returns whether the weekdays and week numbers fit beside the numbers of the days.
    pub fn has_weekdays(&self) -> bool {
        self.column >= WIDE_COLUMN
    }

    /// The part of a cell to the right of the gutter.
    pub fn space(&self, on: NaiveDate) -> Rect {
        let cell = self.cell(on);
        Rect::from_min_max(cell.min + Vec2::new(self.gutter(), 1.5), cell.max - Vec2::new(3.0, 1.5))
    }

    /// The day at a point.
    pub fn day_at(&self, at: Pos2) -> Option<NaiveDate> {
        let x = (at.x - self.rect.left()) / self.column;
        let y = (at.y - self.rect.top() - HEADER) / self.row;
        if x < 0.0 || y < 0.0 || x >= self.months as f32 || at.y < self.head + HEADER {
            return None;
        }
        let month = self.first.checked_add_months(Months::new(x as u32))?;
        month.with_day(y as u32 + 1)
    }

    /// Rectangles for `count` bars side by side in a day's cell, and how many do not fit. If some do not fit, the last
    /// rectangle is for their number.
    pub fn bars(&self, on: NaiveDate, count: usize) -> (Vec<Rect>, usize) {
        const GAP: f32 = 2.0;
        const NARROWEST: f32 = 20.0;
        let gutter = if self.shows_weekday(on, count) { self.gutter() } else { GUTTER };
        let space = self.space(on).with_min_x(self.cell(on).left() + gutter);
        let room = (((space.width() + GAP) / (NARROWEST + GAP)) as usize).max(1);
        let shown = count.min(room);
        let hidden = if count > room { count - room + 1 } else { 0 };
        let width = (space.width() + GAP) / shown.max(1) as f32 - GAP;
        let bar = |index: usize| {
            let left = space.left() + index as f32 * (width + GAP);
            Rect::from_min_size(Pos2::new(left, space.top()), Vec2::new(width, space.height()))
        };
        ((0..shown).map(bar).collect(), hidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(months: u16) -> Grid {
        let horizon = Horizon { from: date("2027-01-01"), months };
        Grid::new(horizon, Rect::from_min_size(Pos2::new(100.0, 50.0), Vec2::new(1200.0, 700.0)), 0.0)
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_day_is_found_again_at_the_middle_of_its_cell() {
        for grid in [grid(12), grid(24), grid(1)] {
            for on in grid.first.iter_days().take(28) {
                assert_eq!(grid.day_at(grid.cell(on).center()), Some(on));
            }
        }
    }

    #[test]
    fn the_thirtieth_of_february_does_not_exist() {
        let grid = grid(12);
        let below = grid.cell(date("2027-02-28")).center() + Vec2::new(0.0, 2.0 * grid.row);
        assert_eq!(grid.day_at(below), None);
        assert_eq!(grid.day_at(Pos2::new(0.0, 0.0)), None);
    }

    #[test]
    fn bars_stay_inside_their_day_and_what_does_not_fit_is_counted() {
        let grid = grid(12);
        let on = date("2027-03-13");
        for count in 1..40 {
            let (bars, hidden) = grid.bars(on, count);
            assert!(bars.iter().all(|bar| grid.cell(on).contains_rect(*bar)), "{count}");
            assert!(bars.windows(2).all(|pair| pair[0].right() < pair[1].left()));
            let shown = if hidden > 0 { bars.len() - 1 } else { bars.len() };
            assert_eq!(shown + hidden, count);
        }
    }

    #[test]
    fn a_plan_that_begins_in_mid_month_shows_that_month() {
        let horizon = Horizon { from: date("2027-03-15"), months: 12 };
        let grid = Grid::new(horizon, Rect::from_min_size(Pos2::ZERO, Vec2::new(1300.0, 700.0)), 0.0);
        assert_eq!((grid.months, grid.month_starts().next()), (13, Some(date("2027-03-01"))));
    }
    #[test]
    fn at_most_twelve_months_are_side_by_side_and_none_is_too_narrow() {
        let size = |months, width, height| {
            content_size(Horizon { from: date("2027-01-01"), months }, Vec2::new(width, height))
        };
        assert_eq!(size(12, 1200.0, 700.0), Vec2::new(1200.0, 700.0));
        assert_eq!(size(3, 1200.0, 700.0), Vec2::new(1200.0, 700.0));
        assert_eq!(size(24, 1200.0, 700.0), Vec2::new(2400.0, 700.0), "the second year is scrolled to");
        assert_eq!(size(12, 720.0, 300.0), Vec2::new(864.0, HEADER + 31.0 * LOWEST_ROW), "ten of 72 points");
    }

    #[test]
    fn heads_of_months_stay_in_sight_and_cover_days() {
        let rect = Rect::from_min_size(Pos2::new(0.0, -200.0), Vec2::new(1200.0, 700.0));
        let grid = Grid::new(Horizon { from: date("2027-01-01"), months: 12 }, rect, 40.0);
        let head = grid.header(date("2027-03-01"));
        assert!((head.top() - 40.0).abs() < 0.1);
        assert_eq!(
            (grid.day_at(head.center()), grid.day_at(head.center_bottom() + Vec2::new(0.0, 9.0)).is_some()),
            (None, true)
        );
    }
}
