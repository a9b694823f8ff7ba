//! The form of a change freeze.

use egui::Ui;
use lucide_icons::Icon;

use super::scope::scope_ui;
use crate::model::{ChangeFreeze, Edit, Exemption, WindowId};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::picker::optional_id;
use crate::ui::parts::widgets::icon_button;
use crate::ui::parts::{fields, freeze_form, theme};

pub fn freeze_ui(ui: &mut Ui, cx: &Cx<'_>, freeze: &ChangeFreeze) {
    let mut copy = freeze.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &freeze.name, font, 300.0) {
        copy.name = name;
    }
    freeze_form::days_ui(ui, cx, &mut copy);
    scope_ui(ui, cx, &mut copy.scope);
    section(ui, "Windows that may go ahead");
    exemptions_ui(ui, cx, &mut copy.exemptions);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &freeze.notes, "") {
        copy.notes = notes;
    }
    if copy != *freeze {
        cx.edit(Edit::PutFreeze(copy));
    }
}

fn exemptions_ui(ui: &mut Ui, cx: &Cx<'_>, exemptions: &mut Vec<Exemption>) {
    let plan = cx.plan();
    let name_of = |id: &_| plan.windows().name_of(id);
    let mut removed = None;
    for (index, exemption) in exemptions.iter_mut().enumerate() {
        ui.push_id(index, |ui| {
            let window = name_of(&exemption.window);
            ui.horizontal(|ui| {
                ui.label(&window);
                if icon_button(ui, Icon::X, &format!("Remove exemption of {window}"), cx.is_editable()).clicked() {
                    removed = Some(index);
                }
            });
            let name = format!("Approver for {window}");
            if let Some(approver) = row(ui, cx, "Approver", |ui| fields::text(ui, &name, &exemption.approver, "")) {
                exemption.approver = approver;
            }
            let name = format!("Reason for {window}");
            if let Some(reason) = row(ui, cx, "Reason", |ui| fields::text(ui, &name, &exemption.reason, "")) {
                exemption.reason = reason;
            }
        });
    }
    if let Some(index) = removed {
        exemptions.remove(index);
    }
    let taken: Vec<WindowId> = exemptions.iter().map(|each| each.window.clone()).collect();
    let others = || {
        let others = plan.windows().iter().filter(|window| !taken.contains(&window.id));
        others.map(|window| (window.id.clone(), window.name.clone())).collect()
    };
    if let Some(Some(window)) = optional_id(ui, "Add exemption", None, "Add a window…", &others, name_of) {
        exemptions.push(Exemption { window, approver: String::new(), reason: String::new() });
    }
}
