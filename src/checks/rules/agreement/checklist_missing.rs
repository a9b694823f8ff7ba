//! C007 checklist-missing: a window that needs a checklist has none.

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{
    ChecklistChoice, ChecklistSource, Edit, EffectiveChecklist, Ladder, MaintenanceWindow, Plan, Policy, Subject,
    WindowKind,
};
use crate::schedule::WindowSchedule;

pub static RULE: Rule = Rule {
    code: "C007",
    name: "checklist-missing",
    severity: Severity::Warning,
    summary: "A window whose type needs a checklist is planned without one, or with one that has no items or does \
              not exist.",
    why: "At night, steps that are not on paper are forgotten, and nobody can show \
          later that it was done.",
    example: "Core DB is planned without a checklist; Standard windows need one.",
    remedy: "Choose a checklist for the window, or add items to the empty one under Lists.",
    checks: &[Check::Window(check)],
    fix: Some(use_the_usual),
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let (plan, window) = (cx.plan(), &*window.window);
    let Some(lacks) = lacks(plan, window) else { return };
    if plan.policy().window_type(window.kind).is_some_and(|window_type| window_type.needs_checklist) {
        let message = format!("{} {lacks}; {} windows need one", window.name, window.kind.name());
        sink.add(Finding::new(&RULE, Subject::Window(window.id.clone()), message));
    }
}

/// What is wrong with the window's checklist, if anything.
fn lacks(plan: &Plan, window: &MaintenanceWindow) -> Option<String> {
    if window.checklist == ChecklistChoice::Usual && plan.checklist_id_for(window).is_none() {
        return None;
    }
    match plan.effective_checklist(window) {
        EffectiveChecklist::Without => Some("is planned without a checklist".to_owned()),
        EffectiveChecklist::Unknown(id) => Some(format!("has the checklist \"{id}\", which does not exist")),
        EffectiveChecklist::Template(template) if template.items.is_empty() => {
            Some(format!("has the checklist {}, which has no items", template.name))
        }
        EffectiveChecklist::Template(_) | EffectiveChecklist::Handbook => None,
    }
}

/// Gives the window its usual checklist. If that is the missing one, removes it from the window's groups and type.
fn use_the_usual(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let plan = cx.plan();
    let window = plan.windows().get(finding.window.as_ref()?)?;
    if window.checklist == ChecklistChoice::Usual {
        return remove_missing_checklists(plan, window);
    }
    let usual = MaintenanceWindow { checklist: ChecklistChoice::Usual, ..MaintenanceWindow::clone(window) };
    let is_complete = lacks(plan, &usual).is_none();
    is_complete.then(|| Fix { label: "Use the usual checklist".to_owned(), edit: Edit::PutWindow(usual) })
}

/// Removes the checklist from the group or type that names it. What is named next may be missing, too, so this is
/// repeated until the window has a checklist.
fn remove_missing_checklists(plan: &Plan, window: &MaintenanceWindow) -> Option<Fix> {
    let (mut after, mut steps) = (plan.clone(), Vec::new());
    while lacks(&after, window).is_some() {
        let (label, edit) = match after.checklist_source(window) {
            ChecklistSource::Group(ladder, group) => {
                let mut ladder = Ladder::clone(ladder);
                let groups = ladder.groups.iter_mut().filter(|each| each.id == group.id);
                groups.for_each(|each| each.checklist = None);
                (format!("Remove the checklist from {}", group.name), Edit::PutLadder(ladder))
            }
            ChecklistSource::WindowType => remove_from_type(&after, window.kind),
            ChecklistSource::Window | ChecklistSource::Handbook => return None,
        };
        after = after.apply(&edit).ok()?;
        steps.push((label, edit));
    }
    if steps.len() < 2 {
        return steps.pop().map(|(label, edit)| Fix { label, edit });
    }
    let edits = steps.into_iter().map(|(_, edit)| edit).collect();
    let label = "Remove missing checklists".to_owned();
    Some(Fix { label: label.clone(), edit: Edit::Together { label, edits } })
}

fn remove_from_type(plan: &Plan, kind: WindowKind) -> (String, Edit) {
    let mut policy = Policy::clone(plan.policy());
    policy.window_types.iter_mut().filter(|each| each.kind == kind).for_each(|each| each.checklist = None);
    (format!("Use the handbook's checklist for {} windows", kind.name()), Edit::SetPolicy(policy))
}
