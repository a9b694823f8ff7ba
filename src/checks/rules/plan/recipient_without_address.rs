//! P018 recipient-without-address: somebody is to be informed but cannot be written to.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{InformedOf, Subject, address};

pub static RULE: Rule = Rule {
    code: "P018",
    name: "recipient-without-address",
    severity: Severity::Warning,
    summary: "A person or team is to be informed of maintenance windows, but has no valid e-mail address.",
    why: "Invites and updates cannot be sent to them, so they learn of the work when systems stop.",
    example: "SOC is informed of everything, but has no e-mail address.",
    remedy: "Enter an e-mail address, or set what they are informed of to nothing.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    for person in plan.people() {
        report(&person.name, &person.email, &person.informed_of, || Subject::Person(person.id.clone()), sink);
    }
    for team in plan.teams() {
        report(&team.name, &team.email, &team.informed_of, || Subject::Team(team.id.clone()), sink);
    }
}

fn report(name: &str, email: &str, informed_of: &InformedOf, subject: impl FnOnce() -> Subject, sink: &mut Sink) {
    if address(email).is_some() {
        return;
    }
    let what = match informed_of {
        InformedOf::Nothing => return,
        InformedOf::Bookings => "own bookings",
        InformedOf::Affecting { .. } => "what affects some systems",
        InformedOf::Everything => "everything",
    };
    let message = match email.trim() {
        "" => format!("{name} is informed of {what}, but has no e-mail address"),
        invalid => format!("{name} is informed of {what}, but the e-mail address \"{invalid}\" is invalid"),
    };
    sink.add(Finding::new(&RULE, subject(), message));
}
