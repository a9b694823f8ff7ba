//! The form of a ladder, with the settings of each of its groups.

use egui::Ui;

use crate::model::{Edit, Ladder};
use crate::session::View;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::section;
use crate::ui::parts::widgets::{muted, text};
use crate::ui::parts::{fields, theme};
use crate::ui::views::groups::settings::{add_group, group_fields, group_steps, purpose_ui};
use crate::wording::counted;

pub fn ladder_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder) {
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &ladder.name, font, 300.0) {
        cx.edit(Edit::PutLadder(Ladder { name, ..Ladder::clone(ladder) }));
    }
    purpose_ui(ui, cx, ladder);
    for group in &ladder.groups {
        let named_as = |what: &str| format!("{what}: {}", group.name);
        section(ui, &group.name);
        ui.push_id(group.id.as_str(), |ui| {
            text(ui, muted(cx, counted(group.systems.len(), "system")));
            group_fields(ui, cx, ladder, group, false, named_as);
            group_steps(ui, cx, ladder, group, named_as);
        });
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.button("Add group").on_hover_text("Add a group at the end of this ladder").clicked() {
            add_group(cx, ladder);
        }
        if ui.button("Show groups").on_hover_text("Assign systems to the groups on the board").clicked() {
            cx.show(View::Groups);
        }
    });
}
