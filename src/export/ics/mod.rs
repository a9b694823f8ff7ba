//! The year calendar as iCalendar files, for everyone and in the profiles of other readers (RFC 5545, 5546, 7986).
//!
//! One VEVENT an occurrence, no RRULE: moved and skipped ones need no special cases then, and Outlook, Google and AWS read
//! the same dates. The `icalendar` crate writes the events; what it cannot do is done here: text is cleaned before it sees
//! it, zones are added as text, and its lines are folded anew.

mod aws;
mod check;
mod event;
mod event_text;
mod invitation;
mod lines;
mod profile;
mod reader;
mod resource;
mod uyuni;
mod vtimezone;
mod zones;

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use icalendar::{Component as _, Event};

use super::text::{clip, one_line};
use crate::model::{ChangeFreeze, FreezeSpan, Horizon, Plan};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
pub use check::Complaint;
use event::Stamp;
use event_text::{EventText, LONGEST_SUMMARY};
pub use invitation::{invitation, is_writable, method, name as name_of, zone as zone_of};
pub use profile::{CalendarFile, Calendars, Owner, Profile, ProfileKind, calendars, is_ours, owner, owners};
pub use resource::{Resource, resources};
use zones::{Zones, proper_name};

/// Of our own, and without the program's version: a new version must not change the bytes of an unchanged plan.
const PRODID: &str = "-//Windowsill//Maintenance windows//EN";
/// How often those who subscribe should look again.
const REFRESH: &str = "PT12H";
const END: &str = "END:VCALENDAR\r\n";

/// An occurrence and its window.
type Placed<'a> = (&'a Arc<WindowSchedule>, &'a Occurrence);
/// A freeze, and one of the times that it comes.
type FreezeTime<'a> = (&'a Arc<ChangeFreeze>, FreezeSpan);

/// What the calendar holds besides the occurrences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarOptions {
    /// Change freezes as all-day events that block no time.
    pub with_freezes: bool,
}

/// The calendar of all occurrences inside the plan's months, skipped ones as cancelled. UTF-8, CRLF, lines of at most
/// 75 octets; the same bytes for the same plan.
pub fn calendar(schedule: &Schedule, options: CalendarOptions) -> String {
    let freezes = if options.with_freezes { freezes(schedule) } else { Vec::new() };
    let text_of =
        |window: &WindowSchedule, occurrence: &Occurrence| EventText::for_everyone(schedule, window, occurrence);
    published(schedule, &calendar_name(&schedule.plan), &writable(schedule), text_of, &freezes)
}

/// A calendar to subscribe to, in the zones of its windows.
fn published(
    schedule: &Schedule,
    name: &str,
    occurrences: &[Placed<'_>],
    text_of: impl Fn(&WindowSchedule, &Occurrence) -> EventText,
    freezes: &[FreezeTime<'_>],
) -> String {
    let stamp = Stamp::of(&schedule.plan);
    let zones = match occurrences {
        [] => Zones::of_plan(schedule),
        some => Zones::of(some.iter().copied()),
    };
    let mut events: Vec<Event> = Vec::with_capacity(occurrences.len() + freezes.len());
    events.extend(occurrences.iter().map(|(window, occurrence)| {
        let tzid = zones.tzid(&window.expansion.zone);
        event::of_occurrence(window, occurrence, text_of(window, occurrence), tzid, stamp)
    }));
    events.extend(freezes.iter().map(|(freeze, span)| event::of_freeze(&schedule.plan, freeze, *span, stamp)));
    let name = lines::escaped(name);
    let zone = proper_name(&schedule.zone);
    let properties = [
        ("PRODID", PRODID),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", &name),
        ("X-WR-CALNAME", &name),
        ("X-WR-TIMEZONE", &zone),
        ("REFRESH-INTERVAL;VALUE=DURATION", REFRESH),
        ("X-PUBLISHED-TTL", REFRESH),
    ];
    assembled(&properties, &zones, &events)
}

/// What calendar programs call the calendar.
fn calendar_name(plan: &Plan) -> String {
    match clip(one_line(plan.title()), LONGEST_SUMMARY) {
        title if title.is_empty() => "Maintenance windows".to_owned(),
        title => title,
    }
}

/// The occurrences that can be written, skipped ones too, sorted by start.
fn writable(schedule: &Schedule) -> Vec<Placed<'_>> {
    let mut all = schedule.in_order(true);
    all.retain(|(_, occurrence)| has_writable_year(occurrence.on()) && has_writable_year(occurrence.original_on()));
    all
}

/// Each time that each freeze comes and can be written, in the order of the plan.
fn freezes(schedule: &Schedule) -> Vec<FreezeTime<'_>> {
    let plan = &*schedule.plan;
    let mut all = Vec::new();
    for freeze in plan.freezes() {
        all.extend(times(freeze, plan.horizon()).into_iter().map(|span| (freeze, span)));
    }
    all.retain(|(_, span)| has_writable_year(span.first_on) && has_writable_year(span.last_on));
    all
}

/// A single freeze counts wherever it lies, of one that comes again what touches the plan's months.
fn times(freeze: &ChangeFreeze, horizon: Horizon) -> Vec<FreezeSpan> {
    match freeze.period() {
        Some(_) => freeze.spans(horizon.from, horizon.last()),
        None => freeze.spans(freeze.first_on, freeze.last_on),
    }
}

/// Years that can be written. RFC 5545 has four digits, with one to spare since the local date may be in the year before;
/// and our minutes since 1970 reach into 6053, with room for what lasts long.
const YEARS: RangeInclusive<i32> = 2..=6_050;

fn has_writable_year(on: NaiveDate) -> bool {
    YEARS.contains(&on.year())
}

/// A calendar of these parts: its own properties as names and values that are written as they are, the zones, the events.
fn assembled(properties: &[(&str, &str)], zones: &Zones, events: &[Event]) -> String {
    let mut text = head(properties);
    zones.definitions().for_each(|definition| text.push_str(definition));
    for event in events {
        push(&mut text, event);
    }
    text.push_str(END);
    lines::refolded(&text)
}

/// What stands before the first component.
fn head(properties: &[(&str, &str)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned();
    for (name, value) in properties {
        text.extend([*name, ":", *value, "\r\n"]);
    }
    text
}

fn push(text: &mut String, event: &Event) {
    // Writing into a string does not fail.
    let _ = event.fmt_write(text);
}
