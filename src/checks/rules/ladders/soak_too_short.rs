//! R002 soak-too-short: less than the soak time between two groups.

use chrono::NaiveDate;

use crate::checks::facts::free_dates::to_free_date;
use crate::checks::facts::ladder_order::LadderOrder;
use crate::checks::words::{counted, date, moment};
use crate::checks::{Cause, Check, Context, Finding, Fix, Rule, Severity, Sink, Subject};
use crate::model::{LocalMinute, Minutes};
use crate::schedule::Reach;

pub static RULE: Rule = Rule {
    code: "R002",
    name: "soak-too-short",
    severity: Severity::Warning,
    summary: "In the cycle of a release, a group is patched sooner after the group before it than the soak time allows.",
    why: "Some faults only show under load. The soak time is there to see them on few machines before they reach many.",
    example: "Pilot is through on Thu 11 Mar 02:00 and soaks for 3 days; The rest starts on Sat 13 Mar 22:00, 4 h too early.",
    remedy: "Move the later window back, or shorten the group's soak time if less is enough.",
    checks: &[Check::Ladder(check)],
    fix: Some(move_later),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, climb: &LadderOrder<'_>, sink: &mut Sink) {
    for early in climb.too_early.iter().filter(|early| !early.is_out_of_order()) {
        let missing = Minutes(early.allowed_at.since(early.occurrence.start_at).unsigned_abs());
        let message = format!(
            "{} on {} starts {missing} before the {} of soak after {} are over; cycle of {}",
            early.window.window.name,
            moment(early.window, early.occurrence.start_at),
            cx.plan().soak_after(early.before),
            early.before.name,
            date(cx.schedule.zone.local(early.released_at).date()),
        );
        let finding = Finding::on(&RULE, early.window, early.occurrence, message);
        sink.add(finding.with_other(Subject::Group(early.group.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let first = cause.first_in_words(cx);
    format!(
        "{} starts before the soak time before it is over {}{first}",
        cause.name(cx),
        counted(cause.occurrences(), "time")
    )
}

/// Moves the occurrence by whole days to the first free date on which the soak time is over, at the same hour.
fn move_later(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let reach = |id: &Subject| {
        let groups = |reach: &&Reach| reach.ladder.groups.iter().any(|group| Subject::Group(group.id.clone()) == *id);
        cx.schedule.reaches.iter().find(groups)
    };
    let climb = LadderOrder::new(cx, reach(finding.other.as_ref()?)?);
    let early = climb
        .too_early
        .iter()
        .find(|early| early.window.id() == window.id() && std::ptr::eq(early.occurrence, occurrence))?;
    let time = occurrence.local_start.time();
    let start_at = |on| window.expansion.zone.place(LocalMinute::new(on, time)).at;
    // Any later, and it would belong to the next cycle.
    let in_time = |on: &NaiveDate| (early.allowed_at..early.next_at).contains(&start_at(*on));
    to_free_date(cx, window, occurrence, occurrence.on().iter_days().skip(1).take(60).filter(in_time))
}
