//! A day of a dense plan: a line for each stage, as long as many of its windows are on the day, their number, and the marks
//! of errors and warnings.

use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Vec2};

use crate::checks::Severity;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::marks::trouble_dot;
use crate::ui::parts::theme;
use crate::ui::views::calendar::density::{DayDensity, Density};

/// The width of the marks at the right: an error beside a warning.
const MARKS: f32 = 20.0;
/// The width of the number of windows.
const NUMBER: f32 = 24.0;

/// Paints the day into the part of its cell beside the date.
pub fn heat(painter: &Painter, cx: &Cx<'_>, density: &Density, day: &DayDensity, space: Rect) {
    let lines = space.with_max_x(space.right() - MARKS - NUMBER);
    for (line, (stage, count)) in stripes(lines, &day.counts, density.most).zip(density.stages.iter().zip(&day.counts))
    {
        if *count > 0 {
            painter.rect_filled(line, CornerRadius::same(1), cx.colors.stage(*stage).ink);
        }
    }
    let number = Pos2::new(space.right() - MARKS - 2.0, space.center().y);
    painter.text(number, Align2::RIGHT_CENTER, day.total, theme::strong(9.5), cx.colors.text);
    // Each has its own place, so that a column of days can be read from top to bottom.
    for (is_there, severity, from_right) in
        [(day.has_errors, Severity::Error, 5.0), (day.has_warnings, Severity::Warning, 14.0)]
    {
        if is_there {
            let center = space.right_center() - Vec2::new(from_right, 0.0);
            trouble_dot(painter, cx, center, 3.5, severity);
        }
    }
}

/// The line of each stage: all as high, as long as its share of `most`.
fn stripes(space: Rect, counts: &[u32], most: u32) -> impl Iterator<Item = Rect> {
    const GAP: f32 = 1.0;
    const HIGHEST: f32 = 8.0;
    let each = ((space.height() + GAP) / counts.len().max(1) as f32).min(HIGHEST + GAP);
    let first = space.center().y - (each * counts.len() as f32 - GAP) / 2.0;
    counts.iter().enumerate().map(move |(nth, count)| {
        let width = (space.width() * *count as f32 / most.max(1) as f32).max(2.0);
        let top = first + nth as f32 * each;
        Rect::from_min_size(Pos2::new(space.left(), top), Vec2::new(width, (each - GAP).max(1.5)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_long_as_their_counts_and_stay_inside() {
        let space = Rect::from_min_size(Pos2::new(10.0, 20.0), Vec2::new(30.0, 14.0));
        let lines: Vec<_> = stripes(space, &[3, 0, 6, 1, 2], 6).collect();
        assert!(lines.iter().all(|line| space.contains_rect(*line)), "{lines:?}");
        assert!(lines.windows(2).all(|pair| pair[0].bottom() < pair[1].top()));
        assert_eq!((lines[0].width(), lines[2].width(), lines[3].width()), (15.0, 30.0, 5.0));
    }
}
