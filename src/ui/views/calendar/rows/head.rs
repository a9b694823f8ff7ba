//! The head above the rows, and the bands that run through all of them: weekends, holidays, freezes, releases, today.

use chrono::{Datelike, NaiveDate};
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use super::axis::{Axis, midnight};
use super::ticks::{Tick, Ticks};
use crate::model::UtcMinute;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::ui::views::calendar::index::{DayIndex, is_weekend};
use crate::ui::views::calendar::release_mark;

/// The height of each of the two lines of marks.
const MARKS: f32 = 18.0;
/// The height of the line with the names of freezes and releases.
const NOTES: f32 = 15.0;
pub const HEIGHT: f32 = 2.0 * MARKS + NOTES;
/// The least width of a day for weekends to be shown.
const WEEKENDS: f32 = 5.0;

/// Paints the head: two lines of marks, and below them the names of freezes and the releases.
pub fn head(painter: &Painter, cx: &Cx<'_>, index: &DayIndex, axis: &Axis, ticks: &Ticks, rect: Rect) {
    painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.background);
    let line = |nth: f32| Rect::from_min_size(rect.min + Vec2::new(0.0, nth * MARKS), Vec2::new(rect.width(), MARKS));
    marks(painter, cx, axis, &ticks.upper, line(0.0), true);
    marks(painter, cx, axis, &ticks.lower, line(1.0), false);
    let notes = rect.with_min_y(rect.bottom() - NOTES);
    days(cx, axis, |on, from, to| {
        let Some(day) = index.marks(on) else { return };
        let area = Rect::from_min_max(notes.min, notes.max).with_min_x(from).with_max_x(to);
        if !day.freezes.is_empty() {
            hatch(painter, area, cx.colors.hatch);
        }
        if !day.releases.is_empty() && axis.day() >= 1.5 {
            release_mark(painter, cx, area.left_center());
        }
    });
    freeze_names(painter, cx, axis, notes);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

fn marks(painter: &Painter, cx: &Cx<'_>, axis: &Axis, ticks: &[Tick], line: Rect, is_upper: bool) {
    let font = if is_upper { theme::strong(theme::TEXT) } else { theme::regular(theme::SMALL) };
    let color = if is_upper { cx.colors.text } else { cx.colors.muted };
    for (nth, tick) in ticks.iter().enumerate() {
        let next = ticks.get(nth + 1).map_or(axis.right(), |next| axis.x(next.from));
        let left = axis.x(tick.from).max(axis.left);
        let room = Rect::from_min_max(line.min, line.max).with_min_x(left + 4.0).with_max_x(next - 2.0);
        let label = painter.layout_no_wrap(tick.label.clone(), font.clone(), color);
        if label.size().x <= room.width() {
            let at = Align2::LEFT_CENTER.anchor_size(room.left_center(), label.size());
            painter.galley(at.min, label, color);
        }
    }
}

/// The name of each freeze, where its part of the axis is wide enough.
fn freeze_names(painter: &Painter, cx: &Cx<'_>, axis: &Axis, notes: Rect) {
    let zone = &cx.schedule().zone;
    let (first, last) = axis.dates(zone);
    for freeze in cx.plan().freezes() {
        for span in freeze.spans(first, last) {
            let from = axis.x(midnight(span.first_on, zone)).max(axis.left);
            let to = axis.x(end_of_day(span.last_on, cx)).min(axis.right());
            let room = notes.with_min_x(from + 3.0).with_max_x(to - 3.0);
            if room.width() < 40.0 {
                continue;
            }
            let font = theme::regular(theme::SMALL);
            let width = painter.layout_no_wrap(freeze.name.clone(), font.clone(), cx.colors.text).size().x;
            let ground = room.with_max_x((room.left() + width + 3.0).min(room.right())).expand2(Vec2::new(2.0, -1.0));
            painter.rect_filled(ground, CornerRadius::same(2), cx.colors.background);
            text_in(painter, room, &freeze.name, font, cx.colors.text);
        }
    }
}

fn end_of_day(on: NaiveDate, cx: &Cx<'_>) -> UtcMinute {
    midnight(on.succ_opt().unwrap_or(on), &cx.schedule().zone)
}

/// Calls `draw` with each visible day and its left and right end.
fn days(cx: &Cx<'_>, axis: &Axis, mut draw: impl FnMut(NaiveDate, f32, f32)) {
    let zone = &cx.schedule().zone;
    let (first, last) = axis.dates(zone);
    let mut from = axis.x(midnight(first, zone));
    for on in first.iter_days().take_while(|on| *on <= last) {
        let to = axis.x(end_of_day(on, cx));
        draw(on, from.max(axis.left), to.min(axis.right()));
        from = to;
    }
}

/// Paints what runs through all rows of `rect`, below the bars.
pub fn bands(painter: &Painter, cx: &Cx<'_>, index: &DayIndex, axis: &Axis, ticks: &Ticks, rect: Rect) {
    let with_weekends = axis.day() >= WEEKENDS;
    days(cx, axis, |on, from, to| {
        let area = rect.with_min_x(from).with_max_x(to);
        let marks = index.marks(on);
        let ground = match marks {
            Some(marks) if !marks.holidays.is_empty() => cx.colors.holiday,
            _ if is_weekend(on) && with_weekends => cx.colors.weekend,
            _ if !with_weekends && on.month0() % 2 == 1 => cx.colors.weekend,
            _ => cx.colors.panel,
        };
        painter.rect_filled(area, CornerRadius::ZERO, ground);
        if marks.is_some_and(|marks| !marks.freezes.is_empty()) {
            hatch(painter, area, cx.colors.hatch);
        }
        if axis.day() >= 1.5 && marks.is_some_and(|marks| !marks.releases.is_empty()) {
            painter.vline(from, rect.y_range(), Stroke::new(1.0, cx.colors.accent.gamma_multiply(0.2)));
        }
    });
    for tick in ticks.upper.iter().chain(&ticks.lower).filter(|tick| tick.is_line) {
        let x = axis.x(tick.from);
        if x > axis.left {
            painter.vline(x, rect.y_range(), Stroke::new(1.0, cx.colors.line));
        }
    }
    today(painter, cx, axis, rect);
}

fn today(painter: &Painter, cx: &Cx<'_>, axis: &Axis, rect: Rect) {
    let x = axis.x(cx.now());
    if x < axis.left || x > axis.right() {
        return;
    }
    painter.vline(x, rect.y_range(), Stroke::new(1.5, cx.colors.accent));
    let (top, half) = (rect.top(), 4.0);
    let tip = vec![Pos2::new(x - half, top), Pos2::new(x + half, top), Pos2::new(x, top + 1.4 * half)];
    painter.add(Shape::convex_polygon(tip, cx.colors.accent, Stroke::NONE));
}
