//! Change freezes on the planner: dragged by their days, as a whole or by one end.

use chrono::NaiveDate;
use egui::{CursorIcon, Id, Pos2, Rect, Response, Role, Sense, Ui, Vec2};

use super::ghost_note::note_ui;
use super::layout::Grid;
use super::paint;
use crate::model::ChangeFreeze;
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::escapes;
use crate::ui::parts::widgets::name;
use crate::ui::views::calendar::CalendarState;
use crate::ui::views::calendar::freeze_drag::{FreezeDrag, Grip};
use crate::ui::views::calendar::index::{DayIndex, FreezeOnDay};
use crate::wording;

/// How close to its end a freeze is grabbed by that end.
const EDGE: f32 = 5.0;

/// Handles clicks and drags on the name of a freeze, which is on its first visible day.
pub fn handles_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, state: &mut CalendarState, on: NaiveDate) {
    let Some(marks) = index.marks(on) else { return };
    let first_shown = cx.plan().horizon().from;
    for (nth, frozen) in marks.freezes.iter().enumerate() {
        if on != frozen.span.first_on.max(first_shown) {
            continue;
        }
        let response = ui.interact(handle(grid, index, on, nth), id(frozen), Sense::CLICK | Sense::DRAG);
        name(&response, Role::Button, || in_words(frozen));
        if response.clicked() {
            cx.select(Selection::Freeze(frozen.freeze.id.clone()));
        }
        take(ui, cx, grid, frozen, on, &response, state);
        response.on_hover_text(in_words(frozen));
    }
}

fn id(frozen: &FreezeOnDay) -> Id {
    Id::unique(("freeze", frozen.freeze.id.as_str(), frozen.span.first_on))
}

/// "Freeze Year end, Mon 13 Dec 2027 to Mon 3 Jan 2028"
fn in_words(frozen: &FreezeOnDay) -> String {
    let (first, last) = (wording::date(frozen.span.first_on), wording::date(frozen.span.last_on));
    format!("Freeze {}, {first} to {last}", frozen.freeze.name)
}

/// The area of the freeze's name, or the day's number if there are bars. The first freeze gets half of
/// the area if there are several, each further one half of what is left.
fn handle(grid: &Grid, index: &DayIndex, on: NaiveDate, nth: usize) -> Rect {
    let cell = grid.cell(on);
    let gutter = cell.left() + grid.gutter();
    let is_free = index.entries(on).is_empty();
    let (left, right) = if is_free { (gutter, cell.right()) } else { (cell.left(), gutter) };
    let width = ((right - left) / 2.0_f32.powi(nth as i32 + 1)).max(4.0);
    let left = if nth == 0 { left } else { right - 2.0 * width };
    let right = if index.marks(on).is_some_and(|marks| marks.freezes.len() == 1) { right } else { left + width };
    Rect::from_min_max(Pos2::new(left, cell.top()), Pos2::new(right, cell.bottom()))
}

/// Starts dragging the freeze if one of its days, or its name, is dragged.
pub fn take(
    ui: &Ui,
    cx: &Cx<'_>,
    grid: &Grid,
    frozen: &FreezeOnDay,
    on: NaiveDate,
    response: &Response,
    state: &mut CalendarState,
) {
    if !cx.is_editable() {
        return;
    }
    let cell = grid.cell(on);
    if let Some(at) = response.hover_pos().filter(|_| state.freeze_drag.is_none()) {
        ui.ctx().set_cursor_icon(match grip(frozen, on, cell, at) {
            Grip::Whole => CursorIcon::Grab,
            Grip::Start | Grip::End => CursorIcon::ResizeVertical,
        });
    }
    if response.drag_started() {
        let at = ui.input(|input| input.pointer.press_origin()).unwrap_or(cell.center());
        let freeze = frozen.freeze.id.clone();
        cx.select(Selection::Freeze(freeze.clone()));
        state.freeze_drag = Some(FreezeDrag { freeze, grip: grip(frozen, on, cell, at), from: on, to: on });
    }
}

fn grip(frozen: &FreezeOnDay, on: NaiveDate, cell: Rect, at: Pos2) -> Grip {
    if on == frozen.span.first_on && at.y < cell.top() + EDGE {
        Grip::Start
    } else if on == frozen.span.last_on && at.y > cell.bottom() - EDGE {
        Grip::End
    } else {
        Grip::Whole
    }
}

/// The freeze that a press on that day refers to: the selected one, otherwise the shortest.
pub fn on_day<'a>(cx: &Cx<'_>, index: &'a DayIndex, on: NaiveDate) -> Option<&'a FreezeOnDay> {
    let here = &index.marks(on)?.freezes;
    let is_selected = |frozen: &&FreezeOnDay| *cx.selection() == Selection::Freeze(frozen.freeze.id.clone());
    here.iter()
        .find(is_selected)
        .or_else(|| here.iter().min_by_key(|frozen| frozen.span.last_on - frozen.span.first_on))
}

/// Follows the pointer with a ghost; moves the freeze when the button is released.
pub fn drag_ui(ui: &Ui, cx: &Cx<'_>, grid: &Grid, state: &mut CalendarState) {
    let Some(drag) = &mut state.freeze_drag else { return };
    if escapes(ui) {
        state.freeze_drag = None;
        return;
    }
    let (pointer, is_down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down()));
    let horizon = cx.plan().horizon();
    // If the pointer leaves the days, the freeze stays at its last position.
    drag.to = pointer.and_then(|at| grid.day_at(at)).filter(|on| horizon.contains(*on)).unwrap_or(drag.to);
    if !is_down {
        if let Some(edit) = drag.edit(cx.plan()) {
            cx.edit(edit);
        }
        state.freeze_drag = None;
        return;
    }
    let cursor = if drag.grip == Grip::Whole { CursorIcon::Grabbing } else { CursorIcon::ResizeVertical };
    ui.ctx().set_cursor_icon(cursor);
    if let Some(ghost) = drag.ghost(cx.plan()) {
        ghost_ui(ui, cx, grid, &ghost);
    }
    if let Some(displacement) = state.displacement(cx).filter(|displacement| displacement.is_ghost) {
        note_ui(ui, cx, &displacement);
    }
}

/// The freeze at its dragged position.
fn ghost_ui(ui: &Ui, cx: &Cx<'_>, grid: &Grid, ghost: &ChangeFreeze) {
    let horizon = cx.plan().horizon();
    let visible = ui.clip_rect();
    for span in ghost.spans(horizon.from, horizon.last()) {
        let (first, last) = (span.first_on.max(horizon.from), span.last_on.min(horizon.last()));
        for on in first.iter_days().take_while(|on| *on <= last).filter(|on| visible.intersects(grid.cell(*on))) {
            paint::frozen_ghost(ui, cx, grid.cell(on), on == span.first_on, on == span.last_on);
        }
        let label = grid.cell(first).translate(Vec2::new(grid.gutter(), 0.0));
        paint::ghost_name(ui, cx, label.with_max_x(grid.cell(first).right()), &ghost.name);
    }
}
