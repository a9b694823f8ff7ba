//! The two values of a conflict, what theirs would mean for dates and findings, and the buttons that choose one.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::Ui;

use crate::checks::{Finding, Findings, UNRESOLVED_CONFLICT, added_findings};
use crate::merge::{Side, conflict_in_words, resolution, sides_in_words};
use crate::model::{Conflict, ConflictKey, Edit, Plan, UtcMinute, WindowId};
use crate::schedule::Schedule;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::widgets::{muted, primary_button, strong, text};
use crate::wording::counted;

/// At most this many findings are listed.
const MOST_FINDINGS: usize = 4;

/// Which conflict the finding is about, and what taking their value would mean; kept while the plan is the same.
#[derive(Default)]
pub struct ConflictState {
    about: Memo<(Pointer<Plan>, String), Option<ConflictKey>>,
    effect: Memo<(Pointer<Plan>, ConflictKey), Effect>,
}

/// The edit that takes their value, and what it changes. Lines.
struct Effect {
    /// None if their value cannot be taken.
    edit: Option<Edit>,
    lines: Vec<String>,
}

/// Draws nothing for other findings.
pub fn conflict_ui(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding, state: &mut ConflictState) {
    if !finding.is_of(UNRESOLVED_CONFLICT) {
        return;
    }
    let plan = cx.plan();
    let about = state.about.get((Pointer::to(cx.plan_pointer()), finding.message.clone()), || {
        let is_about = |conflict: &&Arc<Conflict>| conflict_in_words(plan, conflict) == finding.message;
        plan.conflicts().iter().find(is_about).map(|conflict| conflict.key.clone())
    });
    let Some(conflict) = about.as_ref().as_ref().and_then(|key| plan.conflicts().get(key)) else { return };
    let inputs = (Pointer::to(cx.plan_pointer()), conflict.key.clone());
    let effect = state.effect.get(inputs, || Effect::new(cx, conflict));
    let [ours, theirs] = sides_in_words(plan, conflict);
    ui.add_space(10.0);
    ui.label(strong("Ours"));
    text(ui, ours);
    ui.label(muted(cx, "As the plan is now"));
    if ui.add_enabled_ui(cx.is_editable(), |ui| primary_button(ui, cx, "Keep ours")).inner.clicked() {
        cx.edit(Edit::RemoveConflict(conflict.key.clone()));
    }
    ui.add_space(10.0);
    ui.label(strong("Theirs"));
    text(ui, theirs);
    let can_take = cx.is_editable() && effect.edit.is_some();
    let is_taken = ui.add_enabled_ui(can_take, |ui| primary_button(ui, cx, "Take theirs")).inner.clicked();
    if let Some(edit) = effect.edit.as_ref().filter(|_| is_taken) {
        cx.edit(edit.clone());
    }
    for line in &effect.lines {
        text(ui, line.as_str());
    }
}

impl Effect {
    fn new(cx: &Cx<'_>, conflict: &Conflict) -> Self {
        let unusable = |problem: String| Self { edit: None, lines: vec![problem] };
        let edit = match resolution(cx.plan(), conflict, Side::Theirs) {
            Ok(edit) => edit,
            Err(error) => return unusable(error.to_string()),
        };
        let plan = match cx.plan().apply(&edit) {
            Ok(plan) => plan,
            Err(error) => return unusable(error.to_string()),
        };
        let schedule = Schedule::derive(&Arc::new(plan), Some(cx.schedule()));
        let findings = Findings::check(&schedule, cx.today(), Some(cx.findings()));
        let changed = changed_occurrences(cx.schedule(), &schedule);
        let mut lines = vec![match changed {
            0 => "No occurrence changes".to_owned(),
            changed => format!("{} would change", counted(changed, "occurrence")),
        }];
        let (mut added, mut resolved) =
            (added_findings(&findings, &[cx.findings()]), added_findings(cx.findings(), &[&findings]));
        drop_same(&mut added, &mut resolved);
        lines.extend(listed("New finding", &added));
        lines.extend(listed("Resolves", &resolved));
        Self { edit: Some(edit), lines }
    }
}

/// Drops findings that are on both sides, with other words: only a name in them would change.
fn drop_same(added: &mut Vec<&Arc<Finding>>, resolved: &mut Vec<&Arc<Finding>>) {
    let key = |finding: &Finding| (finding.rule.code, finding.subject.clone(), finding.window.clone(), finding.on);
    added.retain(|finding| {
        let same = resolved.iter().position(|other| key(other) == key(finding));
        same.map(|at| resolved.remove(at)).is_none()
    });
}

/// The first findings, without those about conflicts, and the number of the others.
fn listed(title: &str, findings: &[&Arc<Finding>]) -> Vec<String> {
    let others: Vec<_> = findings.iter().filter(|finding| !finding.is_of(UNRESOLVED_CONFLICT)).collect();
    let line = |finding: &&&Arc<Finding>| format!("{title}: {} {}", finding.rule.code, finding.message);
    let more = others.len().saturating_sub(MOST_FINDINGS);
    let lines = others.iter().take(MOST_FINDINGS).map(line);
    lines.chain((more > 0).then(|| format!("{title}: {more} more"))).collect()
}

/// How many occurrences the two schedules have at different times, or only one of them has.
fn changed_occurrences(old: &Schedule, new: &Schedule) -> usize {
    let times = |schedule: &Schedule| -> BTreeMap<(WindowId, NaiveDate), (UtcMinute, UtcMinute)> {
        let windows = schedule.windows.iter().flat_map(|window| {
            window.expansion.occurrences.iter().map(move |occurrence| (window.id().clone(), occurrence))
        });
        windows.map(|(id, each)| ((id, each.original_on()), (each.start_at, each.end_at))).collect()
    };
    let (old, new) = (times(old), times(new));
    let differs = |(key, times): &(&(WindowId, NaiveDate), &(UtcMinute, UtcMinute))| old.get(*key) != Some(*times);
    new.iter().filter(differs).count() + old.keys().filter(|key| !new.contains_key(*key)).count()
}
