//! Dates and times of a calendar, in the zone that it names or defines.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::model::{CustomZone, LocalMinute, UtcMinute};
use crate::schedule::Zone;

/// A zone that a calendar names, or defines if no known zone has its offsets.
#[derive(Clone, Debug)]
pub struct EventZone {
    zone: Arc<Zone>,
    /// Its definition, if it is not an IANA zone.
    custom: Option<Arc<CustomZone>>,
}

impl EventZone {
    /// The zone with this IANA name.
    pub fn named(name: &str) -> Option<Self> {
        Zone::named(name).map(|zone| Self { zone, custom: None })
    }

    /// A zone that only the calendar defines.
    pub fn defined(zone: CustomZone) -> Self {
        Self { zone: Zone::custom(&zone), custom: Some(Arc::new(zone)) }
    }

    /// Its definition, if it is not an IANA zone.
    pub fn custom(&self) -> Option<&CustomZone> {
        self.custom.as_deref()
    }

    pub fn name(&self) -> &str {
        self.zone.name()
    }

    pub fn zone(&self) -> &Arc<Zone> {
        &self.zone
    }
}

impl PartialEq for EventZone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.custom == other.custom
    }
}

impl Eq for EventZone {}

impl Hash for EventZone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

/// A date or a time in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventTime {
    /// The whole day in any zone.
    Date(NaiveDate),
    /// A local time in that zone, or in the reader's zone if there is none.
    Local {
        at: NaiveDateTime,
        zone: Option<EventZone>,
    },
    Utc(NaiveDateTime),
}

impl EventTime {
    /// The instant. Whole days begin at midnight in `home`, the reader's zone.
    pub fn instant(&self, home: &Zone) -> UtcMinute {
        let resolve = |zone: &Zone, at: NaiveDateTime| zone.resolve(LocalMinute::from_naive(at)).at;
        match self {
            Self::Date(on) => resolve(home, on.and_time(NaiveTime::MIN)),
            Self::Local { at, zone: None } => resolve(home, *at),
            Self::Local { at, zone: Some(own) } => resolve(own.zone(), *at),
            Self::Utc(at) => UtcMinute::from_utc(at.and_utc()),
        }
    }

    /// The local time in `zone`; a whole day begins at midnight in any zone. A time of the reader's zone stays as written.
    pub fn in_zone(&self, zone: &Zone) -> NaiveDateTime {
        match self {
            Self::Date(on) => on.and_time(NaiveTime::MIN),
            Self::Local { at, zone: None } => whole_minutes(*at),
            Self::Local { at, zone: Some(own) } if own.name() == zone.name() => whole_minutes(*at),
            Self::Local { zone: Some(_), .. } | Self::Utc(_) => zone.local(self.instant(zone)).to_naive(),
        }
    }

    /// The date and time as written, without seconds.
    pub fn written_at(&self) -> NaiveDateTime {
        match self {
            Self::Date(on) => on.and_time(NaiveTime::MIN),
            Self::Local { at, .. } | Self::Utc(at) => whole_minutes(*at),
        }
    }

    /// The date and time as written.
    pub fn written_to_the_second(&self) -> NaiveDateTime {
        match self {
            Self::Date(on) => on.and_time(NaiveTime::MIN),
            Self::Local { at, .. } | Self::Utc(at) => *at,
        }
    }

    /// The date as written.
    pub fn written_on(&self) -> NaiveDate {
        self.written_at().date()
    }

    /// A time of the same kind and zone, at another local time.
    pub fn at_local(&self, at: NaiveDateTime) -> Self {
        match self {
            Self::Date(_) => Self::Date(at.date()),
            Self::Local { zone, .. } => Self::Local { at, zone: zone.clone() },
            Self::Utc(_) => Self::Utc(at),
        }
    }

    /// A time of the same kind and zone, later by a length of the clock. `None` after the last possible date.
    pub fn later(&self, length: TimeDelta) -> Option<Self> {
        self.written_at().checked_add_signed(length).map(|at| self.at_local(at))
    }

    /// The zone that it names.
    pub fn named_zone(&self) -> Option<&EventZone> {
        match self {
            Self::Local { zone, .. } => zone.as_ref(),
            Self::Date(_) | Self::Utc(_) => None,
        }
    }

    /// Reads a time without a zone on that clock.
    pub fn set_missing_zone(&mut self, clock: &EventZone) {
        if let Self::Local { zone: zone @ None, .. } = self {
            *zone = Some(clock.clone());
        }
    }

    /// The zone whose clock it is on; the reader's for whole days and times without a zone.
    pub fn own_zone(&self, home: &Arc<Zone>) -> Arc<Zone> {
        match self {
            Self::Local { zone: Some(own), .. } => Arc::clone(own.zone()),
            Self::Utc(_) => Zone::utc(),
            Self::Date(_) | Self::Local { zone: None, .. } => Arc::clone(home),
        }
    }

    pub fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }
}

fn whole_minutes(at: NaiveDateTime) -> NaiveDateTime {
    at.with_second(0).unwrap_or(at)
}
