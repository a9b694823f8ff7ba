//! F001 window-in-freeze: an occurrence falls in a freeze that covers it.

use crate::checks::facts::free_dates::{by_weeks, to_free_date};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::{FreezeTimes, WindowSchedule};
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "F001",
    name: "window-in-freeze",
    severity: Severity::Error,
    summary: "An occurrence falls in a change freeze that covers one of its systems, and is not exempt from it.",
    why: "Changes are forbidden then. The window will be declined at the last moment, when all other dates are taken.",
    example: "Freeze Year end covers 13 December to 3 January; Core DB patching is planned for Sat 18 Dec.",
    remedy: "Move the occurrence out of the freeze, skip it, or get an exemption approved and enter it in the freeze.",
    checks: &[Check::WindowFreeze(check)],
    fix: Some(move_out),
    fold: Some(in_one_line),
};

fn check(_: &Context<'_>, window: &WindowSchedule, frozen: &FreezeTimes<'_>, sink: &mut Sink) {
    if !frozen.covers(window) {
        return;
    }
    for (occurrence, time) in frozen.occurrences(window) {
        let on = date(occurrence.on());
        let message = [&*window.window.name, ", ", &on, " falls in ", frozen.in_words(time)].concat();
        let freeze = Subject::Freeze(frozen.freeze.id.clone());
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message).with_other(freeze));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let first = cause.dates(cx).map_or_else(String::new, |(first, _)| format!(", from {} on", date(first)));
    format!("Freeze {} covers {}{first}", cause.name(cx), cause.occurrences_in_words())
}

/// Moves the occurrence by whole weeks to the nearest free date; of two equally near ones to the later.
fn move_out(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    const WEEKS: i64 = 26;
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let nearest_first = (1..=WEEKS).flat_map(|weeks| [weeks, -weeks]);
    to_free_date(cx, window, occurrence, by_weeks(occurrence, nearest_first))
}
