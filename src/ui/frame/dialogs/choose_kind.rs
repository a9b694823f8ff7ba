//! Asks what a file contains, if its content fits several kinds: a calendar may hold windows, holidays or freezes.

use std::path::PathBuf;

use egui::{Align, Button, Layout, Ui, Vec2};

use crate::import::ImportKind;
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{body, close, titled};
use crate::ui::parts::widgets::muted;

pub fn choose_kind_ui(ui: &Ui, cx: &Cx<'_>, paths: &[PathBuf], kinds: &[&'static ImportKind]) {
    let name = paths.first().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    let closes = titled(ui, &format!("What does {name} contain?"), 420.0, |ui| {
        body(ui, "You see a preview before anything changes.");
        ui.add_space(8.0);
        for &kind in kinds {
            let size = Vec2::new(ui.available_width(), 30.0);
            if ui.add(Button::new(kind.topic.words().name).min_size(size)).clicked() {
                cx.send(Action::ImportAs(kind, paths.to_vec()));
            }
            ui.label(muted(cx, kind.help));
            ui.add_space(4.0);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Cancel").clicked() {
                close(cx);
            }
        });
    });
    if closes {
        close(cx);
    }
}
