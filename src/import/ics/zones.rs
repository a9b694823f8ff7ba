//! In which zone the times of a calendar stand, and the times themselves.

use std::collections::HashMap;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarPeriod, ICalendarValue,
};
use chrono::{NaiveDate, TimeDelta};

use super::event::EventTime;
use crate::import::one_line;
use crate::import::zone_name::iana_name;

/// What one calendar says about the zones of its times.
pub(in crate::import) struct Zones<'a> {
    /// IANA names of its VTIMEZONEs, by their TZID.
    told: HashMap<&'a str, String>,
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
        let timezones = calendar.components.iter().filter_map(ICalendarComponent::timezone);
        let told = timezones.filter_map(|(id, zone)| Some((id, iana_name(&zone.name()?)?))).collect();
        Self { told, default: head_text(calendar, "X-WR-TIMEZONE").and_then(|name| iana_name(&name)) }
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

    /// The IANA name of a TZID: known to the world, or told by the VTIMEZONE of that name.
    pub fn named(&self, name: &str) -> Option<String> {
        iana_name(name).or_else(|| self.told.get(name).cloned())
    }
}

fn moment(at: &PartialDateTime, zone: Option<&str>) -> Option<EventTime> {
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
