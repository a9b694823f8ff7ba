//! In which zone the times of a calendar stand, and the times themselves.

use std::collections::{HashMap, HashSet};

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponentType, ICalendarEntry, ICalendarPeriod, ICalendarProperty, ICalendarValue,
};
use chrono::{Datelike, NaiveDate, TimeDelta};

use super::event::EventTime;
use super::read::events;
use super::vtimezone::Definition;
use crate::import::one_line;
use crate::import::zone_name::iana_name;

/// The most VTIMEZONEs of one calendar whose offsets are compared with those of the world's zones.
const MOST_DEFINITIONS: usize = 50;

/// What one calendar says about the zones of its times.
pub(in crate::import) struct Zones<'a> {
    /// IANA names of its VTIMEZONEs, by their TZID.
    told: HashMap<&'a str, String>,
    /// TZIDs whose VTIMEZONE gives offsets that no zone of the world has.
    odd: HashSet<&'a str>,
    pub default: Option<String>,
}

/// A property of the calendar itself, on one line; none where it is empty.
pub(in crate::import) fn head_text(calendar: &ICalendar, wanted: &str) -> Option<String> {
    let head = calendar.components.first();
    let entries = head.filter(|head| head.component_type == ICalendarComponentType::VCalendar)?.entries.iter();
    entries
        .filter(|entry| entry.name.as_str().eq_ignore_ascii_case(wanted))
        .find_map(|entry| entry.values.first()?.as_text().map(one_line))
        .filter(|text| !text.is_empty())
}

impl<'a> Zones<'a> {
    pub fn of(calendar: &'a ICalendar) -> Self {
        let default = head_text(calendar, "X-WR-TIMEZONE").and_then(|name| iana_name(&name));
        let mut zones = Self { told: HashMap::new(), odd: HashSet::new(), default };
        let year = newest_year(calendar);
        for component in calendar.timezones().take(MOST_DEFINITIONS) {
            let id = component.property(&ICalendarProperty::Tzid).and_then(|entry| entry.values.first()?.as_text());
            // A zone that bears the name of one of the world's is that one: its definition is often cut short.
            let Some(id) = id.filter(|id| iana_name(id).as_deref() != Some(*id)) else { continue };
            let guess = iana_name(id).or_else(|| iana_name(&component.timezone()?.1.name()?));
            // Any other name means what is defined under it (RFC 5545, 3.2.19).
            match Definition::of(calendar, component, year).map(|zone| zone.zone_name(guess.as_deref())) {
                Some(Some(name)) => zones.told.insert(id, name),
                Some(None) if zones.odd.insert(id) => guess.and_then(|name| zones.told.insert(id, name)),
                _ => guess.and_then(|name| zones.told.insert(id, name)),
            };
        }
        zones
    }

    /// The times of a property, in its own zone, the calendar's or none. What is no time is left out.
    pub fn times(&self, entry: &ICalendarEntry) -> Vec<EventTime> {
        let zone = entry.tz_id().map_or_else(|| self.default.clone(), |name| self.named(name));
        let value = |value: &ICalendarValue| match value {
            ICalendarValue::PartialDateTime(at) => moment(at, zone.as_deref()),
            ICalendarValue::Period(ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. }) => {
                moment(start, zone.as_deref())
            }
            _ => None,
        };
        entry.values.iter().filter_map(value).collect()
    }

    /// The IANA name of a TZID: told by the VTIMEZONE of that name, or known to the world.
    pub fn named(&self, name: &str) -> Option<String> {
        self.told.get(name).cloned().or_else(|| iana_name(name))
    }

    /// Whether the VTIMEZONE of that name gives offsets that no zone of the world has.
    pub fn is_odd(&self, name: &str) -> bool {
        self.odd.contains(name)
    }
}

/// The year of the newest event: of a zone's offsets those matter that hold from then on.
fn newest_year(calendar: &ICalendar) -> i32 {
    let starts = events(calendar).filter_map(|event| event.property(&ICalendarProperty::Dtstart)?.values.first());
    let year = |value: &ICalendarValue| match value {
        ICalendarValue::PartialDateTime(at) => moment(at, None).map(|at| at.written_on().year()),
        _ => None,
    };
    starts.filter_map(year).max().unwrap_or_default()
}

pub(super) fn moment(at: &PartialDateTime, zone: Option<&str>) -> Option<EventTime> {
    let on = NaiveDate::from_ymd_opt(at.year?.into(), at.month?.into(), at.day?.into())?;
    let Some(hour) = at.hour else { return Some(EventTime::Date(on)) };
    // A leap second belongs to the minute before.
    let second = u32::from(at.second.unwrap_or(0)).min(59);
    let clock = on.and_hms_opt(hour.into(), at.minute.unwrap_or(0).into(), second)?;
    let Some(ahead) = at.tz_hour else { return Some(EventTime::Local { at: clock, zone: zone.map(str::to_owned) }) };
    let ahead = TimeDelta::minutes(i64::from(ahead) * 60 + i64::from(at.tz_minute.unwrap_or(0)));
    let utc = if at.tz_minus { clock.checked_add_signed(ahead) } else { clock.checked_sub_signed(ahead) };
    utc.map(EventTime::Utc)
}
