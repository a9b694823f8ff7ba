//! R001 ladder-out-of-order: a later group is patched before an earlier one.

use crate::checks::facts::ladder_order::LadderOrder;
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;
use crate::wording::{counted, date, moment};

pub static RULE: Rule = Rule {
    code: "R001",
    name: "ladder-out-of-order",
    severity: Severity::Error,
    summary: "In the cycle of a release, a group is patched before the previous group on the ladder has finished.",
    why: "The order makes sure that a bad patch breaks test machines and not the business. Out of order, the later \
          group becomes the test.",
    example: "In the cycle of 9 March, The rest is patched on Sat 13 Mar, but Pilot only on Mon 15 Mar.",
    remedy: "Move one of the two windows, or change the order of the groups if this order is intended.",
    checks: &[Check::Ladder(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, ladder: &LadderOrder<'_>, sink: &mut Sink) {
    for early in ladder.too_early.iter().filter(|early| early.is_out_of_order()) {
        let message = format!(
            "{} is patched on {}, before {} finishes on {}; cycle of {}",
            early.group.name,
            moment(early.window.local(early.occurrence.start_at)),
            early.before.name,
            moment(early.window.local(early.before_end_at)),
            date(cx.schedule.zone.local(early.released_at).date()),
        );
        let finding = Finding::for_occurrence(&RULE, early.window, early.occurrence, message);
        sink.add(finding.with_other(Subject::Group(early.group.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let first = cause.first_in_words(cx);
    format!("{} is patched before its turn {}{first}", cause.name(cx), counted(cause.occurrences(), "time"))
}
