//! The minutes that patching a system takes, phase by phase.

use egui::Ui;

use crate::model::Estimate;
use crate::ui::cx::Cx;
use crate::ui::fields;
use crate::ui::form::row;
use crate::ui::widgets::muted;

/// Edits `estimate` in place.
pub fn estimate_ui(ui: &mut Ui, cx: &Cx<'_>, estimate: &mut Estimate) {
    let Estimate {
        prepare,
        drain,
        patch,
        reboot,
        verify,
        final_verification,
        rollback,
        rollback_verification,
        handover,
    } = estimate;
    ui.label(muted(cx, crate::ui::inspector::ESTIMATE_HELP));
    for (label, value) in [("Prepare, once", prepare), ("Drain, a batch", drain)] {
        if let Some(minutes) = row(ui, cx, label, |ui| fields::guess(ui, label, *value)) {
            *value = minutes;
        }
    }
    let label = "Patch, a batch";
    if let Some(minutes) = row(ui, cx, label, |ui| fields::optional_guess(ui, label, *patch)) {
        *patch = minutes;
    }
    for (label, value) in
        [("Reboot, a batch", reboot), ("Verify, a batch", verify), ("Verify, at the end", final_verification)]
    {
        if let Some(minutes) = row(ui, cx, label, |ui| fields::guess(ui, label, *value)) {
            *value = minutes;
        }
    }
    let label = "Roll back, a batch";
    if let Some(minutes) = row(ui, cx, label, |ui| fields::optional_guess(ui, label, *rollback)) {
        *rollback = minutes;
    }
    for (label, value) in [("Verify rollback", rollback_verification), ("Hand over", handover)] {
        if let Some(minutes) = row(ui, cx, label, |ui| fields::guess(ui, label, *value)) {
            *value = minutes;
        }
    }
}
