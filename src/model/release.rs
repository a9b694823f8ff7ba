//! Release calendars: when vendors publish. They are data, because vendors change their rules.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{MonthDay, Record, ReleaseId, hhmm, is_default};

/// One vendor's publishing rules over the years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleaseCalendar {
    pub id: ReleaseId,
    /// The name of the day: "Patch Tuesday".
    pub name: String,
    pub vendor: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cadences: Vec<ReleaseCadence>,
}

impl Record for ReleaseCalendar {
    type Id = ReleaseId;
    const NOUN: &'static str = "release calendar";
    fn id(&self) -> &ReleaseId {
        &self.id
    }
}

/// A vendor's publishing rule during the time for which it is valid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleaseCadence {
    pub on: MonthDay,
    /// The months, from 1 to 12, in which it applies. Empty for every month.
    #[serde(default, skip_serializing_if = "is_default")]
    pub months: Vec<u8>,
    /// The time in the vendor's zone. A release is an instant, which has different local dates around the world.
    #[serde(with = "hhmm")]
    pub time: NaiveTime,
    pub zone: String,
    /// The first date on which it is valid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub valid_from: Option<NaiveDate>,
    /// The last date on which it is valid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub valid_to: Option<NaiveDate>,
}
