//! P005 group-without-systems: a group of a ladder that has no systems.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;

pub static RULE: Rule = Rule {
    code: "P005",
    name: "group-without-systems",
    severity: Severity::Warning,
    summary: "A group has no systems.",
    why: "If Test is empty, the next group becomes the test. The windows of the empty group are reserved for nothing.",
    example: "Test of Desktops has no systems.",
    remedy: "Add systems to the group, or remove it from the ladder.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for ladder in cx.plan().ladders() {
        for group in ladder.groups.iter().filter(|group| group.systems.is_empty()) {
            let message = format!("{} of {} has no systems", group.name, ladder.name);
            let finding = Finding::new(&RULE, Subject::Group(group.id.clone()), message);
            sink.add(finding.with_other(Subject::Ladder(ladder.id.clone())));
        }
    }
}
