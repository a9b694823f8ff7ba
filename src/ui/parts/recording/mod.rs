//! What became of an occurrence: a result for each system, and the scans that followed. In the night and the inspector.

mod missed;
mod moments;
mod scans;
mod systems;

use egui::Ui;

use crate::model::{Edit, Policy, ResultOutcome, WindowId};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::occurrence_text;
use crate::ui::parts::widgets::{muted, text};
use crate::wording;

/// Draws the results of all systems, and the scans.
pub fn recording_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    if cx.now() < occurrence.start_at {
        let start = occurrence_text::clock(window, occurrence.start_at);
        let day = wording::short_date(occurrence.on());
        text(ui, muted(cx, format!("Results can be recorded from the start on, {day} {start}")));
        return;
    }
    ui.push_id(("recording", window.id().as_str(), occurrence.original_on()), |ui| {
        systems::systems_ui(ui, cx, window, occurrence);
        missed::missed_ui(ui, cx, window, occurrence);
        ui.add_space(8.0);
        scans::scans_ui(ui, cx, window, occurrence);
    });
}

/// "2 of 3 systems patched, scanned clean"; empty if nothing was recorded.
pub fn summary(cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let results = cx.plan().results().for_occurrence(window.id(), occurrence.original_on());
    let mut parts = Vec::new();
    if !results.is_empty() {
        let patched = results.iter().filter(|result| result.outcome() == ResultOutcome::Patched).count();
        let all = systems::rows(cx, window, occurrence).len();
        parts.push(format!("{patched} of {} patched", wording::counted(all, "system")));
    }
    if let Some(scan) = scans::of_occurrence(cx, window.id(), occurrence).last() {
        parts.push(match scan.open.len() {
            0 => "scanned clean".to_owned(),
            open => format!("{} still open", wording::counted(open, "system")),
        });
    }
    parts.join(", ")
}

/// Sends one edit, which also switches recording on if the plan does not record results yet.
fn record(cx: &Cx<'_>, occurrence: &Occurrence, label: Option<String>, mut edits: Vec<Edit>) {
    let Some(first) = edits.first() else { return };
    let label = label.unwrap_or_else(|| first.label(cx.plan()));
    let policy = cx.plan().policy();
    let is_recorded = edits.iter().any(|edit| matches!(edit, Edit::PutResult(_) | Edit::PutScan(_)));
    if policy.recording_from.is_none() && is_recorded {
        edits.push(Edit::SetPolicy(Policy { recording_from: Some(occurrence.on()), ..Policy::clone(policy) }));
    }
    cx.edit(Edit::Together { label, edits });
}

/// "Core DB patching, 13 Mar"
fn words(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    format!("{}, {}", window.window.name, wording::day_and_month(occurrence.on()))
}

/// The window's id and the original date.
fn key(window: &WindowSchedule, occurrence: &Occurrence) -> (WindowId, chrono::NaiveDate) {
    (window.id().clone(), occurrence.original_on())
}
