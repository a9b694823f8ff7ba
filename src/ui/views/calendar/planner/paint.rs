//! Paints the wall planner: converts rectangles to shapes.

use chrono::{Datelike, NaiveDate, Weekday};
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2};

use super::layout::Grid;
use crate::checks::Severity;
use crate::model::Stage;
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::marks::trouble_dot;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::ui::views::calendar::entry::{paint, trouble_mark};
use crate::ui::views::calendar::index::{DayIndex, Entry, FreezeOnDay, is_weekend};
use crate::ui::views::calendar::{ground, release_mark as mark};
use crate::wording;

/// Up to this width, the gutter has the number of the day alone.
const NUMBER_ALONE: f32 = 20.0;
/// Below this width, the number is smaller.
const NARROW: f32 = 16.0;

/// The background: month heads, days, weekends, holidays, freezes, week numbers, today.
pub fn months(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid) {
    let visible = ui.clip_rect();
    for month in grid.month_starts() {
        header(ui, cx, index, grid, month);
        for on in month.iter_days().take_while(|on| on.month() == month.month()) {
            if visible.intersects(grid.cell(on)) {
                day(ui, cx, index, grid, on);
            }
        }
    }
    let bottom = grid.rect.top() + super::layout::HEADER + 31.0 * grid.row;
    let line = Stroke::new(1.0, cx.colors.line);
    for column in 0..=grid.months {
        let x = grid.rect.left() + column as f32 * grid.column;
        ui.painter().vline(x, grid.rect.top() + super::layout::HEADER..=bottom, line);
    }
    // A clearly visible line where the year changes.
    for january in grid.month_starts().skip(1).filter(|month| month.month() == 1) {
        let x = grid.header(january).left();
        ui.painter().vline(x, grid.rect.top() + 4.0..=bottom, Stroke::new(1.0, cx.colors.muted));
    }
}

fn header(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, month: NaiveDate) {
    let rect = grid.header(month).shrink2(Vec2::new(4.0, 0.0));
    let title = match grid.column {
        wide if wide >= 84.0 => wording::month(month).to_owned(),
        wide if wide >= 30.0 => wording::short_month(month).to_owned(),
        _ => wording::short_month(month).chars().take(1).collect(),
    };
    let shows_year = month.month() == 1 && grid.months > 12 && grid.column >= 44.0;
    let title = if shows_year { format!("{title} {:02}", month.year().rem_euclid(100)) } else { title };
    let taken = text_in(ui.painter(), rect, &title, theme::strong(theme::TEXT), cx.colors.text);
    let (count, worst) = index.month_summary(month);
    let color = worst.map_or(cx.colors.muted, |severity| cx.colors.severity(severity));
    let number = ui.painter().layout_no_wrap(count.to_string(), theme::regular(10.0), color);
    if count > 0 && rect.width() > taken + number.size().x + 4.0 {
        let at = Align2::RIGHT_CENTER.anchor_size(rect.right_center(), number.size());
        let has_room = rect.width() > taken + number.size().x + 18.0;
        ui.painter().galley(at.min, number, color);
        if let Some(severity) = worst.filter(|_| has_room) {
            trouble_mark(ui.painter(), cx, at.left_center() - Vec2::new(8.0, 0.0), 9.5, severity);
        }
    }
}

fn day(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, on: NaiveDate) {
    let (painter, cell) = (ui.painter(), grid.cell(on));
    if !cx.plan().horizon().contains(on) {
        return;
    }
    let marks = index.marks(on);
    painter.rect_filled(cell, CornerRadius::ZERO, ground(cx, marks, on).unwrap_or(cx.colors.panel));
    if let Some(marks) = marks.filter(|marks| !marks.freezes.is_empty()) {
        let is_selected = |frozen: &FreezeOnDay| *cx.selection() == Selection::Freeze(frozen.freeze.id.clone());
        let is_marked = marks.freezes.iter().any(is_selected);
        hatch(painter, cell, if is_marked { cx.colors.accent.gamma_multiply(0.55) } else { cx.colors.hatch });
    }
    // Drawn on whole pixels above each day, so that the cell above, painted earlier, cannot cover it.
    painter.hline(cell.x_range(), cell.top().round() + 0.5, Stroke::new(1.0, cx.colors.line));
    gutter(painter, cx, grid, on, marks.and_then(|marks| marks.trouble));
    if on == cx.today() {
        painter.rect_stroke(cell, CornerRadius::ZERO, Stroke::new(1.0, cx.colors.accent), StrokeKind::Inside);
    }
    if on.weekday() == Weekday::Mon && (grid.has_room_for_week(on) || index.entries(on).is_empty()) {
        let (at, week) = (cell.right_top() + Vec2::new(-3.0, 1.5), on.iso_week().week());
        painter.text(at, Align2::RIGHT_TOP, week, theme::regular(8.0), cx.colors.muted);
    }
}

/// The number of the day, and behind it the mark of a finding or the first letter of the weekday.
fn gutter(painter: &Painter, cx: &Cx<'_>, grid: &Grid, on: NaiveDate, trouble: Option<Severity>) {
    let (cell, width, is_today) = (grid.cell(on), grid.gutter(), on == cx.today());
    let has_room = width > NUMBER_ALONE;
    let ink = match trouble {
        _ if is_today => cx.colors.accent,
        Some(severity) => cx.colors.severity(severity),
        None => cx.colors.text,
    };
    let size = (grid.row - 8.0).clamp(8.0, if width < NARROW { 9.0 } else { 10.5 });
    let font = if is_weekend(on) || is_today { theme::strong(size) } else { theme::regular(size) };
    let at = |x: f32| Pos2::new(cell.left() + x, cell.center().y);
    let right = if has_room { 16.0 } else { width - 2.0 };
    painter.text(at(right), Align2::RIGHT_CENTER, on.day(), font, ink);
    match trouble {
        Some(severity) if has_room => trouble_mark(painter, cx, at(23.0), 9.0, severity),
        Some(severity) => {
            trouble_dot(painter, cx, cell.left_top() + Vec2::splat(3.5), 2.5, severity);
        }
        None if has_room => {
            let letter = &on.weekday().to_string()[..1];
            painter.text(at(19.0), Align2::LEFT_CENTER, letter, theme::regular(9.0), cx.colors.muted);
        }
        None => {}
    }
}

/// A note on a day without occurrences: a vendor release, the start of a freeze, or a holiday.
pub fn day_note(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, on: NaiveDate) {
    let Some(marks) = index.marks(on) else { return };
    let cell = grid.cell(on);
    let note = Rect::from_min_max(cell.min + Vec2::new(grid.gutter(), 0.0), cell.max - Vec2::new(12.0, 0.0));
    if note.width() < 22.0 && marks.releases.is_empty() {
        return;
    }
    let size = (grid.row - 8.0).clamp(8.0, 10.0);
    let begins = |frozen: &&FreezeOnDay| frozen.span.first_on == on || on.day() == 1;
    if !marks.releases.is_empty() {
        // Only Mondays have a week number at the right.
        let right = if on.weekday() == Weekday::Mon { note.right() } else { cell.right() - 1.0 };
        release_mark(ui, cx, note.with_max_x(right), &marks.releases, size);
    } else if let Some(frozen) = marks.freezes.iter().find(begins) {
        text_in(ui.painter(), note, &frozen.freeze.name, theme::regular(size), cx.colors.muted);
    } else if let Some(holiday) = marks.holidays.first() {
        text_in(ui.painter(), note, holiday, theme::regular(size), cx.colors.muted);
    }
}

/// The first release of a day, and "+2" if there are others.
fn release_mark(ui: &Ui, cx: &Cx<'_>, rect: Rect, releases: &[String], size: f32) {
    mark(ui.painter(), cx, Pos2::new(rect.left() + 2.0, rect.center().y));
    let mut text = rect.with_min_x(rect.left() + 10.0);
    let [name, others @ ..] = releases else { return };
    if text.width() > 30.0 {
        if !others.is_empty() {
            let (at, count) = (rect.right_center() - Vec2::new(2.0, 0.0), format!("+{}", others.len()));
            let drawn = ui.painter().text(at, Align2::RIGHT_CENTER, count, theme::regular(size - 1.0), cx.colors.muted);
            text.max.x = drawn.left() - 3.0;
        }
        text_in(ui.painter(), text, name, theme::regular(size), cx.colors.accent);
    }
}

pub fn selected_day(ui: &Ui, cx: &Cx<'_>, cell: Rect) {
    ui.painter().rect_stroke(
        cell.shrink(0.5),
        CornerRadius::same(2),
        Stroke::new(1.5, cx.colors.accent),
        StrokeKind::Inside,
    );
}

pub fn drop_target(ui: &Ui, cx: &Cx<'_>, cell: Rect) {
    ui.painter().rect_filled(cell, CornerRadius::same(2), cx.colors.selected);
}

/// The dragged occurrence at its target.
pub fn ghost(ui: &Ui, cx: &Cx<'_>, rect: Rect, title: &str, stage: Option<Stage>) {
    paint(ui.painter(), cx, rect, &Entry::plain(), title, stage, super::ghost_style());
}

/// A bar that the selected freeze displaces.
pub fn displaced(ui: &Ui, cx: &Cx<'_>, bar: Rect) {
    let stroke = Stroke::new(2.0, cx.colors.error);
    ui.painter().rect_stroke(bar, CornerRadius::same(theme::BAR_RADIUS), stroke, StrokeKind::Inside);
}

/// A day of the dragged freeze, with a line at its start and end.
pub fn frozen_ghost(ui: &Ui, cx: &Cx<'_>, cell: Rect, is_first: bool, is_last: bool) {
    let painter = ui.painter();
    painter.rect_filled(cell, CornerRadius::ZERO, cx.colors.accent.gamma_multiply(0.12));
    hatch(painter, cell, cx.colors.accent);
    let line = Stroke::new(2.0, cx.colors.accent);
    if is_first {
        painter.hline(cell.x_range(), cell.top() + 1.0, line);
    }
    if is_last {
        painter.hline(cell.x_range(), cell.bottom() - 1.0, line);
    }
}

/// The name of the dragged freeze, on its own background.
pub fn ghost_name(ui: &Ui, cx: &Cx<'_>, rect: Rect, title: &str) {
    ui.painter().rect_filled(rect.shrink(1.0), CornerRadius::same(theme::BAR_RADIUS), cx.colors.selected);
    let text = rect.shrink2(Vec2::new(4.0, 1.0));
    text_in(ui.painter(), text, title, theme::strong((rect.height() - 6.0).clamp(8.0, theme::SMALL)), cx.colors.accent);
}

/// "+3", in the colour of the worst hidden finding.
pub fn more(ui: &Ui, cx: &Cx<'_>, rect: Rect, hidden: usize, worst: Option<Severity>) {
    let painter = ui.painter();
    painter.rect_stroke(
        rect,
        CornerRadius::same(theme::BAR_RADIUS),
        Stroke::new(1.0, cx.colors.line),
        StrokeKind::Inside,
    );
    let color = worst.map_or(cx.colors.muted, |severity| cx.colors.severity(severity));
    if hidden < 100 || rect.width() > 22.0 {
        painter.text(rect.center(), Align2::CENTER_CENTER, format!("+{hidden}"), theme::strong(9.0), color);
    } else if let Some(severity) = worst {
        trouble_mark(painter, cx, rect.center(), 11.0, severity);
    } else {
        painter.text(rect.center(), Align2::CENTER_CENTER, "…", theme::strong(9.0), color);
    }
}
