//! The draft of a mail: opens in a mail program, ready to be checked and sent (RFC 6047).

use chrono::NaiveTime;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::calendar_file::method;
use super::message_text::MessageText;
use super::organizer::Organizer;
use crate::export::text::clip_line;
use crate::model::Plan;
use crate::model::fnv1a;
use crate::model::uid::occurrence_uid;
use crate::schedule::InviteMessage;

const LONGEST_NAME: usize = 100;

/// The draft: the text, then the calendar file as the last alternative, which is the one that mail programs prefer.
///
/// Nothing in it depends on the clock or on chance: the same message gives the same bytes.
pub fn eml(
    plan: &Plan,
    message: &InviteMessage<'_>,
    organizer: &Organizer,
    text: &MessageText,
    calendar: &str,
) -> Vec<u8> {
    let sent = &message.sent;
    let uid = occurrence_uid(plan.id(), &sent.key.window, sent.key.on);
    let id = fnv1a(format!("{uid} {}", sent.key.to).as_bytes());
    let body_text = text.body.replace('\n', "\r\n");
    let boundary = format!("=_windowsill-{:016x}", fnv1a(format!("{body_text}{calendar}").as_bytes()));
    let calendar_type = format!("text/calendar; method={}; charset=utf-8", method(message.kind));

    let parts = vec![
        MimePart::new(ContentType::new("text/plain").attribute("charset", "utf-8"), body_text),
        MimePart::raw(calendar).header("Content-Type", Raw::new(calendar_type)),
    ];
    let body = MimePart::new(ContentType::new("multipart/alternative").attribute("boundary", boundary), parts);
    let mail = MessageBuilder::new()
        // Makes Outlook open it as a draft, not as a received mail.
        .header("X-Unsent", Raw::new("1"))
        .from(person(&organizer.name, &organizer.address))
        .to(person(&sent.name, &sent.key.to))
        .subject(text.subject.as_str())
        .date(Date::new(sent.sent_on.and_time(NaiveTime::MIN).and_utc().timestamp()))
        .message_id(format!("{id:016x}.{}@windowsill.invalid", sent.sequence))
        .body(body);
    // Writing into memory does not fail.
    mail.write_to_vec().unwrap_or_default()
}

fn person<'a>(name: &str, address: &'a str) -> Address<'a> {
    let name = clip_line(name, LONGEST_NAME);
    Address::new_address((!name.is_empty()).then_some(name), address)
}
