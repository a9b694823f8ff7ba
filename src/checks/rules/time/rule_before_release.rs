//! T004 rule-before-release: an nth-weekday rule that is meant to follow a release and sometimes comes before it.

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};

use crate::checks::{Check, CommonCause, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{self, Edit, LocalMinute, MaintenanceWindow, MonthDay, ReleaseId, Subject, UtcMinute, month_number};
use crate::schedule::{WindowSchedule, rule_dates};
use crate::wording::{counted, date, day_and_month, list_in_sentence, weekday};

pub static RULE: Rule = Rule {
    code: "T004",
    name: "rule-before-release",
    severity: Severity::Warning,
    summary: "A window is on a ladder that follows a monthly vendor release, and its rule (an nth or last weekday) \
              comes before that month's release in some months and after it in others. A rule that always comes \
              before the release is assumed to be intended.",
    why: "\"Second Saturday\" is not \"the Saturday after Patch Tuesday\". In the months in which it comes first, \
          last month's patches are installed and the new ones wait five weeks.",
    example: "Core DB: second Saturday comes before Patch Tuesday in 7 of 12 months of 2027: 9 Jan, 10 Apr, 8 May \
              and 4 more.",
    remedy: "Let the window follow the release: \"Saturday after Patch Tuesday\".",
    checks: &[Check::WindowLadders(check)],
    fix: Some(follow_the_release),
    fold: Some(in_one_line),
};

/// A date of the rule, and whether it comes before the release of the same month.
struct Pair {
    on: NaiveDate,
    is_before: bool,
}

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    if rule_weekday(window).is_none() {
        return;
    }
    for release in cx.followed_releases().for_window(window) {
        let Some(pairs) = pairs(cx, window, release) else { continue };
        let before: Vec<NaiveDate> = pairs.iter().filter(|pair| pair.is_before).map(|pair| pair.on).collect();
        if before.is_empty() || before.len() == pairs.len() {
            continue;
        }
        let message = message(cx, window, release, &before, &pairs);
        let finding = Finding::new(&RULE, Subject::Window(window.id().clone()), message);
        sink.add(finding.with_other(Subject::Release(release.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let releases = cause.findings.iter().filter_map(|finding| finding.other.as_ref());
    let releases: Vec<String> = releases.map(|release| release.name(cx.plan())).collect();
    let releases = list_in_sentence(&releases, MOST_NAMES);
    format!("{}: its rule sometimes comes before {releases} and sometimes after", cause.name(cx))
}

/// The weekday of the rule, before its offset is added; none for other rules and for a negative offset.
fn rule_weekday(window: &WindowSchedule) -> Option<Weekday> {
    match window.window.rule {
        model::Rule::Monthly { on: MonthDay::Nth(_, day) | MonthDay::Last(day), offset_days: 0.., .. } => Some(day),
        _ => None,
    }
}

/// The rule's dates, each compared with the release of the month that the rule counts from. None if the release is not
/// monthly: some whole month of the horizon has no release or several.
fn pairs(cx: &Context<'_>, window: &WindowSchedule, release: &ReleaseId) -> Option<Vec<Pair>> {
    let model::Rule::Monthly { offset_days, .. } = window.window.rule else { return None };
    let releases = cx.followed_releases().monthly(release)?;
    let release_of_month = |on: NaiveDate| {
        let index = releases.binary_search_by_key(&month_number(on), |(month, _)| *month).ok()?;
        Some(releases[index].1)
    };
    let horizon = cx.plan().horizon();
    let MaintenanceWindow { rule, first, last, .. } = &*window.window;
    let zone = &window.expansion.zone;
    let until = last.unwrap_or(NaiveDate::MAX).min(horizon.last());
    let dates = rule_dates(rule, *first, cx.plan().releases(), zone, horizon.from, until);
    let pair = |on: NaiveDate| {
        let counted_from = on.checked_sub_signed(TimeDelta::days(offset_days.into()))?;
        let released_at: UtcMinute = release_of_month(counted_from)?;
        let usual = window.window.usual_times(on);
        let start = LocalMinute::new(usual.date(on), usual.start);
        Some(Pair { on, is_before: zone.resolve(start).at < released_at })
    };
    Some(dates.into_iter().filter_map(pair).collect())
}

fn message(
    cx: &Context<'_>,
    window: &WindowSchedule,
    release: &ReleaseId,
    before: &[NaiveDate],
    pairs: &[Pair],
) -> String {
    let mut years: Vec<i32> = pairs.iter().map(|pair| pair.on.year()).collect();
    years.dedup();
    let (months, all) = (before.len(), pairs.len());
    let (spread, with_year) = match years.as_slice() {
        [year] => (format!("{months} of {} of {year}", counted(all, "month")), false),
        years => {
            let count_in = |year: &i32| (before.iter().filter(|on| on.year() == *year).count(), *year);
            let each = years.iter().map(count_in).filter(|(count, _)| *count > 0);
            let each: Vec<String> = each.map(|(count, year)| format!("{count} of {year}")).collect();
            (format!("{months} of {} ({})", counted(all, "month"), each.join(", ")), true)
        }
    };
    let in_words = |on: &NaiveDate| if with_year { date(*on) } else { day_and_month(*on) };
    let dates: Vec<String> = before.iter().map(in_words).collect();
    let model::Rule::Monthly { on, offset_days, .. } = window.window.rule else { return String::new() };
    let rule = match offset_days {
        0 => on.in_words(),
        days => format!("{} + {}", on.in_words(), counted(days, "day")),
    };
    format!(
        "{}: {rule} comes before {} in {spread}: {}",
        window.window.name,
        cx.plan().release_name(release),
        list_in_sentence(&dates, MOST_NAMES),
    )
}

/// Lets the window follow the release on the same weekday. There is no fix for a window that does not take place every
/// month or that has exceptions: they would be lost.
fn follow_the_release(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let Subject::Release(release) = finding.other.as_ref()? else { return None };
    let model::Rule::Monthly { every: 0 | 1, offset_days, .. } = window.window.rule else { return None };
    if !window.window.exceptions.is_empty() {
        return None;
    }
    let day = (0..offset_days.rem_euclid(7)).fold(rule_weekday(window)?, |day, _| day.succ());
    let rule = model::Rule::AfterRelease { release: release.clone(), offset_days: 1, then: Some(day) };
    let edit = Edit::PutWindow(MaintenanceWindow { rule, ..MaintenanceWindow::clone(&window.window) });
    Some(Fix { label: format!("Use {} after {}", weekday(day), cx.plan().release_name(release)), edit })
}
