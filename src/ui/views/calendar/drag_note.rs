//! A note beside the pointer on what a dragged occurrence would mean at its new time: whether it fits, and its findings.

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Id, PopupAnchor, RichText, Tooltip, Ui};

use super::drag::{Drag, Grip, Manner, Target};
use crate::checks::{Findings, Severity};
use crate::model::{Edit, Plan, WindowId};
use crate::schedule::{FitVerdict, Schedule, TakenDate, WindowOccurrence};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::widgets::muted;
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

/// The plan, the dragged occurrence, its target, and whether it is copied.
pub type Inputs = (Pointer<Plan>, WindowId, NaiveDate, Target, bool);

/// At most this many findings are named.
const NAMED: usize = 3;
const WIDTH: f32 = 300.0;

/// What a move would mean.
pub struct Judgement {
    /// "Fits, 28 min to spare"
    fit: Option<(String, FitVerdict)>,
    /// The findings on the occurrence at its new time, the worst first.
    findings: Vec<(Severity, String)>,
    /// The number of findings that are not named.
    more: usize,
}

impl Judgement {
    /// Makes the edit in a copy of the plan, and checks that copy. `on` is the original date of the occurrence afterwards.
    fn new(cx: &Cx<'_>, window: &WindowId, on: NaiveDate, edit: Option<&Edit>) -> Self {
        let plan = edit.and_then(|edit| cx.plan().apply(edit).ok());
        let (then, findings) = match plan {
            Some(plan) => {
                let then = Schedule::derive(&Arc::new(plan), Some(cx.schedule()));
                let findings = Findings::check(&then, cx.today(), Some(cx.findings()));
                (then, findings)
            }
            None => (cx.schedule().clone(), cx.findings().clone()),
        };
        let fit = then.occurrence(window, on).and_then(|(window, occurrence)| window.fit(occurrence).ok());
        let fit = fit.map(|fit| occurrence_text::fit_in_words(cx.plan(), &fit));
        let here = findings.open().filter(|each| each.window.as_ref() == Some(window) && each.on == Some(on));
        let mut here: Vec<_> = here.map(|finding| (finding.severity, finding.message.clone())).collect();
        let more = here.len().saturating_sub(NAMED);
        here.truncate(NAMED);
        Self { fit, findings: here, more }
    }
}

/// Draws the note beside the pointer.
pub fn note_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    memo: &mut Memo<Inputs, Judgement>,
    drag: &Drag,
    manner: Manner,
    target: Target,
    held: WindowOccurrence<'_>,
) {
    let is_copy = manner == Manner::Copy;
    let edit = drag.edit(cx.schedule(), manner);
    let is_taken = is_copy && edit.is_none();
    let on = if is_copy { target.start.date() } else { drag.on };
    let inputs = (Pointer::to(cx.plan_pointer()), drag.window.clone(), drag.on, target, is_copy);
    let judgement = memo.get(inputs, || Judgement::new(cx, &drag.window, on, edit.as_ref()));
    let id = Id::unique("what a dragged occurrence would mean");
    let note = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(16.0).width(WIDTH);
    note.show(|ui| {
        let times = times_in_words(drag.grip, target, held, is_copy);
        if is_taken {
            ui.label(RichText::new(times).font(theme::strong(theme::TEXT)));
            let reason = held.0.taken_date(on).unwrap_or(TakenDate::Planned).reason();
            let text = format!("Not possible for {}: {reason}", held.0.window.name);
            ui.label(RichText::new(text).color(cx.colors.error));
            return;
        }
        let (text, color) = match &judgement.fit {
            Some((fit, verdict)) => (format!("{times} · {fit}"), cx.colors.verdict(*verdict)),
            None => (times, cx.colors.text),
        };
        ui.label(RichText::new(text).font(theme::strong(theme::TEXT)).color(color));
        for (severity, message) in &judgement.findings {
            ui.label(RichText::new(message).color(cx.colors.severity(*severity)));
        }
        if judgement.more > 0 {
            ui.label(wording::and_more(judgement.more));
        }
        ui.label(muted(cx, hint(drag.grip, manner)));
    });
}

/// "Tue 13 Apr 2027"; with the hours "Tue 13 Apr 2027 21:00, 5 h" if these change.
fn times_in_words(grip: Grip, target: Target, (_, occurrence): WindowOccurrence<'_>, is_copy: bool) -> String {
    let date = wording::date(target.start.date());
    let is_same_time = target.start.time() == occurrence.local_start.time();
    let text = match grip {
        Grip::Whole if is_same_time => date,
        Grip::Whole => format!("{date} {}", wording::time(target.start.time())),
        Grip::Start | Grip::End => format!("{date} {}, {}", wording::time(target.start.time()), target.duration),
    };
    if is_copy { format!("Add {text}") } else { text }
}

/// What the keys do meanwhile.
fn hint(grip: Grip, manner: Manner) -> &'static str {
    match (grip, manner) {
        (_, Manner::Copy) => "Adds a date to the window. Esc cancels",
        (_, Manner::Ask) => "Release to choose which dates to change. Esc cancels",
        (Grip::Whole, Manner::Change) => "Only this date. Shift: ask, Alt: add a date, Esc: cancel",
        (Grip::Start | Grip::End, Manner::Change) => "Esc cancels",
    }
}
