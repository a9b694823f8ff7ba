//! The zones that calendar files brought: what is in them, and a button that removes one that nothing uses.

use egui::Ui;

use super::labelled_row::labelled_row;
use crate::model::Edit;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::muted;
use crate::wording::list_in_sentence;

/// How many windows or systems in a zone are named.
const MOST_NAMES: usize = 3;

pub fn own_zones_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let plan = cx.plan();
    for zone in plan.zones() {
        labelled_row(ui, cx, "Imported zone", |ui| {
            ui.label(zone.id.as_str());
            let users: Vec<&str> = plan.names_in_zone(&zone.id).collect();
            if !users.is_empty() {
                ui.label(muted(cx, format!("in use by {}", list_in_sentence(users, MOST_NAMES))));
                return;
            }
            let button = ui.button("Remove").on_hover_text("Nothing uses this zone. Undo to restore it");
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(format!("Remove {}", zone.id)));
            if button.clicked() {
                cx.edit(Edit::RemoveZone(zone.id.clone()));
            }
        });
    }
}
