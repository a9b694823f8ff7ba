//! The zones that the events of one file refer to, each defined in that file.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use super::time_form::TimeForm;
use super::vtimezone::{Years, zone_definition};
use crate::schedule::time::zone;
use crate::schedule::{Schedule, WindowOccurrence, Zone};

/// Zone definitions by their names in lower case.
pub struct Zones(BTreeMap<String, Defined>);

struct Defined {
    /// As the database spells it.
    tzid: String,
    definition: String,
}

impl Zones {
    /// The zones of `events` whose times are not written in UTC, each with the years that its events need.
    pub fn new<'a>(events: impl IntoIterator<Item = WindowOccurrence<'a>>, times: TimeForm) -> Self {
        Self::for_years(events.into_iter().map(zone_years), times)
    }

    /// These zones, if their times are not written in UTC, each over all years given for it.
    pub fn for_years<'a>(zones: impl IntoIterator<Item = (&'a Arc<Zone>, Years)>, times: TimeForm) -> Self {
        let mut used: BTreeMap<String, (&Arc<Zone>, Years)> = BTreeMap::new();
        for (zone, years) in zones {
            used.entry(key(zone)).and_modify(|(_, all)| *all = all.and(years)).or_insert((zone, years));
        }
        used.retain(|_, (zone, _)| !is_utc(zone) && !times.is_utc_for(zone));
        Self(used.into_iter().map(|(name, (zone, years))| (name, Defined::new(zone, years))).collect())
    }

    /// The plan's zone alone, over its months: for a calendar without events, since RFC 5545 §3.6 requires at least one
    /// component.
    pub fn for_plan(schedule: &Schedule) -> Self {
        let horizon = schedule.plan.horizon();
        let years = Years::new(horizon.from.year(), horizon.last().year());
        let zone = if schedule.zone.is_custom() { Zone::utc() } else { Arc::clone(&schedule.zone) };
        Self(BTreeMap::from([(key(&zone), Defined::new(&zone, years))]))
    }

    /// No zones: every time is written in UTC.
    pub fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The name by which times refer to `zone`; none if they are written in UTC.
    pub fn tzid(&self, zone: &Zone) -> Option<&str> {
        self.0.get(&key(zone)).map(|zone| zone.tzid.as_str())
    }

    /// The VTIMEZONEs, sorted by name.
    pub fn definitions(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(|zone| zone.definition.as_str())
    }

    /// The names of those that Outlook cannot read: more than one clock change, and no yearly rule for them.
    pub fn unread_by_outlook(&self) -> impl Iterator<Item = &str> {
        let is_unread =
            |zone: &&Defined| !zone.definition.contains("\nRRULE:") && zone.definition.matches("\nBEGIN:").count() > 1;
        self.0.values().filter(is_unread).map(|zone| zone.tzid.as_str())
    }
}

impl Defined {
    fn new(zone: &Zone, years: Years) -> Self {
        let tzid = proper_name(zone);
        let definition = zone_definition(zone, &tzid, years);
        Self { tzid, definition }
    }
}

/// The zone of an occurrence, and the years that it needs.
pub fn zone_years((window, occurrence): WindowOccurrence<'_>) -> (&Arc<Zone>, Years) {
    let zone = &window.expansion.zone;
    let year = |at| zone.local(at).date().year();
    (zone, Years::new(year(occurrence.start_at), year(occurrence.end_at)))
}

fn key(zone: &Zone) -> String {
    zone.name().to_ascii_lowercase()
}

/// Whether its times are always written in UTC and need no VTIMEZONE: the zone is UTC or one of its aliases, or a zone of
/// the plan, which no other program knows.
pub fn is_utc(zone: &Zone) -> bool {
    if zone.is_custom() {
        return true;
    }
    let name = key(zone);
    matches!(name.strip_prefix("etc/").unwrap_or(&name), "utc" | "uct" | "zulu" | "universal")
}

/// A zone's name as the database spells it: a plan may spell it in another case, and readers expect the proper one. UTC
/// for a zone of the plan, since its times are written so.
pub fn proper_name(zone: &Zone) -> String {
    if zone.is_custom() {
        return Zone::utc().name().to_owned();
    }
    let names = zone::names();
    if names.binary_search_by(|name| name.as_str().cmp(zone.name())).is_ok() {
        return zone.name().to_owned();
    }
    names.into_iter().find(|name| name.eq_ignore_ascii_case(zone.name())).unwrap_or_else(|| zone.name().to_owned())
}
