//! The decisions about an advisory: what was decided, by whom and why; and a form for the next one.

use chrono::NaiveDate;
use egui::{TextEdit, Ui};

use crate::model::{Advisory, Decision, SystemId, Verdict};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::{named, row};
use crate::ui::parts::picker::ids;
use crate::ui::parts::widgets::{muted, primary_button, strong, text};
use crate::wording;

/// How many systems of a decision are named.
const MOST_NAMED_SYSTEMS: usize = 5;

/// A decision that is being entered.
pub struct DecisionDraft {
    verdict: Verdict,
    /// Kept for the next advisory, since one person usually decides several in a row.
    by: String,
    reason: String,
    until: Option<NaiveDate>,
    systems: Vec<SystemId>,
}

impl Default for DecisionDraft {
    fn default() -> Self {
        let (by, reason) = (String::new(), String::new());
        Self { verdict: Verdict::Deploy, by, reason, until: None, systems: Vec::new() }
    }
}

impl DecisionDraft {
    /// Starts a decision about another advisory.
    pub fn start_over(&mut self) {
        *self = Self { by: std::mem::take(&mut self.by), ..Self::default() };
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
    if let Some(until) =
        row(ui, cx, "In force until", |ui| fields::optional_date(ui, cx, "In force until", draft.until))
    {
        draft.until = until;
    }
    if advisory.systems.len() > 1 {
        let systems = cx.plan().systems();
        let affected = || advisory.systems.iter().map(|id| (id.clone(), systems.name_of(id))).collect();
        let chosen = row(ui, cx, "For", |ui| {
            ids(ui, "Systems of the decision", &draft.systems, "All affected systems", &affected, |id| {
                systems.name_of(id)
            })
        });
        draft.systems = chosen.unwrap_or_else(|| std::mem::take(&mut draft.systems));
    }
    let by = draft.by.trim();
    let is_ready = !by.is_empty();
    let hover = if is_ready { "Add it to the history with today's date" } else { "Enter who decided" };
    let button = ui.add_enabled_ui(is_ready, |ui| primary_button(ui, cx, "Record decision")).inner;
    if !button.on_hover_text(hover).on_disabled_hover_text(hover).clicked() {
        return None;
    }
    let reason = std::mem::take(&mut draft.reason).trim().to_owned();
    let systems = std::mem::take(&mut draft.systems);
    let (by, until) = (draft.by.trim().to_owned(), draft.until.take());
    Some(Decision { verdict: draft.verdict, by, on: cx.today(), until, systems, reason })
}

/// "Mitigate, Bo, Wed 10 Mar 2027" above the reason.
fn decision_ui(ui: &mut Ui, cx: &Cx<'_>, decision: &Decision) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(strong(decision.verdict.name()));
        ui.label(muted(cx, format!("{}, {}", decision.by, wording::date(decision.on))));
        if let Some(until) = decision.until {
            let has_ended = !decision.is_in_force(cx.today());
            let verb = if has_ended { "ended" } else { "until" };
            ui.label(muted(cx, format!("{verb} {}", wording::date(until))));
        }
    });
    if !decision.systems.is_empty() {
        let names = decision.systems.iter().map(|id| cx.plan().systems().name_of(id));
        let names = wording::list_in_sentence(names, MOST_NAMED_SYSTEMS);
        ui.label(muted(cx, format!("For {names}")));
    }
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
