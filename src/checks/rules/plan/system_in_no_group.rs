//! P003 system-in-no-group: a system that no release reaches.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;

pub static RULE: Rule = Rule {
    code: "P003",
    name: "system-in-no-group",
    severity: Severity::Warning,
    summary: "A system is on no ladder.",
    why: "Releases climb ladders. Nothing says when a release reaches a system on no ladder, even if it has a window, \
          and it is easily forgotten.",
    example: "Payroll is on no ladder: cycles and deadlines leave it out.",
    remedy: "Put the system in a group of the ladder for its class, or remove it from the plan.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    let mut has_group = vec![false; plan.systems().len()];
    for position in cx.schedule.reaches.iter().flat_map(|reach| reach.systems.iter().flatten()) {
        has_group[*position as usize] = true;
    }
    for (system, _) in plan.systems().iter().zip(has_group).filter(|(_, has_group)| !has_group) {
        let message = format!("{} is on no ladder: cycles and deadlines leave it out", system.name);
        sink.add(Finding::new(&RULE, Subject::System(system.id.clone()), message));
    }
}
