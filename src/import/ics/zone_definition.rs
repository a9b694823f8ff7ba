//! Finds the IANA zone that a VTIMEZONE describes, by comparing offsets.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::events::EventTime;
use super::moments::event_time;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::schedule::time::{foreign, zone};

/// The zones that are tried first, since many smaller ones have the same offsets today.
const FREQUENT: [&str; 16] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Phoenix",
];
/// How far apart the moments are at which offsets are compared. Clock changes of a year are further apart.
const STEP_DAYS: i64 = 7;
/// At most this many STANDARD and DAYLIGHT parts of a zone are read.
const MOST_PARTS: usize = 100;

/// The offsets of a VTIMEZONE in two years: how far it is ahead of UTC from which local time on.
pub(super) struct Definition {
    from: NaiveDate,
    to: NaiveDate,
    /// Sorted by local time.
    onsets: Vec<(NaiveDateTime, TimeDelta)>,
}

impl Definition {
    /// The offsets of `zone` in `year` and the year after; `None` if it has none.
    pub fn new(calendar: &ICalendar, zone: &ICalendarComponent, year: i32) -> Option<Self> {
        let year = year.clamp(1980, 2090);
        let mut definition = Self {
            from: NaiveDate::from_ymd_opt(year, 1, 1)?,
            to: NaiveDate::from_ymd_opt(year + 1, 12, 31)?,
            onsets: Vec::new(),
        };
        for part in zone.component_ids.iter().filter_map(|id| calendar.component_by_id(*id)).take(MOST_PARTS) {
            if matches!(part.component_type, ICalendarComponentType::Standard | ICalendarComponentType::Daylight) {
                definition.add(part);
            }
        }
        definition.onsets.sort_unstable();
        (!definition.onsets.is_empty()).then_some(definition)
    }

    /// Adds the onsets of a STANDARD or DAYLIGHT part that matter to the two years.
    fn add(&mut self, part: &ICalendarComponent) {
        let value = |name| part.property(&name).and_then(|entry| entry.values.first());
        let (Some(offset), Some(first)) =
            (value(ICalendarProperty::Tzoffsetto).and_then(offset), part.property(&ICalendarProperty::Dtstart))
        else {
            return;
        };
        let Some(first) = times(first).next() else { return };
        let added = part.properties(&ICalendarProperty::Rdate).flat_map(times);
        self.onsets.extend(std::iter::once(first).chain(added).map(|at| (at, offset)));
        if let Some(ICalendarValue::RecurrenceRule(rule)) = value(ICalendarProperty::Rrule) {
            self.add_recurring(rule, first, offset);
        }
    }

    /// Adds the onsets of a yearly rule. Clocks change by no other kind of rule, and others could take long to expand.
    fn add_recurring(&mut self, rule: &ICalendarRecurrenceRule, first: NaiveDateTime, offset: TimeDelta) {
        if rule.freq != ICalendarFrequency::Yearly || rule.bymonth.len() > 1 || rule.byday.len() > 1 {
            return;
        }
        let rule = rule.to_string();
        let before = NaiveDate::from_ymd_opt(self.from.year() - 1, 1, 1).unwrap_or(self.from);
        let dates = foreign::dates(&rule, first.date(), first.time(), before, self.to).unwrap_or_default();
        // A rule that ended before the two years still says which offset holds since then.
        let ended = foreign::until(&rule).ok().flatten().map(|(until, _)| until.date()).filter(|on| *on < self.to);
        let dates = dates.into_iter().chain(ended).map(|on| on.and_time(first.time()));
        self.onsets.extend(dates.map(|at| (at, offset)));
    }

    /// Whether `zone` has the same offsets throughout.
    fn agrees(&self, zone: &Zone) -> bool {
        let mut noon = self.from.and_hms_opt(12, 0, 0).unwrap_or_default();
        while noon.date() <= self.to {
            let last = self.onsets.partition_point(|(at, _)| *at <= noon).saturating_sub(1);
            let (_, offset) = self.onsets[last];
            let at = UtcMinute::from_utc((noon - offset).and_utc());
            if i64::from(zone.offset(at)) != offset.num_minutes() {
                return false;
            }
            noon += TimeDelta::days(STEP_DAYS);
        }
        true
    }

    /// The first zone that agrees: `guess`, a frequent one, or any other.
    pub fn zone_name(&self, guess: Option<&str>) -> Option<String> {
        let all = zone::names();
        let names = guess.into_iter().chain(FREQUENT).chain(all.iter().map(String::as_str));
        let agreeing = |name: &&str| Zone::named(name).is_some_and(|zone| self.agrees(&zone));
        names.into_iter().find(agreeing).map(str::to_owned)
    }
}

/// The local times of a property; a date counts as its midnight.
fn times(entry: &ICalendarEntry) -> impl Iterator<Item = NaiveDateTime> {
    entry.values.iter().filter_map(|value| match value {
        ICalendarValue::PartialDateTime(at) => match event_time(at, None)? {
            EventTime::Date(on) => Some(on.and_time(chrono::NaiveTime::MIN)),
            EventTime::Local { at, .. } | EventTime::Utc(at) => Some(at),
        },
        _ => None,
    })
}

fn offset(value: &ICalendarValue) -> Option<TimeDelta> {
    let ICalendarValue::PartialDateTime(at) = value else { return None };
    let minutes = i64::from(at.tz_hour?) * 60 + i64::from(at.tz_minute.unwrap_or(0));
    Some(TimeDelta::minutes(if at.tz_minus { -minutes } else { minutes }))
}
