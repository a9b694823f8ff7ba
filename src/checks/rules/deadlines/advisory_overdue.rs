//! S002 advisory-overdue: an advisory is past its due date and not installed.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{Subject, day_number};
use crate::schedule::Rollout;
use crate::wording::{counted, date, moment};

pub static RULE: Rule = Rule {
    code: "S002",
    name: "advisory-overdue",
    severity: Severity::Error,
    summary: "The due date of an advisory has passed, it is not installed, and nobody has decided that it \
              can be left out.",
    why: "From that date on the systems are exposed for longer than the organisation allows, and auditors ask who \
          decided that.",
    example: "CVE-2027-1234 Heap overflow: due Thu 11 Mar 2027, 10 days ago, and not installed; Core DB patching, \
              Sat 27 Mar 2027 22:00 completes it.",
    remedy: "Install it in an emergency window, or record a decision: mitigated, accepted or not affected. If it is \
             installed already, record the result of the occurrence or enter the date.",
    checks: &[Check::Advisory(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, rollout: &Rollout<'_>, sink: &mut Sink) {
    let zone = &cx.schedule.zone;
    let Some(due_on) = rollout.due_on(zone).filter(|_| rollout.is_overdue(cx.today, zone)) else { return };
    let ago = match day_number(cx.today) - day_number(due_on) {
        1 => "yesterday".to_owned(),
        days => format!("{} ago", counted(days, "day")),
    };
    let next = match rollout.last() {
        Some((window, occurrence)) => {
            format!("{}, {} completes it", window.window.name, moment(window.local(occurrence.start_at)))
        }
        None if rollout.systems.is_empty() => "no affected systems are listed".to_owned(),
        None => "no window of the plan completes it".to_owned(),
    };
    let advisory = rollout.advisory;
    let message =
        format!("{} {}: due {}, {ago}, and not installed; {next}", advisory.number(), advisory.title, date(due_on));
    let finding = Finding::new(&RULE, Subject::Advisory(advisory.id.clone()), message);
    sink.add(Finding { at: rollout.due_at, ..finding });
}
