//! What is wrong with the plan.
use super::cx::Cx;
#[derive(Default)]
pub struct FindingsState {}
pub fn findings_ui(ui: &mut egui::Ui, _cx: &Cx<'_>, _state: &mut FindingsState) {
    ui.label("Findings");
}
