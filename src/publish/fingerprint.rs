//! Compares calendars by content. Servers store events in their own order and spelling, and a different spelling must not
//! count as a change by somebody else.

use chrono::Timelike as _;

use crate::export::ics::unfolded;
use crate::model::{Fnv1a, LocalMinute};
use crate::schedule::Zone;
use crate::wording::{date, iso};

/// The property that carries a published text's own fingerprint. It is not part of the fingerprint.
pub const SIGNATURE: &str = "X-WINDOWSILL-CONTENT";

/// A hash of all events in `text`. It ignores their order, line folding, the case of names, timestamps, and everything but
/// events (time zones, properties of the calendar).
pub fn fingerprint(text: &str) -> u64 {
    hash_events(text, str::to_owned)
}

/// The same for the instants at which the events take place: a time on a zone's clock equals the same time in UTC.
pub fn content_fingerprint(text: &str) -> u64 {
    hash_events(text, in_utc)
}

/// Whether both texts have the same content. How times are written does not count, unless `is_strict`.
pub fn has_same_content(a: &str, b: &str, is_strict: bool) -> bool {
    content_fingerprint(a) == content_fingerprint(b) && (!is_strict || fingerprint(a) == fingerprint(b))
}

/// `rewritten` is applied to each line of an event.
fn hash_events(text: &str, rewritten: impl Fn(&str) -> String) -> u64 {
    let mut open: Vec<String> = Vec::new();
    let mut events: Vec<Vec<String>> = Vec::new();
    for line in unfolded(text) {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let name = name.to_ascii_uppercase();
        let value = value.trim().to_ascii_uppercase();
        match &*name {
            "BEGIN" => {
                if is_event(&open, &value) {
                    events.push(Vec::new());
                }
                open.push(value);
            }
            "END" => drop(open.pop()),
            _ => {
                let path = open.get(1..).unwrap_or_default();
                let is_in_event = path.first().is_some_and(|outer| outer != "VTIMEZONE");
                if let Some(event) = events.last_mut().filter(|_| is_in_event)
                    && !is_timestamp(&name)
                    && name != SIGNATURE
                {
                    event.push(format!("{}|{}", path.join("/"), normalized(&rewritten(&line))));
                }
            }
        }
    }
    for event in &mut events {
        event.sort();
    }
    events.sort();
    let lines = events.iter().flat_map(|event| event.iter().map(String::as_str).chain([""]));
    lines.fold(Fnv1a::default(), |hash, line| hash.with(line.as_bytes()).with(b"\n")).value()
}

/// A short description of the first event in `text`: "Core DB patching, Sat 20 Mar 2027".
pub fn event_title(text: &str) -> Option<String> {
    let lines = unfolded(text);
    let value = |name: &str| {
        let in_event = lines.iter().skip_while(|line| *line != "BEGIN:VEVENT");
        in_event.map(|line| split_outside_quotes(line, ':')).find(|(head, _)| head.split(';').next() == Some(name))?.1
    };
    let summary = value("SUMMARY")?.replace("\\,", ",").replace("\\;", ";").replace("\\n", " ").replace("\\\\", "\\");
    let on = iso::read_basic_date(value("DTSTART")?.get(..8)?)?;
    Some(format!("{summary}, {}", date(on)))
}

/// Whether a component with this name, begun inside `open`, is an event or another entry of the calendar.
fn is_event(open: &[String], name: &str) -> bool {
    open.len() == 1 && name != "VTIMEZONE"
}

/// Whether a property only says when the event was written.
fn is_timestamp(name: &str) -> bool {
    matches!(name.split(';').next(), Some("DTSTAMP" | "CREATED" | "LAST-MODIFIED"))
}

/// A time on the clock of a known zone in UTC, without TZID. Other lines stay as they are.
fn in_utc(line: &str) -> String {
    /// Properties with one time each; the others list several.
    const TIMES: [&str; 3] = ["DTSTART", "DTEND", "RECURRENCE-ID"];
    let (head, value) = split_outside_quotes(line, ':');
    let mut parts = head.split(';');
    let name = parts.next().unwrap_or_default();
    let zone = match (parts.next().and_then(|parameter| parameter.split_once('=')), parts.next()) {
        (Some((parameter, zone)), None) if parameter.eq_ignore_ascii_case("TZID") => {
            Zone::named(zone.trim_matches('"'))
        }
        _ => None,
    };
    let at = value.and_then(|value| iso::read_basic_local(value.trim())).filter(|at| at.second() == 0);
    match (zone, at) {
        (Some(zone), Some(at)) if TIMES.iter().any(|time| name.eq_ignore_ascii_case(time)) => {
            format!("{name}:{}", iso::basic_utc(zone.resolve(LocalMinute::from_naive(at)).at))
        }
        _ => line.to_owned(),
    }
}

/// A content line with sorted parameters and without unnecessary quotes and backslashes.
fn normalized(line: &str) -> String {
    let (head, value) = split_outside_quotes(line, ':');
    let mut parts = Vec::new();
    let mut rest = Some(head);
    while let Some(part) = rest {
        let (first, after) = split_outside_quotes(part, ';');
        parts.push(first.replace('"', ""));
        rest = after;
    }
    let names = parts.iter_mut().map(|part| match part.split_once('=') {
        Some((name, value)) => format!("{}={value}", name.to_ascii_uppercase()),
        None => part.to_ascii_uppercase(),
    });
    let mut names: Vec<String> = names.collect();
    if let Some(parameters) = names.get_mut(1..) {
        parameters.sort();
    }
    let value = value.unwrap_or_default().replace("\\N", "\\n").replace("\\,", ",").replace("\\;", ";");
    format!("{}:{}", names.join(";"), value.trim_end())
}

fn split_outside_quotes(text: &str, at: char) -> (&str, Option<&str>) {
    let mut is_quoted = false;
    for (index, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if c == at && !is_quoted => return (&text[..index], Some(&text[index + 1..])),
            _ => {}
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20270101T000000Z\r\n\
                        DTSTART;TZID=Europe/London:20270313T220000\r\nSUMMARY:Core\\, DB with a long na\r\n me\r\nSEQUENCE:2\r\n\
                        END:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn order_and_spelling_do_not_matter() {
        let theirs = "BEGIN:VCALENDAR\nPRODID:-//B\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Europe/London\nEND:VTIMEZONE\nBEGIN:VEVENT\n\
                      summary:Core, DB with a long name\nsequence:2\nDTSTART;TZID=\"Europe/London\":20270313T220000\nUID:1@x\n\
                      LAST-MODIFIED:20270201T000000Z\nEND:VEVENT\nEND:VCALENDAR\n";
        assert_eq!(fingerprint(OURS), fingerprint(theirs));
    }

    #[test]
    fn a_time_on_a_clock_equals_the_same_time_in_utc_in_the_content_only() {
        let local = OURS.replace("20270313T220000", "20270612T220000");
        let utc = local.replace("DTSTART;TZID=Europe/London:20270612T220000", "DTSTART:20270612T210000Z");
        assert_eq!(content_fingerprint(&local), content_fingerprint(&utc));
        assert_ne!(fingerprint(&local), fingerprint(&utc));
        for (old, new) in [("T210000Z", "T220000Z"), ("SUMMARY:Core", "SUMMARY:Cores")] {
            assert_ne!(content_fingerprint(&local), content_fingerprint(&utc.replace(old, new)), "{new}");
        }
        let unknown = local.replace("Europe/London", "Europe/Atlantis");
        assert_eq!(content_fingerprint(&unknown), fingerprint(&unknown));
    }

    #[test]
    fn the_title_is_readable() {
        assert_eq!(event_title(OURS).as_deref(), Some("Core, DB with a long name, Sat 13 Mar 2027"));
        assert_eq!((event_title("BEGIN:VEVENT\nSUMMARY:x\nDTSTART:tomorrow\n"), event_title("")), (None, None));
    }

    #[test]
    fn every_change_a_person_can_make_counts() {
        for (old, new) in [
            ("SUMMARY:Core", "SUMMARY:Cores"),
            ("T220000", "T230000"),
            ("Europe/London", "Europe/Paris"),
            ("SEQUENCE:2", "SEQUENCE:3"),
            ("END:VEVENT", "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT"),
            ("END:VEVENT", "END:VEVENT\r\nBEGIN:VJOURNAL\r\nUID:2\r\nEND:VJOURNAL"),
        ] {
            assert_ne!(fingerprint(OURS), fingerprint(&OURS.replace(old, new)), "{new}");
        }
    }

    #[test]
    fn anything_but_a_calendar_does_no_harm() {
        for text in ["", "END:VEVENT", "BEGIN:VEVENT", "<html>", " a", "BEGIN:\nEND:\nEND:", "a;b=\"c:d", "é:\\"] {
            let _ = fingerprint(text);
        }
        assert_ne!(fingerprint("<html>"), fingerprint(OURS));
    }
}
