//! What lies over the screen.
use std::path::PathBuf;
use super::app::Views;
use super::cx::Cx;
#[derive(Default)]
pub struct DialogState { pub dropped: Option<PathBuf> }
pub fn dialogs_ui(_ui: &mut egui::Ui, _cx: &Cx<'_>, _views: &mut Views) {}
