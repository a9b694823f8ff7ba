//! P005 group-without-systems: a rung of a ladder that holds nothing.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink, Subject};

pub static RULE: Rule = Rule {
    code: "P005",
    name: "group-without-systems",
    severity: Severity::Warning,
    summary: "A group is empty.",
    why: "An empty Test group means that the next group is the test. Its windows are held for nothing.",
    example: "Test of Desktops has no systems.",
    remedy: "Put systems into the group, or take it off the ladder.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for ladder in &cx.plan().ladders {
        for group in ladder.groups.iter().filter(|group| group.systems.is_empty()) {
            let message = format!("{} of {} has no systems", group.name, ladder.name);
            let finding = Finding::new(&RULE, Subject::Group(group.id.clone()), message);
            sink.add(finding.with_other(Subject::Ladder(ladder.id.clone())));
        }
    }
}
