//! What a record was imported from, so that later files can change or remove it.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{FieldPrints, Record, is_default};

/// The calendar and the events that a record was imported from, or a table, which has no events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSource {
    /// The name of the calendar, or of its file, or of the table.
    #[serde(default)]
    pub source: String,
    /// The events that gave the record, sorted.
    #[serde(default)]
    pub events: Vec<ImportedEvent>,
    /// A fingerprint of each field as it was imported. One that differs from the field was changed by a person since.
    #[serde(default)]
    pub fields: FieldPrints,
}

/// An event of another program's calendar, in the version that was imported last.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ImportedEvent {
    pub uid: String,
    /// The original date of the one occurrence that it gave; none if it gave the whole record.
    #[serde(rename = "date", default, skip_serializing_if = "is_default")]
    pub on: Option<NaiveDate>,
    /// The occurrence of a series that it replaces (RECURRENCE-ID), or that the record alone has, in UTC; none for whole
    /// events, and for occurrences as the series gives them.
    #[serde(rename = "occurrence", default, skip_serializing_if = "is_default")]
    pub occurrence_at: Option<NaiveDateTime>,
    /// How often it was revised (SEQUENCE).
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: i64,
    /// When this version was written (DTSTAMP), in UTC.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stamp: Option<NaiveDateTime>,
}

/// Events of a calendar that were cancelled. Older versions of them do not bring back what they gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelledEvents {
    /// The name of the calendar, or of the file that cancelled them.
    #[serde(default)]
    pub source: String,
    /// In the version that cancelled them, sorted.
    pub events: Vec<ImportedEvent>,
}

impl Record for CancelledEvents {
    type Id = String;
    const NOUN: &'static str = "calendar";
    fn id(&self) -> &String {
        &self.source
    }
}
