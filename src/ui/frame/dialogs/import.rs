//! What an import would do, before it does it.

use egui::Ui;

use super::question::{answer, details_ui};
use crate::model::counted;
use crate::session::{Action, ImportPreview};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, Pressed, body, titled};
use crate::ui::parts::widgets::strong;

pub fn import_ui(ui: &Ui, cx: &Cx<'_>, preview: &ImportPreview, is_new: bool) {
    let mut pressed = None;
    let title = match preview.edit {
        Some(_) => format!("Import {}?", preview.summary),
        None => "Nothing to import".to_owned(),
    };
    let closes = titled(ui, &title, 560.0, |ui| {
        match &preview.edit {
            Some(_) => body(ui, "This is one step: undo takes all of it back."),
            None => body(ui, "There is nothing in this file to take in. The plan stays as it is."),
        }
        if !preview.warnings.is_empty() {
            ui.add_space(10.0);
            ui.label(strong(counted(preview.warnings.len(), "warning")));
        }
        details_ui(ui, cx, &preview.warnings);
        let buttons = Buttons {
            yes: preview.edit.as_ref().map(|_| "Import"),
            other: preview.widened.as_ref().map(|_| "Import and widen the plan"),
            cancel: if preview.edit.is_some() { "Cancel" } else { "Close" },
            default: if preview.edit.is_some() { Pressed::Yes } else { Pressed::Cancel },
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    if let Some(answer) = answer(pressed, closes) {
        cx.send(Action::Answer(answer));
    }
}
