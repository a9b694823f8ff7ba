//! The layout of a row of a cycle: converts minutes since the release to rectangles. Pure.

use egui::{Pos2, Rect, Vec2};

pub const ROW: f32 = 46.0;
/// Height of the day numbers and the two lines of flags below them.
pub const HEADER: f32 = 50.0;
/// Width of the release's date and name, to the left of its bar.
const NAME: f32 = 148.0;
/// The result on the right as a share of the width, so that a wide window has room for the reason.
const RESULT: f32 = 0.235;
const NARROWEST_RESULT: f32 = 212.0;
const WIDEST_RESULT: f32 = 400.0;
const GAP: f32 = 12.0;
const DAY: f32 = 24.0 * 60.0;
/// The minimum width of an occurrence, so that a letter fits into it.
const NARROWEST: f32 = 13.0;

/// The columns of the list and the scale of its bars: all rows share one axis that starts at the release.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub name: (f32, f32),
    pub bars: (f32, f32),
    pub result: (f32, f32),
    /// The length of the axis in days.
    pub days: f32,
}

impl Axis {
    /// For a list of that width at `left`. `longest` is the length of the longest cycle in minutes, including next
    /// releases.
    pub fn new(left: f32, width: f32, longest: i32) -> Self {
        let name = (left, left + NAME);
        let wanted = (width * RESULT).clamp(NARROWEST_RESULT, WIDEST_RESULT);
        let result = ((left + width - wanted).max(name.1 + 200.0), left + width);
        // A cycle of half a year must not squeeze all others into a corner.
        let days = (longest as f32 / DAY + 2.0).clamp(14.0, 100.0);
        Self { name, bars: (name.1 + GAP, result.0 - GAP), result, days }
    }

    /// Converts minutes since the release to a position; anything beyond the axis is drawn at its end.
    pub fn x(&self, minutes: i32) -> f32 {
        let share = (minutes as f32 / (self.days * DAY)).clamp(0.0, 1.0);
        self.bars.0 + share * (self.bars.1 - self.bars.0)
    }

    pub fn holds(&self, minutes: i32) -> bool {
        minutes as f32 <= self.days * DAY
    }

    /// The days that get a number: every day, every week, or every second or fourth one.
    pub fn ticks(&self) -> impl Iterator<Item = u32> + use<> {
        let day = (self.bars.1 - self.bars.0) / self.days;
        let step = match day {
            day if day >= 40.0 => 1,
            day if day >= 6.0 => 7,
            day if day >= 3.0 => 14,
            _ => 28,
        };
        (0..=self.days as u32).step_by(step)
    }

    /// The row at `index` of a list that starts at `top`.
    pub fn row(&self, top: f32, index: usize) -> Rect {
        Rect::from_min_max(
            Pos2::new(self.name.0, top + index as f32 * ROW),
            Pos2::new(self.result.1, top + (index + 1) as f32 * ROW),
        )
    }

    pub fn name_in(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(self.name.0..=self.name.1, row.y_range()).shrink2(Vec2::new(8.0, 5.0))
    }

    pub fn result_in(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(self.result.0..=self.result.1, row.y_range()).shrink2(Vec2::new(4.0, 5.0))
    }

    /// The band of a row that contains its bar.
    pub fn bar_in(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(self.bars.0..=self.bars.1, row.y_range()).shrink2(Vec2::new(0.0, 13.0))
    }

    /// The blocks of the groups in one row, from their starts and ends in minutes since the release. They do not
    /// overlap: if the work of one night is narrower than a letter, the next block moves to the right; at the end of the
    /// axis, the blocks before move to the left. Only if all together are wider than the axis do the first ones overlap.
    pub fn blocks(&self, row: Rect, steps: &[(i32, i32)]) -> Vec<Rect> {
        let bar = self.bar_in(row);
        let mut free = f32::MIN;
        let block = |(start, end): &(i32, i32)| {
            let left = self.x(*start).max(free).min(bar.right() - NARROWEST);
            let right = self.x(*end).max(left + NARROWEST);
            free = right + 1.0;
            Rect::from_x_y_ranges(left..=right, bar.y_range())
        };
        let mut blocks: Vec<Rect> = steps.iter().map(block).collect();
        let mut free = f32::MAX;
        for block in blocks.iter_mut().rev() {
            if block.right() > free {
                block.max.x = free.max(bar.left() + NARROWEST);
                block.min.x = block.left().min(block.right() - NARROWEST);
            }
            free = block.left() - 1.0;
        }
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i32 = 60;

    fn axis() -> Axis {
        Axis::new(10.0, 1200.0, 33 * 24 * HOUR)
    }

    #[test]
    fn blocks_beyond_the_axis_do_not_overlap() {
        let axis = axis();
        let row = axis.row(0.0, 0);
        let day = 24 * HOUR;
        let blocks = axis.blocks(row, &[(5 * day, 5 * day + 60), (200 * day, 201 * day), (300 * day, 301 * day)]);
        assert!(blocks.windows(2).all(|two| two[0].right() < two[1].left()), "{blocks:?}");
        assert!(blocks.iter().all(|block| block.width() > NARROWEST - 0.01), "{blocks:?}");
        assert!(blocks[2].right() <= axis.bars.1, "{blocks:?}");
    }

    #[test]
    fn the_columns_follow_one_another_and_fill_the_width() {
        let axis = axis();
        assert!(axis.name.1 < axis.bars.0 && axis.bars.1 < axis.result.0);
        assert!((axis.result.1 - 1210.0).abs() < 0.01);
    }

    #[test]
    fn the_axis_begins_with_the_release_and_what_is_beyond_it_stays_at_its_end() {
        let axis = axis();
        assert!((axis.x(0) - axis.bars.0).abs() < 0.01);
        assert!((axis.x(400 * 24 * HOUR) - axis.bars.1).abs() < 0.01);
        assert!(!axis.holds(400 * 24 * HOUR) && axis.holds(30 * 24 * HOUR));
        assert!(axis.x(24 * HOUR) < axis.x(48 * HOUR));
    }

    #[test]
    fn blocks_are_wide_enough_for_a_letter_and_lie_beside_each_other() {
        let axis = axis();
        let row = axis.row(100.0, 3);
        let steps = [(20 * HOUR, 24 * HOUR), (26 * HOUR, 28 * HOUR), (200 * HOUR, 204 * HOUR)];
        let blocks = axis.blocks(row, &steps);
        assert!(blocks.iter().all(|block| block.width() >= NARROWEST && row.contains_rect(*block)));
        assert!(blocks.windows(2).all(|pair| pair[0].right() < pair[1].left()));
    }

    #[test]
    fn a_long_cycle_does_not_squeeze_the_others() {
        let axis = Axis::new(0.0, 900.0, 300 * 24 * HOUR);
        assert!((axis.days - 100.0).abs() < 0.01);
        assert_eq!(axis.ticks().collect::<Vec<_>>(), [0, 14, 28, 42, 56, 70, 84, 98]);
    }
}
