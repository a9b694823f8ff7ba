//! W009 carrier-maintenance: a carrier works on a circuit of the window's systems at the same hours.

use crate::checks::facts::carrier_work::AffectedSystem;
use crate::checks::facts::free_dates::{by_weeks, to_free_date};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{NoticeImpact, NoticeStatus, Subject};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::{date, moments};

pub static RULE: Rule = Rule {
    code: "W009",
    name: "carrier-maintenance",
    severity: Severity::Warning,
    summary: "A carrier works on a circuit that a system of the window depends on, at the same hours. It is a note \
              while the work is tentative, or if the circuit only loses its spare.",
    why: "Without its circuit, nobody reaches the system: updates do not arrive, checks fail, and a rollback may be \
          impossible. Two causes of one outage are hard to tell apart.",
    example: "Core DB patching, Sat 13 Mar 2027: carrier.example works on circuit IC-1 of Core DB, Sun 14 Mar 2027 \
              01:00 – 05:00 (outage).",
    remedy: "Move the occurrence, ask the carrier for another date, or make sure that the system has a second way in.",
    checks: &[Check::WindowNotices(check)],
    fix: Some(move_on),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for affected in cx.carrier_work().for_window(window) {
        let longest = window.lengths().max().unwrap_or_default().signed();
        let near = window.expansion.starting_from(affected.notice.starts_at.plus(-longest));
        let near = near.iter().take_while(|each| each.start_at < affected.notice.ends_at);
        near.filter(|each| affected.meets(each)).for_each(|each| sink.add(report(window, each, &affected)));
    }
}

fn report(window: &WindowSchedule, occurrence: &Occurrence, affected: &AffectedSystem<'_>) -> Finding {
    let AffectedSystem { notice, system, circuit, impact } = *affected;
    let carrier = if notice.provider.is_empty() { "the carrier" } else { &notice.provider };
    let times = moments(window.local(notice.starts_at), window.local(notice.ends_at));
    let status = match notice.status {
        NoticeStatus::Confirmed => String::new(),
        status => format!(", {status}"),
    };
    let message = format!(
        "{}, {}: {carrier} works on circuit {circuit} of {}, {times} ({impact}{status})",
        window.window.name,
        date(occurrence.on()),
        system.name
    );
    let is_certain = notice.status != NoticeStatus::Tentative && impact >= NoticeImpact::Degraded;
    Finding::for_occurrence(&RULE, window, occurrence, message)
        .with_other(Subject::Notice(notice.id.clone()))
        .with_severity(if is_certain { Severity::Warning } else { Severity::Note })
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let first = cause.first_in_words(cx);
    format!("{} take place during {}{first}", cause.occurrences_in_words(), cause.name(cx))
}

/// Moves the occurrence to the next free date of the same weekday, at most four weeks later.
fn move_on(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    to_free_date(cx, window, occurrence, by_weeks(occurrence, 1..=4))
}
