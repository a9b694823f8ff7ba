//! One occurrence for one owner: an invite, an update or a cancellation that a mail program understands (RFC 5546).
//!
//! One VEVENT a file, since Outlook reads only the first. What it says comes from the letter alone, so that it can be
//! written of a window that is gone, and written again as it was.

use chrono::Datelike;
use icalendar::{Component as _, Event, EventStatus, Property};

use super::event::{self, Stamp};
use super::event_text::summary;
use super::vtimezone::{self, Years};
use super::zones::{is_utc, proper_name};
use super::{PRODID, has_writable_year, lines, push};
use crate::export::invites::Organizer;
use crate::export::text::{clip, one_line};
use crate::model::uid::occurrence_uid;
use crate::model::{Invitation, Stage};
use crate::schedule::{Letter, LetterKind, Schedule, Zone};

/// Characters of a name. Longer ones are nobody's.
const LONGEST_NAME: usize = 100;
/// RFC 5545 §3.3.8.
const HIGHEST_SEQUENCE: u32 = i32::MAX as u32;

/// What the letter asks a calendar to do.
pub fn method(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Invite | LetterKind::Update => "REQUEST",
        LetterKind::Cancellation => "CANCEL",
    }
}

/// The zone on whose clock a letter tells its times: the window's, as long as there is one.
pub fn zone<'a>(schedule: &'a Schedule, letter: &Letter<'a>) -> &'a Zone {
    letter.occurrence.map_or(&*schedule.zone, |(window, _)| &*window.expansion.zone)
}

/// Whether a calendar can hold its dates.
pub fn is_writable(zone: &Zone, sent: &Invitation) -> bool {
    let ends = [sent.start_at, sent.end_at].map(|at| zone.local(at).date());
    ends.into_iter().chain([sent.key.on, sent.sent_on]).all(has_writable_year)
}

/// The file: UTF-8, CRLF, lines of at most 75 octets; the same bytes for the same letter. `text` is what it says.
pub fn invitation(schedule: &Schedule, letter: &Letter<'_>, organizer: &Organizer, text: &str) -> String {
    let zone = zone(schedule, letter);
    let sent = &letter.sent;
    let tzid = (!is_utc(zone)).then(|| proper_name(zone));
    let mut file = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\nMETHOD:{}\r\n",
        method(letter.kind)
    );
    if let Some(tzid) = &tzid {
        let year = |at| zone.local(at).date().year();
        let years = Years::new(year(sent.start_at), year(sent.end_at));
        file.push_str(&vtimezone::definition(zone, tzid, years));
    }
    push(&mut file, &of_letter(schedule, letter, tzid.as_deref(), organizer, text));
    file.push_str("END:VCALENDAR\r\n");
    lines::refolded(&file)
}

fn of_letter(schedule: &Schedule, letter: &Letter<'_>, tzid: Option<&str>, organizer: &Organizer, text: &str) -> Event {
    let sent = &letter.sent;
    let end_at = sent.end_at.max(sent.start_at.plus(1));
    let stage = letter.occurrence.and_then(|(window, _)| window.scope.stage).map(Stage::name);
    let kind = letter.occurrence.map(|(window, _)| window.window.kind.name());
    let categories: Vec<&str> = stage.into_iter().chain(kind).chain(["Maintenance window"]).collect();

    let mut event = Event::new();
    event.uid(&occurrence_uid(schedule.plan.id(), &sent.key.window, sent.key.on));
    // A letter is of the day on which it was sent, also where it is written again.
    event.timestamp(Stamp::on(sent.sent_on).0);
    event.sequence(sent.sequence.min(HIGHEST_SEQUENCE));
    for property in event::times(zone(schedule, letter), tzid, sent.start_at, end_at) {
        event.append_property(property);
    }
    event.summary(&summary(name(sent)));
    event.description(text);
    event.status(if sent.is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event::blocks_time(&mut event, !sent.is_cancelled);
    event.add_property("CATEGORIES", categories.join(","));
    event.append_property(person("ORGANIZER", &organizer.name, &organizer.address));
    let mut attendee = person("ATTENDEE", &sent.name, &sent.key.to);
    if !sent.is_cancelled {
        attendee.add_parameter("ROLE", "REQ-PARTICIPANT");
        attendee.add_parameter("PARTSTAT", "NEEDS-ACTION");
        attendee.add_parameter("RSVP", "TRUE");
    }
    event.append_property(attendee);
    event
}

/// What it is called; programs drop an event that is called nothing.
pub fn name(sent: &Invitation) -> &str {
    if one_line(&sent.summary).is_empty() { "Maintenance window" } else { &sent.summary }
}

/// A quote would end the name and let a property in, so it becomes an apostrophe (RFC 5545 §3.2 knows no escape).
fn person(property: &str, name: &str, address: &str) -> Property {
    let mut person = Property::new(property, format!("mailto:{address}"));
    let name = clip(one_line(name), LONGEST_NAME).replace('"', "'");
    if !name.is_empty() {
        person.add_parameter("CN", &name);
    }
    person
}
