//! Judges the size and nesting of a calendar before it is parsed, so that hostile files end early.

use crate::import::error::ImportError;
use crate::import::limits::MOST_RECORDS;
use crate::import::text::{checked, words_on_one_line};

/// The most levels of components; a calendar needs three: calendar, event, alarm.
const DEEPEST: usize = 20;

/// How many components a message names, each once.
const MOST_NAMED: usize = 8;
/// The longest name of a component in a message, in bytes.
const LONGEST_NAME: usize = 40;

/// What is known about a text before it is parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape<'a> {
    /// Without a byte-order mark.
    pub text: &'a str,
    /// The line of each BEGIN:VEVENT, from 1.
    pub event_lines: Vec<usize>,
    pub lines: usize,
}

/// Measures a calendar.
///
/// # Errors
/// The text is too long, nested too deeply or not a calendar.
pub(super) fn measure(text: &str) -> Result<Shape<'_>, ImportError> {
    let text = checked(text)?;
    let (mut depth, mut lines, mut is_calendar) = (0usize, 0, false);
    let (mut event_lines, mut others) = (Vec::new(), Vec::new());
    for line in text.split('\n') {
        lines += 1;
        let line = line.trim_end();
        if let Some(component) = value_after(line, "BEGIN:") {
            depth += 1;
            if depth > DEEPEST {
                return Err(ImportError::TooDeep { most: DEEPEST, line: lines });
            }
            is_calendar |= component.eq_ignore_ascii_case("VCALENDAR");
            if component.eq_ignore_ascii_case("VEVENT") {
                event_lines.push(lines);
            } else if !component.is_empty() && others.len() < MOST_NAMED && !others.contains(&component) {
                others.push(component.get(..component.floor_char_boundary(LONGEST_NAME)).unwrap_or_default());
            }
        } else if value_after(line, "END:").is_some() {
            depth = depth.saturating_sub(1);
        }
    }
    // Some programs put a single event on the clipboard, without a calendar around it.
    match (is_calendar || !event_lines.is_empty(), event_lines.len() > MOST_RECORDS) {
        (false, _) if others.is_empty() => Err(ImportError::NotCalendar),
        (false, _) => Err(ImportError::NoEvents(words_on_one_line(&others.join(", ")))),
        (true, true) => Err(ImportError::TooMany("events")),
        (true, false) => Ok(Shape { text, event_lines, lines }),
    }
}

/// Whether a line begins a calendar or an event.
pub(in crate::import) fn is_calendar(text: &str) -> bool {
    let begins = |line: &str| value_after(line, "BEGIN:").is_some_and(|name| is_one_of(name, &["VCALENDAR", "VEVENT"]));
    text.lines().any(begins)
}

/// Whether the text begins with a component of any kind.
pub(super) fn begins_component(text: &str) -> bool {
    value_after(text.trim_start_matches('\u{feff}').trim_start(), "BEGIN:").is_some()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|each| name.eq_ignore_ascii_case(each))
}

/// The value of a line that starts with `start`, without surrounding space.
fn value_after<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    let head = line.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| line[start.len()..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_known_by_its_shape() {
        let shape = measure("\u{feff}begin:vcalendar\r\nbegin:vevent\nend:vevent\nend:vcalendar").unwrap();
        assert_eq!((shape.event_lines, shape.lines), (vec![2], 4));
        assert_eq!(measure(" \n"), Err(ImportError::Empty));
        assert_eq!(measure("BEGIN:VCARD\nEND:VCARD"), Err(ImportError::NoEvents("VCARD".into())));
        assert_eq!(measure("hello"), Err(ImportError::NotCalendar));
        assert_eq!(measure(&"BEGIN:VCALENDAR\n".repeat(5000)), Err(ImportError::TooDeep { most: DEEPEST, line: 21 }));
        let many = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(MOST_RECORDS + 1));
        assert_eq!(measure(&many), Err(ImportError::TooMany("events")));
    }
}
