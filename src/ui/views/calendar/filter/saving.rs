//! Saves the filter by name.

use egui::{Button, Id, Key, Popup, PopupCloseBehavior, TextEdit, Ui};

use super::FilterState;
use crate::session::{Action, FilterStep};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, primary_button};

/// The button that asks for a name.
pub fn saving_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState) {
    let response = ui.add(Button::new("Save filter…"));
    let is_new = response.clicked();
    if is_new {
        state.name = suggested_name(cx);
    }
    // It is a form, so it does not have the style of a menu.
    let popup = Popup::from_toggle_button_response(&response).width(240.0).gap(4.0);
    popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| name_ui(ui, cx, &mut state.name, is_new));
}

fn name_ui(ui: &mut Ui, cx: &Cx<'_>, name: &mut String, is_new: bool) {
    ui.label(muted(cx, "Name"));
    let id = Id::unique("filter name");
    let field = ui.add(TextEdit::singleline(name).id(id).desired_width(f32::INFINITY));
    let field = field.accessible_name("Name of the filter");
    // While the list is only being measured, nothing in it can take the focus.
    let opening = id.with("opening");
    if is_new {
        ui.data_mut(|data| data.insert_temp(opening, true));
    }
    if !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp::<bool>(opening)).is_some() {
        field.request_focus();
    }
    let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let is_taken = cx.settings().filters.iter().any(|saved| saved.name == name.trim());
    ui.horizontal(|ui| {
        let verb = if is_taken { "Replace" } else { "Save" };
        let is_saved = ui.add_enabled_ui(!name.trim().is_empty(), |ui| primary_button(ui, cx, verb)).inner.clicked();
        if (is_saved || is_entered) && !name.trim().is_empty() {
            cx.send(Action::Filter(FilterStep::Save(name.trim().to_owned())));
            ui.close();
        }
    });
}

/// The words and the chosen parts: "db Production Errors".
fn suggested_name(cx: &Cx<'_>) -> String {
    let filter = &cx.navigation().filter;
    let parts = filter.parts.iter().map(|part| part.title(cx.plan()));
    let words = std::iter::once(filter.text.trim().to_owned()).filter(|text| !text.is_empty());
    words.chain(parts).take(3).collect::<Vec<_>>().join(" ")
}
