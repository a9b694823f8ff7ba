//! Recognises events that recur every few months for ever, as change freezes can.

use chrono::Datelike;

use super::events::{Event, EventTime};
use crate::schedule::Zone;

/// A later day is missing from some months: a calendar skips those, a plan uses their last day.
const LAST_DAY_OF_ALL_MONTHS: u32 = 28;

/// The months from one occurrence to the next, if the event recurs on the same days of the month without an end and
/// without exceptions. `zone` is the plan's: in another zone the days could change with the seasons.
pub(super) fn every_months(event: &Event, zone: &Zone) -> Option<u16> {
    let is_here = match &event.start {
        EventTime::Date(_) => true,
        EventTime::Local { zone: own, .. } => own.as_ref().is_none_or(|own| own == zone.name()),
        EventTime::Utc(_) => false,
    };
    let first = event.start.in_zone(zone).date();
    if !is_here || !event.excluded.is_empty() || !event.added.is_empty() || first.day() > LAST_DAY_OF_ALL_MONTHS {
        return None;
    }
    let (mut frequency, mut interval) = (String::new(), 1_u16);
    let (mut says_day, mut says_month) = (false, false);
    for part in event.rrule.as_ref()?.split(';').filter(|part| !part.trim().is_empty()) {
        let (key, value) = part.split_once('=')?;
        let value = value.trim();
        match key.trim().to_ascii_uppercase().as_str() {
            "FREQ" => frequency = value.to_ascii_uppercase(),
            "INTERVAL" => interval = value.parse().ok().filter(|number| *number > 0)?,
            "BYMONTHDAY" if value.parse() == Ok(first.day()) => says_day = true,
            "BYMONTH" if value.parse() == Ok(first.month()) => says_month = true,
            "WKST" => {}
            _ => return None,
        }
    }
    match frequency.as_str() {
        // With BYMONTHDAY but without BYMONTH, a yearly rule means every month.
        "YEARLY" if says_month || !says_day => interval.checked_mul(12),
        "MONTHLY" if !says_month => Some(interval),
        _ => None,
    }
}
