//! One day and the night after it, from noon to noon: each occurrence as a row with its name, people and bar.

use chrono::{NaiveDate, TimeDelta};
use egui::{
    CornerRadius, EventFilter, Id, Key, Margin, Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    Vec2,
};
use lucide_icons::Icon;

use super::CalendarState;
use super::day_entry::Entry;
use super::entry::occurrence_ui;
use super::hands::{FADED, Hands};
use super::index::DayIndex;
use super::nights::axis::{Night, NightAxis};
use super::nights::bands::{BAND, BandLanes, bands};
use super::nights::drag::{Grab, NightArea, drag_ui, edges_ui};
use super::nights::{bar, ground, words};
use super::pages::{select_on_click, today_ui, turn_button};
use crate::model::UtcMinute;
use crate::session::{CalendarView, Command, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{empty_state_text, muted, name, primary_button, text_in};
use crate::wording;

/// The widest and the narrowest column of names.
const NAMES: (f32, f32) = (180.0, 300.0);
const ROW: f32 = 48.0;

/// What is kept of the day between frames.
#[derive(Default)]
pub struct DayState {
    /// The selection that was scrolled to last.
    revealed: Selection,
    /// The instant of the first click of a double click.
    clicked_at: Option<UtcMinute>,
    grab: Option<Grab>,
}

/// Everything that is needed to draw a frame of the day.
struct Page<'a> {
    index: &'a DayIndex,
    night: Night,
    axis: NightAxis,
    entries: Vec<Entry>,
    /// The left end of the names, and the right end of the axis.
    left: f32,
    right: f32,
}

/// Draws the day `on` into the space beside the inspector.
pub fn day_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, state: &mut CalendarState, on: NaiveDate) {
    egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 6 }).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - state.covered);
        title_ui(ui, cx, on);
        let area = ui.available_rect_before_wrap();
        let canvas = ui.interact(area, Id::unique("day page"), Sense::CLICK | Sense::focusable_noninteractive());
        name(&canvas, Role::Group, || format!("Day {}", wording::date(on)));
        let page = Page::new(cx, index, on, area);
        let at = canvas.interact_pointer_pos().filter(|at| at.x > page.axis.left);
        let at = at.map(|at| page.axis.instant_at(at.x));
        select_on_click(cx, &canvas, on, at, &mut state.day.clicked_at);
        let bands = BandLanes::new(bands(cx, index, &page.night), &page.axis, |text| {
            let font = theme::regular(theme::SMALL);
            ui.painter().layout_no_wrap(text.to_owned(), font, cx.colors.text).size().x
        });
        let body = area.with_min_y(area.top() + ground::HEAD).with_min_x(page.axis.left).with_max_x(page.right);
        ground::head(ui.painter(), cx, &page.night, &page.axis, area.with_max_y(body.top()).with_min_x(page.axis.left));
        ground::ground(ui.painter(), cx, &page.night, &page.axis, body);
        bands.bands_ui(ui, cx, &page.axis, page.right, body.top() + 3.0);
        let rows = area.with_min_y(body.top() + bands.count as f32 * BAND + 6.0);
        if page.entries.is_empty() {
            // In the middle of the hours, where there are no names beside them.
            let hours = rows.with_min_x(page.axis.left).with_max_x(page.right);
            empty_ui(&mut ui.new_child(UiBuilder::new().max_rect(hours)), cx);
        } else {
            let mut inside = ui.new_child(UiBuilder::new().max_rect(rows));
            rows_ui(&mut inside, cx, &page, &mut state.day, &mut state.hands);
        }
        ground::now(ui.painter(), cx, &page.night, &page.axis, body);
        let area = NightArea { night: page.night, axis: page.axis, rect: body };
        drag_ui(ui, cx, &[area], &mut state.day.grab, &mut state.hands);
        keyboard_ui(ui, cx, &page, on, &canvas);
    });
}

impl<'a> Page<'a> {
    /// The axis begins at noon; at midnight if something of the day begins before noon.
    fn new(cx: &Cx<'_>, index: &'a DayIndex, on: NaiveDate, area: Rect) -> Self {
        let zone = &cx.schedule().zone;
        let night = Night::new(on, zone);
        let morning = Night::with_morning(on, zone);
        let is_of_the_morning = |entry: &Entry| {
            let (_, occurrence) = index.occurrence(entry);
            morning.contains(occurrence.start_at) && !night.contains(occurrence.start_at)
        };
        let all = index.between(morning.from, morning.to);
        let has_morning = all.iter().any(is_of_the_morning);
        let night = if has_morning { morning } else { night };
        let names = (area.width() * 0.24).clamp(NAMES.0, NAMES.1);
        let (left, right) = (area.left() + names, area.right() - 8.0);
        let axis = NightAxis { left, minute: (right - left).max(60.0) / night.minutes() as f32, from: night.from };
        let is_shown = |entry: &Entry| {
            let (_, occurrence) = index.occurrence(entry);
            // What began the evening before and ends in the morning is on the page of that day.
            let is_long = occurrence.real_length().0 > 24 * 60;
            night.contains(occurrence.start_at)
                || (is_long && night.part(occurrence.start_at, occurrence.end_at).is_some())
        };
        let entries = all.into_iter().filter(is_shown).collect();
        Self { index, night, axis, entries, left: area.left(), right }
    }
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, on: NaiveDate) {
    ui.horizontal(|ui| {
        for (icon, label, days) in
            [(Icon::ChevronLeft, "Previous day (Left)", -1), (Icon::ChevronRight, "Next day (Right)", 1)]
        {
            turn_button(ui, cx, icon, label, days_later(cx, on, days).map(day));
        }
        ui.label(egui::RichText::new(wording::date(on)).font(theme::strong(theme::TITLE)));
        let next = on.succ_opt().unwrap_or(on);
        ui.label(muted(cx, format!("and the night to {}", wording::short_date(next))));
        ui.add_space(8.0);
        today_ui(ui, cx);
    });
    ui.add_space(2.0);
}

fn day(on: NaiveDate) -> View {
    View::Calendar(CalendarView::Day(on))
}

fn days_later(cx: &Cx<'_>, on: NaiveDate, days: i64) -> Option<NaiveDate> {
    on.checked_add_signed(TimeDelta::days(days)).filter(|to| cx.plan().horizon().contains(*to))
}

fn empty_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let ground = ui.painter().add(egui::Shape::Noop);
    let text = empty_text_ui(ui, cx);
    // The lines of the hours end around the text.
    let ground_shape =
        egui::Shape::rect_filled(text.expand(12.0), CornerRadius::same(theme::CARD_RADIUS), cx.colors.panel);
    ui.painter().set(ground, ground_shape);
}

/// Returns where the text is.
fn empty_text_ui(ui: &mut Ui, cx: &Cx<'_>) -> Rect {
    if cx.navigation().filter.is_active() {
        let title = "No window that matches the filter takes place on this day";
        let text = empty_state_text(ui, cx, Icon::CalendarDays, title, "Clear the filter to see all windows");
        ui.vertical_centered(|ui| {
            ui.add_space(8.0);
            if ui.button("Clear the filter").clicked() {
                cx.run(Command::ClearFilter);
            }
        });
        return text;
    }
    let advice = "A new window starts in the evening";
    let text = empty_state_text(ui, cx, Icon::CalendarDays, "Nothing is planned on this day", advice);
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        if cx.is_enabled(Command::NewWindow) && primary_button(ui, cx, "New window").clicked() {
            cx.run(Command::NewWindow);
        }
    });
    text
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>, state: &mut DayState, hands: &mut Hands) {
    let is_new = state.revealed != *cx.selection() || cx.navigation().scrolls_to_selection;
    state.revealed = cx.selection().clone();
    ScrollArea::vertical().id_salt("day").auto_shrink(false).show(ui, |ui| {
        let size = Vec2::new(ui.available_width(), page.entries.len() as f32 * ROW);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        for (nth, entry) in page.entries.iter().enumerate() {
            let top = rect.top() + nth as f32 * ROW;
            let row = Rect::from_min_max(Pos2::new(page.left, top), Pos2::new(page.right, top + ROW));
            let (window, occurrence) = page.index.occurrence(entry);
            if is_new && cx.selection().is_occurrence(window.id(), occurrence.original_on()) {
                ui.scroll_to_rect(row, None);
            }
            if ui.is_rect_visible(row) {
                row_ui(ui, cx, page, entry, row, hands);
            }
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>, entry: &Entry, row: Rect, hands: &mut Hands) {
    let (window, occurrence) = page.index.occurrence(entry);
    let style = occurrence_ui(ui, cx, (window, occurrence), row, None, &mut hands.drag);
    let painter = &ui.painter().clone();
    if style.is_selected || style.is_hovered {
        let color = if style.is_selected { cx.colors.selected } else { cx.colors.hover };
        painter.rect_filled(row.with_max_x(page.axis.left), CornerRadius::same(theme::BAR_RADIUS), color);
        painter.rect_filled(row.with_min_x(page.axis.left), CornerRadius::ZERO, color.gamma_multiply(0.6));
    }
    if style.is_selected {
        painter.rect_filled(row.with_max_x(row.left() + 3.0), CornerRadius::ZERO, cx.colors.accent);
    }
    let names = Rect::from_min_max(row.min + Vec2::new(8.0, 6.0), Pos2::new(page.axis.left - 8.0, row.bottom()));
    bar::Title { window, occurrence, trouble: entry.trouble, hours: "" }.paint(
        painter,
        cx,
        names.with_max_y(names.top() + 17.0),
    );
    let below = Rect::from_min_size(names.min + Vec2::new(0.0, 19.0), Vec2::new(names.width(), 16.0));
    let people = words::people(cx, window, occurrence);
    let hours = words::hours(cx, window, occurrence);
    let used = text_in(painter, below, &hours, theme::regular(theme::SMALL), cx.colors.muted);
    text_in(
        painter,
        below.with_min_x(below.left() + used + 8.0),
        &people,
        theme::regular(theme::SMALL),
        cx.colors.text,
    );
    painter.hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
    let clip = row.with_min_x(page.axis.left);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(clip));
    inside.set_clip_rect(clip.intersect(ui.clip_rect()));
    if style.is_source {
        inside.multiply_opacity(FADED);
    }
    let (from, to) = bar::ends(&page.axis, window, occurrence);
    let rect = Rect::from_x_y_ranges(from..=to, row.top() + 8.0..=row.top() + 8.0 + bar::BAR);
    bar::bar(&inside, cx, rect, window, occurrence);
    bar::edges(inside.painter(), cx, rect, &page.night, occurrence, clip);
    let subtitle = bar::Subtitle::new(cx, window, occurrence, false);
    let left = from.max(clip.left() + 4.0).min(clip.right() - subtitle.width(painter, cx) - 4.0);
    let line = Rect::from_x_y_ranges(left..=clip.right(), rect.bottom() + 4.0..=row.bottom() - 3.0);
    subtitle.paint(inside.painter(), cx, line);
    let ends = bar::window_ends(&page.axis, occurrence);
    edges_ui(&inside, cx, (window, occurrence), ends, rect, &mut hands.drag);
}

/// Left and Right go to another day, Up and Down to another occurrence.
fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, page: &Page<'_>, on: NaiveDate, canvas: &Response) {
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    for (key, days) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1)] {
        if let Some(to) = days_later(cx, on, days).filter(|_| pressed(ui, key)) {
            cx.show(day(to));
            if *cx.selection() != Selection::Nothing {
                cx.select(Selection::Day(to));
            }
        }
    }
    for (key, forward) in [(Key::ArrowUp, false), (Key::ArrowDown, true)] {
        if pressed(ui, key) {
            step(cx, page, forward);
        }
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if pressed(ui, Key::Escape) {
        cx.show(View::Calendar(CalendarView::Month(on)));
    }
}

/// Selects the next or previous occurrence of the page.
fn step(cx: &Cx<'_>, page: &Page<'_>, forward: bool) {
    let is_selected = |entry: &Entry| {
        let (window, occurrence) = page.index.occurrence(entry);
        cx.selection().is_occurrence(window.id(), occurrence.original_on())
    };
    let next = match page.entries.iter().position(is_selected) {
        Some(here) if forward => here.checked_add(1),
        Some(here) => here.checked_sub(1),
        None if forward => Some(0),
        None => page.entries.len().checked_sub(1),
    };
    if let Some(entry) = next.and_then(|next| page.entries.get(next)) {
        let (window, occurrence) = page.index.occurrence(entry);
        cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
    }
}
