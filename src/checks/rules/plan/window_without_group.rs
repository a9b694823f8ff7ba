//! P002 window-without-group: a window in which nothing is patched.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::WindowSchedule;

pub static RULE: Rule = Rule {
    code: "P002",
    name: "window-without-group",
    severity: Severity::Warning,
    summary: "A window has no group and no systems.",
    why: "Nobody knows what it patches, whether the work fits, or whom to tell. It reserves hours for nothing.",
    example: "Infrastructure maintenance was imported from a list of dates and covers no systems yet.",
    remedy: "Assign a group or systems to the window, or remove it.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    if window.window.groups.is_empty() && window.window.systems.is_empty() {
        let message = format!("{} has no group and no systems", window.window.name);
        sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
    }
}
