//! A note beside the pointer on what a dragged occurrence would mean at its new date: whether it fits, and its findings.

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Id, PopupAnchor, RichText, Tooltip, Ui};

use crate::checks::{Findings, Severity};
use crate::model::{Plan, WindowId};
use crate::schedule::{FitVerdict, Occurrence, Schedule, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::theme;
use crate::wording;

/// The move that is judged, and the plan that it is made in.
pub type Inputs = (Pointer<Plan>, WindowId, NaiveDate, NaiveDate);

/// At most this many findings are named.
const NAMED: usize = 3;
const WIDTH: f32 = 300.0;

/// What a move would mean.
pub struct Judgement {
    /// "Tue 13 Apr 2027 · fits, margin 28 min"
    text: String,
    verdict: Option<FitVerdict>,
    /// The findings on the occurrence at its new date, the worst first.
    findings: Vec<(Severity, String)>,
    /// The number of findings that are not named.
    more: usize,
}

impl Judgement {
    /// Makes the move in a copy of the plan, and checks that copy.
    fn new(cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, to: NaiveDate) -> Self {
        let date = wording::date(to);
        let Ok(plan) = cx.plan().apply(&window.move_to_date(occurrence, to)) else {
            return Self { text: date, verdict: None, findings: Vec::new(), more: 0 };
        };
        let then = Schedule::derive(&Arc::new(plan), Some(cx.schedule()));
        let findings = Findings::check(&then, cx.today(), Some(cx.findings()));
        let on = occurrence.original_on();
        let fit = then.occurrence(window.id(), on).and_then(|(window, occurrence)| window.fit(occurrence).ok());
        let verdict = fit.as_ref().map(|fit| fit.verdict(cx.plan().policy().buffer_percent));
        let text = match (&fit, verdict) {
            (Some(fit), Some(FitVerdict::DoesNotFit)) => {
                format!("{date} · does not fit, {}", wording::signed_duration(fit.margin()))
            }
            (Some(fit), _) => format!("{date} · fits, margin {}", wording::signed_duration(fit.margin())),
            (None, _) => date,
        };
        let here = findings.open().filter(|each| each.window.as_ref() == Some(window.id()) && each.on == Some(on));
        let mut here: Vec<_> = here.map(|finding| (finding.severity, finding.message.clone())).collect();
        let more = here.len().saturating_sub(NAMED);
        here.truncate(NAMED);
        Self { text, verdict, findings: here, more }
    }
}

/// Draws the note beside the pointer.
pub fn note_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    memo: &mut Memo<Inputs, Judgement>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    to: NaiveDate,
) {
    let inputs = (Pointer::to(cx.plan_pointer()), window.id().clone(), occurrence.original_on(), to);
    let judgement = memo.get(inputs, || Judgement::new(cx, window, occurrence, to));
    let id = Id::unique("what a dragged occurrence would mean");
    let note = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(16.0).width(WIDTH);
    note.show(|ui| {
        let color = judgement.verdict.map_or(cx.colors.text, |verdict| cx.colors.verdict(verdict));
        ui.label(RichText::new(&judgement.text).font(theme::strong(theme::TEXT)).color(color));
        for (severity, message) in &judgement.findings {
            ui.label(RichText::new(message).color(cx.colors.severity(*severity)));
        }
        if judgement.more > 0 {
            ui.label(wording::and_more(judgement.more));
        }
    });
}
