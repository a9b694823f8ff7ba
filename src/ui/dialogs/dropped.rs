//! A calendar file was dropped onto the window: windows, holidays and freezes all look alike in it.

use std::path::PathBuf;

use egui::{Button, Ui, Vec2};

use super::{body, titled};
use crate::session::{Action, Import};
use crate::ui::cx::Cx;
use crate::ui::widgets::muted;

pub fn dropped_ui(ui: &Ui, cx: &Cx<'_>, dropped: &mut Option<PathBuf>) {
    let Some(path) = dropped.clone() else { return };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let choices = [
        (Import::Windows, "Maintenance windows", "Each event becomes an occurrence, repeating ones a window"),
        (Import::Holidays, "Public holidays", "Each day is marked, and windows on it are warned about"),
        (Import::Freezes, "Change freezes", "No change is allowed from the first to the last day of each"),
    ];
    let closes = titled(ui, &format!("What does {name} hold?"), 420.0, |ui| {
        body(ui, "You see what would be taken in before anything changes.");
        ui.add_space(8.0);
        for (import, choice, what) in choices {
            let size = Vec2::new(ui.available_width(), 30.0);
            if ui.add(Button::new(choice).min_size(size)).clicked() {
                *dropped = None;
                cx.send(Action::Import(import, path.clone()));
            }
            ui.label(muted(cx, what));
            ui.add_space(4.0);
        }
        if ui.button("Cancel").clicked() {
            *dropped = None;
        }
    });
    if closes {
        *dropped = None;
    }
}
