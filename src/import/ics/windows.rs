//! Maintenance windows from a calendar: one of each event or series.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::event::{Event, EventTime};
use super::exceptions::{Around, exceptions};
use super::read::read;
use crate::import::fresh_ids::FreshIds;
use crate::import::{ImportError, Imported, within_sentence};
use crate::model::{Edit, MaintenanceWindow, Minutes, Plan, Rule, UtcMinute, WindowId};
use crate::schedule::Zone;
use crate::schedule::time::foreign;
use crate::wording::counted;

/// Reads each event as a window. A recurrence rule is kept as it was read; occurrences that were left out, added or
/// moved become exceptions. An event that stands in UTC moves to the calendar's or the plan's zone, unless it recurs.
pub fn windows(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let (calendar, warnings) = read(text)?;
    let mut imported = Imported { warnings, ..Imported::default() };
    let mut ids = FreshIds::default();
    let mut dates = Vec::new();
    let home = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let (series, mut replacements) = sorted_out(&calendar.events, &mut imported);
    for event in series {
        let own = if event.replaces.is_none() { replacements.remove(event.uid.as_str()) } else { None };
        match window(event, plan) {
            Ok((mut window, zone)) => {
                window.id = WindowId::new(&ids.fresh(&window.name, |id| plan.windows().contains(&id.into())));
                if event.end == event.start {
                    let message = format!("{} names no end: {} is used", window.name, window.duration);
                    imported.warn(event.line, message);
                }
                let around = Around { window: &window, zone: &zone, home: &home };
                window.exceptions = exceptions(event, &own.unwrap_or_default(), &around, &mut imported);
                // Of a rule only its beginning is known here; what it gives is the schedule's business.
                dates.extend(first_date(&window).filter(|on| window.rule == Rule::once(*on)));
                imported.edits.push(Edit::PutWindow(window));
            }
            Err(reason) => imported.warn(event.line, format!("{} is left out: {reason}", event.title())),
        }
    }
    imported.leave_out_known(plan);
    imported.summary = counted(imported.edits.len(), "window");
    imported.judge_horizon(&dates, plan);
    Ok(imported.in_order())
}

fn first_date(window: &MaintenanceWindow) -> Option<NaiveDate> {
    match &window.rule {
        Rule::Dates(dates) => dates.first().map(|date| date.on),
        _ => window.first,
    }
}

type Replacements<'a> = HashMap<&'a str, Vec<&'a Event>>;

/// Parts events that begin something from those that replace an occurrence of it. A replacement whose series is not
/// in the file stands for itself. Of several revisions the one with the highest SEQUENCE counts (RFC 5546, 2.1.4).
fn sorted_out<'a>(events: &'a [Event], imported: &mut Imported) -> (Vec<&'a Event>, Replacements<'a>) {
    let series: HashSet<&str> = events
        .iter()
        .filter(|event| event.replaces.is_none() && !event.uid.is_empty())
        .map(|event| &*event.uid)
        .collect();
    let mut replacements: Replacements<'_> = HashMap::new();
    let mut standing = Vec::new();
    let replaces_one = |event: &Event| event.replaces.is_some() && series.contains(&*event.uid);
    let newest = newest_revisions(events, replaces_one);
    let (mut cancelled, mut repeated) = (0, 0);
    for (at, event) in events.iter().enumerate() {
        if replaces_one(event) {
            replacements.entry(&event.uid).or_default().push(event);
        } else if newest.get(&identity(event)).is_some_and(|newest| *newest != at) {
            repeated += 1;
        } else if event.is_cancelled {
            cancelled += 1;
        } else {
            standing.push(event);
        }
    }
    if cancelled > 0 {
        imported.warn(None, format!("{} left out because cancelled", counted(cancelled, "event")));
    }
    if repeated > 0 {
        imported.warn(None, format!("{} left out because repeated", counted(repeated, "event")));
    }
    (standing, replacements)
}

/// What two revisions of an event have in common. Programs give one UID to different events, but not at one time.
fn identity(event: &Event) -> (&str, &EventTime) {
    (&event.uid, &event.start)
}

/// Where the newest revision of each event stands that replaces no other; the first of those that are equally new.
fn newest_revisions(events: &[Event], replaces_one: impl Fn(&Event) -> bool) -> HashMap<(&str, &EventTime), usize> {
    let mut newest: HashMap<(&str, &EventTime), usize> = HashMap::new();
    let standing = events.iter().enumerate().filter(|(_, event)| !event.uid.is_empty() && !replaces_one(event));
    for (at, event) in standing {
        let known = newest.entry(identity(event)).or_insert(at);
        if events[*known].sequence < event.sequence {
            *known = at;
        }
    }
    newest
}

/// The window without its id and exceptions, and the zone that it is in.
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
            foreign::check(rrule).map_err(within_sentence)?;
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
        window.duration = length(start, event.end.in_zone(&zone))?;
    }
    window.zone = zone_name.filter(|name| *name != plan.zone()).map(str::to_owned);
    window.notes.clone_from(&event.description);
    Ok((window, zone))
}

/// From start to end on the wall clock.
pub(super) fn length(start: NaiveDateTime, end: NaiveDateTime) -> Result<Minutes, String> {
    match u32::try_from((end - start).num_minutes()) {
        Ok(0) | Err(_) => Err("it ends before it begins".to_owned()),
        Ok(minutes) if minutes > Minutes::LONGEST.0 => Err(format!("it lasts longer than {}", Minutes::LONGEST)),
        Ok(minutes) => Ok(Minutes(minutes)),
    }
}

/// The last date that an UNTIL in UTC allows on the clock of `zone`. Other ends are left to the rule.
fn last_date(rrule: &str, start: NaiveTime, zone: &Zone) -> Option<NaiveDate> {
    let (until, in_utc) = foreign::until(rrule).ok()??;
    let local = zone.local(UtcMinute::from_utc(until.and_utc())).to_naive() + TimeDelta::seconds(until.second().into());
    match (in_utc, local.time() < start) {
        (false, _) => None,
        (true, false) => Some(local.date()),
        (true, true) => local.date().pred_opt(),
    }
}
