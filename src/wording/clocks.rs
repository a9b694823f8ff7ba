//! Times of day as people type them, alone or as the two ends of a span.

use chrono::{NaiveTime, Timelike};

/// A time of day. 24:00 is midnight at the end of a day, and "02:00 (+1)" is on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub time: NaiveTime,
    pub is_next_day: bool,
}

const MINUTES: u32 = 24 * 60;

/// Words between the two ends of a span. Dashes are understood, too.
const SPAN_WORDS: [&str; 9] = [" - ", " to ", " bis ", " until ", " till ", " à ", " a ", "->", "=>"];
const DASHES: [char; 9] = ['-', '–', '—', '−', '‒', '→', '~', '〜', '～'];

/// What people write after an end on the day after the start.
const NEXT_DAY: [&str; 11] = [
    "+1",
    "+1d",
    "+1 d",
    "+1 day",
    "+1 tag",
    "next day",
    "following day",
    "am nächsten tag",
    "nächster tag",
    "am folgetag",
    "folgetag",
];

/// Times that have a name, in minutes.
const NAMED: [(&str, u32); 4] = [("noon", 12 * 60), ("midday", 12 * 60), ("12 noon", 12 * 60), ("midnight", 0)];

/// Reads a time of day that a person types into a field: also "noon" and "midnight". Refuses what only files contain: 24:00,
/// which is a time on the next day, and shares of a day.
///
/// # Errors
/// Why it is not a time of day, as a sentence.
pub fn read_typed(text: &str) -> Result<NaiveTime, String> {
    let text = text.trim();
    let wrong = || format!("Invalid time of day \"{text}\": use e.g. 22:00 or 10 pm");
    let lower = text.to_lowercase();
    if let Some((_, minutes)) = NAMED.iter().find(|(name, _)| *name == lower) {
        return from_minutes(*minutes).map(|clock| clock.time).ok_or_else(wrong);
    }
    let is_share = share_of_day(text).is_some();
    let clock = read(text).map_err(|_| wrong())?;
    if clock.is_next_day || is_share { Err(wrong()) } else { Ok(clock.time) }
}

/// Reads "22:00", "22.00", "22:00 Uhr", "22h00", "22h", "2200", "22", "10pm", "10:00 p.m.", "22:00:00", "24:00", and
/// 0.916666667, the share of a day that spreadsheets keep for a time.
///
/// # Errors
/// Why it is not a time of day, as a sentence.
pub fn read(text: &str) -> Result<Clock, String> {
    let wrong = || format!("Invalid time of day \"{text}\": use e.g. 22:00");
    let lower = text.trim().to_lowercase();
    if lower.len() > 40 {
        return Err(format!("Invalid time of day of {} characters: use e.g. 22:00", text.chars().count()));
    }
    let lower = match lower.strip_prefix('t') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => lower,
    };
    if let Some(rest) = without_next_day(&lower) {
        let clock = read(rest)?;
        return if clock.is_next_day { Err(wrong()) } else { Ok(Clock { is_next_day: true, ..clock }) };
    }
    let (digits, half) = without_half(&lower);
    let digits = ["uhr", "hrs", "hours", "o'clock"].iter().find_map(|word| digits.strip_suffix(word)).unwrap_or(digits);
    let digits = digits.trim();
    if half.is_none()
        && let Some(share) = share_of_day(digits)
    {
        return from_minutes(share).ok_or_else(wrong);
    }
    let (hours, minutes, seconds) = parts(digits).ok_or_else(wrong)?;
    let hours = match half {
        // "00:30 AM" is written by programs; "0am" may be a slip.
        Some(Half::Morning) if hours == 0 && digits.contains([':', '.']) => 0,
        Some(_) if !(1..=12).contains(&hours) => return Err(wrong()),
        Some(Half::Morning) => hours % 12,
        Some(Half::Afternoon) => hours % 12 + 12,
        None => hours,
    };
    if minutes > 59 || !matches!(seconds, 0 | 59) {
        return Err(if minutes > 59 || seconds > 59 {
            wrong()
        } else {
            format!("Invalid time of day \"{text}\": use whole minutes, e.g. 22:00")
        });
    }
    // Spreadsheets calculate 21:59:59 and mean 22:00.
    from_minutes(hours * 60 + minutes + u32::from(seconds == 59)).ok_or_else(wrong)
}

/// The two ends of "22:00 - 02:00", "10pm–2am", "22:00 bis 02:00", with anything on either side that is not a dash.
pub fn split_span(text: &str) -> Option<(&str, &str)> {
    let text = ["von ", "from "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let at_word = SPAN_WORDS.iter().find_map(|word| text.split_once(word));
    // A slash is more likely to be part of a date.
    let at_slash = || text.split_once('/').filter(|(from, to)| from.contains(':') && to.contains(':'));
    let (from, to) = at_word.or_else(|| text.split_once(DASHES)).or_else(at_slash)?;
    let (from, to) = (from.trim(), to.trim());
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// Whether the two ends agree about the half of the day: in "10-2pm" it is open.
pub fn is_clear_span(from: &str, to: &str) -> bool {
    let has_half = |text: &str| without_half(&text.to_lowercase()).1.is_some();
    let is_long = |text: &str| text.contains([':', '.', 'h']);
    has_half(from) == has_half(to)
        || (!has_half(from) && is_long(from) && read(from).is_ok_and(|at| at.time.hour() > 12))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn without_half(text: &str) -> (&str, Option<Half>) {
    let text = text.trim();
    for (words, half) in
        [(["am", "a.m.", "a.m", "a m"], Half::Morning), (["pm", "p.m.", "p.m", "p m"], Half::Afternoon)]
    {
        if let Some(rest) = words.iter().find_map(|word| text.strip_suffix(word)) {
            return (rest.trim_end(), Some(half));
        }
    }
    (text, None)
}

/// Whether a time says that it is on the next day: "02:00 (+1)".
pub fn names_next_day(text: &str) -> bool {
    without_next_day(&text.to_lowercase()).is_some()
}

/// The time before "(+1)" or "next day".
fn without_next_day(lower: &str) -> Option<&str> {
    let text = lower.trim_end_matches(')').trim_end();
    let rest = NEXT_DAY.iter().find_map(|words| text.strip_suffix(words))?;
    Some(rest.trim_end_matches(['(', ',', ' '])).filter(|rest| !rest.is_empty())
}

/// Minutes of "0.916666667" and "0,916666667". None for any other text.
fn share_of_day(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0.").or_else(|| text.strip_prefix("0,"))?;
    // "0.30" is half past midnight.
    if digits.len() < 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let minutes = format!("0.{digits}").parse::<f64>().ok()? * f64::from(MINUTES);
    let whole = minutes.round();
    ((minutes - whole).abs() < 0.02).then_some(whole as u32)
}

/// Hours, minutes and seconds. Without a separator, the last two of three or four digits are minutes.
fn parts(text: &str) -> Option<(u32, u32, u32)> {
    let text = text.strip_suffix('h').unwrap_or(text).trim_end();
    let number = |text: &str| -> Option<u32> {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { text.parse().ok() } else { None }
    };
    let two = |text: &str| if text.len() == 2 { number(text) } else { None };
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            1 | 2 => Some((number(text)?, 0, 0)),
            3 | 4 => Some((number(&text[..text.len() - 2])?, number(&text[text.len() - 2..])?, 0)),
            _ => None,
        };
    }
    let (hours, rest) = text.split_once([':', '.', 'h', '：'])?;
    let (hours, rest) = (number(hours.trim())?, rest.trim());
    let rest = rest.strip_suffix("min").or_else(|| rest.strip_suffix('m')).unwrap_or(rest).trim();
    match rest.split_once([':', '.']) {
        None => Some((hours, two(rest)?, 0)),
        Some((minutes, seconds)) => {
            let seconds = seconds.trim_end_matches('0').trim_end_matches('.').len().max(2);
            let all = rest.split_once([':', '.'])?.1;
            Some((hours, two(minutes)?, two(all.get(..seconds.min(all.len()))?)?))
        }
    }
}

fn from_minutes(minutes: u32) -> Option<Clock> {
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes % MINUTES * 60, 0)?;
    (minutes <= MINUTES).then_some(Clock { time, is_next_day: minutes == MINUTES })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(text: &str) -> Option<u32> {
        read(text).ok().map(|at| at.time.num_seconds_from_midnight() / 60 + u32::from(at.is_next_day) * MINUTES)
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in [
            "22:00",
            "22.00",
            "22:00 Uhr",
            "22 Uhr",
            "2200",
            "22",
            "22h00",
            "22h",
            "22 h",
            "22:00h",
            "0.916666667",
            "0,9166666667",
            "10pm",
            "10 PM",
            "10:00 p.m.",
            "10:00PM",
            "10:00:00 PM",
            "22:00:00",
            "22:00:00.000",
            "22h00min",
            "22:00Uhr",
            "21:59:59",
            "2200 hrs",
        ] {
            assert_eq!(minutes(text), Some(22 * 60), "{text}");
        }
        for (text, expected) in [
            ("24:00", 1440),
            ("0:00", 0),
            ("12am", 0),
            ("12 am", 0),
            ("12pm", 720),
            ("7:30", 450),
            ("730", 450),
            ("0.30", 30),
            ("0.5", 1441),
            ("9", 540),
            ("23:59", 1439),
            ("0.25000", 360),
            ("00:00 (+1)", 1440),
            ("0:00 next day", 1440),
            ("0:00 am Folgetag", 1440),
            ("00:30 AM", 30),
            ("0:00 am", 0),
        ] {
            assert_eq!(minutes(text), Some(expected).filter(|all| *all <= 1440), "{text}");
        }
        for text in [
            "", "late", "25:00", "22:60", "24:01", "13pm", "0pm", "0am", "00:30 PM", "22:00:30", "22:0", "noonish",
            "1:2:3:4", "46459", "é",
        ] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn times_are_understood_as_people_type_them() {
        for (typed, shown) in [
            ("10 PM", "22:00"),
            ("10pm", "22:00"),
            ("9 pm", "21:00"),
            ("9 p.m.", "21:00"),
            ("9:30pm", "21:30"),
            ("10:30 PM", "22:30"),
            ("10.30 pm", "22:30"),
            ("1030pm", "22:30"),
            ("12 am", "00:00"),
            ("12:15 am", "00:15"),
            ("12 pm", "12:00"),
            ("12:15pm", "12:15"),
            ("1 am", "01:00"),
            ("noon", "12:00"),
            ("Noon", "12:00"),
            ("midnight", "00:00"),
            ("22h00", "22:00"),
            ("22h", "22:00"),
            ("22h30", "22:30"),
            ("22:00", "22:00"),
            ("22", "22:00"),
            ("2130", "21:30"),
            ("930", "09:30"),
            ("7.05", "07:05"),
            (" 7:05 ", "07:05"),
            ("0", "00:00"),
            ("0:30", "00:30"),
        ] {
            assert_eq!(read_typed(typed).map(crate::wording::time), Ok(shown.to_owned()), "{typed}");
        }
        for typed in [
            "",
            "soon",
            "25:00",
            "24:00",
            "22:60",
            "13 pm",
            "0 am",
            "0pm",
            "22 pm",
            "10 xm",
            "10 p",
            "pm",
            "noonish",
            "12 midnight pm",
            "-1",
            "22:00 - 02:00",
            "22:00 (+1)",
            "0.916",
            "1:2:3:4",
            "10pm am",
            "22:0",
        ] {
            assert!(read_typed(typed).is_err(), "{typed}: {:?}", read_typed(typed));
        }
    }

    #[test]
    fn a_span_has_two_ends() {
        for text in [
            "22:00 - 02:00",
            "22:00-02:00",
            "22:00–02:00",
            "22:00 → 02:00",
            "22:00 − 02:00",
            "22:00/02:00",
            "22:00 bis 02:00",
            "von 22:00 bis 02:00",
            "22:00 to 02:00",
        ] {
            assert_eq!(split_span(text), Some(("22:00", "02:00")), "{text}");
        }
        assert_eq!(split_span("22:00"), None);
        assert!(is_clear_span("10pm", "2am") && is_clear_span("22", "2") && !is_clear_span("10", "2pm"));
    }
}
