//! The form for an estimate: the minutes of each phase, for a system or for a window's pool of hosts.

use egui::{Grid, Ui};

use super::cx::Cx;
use super::fields;
use super::widgets::{muted, text};
use crate::model::{Estimate, Guess};

/// Edits the minutes of each phase, in the order of the night. Returns the new estimate if something changed.
pub fn estimate_ui(ui: &mut Ui, cx: &Cx<'_>, estimate: &Estimate) -> Option<Estimate> {
    text(ui, muted(cx, "One duration each, or three: best / likely / worst"));
    let mut copy = *estimate;
    Grid::new("estimate").num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
        guess_ui(ui, "Prepare", &mut copy.prepare);
        guess_ui(ui, "Drain a batch", &mut copy.drain);
        optional_ui(ui, "Patch a batch", &mut copy.patch);
        guess_ui(ui, "Reboot a batch", &mut copy.reboot);
        guess_ui(ui, "Verify a batch", &mut copy.verify);
        guess_ui(ui, "Final verification", &mut copy.final_verification);
        optional_ui(ui, "Roll back a batch", &mut copy.rollback);
        guess_ui(ui, "Verify after rollback", &mut copy.rollback_verification);
        guess_ui(ui, "Handover", &mut copy.handover);
    });
    (copy != *estimate).then_some(copy)
}

fn guess_ui(ui: &mut Ui, label: &str, value: &mut Guess) {
    ui.label(label);
    if let Some(guess) = fields::guess(ui, label, *value) {
        *value = guess;
    }
    ui.end_row();
}

fn optional_ui(ui: &mut Ui, label: &str, value: &mut Option<Guess>) {
    ui.label(label);
    if let Some(guess) = fields::optional_guess(ui, label, *value) {
        *value = guess;
    }
    ui.end_row();
}
