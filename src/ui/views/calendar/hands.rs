//! What is dragged in the calendar, and what follows the pointer meanwhile: the same on every page.

use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Align2, Color32, CornerRadius, CursorIcon, Modifiers, Painter, Pos2, Rect, Stroke, Ui, Vec2};

use super::day_range::DayRange;
use super::drag::{Drag, Grip, Manner, Target};
use super::drag_note;
use super::drop_menu::Asked;
use super::several_note;
use crate::checks::free_days;
use crate::model::{Plan, WindowId};
use crate::schedule::{Occurrence, WindowOccurrence, WindowSchedule};
use crate::session::{Action, BulkChange, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::{escapes, release_focus};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;

/// The drag in progress, and the question after it.
#[derive(Default)]
pub struct Hands {
    pub drag: Option<Drag>,
    pub asked: Option<Asked>,
    /// Empty days that are dragged over.
    pub days: Option<DayRange>,
    note: Memo<drag_note::Inputs, drag_note::Judgement>,
    several: Memo<several_note::Inputs, several_note::Judgement>,
    legal: Memo<(Pointer<Plan>, WindowId, NaiveDate), Vec<NaiveDate>>,
}

/// An occurrence that is held over a possible time.
pub struct Held<'a> {
    pub window: &'a Arc<WindowSchedule>,
    pub occurrence: &'a Occurrence,
    pub grip: Grip,
    pub target: Target,
}

impl Hands {
    /// Follows the pointer with a note about what releasing would do; edits or asks when the button is released. `aim`
    /// returns the times at a position.
    pub fn follow<'a>(
        &mut self,
        ui: &Ui,
        cx: &Cx<'a>,
        aim: impl FnOnce(Pos2, WindowOccurrence<'_>, Grip) -> Option<Target>,
    ) -> Option<Held<'a>> {
        let drag = self.drag.as_mut()?;
        // The cursor may be in the name of a new window.
        release_focus(ui);
        let found = cx.schedule().occurrence(&drag.window, drag.on).filter(|(_, each)| drag.began_with(each));
        if escapes(ui) || found.is_none() {
            self.drag = None;
            return None;
        }
        let (window, occurrence) = found?;
        let (pointer, is_down, modifiers) =
            ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down(), input.modifiers));
        drag.target = pointer.and_then(|at| aim(at, (window, occurrence), drag.grip));
        let (grip, manner) = (drag.grip, Manner::new(modifiers, drag.grip, window));
        let several = change_of_several(cx, drag, manner, modifiers);
        if !is_down {
            self.release(cx, manner, several, pointer);
            return None;
        }
        ui.ctx().set_cursor_icon(match (grip, manner) {
            (Grip::Start | Grip::End, _) => CursorIcon::ResizeHorizontal,
            (Grip::Whole, Manner::Copy) => CursorIcon::Copy,
            (Grip::Whole, Manner::Change | Manner::Ask) => CursorIcon::Grabbing,
        });
        let target = drag.target?;
        match several {
            Some(change) => several_note::note_ui(ui, cx, &mut self.several, &change),
            None => drag_note::note_ui(ui, cx, &mut self.note, drag, manner, target, (window, occurrence)),
        }
        Some(Held { window, occurrence, grip, target })
    }

    /// `several` is what the note announced for all selected occurrences, if they move together.
    fn release(&mut self, cx: &Cx<'_>, manner: Manner, several: Option<BulkChange>, at: Option<Pos2>) {
        let Some(drag) = self.drag.take() else { return };
        if let Some(change) = several {
            return cx.send(Action::ChangeSeveral(change));
        }
        let edit = drag.edit(cx.schedule(), manner);
        match (edit, manner, at) {
            (Some(_), Manner::Ask, Some(at)) => self.asked = Some(Asked::new(cx, drag, at)),
            (Some(edit), Manner::Copy, _) => cx.edit(edit),
            (Some(edit), Manner::Change | Manner::Ask, _) => {
                cx.edit(edit);
                cx.select(Selection::Occurrence(drag.window, drag.on));
            }
            (None, _, _) => {}
        }
    }

    /// Ends what is in progress: its page, its plan or its selection is gone.
    pub fn end(&mut self) {
        (self.drag, self.asked, self.days) = (None, None, None);
    }

    /// The days to which the held occurrence can be moved without breaking a rule, as dates in its window's zone. None for
    /// an edge, which stays on its day.
    pub fn legal_days(&mut self, cx: &Cx<'_>, held: &Held<'_>) -> Option<Rc<Vec<NaiveDate>>> {
        if held.grip != Grip::Whole {
            return None;
        }
        let (window, occurrence) = (held.window, held.occurrence);
        let inputs = (Pointer::to(cx.plan_pointer()), window.id().clone(), occurrence.original_on());
        Some(self.legal.get(inputs, || {
            let horizon = cx.plan().horizon();
            let days = horizon.from.iter_days().take_while(|on| *on <= horizon.last());
            free_days(&cx.context(), window, occurrence, days)
        }))
    }
}

/// What releasing does to all selected occurrences, if a whole one of several is held: each moves by as much as that one.
/// Shift moves the held one alone.
fn change_of_several(cx: &Cx<'_>, drag: &Drag, manner: Manner, modifiers: Modifiers) -> Option<BulkChange> {
    let is_one_of_several = || {
        let has_several = matches!(cx.selection(), Selection::Several(_));
        has_several && drag.grip == Grip::Whole && cx.selection().is_occurrence(&drag.window, drag.on)
    };
    let target = drag.target.filter(|_| manner == Manner::Change && !modifiers.shift && is_one_of_several())?;
    let (_, occurrence) = cx.schedule().occurrence(&drag.window, drag.on)?;
    let minutes = target.start.0.saturating_sub(occurrence.local_start.0);
    (minutes != 0).then_some(BulkChange::Move(minutes))
}

/// Dims a day to which the held occurrence cannot be moved.
pub fn dim(painter: &Painter, cx: &Cx<'_>, day: Rect) {
    painter.rect_filled(day, CornerRadius::ZERO, cx.colors.background.gamma_multiply(0.62));
}

/// Paints what is held at its target: dashed, with its name or date.
pub fn ghost(painter: &Painter, cx: &Cx<'_>, rect: Rect, text: &str) {
    painter.rect_filled(rect, CornerRadius::same(3), cx.colors.selected);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(egui::Shape::dashed_line(&corners, Stroke::new(1.5, cx.colors.accent), 3.0, 2.0));
    if rect.width() < 44.0 {
        painter.text(rect.center(), Align2::CENTER_CENTER, text, theme::strong(9.5), cx.colors.accent);
    } else {
        let inside = rect.shrink2(Vec2::new(5.0, 0.0));
        text_in(painter, inside, text, theme::strong((rect.height() - 5.0).clamp(9.5, theme::SMALL)), cx.colors.accent);
    }
}

/// How much paler an occurrence is while it is dragged elsewhere.
pub const FADED: f32 = 0.35;

/// A colour of an occurrence that is being dragged away.
pub fn faded(color: Color32) -> Color32 {
    color.gamma_multiply(FADED)
}
