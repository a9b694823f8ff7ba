//! Returns the keyboard focus when a menu closes: to the widget that had it before the menu opened. And Tab goes on from the
//! widget that had the focus last: Enter and Escape take it from a field, so that keys act on the view again.

use egui::{Context, Id, Key, Order, Popup};

/// Frames after which a closed menu's items no longer have the focus.
const WAIT: u8 = 2;

/// What had the focus, and whether a menu is open.
#[derive(Default)]
pub struct FocusReturn {
    /// The widget that had the focus when no menu was open and no button of the mouse was held: a press takes the focus away
    /// before the menu opens.
    before: Option<Id>,
    is_open: bool,
    /// The widget that gets the focus, in how many frames, and what has it meanwhile.
    returning: Option<(Id, u8, Option<Id>)>,
    /// The widget that had the focus last. None after a press of the mouse elsewhere.
    last: Option<Id>,
}

impl FocusReturn {
    /// Lets Tab go on from the widget that had the focus last. Called at the beginning of each frame.
    pub fn begin(&mut self, ctx: &Context) {
        let has_focus = ctx.memory(|memory| memory.focused().is_some());
        let is_there = |id: &Id| ctx.read_response(*id).is_some_and(|response| response.enabled());
        if !has_focus
            && ctx.input(|input| input.key_pressed(Key::Tab))
            && let Some(id) = self.last
        {
            if is_there(&id) {
                ctx.memory_mut(|memory| memory.request_focus(id));
            } else {
                // What had the focus is gone: the field of a new name, or the whole form.
                ctx.data_mut(|data| data.insert_temp(view_id(), ()));
            }
        }
    }

    /// Follows menus and focus. Called at the end of each frame.
    pub fn follow(&mut self, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        self.last = focused.or(self.last.filter(|_| !ctx.input(|input| input.pointer.any_pressed())));
        let was_open = std::mem::replace(&mut self.is_open, Popup::is_any_open(ctx));
        if self.is_open {
            self.returning = None;
        } else if was_open {
            // Who clicks elsewhere wants to go on there.
            self.returning = self.before.filter(|_| !is_click_elsewhere(ctx)).map(|id| (id, WAIT, focused));
        } else if let Some((id, frames, meanwhile)) = self.returning {
            let has_moved = focused.is_some() && focused != meanwhile;
            self.returning = (frames > 0 && !has_moved).then(|| (id, frames - 1, meanwhile));
            if frames == 0 && focused.is_none() && ctx.read_response(id).is_some() {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        } else if !ctx.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
            self.before = focused;
        }
        if self.returning.is_some() {
            ctx.request_repaint();
        }
    }
}

fn view_id() -> Id {
    Id::unique("Tab begins in the view")
}

/// Whether Tab begins in the view in this frame, rather than at the top of the window.
pub fn begins_in_view(ctx: &Context) -> bool {
    ctx.data_mut(|data| data.remove_temp::<()>(view_id())).is_some()
}

/// Whether the click that closed a menu was outside of it.
fn is_click_elsewhere(ctx: &Context) -> bool {
    let at = ctx.input(|input| input.pointer.any_click().then(|| input.pointer.interact_pos()).flatten());
    at.is_some_and(|at| ctx.layer_id_at(at).is_none_or(|layer| layer.order != Order::Foreground))
}
