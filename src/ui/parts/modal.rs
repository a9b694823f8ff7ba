//! The card of a dialog: its frame, title and buttons.

use egui::{Align2, Button, Frame, Id, Key, Margin, Modal, Modifiers, Response, RichText, Ui, UiKind, Vec2};

use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, primary_button};

/// Shows a card in the middle of the dimmed screen. Returns whether to close it (Escape, or a click outside).
pub fn modal(ui: &Ui, name: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(16)).corner_radius(theme::CARD_RADIUS);
    let width = width.min(ui.ctx().content_rect().width() - 48.0);
    let modal = Modal::new(Id::unique(("dialog", name))).frame(frame);
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        content(ui);
    });
    shown.should_close()
}

/// Tells screen readers the name of the dialog that `ui` is in: the text of its heading.
pub fn name_dialog(ui: &Ui, heading: &Response) {
    if let Some(dialog) = dialog_id(ui) {
        let heading = heading.id.accesskit_id();
        ui.ctx().accesskit_node_builder(dialog, |node| node.push_labelled_by(heading));
    }
}

/// Tells screen readers the name of a dialog without a heading.
pub fn label_dialog(ui: &Ui, name: &str) {
    if let Some(dialog) = dialog_id(ui) {
        ui.ctx().accesskit_node_builder(dialog, |node| node.set_label(name));
    }
}

fn dialog_id(ui: &Ui) -> Option<Id> {
    ui.stack().iter().find(|each| each.kind() == Some(UiKind::Modal)).map(|each| each.unique_id)
}

/// The same in the upper part of a screen that is dimmed only a little, so that what is behind it can be read.
pub fn modal_at_top(ui: &Ui, name: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    const FROM_TOP: f32 = 0.18;
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(16)).corner_radius(theme::CARD_RADIUS);
    let screen = ui.ctx().content_rect();
    let id = Id::unique(("dialog", name));
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, Vec2::new(0.0, screen.height() * FROM_TOP));
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(theme::LIGHT_BACKDROP);
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(width.min(screen.width() - 48.0));
        content(ui);
    });
    shown.should_close()
}

/// A dialog with a title above its content.
pub fn titled(ui: &Ui, title: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    modal(ui, title, width, |ui| {
        let heading = ui.add(egui::Label::new(head(title)).wrap());
        name_dialog(ui, &heading);
        ui.add_space(8.0);
        content(ui);
    })
}

/// A dialog of fields. Escape in a field restores its old value, so only the next Escape closes the dialog.
pub fn titled_form(ui: &Ui, title: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let typing_id = Id::unique(("dialog had a field in use", title));
    let was_typing = ui.data(|data| data.get_temp::<bool>(typing_id)).unwrap_or_default();
    let ends_typing = was_typing && ui.input(|input| input.key_pressed(Key::Escape));
    let closes = titled(ui, title, width, content);
    let is_typing = ui.ctx().text_edit_focused();
    ui.data_mut(|data| data.insert_temp(typing_id, is_typing));
    closes && !ends_typing
}

/// The labels of a dialog's buttons. `default` is the button that Enter presses.
pub struct Buttons<'a> {
    pub yes: Option<&'a str>,
    pub other: Option<&'a str>,
    pub cancel: &'a str,
    pub default: DialogButton,
    /// `yes` and `other` are shown, but cannot be pressed.
    pub is_blocked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogButton {
    Yes,
    Other,
    Cancel,
}

impl Buttons<'_> {
    /// Draws the buttons at the right, the main one last and the default one highlighted, and returns which was pressed.
    /// Enter presses the focused one, which is the default when the dialog has just opened (`is_new`).
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, is_new: bool) -> Option<DialogButton> {
        let mut pressed = None;
        ui.add_space(16.0);
        let takes_focus = is_new || self.is_new_default(ui);
        let last_default = Self::last_default(ui);
        at_right_end(ui, "buttons", |ui| {
            let all = [
                (DialogButton::Cancel, Some(self.cancel)),
                (DialogButton::Other, self.other),
                (DialogButton::Yes, self.yes),
            ];
            for (which, text) in all {
                let Some(text) = text else { continue };
                let is_default = which == self.default;
                let is_enabled = !self.is_blocked || which == DialogButton::Cancel;
                let button = |ui: &mut Ui| {
                    if is_default && is_enabled { primary_button(ui, cx, text) } else { ui.add(Button::new(text)) }
                };
                let response = ui.add_enabled_ui(is_enabled, button).inner;
                if is_default {
                    let last = LastDefault { which, id: response.id };
                    ui.data_mut(|data| data.insert_temp(last_default, last));
                    if takes_focus {
                        response.request_focus();
                    }
                }
                if response.clicked() || (is_default && is_enabled && enter_is_free(ui, &response)) {
                    pressed = Some(which);
                }
            }
        });
        pressed
    }
}

/// The button that was the default in the last frame.
#[derive(Clone, Copy)]
struct LastDefault {
    which: DialogButton,
    id: Id,
}

impl Buttons<'_> {
    /// Returns whether another button was the default in the last frame, and no other widget has the focus.
    fn is_new_default(&self, ui: &Ui) -> bool {
        let last = ui.data(|data| data.get_temp::<LastDefault>(Self::last_default(ui)));
        let focused = ui.memory(egui::Memory::focused);
        last.is_some_and(|last| last.which != self.default && focused.is_none_or(|focused| focused == last.id))
    }

    fn last_default(ui: &Ui) -> Id {
        ui.scope_id().with("default button")
    }
}

/// Draws the button that closes a dialog whose changes are live. Returns whether it was pressed; Enter presses it if no other
/// widget has the focus.
pub fn done_button(ui: &mut Ui, cx: &Cx<'_>) -> bool {
    let button = primary_button(ui, cx, "Close");
    button.clicked() || (cx.has_free_enter(button.id) && enter_is_free(ui, &button))
}

/// Returns whether Enter was pressed and no widget of the dialog handles it.
fn enter_is_free(ui: &Ui, default: &Response) -> bool {
    let is_free = ui.memory(|memory| memory.focused().is_none_or(|id| id == default.id));
    is_free && !default.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
}

/// Closes the open dialog.
pub fn close(cx: &Cx<'_>) {
    cx.send(Action::OpenDialog(None));
}

/// Body text of a dialog.
pub fn body(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text)).wrap());
}
