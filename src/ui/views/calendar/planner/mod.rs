//! The wall planner: converts input to actions.

mod freezes;
mod ghost_note;
mod heat;
mod layout;
mod paint;

use chrono::{Datelike, Months, NaiveDate};
use egui::{EventFilter, Id, Key, Margin, Rect, Role, ScrollArea, Sense, Ui, Vec2};

use super::CalendarState;
use super::bar::entry_ui;
use super::context_menu;
use super::day_card;
use super::day_range;
use super::drag::{Grip, Target};
use super::hands::{self, Hands};
use super::index::DayIndex;
use super::marks;
use super::pages::day_name;
use crate::model::Edit;
use crate::schedule::WindowOccurrence;
use crate::session::state::clock::unique_word;
use crate::session::{CalendarView, Command, Destination, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::widgets::name;
use crate::wording;
use layout::Grid;

/// Draws the planner into the available space; a low window scrolls.
pub fn planner_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, state: &mut CalendarState) {
    let frame = egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 8 });
    frame.show(ui, |ui| {
        let mut view = ui.available_size();
        let is_wider = |view: Vec2| layout::content_size(cx.plan().horizon(), view).x + state.covered > view.x;
        if is_wider(view) {
            view.y -= ui.spacing().scroll.allocated_width();
        }
        let size = layout::content_size(cx.plan().horizon(), view);
        // What the inspector covers can be scrolled out from under it.
        let behind = Vec2::new(state.covered, 0.0);
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(size + behind, Sense::hover());
            grid_ui(ui, cx, index, state, Rect::from_min_size(rect.min, size));
        });
    });
}

/// Scrolls to the selected day when another one is selected, or when the inspector opens over it.
fn show_selected_day(ui: &Ui, cx: &Cx<'_>, grid: &Grid, state: &mut CalendarState) {
    let shown = (cx.selected_day(), state.covered > 0.0);
    if state.planner_shows.replace(shown) == Some(shown) || !cx.plan().horizon().contains(shown.0) {
        return;
    }
    let cell = grid.cell(shown.0);
    // The heads of the months cover what is above.
    let wanted = cell.with_min_y(cell.top() - layout::HEADER).with_max_x(cell.right() + state.covered);
    ui.scroll_to_rect(wanted, None);
}

fn grid_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, state: &mut CalendarState, rect: Rect) {
    let grid = Grid::new(cx.plan().horizon(), rect, ui.clip_rect().top());
    show_selected_day(ui, cx, &grid, state);
    let canvas = ui.interact(rect, Id::unique("planner"), Sense::focusable_noninteractive());
    name(&canvas, Role::Group, || "Year planner".to_owned());
    paint::months(ui, cx, index, &grid);
    let visible = ui.clip_rect();
    for month in grid.month_starts() {
        for on in month.iter_days().take_while(|on| on.month() == month.month()) {
            if cx.plan().horizon().contains(on) && visible.intersects(grid.cell(on)) {
                day_ui(ui, cx, index, &grid, state, on);
            }
        }
    }
    drag_ui(ui, cx, &grid, &mut state.hands);
    freezes::drag_ui(ui, cx, &grid, state);
    day_range::follow_ui(ui, cx, &mut state.hands.days, |at| grid.day_at(at), |on| grid.cell(on));
    displaced_ui(ui, cx, index, &grid, state);
    paint::heads(ui, cx, index, &grid);
    months_ui(ui, cx, index, &grid);
    keyboard_ui(ui, cx, index, &canvas);
}

/// A click on a month's head opens it.
fn months_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid) {
    for month in grid.month_starts() {
        let title = wording::month_and_year(month);
        let response = ui.interact(grid.header(month), Id::unique(("month", month)), Sense::CLICK);
        name(&response, Role::Button, || title.clone());
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        context_menu::month_ui(&response, cx, month);
        if response.clicked() {
            cx.reveal(Destination::Month(month));
        }
        response.on_hover_ui(|ui| {
            let summary = index.month_summary(month);
            let count = summary.map_or(0, |summary| summary.count);
            ui.label(format!("{title}: {}", wording::counted(count, "occurrence")));
            for (severity, count) in summary.map_or(&[][..], |summary| &summary.troubles) {
                let text = format!("{count} with {}", wording::plural(severity.name()));
                ui.label(egui::RichText::new(text).color(cx.colors.severity(*severity)));
            }
        });
    }
}

/// Marks the occurrences that the selected freeze displaces, or would displace at its dragged position.
fn displaced_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, state: &mut CalendarState) {
    let Some(displacement) = state.displacement(cx).filter(|displacement| !displacement.all.is_empty()) else { return };
    let horizon = cx.plan().horizon();
    for span in displacement.freeze.spans(horizon.from, horizon.last()) {
        // An occurrence that starts the evening before may run into the freeze.
        let first = span.first_on.pred_opt().unwrap_or(span.first_on).max(horizon.from);
        for on in first.iter_days().take_while(|on| *on <= span.last_on.min(horizon.last())) {
            if index.density(on).is_some() {
                let is_displaced = |entry: &_| displacement.contains(index.displaced(entry));
                if index.entries(on).iter().any(is_displaced) {
                    paint::displaced(ui, cx, grid.space(on));
                }
                continue;
            }
            let entries = index.with_skipped(on);
            for (entry, bar) in entries.iter().zip(grid.bars(on, entries.len()).0) {
                if !entry.is_skipped && displacement.contains(index.displaced(entry)) {
                    paint::displaced(ui, cx, bar);
                }
            }
        }
    }
}

fn day_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, state: &mut CalendarState, on: NaiveDate) {
    let cell = grid.cell(on);
    let frozen = freezes::on_day(cx, index, on);
    let response = ui.interact(cell, Id::unique(("day", on)), Sense::CLICK | Sense::DRAG);
    let is_marking = marks::start(ui, &response);
    name(&response, Role::Button, || day_name(index, on));
    context_menu::day_ui(&response, cx, on);
    // After a quick click elsewhere, the second click is reported as the third.
    if (response.double_clicked() || response.triple_clicked()) && cx.is_editable() {
        cx.edit(Edit::PutWindow(cx.plan().new_window_on(on, &unique_word())));
    } else if response.clicked() {
        cx.select(Selection::Day(on));
    }
    if *cx.selection() == Selection::Day(on) {
        paint::selected_day(ui, cx, cell);
    }
    if let Some(frozen) = frozen.filter(|_| !is_marking) {
        freezes::take(ui, cx, grid, frozen, on, &response, state);
        freezes::handles_ui(ui, cx, index, grid, state, on);
    } else if !is_marking {
        day_range::start(cx, &mut state.hands.days, &response, on);
    }
    let entries = index.with_skipped(on);
    let density = index.density(on);
    if density.is_some() && !entries.is_empty() {
        day_card::list_ui(&response, cx, index, on);
    }
    if response.hovered() && day_card::has_content(index, on) {
        response.on_hover_ui(|ui| day_card::card_ui(ui, cx, index, on));
    }
    if entries.is_empty() {
        paint::day_note(ui, cx, index, grid, on);
        return;
    }
    if let Some((density, day)) = density {
        heat::heat(ui.painter(), cx, density, day, grid.space(on));
        return;
    }
    let (bars, hidden) = grid.bars(on, entries.len());
    let (bars, more) = if hidden > 0 { (&bars[..bars.len() - 1], bars.last()) } else { (&bars[..], None) };
    for (entry, bar) in entries.iter().zip(bars) {
        entry_ui(ui, cx, index, entry, *bar, &mut state.hands.drag);
    }
    if let Some(rect) = more {
        let worst =
            entries[bars.len()..].iter().fold(None, |worst, entry| super::day_entry::worse(worst, entry.trouble));
        paint::more(ui, cx, *rect, hidden, worst);
        let response = ui.interact(*rect, Id::unique(("more", on)), Sense::CLICK);
        name(&response, Role::Button, || format!("{hidden} more on {}", wording::date(on)));
        context_menu::day_ui(&response, cx, on);
        day_card::list_ui(&response, cx, index, on);
    }
}

/// Follows the pointer with a ghost. Days to which the occurrence cannot be moved are dimmed.
fn drag_ui(ui: &Ui, cx: &Cx<'_>, grid: &Grid, hands: &mut Hands) {
    let horizon = cx.plan().horizon();
    let aim = |at, (_, occurrence): WindowOccurrence<'_>, _: Grip| {
        grid.day_at(at).filter(|on| horizon.contains(*on)).map(|on| Target::on_day(occurrence, on))
    };
    let Some(held) = hands.follow(ui, cx, aim) else { return };
    let visible = ui.clip_rect();
    if let Some(legal) = hands.legal_days(cx, &held) {
        for on in horizon.from.iter_days().take_while(|on| *on <= horizon.last()) {
            if legal.binary_search(&on).is_err() && visible.intersects(grid.cell(on)) {
                hands::dim(ui.painter(), cx, grid.cell(on));
            }
        }
    }
    let to = held.target.start.date();
    let bar = grid.bars(to, 1).0.first().copied().unwrap_or(grid.cell(to));
    paint::drop_target(ui, cx, grid.cell(to));
    hands::ghost(ui.painter(), cx, bar, &held.window.window.name);
}

/// Arrow keys move between days, Space selects an occurrence, Enter opens the month, Insert adds a window.
fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, canvas: &egui::Response) {
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let day = cx.selected_day();
    let months = |n: i32| {
        let by = Months::new(n.unsigned_abs());
        if n < 0 { day.checked_sub_months(by) } else { day.checked_add_months(by) }
    };
    let keys = [
        (Key::ArrowUp, day.pred_opt()),
        (Key::ArrowDown, day.succ_opt()),
        (Key::ArrowLeft, months(-1)),
        (Key::ArrowRight, months(1)),
    ];
    for (key, to) in keys {
        if pressed(ui, key)
            && let Some(to) = to.filter(|to| cx.plan().horizon().contains(*to))
        {
            cx.select(Selection::Day(to));
        }
    }
    if pressed(ui, Key::Space) {
        select_next_entry(cx, index, day);
    }
    if pressed(ui, Key::Enter) {
        cx.show(View::Calendar(CalendarView::Month(day)));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
}

/// Selects the next occurrence of the day; after the last one, the first again.
pub fn select_next_entry(cx: &Cx<'_>, index: &DayIndex, day: NaiveDate) {
    let entries = index.with_skipped(day);
    let is_selected = |entry: &super::day_entry::Entry| {
        let (window, occurrence) = index.occurrence(entry);
        cx.selection().is_occurrence(window.id(), occurrence.original_on())
    };
    let next = entries.iter().position(is_selected).map_or(0, |here| here + 1);
    if let Some(entry) = entries.get(next).or(entries.first()) {
        let (window, occurrence) = index.occurrence(entry);
        cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
    }
}
