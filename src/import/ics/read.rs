//! From the parser's components to plain events. One bad event among good ones is left out, with its reason.

use std::collections::BTreeMap;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameterName, ICalendarProperty, ICalendarStatus,
    ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::event::{Calendar, Event, EventTime};
use super::guard;
use super::zones::{Zones, head_text};
use crate::import::{ImportError, Warning, one_line};

/// The longest description that is kept, in characters.
const LONGEST_DESCRIPTION: usize = 4_000;

/// Reads all events of all calendars in `text`, and says which could not be read and why, and what else there is.
///
/// Accepts what real programs write: a byte-order mark, bare line feeds, lower case, several calendars, Windows zone
/// names, X-WR-TIMEZONE, events without an end.
pub fn read(text: &str) -> Result<(Calendar, Vec<Warning>), ImportError> {
    let mut reader = Reader::default();
    each_calendar(text, |calendar, lines| reader.calendar(calendar, lines))?;
    reader.tell_others();
    Ok((reader.read, reader.warnings))
}

/// Parses `text` and visits each of its calendars, with the lines on which the calendar's events begin.
pub(in crate::import) fn each_calendar(
    text: &str,
    mut visit: impl FnMut(&ICalendar, &[usize]),
) -> Result<(), ImportError> {
    let shape = guard::look(text)?;
    let mut parser = Parser::new(shape.text);
    let mut lines = &*shape.event_lines;
    // A line gives one entry at the most.
    for _ in 0..=shape.lines {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let (own, later) = lines.split_at(events(&calendar).count().min(lines.len()));
                visit(&calendar, own);
                lines = later;
            }
            Entry::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

/// The events of a calendar, in the order of the text.
pub(in crate::import) fn events(calendar: &ICalendar) -> impl Iterator<Item = &ICalendarComponent> {
    calendar.components.iter().filter(|each| each.component_type == ICalendarComponentType::VEvent)
}

#[derive(Default)]
struct Reader {
    read: Calendar,
    warnings: Vec<Warning>,
    has_events: bool,
    /// How many there are of each kind of component that is no event, by its name in the file.
    others: BTreeMap<String, usize>,
}

impl Reader {
    fn calendar(&mut self, calendar: &ICalendar, lines: &[usize]) {
        let name = || head_text(calendar, "X-WR-CALNAME").or_else(|| head_text(calendar, "NAME"));
        self.read.name = self.read.name.take().or_else(name);
        self.count_others(calendar);
        let zones = Zones::of(calendar);
        for (at, component) in events(calendar).enumerate() {
            self.has_events = true;
            self.event(component, lines.get(at).copied(), &zones);
        }
    }

    fn event(&mut self, component: &ICalendarComponent, line: Option<usize>, zones: &Zones<'_>) {
        match event(component, line, zones) {
            Ok((event, remarks)) => {
                let message = |remark| format!("{}: {remark}", event.title());
                self.warnings.extend(remarks.into_iter().map(|remark| Warning { line, message: message(remark) }));
                self.read.events.push(event);
            }
            Err(reason) => {
                let summary = text_of(component, &ICalendarProperty::Summary);
                let title = if summary.is_empty() { "An event".to_owned() } else { one_line(&summary) };
                self.warnings.push(Warning { line, message: format!("{title} is left out: {reason}") });
            }
        }
    }

    /// Counts what stands beside the events, not what belongs to one of them.
    fn count_others(&mut self, calendar: &ICalendar) {
        let Some(head) = calendar.components.first() else { return };
        let is_calendar = head.component_type == ICalendarComponentType::VCalendar;
        let inside = head.component_ids.iter().filter_map(|id| calendar.component_by_id(*id));
        let alone = std::iter::once(head).filter(|_| !is_calendar);
        for component in inside.filter(|_| is_calendar).chain(alone) {
            if component.component_type != ICalendarComponentType::VEvent {
                *self.others.entry(one_line(component.component_type.as_str())).or_default() += 1;
            }
        }
    }

    /// Says what the calendars hold besides events: zones and alarms only where there is nothing else.
    fn tell_others(&mut self) {
        let is_told = |kind: &str| !self.has_events || !["VTIMEZONE", "VALARM"].contains(&kind);
        let told = self.others.iter().filter(|(kind, _)| is_told(kind));
        let told: Vec<String> = told.take(MOST_KINDS).map(|(kind, count)| format!("{count} {kind}")).collect();
        let message = match (told.is_empty(), self.has_events) {
            (true, true) => return,
            (true, false) => "The calendar is empty: it holds no event (VEVENT)".to_owned(),
            (false, _) => format!("Left out, since only events (VEVENT) are read: {}", told.join(", ")),
        };
        self.warnings.push(Warning { line: None, message });
    }
}

/// How many kinds of components a warning names.
const MOST_KINDS: usize = 8;

/// The event, and what of it is not taken over as it stands.
fn event(
    component: &ICalendarComponent,
    line: Option<usize>,
    zones: &Zones<'_>,
) -> Result<(Event, Vec<String>), String> {
    let time = |name: &ICalendarProperty| component.property(name).map(|entry| (entry, zones.times(entry)));
    let (entry, start) = time(&ICalendarProperty::Dtstart).ok_or("it has no DTSTART")?;
    let unknown_zone = entry.tz_id().filter(|name| zones.named(name).is_none()).map(one_line);
    let unknown_zone = unknown_zone.map(|zone| format!("nobody knows the zone \"{zone}\"; the plan's is used"));
    let odd_zone = entry.tz_id().filter(|name| zones.is_odd(name)).and_then(|name| Some((name, zones.named(name)?)));
    let odd_zone = odd_zone.map(|(name, known)| {
        format!("no zone of the world has the offsets of \"{}\"; {known} is used", one_line(name))
    });
    let has_more_rules = component.properties(&ICalendarProperty::Rrule).nth(1).is_some();
    let more_rules =
        has_more_rules.then(|| "only the first of its recurrence rules is read, the others are left out".to_owned());
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
        sequence: component
            .property(&ICalendarProperty::Sequence)
            .and_then(|entry| entry.values.first()?.as_integer())
            .unwrap_or(0),
        replaces: replaces.and_then(|entry| zones.times(entry).into_iter().next()),
        replaces_later: replaces.is_some_and(|entry| entry.has_parameter(&ICalendarParameterName::Range)),
        is_cancelled: component.status() == Some(&ICalendarStatus::Cancelled),
        calendar_zone: zones.default.clone(),
        start,
    };
    Ok((event, unknown_zone.into_iter().chain(odd_zone).chain(more_rules).collect()))
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

pub(in crate::import) fn text_of(component: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let entry = component.property(name);
    entry.and_then(|entry| entry.values.first()?.as_text()).unwrap_or_default().trim().to_owned()
}

/// Without control characters but the ends of lines.
fn description(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_DESCRIPTION).collect()
}
