//! A note beside the pointer on what dragging several selected occurrences would mean: where they go, which of them cannot,
//! and how the findings change.

use std::sync::Arc;

use egui::{Id, PopupAnchor, RichText, Tooltip, Ui};

use crate::checks::{Findings, Severity, change_of_findings};
use crate::model::Plan;
use crate::schedule::Schedule;
use crate::session::{BulkChange, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::muted;
use crate::wording;

/// The plan, the selection and the change.
pub type Inputs = (Pointer<Plan>, Selection, BulkChange);

/// At most this many occurrences that cannot move are named.
const NAMED: usize = 3;
const WIDTH: f32 = 300.0;

/// What a change of several occurrences would mean.
pub struct Judgement {
    /// "Move 3 dates 2 days later"
    title: String,
    /// The occurrences that cannot be changed, each with the reason.
    refused: Vec<String>,
    /// "1 error fewer, 2 warnings more"
    findings: String,
    has_more_errors: bool,
}

impl Judgement {
    /// Makes the change in a copy of the plan, and checks that copy.
    fn new(cx: &Cx<'_>, change: &BulkChange) -> Self {
        let outcome = cx.bulk_outcome(change);
        let then = outcome.edit.and_then(|edit| cx.plan().apply(&edit).ok()).map(|plan| {
            let then = Schedule::derive(&Arc::new(plan), Some(cx.schedule()));
            Findings::check(&then, cx.today(), Some(cx.findings()))
        });
        let then = then.unwrap_or_else(|| cx.findings().clone());
        let errors = |findings: &Findings| findings.count(Severity::Error);
        Self {
            title: outcome.label,
            refused: outcome.refused,
            findings: change_of_findings(cx.findings(), &then),
            has_more_errors: errors(&then) > errors(cx.findings()),
        }
    }
}

/// Draws the note beside the pointer.
pub fn note_ui(ui: &Ui, cx: &Cx<'_>, memo: &mut Memo<Inputs, Judgement>, change: &BulkChange) {
    let inputs = (Pointer::to(cx.plan_pointer()), cx.selection().clone(), change.clone());
    let judgement = memo.get(inputs, || Judgement::new(cx, change));
    let id = Id::unique("what several dragged occurrences would mean");
    let note = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(16.0).width(WIDTH);
    note.show(|ui| {
        ui.label(RichText::new(&judgement.title).font(theme::strong(theme::TEXT)));
        for refused in judgement.refused.iter().take(NAMED) {
            ui.label(RichText::new(format!("Not {refused}")).color(cx.colors.warning));
        }
        if judgement.refused.len() > NAMED {
            ui.label(wording::and_more(judgement.refused.len() - NAMED));
        }
        if !judgement.findings.is_empty() {
            let color = if judgement.has_more_errors { cx.colors.error } else { cx.colors.text };
            ui.label(RichText::new(&judgement.findings).color(color));
        }
        ui.label(muted(cx, "All selected dates. Shift: only this one, Esc: cancel"));
    });
}
