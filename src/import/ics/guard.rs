//! Looks at a calendar before the parser does: is it of a size and shape that can be read in reasonable time?

use crate::import::{ImportError, MOST_RECORDS, one_line, readable};

/// A calendar needs three levels of components: calendar, event, alarm.
const DEEPEST: usize = 20;

/// How many components a message names, each once.
const MOST_NAMED: usize = 8;
/// Of a component, in a message, in bytes.
const LONGEST_NAME: usize = 40;

/// What the look gave.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape<'a> {
    /// Without a byte-order mark.
    pub text: &'a str,
    /// The line of each BEGIN:VEVENT, from 1.
    pub event_lines: Vec<usize>,
    pub lines: usize,
}

/// Refuses what is too long, too deep or no calendar at all.
pub(super) fn look(text: &str) -> Result<Shape<'_>, ImportError> {
    let text = readable(text)?;
    let (mut depth, mut lines, mut is_calendar) = (0usize, 0, false);
    let (mut event_lines, mut others) = (Vec::new(), Vec::new());
    for line in text.split('\n') {
        lines += 1;
        let line = line.trim_end();
        if let Some(component) = after(line, "BEGIN:") {
            depth += 1;
            if depth > DEEPEST {
                return Err(ImportError::TooDeep(DEEPEST, lines));
            }
            is_calendar |= component.eq_ignore_ascii_case("VCALENDAR");
            if component.eq_ignore_ascii_case("VEVENT") {
                event_lines.push(lines);
            } else if !component.is_empty() && others.len() < MOST_NAMED && !others.contains(&component) {
                others.push(component.get(..component.floor_char_boundary(LONGEST_NAME)).unwrap_or_default());
            }
        } else if after(line, "END:").is_some() {
            depth = depth.saturating_sub(1);
        }
    }
    // A single event without a calendar around it is how some programs put one on the clipboard.
    match (is_calendar || !event_lines.is_empty(), event_lines.len() > MOST_RECORDS) {
        (false, _) if others.is_empty() => Err(ImportError::NoCalendar),
        (false, _) => Err(ImportError::NoEvents(one_line(&others.join(", ")))),
        (true, true) => Err(ImportError::TooMany("events")),
        (true, false) => Ok(Shape { text, event_lines, lines }),
    }
}

fn after<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    let head = line.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| line[start.len()..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_known_by_its_shape() {
        let shape = look("\u{feff}begin:vcalendar\r\nbegin:vevent\nend:vevent\nend:vcalendar").unwrap();
        assert_eq!((shape.event_lines, shape.lines), (vec![2], 4));
        assert_eq!(look(" \n"), Err(ImportError::Empty));
        assert_eq!(look("BEGIN:VCARD\nEND:VCARD"), Err(ImportError::NoEvents("VCARD".into())));
        assert_eq!(look("hello"), Err(ImportError::NoCalendar));
        assert_eq!(look(&"BEGIN:VCALENDAR\n".repeat(5000)), Err(ImportError::TooDeep(DEEPEST, 21)));
        let many = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(MOST_RECORDS + 1));
        assert_eq!(look(&many), Err(ImportError::TooMany("events")));
    }
}
