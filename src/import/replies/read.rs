//! What the calendars that owners send back say, before anybody judges it.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarProperty, ICalendarValue,
};
use chrono::NaiveDateTime;

use super::mime::{self, Part};
use crate::import::ics::{EventTime, Zones, each_calendar, events, head_text, text_of};
use crate::import::{ImportError, MOST_RECORDS, one_line};
use crate::model::{ReplyContent, ReplyFile, address};

/// The longest comment that is kept, in characters.
const LONGEST_COMMENT: usize = 1_000;
/// The longest name of a person or a delegate, and the longest UID, in characters.
const LONGEST_NAME: usize = 300;

/// What one attendee wrote about one event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    pub purpose: Purpose,
    pub uid: String,
    pub summary: String,
    pub sequence: i64,
    /// An [`address`]; empty where the file names none.
    pub from: String,
    /// What the attendee is called, where the file says so.
    pub name: String,
    pub status: Status,
    pub delegated_to: String,
    pub delegated_from: String,
    /// Who wrote in the attendee's name.
    pub sent_by: String,
    pub comment: String,
    /// When it was written, in UTC.
    pub at: Option<NaiveDateTime>,
    /// When it should take place, in a counter-proposal.
    pub proposed: Option<(EventTime, Option<EventTime>)>,
}

/// METHOD, of those that an attendee sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
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
    /// NEEDS-ACTION, or what only a task can be.
    Open,
}

/// What one file holds: replies, and why the rest is none.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub written: Vec<Written>,
    pub others: Vec<String>,
}

/// Reads one file.
pub(super) fn read(file: &ReplyFile) -> Read {
    let mut read = Read::default();
    match &file.content {
        ReplyContent::Calendar(text) => read.calendar(text, None, None),
        ReplyContent::Mail(bytes) => {
            let mail = mime::open(bytes);
            for Part { method, text } in &mail.calendars {
                read.calendar(text, method.as_deref(), mail.written);
            }
            if mail.calendars.is_empty() {
                read.others.push(nothing_in(mail.has_tnef).to_owned());
            }
        }
        ReplyContent::Unreadable(reason) => read.others.push(reason.clone()),
    }
    // The same answer stands in a mail twice: beside the text, and attached.
    read.written.dedup();
    read.others.dedup();
    read
}

fn nothing_in(has_tnef: bool) -> &'static str {
    if has_tnef {
        "The answer is in Outlook's own form (winmail.dat), which only Outlook reads: note it by hand"
    } else {
        "The mail holds no calendar, so it answers no invite"
    }
}

impl Read {
    fn calendar(&mut self, text: &str, told: Option<&str>, sent: Option<NaiveDateTime>) {
        let before = (self.written.len(), self.others.len());
        let done = each_calendar(text, |calendar, _| self.events(calendar, told, sent));
        match done {
            Ok(()) if before == (self.written.len(), self.others.len()) => {
                self.others.push("The calendar holds no event (VEVENT)".to_owned());
            }
            Ok(()) => {}
            Err(ImportError::Empty) => self.others.push("The file is empty".to_owned()),
            Err(error) => self.others.push(error.to_string()),
        }
    }

    fn events(&mut self, calendar: &ICalendar, told: Option<&str>, sent: Option<NaiveDateTime>) {
        let method = head_text(calendar, "METHOD").or_else(|| told.map(str::to_owned)).unwrap_or_default();
        let purpose = match method.to_ascii_uppercase().as_str() {
            "REPLY" => Purpose::Reply,
            "COUNTER" => Purpose::Counter,
            _ => {
                let method: String = method.chars().take(40).collect();
                let says = if method.is_empty() { "has no METHOD".to_owned() } else { format!("says METHOD:{method}") };
                return self.others.push(format!("This is no reply: the calendar {says}"));
            }
        };
        let zones = Zones::of(calendar);
        for event in events(calendar).take(MOST_RECORDS.saturating_sub(self.written.len())) {
            self.written.extend(written(event, purpose, &zones, sent));
        }
    }
}

/// What each of the event's attendees says: in a reply there is one.
fn written(
    event: &ICalendarComponent,
    purpose: Purpose,
    zones: &Zones<'_>,
    sent: Option<NaiveDateTime>,
) -> Vec<Written> {
    let time = |name| event.property(name).and_then(|entry| zones.times(entry).into_iter().next());
    let utc = |at: EventTime| match at {
        EventTime::Utc(at) => Some(at),
        _ => None,
    };
    let sequence = event.property(&ICalendarProperty::Sequence).and_then(|entry| entry.values.first()?.as_integer());
    let comments = event.properties(&ICalendarProperty::Comment).filter_map(|entry| entry.values.first()?.as_text());
    let blank = Written {
        purpose,
        uid: unwrapped(&clipped(&text_of(event, &ICalendarProperty::Uid), LONGEST_NAME)),
        summary: clipped(&text_of(event, &ICalendarProperty::Summary), LONGEST_NAME),
        sequence: sequence.unwrap_or(0),
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
        attendees => attendees.iter().map(|entry| of_attendee(blank.clone(), entry)).collect(),
    }
}

/// Somebody may have answered to all: more are not looked at.
const MOST_ATTENDEES: usize = 50;

fn of_attendee(blank: Written, entry: &ICalendarEntry) -> Written {
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
    Written {
        from,
        name: parameter(&ICalendarParameterName::Cn).trim_matches(['"', '\'']).trim().to_owned(),
        status,
        delegated_to: who(&ICalendarParameterName::DelegatedTo),
        delegated_from: who(&ICalendarParameterName::DelegatedFrom),
        sent_by: who(&ICalendarParameterName::SentBy),
        ..blank
    }
}

fn clipped(text: &str, longest: usize) -> String {
    // A character has at most four bytes: what lies beyond is never kept, and may be long.
    let text = text.get(..text.floor_char_boundary(longest * 16)).unwrap_or_default();
    one_line(text).chars().take(longest).collect()
}

/// Exchange may wrap a UID that is not its own into its `GlobalObjectId`: the text behind "vCal-Uid" and a version, in
/// hexadecimal ([MS-OXOCAL] 2.2.1.27).
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
