//! The keys of the rows.

use egui::{EventFilter, Key, Response, Ui};

use super::zoom::{STEP, zoom_center};
use super::{Canvas, RowsState};
use crate::model::WindowId;
use crate::schedule::WindowSchedule;
use crate::session::{CalendarView, Command, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;

/// Arrow keys go to the next window or occurrence; plus and minus zoom; Page Up and Page Down pan.
pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, canvas: &Canvas<'_>, response: &Response, rows: &mut RowsState) {
    if !cx.keys_are_free(ui, Some(response.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    zoom(ui, cx, canvas, rows);
    let down = pressed(ui, Key::ArrowDown);
    if down || pressed(ui, Key::ArrowUp) {
        step_row(cx, canvas, down);
    }
    let right = pressed(ui, Key::ArrowRight);
    if right || pressed(ui, Key::ArrowLeft) {
        step_occurrence(cx, right);
    }
    let end = pressed(ui, Key::End);
    if end || pressed(ui, Key::Home) {
        select_end(cx, end);
    }
    if pressed(ui, Key::Enter) {
        cx.show(View::Calendar(CalendarView::Day(cx.selected_day())));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if *cx.selection() != Selection::Nothing && pressed(ui, Key::Escape) {
        cx.select(Selection::Nothing);
    }
}

fn zoom(ui: &Ui, cx: &Cx<'_>, canvas: &Canvas<'_>, rows: &mut RowsState) {
    let visible = canvas.axis.visible;
    let center = zoom_center(cx, visible);
    let next = if pressed(ui, Key::Plus) || pressed(ui, Key::Equals) {
        visible.zoomed(STEP, center, canvas.bounds)
    } else if pressed(ui, Key::Minus) {
        visible.zoomed(1.0 / STEP, center, canvas.bounds)
    } else if pressed(ui, Key::Num0) {
        canvas.bounds.whole
    } else if pressed(ui, Key::PageDown) {
        visible.panned(visible.minutes * 0.9, canvas.bounds)
    } else if pressed(ui, Key::PageUp) {
        visible.panned(-visible.minutes * 0.9, canvas.bounds)
    } else {
        return;
    };
    rows.visible = Some(next);
}

/// Selects the window in the next or previous row, at the occurrence nearest to the selected one.
fn step_row(cx: &Cx<'_>, canvas: &Canvas<'_>, forward: bool) {
    let lines = &canvas.content.lines;
    let here = cx.selection().window().and_then(|window| cx.plan().windows().position(window));
    let here = here.and_then(|position| lines.row_of(position as u32));
    let Some((_, window)) = lines.next_row(here, forward) else { return };
    select_near(cx, &cx.schedule().windows[window as usize]);
}

fn select_near(cx: &Cx<'_>, window: &WindowSchedule) {
    let day = cx.selected_day();
    let distance = |on: chrono::NaiveDate| (on - day).num_days().abs();
    let nearest = window.expansion.occurrences.iter().min_by_key(|each| distance(each.on()));
    cx.select(match nearest {
        Some(occurrence) => Selection::Occurrence(window.id().clone(), occurrence.original_on()),
        None => Selection::Window(window.id().clone()),
    });
}

/// Selects the next or previous occurrence of the selected window; of a window without a selected one, the next from now.
fn step_occurrence(cx: &Cx<'_>, forward: bool) {
    let (id, position) = match cx.selection() {
        Selection::Occurrence(id, on) => {
            let Some(window) = cx.schedule().window(id) else { return };
            let here = window.expansion.occurrences.iter().position(|each| each.original_on() == *on);
            (id, here.and_then(|here| if forward { here.checked_add(1) } else { here.checked_sub(1) }))
        }
        Selection::Window(id) => {
            let Some(window) = cx.schedule().window(id) else { return };
            (id, Some(window.expansion.first_index_from(cx.now())))
        }
        Selection::Nothing | Selection::Several(_) | Selection::Day(_) | Selection::Freeze(_) => return,
    };
    select_at(cx, id, position);
}

/// Selects the first or the last occurrence of the selected window.
fn select_end(cx: &Cx<'_>, last: bool) {
    let Some(id) = cx.selection().window() else { return };
    let Some(window) = cx.schedule().window(id) else { return };
    let position = if last { window.expansion.occurrences.len().checked_sub(1) } else { Some(0) };
    select_at(cx, id, position);
}

fn select_at(cx: &Cx<'_>, id: &WindowId, position: Option<usize>) {
    let occurrences = cx.schedule().window(id).map(|window| &window.expansion.occurrences);
    if let Some(occurrence) = occurrences.zip(position).and_then(|(all, position)| all.get(position)) {
        cx.select(Selection::Occurrence(id.clone(), occurrence.original_on()));
    }
}
