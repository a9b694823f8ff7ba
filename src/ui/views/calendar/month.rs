//! One month: weeks as rows, a list of occurrences in each day, freezes as bands through the week.

mod bar;
mod grid;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    Vec2,
};
use lucide_icons::Icon;

use super::context_menu;
use super::day_range;
use super::drag::{Grip, Target};
use super::entry::occurrence_ui;
use super::ground;
use super::hands::{self, Hands};
use super::index::{DayIndex, is_weekend};
use super::marks;
use super::nights::bands::{BAND, freeze};
use super::nights::lanes::lanes;
use super::pages::{day_name, select_on_click, today_ui, turn_button};
use crate::model::{ChangeFreeze, FreezeSpan};
use crate::schedule::WindowOccurrence;
use crate::session::{CalendarView, Command, Destination, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, text_in};
use crate::wording;
use grid::{BAR, Grid, HEAD, WEEK};

/// The out-of-month days are that much paler.
const MUTED: f32 = 0.55;

/// A freeze in a week: from which to which of its days, and in which lane.
struct FreezeBand<'a> {
    freeze: &'a ChangeFreeze,
    span: FreezeSpan,
    from: NaiveDate,
    to: NaiveDate,
    lane: usize,
}

/// Draws the month of `shown`.
pub fn month_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, hands: &mut Hands, shown: NaiveDate) {
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 12, top: 4, bottom: 8 }).show(ui, |ui| {
        title_ui(ui, cx, shown);
        let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let canvas = ui.interact(rect, Id::unique("month"), Sense::focusable_noninteractive());
        name(&canvas, Role::Group, || format!("Month {}", wording::month_and_year(shown)));
        let grid = Grid::new(shown, rect);
        heads(ui, cx, &grid);
        for monday in grid.mondays() {
            let bands = freeze_bands(index, monday);
            let count = bands.iter().map(|band| band.lane + 1).max().unwrap_or(0);
            for on in monday.iter_days().take(7) {
                day_ui(ui, cx, index, &grid, hands, on, count as f32 * BAND);
            }
            bands_ui(ui, cx, &grid, &bands);
        }
        lines(ui, cx, &grid);
        cursor(ui, cx, &grid, &canvas);
        drag_ui(ui, cx, &grid, hands);
        day_range::follow_ui(ui, cx, &mut hands.days, |at| grid.day_at(at), |on| grid.cell(on));
        keyboard_ui(ui, cx, index, shown, &canvas);
    });
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, shown: NaiveDate) {
    ui.horizontal(|ui| {
        for (icon, label, months) in
            [(Icon::ChevronLeft, "Previous month (Page Up)", -1), (Icon::ChevronRight, "Next month (Page Down)", 1)]
        {
            let to = months_later(cx, shown, months).map(|to| View::Calendar(CalendarView::Month(to)));
            turn_button(ui, cx, icon, label, to);
        }
        ui.label(egui::RichText::new(wording::month_and_year(shown)).font(theme::strong(theme::TITLE)));
        ui.add_space(8.0);
        today_ui(ui, cx);
    });
    ui.add_space(4.0);
}

/// The date that many months later, if its month is in the plan.
fn months_later(cx: &Cx<'_>, shown: NaiveDate, months: i32) -> Option<NaiveDate> {
    let by = Months::new(months.unsigned_abs());
    let to = if months < 0 { shown.checked_sub_months(by) } else { shown.checked_add_months(by) }?;
    let horizon = cx.plan().horizon();
    let month = |on: NaiveDate| (on.year(), on.month());
    (month(horizon.from)..=month(horizon.last())).contains(&month(to)).then_some(to)
}

/// The weekdays and the numbers of the weeks.
fn heads(ui: &Ui, cx: &Cx<'_>, grid: &Grid) {
    let small = theme::regular(theme::SMALL);
    for on in grid.days().take(7) {
        let at = Pos2::new(grid.cell(on).left() + 6.0, grid.rect.top() + 10.0);
        let weekday = wording::short_weekday(on.weekday());
        ui.painter().text(at, Align2::LEFT_CENTER, weekday, small.clone(), cx.colors.muted);
    }
    for monday in grid.mondays() {
        let at = Pos2::new(grid.rect.left() + WEEK - 6.0, grid.cell(monday).top() + 12.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, monday.iso_week().week(), theme::regular(10.0), cx.colors.muted);
    }
}

/// The lines between the cells, each drawn once.
fn lines(ui: &Ui, cx: &Cx<'_>, grid: &Grid) {
    let (painter, body, line) = (ui.painter(), grid.body(), Stroke::new(1.0, cx.colors.line));
    for on in grid.days().take(7) {
        painter.vline(grid.cell(on).left(), body.y_range(), line);
    }
    painter.vline(body.right(), body.y_range(), line);
    for monday in grid.mondays() {
        painter.hline(body.x_range(), grid.cell(monday).top(), line);
    }
    painter.hline(body.x_range(), body.bottom(), line);
}

/// The freezes of a week, each once.
fn freeze_bands(index: &DayIndex, monday: NaiveDate) -> Vec<FreezeBand<'_>> {
    let mut bands: Vec<FreezeBand<'_>> = Vec::new();
    for on in monday.iter_days().take(7) {
        for frozen in index.marks(on).map_or(&[][..], |marks| &marks.freezes) {
            let is_same = |band: &&mut FreezeBand<'_>| band.freeze.id == frozen.freeze.id && band.span == frozen.span;
            match bands.iter_mut().find(is_same) {
                Some(band) => band.to = on,
                None => bands.push(FreezeBand { freeze: &frozen.freeze, span: frozen.span, from: on, to: on, lane: 0 }),
            }
        }
    }
    let day = |on: NaiveDate| (on - monday).num_days() as f32;
    let stretches: Vec<(f32, f32)> = bands.iter().map(|band| (day(band.from), day(band.to) + 1.0)).collect();
    for (band, lane) in bands.iter_mut().zip(lanes(&stretches, 0.0).0) {
        band.lane = lane;
    }
    bands
}

/// A click on a freeze selects it.
fn bands_ui(ui: &Ui, cx: &Cx<'_>, grid: &Grid, bands: &[FreezeBand<'_>]) {
    for band in bands {
        let top = grid.cell(band.from).top() + HEAD + band.lane as f32 * BAND;
        let (left, right) = (grid.cell(band.from).left() + 2.0, grid.cell(band.to).right() - 2.0);
        let rect = Rect::from_x_y_ranges(left..=right, top..=top + BAND - 2.0);
        let words = format!("Freeze {}", band.freeze.name);
        let id = Id::unique(("freeze in month", band.freeze.id.as_str(), band.from));
        let response = ui.interact(rect, id, Sense::CLICK);
        let span = wording::dates(band.span.first_on, band.span.last_on);
        name(&response, Role::Button, || format!("{words}, {span}"));
        if response.clicked() {
            cx.select(Selection::Freeze(band.freeze.id.clone()));
        }
        let is_selected = *cx.selection() == Selection::Freeze(band.freeze.id.clone());
        freeze(ui.painter(), cx, rect, &words, is_selected || response.hovered());
        response.on_hover_text(format!("{words}, {span}"));
    }
}

fn day_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, hands: &mut Hands, on: NaiveDate, bands: f32) {
    let cell = grid.cell(on);
    let response = ui.interact(cell, Id::unique(("day", on)), Sense::CLICK | Sense::DRAG);
    if !marks::start(ui, &response) {
        day_range::start(cx, &mut hands.days, &response, on);
    }
    name(&response, Role::Button, || day_name(index, on));
    context_menu::day_ui(&response, cx, on);
    select_on_click(cx, &response, on, None, &mut None);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(cell));
    if !grid.is_of_month(on) {
        inside.multiply_opacity(MUTED);
    }
    let ui = &inside;
    day_head(ui, cx, index, cell, on, grid.is_of_month(on));
    let entries = index.with_skipped(on);
    let width = cell.width() - 8.0;
    let needs_two = |nth: usize| {
        let entry = &entries[nth];
        bar::needs_two_lines(ui, cx, entry, index.occurrence(entry), width)
    };
    let (bars, hidden) = grid::bars(cell, cell.top() + HEAD + bands, entries.len(), needs_two);
    for (entry, rect) in entries.iter().zip(&bars) {
        let held = index.occurrence(entry);
        let part = entry.is_continued.then_some(rect.min.x as i32 ^ rect.min.y as i32);
        let style = occurrence_ui(ui, cx, held, *rect, part, &mut hands.drag);
        let mut painter = ui.painter().clone();
        if style.is_source {
            painter.multiply_opacity(hands::FADED);
        }
        bar::paint(&painter, cx, *rect, entry, held, style);
    }
    if hidden > 0 {
        let top = bars.last().map_or(cell.top() + HEAD + bands, |bar| bar.bottom() + 2.0);
        let rect = Rect::from_min_size(Pos2::new(cell.left() + 4.0, top), Vec2::new(width, BAR));
        let more = ui.interact(rect, Id::unique(("more", on)), Sense::CLICK);
        let label = format!("{hidden} more");
        name(&more, Role::Button, || format!("{label} on {}", wording::date(on)));
        context_menu::day_ui(&more, cx, on);
        bar::more(ui.painter(), cx, rect, &label, more.hovered());
        if more.clicked() {
            cx.reveal(Destination::Day(on));
        }
    }
}

/// The ground of a day, its number, and its release or holiday.
fn day_head(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, cell: Rect, on: NaiveDate, this_month: bool) {
    let painter = ui.painter();
    let marks = index.marks(on);
    let fill = if this_month { ground(cx, marks, on).unwrap_or(cx.colors.panel) } else { cx.colors.background };
    painter.rect_filled(cell, CornerRadius::ZERO, fill);
    if *cx.selection() == Selection::Day(on) {
        painter.rect_filled(cell, CornerRadius::ZERO, cx.colors.selected);
    }
    let is_today = on == cx.today();
    let ink = if is_today { cx.colors.accent } else { cx.colors.text };
    let font = if is_today || is_weekend(on) { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
    painter.text(cell.min + Vec2::new(8.0, 4.0), Align2::LEFT_TOP, on.day(), font, ink);
    let Some(marks) = marks else { return };
    let note = Rect::from_min_max(cell.min + Vec2::new(30.0, 2.0), Pos2::new(cell.right() - 6.0, cell.top() + HEAD));
    let others = marks.releases.len().saturating_sub(1);
    let others = if others > 0 { format!(" +{others}") } else { String::new() };
    let release = marks.releases.first().map(|release| (format!("▶ {release}{others}"), cx.colors.accent));
    let holiday = marks.holidays.first().map(|holiday| (holiday.clone(), cx.colors.text));
    if let Some((text, color)) = release.or(holiday) {
        text_in(painter, note, &text, theme::regular(theme::SMALL), color);
    }
}

/// The selected day, or the one at which the keys are, if the month has the focus.
fn cursor(ui: &Ui, cx: &Cx<'_>, grid: &Grid, canvas: &Response) {
    let on = cx.selected_day();
    let is_selected = *cx.selection() == Selection::Day(on);
    if (is_selected || canvas.has_focus()) && grid.days().any(|day| day == on) {
        let width = if is_selected { 2.0 } else { 1.0 };
        let ring = Stroke::new(width, cx.colors.accent);
        ui.painter().rect_stroke(grid.cell(on).shrink(1.0), CornerRadius::same(2), ring, StrokeKind::Inside);
    }
}

/// Follows the pointer with a ghost. Days to which the occurrence cannot be moved are dimmed.
fn drag_ui(ui: &Ui, cx: &Cx<'_>, grid: &Grid, hands: &mut Hands) {
    let horizon = cx.plan().horizon();
    let aim = |at, (_, occurrence): WindowOccurrence<'_>, _: Grip| {
        grid.day_at(at).filter(|on| horizon.contains(*on)).map(|on| Target::on_day(occurrence, on))
    };
    let Some(held) = hands.follow(ui, cx, aim) else { return };
    if let Some(legal) = hands.legal_days(cx, &held) {
        for on in grid.days().filter(|on| legal.binary_search(on).is_err()) {
            hands::dim(ui.painter(), cx, grid.cell(on));
        }
    }
    let cell = grid.cell(held.target.start.date());
    let stroke = Stroke::new(2.0, cx.colors.accent);
    ui.painter().rect_stroke(cell, CornerRadius::same(2), stroke, StrokeKind::Inside);
    let bar = Rect::from_min_size(cell.min + Vec2::new(4.0, HEAD), Vec2::new(cell.width() - 8.0, BAR));
    hands::ghost(ui.painter(), cx, bar, &held.window.window.name);
}

/// Arrow keys go to another day, Space to an occurrence of the day, Page Up and Page Down to another month.
fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, shown: NaiveDate, canvas: &Response) {
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let day = cx.selected_day();
    for (key, days) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)] {
        let to = day.checked_add_signed(TimeDelta::days(days)).filter(|to| cx.plan().horizon().contains(*to));
        if let Some(to) = to.filter(|_| pressed(ui, key)) {
            cx.select(Selection::Day(to));
            cx.show(View::Calendar(CalendarView::Month(to)));
        }
    }
    for (key, months) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
        if let Some(to) = months_later(cx, shown, months).filter(|_| pressed(ui, key)) {
            cx.show(View::Calendar(CalendarView::Month(to)));
            if matches!(cx.selection(), Selection::Day(_)) {
                cx.select(Selection::Day(to.clamp(cx.plan().horizon().from, cx.plan().horizon().last())));
            }
        }
    }
    if pressed(ui, Key::Space) {
        super::planner::select_next_entry(cx, index, day);
    }
    if pressed(ui, Key::Enter) {
        cx.reveal(Destination::Day(day));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if pressed(ui, Key::Escape) {
        cx.show(View::Calendar(cx.navigation().year));
    }
}
