//! The ledger: the answer of each business area for each occurrence that affects its systems.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AreaId, LocalMinute, Minutes, Record, Table, UtcMinute, WindowId, is_default};

/// One area's answer for one occurrence. Without an entry, the area was not asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerEntry {
    #[serde(rename = "of")]
    pub key: LedgerKey,
    pub agreement: Agreement,
    /// The times that the answer is about. It does not apply to other times. None for an answer that applies whenever
    /// the occurrence takes place.
    #[serde(default, skip_serializing_if = "is_default")]
    pub answered_for: Option<OccurrenceTimes>,
    /// When the reply with this answer was written; none if a person typed the answer in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub replied_at: Option<UtcMinute>,
    /// An alternative date, agreed in advance in case this one is cancelled.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reserve_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Record for LedgerEntry {
    type Id = LedgerKey;
    const NOUN: &'static str = "ledger entry";
    /// One for each area and occurrence.
    const MOST: usize = 2_000_000;
    fn id(&self) -> &LedgerKey {
        &self.key
    }
}

impl Table<LedgerEntry> {
    /// The answers for the occurrences of one window, sorted by date, then area.
    pub fn for_window(&self, window: &WindowId) -> &[Arc<LedgerEntry>] {
        self.range_by_key(window, |entry| &entry.key.window)
    }
}

/// When an occurrence takes place, on its window's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccurrenceTimes {
    pub start: LocalMinute,
    pub duration: Minutes,
}

/// An occurrence, by its original date, and a business area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LedgerKey {
    pub window: WindowId,
    pub on: NaiveDate,
    pub area: AreaId,
}

impl fmt::Display for LedgerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.window, self.on, self.area)
    }
}

/// An owner's answer for one occurrence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Agreement {
    #[default]
    NotAsked,
    /// Notice was given; there is no answer yet.
    Asked { on: NaiveDate },
    Agreed {
        on: NaiveDate,
        #[serde(default, skip_serializing_if = "is_default")]
        by: String,
    },
    Declined {
        on: NaiveDate,
        #[serde(default, skip_serializing_if = "is_default")]
        by: String,
        #[serde(default, skip_serializing_if = "is_default")]
        reason: String,
    },
}

impl Agreement {
    /// "Not asked"
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotAsked => "Not asked",
            Self::Asked { .. } => "Asked",
            Self::Agreed { .. } => "Agreed",
            Self::Declined { .. } => "Declined",
        }
    }
}
