//! From the parser's partial dates and times to times.

use calcard::common::PartialDateTime;
use chrono::{NaiveDate, TimeDelta};

use super::event_time::{EventTime, EventZone};

/// The date or time that the parser read, in `zone` if it names none; `None` if there is no such date.
pub(super) fn event_time(at: &PartialDateTime, zone: Option<&EventZone>) -> Option<EventTime> {
    let on = NaiveDate::from_ymd_opt(at.year?.into(), at.month?.into(), at.day?.into())?;
    let Some(hour) = at.hour else { return Some(EventTime::Date(on)) };
    // A leap second counts as the second before it.
    let second = u32::from(at.second.unwrap_or(0)).min(59);
    let clock = on.and_hms_opt(hour.into(), at.minute.unwrap_or(0).into(), second)?;
    let Some(ahead) = at.tz_hour else { return Some(EventTime::Local { at: clock, zone: zone.cloned() }) };
    let ahead = TimeDelta::minutes(i64::from(ahead) * 60 + i64::from(at.tz_minute.unwrap_or(0)));
    let utc = if at.tz_minus { clock.checked_add_signed(ahead) } else { clock.checked_sub_signed(ahead) };
    utc.map(EventTime::Utc)
}

/// The time after an exact length, in UTC if the clock of the zone is known; on the clock for whole days and times
/// without a zone.
pub(super) fn time_after(start: &EventTime, length: TimeDelta) -> Option<EventTime> {
    match start {
        EventTime::Local { zone: Some(zone), .. } => {
            let at = start.instant(zone.zone()).to_utc().naive_utc().checked_add_signed(length)?;
            Some(EventTime::Utc(at))
        }
        EventTime::Date(_) | EventTime::Local { zone: None, .. } | EventTime::Utc(_) => start.later(length),
    }
}
