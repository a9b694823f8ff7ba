//! The rollback: its steps, when it was last tested, and the point of no return.

use egui::Ui;

use super::change;
use super::paragraph::paragraph;
use crate::model::{Irreversible, Minutes};
use crate::schedule::WindowSchedule;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::muted;
use crate::wording::date;

/// The reserve, the day of the last test, and the point of no return.
pub fn summary(window: &WindowSchedule) -> String {
    let reserve = window.usual_fit().map(|fit| fit.rollback.to_string()).ok();
    let tested = window.window.backout.tested_on.map(|on| format!("tested {}", date(on)));
    let ends = window.window.irreversible.as_ref().map(|step| format!("point of no return after {}", step.after));
    [reserve, tested, ends].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn rollback_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    paragraph(ui, cx, window, "Backout plan", "The steps to roll back, one per line", |window| {
        &mut window.backout.steps
    });
    ui.horizontal(|ui| {
        ui.label("Last tested");
        if let Some(tested_on) = fields::optional_date(ui, cx, "Rollback tested on", window.window.backout.tested_on) {
            change(cx, &window.window, |window| window.backout.tested_on = tested_on);
        }
    });
    ui.horizontal(|ui| {
        ui.label("Cutoff");
        if let Some(cutoff) = fields::optional_length(ui, "Cutoff after the start", window.window.cutoff) {
            change(cx, &window.window, |window| window.cutoff = cutoff);
        }
        ui.label(muted(cx, "after the start"));
    });
    irreversible_ui(ui, cx, window);
}

/// The step after which rolling back is impossible. Setting its time creates it.
fn irreversible_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let irreversible = window.window.irreversible.as_ref();
    ui.horizontal(|ui| {
        ui.label("Point of no return");
        let after = irreversible.map(|step| step.after);
        if let Some(after) = fields::optional_length(ui, "Point of no return after the start", after) {
            let step = irreversible.map(|step| step.step.clone()).unwrap_or_default();
            change(cx, &window.window, |window| {
                window.irreversible = after.map(|after: Minutes| Irreversible { after, step });
            });
        }
        ui.label(muted(cx, "after the start"));
    });
    if let Some(irreversible) = irreversible
        && let Some(step) = fields::text(ui, "Step of no return", &irreversible.step, "The step that cannot be undone")
    {
        let after = irreversible.after;
        change(cx, &window.window, |window| window.irreversible = Some(Irreversible { after, step }));
    }
}
