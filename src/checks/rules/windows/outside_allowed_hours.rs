//! W004 outside-allowed-hours: the business area does not allow work then.

use crate::checks::facts::allowed_hours::{in_words, real_period};
use crate::checks::facts::answers::areas_in_words;
use crate::checks::facts::free_dates::{is_free, moved_at};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{BusinessArea, Edit, LocalMinute, MaintenanceWindow, Minutes, Subject};
use crate::schedule::time::hours::{WeeklyHours, WorkPeriod};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::{moment, moments, time};

pub static RULE: Rule = Rule {
    code: "W004",
    name: "outside-allowed-hours",
    severity: Severity::Error,
    summary: "An occurrence is partly or entirely outside the hours in which the business area of one of its systems \
              allows work, on the window's clock.",
    why: "The area set its hours so that nobody is interrupted at work. A window outside them will be declined, or \
          cut short when the first user calls.",
    example: "Shop patching, Sat 13 Mar 2027 22:00 – 02:00, ends 1 h after the hours in which Retail allows work \
              (every day 21:00 – 01:00).",
    remedy: "Move the window into the allowed hours, shorten it, or agree on other hours and enter them in the area.",
    checks: &[Check::Window(check)],
    fix: Some(move_inside),
    fold: Some(in_one_line),
};

const DAY: i32 = 24 * 60;

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for (area, hours) in cx.limited_areas().limiting(window) {
        // Most occurrences of a window start at the same hour of the week, so the last result is usually the next one, too.
        let mut last: Option<(WorkPeriod, Option<String>)> = None;
        for occurrence in &window.expansion.occurrences {
            let period = real_period(window, occurrence);
            if last.as_ref().is_none_or(|(before, _)| *before != period) {
                last = Some((period, how_far_outside(hours, period)));
            }
            if let Some((_, Some(outside))) = &last {
                sink.add(report(window, occurrence, area, outside));
            }
        }
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, areas) = (cause.occurrences_in_words(), cause.name(cx), areas_in_words(cx, cause));
    let are = if cause.occurrences() == 1 { "is" } else { "are" };
    format!("{which} of {name} {are} outside the hours allowed by {areas}{}", cause.first_in_words(cx))
}

fn report(window: &WindowSchedule, occurrence: &Occurrence, area: &BusinessArea, outside: &str) -> Finding {
    let message = format!(
        "{}, {}, {outside} the hours in which {} allows work ({})",
        window.window.name,
        moments(window.local(occurrence.start_at), window.local(occurrence.end_at)),
        area.name,
        in_words(&area.allowed),
    );
    Finding::for_occurrence(&RULE, window, occurrence, message).with_other(Subject::Area(area.id.clone()))
}

/// How work relates to the allowed hours: "ends 2 h after"; none if it is within them.
fn how_far_outside(hours: &WeeklyHours, period: WorkPeriod) -> Option<String> {
    let minutes = |minutes: i32| Minutes(minutes.unsigned_abs());
    let parts = hours.within(period);
    Some(match parts.as_slice() {
        [] => "is outside".to_owned(),
        [part] => match (part.from - period.from, period.to - part.to) {
            (0, 0) => return None,
            (early, 0) => format!("starts {} before", minutes(early)),
            (0, late) => format!("ends {} after", minutes(late)),
            (early, late) => format!("starts {} before and ends {} after", minutes(early), minutes(late)),
        },
        parts => {
            let inside: i32 = parts.iter().map(|part| part.length()).sum();
            format!("is {} outside", minutes(period.length() - inside))
        }
    })
}

/// Starts the whole window at another time if none of its occurrences is within the hours, else moves this occurrence
/// within its night.
fn move_inside(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let areas = cx.limited_areas().limiting(window);
    let hours: Vec<&WeeklyHours> = areas.iter().map(|(_, hours)| hours).collect();
    start_for_all(window, occurrence, &hours).or_else(|| start_that_night(cx, window, occurrence, &hours))
}

fn is_inside(hours: &[&WeeklyHours], local_start: i32, duration: i32) -> bool {
    let period = WorkPeriod::new(local_start, duration);
    hours.iter().all(|hours| how_far_outside(hours, period).is_none())
}

/// The possible starts in the night of `local_start`, nearest first: where the hours of an area begin, or where the work
/// would end with them. The nearest of all possible starts is one of these.
fn starts(hours: &[&WeeklyHours], local_start: i32, duration: i32) -> Vec<i32> {
    let noon = local_start.saturating_sub(DAY / 2).div_euclid(DAY) * DAY + DAY / 2;
    let around = WorkPeriod::new(noon, 3 * DAY);
    let parts = hours.iter().flat_map(|hours| hours.within(around));
    let edges =
        parts.flat_map(|part| [part.from, part.to - duration]).map(|edge| noon.saturating_add(edge - around.from));
    let mut starts: Vec<i32> = edges
        .filter(|start| (noon..noon.saturating_add(DAY)).contains(start) && is_inside(hours, *start, duration))
        .collect();
    starts.sort_unstable_by_key(|start| ((start - local_start).abs(), *start));
    starts.dedup();
    starts
}

/// Starts the whole window at another time on the same dates. Not for a window that starts at another time from some date
/// on.
fn start_for_all(window: &WindowSchedule, occurrence: &Occurrence, hours: &[&WeeklyHours]) -> Option<Fix> {
    let all = &window.expansion.occurrences;
    let is_usual = |each: &&Occurrence| !window.window.has_own_start(each.original_on());
    let is_inside_by =
        |each: &Occurrence, by: i32| is_inside(hours, each.local_start.0.saturating_add(by), each.duration.signed());
    let changes_start = window.window.changes.iter().any(|change| change.start.is_some());
    if changes_start || all.len() < 2 || !is_usual(&occurrence) || all.iter().any(|each| is_inside_by(each, 0)) {
        return None;
    }
    let here = occurrence.local_start.0;
    let is_for_all = |by: i32| all.iter().filter(is_usual).all(|each| is_inside_by(each, by));
    let is_same_date = |start: &i32| start.div_euclid(DAY) == here.div_euclid(DAY);
    let starts = starts(hours, here, occurrence.duration.signed());
    let start = starts.into_iter().filter(is_same_date).find(|start| is_for_all(start - here))?;
    let start = LocalMinute(start).time();
    let edit = Edit::PutWindow(MaintenanceWindow { start, ..MaintenanceWindow::clone(&window.window) });
    Some(Fix { label: format!("Start all at {}", time(start)), edit })
}

/// Moves the one occurrence within its night.
fn start_that_night(
    cx: &Context<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    hours: &[&WeeklyHours],
) -> Option<Fix> {
    let duration = occurrence.duration.signed();
    let free = |start: &LocalMinute| {
        let moved = moved_at(window, occurrence, *start);
        let period = real_period(window, &moved);
        is_free(cx, window, occurrence, &moved) && hours.iter().all(|hours| how_far_outside(hours, period).is_none())
    };
    let starts = starts(hours, occurrence.local_start.0, duration).into_iter().map(LocalMinute);
    let start = { starts }.find(free)?;
    let label = if start.date() == occurrence.on() {
        format!("Start at {}", time(start.time()))
    } else {
        format!("Move to {}", moment(start))
    };
    Some(Fix { label, edit: window.move_to(occurrence, start) })
}
