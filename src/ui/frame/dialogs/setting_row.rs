//! A line of the plan settings: a label and its fields.

use egui::{Align2, Pos2, Sense, Ui, Vec2};

use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;

const LABEL: f32 = 140.0;

/// The label on the left, the fields on the right.
pub fn row(ui: &mut Ui, cx: &Cx<'_>, label: &str, fields: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(LABEL, 26.0), Sense::hover());
        let at = Pos2::new(rect.left(), rect.center().y);
        let font = theme::regular(theme::TEXT);
        ui.painter().text(at, Align2::LEFT_CENTER, label, font, cx.colors.muted);
        fields(ui);
    });
}
