//! F003 exemption-unapproved: a window is exempt from a freeze, and no approver is named.

use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::FreezeTimes;
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "F003",
    name: "exemption-unapproved",
    severity: Severity::Warning,
    summary: "A window is exempt from a change freeze, and the exemption names no approver.",
    why: "Somebody must answer for every change in a freeze. Without a name the exemption is questioned on the \
          night, when the person who could approve it is on holiday.",
    example: "Core DB patching is exempt from freeze Year end, but no approver is named; 1 occurrence goes ahead, on \
              Sat 18 Dec 2027.",
    remedy: "Enter who approved the exemption, or remove it and move the occurrences out of the freeze.",
    checks: &[Check::WindowFreeze(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(_: &Context<'_>, window: &WindowSchedule, frozen: &FreezeTimes<'_>, sink: &mut Sink) {
    let here = || frozen.freeze.exemptions.iter().filter(|exemption| exemption.window == *window.id());
    if here().next().is_some() && here().all(|exemption| exemption.approver.trim().is_empty()) {
        let freeze = Subject::Freeze(frozen.freeze.id.clone());
        let finding = Finding::new(&RULE, freeze, message(frozen, window));
        let window = window.id().clone();
        sink.add(Finding { window: Some(window.clone()), ..finding.with_other(Subject::Window(window)) });
    }
}

fn message(frozen: &FreezeTimes<'_>, window: &WindowSchedule) -> String {
    let (name, freeze) = (&window.window.name, &frozen.freeze.name);
    let here = frozen.occurrences(window).filter(|_| frozen.is_about(window));
    let dates: Vec<String> = here.map(|(occurrence, _)| date(occurrence.on())).collect();
    let ahead = match dates.as_slice() {
        [] => "no occurrence falls in it".to_owned(),
        [one] => format!("1 occurrence goes ahead, on {one}"),
        [first, ..] => format!("{} go ahead, the first on {first}", counted(dates.len(), "occurrence")),
    };
    format!("{name} is exempt from freeze {freeze}, but no approver is named; {ahead}")
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let windows = counted(cause.findings.len(), "window");
    format!("{windows} are exempt from freeze {}, but no approver is named", cause.name(cx))
}
