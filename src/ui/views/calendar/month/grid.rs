//! Where the days, freezes and bars of a month are. Pure.

use chrono::{Datelike, NaiveDate, TimeDelta};
use egui::{Pos2, Rect, Vec2};

/// The width of the column with the numbers of the weeks, and the height of the line with the weekdays.
pub const WEEK: f32 = 26.0;
pub const WEEKDAYS: f32 = 22.0;
/// The height of the line with a day's number.
pub const HEAD: f32 = 22.0;
/// The height of a bar with one line and with two.
pub const BAR: f32 = 20.0;
pub const TALL: f32 = 35.0;
const GAP: f32 = 2.0;

/// The weeks of the month, starting with the Monday on or before the first.
pub struct Grid {
    pub rect: Rect,
    monday: NaiveDate,
    month: u32,
    weeks: usize,
    cell_size: Vec2,
}

impl Grid {
    pub fn new(shown: NaiveDate, rect: Rect) -> Self {
        let first = shown.with_day(1).unwrap_or(shown);
        let before = first.weekday().num_days_from_monday();
        let monday = first - TimeDelta::days(before.into());
        let weeks = (before + u32::from(first.num_days_in_month())).div_ceil(7).max(4) as usize;
        let cell_size = Vec2::new((rect.width() - WEEK) / 7.0, (rect.height() - WEEKDAYS) / weeks as f32);
        Self { rect, monday, month: first.month(), weeks, cell_size }
    }

    pub fn mondays(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.monday.iter_days().step_by(7).take(self.weeks)
    }

    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.monday.iter_days().take(self.weeks * 7)
    }

    pub fn is_of_month(&self, on: NaiveDate) -> bool {
        on.month() == self.month
    }

    pub fn cell(&self, on: NaiveDate) -> Rect {
        let day = (on - self.monday).num_days();
        let (x, y) = ((day % 7) as f32 * self.cell_size.x, (day / 7) as f32 * self.cell_size.y);
        Rect::from_min_size(self.rect.min + Vec2::new(WEEK + x, WEEKDAYS + y), self.cell_size)
    }

    pub fn day_at(&self, at: Pos2) -> Option<NaiveDate> {
        self.days().find(|on| self.cell(*on).contains(at))
    }

    /// All cells together.
    pub fn body(&self) -> Rect {
        self.rect.with_min_x(self.rect.left() + WEEK).with_min_y(self.rect.top() + WEEKDAYS)
    }
}

/// The bars of a cell from `top` down, and how many of `count` have no room. `needs_two` tells whether the nth name needs
/// two lines. Names that need it get two from the first on, as long as no other bar loses its room.
pub fn bars(cell: Rect, top: f32, count: usize, needs_two: impl Fn(usize) -> bool) -> (Vec<Rect>, usize) {
    let room = (cell.bottom() - 3.0 - top).max(BAR);
    let one = BAR + GAP;
    let fitting = ((room + GAP) / one) as usize;
    let shown = if count > fitting { fitting.saturating_sub(1) } else { count };
    let mut spare = if shown < count { 0.0 } else { room + GAP - shown as f32 * one };
    let mut y = top;
    let bars = (0..shown).map(|nth| {
        let is_tall = spare >= TALL - BAR && needs_two(nth);
        if is_tall {
            spare -= TALL - BAR;
        }
        let height = if is_tall { TALL } else { BAR };
        let bar = Rect::from_min_size(Pos2::new(cell.left() + 4.0, y), Vec2::new(cell.width() - 8.0, height));
        y += height + GAP;
        bar
    });
    (bars.collect(), count - shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let rect = Rect::from_min_size(Pos2::ZERO, Vec2::new(WEEK + 700.0, WEEKDAYS + 500.0));
        Grid::new(NaiveDate::from_ymd_opt(2027, 3, 13).unwrap(), rect)
    }

    #[test]
    fn each_day_has_its_cell() {
        let all: Vec<NaiveDate> = grid().days().collect();
        assert_eq!((all.len(), grid().mondays().count()), (35, 5));
        assert!(all.iter().all(|on| grid().day_at(grid().cell(*on).center()) == Some(*on)));
        assert!(!grid().is_of_month(all[34]) && grid().is_of_month(all[0]));
        assert_eq!(grid().body().size(), Vec2::new(700.0, 500.0));
    }

    #[test]
    fn long_names_get_two_lines_where_there_is_room() {
        let cell = Rect::from_min_size(Pos2::ZERO, Vec2::new(100.0, 100.0));
        let heights = |needs_two: &[bool]| {
            let (bars, hidden) = bars(cell, 22.0, needs_two.len(), |nth| needs_two[nth]);
            assert!(bars.iter().all(|bar| bar.bottom() <= cell.bottom()), "{bars:?}");
            (bars.iter().map(|bar| bar.height() as i32).collect::<Vec<_>>(), hidden)
        };
        assert_eq!(heights(&[true, false]), (vec![35, 20], 0));
        assert_eq!(heights(&[true, true]), (vec![35, 35], 0));
        assert_eq!(heights(&[true, true, true]), (vec![20, 20, 20], 0), "no room for more lines");
        assert_eq!(heights(&[true; 5]), (vec![20, 20], 3), "the last line is for the rest");
    }
}
