//! The question of a save whose file was changed by somebody else: the same choices as on the card about such a change.

use std::path::Path;

use egui::{Button, Ui};

use super::question::{details_ui, file_name};
use crate::session::{Action, QuestionAnswer};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{body, titled};
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::widgets::primary_button;

const WIDTH: f32 = 520.0;
const DETAILS: f32 = 60.0;

/// From the left.
const BUTTONS: [(&str, QuestionAnswer); 5] = [
    ("Cancel", QuestionAnswer::Cancel),
    ("Compare", QuestionAnswer::Compare),
    ("Keep mine", QuestionAnswer::Yes),
    ("Reload", QuestionAnswer::Other),
    ("Merge", QuestionAnswer::Merge),
];

pub fn changed_on_disk_ui(ui: &Ui, cx: &Cx<'_>, path: &Path, is_new: bool) {
    let mut answer = None;
    let closes = titled(ui, &format!("{} has changed on disk", file_name(path)), WIDTH, |ui| {
        body(
            ui,
            "Another person or program has written to this file since you opened or saved it. Nothing was saved. \
             Merging keeps their changes and yours; reloading shows theirs. Both can be undone. Keeping yours \
             overwrites the file, and theirs is kept in Versions.",
        );
        details_ui(ui, cx, &[path.display().to_string()], DETAILS);
        ui.add_space(16.0);
        at_right_end(ui, "buttons", |ui| {
            for (text, each) in BUTTONS {
                let is_default = each == QuestionAnswer::Merge;
                let response = if is_default { primary_button(ui, cx, text) } else { ui.add(Button::new(text)) };
                if is_default && is_new {
                    response.request_focus();
                }
                if response.clicked() {
                    answer = Some(each);
                }
            }
        });
    });
    if let Some(answer) = answer.or_else(|| closes.then_some(QuestionAnswer::Cancel)) {
        cx.send(Action::Answer(answer));
    }
}
