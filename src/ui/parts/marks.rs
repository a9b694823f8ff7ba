//! Marks of stages and findings that differ in shape or letter, too, so that they can be told without colour.

use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::cx::Cx;
use super::theme;
use crate::checks::Severity;
use crate::model::Stage;

/// The size of a stage's chip.
pub const CHIP: f32 = 15.0;

/// Paints the letter of a stage on its colour.
pub fn stage_chip(painter: &Painter, cx: &Cx<'_>, center: Pos2, stage: Stage) {
    let square = Rect::from_center_size(center, Vec2::splat(CHIP));
    painter.rect_filled(square, CornerRadius::same(3), cx.colors.stage(Some(stage)).ink);
    painter.text(square.center(), Align2::CENTER_CENTER, stage.letter(), theme::strong(10.0), cx.colors.panel);
}

/// Paints the outline of a diamond: somebody tests.
pub fn test_mark(painter: &Painter, center: Pos2, radius: f32, color: Color32) {
    let corner = |x: f32, y: f32| center + Vec2::new(x, y) * radius;
    let corners = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
    painter.add(Shape::closed_line(corners, Stroke::new(1.5, color)));
}

/// Paints the cap of a key with its character.
pub fn keycap(painter: &Painter, cx: &Cx<'_>, center: Pos2, key: char) {
    let cap = Rect::from_center_size(center, Vec2::new(18.0, 18.0));
    let edge = Stroke::new(1.0, cx.colors.outline);
    painter.rect(cap, CornerRadius::same(4), cx.colors.background, edge, StrokeKind::Inside);
    painter.text(cap.center(), Align2::CENTER_CENTER, key, theme::strong(theme::SMALL), cx.colors.text);
}

/// The lengths of dash and gap that a stage's stripe repeats; none if it is solid.
fn dashes(stage: Option<Stage>) -> Option<(f32, f32)> {
    match stage {
        Some(Stage::Production) | None => None,
        Some(Stage::Rest) => Some((8.0, 2.0)),
        Some(Stage::Pilot) => Some((4.0, 2.0)),
        Some(Stage::Uat) => Some((4.0, 4.0)),
        Some(Stage::Test) => Some((2.0, 2.0)),
    }
}

/// Paints a stripe in the pattern of a stage, along its longer side.
pub fn stage_stripe(painter: &Painter, rect: Rect, stage: Option<Stage>, color: Color32) {
    let Some((dash, gap)) = dashes(stage) else {
        painter.rect_filled(rect, CornerRadius::same(1), color);
        return;
    };
    let is_wide = rect.width() > rect.height();
    let length = if is_wide { rect.width() } else { rect.height() };
    let mut from = 0.0;
    while from < length {
        let to = (from + dash).min(length);
        let part = if is_wide {
            Rect::from_x_y_ranges(rect.left() + from..=rect.left() + to, rect.y_range())
        } else {
            Rect::from_x_y_ranges(rect.x_range(), rect.top() + from..=rect.top() + to)
        };
        painter.rect_filled(part, CornerRadius::ZERO, color);
        from += dash + gap;
    }
}

/// Paints a small mark of a finding, used if an icon would be too large: an error is a disc, a warning a triangle, a note a
/// ring.
pub fn trouble_dot(painter: &Painter, cx: &Cx<'_>, center: Pos2, radius: f32, severity: Severity) {
    let color = cx.colors.severity(severity);
    match severity {
        Severity::Error => drop(painter.circle_filled(center, radius, color)),
        Severity::Warning => {
            let point = |x: f32, y: f32| center + Vec2::new(x, y) * (radius * 1.2);
            let corners = vec![point(0.0, -1.0), point(1.0, 0.8), point(-1.0, 0.8)];
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        }
        Severity::Note => drop(painter.circle_stroke(center, radius - 0.5, Stroke::new(1.0, color))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_have_different_letters_and_patterns() {
        for (nth, one) in Stage::ALL.into_iter().enumerate() {
            for other in Stage::ALL.into_iter().skip(nth + 1) {
                assert_ne!(dashes(Some(one)), dashes(Some(other)), "{one:?} and {other:?} look alike in grey");
                assert_ne!(one.letter(), other.letter());
            }
        }
    }
}
