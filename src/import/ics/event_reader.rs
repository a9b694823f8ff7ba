//! Turns the parser's components into plain events. A bad event among good ones is skipped, with the reason.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::all_day;
use super::calendar_text::{CalendarText, Check};
use super::calendar_zones::Zones;
use super::chunks;
use super::components::{component_events, head_text, text_of};
use super::event_end::end_of;
use super::event_status::{is_all_day, is_cancelled, is_cancelled_word, is_tentative, unknown_status};
use super::event_time::{EventTime, EventZone};
use super::events::{Calendar, Event};
use super::shape::{self, RawEvent};
use super::years::Years;
use crate::import::error::ImportError;
use crate::import::imported::Warning;
use crate::import::text::{cancelling_word, words_on_one_line};
use crate::model::{CustomZone, LONGEST_NAME};
use crate::schedule::Zone;
use crate::wording::counted;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName, ICalendarProperty,
};
use calcard::{Entry, Parser};

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
    reader.add(&CalendarText::from_text(text), None, &|| Ok(()))?;
    Ok(reader.finish())
}

/// Parses `text` and visits each of its calendars, with what its events say as written. A long calendar is visited in parts.
/// `check` ends the reading if it fails.
///
/// # Errors
/// The text is not a calendar, is too long or is nested too deeply, or what `check` or `visit` returns.
pub(in crate::import) fn each_calendar(
    text: &CalendarText,
    check: Check<'_>,
    mut visit: impl FnMut(&ICalendar, &[RawEvent]) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let shape = shape::measure(text, check)?;
    let is_rewritten = shape.events.iter().any(|event| event.is_rewritten);
    let mut events = &*shape.events;
    for part in chunks::parts(shape.text, check)? {
        let part = part.text();
        let rewritten = is_rewritten.then(|| {
            let line = |line| shape::rewritten(line).map_or(Cow::Borrowed(line), Cow::Owned);
            part.split('\n').map(line).collect::<Vec<_>>().join("\n")
        });
        let mut parser = Parser::new(rewritten.as_deref().unwrap_or(&part));
        // A line gives at most one entry, so this ends whatever the parser does.
        for _ in 0..=shape.lines {
            match parser.entry() {
                Entry::ICalendar(calendar) => {
                    let (own, later) = events.split_at(component_events(&calendar).count().min(events.len()));
                    visit(&calendar, own)?;
                    events = later;
                }
                Entry::Eof => break,
                _ => {}
            }
        }
    }
    Ok(())
}

/// What the times of a calendar are read for.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadContext {
    /// The years of the plan.
    pub years: Option<Years>,
    /// The plan's zone.
    pub home: Option<Arc<Zone>>,
    /// The zones that the plan defines.
    pub zones: Vec<CustomZone>,
}

#[derive(Default)]
pub(super) struct Reader {
    context: ReadContext,
    read: Calendar,
    warnings: Vec<Warning>,
    has_events: bool,
    /// How many events have times with seconds, and the line of the first.
    with_seconds: usize,
    first_with_seconds: Option<usize>,
    /// Counts of components other than events, by their names in the file.
    others: BTreeMap<String, usize>,
}

impl Reader {
    pub fn new(context: ReadContext) -> Self {
        Self { context, ..Self::default() }
    }

    /// Reads all calendars of a text. `method` applies to those that name none themselves, as calendars in mails may.
    /// `check` ends the reading if it fails.
    ///
    /// # Errors
    /// The text is not a calendar, is too long or is nested too deeply, or what `check` returns.
    pub fn add(&mut self, text: &CalendarText, method: Option<&str>, check: Check<'_>) -> Result<(), ImportError> {
        self.read.is_cut_short |= shape::is_cut_short(&text.text);
        each_calendar(text, check, |calendar, events| {
            self.calendar(calendar, events, method);
            check()
        })
    }

    /// The events, and warnings about those that were skipped and about what else there is.
    pub fn finish(mut self) -> (Calendar, Vec<Warning>) {
        read_replacements_on_the_clock_of_their_series(&mut self.read.events);
        self.warn_about_others();
        if self.read.is_cut_short && self.has_events {
            let message = "The file ends before END:VCALENDAR, so events may be missing, and none counts as gone";
            self.warnings.push(Warning { line: None, message: message.to_owned() });
        }
        if self.with_seconds > 0 {
            let events = counted(self.with_seconds, "event");
            let message = format!("{events} with times in seconds, which plans do not have: the seconds are left out");
            self.warnings.push(Warning { line: self.first_with_seconds, message });
        }
        (self.read, self.warnings)
    }

    fn calendar(&mut self, calendar: &ICalendar, events: &[RawEvent], method: Option<&str>) {
        let name = || head_text(calendar, "X-WR-CALNAME").or_else(|| head_text(calendar, "NAME"));
        self.read.name = self.read.name.take().or_else(name);
        self.count_others(calendar);
        let method = head_text(calendar, "METHOD").or_else(|| method.map(str::to_owned)).unwrap_or_default();
        let method = method.to_ascii_uppercase();
        self.read.is_message |= !matches!(&*method, "" | "PUBLISH");
        let zones = Zones::new(calendar, self.context.years).with_plan(&self.context.zones);
        let no_rules = RawEvent::default();
        for (index, component) in component_events(calendar).enumerate() {
            self.has_events = true;
            let raw = events.get(index).unwrap_or(&no_rules);
            let line = Some(raw.line).filter(|line| *line > 0);
            match why_no_plan(&method) {
                Some(reason) => self.skip(component, line, reason),
                None => self.event(component, raw, &zones, &method),
            }
        }
    }

    fn event(&mut self, component: &ICalendarComponent, raw: &RawEvent, zones: &Zones<'_>, method: &str) {
        let cancels = is_cancelled_word(method) || method == "CANCEL";
        let line = Some(raw.line).filter(|line| *line > 0);
        match event(component, raw, zones, &self.context, cancels) {
            Ok((mut event, remarks)) => {
                if raw.has_seconds {
                    self.with_seconds += 1;
                    self.first_with_seconds = self.first_with_seconds.or(line);
                }
                event.is_from_cancellation = cancels;
                event.is_cancelled |= cancels;
                event.is_addition = method == "ADD" && event.replaces.is_none();
                let message = |remark| format!("{}: {remark}", event.quoted_title());
                self.warnings.extend(remarks.into_iter().map(|remark| Warning { line, message: message(remark) }));
                self.read.events.push(event);
            }
            Err(reason) => self.skip(component, line, &reason),
        }
    }

    fn skip(&mut self, component: &ICalendarComponent, line: Option<usize>, reason: &str) {
        self.read.unread_uids.push(text_of(component, &ICalendarProperty::Uid));
        let summary = text_of(component, &ICalendarProperty::Summary);
        let title = if summary.is_empty() {
            "Event".to_owned()
        } else {
            format!("\"{}\"", words_on_one_line(&summary).chars().take(LONGEST_NAME).collect::<String>())
        };
        self.warnings.push(Warning { line, message: format!("{title} skipped: {reason}") });
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

/// Replacements of occurrences whose times name no zone are on the clock of their series.
fn read_replacements_on_the_clock_of_their_series(events: &mut [Event]) {
    let series = events.iter().filter(|event| event.replaces.is_none());
    let clocks: HashMap<String, EventZone> =
        series.filter_map(|event| Some((event.uid.clone(), event.clock()?.clone()))).collect();
    for event in events.iter_mut().filter(|event| event.replaces.is_some()) {
        if let Some(clock) = clocks.get(&event.uid) {
            event.set_missing_zones(clock);
        }
    }
}

/// Why the events of a calendar with this METHOD are not a plan (RFC 5546, 3.2), in the middle of a sentence.
fn why_no_plan(method: &str) -> Option<&'static str> {
    Some(match method {
        "REPLY" => "METHOD:REPLY is an answer to an invite: import the file as replies",
        "COUNTER" => "METHOD:COUNTER only proposes a change: import the file as replies",
        "DECLINECOUNTER" => "METHOD:DECLINECOUNTER only declines a proposal",
        "REFRESH" => "METHOD:REFRESH only asks for the event",
        _ => return None,
    })
}

/// How many kinds of components a warning names.
const MOST_KINDS: usize = 8;

/// The event, with warnings about what is not imported as it is.
///
/// # Errors
/// Why the event is skipped, in the middle of a sentence.
fn event(
    component: &ICalendarComponent,
    raw: &RawEvent,
    zones: &Zones<'_>,
    context: &ReadContext,
    cancels: bool,
) -> Result<(Event, Vec<String>), String> {
    let has_end = component.property(&ICalendarProperty::Dtend).is_some();
    if let Some((_, reason)) = raw.invalid.iter().find(|(name, _)| *name != "DURATION" || !has_end) {
        return Err(reason.clone());
    }
    let (start, has_start) = start_of(component, zones, cancels || is_cancelled(component))?;
    let end = match component.property(&ICalendarProperty::Dtend) {
        Some(end) => Some(zones.times(end).into_iter().next().ok_or("invalid DTEND (expected a date)")?),
        None => None,
    };
    let mut remarks =
        component.property(&ICalendarProperty::Dtstart).map(|entry| zone_remarks(entry, zones)).unwrap_or_default();
    let all = |name: &ICalendarProperty| component.properties(name).flat_map(|entry| zones.times(entry)).collect();
    let added = component.properties(&ICalendarProperty::Rdate).flat_map(|entry| zones.periods(entry)).collect();
    let replaces = component.property(&ICalendarProperty::RecurrenceId);
    let stamp = component.property(&ICalendarProperty::Dtstamp).and_then(|entry| zones.times(entry).into_iter().next());
    let (end, exact_length) = end_of(&start, end, component, &mut remarks)?;
    let summary = name(&text_of(component, &ICalendarProperty::Summary), &mut remarks);
    let is_cancelled =
        is_cancelled(component) || is_titled_cancelled(&summary, cancels, replaces.is_some(), component)?;
    let mut event = Event {
        line: Some(raw.line).filter(|line| *line > 0),
        uid: text_of(component, &ICalendarProperty::Uid),
        summary,
        description: description(&text_of(component, &ICalendarProperty::Description)),
        end,
        exact_length,
        rules: raw.rules.clone(),
        exclusion_rules: raw.exclusion_rules.clone(),
        excluded: all(&ICalendarProperty::Exdate),
        added,
        sequence: component
            .property(&ICalendarProperty::Sequence)
            .and_then(|entry| entry.values.first()?.as_integer())
            .unwrap_or(0),
        written: stamp.map(|at| at.written_to_the_second()),
        replaces: replaces.and_then(|entry| zones.times(entry).into_iter().next()),
        replaces_later: replaces.is_some_and(|entry| entry.has_parameter(&ICalendarParameterName::Range)),
        is_cancelled,
        is_tentative: is_tentative(component),
        is_from_cancellation: false,
        is_addition: false,
        calendar_zone: zones.default.as_ref().map(|zone| zone.name().into()),
        start,
        has_start,
    };
    if let Some(clock) = event.clock().cloned() {
        event.set_missing_zones(&clock);
    }
    remarks.extend(raw.remarks.iter().cloned());
    remarks.extend(twice(component));
    remarks.extend(unknown_status(component));
    if raw.has_timed_dates {
        remarks.push("it has times that are marked as dates (VALUE=DATE), and the times are used".to_owned());
    }
    if is_all_day(component) {
        remarks.extend(all_day::mark(&mut event, context.home.as_ref()));
    }
    Ok((event, remarks))
}

/// Warnings about times that the event may have once (RFC 5545, 3.6.1): the first counts.
fn twice(component: &ICalendarComponent) -> impl Iterator<Item = String> {
    let once = [
        (ICalendarProperty::Dtstart, "DTSTART"),
        (ICalendarProperty::Dtend, "DTEND"),
        (ICalendarProperty::Duration, "DURATION"),
        (ICalendarProperty::RecurrenceId, "RECURRENCE-ID"),
    ];
    let has = |name: &ICalendarProperty| component.property(name).is_some();
    let both = has(&ICalendarProperty::Dtend) && has(&ICalendarProperty::Duration);
    let both = both.then(|| "it has DTEND and DURATION, and DTEND is used".to_owned());
    let several = once.into_iter().filter(|(name, _)| component.properties(name).count() > 1);
    both.into_iter().chain(several.map(|(_, name)| format!("it has several {name}, and the first is used")))
}

/// Whether the title alone says that the event does not take place: that counts for one occurrence of a series.
///
/// # Errors
/// Why another event is skipped: what was imported earlier stays until its STATUS or METHOD says so.
fn is_titled_cancelled(
    title: &str,
    cancels: bool,
    is_replacement: bool,
    component: &ICalendarComponent,
) -> Result<bool, String> {
    match cancelling_word(title).filter(|_| !cancels && !is_cancelled(component)) {
        Some(word) if !is_replacement => Err(format!("its title begins with \"{word}:\", so it does not take place")),
        found => Ok(found.is_some()),
    }
}

/// The start, and whether the file says it. A cancellation without one begins at its RECURRENCE-ID or DTSTAMP.
///
/// # Errors
/// There is none.
fn start_of(
    component: &ICalendarComponent,
    zones: &Zones<'_>,
    is_cancelled: bool,
) -> Result<(EventTime, bool), &'static str> {
    let time =
        |name: &ICalendarProperty| component.property(name).and_then(|entry| zones.times(entry).into_iter().next());
    let is_written = component.property(&ICalendarProperty::Dtstart).is_some();
    let missing = if is_written { "invalid DTSTART (expected a date)" } else { "DTSTART is missing" };
    if let Some(start) = time(&ICalendarProperty::Dtstart) {
        return Ok((start, true));
    }
    let other = || time(&ICalendarProperty::RecurrenceId).or_else(|| time(&ICalendarProperty::Dtstamp));
    other().filter(|_| is_cancelled).map(|start| (start, false)).ok_or(missing)
}

/// Warnings about the zone of DTSTART.
fn zone_remarks(entry: &ICalendarEntry, zones: &Zones<'_>) -> Vec<String> {
    let Some(name) = entry.tz_id() else { return Vec::new() };
    match zones.zone(name) {
        None => vec![format!("unknown time zone \"{}\", so the plan's is used", words_on_one_line(name))],
        Some(_) => zones.remark(name).map(str::to_owned).into_iter().collect(),
    }
}

/// The title on one line, shortened if it is longer than the names of plans.
fn name(title: &str, remarks: &mut Vec<String>) -> String {
    let name = words_on_one_line(title);
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name;
    }
    remarks.push(format!("its name is shortened from {length} to {LONGEST_NAME} characters"));
    name.chars().take(LONGEST_NAME - 1).chain(['…']).collect()
}

/// The text without control characters other than line ends.
fn description(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_DESCRIPTION).collect()
}
