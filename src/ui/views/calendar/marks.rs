//! Selecting several occurrences: with Ctrl one more, with Shift all between, with a box those that it touches.

use chrono::NaiveDate;
use egui::{CornerRadius, Id, Pos2, Rect, Response, Stroke, StrokeKind, Ui};

use crate::model::WindowId;
use crate::schedule::WindowOccurrence;
use crate::session::{CalendarView, FilterMatches, Selection, View, WindowTraits};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::escapes;

/// An occurrence by its window and its original date.
type OccurrenceKey = (WindowId, NaiveDate);

/// A box that is being drawn, and the occurrences that it touches.
#[derive(Clone, Default)]
struct Marking {
    origin: Pos2,
    area: Option<Rect>,
    touched: Vec<OccurrenceKey>,
}

/// The selection after a click on an occurrence with the keys that are held.
pub fn clicked(ui: &Ui, cx: &Cx<'_>, (window, occurrence): WindowOccurrence<'_>) -> Selection {
    let key = (window.id().clone(), occurrence.original_on());
    let modifiers = ui.input(|input| input.modifiers);
    let selected = || cx.selection().occurrences().map(|(id, on)| (id.clone(), on));
    let first = selected().next();
    if modifiers.command && first.is_some() {
        let new = (!cx.selection().is_occurrence(&key.0, key.1)).then(|| key.clone());
        Selection::several(selected().filter(|each| *each != key).chain(new))
    } else if let Some(anchor) = first.filter(|_| modifiers.shift) {
        Selection::several(between(cx, &anchor, &key))
    } else {
        Selection::Occurrence(key.0, key.1)
    }
}

/// The occurrences that start between the two, both included: in Rows those of the two windows, elsewhere those of all windows
/// that the filter leaves. The anchor comes first, so that the next click with Shift starts there, too.
fn between(cx: &Cx<'_>, anchor: &OccurrenceKey, to: &OccurrenceKey) -> Vec<OccurrenceKey> {
    let schedule = cx.schedule();
    let start = |key: &OccurrenceKey| schedule.occurrence(&key.0, key.1).map(|(_, occurrence)| occurrence.start_at);
    let (Some(first), Some(last)) = (start(anchor), start(to)) else { return vec![to.clone()] };
    let span = first.min(last)..=first.max(last);
    let is_in_rows = cx.view() == View::Calendar(CalendarView::Rows);
    let only_these = is_in_rows || anchor.0 == to.0;
    let filter = &cx.navigation().filter;
    let traits = WindowTraits::new(schedule, cx.findings(), cx.today());
    let matches = filter.is_active().then(|| FilterMatches::new(&traits, filter));
    let shown = schedule.windows.iter().enumerate().filter(|(number, window)| {
        let is_one = *window.id() == anchor.0 || *window.id() == to.0;
        if only_these { is_one } else { matches.as_ref().is_none_or(|matches| matches.contains(*number as u32)) }
    });
    let all = shown.flat_map(|(_, window)| {
        let all = window.expansion.occurrences.iter().chain(&window.expansion.skipped);
        all.filter(|each| span.contains(&each.start_at)).map(|each| (window.id().clone(), each.original_on()))
    });
    std::iter::once(anchor.clone()).chain(all.filter(|key| key != anchor)).collect()
}

fn with_marking<R>(ui: &Ui, look: impl FnOnce(&mut Option<Marking>) -> R) -> R {
    ui.data_mut(|data| look(data.get_temp_mut_or_default(Id::unique("box around occurrences"))))
}

/// Starts a box if the ground is dragged with Shift or Ctrl. Returns whether one is being drawn.
pub fn start(ui: &Ui, ground: &Response) -> bool {
    let (modifiers, origin) = ui.input(|input| (input.modifiers, input.pointer.press_origin()));
    let begins = ground.drag_started() && (modifiers.shift || modifiers.command);
    if let Some(origin) = origin.filter(|_| begins) {
        with_marking(ui, |marking| *marking = Some(Marking { origin, ..Marking::default() }));
    }
    with_marking(ui, |marking| marking.is_some())
}

/// Forgets the box: its page is gone.
pub fn end(ui: &Ui) {
    with_marking(ui, |marking| *marking = None);
}

/// Notes an occurrence that is drawn in `rect`: a box that touches it selects it.
pub fn note(ui: &Ui, rect: Rect, (window, occurrence): WindowOccurrence<'_>) {
    with_marking(ui, |marking| {
        let Some(marking) = marking.as_mut().filter(|marking| marking.area.is_some_and(|area| area.intersects(rect)))
        else {
            return;
        };
        marking.touched.push((window.id().clone(), occurrence.original_on()));
    });
}

/// Draws the box; selects what it touches when the button is released. Called after the occurrences were drawn.
pub fn box_ui(ui: &Ui, cx: &Cx<'_>) {
    let Some(marking) = with_marking(ui, |marking| marking.clone()) else { return };
    let (pointer, is_down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down()));
    let area = pointer.map(|at| Rect::from_two_pos(marking.origin, at)).or(marking.area);
    if escapes(ui) {
        return with_marking(ui, |marking| *marking = None);
    }
    if !is_down {
        with_marking(ui, |marking| *marking = None);
        if !marking.touched.is_empty() {
            cx.select(Selection::several(marking.touched));
        }
        return;
    }
    if let Some(area) = area {
        let painter = ui.painter();
        painter.rect_filled(area, CornerRadius::ZERO, cx.colors.accent.gamma_multiply(0.12));
        painter.rect_stroke(area, CornerRadius::ZERO, Stroke::new(1.0, cx.colors.accent), StrokeKind::Inside);
    }
    with_marking(ui, |marking| {
        *marking = Some(Marking { area, touched: Vec::new(), ..marking.take().unwrap_or_default() });
    });
    ui.ctx().request_repaint();
}
