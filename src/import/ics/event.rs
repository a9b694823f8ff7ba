//! What a foreign calendar says, free of its syntax.

use chrono::{NaiveDate, NaiveDateTime};

use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Zone;

/// The events of a text, which may hold several calendars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    /// What the calendar calls itself (NAME or X-WR-CALNAME).
    pub name: Option<String>,
    /// In the order of the text.
    pub events: Vec<Event>,
}

/// One VEVENT. Times without a zone of their own have that of X-WR-TIMEZONE already, where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Line of its BEGIN, from 1.
    pub line: Option<usize>,
    pub uid: String,
    pub summary: String,
    pub description: String,
    pub start: EventTime,
    /// The first moment after it; the start itself where the event names no end.
    pub end: EventTime,
    /// RRULE, as it was read.
    pub rrule: Option<String>,
    /// Occurrences that do not take place (EXDATE).
    pub excluded: Vec<EventTime>,
    /// Occurrences besides those of the rule (RDATE).
    pub added: Vec<EventTime>,
    /// How often it was revised (SEQUENCE).
    pub sequence: i64,
    /// Which occurrence of the series with this UID it replaces (RECURRENCE-ID).
    pub replaces: Option<EventTime>,
    /// It stands for the later occurrences, too (RANGE=THISANDFUTURE).
    pub replaces_later: bool,
    pub is_cancelled: bool,
    /// Zone of X-WR-TIMEZONE, for instants in UTC.
    pub calendar_zone: Option<String>,
}

/// A date or a time in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventTime {
    /// The whole day, wherever one is.
    Date(NaiveDate),
    /// A reading of the clock in that zone (IANA); in the reader's zone where there is none.
    Local {
        at: NaiveDateTime,
        zone: Option<String>,
    },
    Utc(NaiveDateTime),
}

impl EventTime {
    /// What a clock in `zone` shows then; the beginning of a whole day.
    pub fn in_zone(&self, zone: &Zone) -> NaiveDateTime {
        let at = match self {
            Self::Date(on) => return on.and_time(chrono::NaiveTime::MIN),
            Self::Local { at, zone: None } => return *at,
            Self::Local { at, zone: Some(name) } if name == zone.name() => return *at,
            Self::Local { at, zone: Some(name) } => match Zone::named(name) {
                Some(own) => own.resolve(LocalMinute::from_naive(*at)).at,
                None => return *at,
            },
            Self::Utc(at) => UtcMinute::from_utc(at.and_utc()),
        };
        zone.local(at).to_naive()
    }

    /// The same for a reader whose clock is that of `home`: where a whole day begins there.
    pub fn seen_from(&self, home: &Zone, zone: &Zone) -> NaiveDateTime {
        match self {
            Self::Date(_) => {
                let midnight = home.resolve(LocalMinute::from_naive(self.in_zone(home)));
                zone.local(midnight.at).to_naive()
            }
            _ => self.in_zone(zone),
        }
    }

    /// The date as it is written.
    pub fn written_on(&self) -> NaiveDate {
        match self {
            Self::Date(on) => *on,
            Self::Local { at, .. } | Self::Utc(at) => at.date(),
        }
    }

    pub fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }
}

impl Event {
    /// What a warning calls it.
    pub fn title(&self) -> &str {
        if self.summary.is_empty() { "An event without a title" } else { &self.summary }
    }
}
