//! T007 before-release: a window on the day of a release begins before the release is published.

use chrono::NaiveDate;

use crate::checks::facts::free_dates::to_free_date;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{self, Edit, MaintenanceWindow, Minutes, ReleaseId, Subject, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::{moment, time};

pub static RULE: Rule = Rule {
    code: "T007",
    name: "before-release",
    severity: Severity::Warning,
    summary: "A window takes place on the local date of a release that its systems or its rule follow, but begins before \
              the release is published, and has no other occurrence before the next release.",
    why: "The patches are not there yet when the work begins. They wait for the next cycle, a month later.",
    example: "Test servers, Tue 12 Jan 2027 08:00 begins before Patch Tuesday, which is published at 19:00 that day.",
    remedy: "Start after the release, or on the next day.",
    checks: &[Check::WindowLadders(check)],
    fix: Some(start_later),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for release in cx.followed_releases().for_rule_and_systems(window) {
        for (occurrence, published_at) in too_early(cx, window, release) {
            let message = format!(
                "{}, {} begins before {}, which is published at {} that day",
                window.window.name,
                moment(window.local(occurrence.start_at)),
                cx.plan().release_name(release),
                time(window.local(published_at).time()),
            );
            sink.add(
                Finding::for_occurrence(&RULE, window, occurrence, message)
                    .with_other(Subject::Release(release.clone())),
            );
        }
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    let begin = if cause.occurrences() == 1 { "begins" } else { "begin" };
    format!("{which} of {name} {begin} before the release of the same day is published{first}")
}

/// No local date is longer, even if the clocks go back by a day.
const LONGEST_DAY: Minutes = Minutes::days(2);

/// The occurrences on the local date of a release that begin before it, with the instant of the release. Windows with
/// another occurrence before the next release install it then.
fn too_early<'w>(
    cx: &Context<'_>,
    window: &'w WindowSchedule,
    release: &ReleaseId,
) -> Vec<(&'w Occurrence, UtcMinute)> {
    let published = cx.followed_releases().published(release);
    let mut found = Vec::new();
    for (index, at) in published.iter().enumerate() {
        let later = window.expansion.starting_from(*at);
        let before = &window.expansion.occurrences[..window.expansion.occurrences.len() - later.len()];
        // Most releases have no occurrence shortly before them, and local dates take time to calculate.
        if before.last().is_none_or(|last| last.start_at.plus(LONGEST_DAY.signed()) < *at) {
            continue;
        }
        let on: NaiveDate = window.local(*at).date();
        let next_on = published.get(index + 1).map(|next_at| window.local(*next_at).date());
        let is_before_next =
            |each: &Occurrence| next_on.is_none_or(|next_on| window.local(each.start_at).date() < next_on);
        let is_installed = later.first().is_some_and(is_before_next);
        if !is_installed {
            let same_day = before.iter().rev().take_while(|each| window.local(each.start_at).date() >= on);
            found.extend(same_day.map(|each| (each, *at)));
        }
    }
    found
}

/// Starts a window that follows the release one day later, or else moves the one occurrence.
fn start_later(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let Subject::Release(release) = finding.other.as_ref()? else { return None };
    if let (model::Rule::AfterRelease { release: own, offset_days: 0, then: None }, true) =
        (&window.window.rule, window.window.exceptions.is_empty())
        && own == release
    {
        let rule = model::Rule::AfterRelease { release: own.clone(), offset_days: 1, then: None };
        let edit = Edit::PutWindow(MaintenanceWindow { rule, ..MaintenanceWindow::clone(&window.window) });
        return Some(Fix { label: format!("Start the day after {}", cx.plan().release_name(release)), edit });
    }
    let days_after = occurrence.on().iter_days().skip(1).take(6);
    to_free_date(cx, window, occurrence, days_after)
}
