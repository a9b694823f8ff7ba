//! The calendar of people who work: one event for each shift, and for each occurrence that they are informed of.

use chrono::Datelike as _;
use icalendar::{Component as _, Event, EventStatus};

use super::calendar::subscribed;
use super::event::{Stamp, blocks_time, occurrence_event, sequence, time_properties};
use super::event_text::EventText;
use super::time_form::TimeForm;
use super::vtimezone::Years;
use super::zones::{Zones, zone_years};
use crate::model::Duty;
use crate::schedule::rota::Shift;
use crate::schedule::{Occurrence, Schedule, WindowOccurrence, WindowSchedule};

/// A calendar of occurrences, each in the zone of its window, and of shifts, in the plan's, to subscribe to. `about` and
/// `text` are what it says about one.
pub fn shift_calendar(
    schedule: &Schedule,
    name: &str,
    (occurrences, about): (&[WindowOccurrence<'_>], impl Fn(&WindowSchedule, &Occurrence) -> EventText),
    (shifts, text): (&[&Shift], impl Fn(&Shift) -> EventText),
    times: TimeForm,
) -> String {
    let zone = &schedule.zone;
    let year = |at| zone.local(at).date().year();
    let of_shifts = shifts.iter().map(|shift| (zone, Years::new(year(shift.from), year(shift.to))));
    let zones = if occurrences.is_empty() && shifts.is_empty() {
        Zones::for_plan(schedule)
    } else {
        Zones::for_years(occurrences.iter().copied().map(zone_years).chain(of_shifts), times)
    };
    let stamp = Stamp::for_plan(&schedule.plan);
    let event = |shift: &&Shift| {
        let text = text(shift);
        let mut event = Event::new();
        event.uid(&text.uid);
        event.timestamp(stamp.0);
        event.sequence(sequence(schedule.rota.window(shift), shift.on()));
        // Testing for no time at all still has to end after it starts.
        for property in time_properties(zone, zones.tzid(zone), shift.from, shift.to.max(shift.from.plus(1))) {
            event.append_property(property);
        }
        event.summary(&text.summary);
        if !text.description.is_empty() {
            event.description(&text.description);
        }
        event.status(EventStatus::Confirmed);
        // Whoever is on watch can do other things.
        blocks_time(&mut event, !shift.is_watch());
        let category = match shift.duty {
            Duty::Work => "Work",
            Duty::Testing(_) => "Testing",
            Duty::Watch => "Watch",
        };
        event.add_property("CATEGORIES", category);
        event
    };
    let occurrence_event = |(window, occurrence): &WindowOccurrence<'_>| {
        let tzid = zones.tzid(&window.expansion.zone);
        occurrence_event(window, occurrence, about(window, occurrence), tzid, stamp)
    };
    let events: Vec<Event> = occurrences.iter().map(occurrence_event).chain(shifts.iter().map(event)).collect();
    subscribed(schedule, name, &zones, &events)
}
