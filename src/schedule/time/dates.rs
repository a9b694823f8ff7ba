//! The original dates of a window: those that its rule gives.

use chrono::NaiveDate;

use super::foreign::ForeignRuleError;
use super::zone::Zone;
use super::{foreign, release};
use crate::model::{
    DatedChange, LocalMinute, MaintenanceWindow, Plan, ReleaseCalendar, ReleaseId, Rule, Table, UtcMinute, date_of_day,
    day_number,
};
use crate::schedule::time::rules as recur;
use crate::schedule::time::rules::Days;
use crate::wording::typed::is_in_range;

/// The original dates, as day numbers, of all occurrences that may belong to `days`, before exceptions.
///
/// # Errors
/// An imported rule that cannot be read.
pub(super) fn original_days(
    window: &MaintenanceWindow,
    zone: &Zone,
    plan: &Plan,
    days: Days,
) -> Result<Vec<i32>, ForeignRuleError> {
    dates(window, zone, plan, days_before_shifts(window, days))
}

/// The days of the original dates of all occurrences that may belong to `days`: a dated change shifts some of them in.
pub(super) fn days_before_shifts(window: &MaintenanceWindow, days: Days) -> Days {
    let shifts = || window.changes.iter().map(DatedChange::shift);
    let (ahead, back) = (shifts().fold(0, i32::max), shifts().fold(0, i32::min));
    Days { from: days.from.saturating_sub(ahead), to: days.to.saturating_sub(back) }.in_range()
}

/// The dates that a window's rule gives between two dates, both included, in order and before exceptions. They can be
/// outside the plan's months.
pub fn window_dates(
    window: &MaintenanceWindow,
    zone: &Zone,
    plan: &Plan,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<NaiveDate> {
    let days = Days::between(from, to).in_range();
    dates(window, zone, plan, days).unwrap_or_default().into_iter().map(date_of_day).collect()
}

fn dates(window: &MaintenanceWindow, zone: &Zone, plan: &Plan, days: Days) -> Result<Vec<i32>, ForeignRuleError> {
    let bounds_are_known = [window.first, window.last].into_iter().flatten().all(is_in_range);
    if !bounds_are_known || days.to < days.from {
        return Ok(Vec::new());
    }
    if let Rule::Foreign(rrule) = &window.rule {
        return foreign_days(rrule, window, zone, plan, days);
    }
    let released = |within| released(&window.rule, plan.releases(), zone, within);
    Ok(recur::days(&window.rule, window.first, window.last, days, released))
}

/// The days of a foreign rule. An UNTIL in UTC is the last instant at which an occurrence can start.
fn foreign_days(
    rrule: &str,
    window: &MaintenanceWindow,
    zone: &Zone,
    plan: &Plan,
    days: Days,
) -> Result<Vec<i32>, ForeignRuleError> {
    let first = window.first.unwrap_or(plan.horizon().from);
    let found = foreign::dates(rrule, first, window.start, date_of_day(days.from), date_of_day(days.to))?;
    let last = window.last.map_or(i32::MAX, day_number);
    let until_at =
        foreign::until(rrule)?.filter(|(_, is_utc)| *is_utc).map(|(at, _)| UtcMinute::from_utc(at.and_utc()));
    let starts_in_time = |on: &NaiveDate| {
        until_at.is_none_or(|until_at| zone.resolve(LocalMinute::new(*on, window.start)).at <= until_at)
    };
    Ok(found.into_iter().filter(starts_in_time).map(day_number).filter(|day| *day <= last).collect())
}

fn released(rule: &Rule, releases: &Table<ReleaseCalendar>, zone: &Zone, within: Days) -> Vec<i32> {
    let calendar = |id: &ReleaseId| releases.get(id).map(|calendar| release::local_days(calendar, zone, within));
    match rule {
        Rule::AfterRelease { release, .. } => calendar(release).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The dates of a rule between two dates, both included, in order. The editor shows them as "next dates", and imported
/// dates are compared with them.
pub fn rule_dates(
    rule: &Rule,
    first: Option<NaiveDate>,
    releases: &Table<ReleaseCalendar>,
    zone: &Zone,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<NaiveDate> {
    let days = Days::between(from, to);
    recur::days(rule, first, None, days, |within| released(rule, releases, zone, within))
        .into_iter()
        .map(date_of_day)
        .collect()
}
