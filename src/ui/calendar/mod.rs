//! The calendar: the year as a wall planner, as small months, one month, one day.

mod day;
mod deadlines;
mod drag;
mod entry;
mod index;
mod month;
mod months;
mod planner;

use egui::{Color32, Painter, Pos2, Rect, Stroke, Ui};

use super::cx::Cx;
use crate::session::CalendarView;
pub use drag::Drag;
pub use index::DayIndex;

/// What the calendar remembers between frames.
#[derive(Default)]
pub struct CalendarState {
    index: Option<DayIndex>,
    drag: Option<Drag>,
    deadlines: deadlines::DeadlinesState,
}

/// Draws the calendar in one of its forms.
pub fn calendar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CalendarState, view: CalendarView) {
    let index = match state.index.take() {
        Some(index) if index.is_of(cx.session) => index,
        _ => DayIndex::of(cx.session),
    };
    if matches!(view, CalendarView::Planner | CalendarView::Months) {
        deadlines::deadlines_ui(ui, cx, &mut state.deadlines);
    }
    match view {
        CalendarView::Planner => planner::planner_ui(ui, cx, &index, &mut state.drag),
        CalendarView::Months => months::months_ui(ui, cx, &index),
        CalendarView::Month(on) => month::month_ui(ui, cx, &index, &mut state.drag, on),
        CalendarView::Day(on) => day::day_ui(ui, cx, &index, on),
    }
    state.index = Some(index);
}

/// The small triangle that stands for a vendor's release, its left edge at `left`.
fn release_mark(painter: &Painter, cx: &Cx<'_>, left: Pos2) {
    const HALF: f32 = 3.0;
    let tip = Pos2::new(left.x + 1.6 * HALF, left.y);
    let triangle = vec![Pos2::new(left.x, left.y - HALF), tip, Pos2::new(left.x, left.y + HALF)];
    painter.add(egui::Shape::convex_polygon(triangle, cx.colors.accent, Stroke::NONE));
}

/// Fills `rect` with slanting lines: a freeze, readable without colour.
pub fn hatch(painter: &Painter, rect: Rect, color: Color32) {
    const STEP: f32 = 7.0;
    let stroke = Stroke::new(1.0, color);
    let (width, height) = (rect.width(), rect.height());
    // Lines start on a grid of the whole screen, so that they run on from one day to the next.
    let mut at = -((rect.left() + rect.bottom()) % STEP);
    while at < width + height {
        let from = Pos2::new(rect.left() + (at - height).max(0.0), rect.top() + at.min(height));
        let to = Pos2::new(rect.left() + at.min(width), rect.top() + (at - width).max(0.0));
        if at > 0.0 {
            painter.line_segment([from, to], stroke);
        }
        at += STEP;
    }
}
