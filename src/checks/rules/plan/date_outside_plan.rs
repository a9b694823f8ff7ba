//! P010 date-outside-plan: a date that somebody entered has no effect, because it is outside the plan's months.

use chrono::NaiveDate;

use crate::checks::{Check, CommonCause, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{
    DatedChange, Edit, Exception, HolidayCalendar, Horizon, MaintenanceWindow, OccurrenceChange, Subject,
};
use crate::schedule::WindowSchedule;
use crate::wording::typed::is_in_range;
use crate::wording::{counted, date, dates, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "P010",
    name: "date-outside-plan",
    severity: Severity::Warning,
    summary: "An occurrence is moved or added to a date outside the plan's months, or a dated change begins after them, or \
              a freeze or a holiday calendar has no day in them. It is a note if nothing of the plan's months is affected.",
    why: "Dates outside the plan's months are in no view of the year and are not checked. Often the year is mistyped.",
    example: "Core DB, Sat 9 Jan 2027 is moved to Sat 15 Jan 2028, outside the plan's months, Fri 1 Jan 2027 to Fri 31 \
              Dec 2027.",
    remedy: "Correct or remove the date, or extend the plan.",
    checks: &[Check::Window(check_window), Check::Freezes(check_freezes), Check::Records(check_holidays)],
    fix: Some(put_back),
    fold: Some(in_one_line),
};

fn check_window(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let horizon = cx.plan().horizon();
    // Which exceptions have an effect follows from the window's dates, and these are not known.
    if window.expansion.problem.is_some() {
        return;
    }
    let name = &window.window.name;
    let outside_plan = || outside_in_words(horizon);
    let mut without_effect = Vec::new();
    for exception in &window.window.exceptions {
        let Some(to) = outside(exception, horizon) else { continue };
        let Some(occurrence) = window.expansion.occurrence_on(exception.on) else {
            without_effect.push(date(to));
            continue;
        };
        let message = format!("{name}, {} is moved to {}, {}", date(exception.on), date(to), outside_plan());
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message));
    }
    if !without_effect.is_empty() {
        let count = counted(without_effect.len(), "moved or added date");
        let which = list_in_sentence(&without_effect, MOST_NAMES);
        let message = format!("{name}: {count} {}: {which}", outside_plan());
        sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message).with_severity(Severity::Note));
    }
    for change in window.window.changes.iter().filter(|change| is_after(change, horizon)) {
        let message = format!("{name}: the change from {} on is {}", date(change.from), outside_plan());
        sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message).with_severity(Severity::Note));
    }
}

/// Whether the change begins after the plan's months. An earlier one applies to all of them.
fn is_after(change: &DatedChange, horizon: Horizon) -> bool {
    is_in_range(change.from) && change.from > horizon.last()
}

/// The date outside the plan's months to which an exception moves or adds an occurrence.
fn outside(exception: &Exception, horizon: Horizon) -> Option<NaiveDate> {
    let to = match exception.change {
        OccurrenceChange::Moved { to, .. } => to,
        OccurrenceChange::Added { .. } => exception.on,
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Restored => return None,
    };
    // P014 reports years that are impossible.
    let is_possible = is_in_range(to) && is_in_range(exception.on);
    Some(to).filter(|to| is_possible && !horizon.contains(*to))
}

fn check_freezes(cx: &Context<'_>, sink: &mut Sink) {
    let horizon = cx.plan().horizon();
    for freeze in cx.plan().freezes() {
        // P011 and P014 report the others.
        let is_possible =
            freeze.first_on <= freeze.last_on && is_in_range(freeze.first_on) && is_in_range(freeze.last_on);
        if is_possible && freeze.spans(horizon.from, horizon.last()).is_empty() {
            let days = dates(freeze.first_on, freeze.last_on);
            let message = format!("Freeze {}, {days}, is {}", freeze.name, outside_in_words(horizon));
            let finding = Finding::new(&RULE, Subject::Freeze(freeze.id.clone()), message);
            sink.add(finding.with_severity(Severity::Note));
        }
    }
}

/// A calendar often has the holidays of many years, so only one without any day in the plan's months is reported.
fn check_holidays(cx: &Context<'_>, sink: &mut Sink) {
    let horizon = cx.plan().horizon();
    let is_outside = |calendar: &HolidayCalendar| calendar.days.iter().all(|day| !horizon.contains(day.on));
    for calendar in cx.plan().holidays() {
        let days = calendar.days.iter().map(|day| day.on);
        let Some((first, last)) = days.clone().min().zip(days.max()) else { continue };
        if is_outside(calendar) {
            let count = counted(calendar.days.len(), "holiday");
            let days = dates(first, last);
            let message = format!("{}: {count}, {days}, {}", calendar.name, outside_in_words(horizon));
            let finding = Finding::new(&RULE, Subject::Holidays(calendar.id.clone()), message);
            sink.add(finding.with_severity(Severity::Note));
        }
    }
}

fn outside_in_words(horizon: Horizon) -> String {
    format!("outside the plan's months, {}", dates(horizon.from, horizon.last()))
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let count = counted(cause.findings.len(), "date");
    format!("{}: {count} moved {}", cause.name(cx), outside_in_words(cx.plan().horizon()))
}

/// Restores an occurrence of the plan's months, or removes the exceptions that have no effect.
fn put_back(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    if let Some(on) = finding.on {
        let edit = Edit::RestoreOccurrence { window: window.id().clone(), on };
        return Some(Fix { label: format!("Restore to {}", date(on)), edit });
    }
    let horizon = cx.plan().horizon();
    let has_effect =
        |each: &Exception| outside(each, horizon).is_none() || window.expansion.occurrence_on(each.on).is_some();
    let mut without = MaintenanceWindow::clone(&window.window);
    without.exceptions.retain(has_effect);
    without.changes.retain(|change| !is_after(change, horizon));
    let exceptions = window.window.exceptions.len() - without.exceptions.len();
    let count = match window.window.changes.len() - without.changes.len() {
        0 => counted(exceptions, "exception"),
        changes if exceptions == 0 => counted(changes, "dated change"),
        changes => counted(exceptions + changes, "entry"),
    };
    Some(Fix { label: format!("Remove {count} without effect"), edit: Edit::PutWindow(without) })
}
