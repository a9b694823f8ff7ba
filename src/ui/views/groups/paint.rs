//! Paints the board: columns, cards, the ghost and its target.

use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::board::{Column, about};
use super::layout::ColumnLayout;
use crate::model::{Level, Plan, System};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::marks::keycap;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::wording::counted;

const RADIUS: CornerRadius = CornerRadius::same(theme::CARD_RADIUS);

/// Background, head, note and foot of a column; `number` is the key that assigns to it.
pub fn column(painter: &Painter, cx: &Cx<'_>, column: &Column, at: &ColumnLayout, number: usize, is_target: bool) {
    let is_homeless = column.group.is_none();
    painter.rect_filled(at.rect, RADIUS, cx.colors.panel);
    let alarm = if column.hosts > 0 { cx.colors.error } else { cx.colors.muted };
    let ink = if is_homeless { alarm } else { cx.colors.stage(column.stage).ink };
    if is_homeless {
        dashed(painter, at.rect, Stroke::new(1.0, alarm));
    } else {
        let radius = CornerRadius { nw: RADIUS.nw, ne: RADIUS.ne, sw: 0, se: 0 };
        painter.rect_filled(at.head, radius, cx.colors.stage(column.stage).fill);
        painter.rect_stroke(at.rect, RADIUS, Stroke::new(1.0, cx.colors.line), StrokeKind::Inside);
    }
    if is_target {
        painter.rect_stroke(at.rect, RADIUS, Stroke::new(2.0, cx.colors.accent), StrokeKind::Inside);
    }
    let inner = at.head.shrink2(Vec2::new(16.0, 10.0));
    let hosts = counted(column.hosts, "host");
    let taken = painter.text(
        Pos2::new(inner.right() - if is_homeless { 0.0 } else { 28.0 }, inner.top() + 10.0),
        Align2::RIGHT_CENTER,
        if is_homeless { counted(column.cards.len(), "system") } else { hosts },
        theme::strong(theme::TEXT),
        ink,
    );
    let title = Rect::from_min_max(inner.min, Pos2::new(taken.left() - 8.0, inner.top() + 20.0));
    text_in(painter, title, &column.name, theme::strong(theme::HEAD), ink);
    let line = Rect::from_min_max(Pos2::new(inner.left(), inner.top() + 24.0), inner.max);
    let when_ink = if is_homeless { cx.colors.muted } else { ink };
    text_in(painter, line, &column.when, theme::regular(theme::SMALL), when_ink);
    let note = at.note.shrink2(Vec2::new(16.0, 0.0));
    text_in(painter, note, &column.soak, theme::regular(theme::SMALL), cx.colors.muted);
    if let Some(key) = u32::try_from(number).ok().and_then(|number| char::from_digit(number, 10)) {
        keycap(painter, cx, note.right_center() - Vec2::new(9.0, 0.0), key);
    }
    foot(painter, cx, column, at.foot);
}

fn foot(painter: &Painter, cx: &Cx<'_>, column: &Column, at: Rect) {
    let Some(foot) = &column.foot else { return };
    painter.hline(at.x_range(), at.top(), Stroke::new(1.0, cx.colors.line));
    let line =
        |number: f32| Rect::from_min_size(at.min + Vec2::new(0.0, 10.0 + number * 22.0), Vec2::new(at.width(), 20.0));
    text_in(painter, line(0.0), &foot.cycle, theme::strong(theme::TEXT), cx.colors.text);
    let day = line(1.0).right_center();
    let day = painter.text(day, Align2::RIGHT_CENTER, &foot.day, theme::regular(theme::SMALL), cx.colors.muted);
    text_in(painter, line(1.0).with_max_x(day.left() - 6.0), &foot.at, theme::regular(theme::TEXT), cx.colors.text);
    let color = foot.verdict.map_or(cx.colors.muted, |verdict| cx.colors.verdict(verdict));
    text_in(painter, line(2.0), &foot.fit, theme::strong(theme::TEXT), color);
}

/// How a card is highlighted.
#[derive(Clone, Copy, Default)]
pub struct CardStyle {
    pub is_selected: bool,
    pub is_hovered: bool,
    /// Has the keyboard cursor.
    pub has_cursor: bool,
    /// Is being dragged.
    pub is_leaving: bool,
}

pub fn card(
    painter: &Painter,
    cx: &Cx<'_>,
    plan: &Plan,
    system: &System,
    column: &Column,
    rect: Rect,
    style: CardStyle,
) {
    let fade = if style.is_leaving { 0.45 } else { 1.0 };
    let tint = |color: Color32| color.gamma_multiply(fade);
    let fill = if style.is_selected {
        cx.colors.selected
    } else if style.is_hovered {
        cx.colors.hover
    } else {
        cx.colors.panel
    };
    painter.rect_filled(rect, RADIUS, tint(fill));
    let border = if style.is_selected || style.has_cursor { cx.colors.accent } else { cx.colors.line };
    let width = if style.has_cursor { 2.0 } else { 1.0 };
    painter.rect_stroke(rect, RADIUS, Stroke::new(width, tint(border)), StrokeKind::Inside);
    if column.group.is_some() {
        let stripe =
            Rect::from_min_max(rect.min + Vec2::new(1.0, 6.0), Pos2::new(rect.left() + 4.0, rect.bottom() - 6.0));
        painter.rect_filled(stripe, CornerRadius::same(1), tint(cx.colors.stage(column.stage).ink));
    }
    let inner = rect.shrink2(Vec2::new(12.0, 7.0));
    let (top, bottom) = inner.split_top_bottom_at_fraction(0.5);
    let pair = |row: Rect, left: &str, right: &str, font, ink: Color32, right_ink: Color32| {
        let font_right = theme::regular(theme::SMALL);
        let taken = painter.text(row.right_center(), Align2::RIGHT_CENTER, right, font_right, tint(right_ink));
        text_in(painter, row.with_max_x(taken.left() - 6.0), left, font, tint(ink));
    };
    let colors = cx.colors;
    pair(top, &system.name, &counted(system.hosts, "host"), theme::strong(theme::TEXT), colors.text, colors.text);
    let criticality = system.rating.criticality();
    let grave = if criticality == Level::High { colors.error } else { colors.muted };
    pair(bottom, &about(plan, system), criticality.name(), theme::regular(theme::SMALL), colors.muted, grave);
}

/// Shows where dragged cards would be added.
pub fn drop_target(painter: &Painter, cx: &Cx<'_>, rect: Rect, words: &str) {
    painter.rect_filled(rect, RADIUS, cx.colors.panel);
    dashed(painter, rect, Stroke::new(1.5, cx.colors.accent));
    painter.text(rect.center(), Align2::CENTER_CENTER, words, theme::strong(theme::TEXT), cx.colors.accent);
}

/// The label of the dragged cards beside the pointer.
pub fn ghost(painter: &Painter, cx: &Cx<'_>, at: Pos2, words: &str) {
    let galley = painter.layout_no_wrap(words.to_owned(), theme::strong(theme::TEXT), cx.colors.on_accent);
    let rect = Rect::from_min_size(at + Vec2::new(10.0, 6.0), galley.size() + Vec2::new(20.0, 12.0));
    painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.accent);
    painter.galley(rect.min + Vec2::new(10.0, 6.0), galley, cx.colors.on_accent);
}

fn dashed(painter: &Painter, rect: Rect, stroke: Stroke) {
    let rect = rect.shrink(0.5);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, stroke, 5.0, 4.0));
}
