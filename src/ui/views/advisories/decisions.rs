//! The decisions about an advisory: what was decided, by whom and why; and a form for the next one.

use egui::{TextEdit, Ui};

use crate::model::{Advisory, Decision, Verdict};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::{named, row};
use crate::ui::parts::widgets::{muted, strong, text};
use crate::wording;

/// A decision that is being entered.
pub struct DecisionDraft {
    verdict: Verdict,
    /// Kept for the next advisory, since one person usually decides several in a row.
    by: String,
    reason: String,
}

impl Default for DecisionDraft {
    fn default() -> Self {
        Self { verdict: Verdict::Deploy, by: String::new(), reason: String::new() }
    }
}

/// Draws the history, newest first, and the fields for the next decision. Returns the decision once it is recorded.
pub fn decisions_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut DecisionDraft, advisory: &Advisory) -> Option<Decision> {
    for decision in advisory.decisions.iter().rev() {
        decision_ui(ui, cx, decision);
    }
    if advisory.decisions.is_empty() {
        ui.label(muted(cx, "No decision yet"));
    }
    let verdicts = named(&Verdict::ALL, in_words);
    if let Some(verdict) = row(ui, cx, "Decision", |ui| fields::choice(ui, "Decision", &verdicts, draft.verdict)) {
        draft.verdict = verdict;
    }
    row(ui, cx, "Decided by", |ui| {
        let edit = TextEdit::singleline(&mut draft.by).hint_text("Name of the person responsible").desired_width(210.0);
        ui.add(edit).accessible_name("Decided by");
    });
    row(ui, cx, "Reason", |ui| {
        let edit = TextEdit::multiline(&mut draft.reason).hint_text("Why, for the auditors").desired_rows(2);
        ui.add(edit.desired_width(210.0)).accessible_name("Reason for the decision");
    });
    let by = draft.by.trim();
    let is_ready = !by.is_empty();
    let hover = if is_ready { "Add it to the history with today's date" } else { "Enter who decided" };
    let button = ui.add_enabled(is_ready, egui::Button::new("Record decision"));
    if !button.on_hover_text(hover).clicked() {
        return None;
    }
    let reason = std::mem::take(&mut draft.reason).trim().to_owned();
    Some(Decision { verdict: draft.verdict, by: draft.by.trim().to_owned(), on: cx.today(), reason })
}

/// "Mitigate, Bo, Wed 10 Mar 2027" above the reason.
fn decision_ui(ui: &mut Ui, cx: &Cx<'_>, decision: &Decision) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(strong(decision.verdict.name()));
        ui.label(muted(cx, format!("{}, {}", decision.by, wording::date(decision.on))));
    });
    if !decision.reason.is_empty() {
        text(ui, &decision.reason);
    }
    ui.add_space(2.0);
}

fn in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Deploy => "Deploy with its window",
        Verdict::Defer => "Defer beyond its date",
        Verdict::Mitigate => "Mitigate by other means",
        Verdict::Accept => "Accept the risk",
        Verdict::NotAffected => "Not affected after all",
    }
}
