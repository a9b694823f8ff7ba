//! The year calendar as an iCalendar file, for everyone who subscribes to it or opens it (RFC 5545, 5546, 7986).
//!
//! METHOD:PUBLISH, one VEVENT an occurrence, no RRULE: moved and skipped ones need no special cases then, and Outlook,
//! Google and AWS read the same dates. The `icalendar` crate writes properties; what it cannot do is done here: text is
//! cleaned before it sees it, zones are added as text, and its lines are folded anew.

mod event;
mod lines;
mod resource;
mod vtimezone;
mod zones;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use icalendar::{Calendar, Component as _, Event, Property};

use super::text::{clip, one_line};
use crate::model::{ChangeFreeze, FreezeSpan, Horizon};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use event::Stamp;
pub use resource::{Resource, resources};
use zones::{Zones, proper_name};

/// Of our own, and without the program's version: a new version must not change the bytes of an unchanged plan.
const PRODID: &str = "-//Windowsill//Maintenance windows//EN";
/// How often those who subscribe should look again.
const REFRESH: &str = "PT12H";

/// What the calendar holds besides the occurrences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarOptions {
    /// Change freezes as all-day events that block no time.
    pub with_freezes: bool,
}

/// The calendar of all occurrences inside the plan's months, skipped ones as cancelled. UTF-8, CRLF, lines of at most
/// 75 octets; the same bytes for the same plan.
pub fn calendar(schedule: &Schedule, options: CalendarOptions) -> String {
    let occurrences = writable(schedule);
    let zones = if occurrences.is_empty() { Zones::of_plan(schedule) } else { Zones::of(occurrences.iter().copied()) };
    let stamp = Stamp::of(&schedule.plan);
    let mut text = head(schedule);
    zones.definitions().for_each(|definition| text.push_str(definition));
    for (window, occurrence) in occurrences {
        let tzid = zones.tzid(&window.expansion.zone);
        push(&mut text, &event::of_occurrence(schedule, window, occurrence, tzid, stamp));
    }
    if options.with_freezes {
        for (freeze, span) in freezes(schedule) {
            push(&mut text, &event::of_freeze(&schedule.plan, freeze, span, stamp));
        }
    }
    text.push_str("END:VCALENDAR\r\n");
    lines::refolded(&text)
}

/// The occurrences that can be written, skipped ones too, sorted by start.
fn writable(schedule: &Schedule) -> Vec<(&Arc<WindowSchedule>, &Occurrence)> {
    let mut all = schedule.in_order(true);
    all.retain(|(_, occurrence)| has_four_digits(occurrence.on()) && has_four_digits(occurrence.original_on()));
    all
}

/// Each time that each freeze comes and can be written, in the order of the plan.
fn freezes(schedule: &Schedule) -> Vec<(&Arc<ChangeFreeze>, FreezeSpan)> {
    let plan = &*schedule.plan;
    let mut all = Vec::new();
    for freeze in &plan.freezes {
        all.extend(times(freeze, plan.horizon).into_iter().map(|span| (freeze, span)));
    }
    all.retain(|(_, span)| has_four_digits(span.first_on) && has_four_digits(span.last_on));
    all
}

/// A single freeze counts wherever it lies, of one that comes again what touches the plan's months.
fn times(freeze: &ChangeFreeze, horizon: Horizon) -> Vec<FreezeSpan> {
    match freeze.period() {
        Some(_) => freeze.spans(horizon.from, horizon.last()),
        None => freeze.spans(freeze.first_on, freeze.last_on),
    }
}

/// RFC 5545 writes years with four digits. A year to spare on both sides: the local date may be in the next.
fn has_four_digits(on: NaiveDate) -> bool {
    (2..=9998).contains(&on.year())
}

/// The calendar's own properties, without its end.
fn head(schedule: &Schedule) -> String {
    let plan = &*schedule.plan;
    let name = clip(one_line(&plan.title), 250);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", PRODID));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    // The crate does not know that NAME is text and would not escape it.
    calendar.append_property(Property::new("NAME", lines::escaped(&name)));
    calendar.append_property(("X-WR-CALNAME", name.as_str()));
    calendar.append_property(("X-WR-TIMEZONE", proper_name(&schedule.zone).as_str()));
    calendar.append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done());
    calendar.append_property(("X-PUBLISHED-TTL", REFRESH));
    let text = calendar.to_string();
    text.strip_suffix("END:VCALENDAR\r\n").map_or(text.clone(), str::to_owned)
}

fn push(text: &mut String, event: &Event) {
    // Writing into a string does not fail.
    let _ = event.fmt_write(text);
}
