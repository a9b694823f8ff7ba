//! W005 on-holiday: an occurrence falls on a public holiday.

use crate::checks::facts::free_dates::{by_weeks, to_free_date};
use crate::checks::facts::holidays::HolidayDay;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "W005",
    name: "on-holiday",
    severity: Severity::Warning,
    summary: "An occurrence falls on a public holiday of one of its systems' business areas. For a regional holiday \
              it is a note.",
    why: "Testers and vendors are away, and call-outs cost more. For a shop it may be the \
          busiest day.",
    example: "Web patching, Sun 28 Mar 2027 falls on Easter Sunday.",
    remedy: "Move the occurrence, or keep it if you want the quiet day and the team is booked.",
    checks: &[Check::WindowHolidays(check)],
    fix: Some(move_on),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for (occurrence, day) in cx.holidays().occurrences_on_holidays(window) {
        sink.add(report(window, occurrence, day));
    }
}

fn report(window: &WindowSchedule, occurrence: &Occurrence, day: HolidayDay<'_>) -> Finding {
    let mut what = day.holiday.name.clone();
    if !day.is_nationwide() {
        what = format!("{what} ({})", day.holiday.region);
    }
    let falls = if day.day == occurrence.start_day() {
        ["falls on ", &what].concat()
    } else {
        format!("runs into {what}, {}", date(day.holiday.on))
    };
    let message = [&*window.window.name, ", ", &date(occurrence.on()), " ", &falls].concat();
    let severity = if day.is_nationwide() { Severity::Warning } else { Severity::Note };
    Finding::for_occurrence(&RULE, window, occurrence, message)
        .with_other(Subject::Holidays(day.calendar.clone()))
        .with_severity(severity)
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let first = cause.first_in_words(cx);
    format!("{} fall on holidays of {}{first}", cause.occurrences_in_words(), cause.name(cx))
}

/// Moves the occurrence to the next free date of the same weekday, at most four weeks later.
fn move_on(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    to_free_date(cx, window, occurrence, by_weeks(occurrence, 1..=4))
}
