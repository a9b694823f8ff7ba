//! C011 watch-missing: nobody watches after a window that has a watch, or nothing was written down.

use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{Duty, LocalMinute, MaintenanceWindow, Outcome, Subject};
use crate::schedule::night::watch_times;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "C011",
    name: "watch-missing",
    severity: Severity::Warning,
    summary: "Nobody is booked for the watch after an occurrence of a window that has one, or the watch is over and its \
              result was not written down. Only watches that began after results began to be recorded are looked at, \
              and none after a night that was rolled back.",
    why: "Some faults only show under load, on the next working day or at the end of the month. Somebody must look for \
          them while people still remember what was changed.",
    example: "Core DB patching, Sat 13 Mar 2027: the watch ended on Mon 15 Mar 2027, and nothing was written down.",
    remedy: "Book a person or a team for the watch. Write its result into the record of the night, on screen or with \
             windowsill record watch. If nobody has to watch, remove the watch from the window.",
    checks: &[Check::Window(check_booked), Check::WindowNights(check_written)],
    fix: None,
    fold: Some(in_one_line),
};

/// Reports coming occurrences whose watch nobody has: all of a window at once if nobody is booked at all.
fn check_booked(cx: &Context<'_>, schedule: &WindowSchedule, sink: &mut Sink) {
    let window = &*schedule.window;
    if window.watch.is_none() {
        return;
    }
    let all = &schedule.expansion.occurrences;
    let to_come = &all[all.partition_point(|occurrence| occurrence.on() < cx.today)..];
    let Some(first) = to_come.first() else { return };
    if !window.bookings.iter().any(|booking| booking.duty == Duty::Watch) {
        let which = match to_come.len() {
            1 => date(first.on()),
            count => format!("{} from {} on", counted(count, "occurrence"), date(first.on())),
        };
        let message = format!("{}: nobody is booked for the watch afterwards, {which}", window.name);
        sink.add(Finding::new(&RULE, Subject::Window(window.id.clone()), message));
        return;
    }
    for occurrence in to_come.iter().filter(|occurrence| !is_booked(window, occurrence)) {
        let message = format!("{}, {}: nobody is booked for the watch afterwards", window.name, date(occurrence.on()));
        sink.add(Finding::for_occurrence(&RULE, schedule, occurrence, message));
    }
}

fn is_booked(window: &MaintenanceWindow, occurrence: &Occurrence) -> bool {
    let is_for_it = |on: Option<chrono::NaiveDate>| on.is_none_or(|only| only == occurrence.original_on());
    window.bookings.iter().any(|booking| booking.duty == Duty::Watch && is_for_it(booking.on))
}

/// Reports watches that were over before today and have no result.
fn check_written(cx: &Context<'_>, schedule: &WindowSchedule, sink: &mut Sink) {
    let Some(from) = cx.plan().policy().recording_from.filter(|_| schedule.window.watch.is_some()) else { return };
    let midnight = |on| cx.schedule.zone.resolve(LocalMinute::midnight(on)).at;
    let (from_at, until_at) = (midnight(from), midnight(cx.today));
    for occurrence in &schedule.expansion.occurrences {
        let Some((begins_at, ends_at)) = watch_times(cx.plan(), schedule, occurrence) else { continue };
        let is_over = begins_at > from_at && ends_at <= until_at;
        if is_over && is_unwritten(cx, schedule, occurrence) {
            let (name, on) = (&schedule.window.name, date(occurrence.on()));
            let ended = date(schedule.local(ends_at).date());
            let message = format!("{name}, {on}: the watch ended on {ended}, and nothing was written down");
            sink.add(Finding::for_occurrence(&RULE, schedule, occurrence, message));
        }
    }
}

/// What was rolled back needs no watch.
fn is_unwritten(cx: &Context<'_>, schedule: &WindowSchedule, occurrence: &Occurrence) -> bool {
    let record = cx.plan().nights().for_occurrence(schedule.id(), occurrence.original_on());
    record.is_none_or(|record| {
        let is_rolled_back = record.ending.as_ref().is_some_and(|ending| ending.outcome == Outcome::RolledBack);
        let is_written = record.watch.as_ref().is_some_and(|watch| watch.outcome.is_some());
        !is_rolled_back && !is_written
    })
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    format!("{name}: nobody is booked for the watch, or its result is missing, after {which}{first}")
}
