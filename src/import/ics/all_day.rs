//! Events that Outlook marks as whole days, but writes as midnights of some zone.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::event_time::EventTime;
use super::events::Event;
use super::raw_values::read_time;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::wording::iso;

/// Turns the times of a marked event into dates: the dates as written, wherever one is, if they are midnights there; else
/// those of `home`, the plan's zone. Returns a warning if they are midnights in neither.
pub(super) fn mark(event: &mut Event, home: Option<&Arc<Zone>>) -> Option<String> {
    if event.start.is_date() {
        return None;
    }
    let is_midnight = |at: NaiveDateTime| at.time() == NaiveTime::MIN;
    let fits = |date_of: &dyn Fn(&EventTime) -> NaiveDateTime| {
        is_midnight(date_of(&event.start)) && is_midnight(date_of(&event.end))
    };
    let as_written = |at: &EventTime| at.written_at();
    let at_home = |at: &EventTime| home.map_or_else(|| at.written_at(), |home| at.in_zone(home));
    if fits(&as_written) {
        let zone = event.start.own_zone(home.unwrap_or(&Zone::utc()));
        become_dates(event, as_written, &zone);
    } else if fits(&at_home) {
        let zone = home.map_or_else(Zone::utc, Arc::clone);
        become_dates(event, at_home, &zone);
    } else {
        return Some("it is marked as all day, but its times are not midnights, so the times are used".to_owned());
    }
    None
}

/// `zone` is that of the midnights. Other times of the event may be written on another clock, such as EXDATE in UTC.
fn become_dates(event: &mut Event, local: impl Fn(&EventTime) -> NaiveDateTime, zone: &Zone) {
    let date = |at: &EventTime| EventTime::Date(local(at).date());
    let written_on = event.start.written_on();
    let (start, end) = (date(&event.start), date(&event.end));
    let day_after = local(&event.start).date().succ_opt().map(EventTime::Date);
    event.end = if end == start { day_after.unwrap_or(end) } else { end };
    event.start = start;
    event.exact_length = None;
    let other = |at: &EventTime| {
        let there = at.in_zone(zone);
        if there.time() == NaiveTime::MIN { EventTime::Date(there.date()) } else { date(at) }
    };
    event.replaces = event.replaces.as_ref().map(other);
    event.excluded = event.excluded.iter().map(other).collect();
    for added in &mut event.added {
        added.start = other(&added.start);
        added.end = added.end.as_ref().map(other);
    }
    for rule in event.rules.iter_mut().chain(&mut event.exclusion_rules) {
        *rule = with_days_of(&with_last_date(rule, zone), written_on, event.start.written_on());
    }
}

/// The rule with the weekdays of the dates, if those that it names are of the start as written, on another day: Monday
/// 23:00 in UTC is Tuesday in Berlin.
fn with_days_of(rule: &str, written_on: NaiveDate, on: NaiveDate) -> String {
    let later = (on - written_on).num_days();
    let part = |part: &str| {
        let names = part.split_once('=').filter(|(key, _)| key.trim().eq_ignore_ascii_case("BYDAY"));
        let names = names.map(|(_, names)| names.split(',').map(str::trim));
        let days: Option<Vec<Weekday>> = names.and_then(|mut names| {
            names.try_fold(Vec::new(), |mut days, name| {
                days.push(weekday(name)?);
                Some(days)
            })
        });
        let days = days.filter(|days| days.contains(&written_on.weekday()) && !days.contains(&on.weekday()));
        days.map_or_else(
            || part.to_owned(),
            |days| {
                let names: Vec<&str> =
                    days.into_iter().map(|day| name_of(if later > 0 { day.succ() } else { day.pred() })).collect();
                format!("BYDAY={}", names.join(","))
            },
        )
    };
    if later.abs() == 1 { rule.split(';').map(part).collect::<Vec<_>>().join(";") } else { rule.to_owned() }
}

/// The names of weekdays in rules (RFC 5545, 3.3.10), from Monday.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

fn weekday(name: &str) -> Option<Weekday> {
    let position = DAYS.iter().position(|day| day.eq_ignore_ascii_case(name))?;
    Weekday::try_from(position as u8).ok()
}

fn name_of(day: Weekday) -> &'static str {
    DAYS[day.num_days_from_monday() as usize]
}

/// The rule with the date of an UNTIL in UTC.
fn with_last_date(rule: &str, zone: &Zone) -> String {
    let part = |part: &str| last_date(part, zone).map_or_else(|| part.to_owned(), |on| format!("UNTIL={on}"));
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn last_date(part: &str, zone: &Zone) -> Option<String> {
    let (key, value) = part.split_once('=')?;
    let read = read_time(value.trim()).filter(|_| key.trim().eq_ignore_ascii_case("UNTIL"))?;
    let at = iso::read_basic_local(read.strip_suffix('Z')?)?;
    let on: NaiveDate = zone.local(UtcMinute::from_utc(at.and_utc())).date();
    Some(iso::basic_date(on))
}
