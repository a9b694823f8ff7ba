//! The year calendar to subscribe to or to open: what all readers see.

use icalendar::Event;

use super::assembly::{PRODID, assembled};
use super::event::{Stamp, freeze_event, occurrence_event};
use super::event_text::{EventText, LONGEST_SUMMARY};
use super::lines::escaped;
use super::selection::{FreezeRecurrence, freeze_times, writable};
use super::time_form::TimeForm;
use super::zones::{Zones, proper_name};
use crate::export::text::clip_line;
use crate::model::Plan;
use crate::schedule::{Occurrence, Schedule, WindowOccurrence, WindowSchedule};

/// How often subscribers should look for changes.
const REFRESH: &str = "PT12H";

/// What the calendar holds besides the occurrences, and how it writes times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarOptions {
    /// Change freezes as all-day events that block no time.
    pub with_freezes: bool,
    pub times: TimeForm,
}

/// The calendar of all occurrences inside the plan's months, skipped ones as cancelled. UTF-8, CRLF, lines of at most
/// 75 octets; the same bytes for the same plan.
pub fn calendar(schedule: &Schedule, options: CalendarOptions) -> String {
    let freezes = if options.with_freezes { freeze_times(schedule) } else { Vec::new() };
    let text = |window: &WindowSchedule, occurrence: &Occurrence| EventText::for_everyone(schedule, window, occurrence);
    published(schedule, &calendar_name(&schedule.plan), &writable(schedule), text, &freezes, options.times)
}

/// A calendar to subscribe to. `text` is what it says about an occurrence.
pub fn published(
    schedule: &Schedule,
    name: &str,
    occurrences: &[WindowOccurrence<'_>],
    text: impl Fn(&WindowSchedule, &Occurrence) -> EventText,
    freezes: &[FreezeRecurrence<'_>],
    times: TimeForm,
) -> String {
    let stamp = Stamp::for_plan(&schedule.plan);
    let zones = match occurrences {
        [] => Zones::for_plan(schedule),
        some => Zones::new(some.iter().copied(), times),
    };
    let mut events: Vec<Event> = Vec::with_capacity(occurrences.len() + freezes.len());
    events.extend(occurrences.iter().map(|(window, occurrence)| {
        let tzid = zones.tzid(&window.expansion.zone);
        occurrence_event(window, occurrence, text(window, occurrence), tzid, stamp)
    }));
    events.extend(freezes.iter().map(|(freeze, span)| freeze_event(&schedule.plan, freeze, *span, stamp)));
    subscribed(schedule, name, &zones, &events)
}

/// The calendar of some events, to subscribe to.
pub fn subscribed(schedule: &Schedule, name: &str, zones: &Zones, events: &[Event]) -> String {
    let name = escaped(name);
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
    assembled(&properties, zones, events)
}

/// The name that calendar programs show for the calendar.
pub fn calendar_name(plan: &Plan) -> String {
    match clip_line(plan.title(), LONGEST_SUMMARY) {
        title if title.is_empty() => "Maintenance windows".to_owned(),
        title => title,
    }
}
