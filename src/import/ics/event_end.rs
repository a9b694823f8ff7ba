//! When an event ends.

use calcard::icalendar::{ICalendarComponent, ICalendarDuration, ICalendarProperty, ICalendarValue};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::event_time::EventTime;

/// When the event ends, by DTEND or DURATION, and its length if that is exact.
///
/// # Errors
/// Why the event is skipped, in the middle of a sentence.
pub(super) fn end_of(
    start: &EventTime,
    end: Option<EventTime>,
    component: &ICalendarComponent,
    remarks: &mut Vec<String>,
) -> Result<(EventTime, Option<TimeDelta>), String> {
    if let Some(end) = end.map(|end| in_form_of(start, end)) {
        return match (start, &end) {
            // Some programs write the last day instead of the day after it.
            (EventTime::Date(first), EventTime::Date(day_after)) if first == day_after => Ok((next_day(*first)?, None)),
            (EventTime::Date(first), EventTime::Date(day_after)) if first > day_after => {
                Err(format!("it ends on {day_after}, before it begins on {first}"))
            }
            _ => Ok((end, None)),
        };
    }
    let duration = component.property(&ICalendarProperty::Duration).and_then(|entry| match entry.values.first()? {
        ICalendarValue::Duration(duration) => Some(duration),
        _ => None,
    });
    let length = duration.and_then(ICalendarDuration::to_time_delta);
    let too_late = || "it ends after the last possible date".to_owned();
    match (start, length) {
        (EventTime::Date(first), Some(length)) if length.num_days() > 0 => {
            let end = first.checked_add_signed(TimeDelta::days(length.num_days())).ok_or_else(too_late)?;
            Ok((EventTime::Date(end), None))
        }
        (EventTime::Date(first), _) => Ok((next_day(*first)?, None)),
        (_, Some(length)) if length < TimeDelta::minutes(1) => {
            Err(format!("its DURATION is {} s, and at least a minute is needed", length.num_seconds()))
        }
        (start, Some(length)) => {
            let length = if length.num_seconds() % 60 == 0 {
                length
            } else {
                remarks.push(format!("the seconds of its DURATION ({} s) are left out", length.num_seconds()));
                TimeDelta::minutes(length.num_minutes())
            };
            let is_exact = duration.is_some_and(|duration| duration.days == 0 && duration.weeks == 0);
            Ok((start.later(length).ok_or_else(too_late)?, is_exact.then_some(length)))
        }
        (start, None) => Ok((start.clone(), None)),
    }
}

/// The end in the form of the start: whole days end after the day that a time lies in, times at the midnight of a date.
fn in_form_of(start: &EventTime, end: EventTime) -> EventTime {
    match (start.is_date(), end.is_date()) {
        (true, false) => {
            let at = end.written_at();
            let day_after = if at.time() == NaiveTime::MIN { Some(at.date()) } else { at.date().succ_opt() };
            EventTime::Date(day_after.unwrap_or(at.date()))
        }
        // An end before the start counts as missing.
        (false, true) if end.written_at() <= start.written_at() => start.clone(),
        (false, true) => start.at_local(end.written_at()),
        (true, true) | (false, false) => end,
    }
}

fn next_day(on: NaiveDate) -> Result<EventTime, String> {
    on.succ_opt().map(EventTime::Date).ok_or_else(|| "it ends after the last possible date".to_owned())
}
