//! The year calendar as an iCalendar file, for everyone who subscribes to it or opens it (RFC 5545, 5546, 7986).
//!
//! METHOD:PUBLISH, one VEVENT an occurrence, no RRULE: moved and skipped ones need no special cases then, and Outlook,
//! Google and AWS read the same dates. The `icalendar` crate writes properties; what it cannot do is done here: text is
//! cleaned before it sees it, zones are added as text, and its lines are folded anew.

mod event;
mod invitation;
mod lines;
mod vtimezone;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use icalendar::{Calendar, Component as _, Event, Property};

use super::text::{clip, one_line};
use crate::model::{ChangeFreeze, FreezeSpan, Horizon};
use crate::schedule::{Schedule, Zone, zone};
use event::Stamp;
use vtimezone::Years;

pub use invitation::{invitation, is_writable, method, name as name_of, zone as zone_of};

/// Of our own, and without the program's version: a new version must not change the bytes of an unchanged plan.
const PRODID: &str = "-//Windowsill//Maintenance windows//EN";
/// How often those who subscribe should look again.
const REFRESH: &str = "PT12H";

/// What the calendar holds besides the occurrences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarOptions {
    /// Change freezes as all-day events that block no time.
    pub with_freezes: bool,
}

/// The calendar of all occurrences inside the plan's months, skipped ones as cancelled. UTF-8, CRLF, lines of at most
/// 75 octets; the same bytes for the same plan.
pub fn calendar(schedule: &Schedule, options: CalendarOptions) -> String {
    let plan = &*schedule.plan;
    let zones = Zones::of(schedule);
    let stamp = Stamp::of(plan);
    let mut text = head(schedule);
    for zone in zones.0.values() {
        text.push_str(&zone.definition);
    }
    for (window, occurrence) in schedule.in_order(true) {
        if has_four_digits(occurrence.on()) && has_four_digits(occurrence.original_on()) {
            let tzid = zones.tzid(&window.expansion.zone);
            push(&mut text, &event::of_occurrence(schedule, window, occurrence, tzid, stamp));
        }
    }
    if options.with_freezes {
        for freeze in &plan.freezes {
            let writable = |span: &FreezeSpan| has_four_digits(span.first_on) && has_four_digits(span.last_on);
            for span in times(freeze, plan.horizon).into_iter().filter(writable) {
                push(&mut text, &event::of_freeze(plan, freeze, span, stamp));
            }
        }
    }
    text.push_str("END:VCALENDAR\r\n");
    lines::refolded(&text)
}

/// A single freeze counts wherever it lies, of one that comes again what touches the plan's months.
fn times(freeze: &ChangeFreeze, horizon: Horizon) -> Vec<FreezeSpan> {
    match freeze.period() {
        Some(_) => freeze.spans(horizon.from, horizon.last()),
        None => freeze.spans(freeze.first_on, freeze.last_on),
    }
}

/// RFC 5545 writes years with four digits. A year to spare on both sides: the local date may be in the next.
fn has_four_digits(on: NaiveDate) -> bool {
    (2..=9998).contains(&on.year())
}

/// The calendar's own properties, without its end.
fn head(schedule: &Schedule) -> String {
    let plan = &*schedule.plan;
    let name = clip(one_line(&plan.title), 250);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", PRODID));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    // The crate does not know that NAME is text and would not escape it.
    calendar.append_property(Property::new("NAME", lines::escaped(&name)));
    calendar.append_property(("X-WR-CALNAME", name.as_str()));
    calendar.append_property(("X-WR-TIMEZONE", proper_name(&schedule.zone).as_str()));
    calendar.append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done());
    calendar.append_property(("X-PUBLISHED-TTL", REFRESH));
    let text = calendar.to_string();
    text.strip_suffix("END:VCALENDAR\r\n").map_or(text.clone(), str::to_owned)
}

fn push(text: &mut String, event: &Event) {
    // Writing into a string does not fail.
    let _ = event.fmt_write(text);
}

/// The zones that events refer to, by their names in lower case.
struct Zones(BTreeMap<String, Defined>);

struct Defined {
    /// As the database spells it.
    tzid: String,
    definition: String,
}

impl Zones {
    /// Each zone with the years that its windows need. A calendar without events gets the plan's zone, since RFC 5545
    /// §3.6 wants at least one component.
    fn of(schedule: &Schedule) -> Self {
        let mut used: BTreeMap<String, (&Arc<Zone>, Years)> = BTreeMap::new();
        for window in &schedule.windows {
            let zone = &window.expansion.zone;
            let all = window.expansion.occurrences.iter().chain(&window.expansion.skipped);
            let years = all.map(|occurrence| {
                Years::new(zone.local(occurrence.start_at).date().year(), zone.local(occurrence.end_at).date().year())
            });
            if let Some(years) = years.reduce(Years::and).filter(|_| !is_utc(zone)) {
                used.entry(key(zone)).and_modify(|(_, all)| *all = all.and(years)).or_insert((zone, years));
            }
        }
        if schedule.in_order(true).is_empty() {
            let horizon = schedule.plan.horizon;
            let years = Years::new(horizon.from.year(), horizon.last().year());
            used.insert(key(&schedule.zone), (&schedule.zone, years));
        }
        let define = |(name, (zone, years)): (String, (&Arc<Zone>, Years))| {
            let tzid = proper_name(zone);
            let definition = vtimezone::definition(zone, &tzid, years);
            (name, Defined { tzid, definition })
        };
        Self(used.into_iter().map(define).collect())
    }

    /// None where times are written in UTC.
    fn tzid(&self, zone: &Zone) -> Option<&str> {
        self.0.get(&key(zone)).map(|zone| zone.tzid.as_str())
    }
}

fn key(zone: &Zone) -> String {
    zone.name().to_ascii_lowercase()
}

/// Whether it is UTC all year round by that very name: its times need no VTIMEZONE.
fn is_utc(zone: &Zone) -> bool {
    let name = key(zone);
    matches!(name.strip_prefix("etc/").unwrap_or(&name), "utc" | "uct" | "zulu" | "universal")
}

/// A zone's name as the database spells it: names in a plan may be in another case, and readers want the true one.
fn proper_name(zone: &Zone) -> String {
    let names = zone::names();
    if names.binary_search_by(|name| name.as_str().cmp(zone.name())).is_ok() {
        return zone.name().to_owned();
    }
    names.into_iter().find(|name| name.eq_ignore_ascii_case(zone.name())).unwrap_or_else(|| zone.name().to_owned())
}
