//! From the parser's components to plain events. One bad event among good ones is left out, with its reason.

use std::collections::HashMap;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName, ICalendarPeriod,
    ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::event::{Calendar, Event, EventTime};
use super::guard;
use crate::import::zone_name::iana_name;
use crate::import::{ImportError, Warning, one_line};

/// The longest description that is kept, in characters.
const LONGEST_DESCRIPTION: usize = 4_000;

/// Reads all events of all calendars in `text`, and says which could not be read and why.
///
/// Accepts what real programs write: a byte-order mark, bare line feeds, lower case, several calendars, Windows zone
/// names, X-WR-TIMEZONE, events without an end.
pub fn read(text: &str) -> Result<(Calendar, Vec<Warning>), ImportError> {
    let shape = guard::look(text)?;
    let mut parser = Parser::new(shape.text);
    let mut reader = Reader { lines: shape.event_lines, ..Reader::default() };
    // A line gives one entry at the most.
    for _ in 0..=shape.lines {
        match parser.entry() {
            Entry::ICalendar(calendar) => reader.calendar(&calendar),
            Entry::Eof => break,
            _ => {}
        }
    }
    Ok((reader.read, reader.warnings))
}

#[derive(Default)]
struct Reader {
    read: Calendar,
    warnings: Vec<Warning>,
    lines: Vec<usize>,
    events_seen: usize,
}

/// What one calendar says about the zones of its times.
struct Zones<'a> {
    /// IANA names of its VTIMEZONEs, by their TZID.
    told: HashMap<&'a str, String>,
    default: Option<String>,
}

impl Reader {
    fn calendar(&mut self, calendar: &ICalendar) {
        let head = calendar.components.first();
        let text = |wanted: &str| {
            let entries = head.filter(|head| head.component_type == ICalendarComponentType::VCalendar)?.entries.iter();
            entries
                .filter(|entry| entry.name.as_str().eq_ignore_ascii_case(wanted))
                .find_map(|entry| entry.values.first()?.as_text().map(one_line))
                .filter(|text| !text.is_empty())
        };
        let name = || text("X-WR-CALNAME").or_else(|| text("NAME"));
        self.read.name = self.read.name.take().or_else(name);
        let timezones = calendar.components.iter().filter_map(ICalendarComponent::timezone);
        let told = timezones.filter_map(|(id, zone)| Some((id, iana_name(&zone.name()?)?))).collect();
        let zones = Zones { told, default: text("X-WR-TIMEZONE").and_then(|name| iana_name(&name)) };
        let events = calendar.components.iter();
        for component in events.filter(|each| each.component_type == ICalendarComponentType::VEvent) {
            let line = self.lines.get(self.events_seen).copied();
            self.events_seen += 1;
            match event(component, line, &zones) {
                Ok((event, unknown_zone)) => {
                    if let Some(zone) = unknown_zone {
                        let message =
                            format!("{}: nobody knows the zone \"{zone}\"; the plan's is used", event.title());
                        self.warnings.push(Warning { line, message });
                    }
                    self.read.events.push(event);
                }
                Err(reason) => {
                    let summary = text_of(component, &ICalendarProperty::Summary);
                    let title = if summary.is_empty() { "An event".to_owned() } else { one_line(&summary) };
                    self.warnings.push(Warning { line, message: format!("{title} is left out: {reason}") });
                }
            }
        }
    }
}

/// The event and the name of a zone that nobody knows.
fn event(
    component: &ICalendarComponent,
    line: Option<usize>,
    zones: &Zones<'_>,
) -> Result<(Event, Option<String>), String> {
    let time = |name: &ICalendarProperty| component.property(name).map(|entry| (entry, zones.times(entry)));
    let (entry, start) = time(&ICalendarProperty::Dtstart).ok_or("it has no DTSTART")?;
    let unknown_zone = entry.tz_id().filter(|name| zones.named(name).is_none()).map(one_line);
    let start = start.into_iter().next().ok_or("its DTSTART is not a date")?;
    let end = match time(&ICalendarProperty::Dtend) {
        Some((_, end)) => Some(end.into_iter().next().ok_or("its DTEND is not a date")?),
        None => None,
    };
    let all = |name: &ICalendarProperty| component.properties(name).flat_map(|entry| zones.times(entry)).collect();
    let replaces = component.property(&ICalendarProperty::RecurrenceId);
    let event = Event {
        line,
        uid: text_of(component, &ICalendarProperty::Uid),
        summary: one_line(&text_of(component, &ICalendarProperty::Summary)),
        description: description(&text_of(component, &ICalendarProperty::Description)),
        end: end_of(&start, end, component)?,
        rrule: rrule(component)?,
        excluded: all(&ICalendarProperty::Exdate),
        added: all(&ICalendarProperty::Rdate),
        replaces: replaces.and_then(|entry| zones.times(entry).into_iter().next()),
        replaces_later: replaces.is_some_and(|entry| entry.has_parameter(&ICalendarParameterName::Range)),
        is_cancelled: component.status() == Some(&ICalendarStatus::Cancelled),
        calendar_zone: zones.default.clone(),
        start,
    };
    Ok((event, unknown_zone))
}

fn end_of(start: &EventTime, end: Option<EventTime>, component: &ICalendarComponent) -> Result<EventTime, String> {
    // A date cannot end a time, nor the other way round; such an end counts as missing.
    if let Some(end) = end.filter(|end| end.is_date() == start.is_date()) {
        return match (start, &end) {
            // Programs that think of the last day instead of the day after write both the same.
            (EventTime::Date(first), EventTime::Date(day_after)) if first == day_after => next_day(*first),
            (EventTime::Date(first), EventTime::Date(day_after)) if first > day_after => {
                Err(format!("it ends on {day_after}, before it begins on {first}"))
            }
            _ => Ok(end),
        };
    }
    let duration = component.property(&ICalendarProperty::Duration).and_then(|entry| match entry.values.first()? {
        ICalendarValue::Duration(duration) => duration.to_time_delta().filter(|length| *length >= TimeDelta::zero()),
        _ => None,
    });
    let later = |at: &NaiveDateTime, length| at.checked_add_signed(length).ok_or("it ends beyond all calendars");
    Ok(match (start, duration) {
        (EventTime::Date(first), Some(length)) if length.num_days() > 0 => EventTime::Date(
            first.checked_add_signed(TimeDelta::days(length.num_days())).ok_or("it ends beyond all calendars")?,
        ),
        (EventTime::Date(first), _) => next_day(*first)?,
        (EventTime::Local { at, zone }, Some(length)) => {
            EventTime::Local { at: later(at, length)?, zone: zone.clone() }
        }
        (EventTime::Utc(at), Some(length)) => EventTime::Utc(later(at, length)?),
        (start, None) => start.clone(),
    })
}

fn next_day(on: NaiveDate) -> Result<EventTime, String> {
    on.succ_opt().map(EventTime::Date).ok_or_else(|| "it ends beyond all calendars".to_owned())
}

fn rrule(component: &ICalendarComponent) -> Result<Option<String>, String> {
    match component.property(&ICalendarProperty::Rrule).and_then(|entry| entry.values.first()) {
        None => Ok(None),
        Some(ICalendarValue::RecurrenceRule(rule)) => Ok(Some(rule.to_string())),
        Some(value) => {
            let text: String = value.as_text().map(one_line).unwrap_or_default().chars().take(100).collect();
            if text.is_empty() {
                return Ok(None);
            }
            Err(format!("\"{text}\" is not a recurrence rule"))
        }
    }
}

fn text_of(component: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let entry = component.property(name);
    entry.and_then(|entry| entry.values.first()?.as_text()).unwrap_or_default().trim().to_owned()
}

/// Without control characters but the ends of lines.
fn description(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_DESCRIPTION).collect()
}

impl Zones<'_> {
    /// The times of a property, in its own zone, the calendar's or none. What is no time is left out.
    fn times(&self, entry: &ICalendarEntry) -> Vec<EventTime> {
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
    fn named(&self, name: &str) -> Option<String> {
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
