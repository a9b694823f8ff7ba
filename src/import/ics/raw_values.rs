//! Judges dates, times and lengths as they are written, before a parser changes them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::import::text::words_on_one_line;
use crate::wording::iso;

/// The longest value in a message, in characters.
const LONGEST_VALUE: usize = 60;

/// Properties with dates or lengths, in capital letters.
const NAMES: [&str; 7] = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE", "DTSTAMP", "DURATION"];

/// What is unusual about a line with dates or a length.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Judged {
    /// The line as the parser must see it, if that differs.
    pub rewritten: Option<String>,
    /// The name of the property.
    pub name: &'static str,
    /// Values that mean something although they are not written as RFC 5545 wants them: as written, and as read.
    pub repaired: Option<(String, String)>,
    /// The first value that is not understood.
    pub invalid: Option<String>,
    /// A time is not a whole minute.
    pub has_seconds: bool,
}

/// How a value is written.
#[derive(Debug, PartialEq, Eq)]
enum Reading {
    Usual,
    /// Only upper and lower case or spaces differ.
    Cased(String),
    Repaired(String),
    Invalid,
}

/// Judges a line; `None` if it is written as usual, or has neither dates nor a length.
pub(super) fn judge(line: &str) -> Option<Judged> {
    let first = line.as_bytes().first()?.to_ascii_uppercase();
    if !matches!(first, b'D' | b'R' | b'E') {
        return None;
    }
    let name = NAMES.into_iter().find(|name| {
        line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && line[name.len()..].trim_start().starts_with([':', ';'])
    })?;
    let colon = colon(line)?;
    let (head, values) = (&line[..=colon], &line[colon + 1..]);
    let mut judged = Judged { name, ..Judged::default() };
    let (mut kept, mut is_changed) = (Vec::new(), false);
    for value in values.split(',') {
        let reading = match (name, value.split_once('/')) {
            ("DURATION", _) => length_reading(value),
            ("RDATE", Some((start, end))) => period_reading(start, end),
            _ => time_reading(value),
        };
        judged.has_seconds |= has_seconds(name, value);
        is_changed |= reading != Reading::Usual;
        match reading {
            Reading::Usual => kept.push(value.to_owned()),
            Reading::Cased(text) => kept.push(text),
            Reading::Repaired(text) => {
                judged.repaired.get_or_insert_with(|| (clipped(value), text.clone()));
                kept.push(text);
            }
            Reading::Invalid => {
                judged.invalid.get_or_insert_with(|| clipped(value));
            }
        }
    }
    if is_changed {
        let values = kept.join(",");
        // A parser may read a part of what is invalid, so it does not see that.
        let text = if values.is_empty() { format!("X-INVALID-{name}:") } else { format!("{head}{values}") };
        judged.rewritten = Some(text);
    }
    (is_changed || judged.has_seconds).then_some(judged)
}

/// Where the value of a line begins: at the first colon outside quotes.
pub(super) fn colon(line: &str) -> Option<usize> {
    let mut is_quoted = false;
    line.find(|c| {
        is_quoted ^= c == '"';
        c == ':' && !is_quoted
    })
}

fn clipped(text: &str) -> String {
    words_on_one_line(text).chars().take(LONGEST_VALUE).collect()
}

/// Whether a time is written with seconds other than 00 (or 60, a leap second).
fn has_seconds(name: &str, value: &str) -> bool {
    if matches!(name, "DTSTAMP" | "DURATION") {
        return false;
    }
    let time = value.trim().split_once(['T', 't']).map(|(_, time)| time);
    time.and_then(|time| time.get(4..6))
        .is_some_and(|seconds| seconds.bytes().all(|byte| byte.is_ascii_digit()) && seconds != "00")
}

fn time_reading(value: &str) -> Reading {
    let text = value.trim();
    if is_usual_time(text) && read_time(text).is_some() {
        return if text == value { Reading::Usual } else { Reading::Cased(text.to_owned()) };
    }
    let Some(read) = read_time(text) else { return Reading::Invalid };
    if text.eq_ignore_ascii_case(&read) { Reading::Cased(read) } else { Reading::Repaired(read) }
}

/// "20270105", "20270105T220000" or "20270105T220000Z".
fn is_usual_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    match bytes.len() {
        8 => digits(bytes),
        15 => digits(&bytes[..8]) && bytes[8] == b'T' && digits(&bytes[9..]),
        16 => digits(&bytes[..8]) && bytes[8] == b'T' && digits(&bytes[9..15]) && bytes[15] == b'Z',
        _ => false,
    }
}

/// A date or time in the usual form, from that or another form of ISO 8601: with separators, without seconds, with
/// fractions of a second, with an offset from UTC.
pub(super) fn read_time(text: &str) -> Option<String> {
    let mut rest = text;
    let year = number(&mut rest, 4)?;
    skip(&mut rest, '-');
    let month = number(&mut rest, 2)?;
    skip(&mut rest, '-');
    let on = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(&mut rest, 2)?)?;
    if rest.is_empty() {
        return Some(iso::basic_date(on));
    }
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let hour = number(&mut rest, 2)?;
    skip(&mut rest, ':');
    let minute = number(&mut rest, 2)?;
    skip(&mut rest, ':');
    // A leap second counts as the second before it.
    let second = number(&mut rest, 2).unwrap_or(0);
    if second > 60 {
        return None;
    }
    let at = on.and_time(NaiveTime::from_hms_opt(hour, minute, second.min(59))?);
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == fraction.len() {
            return None;
        }
    }
    let format = |at: NaiveDateTime, end: &str| format!("{}{end}", iso::basic_local(at));
    match rest {
        "" => Some(format(at, "")),
        "Z" | "z" => Some(format(at, "Z")),
        _ => {
            let is_behind = rest.starts_with('-');
            rest = rest.strip_prefix(['+', '-'])?;
            let hours = number(&mut rest, 2)?;
            skip(&mut rest, ':');
            let minutes = if rest.is_empty() { 0 } else { number(&mut rest, 2)? };
            let ahead = TimeDelta::minutes(i64::from(hours * 60 + minutes));
            let is_offset = rest.is_empty() && hours <= 14 && minutes < 60;
            let utc = if is_behind { at.checked_add_signed(ahead) } else { at.checked_sub_signed(ahead) };
            is_offset.then(|| utc.map(|at| format(at, "Z"))).flatten()
        }
    }
}

fn skip(rest: &mut &str, sign: char) {
    *rest = rest.strip_prefix(sign).unwrap_or(rest);
}

/// A number of exactly so many digits, which is removed from the text.
fn number(rest: &mut &str, digits: usize) -> Option<u32> {
    let text = rest.get(..digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    *rest = &rest[digits..];
    text.parse().ok()
}

fn period_reading(start: &str, end: &str) -> Reading {
    let is_length = end.trim_start().starts_with(['P', 'p', '+', '-']);
    let end_reading = if is_length { length_reading(end) } else { time_reading(end) };
    let text = |reading: &Reading, written: &str| match reading {
        Reading::Cased(text) | Reading::Repaired(text) => text.clone(),
        Reading::Usual | Reading::Invalid => written.to_owned(),
    };
    match (time_reading(start), end_reading) {
        (Reading::Invalid, _) | (_, Reading::Invalid) => Reading::Invalid,
        (Reading::Usual, Reading::Usual) => Reading::Usual,
        (one, other) => {
            let both = format!("{}/{}", text(&one, start), text(&other, end));
            let is_repaired = matches!(one, Reading::Repaired(_)) || matches!(other, Reading::Repaired(_));
            if is_repaired { Reading::Repaired(both) } else { Reading::Cased(both) }
        }
    }
}

/// A length as RFC 5545 (3.3.6) has it, not negative: weeks and days, then hours, minutes and seconds after a T.
fn length_reading(value: &str) -> Reading {
    let text = value.trim().to_ascii_uppercase();
    let Some(parts) = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P') else { return Reading::Invalid };
    let (days, clock) = match parts.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (parts, None),
    };
    let is_valid = !parts.is_empty()
        && has_units(days, "WD")
        && clock.is_none_or(|clock| has_units(clock, "HMS"))
        && parts.contains(|c: char| c.is_ascii_digit());
    match is_valid {
        false => Reading::Invalid,
        true if text == value => Reading::Usual,
        true => Reading::Cased(text),
    }
}

/// Whether a text is numbers with these units, in this order and each at most once.
fn has_units(mut text: &str, mut units: &str) -> bool {
    while !text.is_empty() {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(unit) = rest.chars().next() else { return false };
        let Some((_, later)) = units.split_once(unit).filter(|_| rest.len() < text.len()) else { return false };
        units = later;
        text = &rest[unit.len_utf8()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_other_forms_keep_their_instant() {
        for (value, expected) in [
            ("20270704T220000.000Z", "20270704T220000Z"),
            ("20270704T2200Z", "20270704T220000Z"),
            ("20270704T2200", "20270704T220000"),
            ("2027-07-04T22:00:00Z", "20270704T220000Z"),
            ("2027-07-04 22:00", "20270704T220000"),
            ("2027-07-04", "20270704"),
            ("20270704T220000+0200", "20270704T200000Z"),
            ("20270704T220000-05:30", "20270705T033000Z"),
        ] {
            assert_eq!(time_reading(value), Reading::Repaired(expected.to_owned()), "{value}");
        }
        for value in ["20270704", "20270704T220000", "20270704T220000Z", "20161231T235960Z"] {
            assert_eq!(time_reading(value), Reading::Usual, "{value}");
        }
        assert_eq!(time_reading(" 20270704t220000z"), Reading::Cased("20270704T220000Z".to_owned()));
        for value in [
            "",
            "garbage",
            "20270230",
            "20270704T22",
            "20270704T250000",
            "20270704T220000Y",
            "2027074",
            "20270704T220000.Z",
            "4.7.2027",
            "20270704T220000+99",
            "20270704T220099",
        ] {
            assert_eq!(time_reading(value), Reading::Invalid, "{value}");
        }
    }

    #[test]
    fn lengths_are_those_of_the_standard() {
        for value in ["PT4H", "P1D", "P1W", "+PT30M", "P1DT2H", "PT90S", "P0D", "P1W2D", "PT1H30M5S"] {
            assert_eq!(length_reading(value), Reading::Usual, "{value}");
        }
        for value in ["P1M", "P4H", "-PT1H", "4H", "PT1.5H", "P1Y", "P", "PT", "PT5M1H", "", "PTH", "PT4"] {
            assert_eq!(length_reading(value), Reading::Invalid, "{value}");
        }
    }

    #[test]
    fn invalid_values_are_left_out_of_a_list() {
        let judged = judge("EXDATE;TZID=\"a:b\":20270104T220000,garbage").unwrap();
        assert_eq!(judged.rewritten.as_deref(), Some("EXDATE;TZID=\"a:b\":20270104T220000"));
        assert_eq!((judged.name, judged.invalid.as_deref()), ("EXDATE", Some("garbage")));
        assert_eq!(judge("RDATE;VALUE=PERIOD:20270104T220000Z/PT2H"), None);
        let judged = judge("RDATE:20270104T2200Z/P4H").unwrap();
        assert_eq!(judged.rewritten.as_deref(), Some("X-INVALID-RDATE:"));
        assert_eq!((judge("DESCRIPTION:x"), judge("DTSTARTS:x"), judge("DURATION:PT90S")), (None, None, None));
        assert!(judge("DTSTART:20270104T220030Z").is_some_and(|judged| judged.has_seconds));
    }
}
