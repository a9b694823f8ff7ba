//! Events of a calendar, independent of iCalendar's syntax.

use chrono::{NaiveDate, NaiveDateTime};

use crate::model::{LocalMinute, Minutes, UtcMinute};
use crate::schedule::Zone;

/// The events of a text, which may contain several calendars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    /// NAME or X-WR-CALNAME.
    pub name: Option<String>,
    /// In the order of the text.
    pub events: Vec<Event>,
}

/// One VEVENT. Times without a zone already have that of X-WR-TIMEZONE, if there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Line of its BEGIN, from 1.
    pub line: Option<usize>,
    pub uid: String,
    pub summary: String,
    pub description: String,
    pub start: EventTime,
    /// The first moment after it; the start itself if the event has no end.
    pub end: EventTime,
    /// RRULE as the parser writes it.
    pub rrule: Option<String>,
    /// Occurrences that do not take place (EXDATE).
    pub excluded: Vec<EventTime>,
    /// Occurrences in addition to those of the rule (RDATE).
    pub added: Vec<EventTime>,
    /// How often it was revised (SEQUENCE).
    pub sequence: i64,
    /// The occurrence of the series with this UID that it replaces (RECURRENCE-ID).
    pub replaces: Option<EventTime>,
    /// It also replaces all later occurrences (RANGE=THISANDFUTURE).
    pub replaces_later: bool,
    pub is_cancelled: bool,
    /// Zone of X-WR-TIMEZONE, for instants in UTC.
    pub calendar_zone: Option<String>,
}

/// A date or a time in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventTime {
    /// The whole day in any zone.
    Date(NaiveDate),
    /// A local time in that zone (IANA), or in the reader's zone if there is none.
    Local {
        at: NaiveDateTime,
        zone: Option<String>,
    },
    Utc(NaiveDateTime),
}

impl EventTime {
    /// The local time in `zone`; for a whole day its beginning.
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

    /// The local time in `zone`, with whole days beginning at midnight in `home`, the reader's zone.
    pub fn in_zone_for_reader(&self, home: &Zone, zone: &Zone) -> NaiveDateTime {
        match self {
            Self::Date(_) => {
                let midnight = home.resolve(LocalMinute::from_naive(self.in_zone(home)));
                zone.local(midnight.at).to_naive()
            }
            _ => self.in_zone(zone),
        }
    }

    /// The date as written.
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
    /// What a warning calls it: its title in quotes.
    pub fn quoted_title(&self) -> String {
        if self.summary.is_empty() { "Event without a title".to_owned() } else { format!("\"{}\"", self.summary) }
    }
}

/// The length from start to end on the wall clock.
///
/// # Errors
/// No window can be that long, with the reason.
pub(super) fn wall_clock_length(start: NaiveDateTime, end: NaiveDateTime) -> Result<Minutes, String> {
    match u32::try_from((end - start).num_minutes()) {
        Ok(0) | Err(_) => Err("it ends before it begins".to_owned()),
        Ok(minutes) if minutes > Minutes::LONGEST.0 => Err(format!("it lasts longer than {}", Minutes::LONGEST)),
        Ok(minutes) => Ok(Minutes(minutes)),
    }
}
