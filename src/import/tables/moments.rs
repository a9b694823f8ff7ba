//! A date, a time of day, or both in one cell, with the end of a span if the cell has one.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::date_order::DateOrder;
use super::dates;
use super::written_zones::{self, WrittenZone};
use crate::wording::clocks::{self, Clock};

/// A point in time as a cell has it. Either part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point<'a> {
    /// A date; which one may depend on its column.
    pub date: Option<&'a str>,
    pub clock: Option<Clock>,
    pub zone: Option<WrittenZone>,
}

/// A cell: a point, or two with a dash between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment<'a> {
    pub from: Point<'a>,
    pub until: Option<Point<'a>>,
}

impl Moment<'_> {
    /// Whether the cell has a date and a time other than midnight. Spreadsheets add midnight to dates without a time.
    pub fn has_time(&self) -> bool {
        let is_midnight = |point: &Point<'_>| point.clock.is_none_or(|at| at.time == NaiveTime::MIN && !at.is_next_day);
        self.from.date.is_some() && (!is_midnight(&self.from) || self.until.is_some())
    }
}

impl Point<'_> {
    /// The day, by the order of the table's dates.
    ///
    /// # Errors
    /// Why the date does not mean one day.
    pub fn on(&self, order: &DateOrder) -> Result<Option<NaiveDate>, String> {
        self.date.map(|date| order.date(date)).transpose()
    }
}

/// Reads a cell.
///
/// # Errors
/// Why it is neither a date nor a time, as a sentence.
pub fn read(text: &str) -> Result<Moment<'_>, String> {
    if let Some(from) = point(text) {
        return Ok(Moment { from, until: None });
    }
    let Some((from, until)) = split(text) else { return Err(problem(text)) };
    Ok(Moment { from, until: Some(until) })
}

/// What is wrong with a cell that is neither a date nor a time.
fn problem(text: &str) -> String {
    let lower = text.to_lowercase();
    let is_after_digit =
        |rest: &str| rest.trim_end_matches([' ', '.', 'a', 'p']).ends_with(|c: char| c.is_ascii_digit());
    let looks_like_time = text.contains(':')
        || ["uhr", "noon", "midnight", "mittag", "mitternacht", "時"].iter().any(|word| lower.contains(word))
        || lower.strip_suffix(['m', 'h']).is_some_and(is_after_digit);
    if let Some(problem) = unknown_zone(text) {
        return problem;
    }
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    let looks_like_date = numbers > 2 || (numbers > 0 && lower.contains(char::is_alphabetic));
    match (dates::read(text), clocks::read(text)) {
        (_, Err(problem)) if looks_like_time => problem,
        (Err(problem), _) if looks_like_date => problem,
        _ => format!("Invalid date or time \"{text}\": use e.g. 2027-03-13 22:00"),
    }
}

/// The two ends of a span. Dashes inside dates are not its dash.
fn split(text: &str) -> Option<(Point<'_>, Point<'_>)> {
    if let Some((from, until)) = clocks::split_span(text)
        && let (Some(a), Some(b)) = (point(from), point(until))
        && a.clock.is_some()
        && b.clock.is_some()
        && clocks::is_clear_span(from, until)
    {
        return Some((a, b));
    }
    let dashes = text.match_indices(['-', '–', '—', '−', '→', '~', '〜', '～', '/']);
    dashes.map(|(at, dash)| (&text[..at], &text[at + dash.len()..])).find_map(|(from, until)| {
        let (a, b) = (point(from.trim())?, point(until.trim())?);
        (a.clock.is_some() && b.clock.is_some() && a.date.is_some()).then_some((a, b))
    })
}

fn point(text: &str) -> Option<Point<'_>> {
    let text = text.trim();
    if let Some(point) = plain_point(text) {
        return Some(point);
    }
    let (rest, zone) = split_zone(text).or_else(|| leading_zone(text))?;
    let point = plain_point(rest).filter(|point| point.clock.is_some())?;
    Some(Point { zone: Some(zone), ..point })
}

/// A point without a zone.
fn plain_point(text: &str) -> Option<Point<'_>> {
    if dates::read(text).is_ok() {
        return Some(Point { date: Some(text), ..Point::default() });
    }
    if let Ok(clock) = clocks::read(text) {
        return Some(Point { clock: Some(clock), ..Point::default() });
    }
    if let Some((day, share)) = text.split_once(['.', ','])
        && day.len() == 5
        && dates::read(day).is_ok()
        && let Ok(clock) = clocks::read(&format!("0.{share:0<3}"))
    {
        return Some(Point { date: Some(day), clock: Some(clock), zone: None });
    }
    let breaks = text.char_indices().filter(|(_, c)| matches!(c, ' ' | 'T' | 't' | ',' | '\u{a0}' | '\n' | '日'));
    breaks.into_iter().find_map(|(at, c)| {
        let end = if c == '日' { at + c.len_utf8() } else { at };
        let (date, clock) = (text[..end].trim().trim_end_matches(','), text[at + c.len_utf8()..].trim());
        let clock = clock.strip_prefix("um ").or_else(|| clock.strip_prefix("at ")).unwrap_or(clock);
        let compact = compact_clock(clock).filter(|_| c == 'T');
        let clock = compact.as_deref().unwrap_or(clock);
        // A bare number after a date is more likely to be a part of it.
        let is_clear = clock.contains(|c: char| !c.is_ascii_digit());
        // A day later than a date that is given would be a guess.
        let clock = clocks::read(clock).ok().filter(|_| is_clear && !clocks::names_next_day(clock))?;
        dates::read(date).is_ok().then_some(Point { date: Some(date), clock: Some(clock), zone: None })
    })
}

/// "22:00:00" of "220000", as it follows a T.
fn compact_clock(digits: &str) -> Option<String> {
    let is_compact = matches!(digits.len(), 4 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.get(4..).filter(|seconds| !seconds.is_empty()).unwrap_or("00");
    is_compact.then(|| format!("{}:{}:{seconds}", &digits[..2], &digits[2..4]))
}

/// Splits the zone off the beginning: "UTC 22:00".
fn leading_zone(text: &str) -> Option<(&str, WrittenZone)> {
    let (name, rest) = text.split_once([' ', '\u{a0}', ':'])?;
    let rest = rest.trim_start();
    let is_name = name.starts_with(char::is_alphabetic) && is_timed(rest);
    if is_name { Some((rest, written_zones::after_time(name).ok()?)) } else { None }
}

/// Splits "UTC", "Z", "+01:00", "CEST" or "Eastern Time" off the end.
fn split_zone(text: &str) -> Option<(&str, WrittenZone)> {
    if let Some(rest) = text.strip_suffix(['Z', 'z']).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())) {
        return Some((rest, WrittenZone::Named("UTC".to_owned())));
    }
    if let Some(at) = text.rfind(['+', '-', '−'])
        && let Some(minutes) = offset(&text[at..])
        && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
        && is_before_offset(&text[..at], &text[at..])
    {
        return Some((text[..at].trim_end(), WrittenZone::Offset(minutes)));
    }
    zone_words(text).find_map(|(rest, name)| Some((rest, written_zones::after_time(name).ok()?)))
}

/// A time and the words after it that may name a zone, the longest first.
fn zone_words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let breaks = text.char_indices().filter(|(_, c)| matches!(c, ' ' | '(' | '[' | '\u{a0}'));
    let split = breaks.map(|(at, c)| {
        let end = if c == '(' || c == '[' { at } else { at + c.len_utf8() };
        (text[..at].trim(), text[end..].trim())
    });
    split.filter(|(rest, name)| {
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '[' | '+'));
        is_name && rest.ends_with(|c: char| c.is_alphanumeric() || c == '.') && is_timed(rest)
    })
}

/// Whether a text has a time of day with a separator, alone or after a date.
fn is_timed(text: &str) -> bool {
    plain_point(text).is_some_and(|point| point.clock.is_some() && text.contains(|c: char| !c.is_ascii_digit()))
}

/// Why the zone after a time is not known. None if there is no word after a time.
fn unknown_zone(text: &str) -> Option<String> {
    let (_, name) = zone_words(text).last()?;
    if ["am", "pm", "a.m.", "p.m."].iter().any(|half| half.eq_ignore_ascii_case(name)) {
        return None;
    }
    written_zones::after_time(name).err()
}

/// Whether what follows a time is its offset. In "22:00-02:00" it is the end of a span, and in "2027-03-13 22:00-02:00" it
/// may be; "2027-03-13T22:00-02:00" and "2027-03-13 22:00:00-02:00" are written by programs. "+01" after a time alone may
/// be the next day.
fn is_before_offset(text: &str, offset: &str) -> bool {
    let is_program = text.contains('T') || text.matches(':').count() == 2;
    let has_date = text.len() > "22:00:00".len();
    let is_clear = if offset.starts_with('+') { has_date || offset.len() > 3 } else { has_date && is_program };
    text.contains(':') && is_clear
}

/// Minutes of "+01:00", "-0530", "+01".
fn offset(text: &str) -> Option<i32> {
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    let is_number = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i32 = digits.parse().ok().filter(|_| is_number)?;
    let minutes = if digits.len() == 2 { number * 60 } else { number / 100 * 60 + number % 100 };
    (minutes <= 14 * 60).then_some(sign * minutes)
}

/// A day and a time of it, with 24:00 on the next day.
pub fn local(on: NaiveDate, at: Clock) -> NaiveDateTime {
    let day = on.and_time(at.time);
    if at.is_next_day { day + TimeDelta::days(1) } else { day }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let point = |point: &Point<'_>| {
            let clock = point.clock.map(|at| at.time.format("%H:%M").to_string());
            let zone = point.zone.as_ref().map(|zone| format!("{zone:?}"));
            [point.date.map(str::to_owned), clock, zone].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        match read(text) {
            Ok(Moment { from, until: None }) => point(&from),
            Ok(Moment { from, until: Some(until) }) => format!("{} > {}", point(&from), point(&until)),
            Err(problem) => problem,
        }
    }

    #[test]
    fn a_cell_has_a_date_a_time_or_both() {
        for (text, expected) in [
            ("2027-03-13", "2027-03-13"),
            ("22:00", "22:00"),
            ("2027-03-13 22:00", "2027-03-13 22:00"),
            ("2027-03-13T22:00:00", "2027-03-13 22:00"),
            ("3/13/2027 10:00:00 PM", "3/13/2027 22:00"),
            ("13.03.27, 22.00 Uhr", "13.03.27 22:00"),
            ("Sat 13 Mar 2027 10pm", "Sat 13 Mar 2027 22:00"),
            ("2027年3月13日 22:00", "2027年3月13日 22:00"),
            ("46459.916666667", "46459 22:00"),
            ("46459,25", "46459 06:00"),
            ("22:00 - 02:00", "22:00 > 02:00"),
            ("10pm-2am", "22:00 > 02:00"),
            ("13.03.2027 22:00 - 02:00", "13.03.2027 22:00 > 02:00"),
            ("2027-03-13 22:00 - 2027-03-14 02:00", "2027-03-13 22:00 > 2027-03-14 02:00"),
            ("2027-03-13T21:00:00Z", "2027-03-13 21:00 Named(\"UTC\")"),
            ("2027-03-13 22:00+01:00", "2027-03-13 22:00 Offset(60)"),
            ("22:00 UTC", "22:00 Named(\"UTC\")"),
            ("22:00-02:00", "22:00 > 02:00"),
            ("22:00 - 02:00 (+1)", "22:00 > 02:00"),
            ("13.03.2027 22:00-02:00", "13.03.2027 22:00 > 02:00"),
            ("2027-03-13T22:00-05:00", "2027-03-13 22:00 Offset(-300)"),
            ("2027-03-13 22:00:00-05:00", "2027-03-13 22:00 Offset(-300)"),
            ("2027-03-13 22:00 Europe/Berlin", "2027-03-13 22:00 Named(\"Europe/Berlin\")"),
            ("T22:00", "22:00"),
            ("20270313T220000Z", "20270313 22:00 Named(\"UTC\")"),
            ("20270313T2200", "20270313 22:00"),
            ("2027-03-13T22:00/2027-03-14T02:00", "2027-03-13 22:00 > 2027-03-14 02:00"),
            ("10:00 PM ET", "22:00 Named(\"America/New_York\")"),
            ("2027-03-13 22:00 Eastern Time", "2027-03-13 22:00 Named(\"America/New_York\")"),
            ("2027-03-13 22:00 GMT+2", "2027-03-13 22:00 Offset(120)"),
            ("22:00 Uhr (UTC+01:00)", "22:00 Offset(60)"),
            ("22:00+00:00", "22:00 Offset(0)"),
            ("22:00+02:00", "22:00 Offset(120)"),
            ("UTC 22:00", "22:00 Named(\"UTC\")"),
            ("UTC 2027-03-13 22:00", "2027-03-13 22:00 Named(\"UTC\")"),
            ("22:00 New York", "22:00 Named(\"America/New_York\")"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        for text in
            ["", "soon", "2027-03-13 soon", "10-2pm", "2027-03-13 - 2027-03-14", "22:00 XYZ", "2027-03-13 22", "é日"]
        {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
        assert_eq!(shown("2027-03-13 22:00 XYZ"), "Unknown time zone \"XYZ\": use e.g. Europe/Berlin");
        assert_eq!(shown("tbd"), "Invalid date or time \"tbd\": use e.g. 2027-03-13 22:00");
        assert_eq!(shown("10.5"), "Invalid date or time \"10.5\": use e.g. 2027-03-13 22:00");
        assert_eq!(shown("13:00 AM"), "Invalid time of day \"13:00 AM\": use e.g. 22:00");
        assert!(shown("2027-13-13").starts_with("Invalid date \"2027-13-13\""));
        assert_eq!(shown("noon"), "Invalid time of day \"noon\": use e.g. 22:00");
        assert!(shown("26 March").contains("the year is missing"), "{}", shown("26 March"));
        assert_eq!(shown("22:00 IST"), "Ambiguous time zone \"IST\": use e.g. Europe/Berlin");
    }
}
