//! What is shown instead of an empty list: what is missing, why, and buttons for what to do about it.

use egui::{Button, Ui, WidgetText};
use lucide_icons::Icon;

use super::cx::Cx;
use super::theme;
use super::widgets::{empty_state, primary_button};
use crate::session::Action;

/// An empty state with buttons that send actions. The first is the main one.
pub fn empty_state_with(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, title: &str, advice: &str, buttons: &[(&str, Action)]) {
    let names: Vec<&str> = buttons.iter().map(|(name, _)| *name).collect();
    if let Some((_, action)) =
        empty_state_choice(ui, cx, icon, title, advice, &names).and_then(|index| buttons.get(index))
    {
        cx.send(action.clone());
    }
}

/// An empty state with one button, for what only the view itself can do. Returns whether it was clicked.
pub fn empty_state_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, title: &str, advice: &str, button: &str) -> bool {
    empty_state_choice(ui, cx, icon, title, advice, &[button]).is_some()
}

/// An empty state with buttons. Returns the index of the one that was clicked.
pub fn empty_state_choice(
    ui: &mut Ui,
    cx: &Cx<'_>,
    icon: Icon,
    title: &str,
    advice: &str,
    buttons: &[&str],
) -> Option<usize> {
    empty_state(ui, cx, icon, title, advice);
    ui.add_space(10.0);
    let mut clicked = None;
    let gap = 8.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let padding = 2.0 * ui.spacing().button_padding.x;
        let width = |ui: &Ui, text: &str| {
            let text = WidgetText::from(egui::RichText::new(text).font(theme::strong(theme::TEXT)));
            text.into_galley(ui, None, f32::INFINITY, egui::TextStyle::Button).size().x + padding
        };
        let all: f32 = buttons.iter().map(|text| width(ui, text)).sum::<f32>() + gap * (buttons.len() as f32 - 1.0);
        ui.add_space(((ui.available_width() - all) / 2.0).max(0.0));
        for (index, text) in buttons.iter().enumerate() {
            let response = if index == 0 { primary_button(ui, cx, text) } else { ui.add(Button::new(*text)) };
            if response.clicked() {
                clicked = Some(index);
            }
        }
    });
    clicked
}
