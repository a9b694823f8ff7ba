//! The question of a save whose file was changed by somebody else: the same choices as on the card about such a change.

use std::path::Path;

use egui::{Align, Button, Layout, Ui, Vec2};

use super::question::{details_ui, file_name};
use crate::session::{Action, QuestionAnswer};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{body, titled};
use crate::ui::parts::widgets::primary_button;

const WIDTH: f32 = 520.0;
const DETAILS: f32 = 60.0;

/// From the right.
const BUTTONS: [(&str, QuestionAnswer); 5] = [
    ("Merge", QuestionAnswer::Merge),
    ("Reload", QuestionAnswer::Other),
    ("Keep mine", QuestionAnswer::Yes),
    ("Compare", QuestionAnswer::Compare),
    ("Cancel", QuestionAnswer::Cancel),
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
        let size = Vec2::new(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
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
