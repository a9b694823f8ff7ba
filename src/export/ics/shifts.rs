//! The calendar of people who work: one event for each shift.

use chrono::Datelike as _;
use icalendar::{Component as _, Event, EventStatus};

use super::calendar::subscribed;
use super::event::{Stamp, blocks_time, sequence, time_properties};
use super::event_text::EventText;
use super::time_form::TimeForm;
use super::vtimezone::Years;
use super::zones::Zones;
use crate::model::Duty;
use crate::schedule::Schedule;
use crate::schedule::rota::Shift;

/// A calendar of shifts to subscribe to, in the plan's time zone. `text` is what it says about one.
pub fn shift_calendar(
    schedule: &Schedule,
    name: &str,
    shifts: &[&Shift],
    text: impl Fn(&Shift) -> EventText,
    times: TimeForm,
) -> String {
    let zone = &schedule.zone;
    let year = |at| zone.local(at).date().year();
    let years = shifts.iter().map(|shift| Years::new(year(shift.from), year(shift.to))).reduce(Years::and);
    let zones = years.map_or_else(|| Zones::for_plan(schedule), |years| Zones::one(zone, years, times));
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
        blocks_time(&mut event, true);
        event.add_property("CATEGORIES", if shift.duty == Duty::Work { "Work" } else { "Testing" });
        event
    };
    let events: Vec<Event> = shifts.iter().map(event).collect();
    subscribed(schedule, name, &zones, &events)
}
