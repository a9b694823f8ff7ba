//! P012 system-without-hosts: a system in a window's scope has no hosts.

use crate::checks::{Check, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::WindowSchedule;
use crate::wording::list_in_sentence;

pub static RULE: Rule = Rule {
    code: "P012",
    name: "system-without-hosts",
    severity: Severity::Warning,
    summary: "A system that a window works on has no hosts.",
    why: "The fit counts hosts. Work on a system without any takes no time in it, so the window seems to fit.",
    example: "Core DB works on Core DB standby, which has no hosts, so its fit does not count that work.",
    remedy: "Enter the number of hosts, or remove the system from the window or its group.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let without: Vec<&str> =
        window.scope.systems.iter().filter(|system| system.hosts == 0).map(|system| system.name.as_str()).collect();
    if without.is_empty() {
        return;
    }
    let have = if without.len() == 1 { "has" } else { "have" };
    let systems = list_in_sentence(without, MOST_NAMES);
    let name = &window.window.name;
    let message = format!("{name} works on {systems}, which {have} no hosts, so its fit does not count that work");
    sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
}
