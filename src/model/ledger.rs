//! The ledger: what each business area answered for each occurrence that touches its systems.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AreaId, BusinessArea, LocalMinute, Minutes, Plan, Record, Table, UtcMinute, WindowId, WindowKind, is_default,
};

/// One area's answer for one occurrence. Where there is no entry, the area was not asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerEntry {
    pub of: LedgerKey,
    pub agreement: Agreement,
    /// For which times of the occurrence the answer was given: it does not hold for others. Whenever it takes place,
    /// where there are none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub answered_for: Option<Times>,
    /// When the reply was written that this answer was read from; none where a person typed it in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub replied_at: Option<UtcMinute>,
    /// A date agreed beforehand for the case that this one is lost.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reserve_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Record for LedgerEntry {
    type Id = LedgerKey;
    const NOUN: &'static str = "ledger entry";
    fn id(&self) -> &LedgerKey {
        &self.of
    }
}

impl Table<LedgerEntry> {
    /// The answers for the occurrences of one window, sorted by date, then area.
    pub fn of_window(&self, window: &WindowId) -> &[Arc<LedgerEntry>] {
        let all = self.as_slice();
        let from = all.partition_point(|entry| entry.of.window < *window);
        let of_window = all[from..].partition_point(|entry| entry.of.window == *window);
        &all[from..from + of_window]
    }
}

impl Plan {
    /// How many days before the start that area must know of windows of that type; none where notice is informational.
    pub fn notice_days(&self, kind: WindowKind, area: &BusinessArea) -> Option<u16> {
        area.notice_days.or_else(|| self.policy.window_type(kind).and_then(|window_type| window_type.notice_days))
    }
}

/// When an occurrence takes place, on its window's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub start: LocalMinute,
    pub duration: Minutes,
}

/// Which occurrence (by its original date), and whose answer.
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
