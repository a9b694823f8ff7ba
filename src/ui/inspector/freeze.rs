//! A selected change freeze: its days, what it covers, what it displaces.

use egui::{RichText, Ui};

use crate::checks::Subject;
use crate::model::{ChangeFreeze, Edit, FreezeScope};
use crate::session::{Command, Place};
use crate::ui::cx::Cx;
use crate::ui::widgets::{command_button, muted, strong, text};
use crate::ui::{fields, freeze_form, theme};

pub fn freeze_ui(ui: &mut Ui, cx: &Cx<'_>, freeze: &ChangeFreeze) {
    ui.push_id(freeze.id.as_str(), |ui| {
        ui.label(muted(cx, "Change freeze"));
        let width = ui.available_width();
        if let Some(name) =
            fields::title(ui, "Name", &freeze.name, theme::strong(theme::TITLE - 1.0), width, cx.is_editable())
        {
            cx.edit(Edit::PutFreeze(ChangeFreeze { name, ..freeze.clone() }));
        }
        let mut copy = freeze.clone();
        ui.add_enabled_ui(cx.is_editable(), |ui| freeze_form::days_ui(ui, cx, &mut copy));
        if copy != *freeze {
            cx.edit(Edit::PutFreeze(copy));
        }
        let covers = match &freeze.scope {
            FreezeScope::Everything => "Covers everything".to_owned(),
            FreezeScope::Areas(areas) => format!("Covers {} business areas", areas.len()),
            FreezeScope::Ladders(ladders) => format!("Covers {} ladders", ladders.len()),
            FreezeScope::Systems(systems) => format!("Covers {} systems", systems.len()),
        };
        ui.label(muted(cx, covers));
        ui.add_space(8.0);
        displaced_ui(ui, cx, freeze);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Scope and exemptions…").clicked() {
                cx.reveal(Place::List(Subject::Freeze(freeze.id.clone())));
            }
            command_button(ui, cx, Command::Remove);
        });
    });
}

/// Occurrences that lie in it without an exemption.
fn displaced_ui(ui: &mut Ui, cx: &Cx<'_>, freeze: &ChangeFreeze) {
    let this = Some(Subject::Freeze(freeze.id.clone()));
    let here: Vec<_> = cx.session.findings.list.iter().filter(|finding| finding.other == this).collect();
    if here.is_empty() {
        ui.label(RichText::new("Displaces nothing").color(cx.colors.good));
        return;
    }
    ui.label(strong(format!(
        "Displaces {}",
        if here.len() == 1 { "1 occurrence".to_owned() } else { format!("{} occurrences", here.len()) }
    )));
    for finding in here.iter().take(12) {
        let Some(window) = &finding.window else { continue };
        if ui.add(egui::Button::new(&finding.message).frame(false).wrap()).clicked()
            && let Some(on) = finding.on
        {
            cx.reveal(Place::Occurrence(window.clone(), on));
        }
        if let Some(fix) = finding.fix(&cx.session.context())
            && ui.add_enabled(cx.is_editable(), egui::Button::new(&fix.label)).clicked()
        {
            cx.edit(fix.edit);
        }
    }
    if here.len() > 12 {
        text(ui, muted(cx, format!("and {} more", here.len() - 12)));
    }
}
