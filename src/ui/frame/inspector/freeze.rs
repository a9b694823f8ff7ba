//! A selected change freeze: its days, what it covers, what it displaces.

use egui::{RichText, Ui};

use crate::checks::{DisplacedOccurrence, Fix, SEARCHED_DAYS, moves_out_of_freeze};
use crate::model::{ChangeFreeze, Edit, Subject, SystemScope};
use crate::session::{Command, Destination};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::widgets::{command_button, muted, strong, text};
use crate::ui::parts::{fields, freeze_form, theme};
use crate::ui::views::calendar::{CalendarState, Displacement, LISTED};
use crate::wording::{self, counted};

pub fn freeze_ui(ui: &mut Ui, cx: &Cx<'_>, freeze: &ChangeFreeze, calendar: &mut CalendarState) {
    let subject = Subject::Freeze(freeze.id.clone());
    ui.push_id(cx.navigation().new_records.form_key(&subject).id(), |ui| {
        ui.label(muted(cx, "Change freeze"));
        let width = ui.available_width();
        let mut copy = freeze.clone();
        if let Some(name) = fields::record_name(ui, cx, "Name", &freeze.name, theme::strong(theme::TITLE - 1.0), width)
        {
            copy.name = name;
        }
        ui.add_enabled_ui(cx.is_editable(), |ui| freeze_form::days_ui(ui, cx, &mut copy));
        if copy != *freeze {
            cx.edit(Edit::PutFreeze(copy));
        }
        let covers = match &freeze.scope {
            SystemScope::Everything => "Covers everything".to_owned(),
            SystemScope::Areas(areas) => format!("Covers {}", counted(areas.len(), "business area")),
            SystemScope::Ladders(ladders) => format!("Covers {}", counted(ladders.len(), "ladder")),
            SystemScope::Systems(systems) => format!("Covers {}", counted(systems.len(), "system")),
        };
        ui.label(muted(cx, covers));
        ui.add_space(8.0);
        if let Some(displacement) = calendar.displacement(cx) {
            displaced_ui(ui, cx, &displacement);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Scope and exemptions…").clicked() {
                cx.reveal(Destination::List(Subject::Freeze(freeze.id.clone())));
            }
            command_button(ui, cx, Command::Remove);
        });
    });
}

/// The occurrences inside the freeze that are not exempt, each with a suggested move.
fn displaced_ui(ui: &mut Ui, cx: &Cx<'_>, displacement: &Displacement) {
    if displacement.is_ghost {
        let (first, last) = (displacement.freeze.first_on, displacement.freeze.last_on);
        text(ui, muted(cx, format!("From {} it would be:", wording::dates(first, last))));
    }
    let count = displacement.all.len();
    if count == 0 {
        ui.label(RichText::new("No occurrence falls in this freeze").color(cx.colors.good));
        return;
    }
    let windows = counted(displacement.windows, "window");
    let verb = if count == 1 { "falls" } else { "fall" };
    ui.label(strong(format!("{} of {windows} {verb} in this freeze", counted(count, "occurrence"))));
    let can_move = cx.is_editable() && !displacement.is_ghost;
    for (displaced, move_out) in displacement.all.iter().zip(&displacement.moves) {
        row_ui(ui, cx, *displaced, move_out.as_ref(), can_move);
    }
    if count > LISTED {
        text(ui, muted(cx, wording::and_more(count - LISTED)));
    }
    // Those beyond the listed ones have a date perhaps: it is looked for when they are moved.
    let movable = displacement.moves.iter().flatten().count() + count.saturating_sub(displacement.moves.len());
    if count > 1 && movable > 0 {
        ui.add_space(4.0);
        let words = if movable == count { format!("Move all {count}") } else { format!("Move {movable} of {count}") };
        let button = egui::Button::new(words);
        let hover = "Move each to its next free date, so that none overlap";
        if ui.add_enabled(can_move, button).on_hover_text(hover).clicked() {
            move_all(cx, displacement);
        }
    }
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, displaced: DisplacedOccurrence, move_out: Option<&Fix>, can_move: bool) {
    let Some((window, occurrence)) = displaced.find(cx.schedule()) else { return };
    let title = format!("{}, {}", window.window.name, wording::date(occurrence.on()));
    ui.push_id((displaced.window, displaced.on), |ui| {
        if quiet_button(ui, cx, egui::Button::new(&title).wrap()).clicked() {
            cx.reveal(Destination::Occurrence(window.id().clone(), displaced.on));
        }
        match move_out {
            Some(fix) => {
                let response = ui.add_enabled(can_move, egui::Button::new(&fix.label));
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{}: {title}", fix.label)));
                if response.clicked() {
                    cx.edit(fix.edit.clone());
                }
            }
            None => {
                ui.label(muted(cx, format!("No date is free within {SEARCHED_DAYS} days")));
            }
        }
    });
}

/// Sends one edit that moves every occurrence with a free date.
fn move_all(cx: &Cx<'_>, displacement: &Displacement) {
    let Displacement { freeze, all, .. } = displacement;
    let moves = moves_out_of_freeze(cx.schedule(), cx.today(), freeze, all);
    let edits: Vec<Edit> = moves.into_iter().flatten().map(|fix| fix.edit).collect();
    if !edits.is_empty() {
        let label = format!("Move {} out of {}", counted(edits.len(), "occurrence"), freeze.name);
        cx.edit(Edit::Together { label, edits });
    }
}
