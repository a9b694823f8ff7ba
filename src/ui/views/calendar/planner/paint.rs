//! Paints the wall planner: converts rectangles to shapes.

use chrono::{Datelike, NaiveDate, Weekday};
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2};

use super::layout::{Grid, INSET};
use crate::checks::Severity;
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::marks::trouble_dot;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::ui::views::calendar::index::{DayIndex, FreezeOnDay};
use crate::ui::views::calendar::{ground, release_mark as mark};
use crate::wording;

/// No text is smaller.
const SMALLEST: f32 = 9.5;

/// The background: days, weekends, holidays, freezes, week numbers, today.
pub fn months(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid) {
    let visible = ui.clip_rect();
    for month in grid.month_starts() {
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

/// The heads of the months, above days that are scrolled below them.
pub fn heads(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid) {
    for month in grid.month_starts().filter(|month| ui.clip_rect().intersects(grid.header(*month))) {
        header(ui, cx, index, grid, month);
    }
}

fn header(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, month: NaiveDate) {
    let painter = ui.painter();
    painter.rect_filled(grid.header(month), CornerRadius::ZERO, cx.colors.background);
    let rect = grid.header(month).shrink2(Vec2::new(4.0, 0.0));
    let font = || theme::strong(theme::TEXT);
    let summary = index.month_summary(month);
    let (count, worst) = summary.map_or((0, None), |summary| (summary.count, summary.worst()));
    let number = painter.layout_no_wrap(count.to_string(), theme::regular(theme::SMALL), cx.colors.text);
    let mark = if worst.is_some() { 12.0 } else { 0.0 };
    let room = rect.width() - if count > 0 { number.size().x + mark + 6.0 } else { 0.0 };
    let year = format!(" {:02}", month.year().rem_euclid(100));
    let year = if month.month() == 1 && grid.months > 12 { year.as_str() } else { "" };
    let titles = [format!("{}{year}", wording::month(month)), format!("{}{year}", wording::short_month(month))];
    let fits = |title: &&String| painter.layout_no_wrap((*title).clone(), font(), cx.colors.text).size().x <= room;
    let title = titles.iter().find(fits).unwrap_or(&titles[1]);
    text_in(painter, rect.with_max_x(rect.left() + room), title, font(), cx.colors.text);
    if count > 0 {
        let at = Align2::RIGHT_CENTER.anchor_size(rect.right_center(), number.size());
        if let Some(severity) = worst {
            let center = at.left_center() - Vec2::new(8.0, 0.0);
            trouble_dot(painter, cx, center, 3.5, severity);
        }
        painter.galley(at.min, number, cx.colors.text);
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
    let is_monday = on.weekday() == Weekday::Mon;
    let line = if is_monday { cx.colors.muted.gamma_multiply(0.6) } else { cx.colors.line };
    painter.hline(cell.x_range(), cell.top().round() + 0.5, Stroke::new(1.0, line));
    let has_room = grid.shows_weekday(on, index.count(on));
    gutter(painter, cx, grid, on, has_room, marks.and_then(|marks| marks.trouble));
    if on == cx.today() {
        painter.rect_stroke(cell, CornerRadius::ZERO, Stroke::new(1.0, cx.colors.accent), StrokeKind::Inside);
    }
}

/// The number of the day; if there is room, behind it the mark of a finding, the week on Mondays, or the first letter of the
/// weekday.
fn gutter(painter: &Painter, cx: &Cx<'_>, grid: &Grid, on: NaiveDate, has_room: bool, trouble: Option<Severity>) {
    let (cell, is_today) = (grid.cell(on), on == cx.today());
    let ink = match trouble {
        _ if is_today => cx.colors.accent,
        Some(severity) => cx.colors.severity(severity),
        None => cx.colors.text,
    };
    let size = (grid.row - 8.0).clamp(SMALLEST, 10.5);
    let is_heavy = on.weekday() == Weekday::Sun || is_today || trouble.is_some();
    let font = if is_heavy { theme::strong(size) } else { theme::regular(size) };
    let at = |x: f32| Pos2::new(cell.left() + x, cell.center().y);
    // Numbers are aligned at their right, where two digits end.
    let digits = painter.layout_no_wrap("00".to_owned(), font.clone(), ink).size().x;
    let right = INSET + digits;
    painter.text(at(right), Align2::RIGHT_CENTER, on.day(), font, ink);
    if let Some(severity) = trouble {
        let (center, radius) =
            if has_room { (at(right + 9.0), 3.5) } else { (cell.left_top() + Vec2::splat(4.5), 2.5) };
        trouble_dot(painter, cx, center, radius, severity);
    } else if has_room {
        let (small, muted) = (theme::regular(SMALLEST), cx.colors.muted);
        if on.weekday() == Weekday::Mon {
            painter.text(at(grid.gutter() - 3.0), Align2::RIGHT_CENTER, on.iso_week().week(), small, muted);
        } else {
            painter.text(at(right + 5.0), Align2::LEFT_CENTER, &on.weekday().to_string()[..1], small, muted);
        }
    }
}

/// A note on a day without occurrences: its vendor releases, the start of a freeze, its holidays, the work of carriers. The
/// first is named, and the others are counted.
pub fn day_note(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, on: NaiveDate) {
    let Some(marks) = index.marks(on) else { return };
    let begins = |frozen: &&FreezeOnDay| frozen.span.first_on == on || on.day() == 1;
    let freezes = marks.freezes.iter().filter(begins).map(|frozen| frozen.freeze.name.as_str());
    let names =
        marks.releases.iter().map(String::as_str).chain(freezes).chain(marks.holidays.iter().map(String::as_str));
    let names: Vec<&str> = names.chain(marks.notices.iter().map(|notice| notice.name.as_str())).collect();
    let [name, others @ ..] = &names[..] else { return };
    let mut text = grid.space(on);
    let size = (grid.row - 8.0).clamp(SMALLEST, 10.0);
    let is_release = !marks.releases.is_empty();
    if is_release {
        mark(ui.painter(), cx, Pos2::new(text.left() + 2.0, text.center().y));
        text.min.x += 10.0;
    }
    if !others.is_empty() {
        let count = format!("+{}", others.len());
        let font = theme::regular(SMALLEST);
        let drawn = ui.painter().text(text.right_center(), Align2::RIGHT_CENTER, count, font, cx.colors.muted);
        text.max.x = drawn.left() - 3.0;
    }
    if text.width() > 22.0 {
        let color = if is_release { cx.colors.accent } else { cx.colors.muted };
        text_in(ui.painter(), text, name, theme::regular(size), color);
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
    text_in(
        ui.painter(),
        text,
        title,
        theme::strong((rect.height() - 6.0).clamp(SMALLEST, theme::SMALL)),
        cx.colors.accent,
    );
}

/// "+3", with the mark of the worst hidden finding.
pub fn more(ui: &Ui, cx: &Cx<'_>, rect: Rect, hidden: usize, worst: Option<Severity>) {
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::BAR_RADIUS);
    painter.rect_stroke(rect, radius, Stroke::new(1.0, cx.colors.line), StrokeKind::Inside);
    let text = if hidden < 100 || rect.width() > 26.0 { format!("+{hidden}") } else { "…".to_owned() };
    painter.text(rect.center(), Align2::CENTER_CENTER, text, theme::strong(SMALLEST), cx.colors.text);
    if let Some(severity) = worst {
        let corner = rect.right_top() + Vec2::new(-3.5, 3.5);
        trouble_dot(painter, cx, corner, 3.0, severity);
    }
}
