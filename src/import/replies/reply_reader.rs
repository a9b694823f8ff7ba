//! Reads replies from calendars and mails, before they are compared with a plan.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarProperty, ICalendarValue,
};
use chrono::NaiveDateTime;

use crate::import::ics::{CalendarText, EventTime, Zones, component_events, each_calendar, head_text, text_of};
use crate::import::limits::MOST_RECORDS;
use crate::import::mail_files::{self, MailFile};
use crate::import::mail_parts::{self, CalendarPart};
use crate::import::text::words_on_one_line;
use crate::import::unread_format::UnreadFormat;
use crate::model::address;
use crate::wording::counted;

/// The longest comment that is kept, in characters.
const LONGEST_COMMENT: usize = 1_000;
/// The longest name of a person or a delegate, and the longest UID, in characters.
const LONGEST_NAME: usize = 300;

/// What one attendee replied about one event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reply {
    pub method: Method,
    pub uid: String,
    pub summary: String,
    /// None if the file names none.
    pub sequence: Option<i64>,
    /// An [`address`]; empty if the file names none.
    pub from: String,
    /// The attendee's name; empty if the file names none.
    pub name: String,
    pub status: Status,
    pub delegated_to: String,
    pub delegated_from: String,
    /// Who replied on behalf of the attendee.
    pub sent_by: String,
    pub comment: String,
    /// When it was written, in UTC.
    pub at: Option<NaiveDateTime>,
    /// The start and end in the file; a counter-proposal asks for them.
    pub proposed: Option<(EventTime, Option<EventTime>)>,
}

/// The METHODs that attendees send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Reply,
    Counter,
}

/// PARTSTAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Accepted,
    Declined,
    Tentative,
    Delegated,
    /// NEEDS-ACTION, or a status that only tasks have.
    Open,
}

/// What one file contains: replies, and why the rest are not replies.
#[derive(Debug, Default)]
pub(super) struct FileContent {
    pub replies: Vec<Reply>,
    pub others: Vec<String>,
}

/// Why a mail is not a reply.
const NO_CALENDAR: &str = "The mail contains no calendar, so it is not a reply to an invite";

/// Reads one file: a calendar, a mail or a mailbox.
pub(super) fn read_file(name: &str, bytes: &[u8]) -> FileContent {
    let mut content = FileContent::default();
    match mail_files::open(name, bytes) {
        MailFile::Calendar => match CalendarText::from_bytes(bytes, &|| Ok(())) {
            Ok(text) => content.add_calendar(&text, None, None),
            Err(error) => content.others.push(error.to_string()),
        },
        MailFile::Mail(mail) => content.add_mail(mail, NO_CALENDAR),
        MailFile::PartialMail(mail) => content.add_mail(mail, &UnreadFormat::Incomplete.for_replies()),
        MailFile::Mailbox(mails) => content.add_mailbox(&mails),
        MailFile::Unread(format) => content.others.push(format.for_replies()),
    }
    // Mails often contain the same reply twice: beside the text and as an attachment.
    content.replies.dedup();
    content.others.dedup();
    content
}

impl FileContent {
    /// Adds the replies of a mail. `otherwise` is reported if it has no calendar.
    fn add_mail(&mut self, mail: &[u8], otherwise: &str) {
        let mail = mail_parts::open(mail);
        for CalendarPart { method, text } in &mail.calendars {
            self.add_calendar(&CalendarText::from_text(text), method.as_deref(), mail.written);
        }
        self.others.extend(mail.unread.iter().map(|format| format.for_replies()));
        if mail.calendars.is_empty() && mail.unread.is_empty() {
            self.others.push(otherwise.to_owned());
        }
    }

    /// Adds the replies of a mailbox. Most mails in it may have nothing to do with invites, so these are only counted.
    fn add_mailbox<M: AsRef<[u8]>>(&mut self, mails: &[M]) {
        let mut without = 0;
        for (index, mail) in mails.iter().enumerate() {
            let mut found = Self::default();
            found.add_mail(mail.as_ref(), NO_CALENDAR);
            without += usize::from(found.others == [NO_CALENDAR]);
            found.others.retain(|reason| reason != NO_CALENDAR);
            self.others.extend(found.others.into_iter().map(|reason| format!("Mail {}: {reason}", index + 1)));
            found.replies.dedup();
            self.replies.extend(found.replies);
        }
        if without > 0 {
            let (all, verb) = (mails.len(), if without == 1 { "contains" } else { "contain" });
            self.others.push(format!("{without} of {} in the mailbox {verb} no calendar", counted(all, "mail")));
        }
    }

    fn add_calendar(&mut self, text: &CalendarText, mail_method: Option<&str>, sent: Option<NaiveDateTime>) {
        let before = (self.replies.len(), self.others.len());
        let done = each_calendar(text, &|| Ok(()), |calendar, _| {
            self.add_events(calendar, mail_method, sent);
            Ok(())
        });
        match done {
            Ok(()) if before == (self.replies.len(), self.others.len()) => {
                self.others.push("The calendar has no events (VEVENT)".to_owned());
            }
            Ok(()) => {}
            Err(error) => self.others.push(error.to_string()),
        }
    }

    fn add_events(&mut self, calendar: &ICalendar, mail_method: Option<&str>, sent: Option<NaiveDateTime>) {
        let method = head_text(calendar, "METHOD").or_else(|| mail_method.map(str::to_owned)).unwrap_or_default();
        let method = match method.to_ascii_uppercase().as_str() {
            "REPLY" => Method::Reply,
            "COUNTER" => Method::Counter,
            _ => {
                let method: String = method.to_ascii_uppercase().chars().take(40).collect();
                let says = match method.as_str() {
                    "REQUEST" => "this is an invite".to_owned(),
                    "CANCEL" => "this is a cancellation".to_owned(),
                    "PUBLISH" | "" => "this is a calendar to subscribe to or import".to_owned(),
                    other => format!("this is a calendar with METHOD:{other}"),
                };
                return self.others.push(format!("Not a reply: {says}"));
            }
        };
        let zones = Zones::new(calendar, None);
        // One more than allowed, so that the caller notices that there are too many.
        for event in component_events(calendar).take((MOST_RECORDS + 1).saturating_sub(self.replies.len())) {
            self.replies.extend(replies(event, method, &zones, sent));
            let more = event.properties(&ICalendarProperty::Attendee).count().saturating_sub(MOST_ATTENDEES);
            if more > 0 {
                let summary = clipped(&text_of(event, &ICalendarProperty::Summary), LONGEST_NAME);
                self.others.push(format!(
                    "{summary}: only the first {MOST_ATTENDEES} attendees were read, not {}; a reply has one attendee",
                    counted(more, "more attendee")
                ));
            }
        }
    }
}

/// The reply of each attendee of the event. Usually there is one.
fn replies(event: &ICalendarComponent, method: Method, zones: &Zones<'_>, sent: Option<NaiveDateTime>) -> Vec<Reply> {
    let time = |name| event.property(name).and_then(|entry| zones.times(entry).into_iter().next());
    let utc = |at: EventTime| match at {
        EventTime::Utc(at) => Some(at),
        _ => None,
    };
    let sequence = event.property(&ICalendarProperty::Sequence).and_then(|entry| entry.values.first()?.as_integer());
    let comments = event.properties(&ICalendarProperty::Comment).filter_map(|entry| entry.values.first()?.as_text());
    let blank = Reply {
        method,
        uid: unwrapped(&clipped(&text_of(event, &ICalendarProperty::Uid), LONGEST_NAME)),
        summary: clipped(&text_of(event, &ICalendarProperty::Summary), LONGEST_NAME),
        sequence,
        from: String::new(),
        name: String::new(),
        status: Status::Open,
        delegated_to: String::new(),
        delegated_from: String::new(),
        sent_by: String::new(),
        comment: clipped(&comments.collect::<Vec<_>>().join(" "), LONGEST_COMMENT),
        at: time(&ICalendarProperty::Dtstamp).and_then(utc).or(sent),
        proposed: time(&ICalendarProperty::Dtstart).map(|start| (start, time(&ICalendarProperty::Dtend))),
    };
    let attendees: Vec<&ICalendarEntry> = event.properties(&ICalendarProperty::Attendee).take(MOST_ATTENDEES).collect();
    match attendees.as_slice() {
        [] => vec![blank],
        attendees => attendees.iter().map(|entry| reply_of_attendee(blank.clone(), entry)).collect(),
    }
}

/// At most this many attendees of an event are read.
const MOST_ATTENDEES: usize = 50;

fn reply_of_attendee(blank: Reply, entry: &ICalendarEntry) -> Reply {
    let parameter = |name: &ICalendarParameterName| {
        clipped(entry.parameter(name).and_then(|value| value.as_text()).unwrap_or_default(), LONGEST_NAME)
    };
    let value = entry.values.first().and_then(ICalendarValue::as_text).and_then(address);
    let from = value.or_else(|| address(&parameter(&ICalendarParameterName::Email))).unwrap_or_default();
    let who = |name| Some(parameter(name)).map(|text| address(&text).unwrap_or(text)).unwrap_or_default();
    let status = match parameter(&ICalendarParameterName::Partstat).to_ascii_uppercase().as_str() {
        "ACCEPTED" => Status::Accepted,
        "DECLINED" => Status::Declined,
        "TENTATIVE" => Status::Tentative,
        "DELEGATED" => Status::Delegated,
        _ => Status::Open,
    };
    Reply {
        from,
        name: parameter(&ICalendarParameterName::Cn).trim_matches(['"', '\'']).trim().to_owned(),
        status,
        delegated_to: who(&ICalendarParameterName::DelegatedTo),
        delegated_from: who(&ICalendarParameterName::DelegatedFrom),
        sent_by: who(&ICalendarParameterName::SentBy),
        ..blank
    }
}

/// The text on one line, of at most `longest` characters.
fn clipped(text: &str, longest: usize) -> String {
    // Cuts very long texts before they are cleaned. The factor leaves room for white space and four bytes a character.
    let text = text.get(..text.floor_char_boundary(longest * 16)).unwrap_or_default();
    words_on_one_line(text).chars().take(longest).collect()
}

/// Extracts our UID from an Exchange `GlobalObjectId`. Exchange wraps foreign UIDs as hexadecimal text after "vCal-Uid"
/// and a version ([MS-OXOCAL] 2.2.1.27).
fn unwrapped(uid: &str) -> String {
    const MARK: &str = "7643616C2D55696401000000";
    let upper = uid.to_ascii_uppercase();
    let Some(at) = upper.find(MARK) else { return uid.to_owned() };
    let (pairs, _) = upper.as_bytes()[at + MARK.len()..].as_chunks::<2>();
    let bytes = pairs.iter().map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    let bytes: Vec<u8> = bytes.map_while(|byte| byte.filter(|byte| *byte != 0)).collect();
    String::from_utf8(bytes).ok().filter(|inner| !inner.is_empty()).unwrap_or_else(|| uid.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uid_that_exchange_wrapped_is_unwrapped() {
        let plain = "20270313.core-db@harbour.windowsill";
        let hex = plain.bytes().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
        let wrapped =
            format!("040000008200E00074C5B7101A82E00800000000{}7643616C2D55696401000000{hex}00", "0".repeat(20));
        assert_eq!(unwrapped(&wrapped), plain);
        assert_eq!(unwrapped(plain), plain);
        assert_eq!(unwrapped("7643616C2D55696401000000ZZ"), "7643616C2D55696401000000ZZ");
    }
}
