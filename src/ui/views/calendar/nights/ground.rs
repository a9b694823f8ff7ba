//! The ground of a night: the dark hours, the hours of the clock, a change of the clocks, the current time.

use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Shape, Stroke};

use super::axis::{Night, NightAxis, Tick};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;

/// The height of the line with the hours.
pub const HEAD: f32 = 22.0;

/// Paints the hours of a night, their centers above their lines.
pub fn head(painter: &Painter, cx: &Cx<'_>, night: &Night, axis: &NightAxis, rect: Rect) {
    let ticks = night.ticks(&cx.schedule().zone, axis.hours());
    for tick in &ticks {
        let x = axis.x(tick.at);
        let font = if tick.is_midnight { theme::strong(theme::SMALL) } else { theme::regular(theme::SMALL) };
        let size = painter.layout_no_wrap(tick.label.clone(), font.clone(), cx.colors.muted).size();
        // The first and the last would be cut off.
        let x = x.min(rect.right() - size.x / 2.0).max(rect.left() + size.x / 2.0);
        let color = if tick.is_midnight { cx.colors.text } else { cx.colors.muted };
        painter.text(Pos2::new(x, rect.center().y), Align2::CENTER_CENTER, &tick.label, font, color);
    }
}

/// Paints the ground of a night into `rect`, which begins at its first instant.
pub fn ground(painter: &Painter, cx: &Cx<'_>, night: &Night, axis: &NightAxis, rect: Rect) {
    let zone = &cx.schedule().zone;
    let rect = rect.with_max_x(axis.x(night.to));
    painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.panel);
    for (from, to) in night.dark(zone) {
        painter.rect_filled(
            rect.with_min_x(axis.x(from)).with_max_x(axis.x(to)),
            CornerRadius::ZERO,
            cx.colors.weekend,
        );
    }
    for Tick { at, is_midnight, .. } in night.ticks(zone, axis.hours()) {
        let line = if is_midnight { cx.colors.muted.gamma_multiply(0.6) } else { cx.colors.line };
        painter.vline(axis.x(at), rect.y_range(), Stroke::new(1.0, line));
    }
    if let Some(change) = night.clock_change(zone) {
        let x = axis.x(change.at);
        let line = [Pos2::new(x, rect.top()), Pos2::new(x, rect.bottom())];
        painter.extend(Shape::dashed_line(&line, Stroke::new(1.5, cx.colors.accent), 4.0, 3.0));
    }
}

/// Paints the current time, if it is in the night.
pub fn now(painter: &Painter, cx: &Cx<'_>, night: &Night, axis: &NightAxis, rect: Rect) {
    if !night.contains(cx.now()) {
        return;
    }
    let x = axis.x(cx.now());
    painter.vline(x, rect.y_range(), Stroke::new(1.5, cx.colors.accent));
    let (top, half) = (rect.top(), 4.0);
    let tip = vec![Pos2::new(x - half, top), Pos2::new(x + half, top), Pos2::new(x, top + 1.4 * half)];
    painter.add(Shape::convex_polygon(tip, cx.colors.accent, Stroke::NONE));
}
