//! Start and length in a typed line: "22:00 4h", "10 pm for 240 min", "22:00-02:00".

use chrono::{NaiveTime, Timelike as _};

use super::{Part, Word, free_text, mark};
use crate::model::Minutes;
use crate::wording::clocks;

/// Start and length, as far as the line has them.
pub(super) struct Hours {
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
}

/// What a stretch of words can mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Start(NaiveTime),
    Length(Minutes),
    Span(NaiveTime, Minutes),
    /// "3h30" and "22h00" are written alike.
    StartOrLength(NaiveTime, Minutes),
}

/// A reading, and the words that it has.
struct Found {
    from: usize,
    to: usize,
    reading: Reading,
}

/// Finds start and length, and marks their words.
pub(super) fn find_hours(words: &mut [Word]) -> Result<Hours, String> {
    let found = readings(words)?;
    let text =
        |each: &Found| words[each.from..each.to].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let (mut start, mut duration) = (None, None);
    let has_start = found.iter().any(|each| matches!(each.reading, Reading::Start(_) | Reading::Span(..)));
    let has_length = found.iter().any(|each| matches!(each.reading, Reading::Length(_) | Reading::Span(..)));
    for each in &found {
        let (at, length) = match each.reading {
            Reading::Start(at) => (Some(at), None),
            Reading::Length(length) => (None, Some(length)),
            Reading::Span(at, length) => (Some(at), Some(length)),
            Reading::StartOrLength(_, length) if has_start && !has_length => (None, Some(length)),
            Reading::StartOrLength(at, _) if has_length && !has_start => (Some(at), None),
            // "22h00 3h30"
            Reading::StartOrLength(at, length) if !has_start && !has_length => match (start, is_last(&found, each)) {
                (None, false) => (Some(at), None),
                (Some(_), _) => (None, Some(length)),
                (None, true) => {
                    let text = text(each);
                    let clock = crate::wording::time(at);
                    return Err(format!("\"{text}\" can be a start or a length: write {clock}, or {length}"));
                }
            },
            Reading::StartOrLength(..) => return Err(twice("start or length", &text(each))),
        };
        if at.is_some() && start.is_some() {
            return Err(twice("start", &text(each)));
        }
        if length.is_some() && duration.is_some() {
            return Err(twice("length", &text(each)));
        }
        (start, duration) = (at.or(start), length.or(duration));
    }
    if duration == Some(Minutes(0)) {
        return Err("Invalid length: a window lasts at least one minute".to_owned());
    }
    for Found { from, to, .. } in found {
        mark(&mut words[from..to], Part::Hours);
    }
    Ok(Hours { start, duration })
}

fn is_last(found: &[Found], each: &Found) -> bool {
    found.last().is_some_and(|last| last.from == each.from)
}

fn twice(what: &str, text: &str) -> String {
    format!("A second {what}, \"{text}\": remove one, or put the name in quotes")
}

/// All stretches of words that are times or lengths, the longest first where they overlap.
fn readings(words: &[Word]) -> Result<Vec<Found>, String> {
    const LONGEST: usize = 6;
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let stretches = (1..=LONGEST.min(words.len() - from)).rev();
        let hit = stretches.filter_map(|count| Some((count, free_text(&words[from..from + count])?)));
        let mut next = from + 1;
        for (count, text) in hit {
            if let Some(reading) = reading(&text)?.filter(|_| !is_offset(words, from, from + count)) {
                found.push(Found { from, to: from + count, reading });
                next = from + count;
                break;
            }
        }
        from = next;
    }
    Ok(found)
}

/// Whether the words say how long before or after something a rule is: "+ 11 days", "11 days after Patch Tuesday".
fn is_offset(words: &[Word], from: usize, to: usize) -> bool {
    let is = |word: Option<&Word>, known: &[&str]| word.is_some_and(|word| known.contains(&&*word.text.to_lowercase()));
    let before = from.checked_sub(1).and_then(|index| words.get(index));
    is(before, &["+", "plus"]) || is(words.get(to), &["after", "before", "later"])
}

fn reading(text: &str) -> Result<Option<Reading>, String> {
    let text = text.to_lowercase();
    if let Some(rest) = text.strip_prefix("at ") {
        return Ok(clocks::read_typed(rest).ok().filter(|_| is_clock(rest) || is_number(rest)).map(Reading::Start));
    }
    if let Some(rest) = text.strip_prefix("for ") {
        return Ok(rest.parse().ok().filter(|_| is_length(rest)).map(Reading::Length));
    }
    if let Some((from, to)) = clocks::split_span(&text).filter(|(from, to)| is_span(from, to)) {
        if !clocks::is_clear_span(from, to) {
            return Err(format!("\"{text}\" can be day or night: write both ends as e.g. 22:00-02:00"));
        }
        let ends = clocks::read_typed(from).ok().zip(clocks::read_typed(to).ok());
        return Ok(ends.map(|(from, to)| Reading::Span(from, between(from, to))));
    }
    let (clock, length) = (clocks::read_typed(&text).ok().filter(|_| is_clock(&text)), text.parse::<Minutes>().ok());
    Ok(match (clock, length.filter(|_| is_length(&text))) {
        (Some(at), Some(length)) => Some(Reading::StartOrLength(at, length)),
        (Some(at), None) => Some(Reading::Start(at)),
        (None, Some(length)) => Some(Reading::Length(length)),
        (None, None) => None,
    })
}

/// From one time to the other, which is on the next day if it is not later.
fn between(from: NaiveTime, to: NaiveTime) -> Minutes {
    let minute = |at: NaiveTime| at.hour() * 60 + at.minute();
    Minutes((minute(to) + 24 * 60 - minute(from) - 1) % (24 * 60) + 1)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text is clearly a time of day. "22" and "2200" alone are not.
fn is_clock(text: &str) -> bool {
    let has_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let has_half = ["am", "pm", "a.m.", "p.m."].iter().any(|half| text.ends_with(half));
    // "22h" is a length of 22 hours, too; "4h" is one.
    let is_colon = text.contains(':') || (text.contains('.') && !text.ends_with('.'));
    let is_french =
        text.split_once('h').is_some_and(|(hour, minute)| is_number(hour) && minute.len() == 2 && is_number(minute));
    let is_named = matches!(text, "noon" | "midnight");
    is_named || (has_digit && (has_half || is_colon || is_french))
}

/// Whether the text is clearly a length: it has a unit.
fn is_length(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(':') && text.contains(['h', 'm', 'd'])
}

/// Whether both are times of day, at least one of them clearly. "1-2" is not, and a date has no two times.
fn is_span(from: &str, to: &str) -> bool {
    let is_time = |text: &str| is_clock(text) || (is_number(text) && text.len() <= 4);
    let is_date = |text: &str| text.contains('-') || text.matches('.').count() > 1;
    is_time(from) && is_time(to) && (is_clock(from) || is_clock(to)) && !is_date(from) && !is_date(to)
}
