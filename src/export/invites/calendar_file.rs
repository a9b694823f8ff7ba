//! The calendar file of a message: an invite, an update or a cancellation that mail programs understand (RFC 5546).
//!
//! One VEVENT per file, since Outlook reads only the first. The content comes from the message alone, so that it can be
//! written for a window that is gone, and written again unchanged.

use chrono::Datelike;
use icalendar::{Component as _, Event, EventStatus, Property};

use super::organizer::Organizer;
use crate::export::ics::{
    END, PRODID, Stamp, Years, blocks_time, calendar_head, cancelled_summary, has_writable_year, is_utc, proper_name,
    push_event, refolded, summary, time_properties, zone_definition,
};
use crate::export::text::{clip_line, one_line};
use crate::model::uid::occurrence_uid;
use crate::model::{InviteRole, SentInvite, Stage};
use crate::schedule::agreement::outbox::HIGHEST_SEQUENCE;
use crate::schedule::{InviteMessage, InviteMessageKind, Schedule, Zone};

/// Characters of a person's name.
const LONGEST_NAME: usize = 100;

/// The METHOD of a message: what it asks a calendar to do.
pub fn method(kind: InviteMessageKind) -> &'static str {
    match kind {
        InviteMessageKind::Invite | InviteMessageKind::Update => "REQUEST",
        InviteMessageKind::Cancellation => "CANCEL",
    }
}

/// The zone on whose clock a message gives its times: the window's, or the plan's if the window is gone.
pub fn zone_for<'a>(schedule: &'a Schedule, message: &InviteMessage<'a>) -> &'a Zone {
    message.occurrence.map_or(&*schedule.zone, |(window, _)| &*window.expansion.zone)
}

/// Whether a calendar can hold its dates.
pub fn is_writable(zone: &Zone, sent: &SentInvite) -> bool {
    let ends = [sent.start_at, sent.end_at].map(|at| zone.local(at).date());
    ends.into_iter().chain([sent.key.on, sent.sent_on]).all(has_writable_year)
}

/// The file: UTF-8, CRLF, lines of at most 75 octets; the same bytes for the same message. `text` is its description.
pub fn calendar_file(schedule: &Schedule, message: &InviteMessage<'_>, organizer: &Organizer, text: &str) -> String {
    let zone = zone_for(schedule, message);
    let sent = &message.sent;
    let tzid = (!is_utc(zone)).then(|| proper_name(zone));
    let mut file = calendar_head(&[("PRODID", PRODID), ("CALSCALE", "GREGORIAN"), ("METHOD", method(message.kind))]);
    if let Some(tzid) = &tzid {
        let year = |at| zone.local(at).date().year();
        let years = Years::new(year(sent.start_at), year(sent.end_at));
        file.push_str(&zone_definition(zone, tzid, years));
    }
    push_event(&mut file, &message_event(schedule, message, tzid.as_deref(), organizer, text));
    file.push_str(END);
    refolded(&file)
}

fn message_event(
    schedule: &Schedule,
    message: &InviteMessage<'_>,
    tzid: Option<&str>,
    organizer: &Organizer,
    text: &str,
) -> Event {
    let sent = &message.sent;
    let end_at = sent.end_at.max(sent.start_at.plus(1));
    let stage = message.occurrence.and_then(|(window, _)| window.scope.stage).map(Stage::name);
    let kind = message.occurrence.map(|(window, _)| window.window.kind.name());
    let categories: Vec<&str> = stage.into_iter().chain(kind).chain(["Maintenance window"]).collect();

    let mut event = Event::new();
    event.uid(&occurrence_uid(schedule.plan.id(), &sent.key.window, sent.key.on));
    // A message keeps the day on which it was sent, even if it is written again.
    event.timestamp(Stamp::on(sent.sent_on).0);
    event.sequence(sent.sequence.min(HIGHEST_SEQUENCE));
    for property in time_properties(zone_for(schedule, message), tzid, sent.start_at, end_at) {
        event.append_property(property);
    }
    let title = summary(title(sent));
    event.summary(&if sent.is_cancelled { cancelled_summary(&title) } else { title });
    event.description(text);
    event.status(if sent.is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    blocks_time(&mut event, !sent.is_cancelled && sent.role != InviteRole::Informed);
    event.add_property("CATEGORIES", categories.join(","));
    event.append_property(person("ORGANIZER", &organizer.name, &organizer.address));
    let mut attendee = person("ATTENDEE", &sent.name, &sent.key.to);
    if !sent.is_cancelled {
        let (role, rsvp) = match sent.role {
            InviteRole::Owner => ("REQ-PARTICIPANT", "TRUE"),
            InviteRole::Informed => ("OPT-PARTICIPANT", "FALSE"),
            InviteRole::Booked => ("REQ-PARTICIPANT", "FALSE"),
        };
        attendee.add_parameter("ROLE", role);
        attendee.add_parameter("PARTSTAT", "NEEDS-ACTION");
        attendee.add_parameter("RSVP", rsvp);
    }
    event.append_property(attendee);
    event
}

/// Its title; programs drop an event without one.
pub fn title(sent: &SentInvite) -> &str {
    if one_line(&sent.summary).is_empty() { "Maintenance window" } else { &sent.summary }
}

/// RFC 5545 §3.2 has no escape for quotes, and a quote would end the name, so it becomes an apostrophe.
fn person(property: &str, name: &str, address: &str) -> Property {
    let mut person = Property::new(property, format!("mailto:{address}"));
    let name = clip_line(name, LONGEST_NAME).replace('"', "'");
    if !name.is_empty() {
        person.add_parameter("CN", &name);
    }
    person
}
