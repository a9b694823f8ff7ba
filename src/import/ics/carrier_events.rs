//! The events of carriers' notices (MAINTNOTE), with the properties that only such notices have, as they are written.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime};

use super::calendar_text::CalendarText;
use super::event_reader::{ReadContext, Reader};
use super::events::Event;
use super::raw_values::colon;
use super::years::Years;
use crate::import::error::ImportError;
use crate::import::imported::Warning;
use crate::import::input::Input;
use crate::import::mail_files::{self, MailFile};
use crate::import::mail_parts;
use crate::import::text::words_on_one_line;
use crate::model::CustomZone;
use crate::schedule::Zone;

/// Carriers' properties begin with this.
const PREFIX: &str = "X-MAINTNOTE-";
/// The most lines of a text that was broken without a fold; the rest is left out.
const MOST_BROKEN_LINES: usize = 200;

/// An event of a calendar.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CarrierEvent {
    /// The line of its BEGIN in the file; none in mails.
    pub line: Option<usize>,
    /// Its times and texts. None if the event cannot be read: a warning says why.
    pub event: Option<Event>,
    /// In the order of the file.
    pub properties: Vec<CarrierProperty>,
    /// Whether it has a SEQUENCE.
    pub has_sequence: bool,
    /// Its SEQUENCE, also if its times cannot be read.
    pub written_sequence: Option<i64>,
    /// Lines of a text that was broken without a fold.
    broken: Vec<String>,
}

/// A property that only carriers' notices have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CarrierProperty {
    /// In capital letters, without what all of them begin with: "OBJECT-ID".
    pub name: String,
    /// Its parameters as written, in capital letters: "X-MAINTNOTE-OBJECT-IMPACT=OUTAGE".
    pub parameters: String,
    pub value: String,
}

/// A mail without a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailText {
    pub subject: String,
    pub text: String,
    /// When it was written, in UTC.
    pub written: Option<NaiveDateTime>,
}

/// What a file has.
#[derive(Clone, Debug, Default)]
pub(crate) struct CarrierFile {
    pub events: Vec<CarrierEvent>,
    pub mails: Vec<MailText>,
    pub warnings: Vec<Warning>,
}

/// Reads the events of the only file: a calendar, a mail or a mailbox.
///
/// # Errors
/// The file cannot be read, is in a format that is not read, or a calendar in it is too long or nested too deeply.
pub(crate) fn read_carrier_events(input: &Input<'_>) -> Result<CarrierFile, ImportError> {
    let file = input.file()?;
    let (name, bytes) = (file.name().to_owned(), file.bytes()?);
    let mut found = CarrierFile::default();
    match mail_files::open(&name, &bytes) {
        MailFile::Calendar => {
            let text = CalendarText::from_bytes(&bytes, &|| input.source.check_cancelled())?;
            found.warnings.extend(text.warning.clone().map(|message| Warning { line: None, message }));
            found.add_calendar(&text, None, input)?;
        }
        MailFile::Mail(mail) | MailFile::PartialMail(mail) => found.add_mail(mail, input)?,
        MailFile::Mailbox(mails) => mails.iter().try_for_each(|mail| found.add_mail(mail, input))?,
        MailFile::Unread(format) => return Err(ImportError::UnreadMail(format.for_calendars())),
    }
    Ok(found)
}

impl CarrierFile {
    fn add_mail(&mut self, mail: &[u8], input: &Input<'_>) -> Result<(), ImportError> {
        let mail = mail_parts::open(mail);
        self.warnings.extend(mail.unread.iter().map(|format| Warning { line: None, message: format.for_calendars() }));
        if mail.calendars.is_empty() {
            let text = mail.text.unwrap_or_default();
            self.mails.push(MailText { subject: mail.subject, text, written: mail.written });
            return Ok(());
        }
        let (first_event, first_warning) = (self.events.len(), self.warnings.len());
        for part in &mail.calendars {
            self.add_calendar(&CalendarText::from_text(&part.text), part.method.as_deref(), input)?;
        }
        // The lines are those of a part, not of the file.
        self.events[first_event..].iter_mut().for_each(|event| event.line = None);
        self.warnings[first_warning..].iter_mut().for_each(|warning| warning.line = None);
        Ok(())
    }

    fn add_calendar(
        &mut self,
        text: &CalendarText,
        method: Option<&str>,
        input: &Input<'_>,
    ) -> Result<(), ImportError> {
        let plan = input.plan();
        let year = |year: i32| year.clamp(Years::FIRST, Years::LAST);
        let years = Years { first: year(plan.horizon().from.year()), last: year(plan.horizon().last().year()) };
        let zones = plan.zones().iter().map(|zone| CustomZone::clone(zone)).collect();
        let mut reader = Reader::new(ReadContext { years: Some(years), home: Some(Zone::for_plan(plan)), zones });
        reader.add(text, method, &|| input.source.check_cancelled())?;
        let (calendar, warnings) = reader.finish();
        self.warnings.extend(warnings);
        let mut read: BTreeMap<Option<usize>, Event> =
            calendar.events.into_iter().map(|event| (event.line, event)).collect();
        for mut event in written_events(text) {
            input.source.check_cancelled()?;
            event.event = read.remove(&event.line);
            if let Some(read) = &mut event.event {
                for line in &event.broken {
                    read.description.push('\n');
                    read.description.push_str(line);
                }
            }
            self.events.push(event);
        }
        Ok(())
    }
}

/// The events as they are written, without their times.
fn written_events(text: &CalendarText) -> Vec<CarrierEvent> {
    let mut events: Vec<CarrierEvent> = Vec::new();
    // Components inside an event, such as alarms.
    let mut depth: Option<usize> = None;
    let mut is_in_description = false;
    for (index, line) in text.text.lines().enumerate() {
        let property = property(line);
        let is_line = |name: &str, value: &str| {
            property.is_some_and(|(found, _, text)| {
                found.eq_ignore_ascii_case(name) && text.trim().eq_ignore_ascii_case(value)
            })
        };
        match depth {
            None if is_line("BEGIN", "VEVENT") => {
                let line = Some(text.number(index));
                events.push(CarrierEvent { line, ..CarrierEvent::default() });
                (depth, is_in_description) = (Some(0), false);
                continue;
            }
            Some(0) if is_line("END", "VEVENT") => depth = None,
            Some(inside) if property.is_some_and(|(name, ..)| name.eq_ignore_ascii_case("BEGIN")) => {
                depth = Some(inside + 1);
            }
            Some(inside) if property.is_some_and(|(name, ..)| name.eq_ignore_ascii_case("END")) => {
                depth = Some(inside.saturating_sub(1));
            }
            _ => {}
        }
        if depth != Some(0) {
            continue;
        }
        let Some(event) = events.last_mut() else { continue };
        match property {
            Some((name, parameters, value)) => {
                is_in_description = name.eq_ignore_ascii_case("DESCRIPTION");
                event.add(name, parameters, value);
            }
            None if is_in_description && event.broken.len() < MOST_BROKEN_LINES => event.broken.push(unescaped(line)),
            None => {}
        }
    }
    events
}

impl CarrierEvent {
    fn add(&mut self, name: &str, parameters: &str, value: &str) {
        if name.eq_ignore_ascii_case("SEQUENCE") {
            (self.has_sequence, self.written_sequence) = (true, value.trim().parse().ok());
        }
        let upper = name.to_ascii_uppercase();
        if let Some(name) = upper.strip_prefix(PREFIX) {
            let (name, parameters) = (name.to_owned(), parameters.to_ascii_uppercase());
            self.properties.push(CarrierProperty { name, parameters, value: words_on_one_line(&unescaped(value)) });
        }
    }
}

/// Name, parameters and value of a line; none if the line is not a property.
fn property(line: &str) -> Option<(&str, &str, &str)> {
    let at = colon(line)?;
    let (head, value) = (&line[..at], &line[at + 1..]);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then_some((name, parameters, value))
}

/// The text of an escaped value (RFC 5545, 3.3.11).
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut is_escape = false;
    for c in value.chars() {
        match (is_escape, c) {
            (false, '\\') => is_escape = true,
            (true, 'n' | 'N') => {
                text.push('\n');
                is_escape = false;
            }
            (true, ',' | ';' | '\\') | (false, _) => {
                text.push(c);
                is_escape = false;
            }
            (true, _) => {
                text.push('\\');
                text.push(c);
                is_escape = false;
            }
        }
    }
    if is_escape {
        text.push('\\');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_read_as_they_are_written() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:We work.\nIt takes two hours\nin all.\nSEQUENCE:3\n\
                    x-maintnote-object-id;X-MAINTNOTE-OBJECT-IMPACT=Degraded:IC-1\\, west\nBEGIN:VALARM\n\
                    X-MAINTNOTE-STATUS:CANCELLED\nEND:VALARM\nX-MAINTNOTE-STATUS:CONFIRMED\nEND:VEVENT\n\
                    X-MAINTNOTE-STATUS:CANCELLED\nEND:VCALENDAR\n";
        let events = written_events(&CalendarText::from_text(text));
        let [event] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((event.line, event.has_sequence), (Some(2), true));
        assert_eq!(event.broken, ["It takes two hours", "in all."]);
        let properties: Vec<_> =
            event.properties.iter().map(|each| (&*each.name, &*each.parameters, &*each.value)).collect();
        assert_eq!(
            properties,
            [("OBJECT-ID", "X-MAINTNOTE-OBJECT-IMPACT=DEGRADED", "IC-1, west"), ("STATUS", "", "CONFIRMED")]
        );
    }
}
