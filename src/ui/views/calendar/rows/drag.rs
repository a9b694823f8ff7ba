//! Dragging in the rows: by days, or by quarters of an hour where the zoom shows them.

use chrono::NaiveDate;
use egui::{Pos2, Rect, Ui};

use super::axis::{self, Axis};
use super::{Canvas, bars};
use crate::schedule::WindowOccurrence;
use crate::ui::parts::cx::Cx;
use crate::ui::views::calendar::CalendarState;
use crate::ui::views::calendar::drag::{Grip, Target, days_in_zone};
use crate::ui::views::calendar::hands;

/// The least width of an hour with which an occurrence moves by quarters of an hour, not by days.
const HOUR: f32 = 16.0;

/// Follows the pointer with a ghost in the row of the window. Days to which it cannot be moved are dimmed.
pub fn drag_ui(ui: &Ui, cx: &Cx<'_>, canvas: &Canvas<'_>, body: Rect, state: &mut CalendarState) {
    if state.hands.drag.is_none() {
        return;
    }
    if let Some(origin) = ui.input(|input| input.pointer.press_origin()) {
        state.rows.grabbed_at = origin;
    }
    let grabbed_at = state.rows.grabbed_at;
    let horizon = cx.plan().horizon();
    let aim = |at: Pos2, held: WindowOccurrence<'_>, grip: Grip| {
        let target = body.contains(at).then(|| target(&canvas.axis, held, grip, at.x - grabbed_at.x))?;
        horizon.contains(target.start.date()).then_some(target)
    };
    let Some(held) = state.hands.follow(ui, cx, aim) else { return };
    let painter = ui.painter().with_clip_rect(body.with_min_x(canvas.axis.left));
    if let Some(legal) = state.hands.legal_days(cx, &held) {
        dim_ui(
            &painter,
            cx,
            &canvas.axis,
            body,
            &days_in_zone(&cx.schedule().zone, (held.window, held.occurrence), &legal),
        );
    }
    let moved = held.target.moved(held.window, held.occurrence);
    let bar = bars::around(&canvas.axis, &moved, grabbed_at.y);
    hands::ghost(&painter, cx, bar, &bars::ghost_text(bar.width(), moved.on()));
}

/// The times after a drag by that distance.
fn target(axis: &Axis, (window, occurrence): WindowOccurrence<'_>, grip: Grip, distance: f32) -> Target {
    let minutes = (f64::from(distance / axis.day()) * axis::DAY).round() as i32;
    let is_by_days = grip == Grip::Whole && axis.day() < 24.0 * HOUR;
    if !is_by_days {
        return Target::dragged(window, occurrence, grip, minutes);
    }
    let to = window.local(occurrence.start_at.plus(minutes));
    let days = f64::from(to.0 - occurrence.local_start.0) / axis::DAY;
    Target::unchanged(occurrence).days_later(days.round() as i32)
}

fn dim_ui(painter: &egui::Painter, cx: &Cx<'_>, axis: &Axis, body: Rect, legal: &[NaiveDate]) {
    let zone = &cx.schedule().zone;
    let (first, last) = axis.dates(zone);
    for on in first.iter_days().take_while(|on| *on <= last) {
        if legal.binary_search(&on).is_err() {
            let x = |on: NaiveDate| axis.x(axis::midnight(on, zone));
            let right = on.succ_opt().map_or(axis.right(), x);
            hands::dim(painter, cx, Rect::from_x_y_ranges(x(on)..=right, body.y_range()));
        }
    }
}
