//! When windows of the plan take place, as rows of a table would say it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::date_row::WindowSettings;
use crate::model::{ListedDate, LocalMinute, MaintenanceWindow, Minutes, OccurrenceChange, Plan, Rule};
use crate::schedule::{Zone, rule_dates, window_dates};
use crate::wording::time;

/// When a window takes place on a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Times {
    pub start: NaiveTime,
    pub duration: Minutes,
    pub zone: String,
}

/// A date of a window in the plan.
#[derive(Clone, Debug)]
pub(super) struct Night {
    /// The date that the rule gave.
    pub original_on: NaiveDate,
    pub times: Times,
    /// It was skipped or moved away.
    pub is_off: bool,
}

fn zone(window: &MaintenanceWindow, plan: &Plan) -> Arc<Zone> {
    Zone::in_plan(plan, plan.window_zone(window)).unwrap_or_else(Zone::utc)
}

/// The times of a row, with what is used if it does not say them.
pub(super) fn times(settings: &WindowSettings, plan: &Plan) -> Times {
    let bare = MaintenanceWindow::new("usual".into(), "", Rule::Dates(Vec::new()));
    Times {
        start: settings.start.unwrap_or(bare.start),
        duration: settings.duration.unwrap_or(bare.duration),
        zone: settings.zone.clone().unwrap_or_else(|| plan.zone().to_owned()),
    }
}

/// The times of a window on a date without its exception.
pub(super) fn usual(window: &MaintenanceWindow, on: NaiveDate, plan: &Plan) -> Times {
    let usual = window.usual_times(on);
    Times { start: usual.start, duration: usual.duration, zone: plan.window_zone(window).to_owned() }
}

/// The times as lists have them, if the clock change moves the start or the end: at the instants at which it takes place.
pub(super) fn at_instants(times: &Times, on: NaiveDate, plan: &Plan) -> Option<Times> {
    let zone = Zone::in_plan(plan, &times.zone)?;
    let begins = LocalMinute::from_naive(on.and_time(times.start));
    let (from, to) = zone.resolve_period(begins, times.duration, &mut [0; 2]);
    let (start, end) = (zone.local(from.at).to_naive(), zone.local(to.at).to_naive());
    let duration = Minutes(u32::try_from((end - start).num_minutes()).ok()?);
    (start.date() == on).then(|| Times { start: start.time(), duration, zone: times.zone.clone() })
}

/// The dates of a window in a span.
pub(super) fn nights(
    window: &MaintenanceWindow,
    plan: &Plan,
    (from, to): (NaiveDate, NaiveDate),
) -> BTreeMap<NaiveDate, Night> {
    let originals = window_dates(window, &zone(window, plan), plan, from, to);
    let night = |on: NaiveDate, is_off: bool| Night { original_on: on, times: usual(window, on, plan), is_off };
    let mut nights: BTreeMap<NaiveDate, Night> =
        originals.into_iter().map(|on| (window.usual_times(on).date(on), night(on, false))).collect();
    for exception in &window.exceptions {
        let on = exception.on;
        let own = |start: &Option<NaiveTime>, duration: &Option<Minutes>| {
            let mut night = night(on, false);
            night.times.start = start.unwrap_or(night.times.start);
            night.times.duration = duration.unwrap_or(night.times.duration);
            night
        };
        match &exception.change {
            OccurrenceChange::Moved { to, start, duration } => {
                nights.insert(on, night(on, true));
                nights.insert(*to, own(start, duration));
            }
            OccurrenceChange::Added { start, duration } => {
                nights.insert(on, own(start, duration));
            }
            OccurrenceChange::Skipped { .. } => {
                nights.insert(on, night(on, true));
            }
            OccurrenceChange::Restored => {}
        }
    }
    nights.retain(|on, _| (from..=to).contains(on));
    nights
}

/// "22:00, 4 h", with the zone if that differs.
pub(super) fn in_words(times: &Times, other: &Times) -> String {
    let zone = if times.zone == other.zone { String::new() } else { format!(", {}", times.zone) };
    format!("{}, {}{zone}", time(times.start), times.duration)
}

/// The window with more dates.
pub(super) fn with_dates(window: &MaintenanceWindow, added: &[ListedDate], plan: &Plan) -> MaintenanceWindow {
    let mut window = window.clone();
    if let Rule::Dates(dates) = &mut window.rule {
        dates.extend_from_slice(added);
        dates.sort_by_key(|date| date.on);
        return window;
    }
    let mut dates: Vec<NaiveDate> = added.iter().map(|date| date.on).collect();
    dates.sort_unstable();
    // A series that goes on has a later end.
    if let (Some(last), Some(first), Some(end)) = (window.last, dates.first(), dates.last())
        && *first > last
        && rule_dates(&window.rule, window.first, plan.releases(), &zone(&window, plan), last, *end)
            .into_iter()
            .filter(|on| *on > last)
            .eq(dates.iter().copied())
    {
        window.last = Some(*end);
        return window;
    }
    for on in dates {
        window.set_exception(on, OccurrenceChange::Added { start: None, duration: None });
    }
    window
}
