//! What is left of an occurrence whose systems were not all patched: another date, and the deadlines at risk.

use std::sync::Arc;

use egui::Ui;

use crate::checks::{MissedWork, OfferedDate};
use crate::model::{Edit, NightKey, Plan, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Pointer, kept};
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::wording;

/// What is shown, without the plan that it follows from.
struct Missed {
    lines: Vec<String>,
    /// The words on the button that adds the date.
    add: Option<(String, Edit)>,
}

/// What it follows from.
type Inputs = (Pointer<Plan>, UtcMinute, NightKey);

/// Draws nothing if nothing is left to do.
pub fn missed_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    let found = find(ui, cx, window, occurrence);
    let Some(missed) = &*found else { return };
    ui.add_space(8.0);
    ui.label(strong("What is left"));
    rule(ui, cx);
    for line in &missed.lines {
        text(ui, muted(cx, line));
    }
    if let Some((label, edit)) = &missed.add {
        let help = "Add this date to the window, for the systems that are left";
        if ui.button(label.as_str()).on_hover_text(help).clicked() {
            cx.edit(edit.clone());
        }
    }
}

/// Looked for once for a plan and a minute: finding a free date takes longer than a frame.
fn find(ui: &Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> Arc<Option<Missed>> {
    let (window_id, on) = super::key(window, occurrence);
    let inputs: Inputs = (Pointer::to(cx.plan_pointer()), cx.now(), NightKey { window: window_id, on });
    let id = ui.scope_id().with("what is left");
    kept(ui.ctx(), id, inputs, || {
        let found = MissedWork::find(&cx.document().context(), window, occurrence, cx.now())?;
        let add = |offer: &OfferedDate| (format!("Add {}", wording::date(offer.on)), offer.edit.clone());
        Some(Missed { lines: found.lines(window, &cx.schedule().zone), add: found.offer.as_ref().map(add) })
    })
}
