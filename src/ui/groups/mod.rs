//! The board of groups.
use super::cx::Cx;
#[derive(Default)]
pub struct GroupsState {}
pub fn groups_ui(ui: &mut egui::Ui, _cx: &Cx<'_>, _state: &mut GroupsState) {
    ui.label("Groups");
}
