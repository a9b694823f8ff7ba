//! Diagonal lines that mark a freeze or an absence without relying on colour.

use egui::{Color32, Painter, Pos2, Rect, Stroke};

/// Fills `rect` with diagonal lines.
pub fn hatch(painter: &Painter, rect: Rect, color: Color32) {
    const STEP: f32 = 7.0;
    let stroke = Stroke::new(1.0, color);
    let (width, height) = (rect.width(), rect.height());
    // Lines start on a grid of the whole screen, so that they continue from one day to the next.
    let mut at = -((rect.left() + rect.bottom()) % STEP);
    while at < width + height {
        let from = Pos2::new(rect.left() + (at - height).max(0.0), rect.top() + at.min(height));
        let to = Pos2::new(rect.left() + at.min(width), rect.top() + (at - width).max(0.0));
        if at > 0.0 {
            painter.line_segment([from, to], stroke);
        }
        at += STEP;
    }
}
