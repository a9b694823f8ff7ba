//! The recovery files of earlier runs, each with what has become of its plan and what can be done with it.

use std::sync::Arc;

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui, Vec2};

use super::question::file_name;
use crate::schedule::Zone;
use crate::session::{Action, RecoveryStep};
use crate::store::{PlanOnDisk, RecoveryOffer, RecoveryOwner};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{body, close, titled};
use crate::ui::parts::widgets::{muted, primary_button};
use crate::wording::moment;

const WIDTH: f32 = 520.0;
const TALLEST: f32 = 360.0;
const TEXT: &str = "Windowsill ended before these changes were saved. Restored changes open as unsaved: the plan file \
                    stays as it is until you save, and the recovery file until then, too.";

pub fn recovery_ui(ui: &Ui, cx: &Cx<'_>, offers: &[Arc<RecoveryOffer>], is_new: bool) {
    let closes = titled(ui, "Recover unsaved changes?", WIDTH, |ui| {
        body(ui, TEXT);
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(TALLEST).auto_shrink([false, true]).show(ui, |ui| {
            for (number, offer) in offers.iter().enumerate() {
                ui.push_id(number, |ui| offer_ui(ui, cx, offer, number == 0, is_new));
            }
        });
        let size = Vec2::new(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let keep = ui.button("Decide later").on_hover_text("Keep all recovery files. They are in the File menu.");
            if keep.clicked() {
                close(cx);
            }
        });
    });
    if closes {
        close(cx);
    }
}

fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, offer: &Arc<RecoveryOffer>, is_first: bool, is_new: bool) {
    let name = match &offer.owner {
        RecoveryOwner::File(path) => file_name(path),
        RecoveryOwner::Untitled(_) => "A new plan".to_owned(),
    };
    ui.add(egui::Label::new(RichText::new(name).strong()).wrap());
    for line in facts(cx, offer) {
        ui.add(egui::Label::new(muted(cx, &line)).wrap());
    }
    ui.horizontal(|ui| {
        let send = |step| cx.send(Action::Recover(Arc::clone(offer), step));
        let restore = if is_first { primary_button(ui, cx, "Restore") } else { ui.button("Restore") };
        if is_first && is_new {
            restore.request_focus();
        }
        if restore.on_hover_text("Open the plan with these changes, unsaved").clicked() {
            send(RecoveryStep::Restore);
        }
        let compare = ui.add_enabled(is_comparable(offer.on_disk), Button::new("Compare"));
        if compare.on_hover_text("Open the plan with these changes, unsaved, and list them").clicked() {
            send(RecoveryStep::Compare);
        }
        if ui.button("Delete…").on_hover_text("Delete the recovery file").clicked() {
            send(RecoveryStep::Delete);
        }
    });
    ui.add_space(10.0);
}

/// Where the plan is, when the changes were made, and what has become of the plan since.
fn facts(cx: &Cx<'_>, offer: &RecoveryOffer) -> Vec<String> {
    let path = match &offer.owner {
        RecoveryOwner::File(path) => Some(path.display().to_string()),
        RecoveryOwner::Untitled(_) => None,
    };
    let zone = Zone::in_plan(cx.plan(), cx.plan().zone()).unwrap_or_else(Zone::utc);
    let written = offer.written_at.map(|at| format!("Changed until {}.", moment(zone.local(at))));
    let since = match offer.on_disk {
        PlanOnDisk::Unchanged => "The plan file has not changed since.",
        PlanOnDisk::Changed => "The plan file has been saved since: saving asks before it overwrites that.",
        PlanOnDisk::Missing => "The plan file is gone.",
        PlanOnDisk::Unreadable => "The plan file cannot be read.",
        PlanOnDisk::NeverSaved => "It was never saved.",
    };
    path.into_iter().chain([written.into_iter().chain([since.to_owned()]).collect::<Vec<_>>().join(" ")]).collect()
}

fn is_comparable(on_disk: PlanOnDisk) -> bool {
    match on_disk {
        PlanOnDisk::Unchanged | PlanOnDisk::Changed => true,
        PlanOnDisk::Missing | PlanOnDisk::Unreadable | PlanOnDisk::NeverSaved => false,
    }
}
