//! The offsets that a VTIMEZONE defines.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::event_time::EventTime;
use super::moments::event_time;
use super::years::Years;
use crate::model::{CustomZone, OffsetTransition, UtcMinute, ZoneId};
use crate::schedule::time::foreign;

/// At most this many STANDARD and DAYLIGHT parts of a zone are read.
const MOST_PARTS: usize = 100;
/// The first year that rules are expanded from. Those that began earlier go on in the same way.
const FIRST_RULE_YEAR: i32 = 1970;

/// For how many years after those that are needed a zone keeps its transitions.
const YEARS_AFTER: i32 = 5;

/// How many minutes the clock is ahead of UTC, and from which local time on.
pub(super) struct Definition {
    /// Sorted by local time.
    onsets: Vec<(NaiveDateTime, i32)>,
    /// The offset before the first onset.
    before: i32,
    has_daylight: bool,
}

impl Definition {
    /// The offsets that a VTIMEZONE defines; `None` if it has none.
    pub fn new(calendar: &ICalendar, zone: &ICalendarComponent) -> Option<Self> {
        let mut definition = Self { onsets: Vec::new(), before: 0, has_daylight: false };
        let mut earliest: Option<(NaiveDateTime, i32)> = None;
        for part in zone.component_ids.iter().filter_map(|id| calendar.component_by_id(*id)).take(MOST_PARTS) {
            let is_daylight = part.component_type == ICalendarComponentType::Daylight;
            if !is_daylight && part.component_type != ICalendarComponentType::Standard {
                continue;
            }
            definition.has_daylight |= is_daylight;
            if let Some((first, from)) = definition.add(part)
                && earliest.is_none_or(|(earlier, _)| first < earlier)
            {
                earliest = Some((first, from));
            }
        }
        definition.before = earliest.map_or(0, |(_, from)| from);
        definition.onsets.sort_unstable();
        definition.onsets.dedup();
        (!definition.onsets.is_empty()).then_some(definition)
    }

    /// Adds the onsets of a STANDARD or DAYLIGHT part. Returns its first onset, and the offset before that.
    fn add(&mut self, part: &ICalendarComponent) -> Option<(NaiveDateTime, i32)> {
        let value = |name| part.property(&name).and_then(|entry| entry.values.first());
        let offset = value(ICalendarProperty::Tzoffsetto).and_then(offset)?;
        let from = value(ICalendarProperty::Tzoffsetfrom).and_then(self::offset).unwrap_or(offset);
        let first = times(part.property(&ICalendarProperty::Dtstart)?).next()?;
        let added = part.properties(&ICalendarProperty::Rdate).flat_map(times);
        self.onsets.extend(std::iter::once(first).chain(added).map(|at| (at, offset)));
        if let Some(ICalendarValue::RecurrenceRule(rule)) = value(ICalendarProperty::Rrule) {
            self.add_recurring(rule, first, offset);
        }
        Some((first, from))
    }

    /// Adds the onsets of a rule that gives one a year. Clocks change by no other kind of rule, and others could take
    /// long to expand.
    fn add_recurring(&mut self, rule: &ICalendarRecurrenceRule, first: NaiveDateTime, offset: i32) {
        if rule.bymonth.len() > 1 || rule.byday.len() > 1 {
            return;
        }
        let Some(text) = yearly(rule, first.date()) else { return };
        // Some files begin in the year 1, before rules can be expanded; only rules without a COUNT can begin later.
        let start = match NaiveDate::from_ymd_opt(FIRST_RULE_YEAR, first.month(), 1) {
            Some(later) if first.date() < later && rule.count.is_none() => later,
            _ => first.date(),
        };
        let to = NaiveDate::from_ymd_opt(Years::LAST, 12, 31).unwrap_or(start);
        let dates = foreign::dates(&text, start, first.time(), start, to).unwrap_or_default();
        // A rule that ended before it could be expanded still says which offset holds since then.
        let ended = foreign::until(&text).ok().flatten().map(|(until, _)| until.date()).filter(|on| *on < start);
        let dates = dates.into_iter().chain(ended).map(|on| on.and_time(first.time()));
        self.onsets.extend(dates.map(|at| (at, offset)));
    }

    /// The offset at a local time.
    pub fn offset_at(&self, local: NaiveDateTime) -> i32 {
        let later = self.onsets.partition_point(|(at, _)| *at <= local);
        match later.checked_sub(1) {
            Some(last) => self.onsets[last].1,
            // Before the first onset, the earliest known offset is the best guess.
            None => self.onsets[0].1,
        }
    }

    /// The changes of the clock: the local time before, and the offsets before and after.
    pub fn changes(&self) -> impl Iterator<Item = (NaiveDateTime, i32, i32)> {
        let before = std::iter::once(self.before).chain(self.onsets.iter().map(|(_, offset)| *offset));
        let changes = self.onsets.iter().zip(before).map(|((at, after), before)| (*at, before, *after));
        changes.filter(|(_, before, after)| before != after)
    }

    pub fn has_summer_time(&self) -> bool {
        self.has_daylight
    }

    /// Whether it says nothing about `year`: its last onset is earlier, and summer time would need more.
    pub fn ends_before(&self, year: i32) -> bool {
        self.has_daylight && self.onsets.last().is_none_or(|(at, _)| at.year() < year)
    }

    /// The zone with these offsets in the years from the first to the last of `years`, and some more.
    pub fn custom_zone(&self, id: &str, years: Years) -> CustomZone {
        let mut zone = CustomZone { id: ZoneId::new(id), offset: self.before, transitions: Vec::new() };
        let mut before = self.before;
        for (at, offset) in self.onsets.iter().filter(|(at, _)| at.year() <= years.last + YEARS_AFTER) {
            if at.year() < years.first {
                zone.offset = *offset;
            } else if *offset != before {
                let at = UtcMinute::from_utc((*at - TimeDelta::minutes(before.into())).and_utc());
                zone.transitions.push(OffsetTransition { at, offset: *offset });
            }
            before = *offset;
        }
        zone
    }
}

/// The rule as text, if it gives one date a year: YEARLY, or MONTHLY with an interval of 12.
fn yearly(rule: &ICalendarRecurrenceRule, first: NaiveDate) -> Option<String> {
    match (rule.freq, rule.interval.unwrap_or(1)) {
        // A yearly rule without a day or a month means those of its start.
        (ICalendarFrequency::Yearly, 1) if rule.byday.is_empty() && rule.bymonthday.is_empty() => {
            Some(format!("{rule};BYMONTH={};BYMONTHDAY={}", first.month(), first.day()))
                .filter(|_| rule.bymonth.is_empty())
        }
        (ICalendarFrequency::Yearly, _) => Some(rule.to_string()),
        (ICalendarFrequency::Monthly, 12) => {
            let yearly = ICalendarRecurrenceRule { freq: ICalendarFrequency::Yearly, interval: None, ..rule.clone() };
            let month = if rule.bymonth.is_empty() { format!(";BYMONTH={}", first.month()) } else { String::new() };
            let day = if rule.byday.is_empty() && rule.bymonthday.is_empty() {
                format!(";BYMONTHDAY={}", first.day())
            } else {
                String::new()
            };
            Some(format!("{yearly}{month}{day}"))
        }
        _ => None,
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

/// Minutes ahead of UTC.
fn offset(value: &ICalendarValue) -> Option<i32> {
    let ICalendarValue::PartialDateTime(at) = value else { return None };
    let minutes = i32::from(at.tz_hour?) * 60 + i32::from(at.tz_minute.unwrap_or(0));
    Some(if at.tz_minus { -minutes } else { minutes })
}
