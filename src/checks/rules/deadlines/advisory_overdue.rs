//! S002 advisory-overdue: past its date and not in.

use crate::checks::words::{date, moment};
use crate::checks::{Check, Context, Finding, Rule, Severity, Sink, Subject};
use crate::model::day_number;
use crate::schedule::Carriage;

pub static RULE: Rule = Rule {
    code: "S002",
    name: "advisory-overdue",
    severity: Severity::Error,
    summary: "The date by which an advisory must be in has passed, it is not marked as in, and nobody decided that it need not go in.",
    why: "From that date on the systems are open for longer than the organisation allows itself, and auditors ask who decided so.",
    example: "CVE-2027-1234 Heap overflow: due Thu 11 Mar 2027, 10 days ago, and not in; Core DB patching carries it on Sat 27 Mar.",
    remedy: "Have it installed in an emergency window, or record the decision: mitigated, accepted or not affected. Where \
             it is in already, enter the day.",
    checks: &[Check::Advisory(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, carriage: &Carriage<'_>, sink: &mut Sink) {
    let zone = &cx.schedule.zone;
    let Some(due_on) = carriage.due_on(zone).filter(|_| carriage.is_overdue(cx.today, zone)) else { return };
    let ago = match day_number(cx.today) - day_number(due_on) {
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    let next = match carriage.last() {
        Some((window, occurrence)) => {
            format!("in everywhere with {}, {}", window.window.name, moment(window, occurrence.start_at))
        }
        None if carriage.systems.is_empty() => "no system is said to be affected".to_owned(),
        None => "no window of the plan carries it everywhere".to_owned(),
    };
    let advisory = carriage.advisory;
    let message = format!("{} {}: due {}, {ago}, and not in; {next}", advisory.number(), advisory.title, date(due_on));
    let finding = Finding::new(&RULE, Subject::Advisory(advisory.id.clone()), message);
    sink.add(Finding { at: carriage.due_at, ..finding });
}
