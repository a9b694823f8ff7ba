//! The form for an estimate: the minutes of each phase, for a system or for a window's pool of hosts.

use egui::Ui;

use super::cx::Cx;
use super::fields;
use super::form::row;
use super::widgets::{muted, text};
use crate::model::{Estimate, Guess};

/// Edits the minutes of each phase, in the order of the night. Returns the new estimate if something changed.
pub fn estimate_ui(ui: &mut Ui, cx: &Cx<'_>, estimate: &Estimate) -> Option<Estimate> {
    text(ui, muted(cx, "Minutes, or 1h30; three for best / likely / worst"));
    let mut copy = *estimate;
    guess_ui(ui, cx, "Prepare", &mut copy.prepare);
    guess_ui(ui, cx, "Drain a batch", &mut copy.drain);
    optional_ui(ui, cx, "Patch a batch", &mut copy.patch);
    guess_ui(ui, cx, "Reboot a batch", &mut copy.reboot);
    guess_ui(ui, cx, "Verify a batch", &mut copy.verify);
    optional_ui(ui, cx, "Switch a batch", &mut copy.switch);
    guess_ui(ui, cx, "Final verification", &mut copy.final_verification);
    optional_ui(ui, cx, "Roll back a batch", &mut copy.rollback);
    guess_ui(ui, cx, "Verify after rollback", &mut copy.rollback_verification);
    guess_ui(ui, cx, "Handover", &mut copy.handover);
    (copy != *estimate).then_some(copy)
}

fn guess_ui(ui: &mut Ui, cx: &Cx<'_>, label: &str, value: &mut Guess) {
    if let Some(guess) = row(ui, cx, label, |ui| fields::guess(ui, label, *value)) {
        *value = guess;
    }
}

fn optional_ui(ui: &mut Ui, cx: &Cx<'_>, label: &str, value: &mut Option<Guess>) {
    if let Some(guess) = row(ui, cx, label, |ui| fields::optional_guess(ui, label, *value)) {
        *value = guess;
    }
}
