//! The draft of a mail: opens in a mail program, ready to be looked at and sent (RFC 6047).

use chrono::NaiveTime;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::{Organizer, Text};
use crate::export::ics::method;
use crate::export::text::{clip, one_line};
use crate::model::Plan;
use crate::model::fnv1a;
use crate::model::uid::occurrence_uid;
use crate::schedule::Letter;

const LONGEST_NAME: usize = 100;

/// The draft: the text, and after it as the last alternative, the one that mail programs prefer, the calendar file.
///
/// Nothing in it comes from the clock or from chance: the same letter gives the same bytes.
pub fn eml(plan: &Plan, letter: &Letter<'_>, organizer: &Organizer, text: &Text, calendar: &str) -> Vec<u8> {
    let sent = &letter.sent;
    let uid = occurrence_uid(plan.id(), &sent.key.window, sent.key.on);
    let id = fnv1a(format!("{uid} {}", sent.key.to).as_bytes());
    let words = text.body.replace('\n', "\r\n");
    let boundary = format!("=_windowsill-{:016x}", fnv1a(format!("{words}{calendar}").as_bytes()));
    let calendar_type = format!("text/calendar; method={}; charset=utf-8", method(letter.kind));

    let parts = vec![
        MimePart::new(ContentType::new("text/plain").attribute("charset", "utf-8"), words),
        MimePart::raw(calendar).header("Content-Type", Raw::new(calendar_type)),
    ];
    let body = MimePart::new(ContentType::new("multipart/alternative").attribute("boundary", boundary), parts);
    let message = MessageBuilder::new()
        // Outlook opens it as a draft then, not as something that has come in.
        .header("X-Unsent", Raw::new("1"))
        .from(person(&organizer.name, &organizer.address))
        .to(person(&sent.name, &sent.key.to))
        .subject(text.subject.as_str())
        .date(Date::new(sent.sent_on.and_time(NaiveTime::MIN).and_utc().timestamp()))
        .message_id(format!("{id:016x}.{}@windowsill.invalid", sent.sequence))
        .body(body);
    // Writing into memory does not fail.
    message.write_to_vec().unwrap_or_default()
}

fn person<'a>(name: &str, address: &'a str) -> Address<'a> {
    let name = clip(one_line(name), LONGEST_NAME);
    Address::new_address((!name.is_empty()).then_some(name), address)
}
