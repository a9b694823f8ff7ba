//! The zones that a calendar names, and its times in them.

use std::collections::{HashMap, HashSet};

use calcard::icalendar::{ICalendar, ICalendarEntry, ICalendarPeriod, ICalendarProperty, ICalendarValue};
use chrono::Datelike;

use super::components::{component_events, head_text};
use super::events::EventTime;
use super::moments::event_time;
use super::zone_definition::Definition;
use crate::import::zone_names::iana_name;

/// At most this many VTIMEZONEs of one calendar are compared with the IANA zones.
const MOST_DEFINITIONS: usize = 50;

/// The zones of one calendar.
pub(in crate::import) struct Zones<'a> {
    /// IANA names of its VTIMEZONEs, by TZID.
    defined: HashMap<&'a str, String>,
    /// TZIDs whose VTIMEZONE has the offsets of no IANA zone.
    odd: HashSet<&'a str>,
    /// IANA name of X-WR-TIMEZONE, for times that name no zone.
    pub default: Option<String>,
}

impl<'a> Zones<'a> {
    pub fn new(calendar: &'a ICalendar) -> Self {
        let default = head_text(calendar, "X-WR-TIMEZONE").and_then(|name| iana_name(&name));
        let mut zones = Self { defined: HashMap::new(), odd: HashSet::new(), default };
        let year = newest_year(calendar);
        for component in calendar.timezones().take(MOST_DEFINITIONS) {
            let id = component.property(&ICalendarProperty::Tzid).and_then(|entry| entry.values.first()?.as_text());
            // An IANA name wins over its definition, which is often incomplete.
            let Some(id) = id.filter(|id| iana_name(id).as_deref() != Some(*id)) else { continue };
            let guess = iana_name(id).or_else(|| iana_name(&component.timezone()?.1.name()?));
            // Any other name means what its definition says (RFC 5545, 3.2.19).
            match Definition::new(calendar, component, year).map(|zone| zone.zone_name(guess.as_deref())) {
                Some(Some(name)) => zones.defined.insert(id, name),
                Some(None) if zones.odd.insert(id) => guess.and_then(|name| zones.defined.insert(id, name)),
                _ => guess.and_then(|name| zones.defined.insert(id, name)),
            };
        }
        zones
    }

    /// The times of a property, in its own zone, the calendar's or none. Values that are not times are ignored.
    pub fn times(&self, entry: &ICalendarEntry) -> Vec<EventTime> {
        let zone = entry.tz_id().map_or_else(|| self.default.clone(), |name| self.iana_name(name));
        let value = |value: &ICalendarValue| match value {
            ICalendarValue::PartialDateTime(at) => event_time(at, zone.as_deref()),
            ICalendarValue::Period(ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. }) => {
                event_time(start, zone.as_deref())
            }
            _ => None,
        };
        entry.values.iter().filter_map(value).collect()
    }

    /// The IANA name of a TZID: from the VTIMEZONE of that name, or by its own name.
    pub fn iana_name(&self, name: &str) -> Option<String> {
        self.defined.get(name).cloned().or_else(|| iana_name(name))
    }

    /// Whether the VTIMEZONE of that name has the offsets of no IANA zone.
    pub fn is_odd(&self, name: &str) -> bool {
        self.odd.contains(name)
    }
}

/// The year of the newest event: a zone is recognised by its offsets from then on.
fn newest_year(calendar: &ICalendar) -> i32 {
    let starts =
        component_events(calendar).filter_map(|event| event.property(&ICalendarProperty::Dtstart)?.values.first());
    let year = |value: &ICalendarValue| match value {
        ICalendarValue::PartialDateTime(at) => event_time(at, None).map(|at| at.written_on().year()),
        _ => None,
    };
    starts.filter_map(year).max().unwrap_or_default()
}
