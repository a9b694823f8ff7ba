//! Where a gesture belongs: a drag, a box, a menu after a drag. It ends when its page, its plan or its selection is left,
//! so that it cannot act on something that the user no longer sees.

use egui::Ui;

use crate::model::FreezeId;
use crate::session::{CalendarView, Selection};
use crate::ui::parts::cx::Cx;

/// What the calendar showed in the last pass in which it was drawn.
#[derive(Default)]
pub struct GestureContext {
    pass: u64,
    shown: Option<(CalendarView, u32, Selection)>,
}

impl GestureContext {
    /// Returns whether the gestures in progress must end: another page, plan or selection is shown than in the last pass, a
    /// dialog is open, or another view was shown meanwhile. `dragged` is a freeze that is being dragged: this selects it.
    pub fn is_left(&mut self, ui: &Ui, cx: &Cx<'_>, page: CalendarView, dragged: Option<&FreezeId>) -> bool {
        let pass = ui.ctx().cumulative_pass_nr();
        let was_drawn = pass.saturating_sub(std::mem::replace(&mut self.pass, pass)) <= 1;
        let is_same = |(old_page, plans, selection): &(CalendarView, u32, Selection)| {
            let is_own = matches!((cx.selection(), dragged), (Selection::Freeze(id), Some(dragged)) if id == dragged);
            *old_page == page && *plans == cx.opened_plans() && (is_own || selection == cx.selection())
        };
        let stays = was_drawn && !cx.has_dialog() && self.shown.as_ref().is_some_and(is_same);
        if !stays {
            self.shown = None;
        }
        if self.shown.as_ref().is_none_or(|(_, _, selection)| selection != cx.selection()) {
            self.shown = Some((page, cx.opened_plans(), cx.selection().clone()));
        }
        !stays
    }
}
