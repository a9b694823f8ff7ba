//! The dates of a rule that another program wrote: an RFC 5545 RRULE, expanded in local time and within limits.

use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::CalendarErrorType;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDay, ICalendarEntry, ICalendarFrequency,
    ICalendarMonth, ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue, ICalendarWeekday,
};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::wording::iso;

/// The maximum number of occurrences of one series within the plan's months.
pub const MOST_OCCURRENCES: usize = 5_000;
/// The maximum number of occurrences before the plan's months that are skipped to reach them.
pub const MOST_STEPS: usize = 100_000;
/// The maximum length of an RRULE, in bytes.
pub const LONGEST_RULE: usize = 2_000;
/// A date in UTC can be the day before or after by the local clock.
const UTC_LEEWAY_HOURS: i64 = 14;

/// Why a foreign rule gives no dates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForeignRuleError {
    #[error("The rule has no frequency: add FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")]
    NoFrequency,
    #[error("A window cannot recur {0}: use daily or less often")]
    TooOften(&'static str),
    #[error("A window takes place at most once a day, but {0} gives several times")]
    SeveralADay(&'static str),
    #[error("\"{0}\" is not part of a recurrence rule (RFC 5545, section 3.3.10)")]
    Unreadable(String),
    #[error("The rule contradicts itself: {0}")]
    Contradiction(String),
    #[error("The rule is longer than {LONGEST_RULE} bytes")]
    TooLong,
    #[error("The rule starts in the year {0}: use a year from 1583 to 9999")]
    StartOutOfRange(i32),
    #[error("The rule gives more than {MOST_OCCURRENCES} dates in the plan's months")]
    TooManyDates,
    #[error("The rule starts so early that more than {MOST_STEPS} dates come before the plan")]
    TooManySteps,
}

/// Returns the dates of `rrule` from `from` to `to` (both included), sorted and without duplicates.
///
/// `first` is the date of DTSTART and `start` its local time. The rule is expanded in local time, without a time zone.
/// An UNTIL that is a date includes that date. The local time of an UNTIL in UTC is not known here, so it includes one
/// more day; a caller who knows the zone must leave out what starts later.
pub fn dates(
    rrule: &str,
    first: NaiveDate,
    start: NaiveTime,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<NaiveDate>, ForeignRuleError> {
    let mut rule = read(rrule)?;
    if !(1583..=9999).contains(&first.year()) {
        return Err(ForeignRuleError::StartOutOfRange(first.year()));
    }
    let last = match rule.until.as_ref().and_then(local_end) {
        Some(until) if until < first.and_time(start) => return Ok(Vec::new()),
        Some(until) if until.time() < start => to.min(until.date().pred_opt().unwrap_or(first)),
        Some(until) => to.min(until.date()),
        None => to,
    };
    if last < first || last < from {
        return Ok(Vec::new());
    }
    let begin = near(&rule, first, from);
    let end = last.min(NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(last));
    rule.until = Some(partial(end.and_hms_opt(23, 59, 59).unwrap_or_default()));
    let dates = expand(rule, begin.and_time(start))?;
    let dates: Vec<NaiveDate> = dates.into_iter().filter(|on| (from..=last).contains(on)).collect();
    if dates.len() > MOST_OCCURRENCES { Err(ForeignRuleError::TooManyDates) } else { Ok(dates) }
}

/// Checks that `rrule` can be expanded, without expanding it.
pub fn check(rrule: &str) -> Result<(), ForeignRuleError> {
    read(rrule).map(|_| ())
}

/// The parts of the rule that say another time of day than `start`, as they are written: "BYHOUR=3". They have no effect.
pub fn contrary_times(rrule: &str, start: NaiveTime) -> Vec<&str> {
    let is_contrary = |part: &&str| {
        let Some((key, value)) = part.split_once('=') else { return false };
        let usual = match key.trim().to_ascii_uppercase().as_str() {
            "BYHOUR" => start.hour(),
            "BYMINUTE" => start.minute(),
            "BYSECOND" => start.second(),
            _ => return false,
        };
        value.trim().parse() != Ok(usual)
    };
    rrule.split(';').map(str::trim).filter(is_contrary).collect()
}

/// The end of the rule as it is written: the time, and whether it is in UTC. A date lasts until its end.
pub fn until(rrule: &str) -> Result<Option<(NaiveDateTime, bool)>, ForeignRuleError> {
    let rule = read(rrule)?;
    Ok(rule.until.as_ref().and_then(|until| Some((reading(until)?, until.tz_hour.is_some()))))
}

/// Whether the rule, as written, ends before `first`. Some programs write that when nothing of a series remains.
pub fn is_over_before(rrule: &str, first: NaiveDate) -> bool {
    until(rrule).ok().flatten().is_some_and(|(until, _)| until.date() < first)
}

/// A later start that gives the same dates from `from` on, so that a daily rule since 1900 costs no more than a recent
/// one. This is only possible for rules whose days do not depend on earlier ones.
fn near(rule: &ICalendarRecurrenceRule, first: NaiveDate, from: NaiveDate) -> NaiveDate {
    let days = match rule.freq {
        ICalendarFrequency::Daily => 1,
        ICalendarFrequency::Weekly => 7,
        _ => return first,
    };
    if rule.count.is_some() || from <= first {
        return first;
    }
    let step = days * u64::from(rule.interval.unwrap_or(1));
    // Keep one step: in a weekly rule, earlier days of the first week count as well.
    let whole = ((from - first).num_days().unsigned_abs() / step).saturating_sub(1);
    first.checked_add_days(Days::new(whole * step)).unwrap_or(first)
}

fn expand(rule: ICalendarRecurrenceRule, start: NaiveDateTime) -> Result<Vec<NaiveDate>, ForeignRuleError> {
    let entry = |name, value| ICalendarEntry { name, params: Vec::new(), values: vec![value] };
    let event = ICalendarComponent {
        component_type: ICalendarComponentType::VEvent,
        entries: vec![
            entry(ICalendarProperty::Dtstart, ICalendarValue::PartialDateTime(Box::new(partial(start)))),
            entry(ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(Box::new(rule))),
        ],
        component_ids: Vec::new(),
    };
    let most = MOST_STEPS + MOST_OCCURRENCES;
    let expanded = ICalendar { components: vec![event] }.expand_dates(Tz::Floating, most);
    match expanded.errors.into_iter().next().map(|error| error.error) {
        Some(CalendarErrorType::RRule(error)) => return Err(ForeignRuleError::Contradiction(error.to_string())),
        Some(error) => return Err(ForeignRuleError::Contradiction(format!("{error:?}"))),
        None => {}
    }
    if expanded.events.len() >= most {
        return Err(ForeignRuleError::TooManySteps);
    }
    let mut dates: Vec<NaiveDate> = expanded.events.iter().map(|event| event.start.date_naive()).collect();
    dates.sort_unstable();
    dates.dedup();
    Ok(dates)
}

/// Reads the parts of a rule and checks that each is within the range of RFC 5545, because the expander does not.
fn read(rrule: &str) -> Result<ICalendarRecurrenceRule, ForeignRuleError> {
    if rrule.len() > LONGEST_RULE {
        return Err(ForeignRuleError::TooLong);
    }
    let mut rule = ICalendarRecurrenceRule::default();
    let mut has_frequency = false;
    for part in rrule.trim().split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let wrong = || ForeignRuleError::Unreadable(part.to_owned());
        let (key, value) = part.split_once('=').ok_or_else(wrong)?;
        let value = value.trim().to_ascii_uppercase();
        match key.trim().to_ascii_uppercase().as_str() {
            "FREQ" => {
                rule.freq = frequency(&value).ok_or_else(wrong)??;
                has_frequency = true;
            }
            "INTERVAL" => rule.interval = Some(value.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?),
            "COUNT" => rule.count = Some(value.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?),
            "UNTIL" => rule.until = Some(moment(&value).ok_or_else(wrong)?),
            "WKST" => rule.wkst = Some(weekday(&value).ok_or_else(wrong)?),
            "BYDAY" => rule.byday = list(&value, day).ok_or_else(wrong)?,
            "BYMONTHDAY" => rule.bymonthday = numbers(&value, -31, 31).ok_or_else(wrong)?,
            "BYYEARDAY" => rule.byyearday = numbers(&value, -366, 366).ok_or_else(wrong)?,
            "BYWEEKNO" => rule.byweekno = numbers(&value, -53, 53).ok_or_else(wrong)?,
            "BYSETPOS" => rule.bysetpos = numbers(&value, -366, 366).ok_or_else(wrong)?,
            "BYMONTH" => {
                let months: Vec<u8> = numbers(&value, 1, 12).ok_or_else(wrong)?;
                rule.bymonth = months.into_iter().map(|month| ICalendarMonth::new(month, false)).collect();
            }
            // The time of day comes from DTSTART. A single value repeats it; more would mean several occurrences per
            // day.
            "BYHOUR" if value.contains(',') => return Err(ForeignRuleError::SeveralADay("BYHOUR")),
            "BYMINUTE" if value.contains(',') => return Err(ForeignRuleError::SeveralADay("BYMINUTE")),
            "BYSECOND" if value.contains(',') => return Err(ForeignRuleError::SeveralADay("BYSECOND")),
            time @ ("BYHOUR" | "BYMINUTE" | "BYSECOND") => {
                let end = if time == "BYHOUR" { 24 } else { 60 };
                value.parse::<u8>().ok().filter(|number| *number < end).ok_or_else(wrong)?;
            }
            "RSCALE" if value == "GREGORIAN" => {}
            "SKIP" if value == "OMIT" => {}
            key if key.starts_with("X-") => {}
            _ => return Err(wrong()),
        }
    }
    if has_frequency { Ok(rule) } else { Err(ForeignRuleError::NoFrequency) }
}

fn frequency(value: &str) -> Option<Result<ICalendarFrequency, ForeignRuleError>> {
    Some(match value {
        "YEARLY" => Ok(ICalendarFrequency::Yearly),
        "MONTHLY" => Ok(ICalendarFrequency::Monthly),
        "WEEKLY" => Ok(ICalendarFrequency::Weekly),
        "DAILY" => Ok(ICalendarFrequency::Daily),
        "HOURLY" => Err(ForeignRuleError::TooOften("every hour")),
        "MINUTELY" => Err(ForeignRuleError::TooOften("every minute")),
        "SECONDLY" => Err(ForeignRuleError::TooOften("every second")),
        _ => return None,
    })
}

fn list<T>(value: &str, item: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(',').map(str::trim).filter(|text| !text.is_empty()).map(item).collect()
}

/// Reads numbers from `least` to `most`, except zero.
fn numbers<T: FromStr + PartialOrd + Default>(value: &str, least: T, most: T) -> Option<Vec<T>> {
    list(value, |text| {
        text.parse::<T>().ok().filter(|number| least <= *number && *number <= most && *number != T::default())
    })
}

/// "TU", "2TU", "-1FR".
fn day(text: &str) -> Option<ICalendarDay> {
    let letters = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, name) = text.split_at(letters);
    let ordwk = match number {
        "" => None,
        number => Some(number.parse::<i16>().ok().filter(|n| *n != 0 && (-53..=53).contains(n))?),
    };
    Some(ICalendarDay { ordwk, weekday: weekday(name)? })
}

fn weekday(text: &str) -> Option<ICalendarWeekday> {
    Some(match text {
        "MO" => ICalendarWeekday::Monday,
        "TU" => ICalendarWeekday::Tuesday,
        "WE" => ICalendarWeekday::Wednesday,
        "TH" => ICalendarWeekday::Thursday,
        "FR" => ICalendarWeekday::Friday,
        "SA" => ICalendarWeekday::Saturday,
        "SU" => ICalendarWeekday::Sunday,
        _ => return None,
    })
}

/// "20271231", "20271231T220000" or "20271231T210000Z".
fn moment(text: &str) -> Option<PartialDateTime> {
    let (local, in_utc) = text.strip_suffix('Z').map_or((text, false), |local| (local, true));
    if let Some(on) = iso::read_basic_date(local) {
        let midnight = partial(on.and_time(NaiveTime::MIN));
        return (1..=9999).contains(&on.year()).then_some(PartialDateTime {
            hour: None,
            minute: None,
            second: None,
            ..midnight
        });
    }
    let at = iso::read_basic_local(local)?;
    let zone = in_utc.then_some(0);
    (1..=9999).contains(&at.year()).then(|| PartialDateTime { tz_hour: zone, tz_minute: zone, ..partial(at) })
}

/// A time without a zone. The year must have four digits.
fn partial(at: NaiveDateTime) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: Some(at.month() as u8),
        day: Some(at.day() as u8),
        hour: Some(at.hour() as u8),
        minute: Some(at.minute() as u8),
        second: Some(at.second() as u8),
        ..PartialDateTime::default()
    }
}

/// The local time. A date without a time means the end of that day.
fn reading(at: &PartialDateTime) -> Option<NaiveDateTime> {
    let on = NaiveDate::from_ymd_opt(at.year?.into(), at.month?.into(), at.day?.into())?;
    match (at.hour, at.minute, at.second) {
        (Some(hour), Some(minute), Some(second)) => on.and_hms_opt(hour.into(), minute.into(), second.into()),
        _ => on.and_hms_opt(23, 59, 59),
    }
}

/// The latest local time at which the rule can end.
fn local_end(until: &PartialDateTime) -> Option<NaiveDateTime> {
    let at = reading(until)?;
    if until.tz_hour.is_some() { at.checked_add_signed(TimeDelta::hours(UTC_LEEWAY_HOURS)) } else { Some(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The dates in 2027 of a series that starts on `first` at 22:00.
    fn in_2027(rrule: &str, first: &str) -> Result<Vec<NaiveDate>, ForeignRuleError> {
        let start = NaiveTime::from_hms_opt(22, 0, 0).unwrap();
        dates(rrule, date(first), start, date("2027-01-01"), date("2027-12-31"))
    }

    #[track_caller]
    fn gives(rrule: &str, first: &str, expected: &[&str]) {
        let expected: Vec<_> = expected.iter().map(|text| date(text)).collect();
        assert_eq!(in_2027(rrule, first), Ok(expected), "{rrule}");
    }

    #[test]
    fn common_rules_give_their_dates() {
        gives("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", "2027-01-12", &["2027-01-12", "2027-02-09", "2027-03-09"]);
        gives("freq=monthly;byday=-1fr;interval=3;count=2", "2027-01-29", &["2027-01-29", "2027-04-30"]);
        gives("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=3", "2027-01-02", &["2027-01-02", "2027-01-03", "2027-01-09"]);
        gives("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=13", "2019-03-13", &["2027-03-13"]);
        gives("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=1", "2027-01-29", &["2027-01-29"]);
        gives("FREQ=DAILY;COUNT=2;BYHOUR=22;BYMINUTE=0;BYSECOND=0", "2027-05-01", &["2027-05-01", "2027-05-02"]);
    }

    #[test]
    fn the_end_of_a_rule_is_kept() {
        gives("FREQ=WEEKLY;UNTIL=20270116", "2027-01-02", &["2027-01-02", "2027-01-09", "2027-01-16"]);
        gives("FREQ=WEEKLY;UNTIL=20270109T220000", "2027-01-02", &["2027-01-02", "2027-01-09"]);
        gives("FREQ=WEEKLY;UNTIL=20270109T215959", "2027-01-02", &["2027-01-02"]);
        gives("FREQ=WEEKLY;UNTIL=20200101", "2027-01-02", &[]);
        assert_eq!(
            until("FREQ=WEEKLY;UNTIL=20270109T215959Z"),
            Ok(Some((date("2027-01-09").and_hms_opt(21, 59, 59).unwrap(), true)))
        );
    }

    #[test]
    fn a_rule_from_long_ago_keeps_its_rhythm() {
        let old = in_2027("FREQ=DAILY;INTERVAL=10", "1900-01-01").unwrap();
        assert_eq!(old.len(), 37);
        assert!(old.iter().all(|on| (*on - date("1900-01-01")).num_days() % 10 == 0));
        let weeks = in_2027("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA;WKST=SU", "1999-01-02").unwrap();
        let slow = in_2027("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA;WKST=SU;COUNT=90000", "1999-01-02").unwrap();
        assert_eq!(weeks, slow);
        assert_eq!(weeks.len(), 52);
    }

    #[test]
    fn rules_that_no_window_can_have_are_refused_with_a_reason() {
        let error = |rrule: &str| in_2027(rrule, "2027-01-01").unwrap_err();
        assert_eq!(error(""), ForeignRuleError::NoFrequency);
        assert_eq!(error("FREQ=MINUTELY"), ForeignRuleError::TooOften("every minute"));
        assert_eq!(error("FREQ=DAILY;BYHOUR=1,2"), ForeignRuleError::SeveralADay("BYHOUR"));
        for part in
            ["BYDAY=2T€", "INTERVAL=0", "INTERVAL=99999", "COUNT=-1", "BYMONTH=13", "UNTIL=x", "NONSENSE", "A=1"]
        {
            assert_eq!(error(&format!("FREQ=DAILY;{part}")), ForeignRuleError::Unreadable(part.to_owned()));
        }
        assert_eq!(error(&format!("FREQ=DAILY;BYMONTH={}", "1,".repeat(2000))), ForeignRuleError::TooLong);
        assert!(matches!(error("FREQ=WEEKLY;BYMONTHDAY=3"), ForeignRuleError::Contradiction(_)));
        let early = dates("FREQ=DAILY", NaiveDate::MIN, NaiveTime::MIN, date("2027-01-01"), date("2027-12-31"));
        assert!(matches!(early, Err(ForeignRuleError::StartOutOfRange(_))));
    }

    #[test]
    fn times_other_than_the_start_are_contrary() {
        let start = NaiveTime::from_hms_opt(22, 30, 0).unwrap();
        for (rrule, expected) in [
            ("FREQ=DAILY", &[][..]),
            ("FREQ=DAILY;BYHOUR=22;BYMINUTE=30;BYSECOND=0", &[]),
            ("FREQ=DAILY;byhour=3;BYMINUTE=30", &["byhour=3"]),
            ("FREQ=DAILY;BYHOUR=22; BYMINUTE=0 ;BYSECOND=30", &["BYMINUTE=0", "BYSECOND=30"]),
        ] {
            assert_eq!(contrary_times(rrule, start), expected, "{rrule}");
        }
        assert!(check("FREQ=DAILY;BYHOUR=24").is_err() && check("FREQ=DAILY;BYMINUTE=59").is_ok());
    }

    #[test]
    fn a_hostile_rule_ends_soon() {
        assert_eq!(in_2027("FREQ=DAILY;COUNT=1000000000", "1990-01-01").unwrap().len(), 365);
        assert_eq!(in_2027("FREQ=DAILY;COUNT=1000000000", "1600-01-01"), Err(ForeignRuleError::TooManySteps));
        gives("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2027-01-01", &[]);
        gives("FREQ=YEARLY;INTERVAL=65535", "2026-01-01", &[]);
        gives("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31;INTERVAL=7", "1583-01-01", &[]);
        gives("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6", "1583-01-01", &[]);
        let wide = dates("FREQ=DAILY", date("2027-01-01"), NaiveTime::MIN, date("2027-01-01"), date("2060-12-31"));
        assert_eq!(wide, Err(ForeignRuleError::TooManyDates));
    }
}
