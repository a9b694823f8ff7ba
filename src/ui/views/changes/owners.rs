//! The panel of the owners who must be notified, and of those who are informed.

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use crate::schedule::Revision;
use crate::schedule::revision::Owner;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, muted, rule, strong, text};
use crate::wording::counted;

pub fn owners_ui(ui: &mut Ui, cx: &Cx<'_>, revision: &Revision) {
    ScrollArea::vertical().auto_shrink(false).id_salt("owners to tell").show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 24 }).show(ui, |ui| {
            let groups = [("Owners to notify", false), ("To inform; no answer needed", true)];
            for (title, is_informed) in groups {
                let these: Vec<&Owner> =
                    revision.owners.iter().filter(|owner| owner.is_informed == is_informed).collect();
                if !these.is_empty() {
                    group_ui(ui, cx, title, &these);
                }
            }
        });
    });
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, owners: &[&Owner]) {
    ui.label(head(title));
    let addresses: Vec<&str> = owners.iter().filter_map(|owner| owner.address.as_deref()).collect();
    let hint = "Copy all addresses, separated by commas, for the recipients of an e-mail";
    let button = egui::Button::new(format!("Copy {}", counted(addresses.len(), "address")));
    if ui.add_enabled(!addresses.is_empty(), button).on_hover_text(hint).clicked() {
        ui.ctx().copy_text(addresses.join(", "));
    }
    for owner in owners {
        ui.add_space(6.0);
        rule(ui, cx);
        ui.add_space(4.0);
        owner_ui(ui, cx, owner);
    }
    ui.add_space(14.0);
}

fn owner_ui(ui: &mut Ui, cx: &Cx<'_>, owner: &Owner) {
    ui.spacing_mut().item_spacing.y = 2.0;
    text(ui, strong(owner.called()));
    match &owner.address {
        Some(address) => text(ui, muted(cx, address)),
        None => text(ui, RichText::new("no address").font(theme::regular(theme::SMALL)).color(cx.colors.warning)),
    };
    if !owner.areas.is_empty() {
        text(ui, muted(cx, owner.areas.join(", ")));
    }
    text(ui, owner.changes());
    if owner.late > 0 {
        let late = format!("{} too late", counted(owner.late, "date"));
        text(ui, RichText::new(late).font(theme::strong(theme::TEXT)).color(cx.colors.error));
    }
}
