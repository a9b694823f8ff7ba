//! Start and length in a typed line: "22:00 4h", "10 pm for 240 min", "22:00-02:00".

use chrono::{NaiveTime, Timelike as _};

use super::{Part, Word, joined_text, mark};
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
    /// "3h30" and "22h00" are written alike, and so are "4h" and "22h".
    StartOrLength(NaiveTime, Minutes),
    /// "22.04" is a time or a version, like that of Ubuntu.
    StartOrName(NaiveTime, Option<Minutes>),
}

/// A reading, and the words that it has.
struct Found {
    from: usize,
    to: usize,
    reading: Reading,
}

/// Finds start and length, and marks their words.
pub(super) fn find_hours(words: &mut [Word]) -> Result<Hours, String> {
    let mut found = readings(words)?;
    resolve_names(words, &mut found)?;
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
            // Resolved before.
            Reading::StartOrName(..) => (None, None),
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
        let hit = stretches.filter_map(|count| Some((count, joined_text(&words[from..from + count])?)));
        let mut next = from + 1;
        for (count, text) in hit {
            let found_here = reading(&text)?.filter(|_| !is_offset(words, from, from + count));
            if let Some(reading) = found_here.filter(|_| !is_unit_in_capitals(&text)) {
                refuse_end_alone(words, from, reading, &text)?;
                found.push(Found { from, to: from + count, reading });
                next = from + count;
                break;
            }
        }
        from = next;
    }
    Ok(found)
}

/// Decides which of "22.04" and the like are times. Beside a word of the name they are part of it if there is another start,
/// and unclear otherwise.
fn resolve_names(words: &[Word], found: &mut Vec<Found>) -> Result<(), String> {
    let is_start = |each: &Found| matches!(each.reading, Reading::Start(_) | Reading::Span(..));
    let has_start = found.iter().any(is_start);
    let in_name = |each: &Found| {
        let is_taken = |index: usize| found.iter().any(|other| (other.from..other.to).contains(&index));
        let is_name = |index: usize| {
            words.get(index).is_some_and(|word| {
                (word.part == Part::Unknown && !word.is_free(&["at", "from", "on", "for"])) && !is_taken(index)
            })
        };
        each.from.checked_sub(1).is_some_and(is_name) || is_name(each.to)
    };
    let mut kept = Vec::new();
    for each in &*found {
        let Found { from, to, reading } = *each;
        match reading {
            Reading::StartOrName(at, _) if in_name(each) => {
                if !has_start {
                    let text = joined_text(&words[from..to]).unwrap_or_default();
                    let clock = crate::wording::time(at);
                    return Err(format!(
                        "\"{text}\" can be a time or part of the name: write {clock}, or put the name in quotes"
                    ));
                }
            }
            Reading::StartOrName(at, None) => kept.push(Found { from, to, reading: Reading::Start(at) }),
            Reading::StartOrName(at, Some(length)) => {
                kept.push(Found { from, to, reading: Reading::Span(at, length) });
            }
            reading => kept.push(Found { from, to, reading }),
        }
    }
    *found = kept;
    Ok(())
}

/// Refuses "until 02:00" without a start, and "around 22:00".
fn refuse_end_alone(words: &[Word], from: usize, reading: Reading, text: &str) -> Result<(), String> {
    const OTHERS: [&str; 13] = [
        "until", "till", "to", "by", "before", "after", "ends", "ending", "through", "around", "about", "circa", "not",
    ];
    let before = from.checked_sub(1).map(|index| &words[index]);
    match before.filter(|word| word.is_free(&OTHERS) && !matches!(reading, Reading::Length(_))) {
        Some(word) => Err(format!(
            "Not understood: \"{} {text}\". Write start and end as e.g. 22:00-02:00, or start and length as 22:00 4h",
            word.text
        )),
        None => Ok(()),
    }
}

/// Whether the words say how long before or after something a rule is: "+ 11 days", "11 days after Patch Tuesday".
fn is_offset(words: &[Word], from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).and_then(|index| words.get(index));
    let is_sign = |word: &Word| {
        // A dash may also just separate start and length.
        let is_in_days = words[from..to].iter().any(|word| word.lower().ends_with(['d', 'y', 's']));
        word.is_free(&["+", "plus", "minus"]) || (word.is_dash() && is_in_days)
    };
    before.is_some_and(is_sign)
        || words.get(to).is_some_and(|word| word.is_free(&["after", "before", "later", "earlier"]))
}

/// Whether a unit is in capitals, as in the names "3D" and "2M".
fn is_unit_in_capitals(text: &str) -> bool {
    text.ends_with(['D', 'M'])
        && text.starts_with(|c: char| c.is_ascii_digit())
        && !text.to_lowercase().ends_with("pm")
        && !text.to_lowercase().ends_with("am")
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
        let dotted = is_dotted(from) && is_dotted(to);
        return Ok(ends.map(|(from, to)| {
            let length = between(from, to);
            if dotted { Reading::StartOrName(from, Some(length)) } else { Reading::Span(from, length) }
        }));
    }
    if is_dotted(&text) {
        return Ok(clocks::read_typed(&text).ok().map(|at| Reading::StartOrName(at, None)));
    }
    let (clock, length) = (clocks::read_typed(&text).ok().filter(|_| is_clock(&text)), text.parse::<Minutes>().ok());
    Ok(match (clock, length.filter(|_| is_length(&text) && !is_two_lengths(&text))) {
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
    let is_colon = text.contains(':') || (text.contains('.') && !text.ends_with('.'));
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // "4h" is a length. "22h" is more often a time, but may be a length, too.
    let is_late = |hour: &str| hour.parse::<u32>().is_ok_and(|hour| hour == 0 || (13..24).contains(&hour));
    let is_french = compact.split_once('h').is_some_and(|(hour, minute)| {
        is_number(hour) && ((minute.len() == 2 && is_number(minute)) || (minute.is_empty() && is_late(hour)))
    });
    let has_half = has_half || text.ends_with("uhr") || text.ends_with("o'clock");
    let is_named = matches!(text, "noon" | "midnight");
    is_named || (has_digit && (has_half || is_colon || is_french))
}

/// Whether the text is clearly a length: it has a unit.
fn is_length(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(':') && text.contains(['h', 'm', 'd'])
}

/// Whether the text is digits with a dot between them, as a time and a version are.
fn is_dotted(text: &str) -> bool {
    text.contains('.') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether the minutes after the hours are a length of their own: "4h 240 min".
fn is_two_lengths(text: &str) -> bool {
    let minutes = text.rsplit_once(['h', 'r', 's']).map_or("", |(_, minutes)| minutes.trim());
    let digits: String = minutes.chars().take_while(char::is_ascii_digit).collect();
    text.contains('h') && digits.parse::<u32>().is_ok_and(|minutes| minutes > 59)
}

/// Whether both are times of day, at least one of them clearly. "1-2" is not, and a date has no two times.
fn is_span(from: &str, to: &str) -> bool {
    let is_time = |text: &str| is_clock(text) || (is_number(text) && text.len() <= 4);
    let is_date = |text: &str| text.contains('-') || text.matches('.').count() > 1;
    is_time(from) && is_time(to) && (is_clock(from) || is_clock(to)) && !is_date(from) && !is_date(to)
}
