//! C009 duty-unattended: nobody has a duty, or its owner is away and nobody stands in.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{BulletinDuty, Subject};
use crate::schedule::bulletins::unread_days;
use crate::wording::{counted, dates};

pub static RULE: Rule = Rule {
    code: "C009",
    name: "duty-unattended",
    severity: Severity::Warning,
    summary: "A bulletin duty or a scan routine has nobody who is responsible, or the owner of a bulletin duty and the \
              stand-in are away at the same time, from today to the end of the plan.",
    why: "Vendors publish on their own days. A bulletin that waits for somebody to return from leave can cost the whole \
          time that the policy allows.",
    example: "Microsoft bulletins: nobody reads them on Mon 2 Aug 2027 to Fri 13 Aug 2027 (Ann Bell is away without a \
              stand-in).",
    remedy: "Name an owner and a stand-in who is there on those days.",
    checks: &[Check::Routines(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for duty in cx.plan().bulletin_duties() {
        if let Some(message) = problem(cx, duty) {
            sink.add(Finding::new(&RULE, Subject::BulletinDuty(duty.id.clone()), message));
        }
    }
    for routine in cx.plan().scan_routines().iter().filter(|routine| routine.who.is_none()) {
        let message = format!("{}: nobody is responsible", routine.name);
        sink.add(Finding::new(&RULE, Subject::ScanRoutine(routine.id.clone()), message));
    }
}

fn problem(cx: &Context<'_>, duty: &BulletinDuty) -> Option<String> {
    let plan = cx.plan();
    let Some(owner) = &duty.owner else { return Some(format!("{}: nobody is responsible", duty.name)) };
    let horizon = plan.horizon();
    let days = cx.today.max(horizon.from)..=horizon.last();
    let unread = unread_days(plan, duty, &days);
    let first = unread.first()?;
    let more = match unread.len() - 1 {
        0 => String::new(),
        more => format!(" and {}", counted(more, "more time")),
    };
    let owner = owner.name(plan);
    let why = match &duty.stand_in {
        Some(stand_in) => format!("{owner} and {} are away", stand_in.name(plan)),
        None => format!("{owner} is away without a stand-in"),
    };
    Some(format!("{}: nobody reads them on {}{more} ({why})", duty.name, dates(*first.start(), *first.end())))
}
