//! R002 soak-too-short: less than the soak time between two groups.

use chrono::NaiveDate;

use crate::checks::facts::free_dates::to_free_date;
use crate::checks::facts::ladder_order::LadderOrder;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{LocalMinute, Minutes, Subject};
use crate::schedule::Reach;
use crate::wording::{counted, date, moment};

pub static RULE: Rule = Rule {
    code: "R002",
    name: "soak-too-short",
    severity: Severity::Warning,
    summary: "In the cycle of a release, a group is patched before the soak time after the previous group is over.",
    why: "Some faults only show under load. The soak time reveals them on a few machines before they reach many.",
    example: "Pilot finishes on Thu 11 Mar at 02:00 and soaks for 3 days; The rest starts on Sat 13 Mar at 22:00, 4 \
              h too early.",
    remedy: "Move the window of the later group to a later date, or shorten the previous group's soak time if less \
             is enough.",
    checks: &[Check::Ladder(check)],
    fix: Some(move_later),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, ladder: &LadderOrder<'_>, sink: &mut Sink) {
    for early in ladder.too_early.iter().filter(|early| !early.is_out_of_order()) {
        let missing = Minutes(early.allowed_at.since(early.occurrence.start_at).unsigned_abs());
        let message = format!(
            "{} on {} starts {missing} too early, since {} soaks for {}; cycle of {}",
            early.window.window.name,
            moment(early.window.local(early.occurrence.start_at)),
            early.before.name,
            early.soak,
            date(cx.schedule.zone.local(early.released_at).date()),
        );
        let finding = Finding::for_occurrence(&RULE, early.window, early.occurrence, message);
        sink.add(finding.with_other(Subject::Group(early.group.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (times, first) = (counted(cause.occurrences(), "time"), cause.first_in_words(cx));
    format!("{} starts before the previous group has soaked, {times}{first}", cause.name(cx))
}

/// Moves the occurrence by whole days to the first free date on which the soak time is over, at the same hour.
fn move_later(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let group = finding.other.as_ref()?;
    let has_group = |reach: &&Reach| reach.ladder.groups.iter().any(|each| Subject::Group(each.id.clone()) == *group);
    let ladder = LadderOrder::new(cx, cx.schedule.reaches.iter().find(has_group)?);
    let early = ladder
        .too_early
        .iter()
        .find(|early| early.window.id() == window.id() && std::ptr::eq(early.occurrence, occurrence))?;
    let time = occurrence.local_start.time();
    let start_at = |on| window.expansion.zone.resolve(LocalMinute::new(on, time)).at;
    // Any later, it would belong to the next cycle.
    let in_time = |on: &NaiveDate| (early.allowed_at..early.next_at).contains(&start_at(*on));
    to_free_date(cx, window, occurrence, occurrence.on().iter_days().skip(1).take(60).filter(in_time))
}
