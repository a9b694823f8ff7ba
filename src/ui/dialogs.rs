//! What lies over the screen.
use super::app::Views;
use super::cx::Cx;
use std::path::PathBuf;
#[derive(Default)]
pub struct DialogState {
    pub dropped: Option<PathBuf>,
}
pub fn dialogs_ui(_ui: &mut egui::Ui, _cx: &Cx<'_>, _views: &mut Views) {}
