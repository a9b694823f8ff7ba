//! Which zone of the world a VTIMEZONE describes, by the offsets that it gives.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::event::EventTime;
use super::zones::moment;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::schedule::time::{foreign, zone};

/// Zones that most people live by: asked before those that share their clocks today.
const USUAL: [&str; 16] = [
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
/// How far apart the moments are at which offsets are compared. No two clock changes of a year lie closer.
const STEP_DAYS: i64 = 7;
/// The most STANDARDs and DAYLIGHTs of a zone that are looked at.
const MOST_PARTS: usize = 100;

/// The offsets of a VTIMEZONE in two years: from which reading of the clock on it is how far ahead of UTC.
pub(super) struct Definition {
    from: NaiveDate,
    to: NaiveDate,
    /// Sorted by the reading.
    onsets: Vec<(NaiveDateTime, TimeDelta)>,
}

impl Definition {
    /// Of `zone`, in `year` and the one after; none where it gives no offset.
    pub fn of(calendar: &ICalendar, zone: &ICalendarComponent, year: i32) -> Option<Self> {
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

    /// Adds when a STANDARD or DAYLIGHT begins, as far as it matters to the two years.
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
            self.recur(rule, first, offset);
        }
    }

    /// Adds what a yearly rule gives. Clocks change by no other kind of rule, and others could be long to expand.
    fn recur(&mut self, rule: &ICalendarRecurrenceRule, first: NaiveDateTime, offset: TimeDelta) {
        if rule.freq != ICalendarFrequency::Yearly || rule.bymonth.len() > 1 || rule.byday.len() > 1 {
            return;
        }
        let rule = rule.to_string();
        let before = NaiveDate::from_ymd_opt(self.from.year() - 1, 1, 1).unwrap_or(self.from);
        let dates = foreign::dates(&rule, first.date(), first.time(), before, self.to).unwrap_or_default();
        // A rule that ended long ago was in force until then.
        let ended = foreign::until(&rule).ok().flatten().map(|(until, _)| until.date()).filter(|on| *on < self.to);
        let dates = dates.into_iter().chain(ended).map(|on| on.and_time(first.time()));
        self.onsets.extend(dates.map(|at| (at, offset)));
    }

    /// Whether `zone` shows the same offsets all the time.
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

    /// The zone that it describes: `guess` where that agrees, else the first of the usual ones, else of all.
    pub fn zone_name(&self, guess: Option<&str>) -> Option<String> {
        let all = zone::names();
        let names = guess.into_iter().chain(USUAL).chain(all.iter().map(String::as_str));
        let agreeing = |name: &&str| Zone::named(name).is_some_and(|zone| self.agrees(&zone));
        names.into_iter().find(agreeing).map(str::to_owned)
    }
}

/// The readings of the clock that a property gives; a mere date is its midnight.
fn times(entry: &ICalendarEntry) -> impl Iterator<Item = NaiveDateTime> {
    entry.values.iter().filter_map(|value| match value {
        ICalendarValue::PartialDateTime(at) => match moment(at, None)? {
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
