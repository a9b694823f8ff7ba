//! What is being typed must not be lost if the program ends before the field is left. So after each key the field *tells* its
//! value: it returns it once, and what the view sends then is not done but noted, as what the field would change.
//!
//! That is only done in frames in which nothing else can be sent: without clicks, and without keys that do more than type.

use egui::{Context, Event, Id, Key, Order, Ui};

/// Whether a field has told its value in this frame.
#[derive(Clone, Copy, Default)]
struct Told;

/// Whether fields in the open dialog tell their values, because it changes the plan at once.
#[derive(Clone, Copy)]
struct InDialogs(bool);

fn key() -> Id {
    Id::unique("typing")
}

/// Says whether the open dialog changes the plan while it is open. Others keep what is typed until their button is pressed.
pub fn tell_in_dialogs(ctx: &Context, tells: bool) {
    ctx.data_mut(|data| data.insert_temp(key(), InDialogs(tells)));
}

/// Whether a field may tell its value now. If not, it is asked again in the next frame.
pub(super) fn may_tell(ui: &Ui) -> bool {
    let is_in_dialog = ui.layer_id().order >= Order::Foreground;
    if is_in_dialog && !ui.data(|data| data.get_temp::<InDialogs>(key())).is_some_and(|dialogs| dialogs.0) {
        return false;
    }
    let (is_calm, is_pressed) = ui.input(|input| (input.events.iter().all(is_typing), input.pointer.any_down()));
    if !is_calm {
        ui.ctx().request_repaint();
    }
    // The release of the pointer is followed by a frame.
    is_calm && !is_pressed
}

/// Whether an event does no more than type or move the cursor.
fn is_typing(event: &Event) -> bool {
    match event {
        Event::PointerButton { .. } | Event::Touch { .. } | Event::AccessKitActionRequest(_) => false,
        Event::Key { key, modifiers, .. } => {
            !matches!(key, Key::Enter | Key::Tab | Key::Escape) && !modifiers.command && !modifiers.alt
        }
        _ => true,
    }
}

/// Notes that a field has told its value in this frame.
pub(super) fn note_told(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(key(), Told));
}

/// Whether a field has told its value since this was asked last. What was sent in that frame is only to be noted.
pub fn take_told(ctx: &Context) -> bool {
    ctx.data_mut(|data| data.remove_temp::<Told>(key())).is_some()
}
