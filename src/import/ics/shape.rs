//! Judges the size and nesting of a calendar before it is parsed, so that hostile files end early.

use super::calendar_text::{CalendarText, Check, LINES_BETWEEN_CHECKS};
use super::raw_values::{colon, judge};
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
    /// In the order of their BEGIN:VEVENT.
    pub events: Vec<RawEvent>,
    pub lines: usize,
}

/// What an event says as written, before a parser changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct RawEvent {
    /// The line of its BEGIN in the file, from 1.
    pub line: usize,
    /// Values of RRULE.
    pub rules: Vec<String>,
    /// Values of EXRULE.
    pub exclusion_rules: Vec<String>,
    /// It has times that are marked as dates (VALUE=DATE).
    pub has_timed_dates: bool,
    /// The parser must see some of its lines in another form.
    pub is_rewritten: bool,
    /// It has times with seconds.
    pub has_seconds: bool,
    /// Dates, times and lengths in an unusual form, and how they are read; in the middle of a sentence.
    pub remarks: Vec<String>,
    /// Properties whose values are not understood, with the reason.
    pub invalid: Vec<(&'static str, String)>,
}

/// Measures a calendar. `check` ends that if it fails.
///
/// # Errors
/// The text is too long, nested too deeply or not a calendar, or what `check` returns.
pub(super) fn measure<'a>(calendar: &'a CalendarText, check: Check<'_>) -> Result<Shape<'a>, ImportError> {
    let text = checked(&calendar.text)?;
    let (mut depth, mut lines, mut is_calendar) = (0_usize, 0_usize, false);
    let (mut events, mut others): (Vec<RawEvent>, _) = (Vec::new(), Vec::new());
    let (mut event_depth, mut event_lines) = (None, 0_usize);
    for line in text.split('\n') {
        lines += 1;
        if lines.is_multiple_of(LINES_BETWEEN_CHECKS) {
            check()?;
        }
        let line = line.trim_end();
        check_values(line)?;
        if let Some(component) = value_after(line, "BEGIN:") {
            depth += 1;
            if depth > DEEPEST {
                return Err(ImportError::TooDeep { most: DEEPEST, line: calendar.number(lines - 1) });
            }
            is_calendar |= component.eq_ignore_ascii_case("VCALENDAR");
            if component.eq_ignore_ascii_case("VEVENT") {
                if events.len() == MOST_RECORDS {
                    return Err(ImportError::TooMany("events"));
                }
                event_lines = 0;
                events.push(RawEvent { line: calendar.number(lines - 1), ..RawEvent::default() });
                event_depth = Some(depth);
            } else if !component.is_empty() && others.len() < MOST_NAMED && !others.contains(&component) {
                others.push(component.get(..component.floor_char_boundary(LONGEST_NAME)).unwrap_or_default());
            }
        } else if value_after(line, "END:").is_some() {
            event_depth = event_depth.filter(|own| *own != depth);
            depth = depth.saturating_sub(1);
        } else if event_depth == Some(depth)
            && let Some(event) = events.last_mut()
        {
            event_lines += 1;
            if event_lines > MOST_RECORDS {
                return Err(ImportError::TooMany("lines in one event"));
            }
            event.add(line, calendar.number(lines - 1));
        }
    }
    if event_depth.is_some()
        && let Some(event) = events.last_mut()
    {
        event.remarks.push("the file ends inside it, so parts of it may be missing".to_owned());
    }
    // Some programs put a single event on the clipboard, without a calendar around it.
    if is_calendar || !events.is_empty() {
        Ok(Shape { text, events, lines })
    } else if others.is_empty() {
        Err(ImportError::NotCalendar)
    } else {
        Err(ImportError::NoEvents(words_on_one_line(&others.join(", "))))
    }
}

/// Whether the text ends inside a calendar.
pub(super) fn is_cut_short(text: &str) -> bool {
    let is_calendar = |name: &str| name.eq_ignore_ascii_case("VCALENDAR");
    let open = text.split(['\n', '\r']).fold(0_i64, |open, line| {
        let line = line.trim();
        let has = |word| value_after(line, word).is_some_and(is_calendar);
        open + i64::from(has("BEGIN:")) - i64::from(has("END:"))
    });
    open > 0
}

/// Fails if a line has more values or parameters than a file may have records: each takes memory.
fn check_values(line: &str) -> Result<(), ImportError> {
    let separators = || line.bytes().filter(|byte| matches!(byte, b',' | b';')).count();
    let is_too_long = line.len() > MOST_RECORDS && separators() > MOST_RECORDS;
    if is_too_long { Err(ImportError::TooMany("values in one line")) } else { Ok(()) }
}

impl RawEvent {
    /// Keeps the line, which is on line `number` of the file, if it is a recurrence rule, and what is unusual about it.
    fn add(&mut self, line: &str, number: usize) {
        self.has_timed_dates |= timed_date(line).is_some();
        self.is_rewritten |= self.has_timed_dates;
        self.judge(line, number);
        if is_property(line, "RECURRENCE-ID")
            && let Some(range) = unknown_range(line)
        {
            self.invalid.push(("RECURRENCE-ID", format!("RANGE={range} is not understood: only THISANDFUTURE is")));
        }
        let rules = match line.as_bytes().first() {
            Some(b'R' | b'r') if is_property(line, "RRULE") => &mut self.rules,
            Some(b'E' | b'e') if is_property(line, "EXRULE") => &mut self.exclusion_rules,
            _ => return,
        };
        let value = colon(line).map_or("", |colon| line[colon + 1..].trim());
        if !value.is_empty() {
            rules.push(value.to_owned());
        }
    }

    fn judge(&mut self, line: &str, number: usize) {
        let Some(judged) = judge(line) else { return };
        let name = judged.name;
        self.is_rewritten |= judged.rewritten.is_some();
        self.has_seconds |= judged.has_seconds;
        if let Some((written, read)) = judged.repaired.filter(|_| name != "DTSTAMP") {
            self.remarks.push(format!("{name} \"{written}\" (line {number}) is read as {read}"));
        }
        let Some(value) = judged.invalid else { return };
        match name {
            "EXDATE" | "RDATE" => {
                let effect = if name == "EXDATE" { "excludes" } else { "adds" };
                self.remarks.push(format!("invalid {name} \"{value}\" (line {number}) {effect} nothing"));
            }
            "DTSTAMP" => {}
            "DURATION" => self.invalid.push((name, format!("invalid DURATION \"{value}\" (expected e.g. PT4H)"))),
            _ => {
                let expected = "expected e.g. 20270105 or 20270105T220000";
                self.invalid.push((name, format!("invalid {name} \"{value}\" ({expected})")));
            }
        }
    }
}

/// A RANGE of a RECURRENCE-ID other than THISANDFUTURE, such as the former THISANDPRIOR.
fn unknown_range(line: &str) -> Option<String> {
    let head = line[..colon(line)?].to_ascii_uppercase();
    let value =
        head.split(';').find_map(|part| part.trim().strip_prefix("RANGE=").map(|value| value.trim_matches('"')))?;
    (value != "THISANDFUTURE").then(|| words_on_one_line(value).chars().take(LONGEST_NAME).collect())
}

/// The line as the parser must see it, if that differs.
pub(super) fn rewritten(line: &str) -> Option<String> {
    let timed = timed_date(line);
    judge(timed.as_deref().unwrap_or(line)).and_then(|judged| judged.rewritten).or(timed)
}

/// The line without its VALUE=DATE, if its values are times other than midnight: the parser would drop them.
fn timed_date(line: &str) -> Option<String> {
    const MARK: &str = ";VALUE=DATE";
    let (head, value) = line.split_once(':')?;
    let at = head.to_ascii_uppercase().find(MARK)?;
    let rest = &head[at + MARK.len()..];
    let is_time = |value: &str| {
        let (on, time) = value.trim().split_once(['T', 't'])?;
        Some(on.len() == 8 && time.len() >= 4 && !time.starts_with("0000"))
    };
    let is_mark = rest.is_empty() || rest.starts_with(';');
    (is_mark && value.split(',').all(|value| is_time(value) == Some(true)))
        .then(|| format!("{}{rest}:{value}", &head[..at]))
}

/// Whether a line is a property of that name, with or without parameters.
fn is_property(line: &str, name: &str) -> bool {
    line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
        && line[name.len()..].trim_start().starts_with([':', ';'])
}

/// Whether a line begins a calendar or an event.
pub(in crate::import) fn is_calendar(text: &str) -> bool {
    let begins = |line: &str| value_after(line, "BEGIN:").is_some_and(|name| is_one_of(name, &["VCALENDAR", "VEVENT"]));
    // Lines may end with a bare carriage return.
    text.split(['\n', '\r']).any(begins)
}

/// Whether the text begins with a component of any kind.
pub(super) fn begins_component(text: &str) -> bool {
    value_after(text.trim_start_matches('\u{feff}').trim_start(), "BEGIN:").is_some()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|each| name.eq_ignore_ascii_case(each))
}

/// The value of a line that starts with `start`, without surrounding space.
pub(super) fn value_after<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    let head = line.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| line[start.len()..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_known_by_its_shape() {
        let shape =
            |text: &str| measure(&CalendarText::from_text(text), &|| Ok(())).map(|shape| (shape.events, shape.lines));
        let event = RawEvent { line: 2, ..RawEvent::default() };
        let known = shape("\u{feff}begin:vcalendar\r\nbegin:vevent\nend:vevent\nend:vcalendar").unwrap();
        assert_eq!(known, (vec![event], 4));
        assert_eq!(shape(" \n"), Err(ImportError::Empty));
        assert_eq!(shape("BEGIN:VCARD\nEND:VCARD"), Err(ImportError::NoEvents("VCARD".into())));
        assert_eq!(shape("hello"), Err(ImportError::NotCalendar));
        assert_eq!(shape(&"BEGIN:VCALENDAR\n".repeat(5000)), Err(ImportError::TooDeep { most: DEEPEST, line: 21 }));
        let many = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(MOST_RECORDS + 1));
        assert_eq!(shape(&many), Err(ImportError::TooMany("events")));
        let event = |lines: &str| format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n");
        let lines = shape(&event(&"EXDATE:20270101\n".repeat(MOST_RECORDS + 1)));
        assert_eq!(lines, Err(ImportError::TooMany("lines in one event")));
        let values = shape(&event(&format!("CATEGORIES:{}", "x,".repeat(MOST_RECORDS + 1))));
        assert_eq!(values, Err(ImportError::TooMany("values in one line")));
    }

    #[test]
    fn times_that_are_marked_as_dates_lose_the_mark() {
        let line = |text: &str| timed_date(text);
        assert_eq!(line("DTSTART;VALUE=DATE:20270105T220000").as_deref(), Some("DTSTART:20270105T220000"));
        assert_eq!(
            line("EXDATE;value=date;TZID=A/B:20270105T220000").as_deref(),
            Some("EXDATE;TZID=A/B:20270105T220000")
        );
        for kept in [
            "DTSTART;VALUE=DATE:20270105",
            "DTSTART;VALUE=DATE:20270105T000000",
            "DTSTART;VALUE=DATE-TIME:20270105T220000",
        ] {
            assert_eq!(line(kept), None, "{kept}");
        }
    }

    #[test]
    fn rules_are_kept_as_written() {
        let text = "BEGIN:VEVENT\nrrule;X-A=\"b:c\":FREQ=DAILY;\r\n COUNT=0\nBEGIN:VALARM\nRRULE:X\nEND:VALARM\n\
                    EXRULE:FREQ=YEARLY\nRRULES:Y\nEND:VEVENT\nRRULE:Z";
        let shape = CalendarText::from_text(text);
        let events = measure(&shape, &|| Ok(())).unwrap().events;
        assert_eq!(events[0].rules, ["FREQ=DAILY;COUNT=0"]);
        assert_eq!(events[0].exclusion_rules, ["FREQ=YEARLY"]);
    }
}
