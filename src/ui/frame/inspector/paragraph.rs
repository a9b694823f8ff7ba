//! Multi-line texts in the inspector.

use egui::Ui;

use super::change;
use crate::model::MaintenanceWindow;
use crate::schedule::WindowSchedule;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;

/// A multi-line text field of the window.
pub fn paragraph(
    ui: &mut Ui,
    cx: &Cx<'_>,
    window: &WindowSchedule,
    name: &str,
    hint: &str,
    field: impl Fn(&mut MaintenanceWindow) -> &mut String,
) {
    let mut copy = MaintenanceWindow::clone(&window.window);
    let current = field(&mut copy).clone();
    if let Some(text) = fields::paragraph(ui, name, &current, hint) {
        change(cx, &window.window, |window| *field(window) = text);
    }
}
