//! Paints cycles: converts rectangles to shapes.

use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2};

use super::layout::Axis;
use super::rows::{Block, CycleLine, Tone};
use crate::model::SeverityDeadline;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;

/// The days since the release, and the deadline of each severity as a flag below.
pub fn header(painter: &Painter, cx: &Cx<'_>, axis: &Axis, rect: Rect, severities: &[SeverityDeadline]) {
    let mut free = f32::MIN;
    for day in axis.ticks() {
        let at = Pos2::new(axis.x(day as i32 * 24 * 60), rect.top() + 8.0);
        let text = if day == 0 { "Release".to_owned() } else { format!("{day} d") };
        let align = if day == 0 { Align2::LEFT_CENTER } else { Align2::CENTER_CENTER };
        let galley = painter.layout_no_wrap(text, theme::regular(10.0), cx.colors.muted);
        let area = align.anchor_size(at, galley.size());
        // A number that would touch the one before it is left out; its line stays.
        if area.left() > free {
            free = area.right() + 6.0;
            painter.galley(area.min, galley, cx.colors.muted);
        }
    }
    // A flag that would overlap the previous one moves to the second line; if that is not free either, it is a line only.
    let mut free = [f32::MIN; 2];
    for severity in severities.iter().filter(|severity| axis.holds(severity.within.signed())) {
        let x = axis.x(severity.within.signed());
        let text = format!("{} {}", severity.name, severity.within);
        let galley = painter.layout_no_wrap(text, theme::strong(10.0), cx.colors.error);
        let line = usize::from(free[0] > x);
        let top = rect.top() + 17.0 + 15.0 * line as f32;
        painter.vline(x, top..=rect.bottom(), Stroke::new(1.0, cx.colors.error));
        if free[line] <= x {
            free[line] = x + galley.size().x + 10.0;
            painter.galley(Pos2::new(x + 4.0, top), galley, cx.colors.error);
        }
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// The background of a row, which is the same for all rows.
pub fn ground(
    painter: &Painter,
    cx: &Cx<'_>,
    axis: &Axis,
    rect: Rect,
    severities: &[SeverityDeadline],
    is_current: bool,
) {
    if is_current {
        painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.selected);
    }
    for day in axis.ticks() {
        painter.vline(axis.x(day as i32 * 24 * 60), rect.y_range(), Stroke::new(1.0, cx.colors.line));
    }
    for severity in severities.iter().filter(|severity| axis.holds(severity.within.signed())) {
        let color = cx.colors.error.gamma_multiply(0.45);
        painter.vline(axis.x(severity.within.signed()), rect.y_range(), Stroke::new(1.0, color));
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// The texts of a row, its line, and the mark of the next release.
pub fn row(painter: &Painter, cx: &Cx<'_>, axis: &Axis, rect: Rect, row: &CycleLine, release: &str) {
    let halves = |rect: Rect| rect.split_top_bottom_at_fraction(0.5);
    let (title, below) = halves(axis.name_in(rect));
    text_in(painter, title, &row.title, theme::strong(theme::TEXT), cx.colors.text);
    text_in(painter, below, release, theme::regular(theme::SMALL), cx.colors.muted);
    let color = match row.tone {
        Tone::Good => cx.colors.good,
        Tone::Late => cx.colors.warning,
        Tone::Open => cx.colors.muted,
        Tone::Bad => cx.colors.error,
    };
    match &row.reason {
        Some(reason) => {
            let (result, below) = halves(axis.result_in(rect));
            text_in(painter, result, &row.result, theme::strong(theme::TEXT), color);
            text_in(painter, below, reason, theme::regular(theme::SMALL), cx.colors.muted);
        }
        None => {
            text_in(painter, axis.result_in(rect), &row.result, theme::strong(theme::TEXT), color);
        }
    }
    let bar = axis.bar_in(rect);
    let end = row.blocks.last().map_or(bar.left(), |block| axis.x(block.end));
    painter.hline(bar.left()..=end, bar.center().y, Stroke::new(2.0, cx.colors.muted));
    let next = row.cycle.next_at.map(|at| at.since(row.cycle.released_at)).filter(|minutes| axis.holds(*minutes));
    if let Some(minutes) = next {
        next_release(painter, cx, Pos2::new(axis.x(minutes), bar.center().y));
    }
}

/// A triangle that points left, at the time of the next release.
fn next_release(painter: &Painter, cx: &Cx<'_>, at: Pos2) {
    let points = vec![at + Vec2::new(-6.0, 0.0), at + Vec2::new(1.0, -5.0), at + Vec2::new(1.0, 5.0)];
    painter.add(egui::Shape::convex_polygon(points, cx.colors.accent, Stroke::NONE));
}

/// The soak time after a group: a thick pale line up to the earliest start of the next group.
pub fn soak(painter: &Painter, cx: &Cx<'_>, axis: &Axis, rect: Rect, block: &Block, at: Rect) {
    let from = at.right();
    let to = axis.x(block.soaked);
    if to > from {
        let band = Rect::from_x_y_ranges(from..=to, (rect.center().y - 3.0)..=(rect.center().y + 3.0));
        painter.rect_filled(band, CornerRadius::ZERO, cx.colors.stage(Some(block.stage)).fill);
    }
}

/// A group's block, with its stage as colour and letter.
pub fn block(painter: &Painter, cx: &Cx<'_>, rect: Rect, block: &Block, is_current: bool) {
    let colors = cx.colors.stage(Some(block.stage));
    painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), colors.fill);
    let stroke =
        if is_current { Stroke::new(2.0, cx.colors.accent) } else { Stroke::new(1.0, colors.ink.gamma_multiply(0.5)) };
    painter.rect_stroke(rect, CornerRadius::same(theme::BAR_RADIUS), stroke, StrokeKind::Inside);
    painter.text(rect.center(), Align2::CENTER_CENTER, block.stage.letter(), theme::strong(10.0), colors.ink);
}
