//! C007 checklist-missing: a window that needs a checklist has none.

use super::{Check, Context, Finding, Fix, Rule, Severity, Sink, Subject};
use crate::model::{ChecklistChoice, ChosenChecklist, Edit, MaintenanceWindow, Policy};
use crate::schedule::WindowSchedule;

pub static RULE: Rule = Rule {
    code: "C007",
    name: "checklist-missing",
    severity: Severity::Warning,
    checks: "A window whose type needs a checklist is planned without one, or with one that has no items or does not \
             exist.",
    why: "At two in the night nobody remembers 25 steps. What is not on paper is forgotten, and nobody can show later \
          that it was done.",
    example: "Core DB is planned without a checklist; Standard windows need one.",
    remedy: "Choose a checklist for the window, or give the empty one its items under Lists.",
    check: Check::Window(check),
    fix: Some(take_the_usual),
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let window = &window.window;
    if window.checklist == ChecklistChoice::Usual && cx.plan().checklist_named_for(window).is_none() {
        return;
    }
    let needs_one = cx.plan().policy.window_type(window.kind).is_some_and(|window_type| window_type.needs_checklist);
    let lacks = match cx.plan().checklist_of(window) {
        ChosenChecklist::Without => "is planned without a checklist".to_owned(),
        ChosenChecklist::Unknown(id) => format!("has the checklist \"{id}\", which does not exist"),
        ChosenChecklist::Template(template) if template.items.is_empty() => {
            format!("has the checklist {}, which has no items", template.name)
        }
        ChosenChecklist::Template(_) | ChosenChecklist::Handbook => return,
    };
    if needs_one {
        let message = format!("{} {lacks}; {} windows need one", window.name, window.kind.name());
        sink.add(Finding::new(&RULE, Subject::Window(window.id.clone()), message));
    }
}

/// The usual checklist for the window; where that is the one which is missing, the handbook's for its type.
fn take_the_usual(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let plan = cx.plan();
    let window = plan.windows.get(finding.window.as_ref()?)?;
    if window.checklist == ChecklistChoice::Usual {
        let mut policy = Policy::clone(&plan.policy);
        policy.window_types.iter_mut().filter(|each| each.kind == window.kind).for_each(|each| each.checklist = None);
        let label = format!("Use the handbook's checklist for {} windows", window.kind.name());
        return Some(Fix { label, edit: Edit::SetPolicy(policy) });
    }
    let usual = MaintenanceWindow { checklist: ChecklistChoice::Usual, ..MaintenanceWindow::clone(window) };
    let is_there = match plan.checklist_of(&usual) {
        ChosenChecklist::Handbook => true,
        ChosenChecklist::Template(template) => !template.items.is_empty(),
        ChosenChecklist::Unknown(_) | ChosenChecklist::Without => false,
    };
    is_there.then(|| Fix { label: "Use the usual checklist".to_owned(), edit: Edit::PutWindow(usual) })
}
