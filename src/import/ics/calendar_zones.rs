//! The zones that a calendar names, and its times in them.

use std::collections::HashMap;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarPeriod, ICalendarProperty, ICalendarValue,
};
use chrono::Datelike;

use super::components::{component_events, head_text};
use super::event_time::{EventTime, EventZone};
use super::events::AddedTime;
use super::moments::{event_time, time_after};
use super::years::Years;
use super::zone_definition::Definition;
use super::zone_match::Match;
use crate::import::text::words_on_one_line;
use crate::import::zone_names::iana_name;
use crate::model::CustomZone;

/// At most this many VTIMEZONEs of one calendar are compared with the IANA zones.
const MOST_DEFINITIONS: usize = 50;

/// The zones of one calendar.
pub(in crate::import) struct Zones<'a> {
    /// By the TZID of their VTIMEZONE.
    defined: HashMap<&'a str, DefinedZone>,
    /// Those that only the plan defines, by their names.
    in_plan: HashMap<String, EventZone>,
    /// Zone of X-WR-TIMEZONE, for times that name no zone.
    pub default: Option<EventZone>,
}

/// What a VTIMEZONE means.
struct DefinedZone {
    zone: EventZone,
    /// What a warning says about each event in it.
    remark: Option<String>,
}

impl<'a> Zones<'a> {
    /// The zones of a calendar. A zone is recognised by its offsets in the years of the plan, if they are given, and in
    /// those of the newest event.
    pub fn new(calendar: &'a ICalendar, plan_years: Option<Years>) -> Self {
        let named = |name: String| iana_name(&name).and_then(|name| EventZone::named(&name));
        let default = head_text(calendar, "X-WR-TIMEZONE").and_then(named);
        let mut zones = Self { defined: HashMap::new(), in_plan: HashMap::new(), default };
        let event_years = newest_years(calendar);
        for component in calendar.timezones().take(MOST_DEFINITIONS) {
            let id = component.property(&ICalendarProperty::Tzid).and_then(|entry| entry.values.first()?.as_text());
            let Some(id) = id else { continue };
            let years = (plan_years.unwrap_or(event_years), event_years);
            if let Some(zone) = defined_zone(calendar, component, id, years) {
                zones.defined.insert(id, zone);
            }
        }
        zones
    }

    /// The same with the plan's own zones: a message may name one that an earlier file defined.
    pub fn with_plan(mut self, zones: &[CustomZone]) -> Self {
        let named = |zone: &CustomZone| (zone.id.as_str().to_owned(), EventZone::defined(zone.clone()));
        self.in_plan.extend(zones.iter().map(named));
        self
    }

    /// The times of a property, in its own zone, the calendar's or none. Values that are not times are ignored.
    pub fn times(&self, entry: &ICalendarEntry) -> Vec<EventTime> {
        self.periods(entry).into_iter().map(|added| added.start).collect()
    }

    /// The times of a property, with their ends where they are periods.
    pub fn periods(&self, entry: &ICalendarEntry) -> Vec<AddedTime> {
        let zone = entry.tz_id().map_or_else(|| self.default.clone(), |name| self.zone(name));
        let time = |at: &PartialDateTime| event_time(at, zone.as_ref());
        let value = |value: &ICalendarValue| match value {
            ICalendarValue::PartialDateTime(at) => Some(AddedTime { start: time(at)?, end: None }),
            ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
                Some(AddedTime { start: time(start)?, end: time(end) })
            }
            ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
                let start = time(start)?;
                let end = duration.to_time_delta().and_then(|length| time_after(&start, length));
                Some(AddedTime { start, end })
            }
            _ => None,
        };
        entry.values.iter().filter_map(value).collect()
    }

    /// The zone of a TZID: from the VTIMEZONE of that name, by its own name, or from the plan.
    pub fn zone(&self, name: &str) -> Option<EventZone> {
        match self.defined.get(name) {
            Some(defined) => Some(defined.zone.clone()),
            None => iana_name(name)
                .and_then(|name| EventZone::named(&name))
                .or_else(|| self.in_plan.get(&words_on_one_line(name)).cloned()),
        }
    }

    /// What a warning says about an event whose times name this zone.
    pub fn remark(&self, name: &str) -> Option<&str> {
        self.defined.get(name)?.remark.as_deref()
    }
}

/// What a VTIMEZONE means (RFC 5545, 3.2.19): what its definition says, even if its name is that of another zone. Only a
/// definition that was cut short counts less than its name.
fn defined_zone(
    calendar: &ICalendar,
    component: &ICalendarComponent,
    id: &str,
    years: (Years, Years),
) -> Option<DefinedZone> {
    let by_name = iana_name(id);
    let guess = by_name.clone().or_else(|| iana_name(&component.timezone()?.1.name()?));
    let by_guess = |guess: Option<&String>| {
        guess.and_then(|name| EventZone::named(name)).map(|zone| DefinedZone { zone, remark: None })
    };
    let Some(definition) = Definition::new(calendar, component) else { return by_guess(guess.as_ref()) };
    let is_named = by_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(id));
    // Definitions were cut short that have no summer time, or onsets for past years only.
    let ends_early = definition.ends_before(years.0.first.max(years.1.first));
    let is_cut_short = !definition.has_summer_time()
        && (is_named
            || by_name
                .as_deref()
                .and_then(EventZone::named)
                .is_some_and(|zone| definition.is_part_of(zone.zone(), years.0.first)));
    let id = words_on_one_line(id);
    if is_cut_short || (guess.is_some() && ends_early) {
        // What is named as in the world's list means that zone, since many programs write no more of it.
        let differs = |zone: &EventZone| is_cut_short && !is_named && !definition.agrees(zone.zone(), years.0);
        let remark = |zone: &EventZone| {
            let name = zone.name();
            differs(zone)
                .then(|| format!("the file defines \"{id}\" without summer time, so the clock of {name} is used"))
        };
        return by_guess(guess.as_ref()).map(|defined| DefinedZone { remark: remark(&defined.zone), ..defined });
    }
    Some(match definition.find(guess.as_deref(), years) {
        Match::Guess(name) => DefinedZone { zone: EventZone::named(&name)?, remark: None },
        Match::Other(name) => {
            let remark =
                is_named.then(|| format!("the file defines \"{id}\" with the clock of {name}, so that is used"));
            DefinedZone { zone: EventZone::named(&name)?, remark }
        }
        Match::None => DefinedZone {
            remark: Some(format!(
                "no known time zone has the offsets of \"{id}\", so its definition in the file is used"
            )),
            zone: EventZone::defined(definition.custom_zone(
                &own_id(&id),
                Years { first: years.0.first.min(years.1.first), last: years.0.last.max(years.1.last) },
            )),
        },
    })
}

/// The id of a zone that is not an IANA zone. It never looks like one.
fn own_id(name: &str) -> String {
    if iana_name(name).is_some() { format!("{name} (calendar)") } else { name.to_owned() }
}

/// The year of the newest event and the one after it.
fn newest_years(calendar: &ICalendar) -> Years {
    let starts =
        component_events(calendar).filter_map(|event| event.property(&ICalendarProperty::Dtstart)?.values.first());
    let year = |value: &ICalendarValue| match value {
        ICalendarValue::PartialDateTime(at) => event_time(at, None).map(|at| at.written_on().year()),
        _ => None,
    };
    let first = starts.filter_map(year).max().unwrap_or_default().clamp(Years::FIRST, Years::LAST - 1);
    Years { first, last: first + 1 }
}
