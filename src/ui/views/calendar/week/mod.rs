//! A week: seven nights as rows, each from noon to noon, with the whole name of every window.

mod keyboard;
mod layout;

use std::rc::Rc;

use chrono::{Datelike, NaiveDate, TimeDelta};
use egui::{CornerRadius, Id, Margin, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2};
use lucide_icons::Icon;

use super::CalendarState;
use super::entry::{Style, occurrence_ui};
use super::hands::{FADED, Hands};
use super::index::DayIndex;
use super::nights::drag::{Grab, NightArea, drag_ui, edges_ui};
use super::nights::{bar, ground};
use super::pages::{select_on_click, today_ui, turn_button};
use crate::model::{UtcMinute, day_number};
use crate::session::{CalendarView, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::Memo;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, text_in};
use crate::wording::{self, counted};
use layout::{Item, LayoutInputs, NightRow, WeekLayout, monday, weeks_later};

/// What is kept of the week between frames.
#[derive(Default)]
pub struct WeekState {
    layout: Memo<LayoutInputs, WeekLayout>,
    /// The selection that was scrolled to last.
    revealed: Selection,
    /// The instant of the first click of a double click.
    clicked_at: Option<UtcMinute>,
    grab: Option<Grab>,
}

/// Everything that is needed to draw a frame of the week.
struct Page<'a> {
    index: &'a DayIndex,
    layout: &'a WeekLayout,
    /// The upper left corner of the rows.
    origin: Pos2,
}

/// Draws the week of `on` into the space beside the inspector.
pub fn week_ui(ui: &mut Ui, cx: &Cx<'_>, index: &Rc<DayIndex>, state: &mut CalendarState, on: NaiveDate) {
    let monday = monday(on);
    egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 6 }).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - state.covered);
        title_ui(ui, cx, monday);
        let area = ui.available_rect_before_wrap();
        let canvas = ui.interact(area, Id::unique("week"), Sense::focusable_noninteractive());
        name(&canvas, Role::Group, || format!("Week of {}", wording::date(monday)));
        let rows = area.with_min_y(area.top() + ground::HEAD);
        let size = rows.size() - Vec2::new(8.0, 0.0);
        let inputs = LayoutInputs::new(index, monday, size);
        let layout = state.week.layout.get(inputs, || WeekLayout::new(ui, cx, index, monday, size));
        head_ui(ui, cx, &layout, area.with_max_y(rows.top()));
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rows));
        rows_ui(&mut inside, cx, index, &layout, &mut state.week, &mut state.hands);
        keyboard::keyboard_ui(ui, cx, index, &layout, monday, &canvas);
    });
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, monday: NaiveDate) {
    ui.horizontal(|ui| {
        for (icon, label, weeks) in
            [(Icon::ChevronLeft, "Previous week (Page Up)", -1), (Icon::ChevronRight, "Next week (Page Down)", 1)]
        {
            let to = weeks_later(cx, monday, weeks).map(|to| View::Calendar(CalendarView::Week(to)));
            turn_button(ui, cx, icon, label, to);
        }
        let sunday = monday + TimeDelta::days(6);
        ui.label(egui::RichText::new(wording::dates(monday, sunday)).font(theme::strong(theme::TITLE)));
        ui.label(crate::ui::parts::widgets::muted(cx, format!("Week {}", monday.iso_week().week())));
        ui.add_space(8.0);
        today_ui(ui, cx);
    });
    ui.add_space(2.0);
}

/// The hours above all nights. A night in which the clocks change has its own.
fn head_ui(ui: &Ui, cx: &Cx<'_>, layout: &WeekLayout, head: Rect) {
    let usual = layout.rows.iter().find(|row| !row.has_clock_change);
    if let Some(row) = usual {
        let axis = layout.axis(row, head.min);
        ground::head(ui.painter(), cx, &row.night, &axis, head.with_min_x(axis.left));
    }
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, layout: &WeekLayout, state: &mut WeekState, hands: &mut Hands) {
    let is_new = state.revealed != *cx.selection() || cx.navigation().scrolls_to_selection;
    state.revealed = cx.selection().clone();
    ScrollArea::vertical().id_salt("week").auto_shrink(false).show(ui, |ui| {
        let size = Vec2::new(ui.available_width(), layout.height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let page = Page { index, layout, origin: rect.min };
        for row in &layout.rows {
            let rect = layout.row(row, page.origin);
            if is_new && is_selected(cx, index, row) {
                ui.scroll_to_rect(rect, None);
            }
            if ui.is_rect_visible(rect) {
                row_ui(ui, cx, &page, row, &mut state.clicked_at, hands);
            }
        }
        let area = |row: &NightRow| NightArea {
            night: row.night,
            axis: layout.axis(row, page.origin),
            rect: layout.ground(row, page.origin),
        };
        let areas: Vec<NightArea> = layout.rows.iter().map(area).collect();
        drag_ui(ui, cx, &areas, &mut state.grab, hands);
    });
}

/// Whether the night, or an occurrence in it, is selected.
fn is_selected(cx: &Cx<'_>, index: &DayIndex, row: &NightRow) -> bool {
    *cx.selection() == Selection::Day(row.night.on)
        || row.items.iter().any(|item| {
            let (window, occurrence) = index.occurrence(&item.entry);
            cx.selection().is_occurrence(window.id(), occurrence.original_on())
        })
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &Page<'_>,
    row: &NightRow,
    clicked_at: &mut Option<UtcMinute>,
    hands: &mut Hands,
) {
    let (rect, area) = (page.layout.row(row, page.origin), page.layout.ground(row, page.origin));
    let axis = page.layout.axis(row, page.origin);
    let response = ui.interact(rect, Id::unique(("night", row.night.on)), Sense::CLICK);
    name(&response, Role::Button, || night_name(row));
    let pointed = response.interact_pointer_pos().filter(|at| area.contains(*at)).map(|at| axis.instant_at(at.x));
    select_on_click(cx, &response, row.night.on, pointed, clicked_at);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    ground::ground(&painter, cx, &row.night, &axis, area);
    if row.has_clock_change {
        let hours = area.with_max_y(area.top() + layout::HOURS);
        ground::head(&painter, cx, &row.night, &axis, hours);
    }
    label(ui, cx, page.index, row, rect.with_max_x(area.left()));
    ground::now(&painter, cx, &row.night, &axis, area);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(area));
    inside.set_clip_rect(area.intersect(ui.clip_rect()));
    row.bands.bands_ui(&inside, cx, &axis, area.right(), page.layout.bands_top(row, page.origin));
    for item in &row.items {
        item_ui(&mut inside, cx, page, row, item, hands);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// "Night of Sat 27 Mar 2027, 3 windows, Freeze Quarter end, 23 hours"
fn night_name(row: &NightRow) -> String {
    let mut parts = vec![format!("Night of {}", wording::date(row.night.on)), counted(row.count() as i64, "window")];
    parts.extend(row.bands.bands.iter().map(|band| band.words.clone()));
    if row.has_clock_change {
        parts.push(counted(i64::from(row.night.minutes() / 60), "hour"));
    }
    parts.join(", ")
}

/// The date of the night, its weekend or holiday, and how many windows there are.
fn label(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, row: &NightRow, rect: Rect) {
    let (painter, on) = (ui.painter(), row.night.on);
    if let Some(color) = super::ground(cx, index.marks(on), on) {
        painter.rect_filled(rect, CornerRadius::ZERO, color);
    }
    if *cx.selection() == Selection::Day(on) {
        painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.selected);
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), CornerRadius::ZERO, cx.colors.accent);
    }
    let is_inside = cx.plan().horizon().contains(on);
    let color = match (on == cx.today(), is_inside) {
        (true, _) => cx.colors.accent,
        (false, true) => cx.colors.text,
        (false, false) => cx.colors.muted,
    };
    let line = |nth: f32| {
        let top = rect.min + Vec2::new(8.0, 6.0 + nth * 16.0);
        Rect::from_min_size(top, Vec2::new(rect.width() - 12.0, 16.0))
    };
    text_in(painter, line(0.0), &wording::short_date(on), theme::strong(theme::TEXT), color);
    let next = on.succ_opt().unwrap_or(on);
    let small = theme::regular(theme::SMALL);
    let hours = if row.has_clock_change { format!(", {} h", row.night.minutes() / 60) } else { String::new() };
    let until = format!("to {} {}{hours}", wording::short_weekday(next.weekday()), next.day());
    text_in(painter, line(1.0), &until, small.clone(), cx.colors.muted);
    if row.count() > 0 && rect.height() > 54.0 {
        text_in(painter, line(2.0), &counted(row.count() as i64, "window"), small, cx.colors.muted);
    }
}

fn item_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>, row: &NightRow, item: &Item, hands: &mut Hands) {
    let (window, occurrence) = page.index.occurrence(&item.entry);
    let rects = page.layout.item(row, item, page.origin);
    let area = ui.clip_rect();
    if !area.intersects(rects.whole) {
        return;
    }
    let part = (!row.night.contains(occurrence.start_at)).then(|| day_number(row.night.on));
    let style = occurrence_ui(ui, cx, (window, occurrence), rects.whole.intersect(area), part, &mut hands.drag);
    let mut faded = ui.new_child(UiBuilder::new().max_rect(area));
    if style.is_source {
        faded.multiply_opacity(FADED);
    }
    let ui = &faded;
    bar::highlight(ui.painter(), cx, rects.whole, Style { is_kin: false, ..style });
    let title = bar::Title { window, occurrence, trouble: item.entry.trouble, hours: &item.hours };
    title.paint(ui.painter(), cx, rects.title);
    bar::bar(ui, cx, rects.bar, window, occurrence);
    bar::edges(ui.painter(), cx, rects.bar, &row.night, occurrence, page.layout.ground(row, page.origin));
    item.subtitle.paint(ui.painter(), cx, rects.subtitle);
    let ends = bar::window_ends(&page.layout.axis(row, page.origin), occurrence);
    edges_ui(ui, cx, (window, occurrence), ends, rects.bar, &mut hands.drag);
}
