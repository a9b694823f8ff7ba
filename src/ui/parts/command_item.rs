//! A command as an item of a menu.

use egui::{Button, Ui};

use super::cx::Cx;
use super::keys;
use crate::session::Command;

/// A command. If it is not available, hovering says why.
pub fn command_item_ui(ui: &mut Ui, cx: &Cx<'_>, command: Command) {
    let keys = keys::text(ui.ctx(), command);
    let button = Button::new(cx.label(command));
    let button = if keys.is_empty() { button } else { button.shortcut_text(keys) };
    let response = ui.add_enabled(cx.is_enabled(command), button).on_hover_text(command.help());
    let response = match cx.unavailable_reason(command) {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response,
    };
    if response.clicked() {
        cx.run(command);
        ui.close();
    }
}
