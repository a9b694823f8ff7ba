//! Turns the parser's components into plain events. A bad event among good ones is skipped, with the reason.

use std::collections::BTreeMap;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameterName, ICalendarProperty, ICalendarStatus,
    ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::calendar_zones::Zones;
use super::components::{component_events, head_text, text_of};
use super::events::{Calendar, Event, EventTime};
use super::shape;
use crate::import::error::ImportError;
use crate::import::imported::Warning;
use crate::import::text::words_on_one_line;
use crate::model::{LONGEST_NAME, check_name_length};

/// The longest description that is kept, in characters.
const LONGEST_DESCRIPTION: usize = 4_000;

/// Reads all events of all calendars in `text`, with warnings about those that are skipped and about what else there is.
///
/// Accepts what real programs write: a byte-order mark, bare line feeds, lower case, several calendars, Windows zone
/// names, X-WR-TIMEZONE, events without an end.
///
/// # Errors
/// The text is not a calendar, is too long or is nested too deeply.
pub fn read_events(text: &str) -> Result<(Calendar, Vec<Warning>), ImportError> {
    let mut reader = Reader::default();
    each_calendar(text, |calendar, lines| reader.calendar(calendar, lines))?;
    reader.warn_about_others();
    Ok((reader.read, reader.warnings))
}

/// Parses `text` and visits each of its calendars, with the lines on which the calendar's events begin.
///
/// # Errors
/// The text is not a calendar, is too long or is nested too deeply.
pub(in crate::import) fn each_calendar(
    text: &str,
    mut visit: impl FnMut(&ICalendar, &[usize]),
) -> Result<(), ImportError> {
    let shape = shape::measure(text)?;
    let mut parser = Parser::new(shape.text);
    let mut lines = &*shape.event_lines;
    // A line gives at most one entry, so this ends whatever the parser does.
    for _ in 0..=shape.lines {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let (own, later) = lines.split_at(component_events(&calendar).count().min(lines.len()));
                visit(&calendar, own);
                lines = later;
            }
            Entry::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct Reader {
    read: Calendar,
    warnings: Vec<Warning>,
    has_events: bool,
    /// Counts of components other than events, by their names in the file.
    others: BTreeMap<String, usize>,
}

impl Reader {
    fn calendar(&mut self, calendar: &ICalendar, lines: &[usize]) {
        let name = || head_text(calendar, "X-WR-CALNAME").or_else(|| head_text(calendar, "NAME"));
        self.read.name = self.read.name.take().or_else(name);
        self.count_others(calendar);
        let zones = Zones::new(calendar);
        for (index, component) in component_events(calendar).enumerate() {
            self.has_events = true;
            self.event(component, lines.get(index).copied(), &zones);
        }
    }

    fn event(&mut self, component: &ICalendarComponent, line: Option<usize>, zones: &Zones<'_>) {
        match event(component, line, zones) {
            Ok((event, remarks)) => {
                let message = |remark| format!("{}: {remark}", event.quoted_title());
                self.warnings.extend(remarks.into_iter().map(|remark| Warning { line, message: message(remark) }));
                self.read.events.push(event);
            }
            Err(reason) => {
                let summary = text_of(component, &ICalendarProperty::Summary);
                let title = if summary.is_empty() {
                    "Event".to_owned()
                } else {
                    format!("\"{}\"", words_on_one_line(&summary).chars().take(LONGEST_NAME).collect::<String>())
                };
                self.warnings.push(Warning { line, message: format!("{title} skipped: {reason}") });
            }
        }
    }

    /// Counts components beside the events, but not those inside events.
    fn count_others(&mut self, calendar: &ICalendar) {
        let Some(head) = calendar.components.first() else { return };
        let is_calendar = head.component_type == ICalendarComponentType::VCalendar;
        let inside = head.component_ids.iter().filter_map(|id| calendar.component_by_id(*id));
        let alone = std::iter::once(head).filter(|_| !is_calendar);
        for component in inside.filter(|_| is_calendar).chain(alone) {
            if component.component_type != ICalendarComponentType::VEvent {
                *self.others.entry(words_on_one_line(component.component_type.as_str())).or_default() += 1;
            }
        }
    }

    /// Warns about components other than events; about zones and alarms only if there is nothing else.
    fn warn_about_others(&mut self) {
        let is_named = |kind: &str| !self.has_events || !["VTIMEZONE", "VALARM"].contains(&kind);
        let named = self.others.iter().filter(|(kind, _)| is_named(kind));
        let named: Vec<String> = named.take(MOST_KINDS).map(|(kind, count)| format!("{count} {kind}")).collect();
        let message = match (named.is_empty(), self.has_events) {
            (true, true) => return,
            (true, false) => "The calendar has no events (VEVENT)".to_owned(),
            (false, _) => format!("Skipped, since only events (VEVENT) are imported: {}", named.join(", ")),
        };
        self.warnings.push(Warning { line: None, message });
    }
}

/// How many kinds of components a warning names.
const MOST_KINDS: usize = 8;

/// The event, with warnings about what is not imported as it is.
///
/// # Errors
/// Why the event is skipped, in the middle of a sentence.
fn event(
    component: &ICalendarComponent,
    line: Option<usize>,
    zones: &Zones<'_>,
) -> Result<(Event, Vec<String>), String> {
    let time = |name: &ICalendarProperty| component.property(name).map(|entry| (entry, zones.times(entry)));
    let (entry, start) = time(&ICalendarProperty::Dtstart).ok_or("DTSTART is missing")?;
    let unknown_zone = entry.tz_id().filter(|name| zones.iana_name(name).is_none()).map(words_on_one_line);
    let unknown_zone = unknown_zone.map(|zone| format!("unknown time zone \"{zone}\", so the plan's is used"));
    let odd_zone =
        entry.tz_id().filter(|name| zones.is_odd(name)).and_then(|name| Some((name, zones.iana_name(name)?)));
    let odd_zone = odd_zone.map(|(name, known)| {
        format!("no known time zone has the offsets of \"{}\", so {known} is used", words_on_one_line(name))
    });
    let has_more_rules = component.properties(&ICalendarProperty::Rrule).nth(1).is_some();
    let more_rules =
        has_more_rules.then(|| "only the first of its recurrence rules is imported, the others are skipped".to_owned());
    let start = start.into_iter().next().ok_or("invalid DTSTART (expected a date)")?;
    let end = match time(&ICalendarProperty::Dtend) {
        Some((_, end)) => Some(end.into_iter().next().ok_or("invalid DTEND (expected a date)")?),
        None => None,
    };
    let all = |name: &ICalendarProperty| component.properties(name).flat_map(|entry| zones.times(entry)).collect();
    let replaces = component.property(&ICalendarProperty::RecurrenceId);
    let summary = words_on_one_line(&text_of(component, &ICalendarProperty::Summary));
    check_name_length(&summary)?;
    let event = Event {
        line,
        uid: text_of(component, &ICalendarProperty::Uid),
        summary,
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

/// When the event ends, by DTEND or DURATION.
fn end_of(start: &EventTime, end: Option<EventTime>, component: &ICalendarComponent) -> Result<EventTime, String> {
    // An end in another form than the start (date or time) counts as missing.
    if let Some(end) = end.filter(|end| end.is_date() == start.is_date()) {
        return match (start, &end) {
            // Some programs write the last day instead of the day after it.
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
    let later =
        |at: &NaiveDateTime, length| at.checked_add_signed(length).ok_or("it ends after the last possible date");
    Ok(match (start, duration) {
        (EventTime::Date(first), Some(length)) if length.num_days() > 0 => EventTime::Date(
            first
                .checked_add_signed(TimeDelta::days(length.num_days()))
                .ok_or("it ends after the last possible date")?,
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
    on.succ_opt().map(EventTime::Date).ok_or_else(|| "it ends after the last possible date".to_owned())
}

fn rrule(component: &ICalendarComponent) -> Result<Option<String>, String> {
    match component.property(&ICalendarProperty::Rrule).and_then(|entry| entry.values.first()) {
        None => Ok(None),
        Some(ICalendarValue::RecurrenceRule(rule)) => Ok(Some(rule.to_string())),
        Some(value) => {
            let text: String = value.as_text().map(words_on_one_line).unwrap_or_default().chars().take(100).collect();
            if text.is_empty() {
                return Ok(None);
            }
            Err(format!("invalid recurrence rule \"{text}\""))
        }
    }
}

/// The text without control characters other than line ends.
fn description(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_DESCRIPTION).collect()
}
