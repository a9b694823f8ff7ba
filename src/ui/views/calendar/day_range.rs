//! Dragging over empty days: offers a change freeze over them, or a window on the first.

use chrono::NaiveDate;
use egui::{CornerRadius, Id, LayerId, Popup, PopupAnchor, PopupKind, Pos2, Rect, Response, Ui};

use crate::model::{ChangeFreeze, Edit};
use crate::session::Selection;
use crate::session::state::clock::unique_word;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::escapes;
use crate::wording;

/// The days that a drag covers.
pub struct DayRange {
    from: NaiveDate,
    to: NaiveDate,
    /// Where the button was released.
    asked_at: Option<Pos2>,
}

impl DayRange {
    fn span(&self) -> (NaiveDate, NaiveDate) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// Starts a range on the day that is dragged.
pub fn start(cx: &Cx<'_>, state: &mut Option<DayRange>, day: &Response, on: NaiveDate) {
    if day.drag_started() && cx.is_editable() && cx.plan().horizon().contains(on) {
        *state = Some(DayRange { from: on, to: on, asked_at: None });
    }
}

/// Follows the pointer from day to day. `day_at` tells the day at a position, `cell` the area of a day.
pub fn follow_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    state: &mut Option<DayRange>,
    day_at: impl FnOnce(Pos2) -> Option<NaiveDate>,
    cell: impl Fn(NaiveDate) -> Rect,
) {
    let Some(days) = state else { return };
    let (pointer, is_down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down()));
    if days.asked_at.is_none() {
        if escapes(ui) {
            *state = None;
            return;
        }
        let on = pointer.and_then(day_at).filter(|on| cx.plan().horizon().contains(*on));
        days.to = on.unwrap_or(days.to);
        if !is_down {
            if days.from == days.to {
                *state = None;
                return;
            }
            days.asked_at = pointer;
        }
    }
    let (first, last) = days.span();
    for on in first.iter_days().take_while(|on| *on <= last) {
        ui.painter().rect_filled(cell(on), CornerRadius::ZERO, cx.colors.accent.gamma_multiply(0.18));
    }
}

/// The menu after the button was released.
pub fn menu_ui(ui: &Ui, cx: &Cx<'_>, state: &mut Option<DayRange>) {
    let Some(days) = &*state else { return };
    let (Some(at), (first, last)) = (days.asked_at, days.span()) else { return };
    let mut is_open = true;
    let id = Id::unique("what to add on these days");
    let popup = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(at), LayerId::background());
    let popup = popup.kind(PopupKind::Menu).accessible_name("What to add").open_bool(&mut is_open);
    popup.show(|ui| {
        ui.set_min_width(230.0);
        if ui.button(format!("New change freeze, {}", wording::dates(first, last))).clicked() {
            let new = cx.plan().new_freeze_on(first, &unique_word());
            let selection = Selection::Freeze(new.id.clone());
            cx.edit(Edit::PutFreeze(ChangeFreeze { first_on: first, last_on: last, ..new }));
            cx.select(selection);
            ui.close();
        }
        if ui.button(format!("New maintenance window on {}", wording::date(first))).clicked() {
            cx.edit(Edit::PutWindow(cx.plan().new_window_on(first, &unique_word())));
            ui.close();
        }
        if ui.button("Cancel").clicked() {
            ui.close();
        }
    });
    if !is_open {
        *state = None;
    }
}
