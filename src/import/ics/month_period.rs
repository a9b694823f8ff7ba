//! Recognises events that recur every few months for ever, as change freezes can.

use chrono::Datelike;

use super::event_time::EventTime;
use super::series::Series;

/// A later day is missing from some months: a calendar skips those, a plan uses their last day.
const LAST_DAY_OF_ALL_MONTHS: u32 = 28;

/// The months from one occurrence to the next, if the event recurs on the same days of the month without an end and
/// without exceptions, on the clock of the plan's zone: in another zone the days could change with the seasons.
pub(super) fn every_months(series: &Series<'_>) -> Option<u16> {
    let event = series.event;
    let is_here = match &event.start {
        EventTime::Date(_) => true,
        EventTime::Local { zone: own, .. } => own.as_ref().is_none_or(|own| own.name() == series.home.name()),
        EventTime::Utc(_) => false,
    };
    let first = series.first();
    let is_plain = event.excluded.is_empty()
        && event.added.is_empty()
        && event.exclusion_rules.is_empty()
        && series.replacements.is_empty()
        && event.exact_length.is_none();
    let [rule] = series.rules.as_slice() else { return None };
    let is_usual = rule.excluded.is_empty() && !rule.moves_clock(event);
    if !is_here || !is_plain || !is_usual || first.day() > LAST_DAY_OF_ALL_MONTHS {
        return None;
    }
    let (mut frequency, mut interval) = (String::new(), 1_u16);
    let (mut says_day, mut says_month) = (false, false);
    for part in rule.text.split(';') {
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
