//! Splits a long calendar into parts that are parsed one after the other, because a parsed calendar needs many times the
//! memory of its text.

use std::borrow::Cow;
use std::ops::Range;

use super::calendar_text::{Check, LINES_BETWEEN_CHECKS};
use super::shape::value_after;
use crate::import::error::ImportError;

/// A text of at most this many bytes is parsed at once.
const LONGEST: usize = 4 << 20;
/// About how many bytes of events each part has.
const PART: usize = 1 << 20;

/// A calendar whose events are parsed in parts.
#[derive(Default)]
struct Chunked {
    /// Its lines without events.
    head: String,
    /// The same without components other than zones, for all parts but the first.
    later_head: String,
    /// Where its events are in the text.
    events: Vec<Range<usize>>,
}

/// The text, or for a long one several calendars, each with the head of the calendar and some of its events. The order of the
/// events stays the same. `check` ends that if it fails.
///
/// # Errors
/// What `check` returns.
pub(super) fn parts<'a>(text: &'a str, check: Check<'_>) -> Result<Vec<Part<'a>>, ImportError> {
    let whole = || vec![Part { text, calendar: None }];
    if text.len() <= LONGEST {
        return Ok(whole());
    }
    let Some(calendars) = calendars(text, check)? else { return Ok(whole()) };
    Ok(calendars.into_iter().flat_map(|calendar| calendar.parts(text)).collect())
}

/// A part of a text.
pub(super) struct Part<'a> {
    text: &'a str,
    /// The head of its calendar, and where its events are in the text.
    calendar: Option<(std::rc::Rc<str>, Vec<Range<usize>>)>,
}

impl<'a> Part<'a> {
    pub fn text(&self) -> Cow<'a, str> {
        let Some((head, events)) = &self.calendar else { return Cow::Borrowed(self.text) };
        let mut text = String::with_capacity(head.len() + PART + PART / 2);
        text.push_str("BEGIN:VCALENDAR\n");
        text.push_str(head);
        for event in events {
            text.push_str(self.text.get(event.clone()).unwrap_or_default());
        }
        text.push_str("END:VCALENDAR\n");
        Cow::Owned(text)
    }
}

impl Chunked {
    fn parts(self, text: &str) -> Vec<Part<'_>> {
        let mut head: std::rc::Rc<str> = self.head.into();
        let later_head: std::rc::Rc<str> = self.later_head.into();
        let (mut parts, mut events, mut length) = (Vec::new(), Vec::new(), 0);
        for event in self.events {
            length += event.len();
            events.push(event);
            if length > PART {
                parts.push(Part { text, calendar: Some((head, std::mem::take(&mut events))) });
                (head, length) = (std::rc::Rc::clone(&later_head), 0);
            }
        }
        if parts.is_empty() || !events.is_empty() {
            parts.push(Part { text, calendar: Some((head, events)) });
        }
        parts
    }
}

/// The calendars of a text; none if it has anything but well-nested calendars with events directly inside.
///
/// # Errors
/// What `check` returns.
fn calendars(text: &str, check: Check<'_>) -> Result<Option<Vec<Chunked>>, ImportError> {
    let (mut calendars, mut open, mut at) = (Vec::<Chunked>::new(), Vec::<&str>::new(), 0);
    let mut begin = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index.is_multiple_of(LINES_BETWEEN_CHECKS) {
            check()?;
        }
        let (start, trimmed) = (at, line.trim_end());
        at += line.len();
        let is = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
        if let Some(name) = value_after(trimmed, "BEGIN:") {
            match open.as_slice() {
                [] if is(name, "VCALENDAR") => calendars.push(Chunked::default()),
                [] => return Ok(None),
                [_] if is(name, "VEVENT") => begin = start,
                [_, ..] if is(name, "VEVENT") || is(name, "VCALENDAR") => return Ok(None),
                [_, ..] => {}
            }
            open.push(name);
        }
        let Some(calendar) = calendars.last_mut() else { return Ok(None) };
        let is_in_event = open.get(1).is_some_and(|name| is(name, "VEVENT"));
        let is_frame = open.len() == 1 && value_after(trimmed, "BEGIN:").is_some();
        let ends = value_after(trimmed, "END:");
        if let Some(name) = ends {
            if !open.pop().is_some_and(|opened| is(opened, name)) {
                return Ok(None);
            }
            if is_in_event && open.len() == 1 {
                calendar.events.push(begin..at);
            }
        }
        if is_in_event || is_frame || (ends.is_some() && open.is_empty()) {
            continue;
        }
        let is_zone = open.get(1).is_some_and(|name| is(name, "VTIMEZONE"))
            || ends.is_some_and(|name| open.len() == 1 && is(name, "VTIMEZONE"));
        let is_property = open.len() == 1 && ends.is_none();
        calendar.head.push_str(trimmed);
        calendar.head.push('\n');
        if is_zone || is_property {
            calendar.later_head.push_str(trimmed);
            calendar.later_head.push('\n');
        }
    }
    Ok(open.is_empty().then_some(calendars))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: usize) -> String {
        format!("BEGIN:VEVENT\nUID:{number}\nDESCRIPTION:{}\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\n", "x".repeat(1_000))
    }

    #[test]
    fn a_long_calendar_is_split_between_its_events() {
        let zone = "BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\n";
        let events: String = (0..6_000).map(event).collect();
        let text =
            format!("BEGIN:VCALENDAR\nX-WR-CALNAME:A\n{events}BEGIN:VJOURNAL\nEND:VJOURNAL\n{zone}END:VCALENDAR\n");
        let found: Vec<String> =
            parts(&text, &|| Ok(())).unwrap().iter().map(|part| part.text().into_owned()).collect();
        assert!(found.len() > 4, "{}", found.len());
        let uids: Vec<&str> =
            found.iter().flat_map(|part| part.lines()).filter_map(|line| line.strip_prefix("UID:")).collect();
        assert_eq!(uids, (0..6_000).map(|number| number.to_string()).collect::<Vec<_>>());
        for (index, part) in found.iter().enumerate() {
            assert!(part.starts_with("BEGIN:VCALENDAR\nX-WR-CALNAME:A\n") && part.contains(zone));
            assert_eq!(part.contains("VJOURNAL"), index == 0);
        }
    }

    #[test]
    fn short_and_odd_texts_stay_whole() {
        let whole = |text: &str| matches!(&*parts(text, &|| Ok(())).unwrap(), [part] if part.calendar.is_none());
        assert!(whole("BEGIN:VCALENDAR\nEND:VCALENDAR\n"));
        let events: String = (0..6_000).map(event).collect();
        assert!(whole(&events) && whole(&format!("BEGIN:VCALENDAR\n{events}")));
        assert!(whole(&format!("BEGIN:VCALENDAR\nBEGIN:VJOURNAL\n{events}END:VJOURNAL\nEND:VCALENDAR\n")));
    }
}
