//! W008 occurrences-overlap: an occurrence begins before an earlier one of the same window has ended.

use chrono::NaiveDate;

use crate::checks::facts::free_dates::is_free;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Edit, Subject};
use crate::schedule::{Occurrence, Origin, WindowSchedule, window_dates};
use crate::wording::{counted, date, moment, moments};

pub static RULE: Rule = Rule {
    code: "W008",
    name: "occurrences-overlap",
    severity: Severity::Error,
    summary: "An occurrence begins before an earlier one of the same window has ended.",
    why: "The same systems are worked on twice at the same time. The fit counts the common hours in both occurrences, \
          although there is only one night.",
    example: "Weekend, Sun 3 Jan 2027 05:00 begins before the occurrence of Sat 2 Jan 2027 05:00 has ended; they overlap \
              Sun 3 Jan 2027 05:00 – 19:00.",
    remedy: "Shorten the window, take a day out of its rule, or move one of the two occurrences.",
    checks: &[Check::Window(check)],
    fix: Some(restore),
    fold: Some(in_one_line),
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for (earlier, later) in overlaps(window) {
        let ends_at = earlier.end_at.min(later.end_at);
        let message = format!(
            "{}, {} begins before the occurrence of {} has ended; they overlap {}",
            window.window.name,
            moment(window.local(later.start_at)),
            moment(window.local(earlier.start_at)),
            moments(window.local(later.start_at), window.local(ends_at)),
        );
        sink.add(Finding::for_occurrence(&RULE, window, later, message));
    }
}

/// Each occurrence that begins during an earlier one, with the one of these that ends last. They are sorted by start.
fn overlaps(window: &WindowSchedule) -> impl Iterator<Item = (&Occurrence, &Occurrence)> {
    let mut lasting: Option<&Occurrence> = None;
    window.expansion.occurrences.iter().filter_map(move |occurrence| {
        let earlier = lasting.filter(|earlier| earlier.overlaps(occurrence));
        if lasting.is_none_or(|lasting| lasting.end_at < occurrence.end_at) {
            lasting = Some(occurrence);
        }
        Some((earlier?, occurrence))
    })
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let count = counted(cause.occurrences(), "occurrence");
    let begin = if cause.occurrences() == 1 { "begins" } else { "begin" };
    let (name, first) = (cause.name(cx), cause.first_in_words(cx));
    format!("{count} of {name} {begin} before the one before has ended{first}")
}

/// Restores the one of the two that was moved.
fn restore(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let Subject::Window(id) = &finding.subject else { return None };
    let window = cx.schedule.window(id)?;
    let (earlier, later) = overlaps(window).find(|(_, later)| Some(later.original_on()) == finding.on)?;
    let usual = |on: NaiveDate| Occurrence::usual(&window.window, &window.expansion.zone, on);
    let can_return =
        |each: &&Occurrence| each.origin == Origin::Moved && is_free(cx, window, each, &usual(each.original_on()));
    let moved = [later, earlier].into_iter().find(can_return)?;
    let on = moved.original_on();
    let is_by_rule = window_dates(&window.window, &window.expansion.zone, cx.plan(), on, on) == [on];
    let edit = Edit::RestoreOccurrence { window: id.clone(), on };
    is_by_rule.then(|| Fix { label: format!("Restore to {}", date(usual(on).on())), edit })
}
