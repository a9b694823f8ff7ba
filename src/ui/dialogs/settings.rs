//! x
use egui::Ui;
use crate::ui::cx::Cx;
pub fn settings_ui(_ui: &Ui, _cx: &Cx<'_>) {}
