//! Paints the people view: converts rectangles to shapes.

use chrono::{Datelike, Weekday};
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2};
use lucide_icons::Icon;

use super::layout::{Grid, Month, NIGHTS, ROW};
use crate::model::{Duty, Stage, date_of_day, day_number};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::marks::test_mark;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::wording::{month_and_year, short_weekday};

/// The background of the visible rows: weekends, today, months.
pub fn ground(painter: &Painter, cx: &Cx<'_>, grid: &Grid, origin: Pos2, view: Rect) {
    painter.rect_filled(view, CornerRadius::ZERO, cx.colors.panel);
    let (from, to) = (view.left() - origin.x, view.right() - origin.x);
    let (first, last) = grid.days_between(from, to);
    let column = |left: f32, width: f32| {
        Rect::from_min_max(Pos2::new(origin.x + left, view.top()), Pos2::new(origin.x + left + width, view.bottom()))
    };
    for day in first..=last {
        let Some(left) = grid.left_of(day) else { continue };
        let weekday = date_of_day(day).weekday();
        if matches!(weekday, Weekday::Sat | Weekday::Sun) {
            painter.rect_filled(column(left, grid.day), CornerRadius::ZERO, cx.colors.weekend);
        }
        if day == day_number(cx.today()) {
            painter.rect_filled(column(left, grid.day), CornerRadius::ZERO, cx.colors.selected);
        }
    }
    for month in &grid.months[grid.months_between(from, to)] {
        painter.rect_filled(column(month.left, NIGHTS), CornerRadius::ZERO, cx.colors.background);
        let x = origin.x + month.left;
        painter.vline(x, view.y_range(), Stroke::new(1.0, cx.colors.line));
    }
}

/// The two lines above the rows: months, then days.
pub fn header(painter: &Painter, cx: &Cx<'_>, grid: &Grid, left: f32, rect: Rect) {
    painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.panel);
    let (from, to) = (rect.left() - left, rect.right() - left);
    for month in &grid.months[grid.months_between(from, to)] {
        month_head(painter, cx, grid, month, left, rect);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

fn month_head(painter: &Painter, cx: &Cx<'_>, grid: &Grid, month: &Month, left: f32, rect: Rect) {
    let (start, width) = (left + month.left, NIGHTS + month.days as f32 * grid.day);
    painter.vline(start, rect.y_range(), Stroke::new(1.0, cx.colors.line));
    // The name stays visible as long as any part of its month is.
    let name = Rect::from_min_max(
        Pos2::new((start + 6.0).max(rect.left() + 6.0), rect.top()),
        Pos2::new(start + width - 4.0, rect.top() + 20.0),
    );
    let title = month_and_year(month.first_on);
    text_in(painter, name, &title, theme::strong(theme::TEXT), cx.colors.text);
    let line = rect.bottom() - 9.0;
    let moon = Pos2::new(start + NIGHTS / 2.0, line);
    painter.text(moon, Align2::CENTER_CENTER, char::from(Icon::Moon), theme::icon(11.0), cx.colors.muted);
    for day in month.first..month.first + month.days {
        let on = date_of_day(day);
        let is_shown = grid.day >= 14.0 || on.weekday() == Weekday::Mon;
        let Some(x) = grid.left_of(day).map(|x| left + x + grid.day / 2.0).filter(|_| is_shown) else { continue };
        if x < rect.left() - grid.day || x > rect.right() + grid.day {
            continue;
        }
        let is_today = on == cx.today();
        let color = if is_today { cx.colors.accent } else { cx.colors.muted };
        let font = if is_today { theme::strong(10.0) } else { theme::regular(10.0) };
        painter.text(Pos2::new(x, line), Align2::CENTER_CENTER, on.day(), font.clone(), color);
        if grid.day >= 14.0 {
            painter.text(
                Pos2::new(x, line - 13.0),
                Align2::CENTER_CENTER,
                &short_weekday(on.weekday())[..1],
                font,
                color,
            );
        }
    }
}

/// The days on which a person is away.
pub fn away(painter: &Painter, cx: &Cx<'_>, rect: Rect) {
    hatch(painter, rect.shrink2(Vec2::new(0.0, 1.0)), cx.colors.hatch);
}

/// The number of nights a person works in a month, in red if there are too many.
pub fn nights(painter: &Painter, cx: &Cx<'_>, rect: Rect, count: usize) {
    let is_too_many = count > usize::from(cx.plan().policy().people.nights_a_month);
    let (font, color) = if is_too_many {
        (theme::strong(theme::SMALL), cx.colors.error)
    } else {
        (theme::regular(theme::SMALL), cx.colors.muted)
    };
    painter.text(rect.center(), Align2::CENTER_CENTER, count, font, color);
}

/// How a shift is highlighted.
#[derive(Clone, Copy)]
pub struct Style {
    pub is_selected: bool,
    pub has_cursor: bool,
    pub is_hovered: bool,
    pub has_trouble: bool,
}

/// A shift: filled for work with the stage's letter if it fits, outlined with a diamond for testing and with an eye for a
/// watch.
pub fn shift(painter: &Painter, cx: &Cx<'_>, rect: Rect, stage: Option<Stage>, duty: Duty, style: Style) {
    let colors = cx.colors.stage(stage);
    let radius = CornerRadius::same(if rect.width() < 8.0 { 1 } else { 3 });
    let is_work = duty == Duty::Work;
    let fill = if is_work { colors.fill } else { cx.colors.panel };
    painter.rect_filled(rect, radius, fill);
    let edge = if is_work && !style.is_hovered { 0.0 } else { 1.0 };
    if edge > 0.0 {
        painter.rect_stroke(rect, radius, Stroke::new(edge, colors.ink), StrokeKind::Inside);
    }
    if rect.width() >= 8.0 {
        if is_work {
            let letter = stage.map_or('•', Stage::letter);
            painter.text(rect.center(), Align2::CENTER_CENTER, letter, theme::strong(10.0), colors.ink);
        } else if duty == Duty::Watch {
            painter.text(rect.center(), Align2::CENTER_CENTER, char::from(Icon::Eye), theme::icon(10.0), colors.ink);
        } else {
            test_mark(painter, rect.center(), 4.0, colors.ink);
        }
    } else if is_work {
        painter.rect_filled(rect.with_max_x(rect.left() + 1.5), CornerRadius::ZERO, colors.ink);
    }
    if style.has_trouble {
        painter.circle_filled(rect.right_top() + Vec2::new(-1.5, 1.5), 3.0, cx.colors.error);
    }
    if style.is_selected || style.has_cursor {
        let width = if style.has_cursor { 2.0 } else { 1.5 };
        painter.rect_stroke(rect.expand(1.0), radius, Stroke::new(width, cx.colors.accent), StrokeKind::Outside);
    }
}

/// A booking that could not be filled, with the number of missing people.
pub fn open(painter: &Painter, cx: &Cx<'_>, rect: Rect, missing: u32, is_hovered: bool) {
    let radius = CornerRadius::same(3);
    let width = if is_hovered { 2.0 } else { 1.0 };
    painter.rect_filled(rect, radius, cx.colors.panel);
    painter.rect_stroke(rect, radius, Stroke::new(width, cx.colors.error), StrokeKind::Inside);
    if rect.width() >= 8.0 {
        painter.text(rect.center(), Align2::CENTER_CENTER, missing, theme::strong(10.0), cx.colors.error);
    }
}

/// The name on the left of a row.
pub fn row_name(painter: &Painter, cx: &Cx<'_>, rect: Rect, indent: f32, name: &str, is_head: bool) {
    let text = Rect::from_min_max(rect.min + Vec2::new(indent, 0.0), rect.max - Vec2::new(8.0, 0.0));
    let font = if is_head { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
    text_in(painter, text, name, font, cx.colors.text);
}

/// The arrow before a team: folded or open.
pub fn fold_mark(painter: &Painter, cx: &Cx<'_>, rect: Rect, is_folded: bool) {
    let icon = if is_folded { Icon::ChevronRight } else { Icon::ChevronDown };
    let at = Pos2::new(rect.left() + 14.0, rect.top() + ROW / 2.0);
    painter.text(at, Align2::CENTER_CENTER, char::from(icon), theme::icon(13.0), cx.colors.muted);
}
