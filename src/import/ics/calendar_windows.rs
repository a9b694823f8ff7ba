//! Maintenance windows from a calendar: one for each event or series.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::event_reader::read_events;
use super::events::{Event, EventTime, wall_clock_length};
use super::series_exceptions::{SeriesContext, exceptions};
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::model::{Edit, MaintenanceWindow, Plan, Rule, UtcMinute, WindowId};
use crate::schedule::Zone;
use crate::schedule::time::foreign;
use crate::wording::{counted, within_sentence};

/// Reads each event as a window. A recurrence rule is kept as the parser read it; occurrences that were excluded, added or
/// moved become exceptions. An event in UTC moves to the calendar's or the plan's zone, unless it recurs.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let (calendar, warnings) = read_events(&input.text()?)?;
    let mut imported = Imported { warnings, ..Imported::default() };
    let mut ids = FreshIds::default();
    let mut dates = Vec::new();
    let home = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let (series, mut replacements) = split_replacements(&calendar.events, &mut imported);
    for event in series {
        input.source.check_cancelled()?;
        let own = if event.replaces.is_none() { replacements.remove(event.uid.as_str()) } else { None };
        match window(event, plan) {
            Ok((mut window, zone)) => {
                window.id = WindowId::new(&ids.fresh(&window.name, |id| plan.windows().contains(&id.into())));
                if event.end == event.start {
                    let message = format!("\"{}\" has no end, so {} is used", window.name, window.duration);
                    imported.warn(event.line, message);
                }
                let context = SeriesContext { window: &window, zone: &zone, home: &home };
                window.exceptions = exceptions(event, &own.unwrap_or_default(), &context, &mut imported);
                // The dates of a recurring rule are known only once the schedule is derived.
                dates.extend(first_date(&window).filter(|on| window.rule == Rule::once(*on)));
                imported.edits.push(Edit::PutWindow(window));
            }
            Err(reason) => imported.warn(event.line, format!("{} skipped: {reason}", event.quoted_title())),
        }
    }
    imported.skip_known_windows(plan);
    imported.summary = counted(imported.edits.len(), "window");
    imported.warn_outside_horizon(&dates, plan);
    Ok(imported.in_order())
}

fn first_date(window: &MaintenanceWindow) -> Option<NaiveDate> {
    match &window.rule {
        Rule::Dates(dates) => dates.first().map(|date| date.on),
        _ => window.first,
    }
}

type Replacements<'a> = HashMap<&'a str, Vec<&'a Event>>;

/// Separates events from those that replace an occurrence of a series. A replacement whose series is not in the file
/// counts as an event. Of several revisions, the one with the highest SEQUENCE counts (RFC 5546, 2.1.4).
fn split_replacements<'a>(events: &'a [Event], imported: &mut Imported) -> (Vec<&'a Event>, Replacements<'a>) {
    let series: HashSet<&str> = events
        .iter()
        .filter(|event| event.replaces.is_none() && !event.uid.is_empty())
        .map(|event| &*event.uid)
        .collect();
    let mut replacements: Replacements<'_> = HashMap::new();
    let mut remaining = Vec::new();
    let replaces_one = |event: &Event| event.replaces.is_some() && series.contains(&*event.uid);
    let newest = newest_revisions(events, replaces_one);
    let (mut cancelled, mut repeated) = (0, 0);
    for (index, event) in events.iter().enumerate() {
        if replaces_one(event) {
            replacements.entry(&event.uid).or_default().push(event);
        } else if newest.get(&identity(event)).is_some_and(|newest| *newest != index) {
            repeated += 1;
        } else if event.is_cancelled {
            cancelled += 1;
        } else {
            remaining.push(event);
        }
    }
    if cancelled > 0 {
        imported.warn(None, format!("{} skipped because cancelled", counted(cancelled, "event")));
    }
    if repeated > 0 {
        imported.warn(None, format!("{} skipped because repeated", counted(repeated, "event")));
    }
    (remaining, replacements)
}

/// What the revisions of an event have in common. Some programs give several events the same UID, but not at the same
/// time.
fn identity(event: &Event) -> (&str, &EventTime) {
    (&event.uid, &event.start)
}

/// The index of the newest revision of each event, without replacements; the first if several are equally new.
fn newest_revisions(events: &[Event], replaces_one: impl Fn(&Event) -> bool) -> HashMap<(&str, &EventTime), usize> {
    let mut newest: HashMap<(&str, &EventTime), usize> = HashMap::new();
    let candidates = events.iter().enumerate().filter(|(_, event)| !event.uid.is_empty() && !replaces_one(event));
    for (index, event) in candidates {
        let known = newest.entry(identity(event)).or_insert(index);
        if events[*known].sequence < event.sequence {
            *known = index;
        }
    }
    newest
}

/// The window without its id and exceptions, and its zone.
///
/// # Errors
/// Why the event is skipped, in the middle of a sentence.
fn window(event: &Event, plan: &Plan) -> Result<(MaintenanceWindow, std::sync::Arc<Zone>), String> {
    let zone_name = match &event.start {
        EventTime::Utc(_) if event.rrule.is_some() => Some("UTC"),
        EventTime::Utc(_) => event.calendar_zone.as_deref(),
        EventTime::Local { zone, .. } => zone.as_deref(),
        EventTime::Date(_) => None,
    };
    let zone = Zone::named(zone_name.unwrap_or(plan.zone())).unwrap_or_else(Zone::utc);
    let start = event.start.in_zone(&zone);
    let rule = match &event.rrule {
        None => Rule::once(start.date()),
        Some(rrule) => {
            foreign::check(rrule).map_err(|error| within_sentence(&error.to_string()))?;
            Rule::Foreign(rrule.clone())
        }
    };
    let name = if event.summary.is_empty() { "Imported window" } else { &event.summary };
    let mut window = MaintenanceWindow::new(WindowId::new(""), name, rule);
    if let Some(rrule) = &event.rrule {
        window.first = Some(start.date());
        window.last = last_date(rrule, start.time(), &zone);
    }
    window.start = start.time().with_second(0).unwrap_or(start.time());
    if event.end != event.start {
        window.duration = wall_clock_length(start, event.end.in_zone(&zone))?;
    }
    window.zone = zone_name.filter(|name| *name != plan.zone()).map(str::to_owned);
    window.notes.clone_from(&event.description);
    Ok((window, zone))
}

/// The last date in `zone` that an UNTIL in UTC allows; `None` for other ends, which the rule keeps itself.
fn last_date(rrule: &str, start: NaiveTime, zone: &Zone) -> Option<NaiveDate> {
    let (until, in_utc) = foreign::until(rrule).ok()??;
    let local = zone.local(UtcMinute::from_utc(until.and_utc())).to_naive() + TimeDelta::seconds(until.second().into());
    match (in_utc, local.time() < start) {
        (false, _) => None,
        (true, false) => Some(local.date()),
        (true, true) => local.date().pred_opt(),
    }
}
