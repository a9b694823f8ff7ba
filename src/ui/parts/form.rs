//! The layout of forms: rows with labels, and headings.

use egui::{Align, Layout, Ui, Vec2};

use super::cx::Cx;
use super::widgets::{head, muted};
use crate::wording::capitalised;

/// Width of the labels on the left of a form.
const LABEL: f32 = 116.0;

/// A row of a form: the label on the left, the field on the right.
pub fn row<R>(ui: &mut Ui, cx: &Cx<'_>, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    row_of(ui, cx, LABEL, label, field)
}

/// The same with a label that is `room` wide.
pub fn row_of<R>(ui: &mut Ui, cx: &Cx<'_>, room: f32, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(Vec2::new(room, 24.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(muted(cx, label)).wrap());
        });
        ui.vertical(field).inner
    })
    .inner
}

/// The heading of a part of a form.
pub fn section(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    ui.label(head(text));
}

/// Pairs all values of a choice with their names, as the fields expect them.
pub fn named<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<(T, String)> {
    all.iter().map(|value| (*value, capitalised(word(*value)))).collect()
}
