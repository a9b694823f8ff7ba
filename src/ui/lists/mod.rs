//! The records of the plan, to look at and change.
use super::cx::Cx;
#[derive(Default)]
pub struct ListsState {}
pub fn lists_ui(ui: &mut egui::Ui, _cx: &Cx<'_>, _state: &mut ListsState) {
    ui.label("Lists");
}
