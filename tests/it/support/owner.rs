//! The calendar of one business owner, as a mail program keeps it: applies what it is sent by the rules of RFC 5546.

use std::collections::BTreeMap;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue, Uri,
};
use chrono::{NaiveDate, NaiveDateTime};
use windowsill::model::{LocalMinute, UtcMinute};
use windowsill::schedule::Zone;

/// Its events by UID; cancelled ones stay, so that older messages are recognised as outdated.
#[derive(Default)]
pub struct Calendar(pub BTreeMap<String, Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub sequence: u32,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    pub is_cancelled: bool,
}

impl Calendar {
    /// Imports one file. Fails if it is outdated, a duplicate, or about an event that the owner does not have.
    pub fn apply(&mut self, address: &str, text: &str) {
        let (uid, entry) = read(address, text);
        let before = self.0.insert(uid.clone(), entry.clone());
        match before {
            None => assert!(!entry.is_cancelled && entry.sequence == 0, "{uid} was never there: {entry:?}"),
            Some(before) => {
                assert!(entry.sequence > before.sequence, "{uid} is stale: {entry:?} after {before:?}");
                if entry.is_cancelled {
                    assert!(!before.is_cancelled, "{uid} is cancelled twice: {entry:?}");
                } else {
                    let is_same = (before.start_at, before.end_at) == (entry.start_at, entry.end_at);
                    assert!(before.is_cancelled || !is_same, "{uid} is a duplicate: {entry:?}");
                }
            }
        }
    }

    /// A file that was sent before changes nothing.
    pub fn knows(&self, address: &str, text: &str) {
        let (uid, entry) = read(address, text);
        assert_eq!(self.0.get(&uid), Some(&entry), "{uid}");
    }
}

/// The one event of a file to that address.
pub fn read(address: &str, text: &str) -> (String, Entry) {
    let calendar = ICalendar::parse(text).expect("a calendar");
    let of_kind = |kind| calendar.components.iter().filter(move |each| each.component_type == kind);
    let method = calendar.components.iter().find_map(|each| value(each, &ICalendarProperty::Method));
    let method = method.map(|value| format!("{value:?}").to_lowercase()).expect("a method");
    let events: Vec<_> = of_kind(ICalendarComponentType::VEvent).collect();
    let [event] = events.as_slice() else { panic!("{} events: {text}", events.len()) };
    let attendees: Vec<_> = event.entries.iter().filter(|each| each.name == ICalendarProperty::Attendee).collect();
    assert_eq!(attendees.len(), 1, "{text}");
    assert_eq!(address_of(attendees[0].values.first()), format!("mailto:{address}"));
    let Some(ICalendarValue::Text(uid)) = value(event, &ICalendarProperty::Uid) else { panic!("no UID: {text}") };
    let Some(ICalendarValue::Integer(sequence)) = value(event, &ICalendarProperty::Sequence) else {
        panic!("no SEQUENCE: {text}")
    };
    let is_cancelled = method.contains("cancel");
    assert!(is_cancelled || method.contains("request"), "{method}");
    let entry = Entry {
        sequence: (*sequence).try_into().unwrap(),
        start_at: instant(event, &ICalendarProperty::Dtstart),
        end_at: instant(event, &ICalendarProperty::Dtend),
        is_cancelled,
    };
    (uid.clone(), entry)
}

fn value<'a>(component: &'a ICalendarComponent, property: &ICalendarProperty) -> Option<&'a ICalendarValue> {
    component.entries.iter().find(|entry| entry.name == *property).and_then(|entry| entry.values.first())
}

fn address_of(value: Option<&ICalendarValue>) -> String {
    match value {
        Some(ICalendarValue::Text(address)) => address.clone(),
        Some(ICalendarValue::Uri(Uri::Location(address))) => address.clone(),
        other => panic!("no address: {other:?}"),
    }
}

fn instant(event: &ICalendarComponent, property: &ICalendarProperty) -> UtcMinute {
    let entry = event.entries.iter().find(|entry| entry.name == *property).expect("a time");
    let Some(ICalendarValue::PartialDateTime(value)) = entry.values.first() else { panic!("{entry:?}") };
    let on =
        NaiveDate::from_ymd_opt(value.year.unwrap().into(), value.month.unwrap().into(), value.day.unwrap().into());
    let local: NaiveDateTime =
        on.unwrap().and_hms_opt(value.hour.unwrap().into(), value.minute.unwrap().into(), 0).unwrap();
    let zone = entry.tz_id().map_or_else(Zone::utc, |name| Zone::named(name).expect("a zone"));
    zone.resolve(LocalMinute::from_naive(local)).at
}
