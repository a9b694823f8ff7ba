//! Dragging a bar, or one of its ends, to another night or another time.

use chrono::NaiveDate;
use egui::{CornerRadius, CursorIcon, Id, Pos2, Rect, Role, Sense, Stroke, Ui};

use super::axis::{Night, NightAxis};
use super::bar;
use crate::schedule::{Origin, WindowOccurrence};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::occurrence_text;
use crate::ui::parts::widgets::name;
use crate::ui::views::calendar::drag::{Drag, Grip, Target};
use crate::ui::views::calendar::hands::{Hands, ghost};
use crate::wording;

/// A sideways movement up to this changes only the night.
const STILL: f32 = 8.0;
/// The width of the end of a bar that can be grabbed, and the least width of a bar that has such ends.
const EDGE: f32 = 6.0;
const WIDE: f32 = 24.0;

/// Where something was grabbed.
#[derive(Clone, Copy, Debug)]
pub struct Grab {
    x: f32,
    night: NaiveDate,
}

/// A night on screen, to which something can be dragged.
pub struct NightArea {
    pub night: Night,
    pub axis: NightAxis,
    pub rect: Rect,
}

/// Follows the pointer with a ghost in each night that the occurrence would be in.
pub fn drag_ui(ui: &Ui, cx: &Cx<'_>, areas: &[NightArea], grab: &mut Option<Grab>, hands: &mut Hands) {
    if hands.drag.is_none() {
        *grab = None;
        return;
    }
    let area_at = |at: Pos2| areas.iter().find(|area| area.rect.y_range().contains(at.y));
    let pressed_at = ui.input(|input| input.pointer.press_origin());
    let begin = || pressed_at.and_then(|at| Some(Grab { x: at.x, night: area_at(at)?.night.on }));
    *grab = grab.or_else(begin);
    let Some(grabbed) = *grab else {
        hands.drag = None;
        return;
    };
    let aim = |at: Pos2, held: WindowOccurrence<'_>, grip: Grip| {
        let (window, occurrence) = held;
        let area = area_at(at)?;
        let moved = at.x - grabbed.x;
        let minutes = if moved.abs() <= STILL { 0 } else { (moved / area.axis.minute).round() as i32 };
        let target = match grip {
            Grip::Whole => {
                // First to the other night, where an hour may be missing or come twice.
                let days = (area.night.on - grabbed.night).num_days() as i32;
                let there = Target::unchanged(occurrence).days_later(days).moved(window, occurrence);
                Target::dragged(window, &there, grip, minutes)
            }
            Grip::Start | Grip::End => Target::dragged(window, occurrence, grip, minutes),
        };
        cx.plan().horizon().contains(target.start.date()).then_some(target)
    };
    let Some(held) = hands.follow(ui, cx, aim) else { return };
    let moved = held.target.moved(held.window, held.occurrence);
    let y = ui.input(|input| input.pointer.hover_pos()).map_or(0.0, |at| at.y);
    for area in areas.iter().filter(|area| area.night.part(moved.start_at, moved.end_at).is_some()) {
        let (left, right) = bar::ends(&area.axis, held.window, &moved);
        let half = bar::BAR / 2.0;
        let y = y.clamp(area.rect.top() + half, (area.rect.bottom() - half).max(area.rect.top() + half));
        let painter = ui.painter().with_clip_rect(area.rect.intersect(ui.clip_rect()));
        let words = wording::time(moved.local_start.time());
        ghost(&painter, cx, Rect::from_x_y_ranges(left..=right, y - half..=y + half), &words);
    }
}

/// Lets the ends of a bar be dragged, which changes the start or the length.
pub fn edges_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (window, occurrence): WindowOccurrence<'_>,
    (left, right): (f32, f32),
    bar: Rect,
    drag: &mut Option<Drag>,
) {
    if right - left < WIDE || !cx.is_editable() || occurrence.origin == Origin::Skipped {
        return;
    }
    let strip = |from: f32| Rect::from_x_y_ranges(from..=from + EDGE, bar.y_range());
    for (grip, edge, word) in [(Grip::Start, strip(left), "Start of"), (Grip::End, strip(right - EDGE), "End of")] {
        if !ui.clip_rect().contains_rect(edge) {
            continue;
        }
        let id = Id::unique(("night edge", word, window.id().as_str(), occurrence.original_on(), bar.top() as i32));
        let response = ui.interact(edge, id, Sense::DRAG);
        name(&response, Role::Splitter, || format!("{word} {}", occurrence_text::occurrence_name(window, occurrence)));
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
            ui.painter().rect_stroke(
                edge,
                CornerRadius::ZERO,
                Stroke::new(1.5, cx.colors.accent),
                egui::StrokeKind::Inside,
            );
        }
        if response.drag_started() {
            *drag = Some(Drag::new(window, occurrence, grip));
        }
    }
}
