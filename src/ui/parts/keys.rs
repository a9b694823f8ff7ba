//! Keys that a view handles itself.

use egui::{Key, Ui};

/// Whether that key was pressed without modifiers; consumes it.
pub fn pressed(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key))
}
