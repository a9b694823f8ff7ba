//! The policy, in parts that each fit one page of the dialog. Each change is one edit of the whole policy.

mod deadlines;
mod due;
mod emergency;
mod limits;
mod recording;
mod services;
mod types;

use egui::Ui;

use super::labelled_row::labelled_row;
use crate::model::{Edit, Policy};
use crate::session::PolicyPage;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{head, muted};

/// A callback that takes a change to the policy.
type PolicyChange<'a> = dyn FnMut(&dyn Fn(&mut Policy)) + 'a;

/// Draws one part.
pub fn policy_ui(ui: &mut Ui, cx: &Cx<'_>, part: PolicyPage) {
    let policy = cx.plan().policy();
    let mut changed: Option<Policy> = None;
    let mut change = |with: &dyn Fn(&mut Policy)| with(changed.get_or_insert_with(|| Policy::clone(policy)));
    match part {
        PolicyPage::Deadlines => {
            deadlines::severities_ui(ui, cx, policy, &mut change);
            due::due_ui(ui, cx, policy, &mut change);
        }
        PolicyPage::Windows => types::types_ui(ui, cx, policy, &mut change),
        PolicyPage::Ladders => limits::ladders_ui(ui, cx, policy, &mut change),
        PolicyPage::Fit => limits::fit_ui(ui, cx, policy, &mut change),
        PolicyPage::Recording => recording::recording_ui(ui, cx, policy, &mut change),
        PolicyPage::Nights => limits::nights_ui(ui, cx, policy, &mut change),
        PolicyPage::Services => services::services_ui(ui, cx, policy, &mut change),
    }
    if let Some(policy) = changed {
        cx.edit(Edit::SetPolicy(policy));
    }
}

/// The button that resets the whole policy.
pub fn reset_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let is_default = **cx.plan().policy() == Policy::default();
    let back = ui.add_enabled(!is_default, egui::Button::new("Reset to the defaults"));
    if back.on_hover_text("Reset the whole policy, not only this page").clicked() {
        cx.edit(Edit::SetPolicy(Policy::default()));
    }
}

/// A heading inside a part, with a one-line description.
fn section(ui: &mut Ui, cx: &Cx<'_>, title: &str, what: &str) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(head(title));
        ui.label(muted(cx, what));
    });
}

/// The column headings of a table, each with a tooltip.
fn headings(ui: &mut Ui, cx: &Cx<'_>, columns: &[(&str, &str)]) {
    for (title, what) in columns {
        ui.label(muted(cx, *title)).on_hover_text(*what);
    }
    ui.end_row();
}

/// A row of a part: the setting's name, its field, a short description, and a tooltip.
fn setting<R>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &str,
    what: &str,
    hover: &str,
    field: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let mut given = None;
    let shown = ui.scope(|ui| {
        labelled_row(ui, cx, label, |ui| {
            given = Some(field(ui));
            ui.label(muted(cx, what));
        });
    });
    shown.response.on_hover_text(hover);
    given
}
