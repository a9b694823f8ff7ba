//! The filters above a list: a field for words, and chips with the number of matching entries.

use egui::{Button, Color32, Id, Key, RichText, Stroke, TextEdit, Ui};

use super::cx::Cx;
use super::theme;

/// A field for words to filter by. Escape clears it.
pub fn filter_field(ui: &mut Ui, id: Id, name: &str, hint: &str, width: f32, text: &mut String) {
    let edit = TextEdit::singleline(text).id(id).hint_text(hint).desired_width(width);
    let response = ui.add(edit).accessible_name(name);
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        text.clear();
    }
}

/// A filter with the number of entries that it would leave. Returns whether it was clicked.
pub fn filter_chip(ui: &mut Ui, cx: &Cx<'_>, name: &str, count: usize, color: Color32, is_on: bool) -> bool {
    let text = RichText::new(format!("{name}  {count}")).font(theme::regular(theme::TEXT)).color(color);
    let line = if is_on { cx.colors.accent } else { cx.colors.line };
    let fill = if is_on { cx.colors.selected } else { cx.colors.panel };
    let button = Button::new(text).selected(is_on).fill(fill).stroke(Stroke::new(1.0, line)).corner_radius(12.0);
    ui.add(button).accessible_name(format!("{name}, {count}")).clicked()
}
