//! The times of events, in the forms that logs have. Instants are seconds since 1970 in UTC.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::{LocalTimeKind, Zone};

/// What comes first in dates such as 3/4/2027.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatesOrder {
    DayFirst,
    MonthFirst,
}

/// Reads times; those without a zone are on the clock of `zone`.
#[derive(Clone, Debug)]
pub struct TimeReader {
    pub zone: Arc<Zone>,
    /// None if no date needed it so far.
    pub order: Option<DatesOrder>,
}

/// When an event happened: two instants if the clock showed its time twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instants {
    pub first: i64,
    pub second: Option<i64>,
}

impl Instants {
    pub fn sure(at: i64) -> Self {
        Self { first: at, second: None }
    }
}

/// A date and time as written, before its order is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WrittenDate {
    Iso(NaiveDate),
    /// Two numbers, of which one is the day and one the month, and the year.
    Numbers(u32, u32, i32),
}

impl TimeReader {
    /// Reads a time. None if it is not understood, if the order of its date is not known, or if the clock of the zone never
    /// showed it.
    pub fn read(&self, text: &str) -> Option<Instants> {
        let text = text.trim();
        if let Some(at) = epoch(text) {
            return Some(Instants::sure(at));
        }
        let (date, rest) = split_date(text)?;
        let date = match date {
            WrittenDate::Iso(date) => date,
            WrittenDate::Numbers(one, other, year) => {
                let order = self.order.or_else(|| order_of(one, other))?;
                let (day, month) = if order == DatesOrder::DayFirst { (one, other) } else { (other, one) };
                NaiveDate::from_ymd_opt(year, month, day)?
            }
        };
        let (time, zone) = split_time(rest)?;
        let local = date.and_time(time);
        match zone {
            Some(offset) => Some(Instants::sure(local.and_utc().timestamp() - i64::from(offset))),
            None => self.instants(local),
        }
    }

    /// What a date shows about the order of the day and the month; None if it shows nothing.
    pub fn order_shown(text: &str) -> Option<DatesOrder> {
        match split_date(text.trim())?.0 {
            WrittenDate::Iso(_) => None,
            WrittenDate::Numbers(one, other, _) => order_of(one, other).filter(|_| one != other),
        }
    }

    /// Whether a date can only be read if the order of the day and the month is known.
    pub fn needs_order(text: &str) -> bool {
        matches!(split_date(text.trim()), Some((WrittenDate::Numbers(one, other, _), _)) if order_of(one, other).is_none() && one != other)
    }

    /// The instants at which the clock of the zone showed that time; None if a clock change skipped it.
    fn instants(&self, local: NaiveDateTime) -> Option<Instants> {
        let seconds = local.and_utc().timestamp();
        let resolved = self.zone.resolve(LocalMinute((seconds.div_euclid(60)) as i32));
        if resolved.clock == LocalTimeKind::Gap {
            return None;
        }
        let first = i64::from(resolved.at.0) * 60 + seconds.rem_euclid(60);
        let second = (resolved.clock == LocalTimeKind::Fold).then(|| {
            let (before, after) = (self.zone.offset(resolved.at), self.zone.offset(later(resolved.at)));
            first + i64::from(before - after) * 60
        });
        Some(Instants { first, second: second.filter(|second| *second > first) })
    }
}

/// After the longest repetition that a clock change makes.
fn later(at: UtcMinute) -> UtcMinute {
    at.plus(3 * 60)
}

fn order_of(one: u32, other: u32) -> Option<DatesOrder> {
    match (one > 12, other > 12) {
        (true, false) => Some(DatesOrder::DayFirst),
        (false, true) => Some(DatesOrder::MonthFirst),
        _ => (one == other).then_some(DatesOrder::DayFirst),
    }
}

/// Seconds, milliseconds or microseconds since 1970, with or without a fraction.
fn epoch(text: &str) -> Option<i64> {
    let whole = text.split('.').next()?;
    let is_number = (9..=16).contains(&whole.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: i64 = if is_number { whole.parse().ok()? } else { return None };
    Some(match whole.len() {
        ..=10 => number,
        11..=13 => number.div_euclid(1_000),
        _ => number.div_euclid(1_000_000),
    })
}

/// The date that a text begins with, and the rest.
fn split_date(text: &str) -> Option<(WrittenDate, &str)> {
    let end = text.find([' ', 'T', 't', ',']).unwrap_or(text.len());
    let (date, rest) = (&text[..end], text[end..].trim_start_matches([' ', 'T', 't', ',']));
    let separator = ['-', '/', '.'].into_iter().find(|separator| date.contains(*separator))?;
    let mut parts = date.trim_end_matches('.').split(separator);
    let number = |part: Option<&str>| part?.parse::<u32>().ok();
    let (one, two, three) = (parts.next()?, number(parts.next())?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let first: u32 = one.parse().ok()?;
    if one.len() == 4 {
        return NaiveDate::from_ymd_opt(first as i32, two, three.parse().ok()?)
            .map(|date| (WrittenDate::Iso(date), rest));
    }
    let year: i32 = three.parse().ok().filter(|_| three.len() == 4)?;
    if separator == '.' {
        return NaiveDate::from_ymd_opt(year, two, first).map(|date| (WrittenDate::Iso(date), rest));
    }
    Some((WrittenDate::Numbers(first, two, year), rest))
}

/// The time of day, and the offset from UTC in seconds if it is written.
fn split_time(text: &str) -> Option<(NaiveTime, Option<i32>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(text.len());
    // A comma separates fractions in some logs.
    let fraction =
        text[end..].strip_prefix(',').map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
    let (clock, rest) = (&text[..end], text[end + fraction..].trim());
    let mut parts = clock.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: u32 = match parts.next() {
        Some(second) => second.split('.').next()?.parse().ok()?,
        None => 0,
    };
    let lower = rest.to_ascii_lowercase();
    let (hour, rest) = match lower.as_str() {
        text if text.starts_with("am") && hour <= 12 => (hour % 12, rest[2..].trim()),
        text if text.starts_with("pm") && hour <= 12 => (hour % 12 + 12, rest[2..].trim()),
        _ => (hour, rest),
    };
    // 60 is a leap second.
    let time = NaiveTime::from_hms_opt(hour, minute, second.min(59))?;
    Some((time, offset(rest)?))
}

/// "Z", "UTC", "+01:00", "-0500" or nothing; the outer None is for what is not understood.
fn offset(text: &str) -> Option<Option<i32>> {
    if text.is_empty() {
        return Some(None);
    }
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(Some(0));
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 if digits.is_ascii() => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(Some(sign * (hours * 3_600 + minutes * 60)))
}

/// RFC 3339 in UTC: "2027-03-13T21:00:07Z".
pub fn in_words(at: i64) -> String {
    let at = DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::seconds(at)).unwrap_or_default();
    crate::wording::iso::utc_second(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(order: Option<DatesOrder>) -> TimeReader {
        TimeReader { zone: Zone::named("Europe/Berlin").unwrap(), order }
    }

    fn read(text: &str) -> Option<String> {
        reader(None).read(text).map(|at| in_words(at.first))
    }

    #[test]
    fn times_of_logs_are_read() {
        for (text, expected) in [
            ("2027-01-16T22:15:15.003Z", Some("2027-01-16T22:15:15Z")),
            ("2027-01-16T22:15:15+01:00", Some("2027-01-16T21:15:15Z")),
            ("2027-01-16 22:15:15 -0500", Some("2027-01-17T03:15:15Z")),
            ("2027-01-16 22:15:15,123", Some("2027-01-16T21:15:15Z")),
            ("2027-01-16 22:15", Some("2027-01-16T21:15:00Z")),
            ("1/16/2027 10:15:15 PM", Some("2027-01-16T21:15:15Z")),
            ("16/01/2027 12:15:15 am", Some("2027-01-15T23:15:15Z")),
            ("16.01.2027 22:15:15", Some("2027-01-16T21:15:15Z")),
            ("3/4/2027 10:15:15 PM", None),
            ("1800133215", Some("2027-01-16T21:00:15Z")),
            ("1800133215123456", Some("2027-01-16T21:00:15Z")),
            ("soon", None),
            ("", None),
            ("2027-13-16 22:15", None),
            ("2027-01-16 25:15", None),
            ("2027-01-16 22:15 XYZ", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
        let day_first = reader(Some(DatesOrder::DayFirst)).read("3/4/2027 10:15:15 PM").unwrap();
        assert_eq!(in_words(day_first.first), "2027-04-03T20:15:15Z");
        for (text, expected) in [
            ("3/3/2027 1:00", None),
            ("12/12/2027 1:00", None),
            ("3/4/2027 1:00", None),
            ("13/4/2027 1:00", Some(DatesOrder::DayFirst)),
            ("4/13/2027 1:00", Some(DatesOrder::MonthFirst)),
            ("2027-04-13 1:00", None),
        ] {
            assert_eq!(TimeReader::order_shown(text), expected, "{text}");
        }
        assert_eq!(read("3/3/2027 1:00").as_deref(), Some("2027-03-03T00:00:00Z"));
        assert!(!TimeReader::needs_order("3/3/2027 1:00"));
        assert!(TimeReader::needs_order("3/4/2027 1:00") && !TimeReader::needs_order("13/4/2027 1:00"));
    }

    #[test]
    fn a_time_that_the_clock_shows_twice_has_two_instants() {
        let at = reader(None).read("2027-10-31 02:30:00").unwrap();
        let words = [Some(at.first), at.second].map(|at| in_words(at.unwrap()));
        assert_eq!(words, ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"]);
        assert_eq!(reader(None).read("2027-10-31 03:30:00").unwrap().second, None);
    }

    #[test]
    fn a_time_that_the_clock_skips_is_not_read() {
        for (text, expected) in [
            ("2027-03-28 01:59:59", Some("2027-03-28T00:59:59Z")),
            ("2027-03-28 02:00:00", None),
            ("28.03.2027 02:59:59", None),
            ("2027-03-28 03:00:00", Some("2027-03-28T01:00:00Z")),
            ("2027-03-28 02:30:00Z", Some("2027-03-28T02:30:00Z")),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
