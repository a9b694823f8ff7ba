//! The record of a night: who ticked which item and when, the status updates, and the ending.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ChecklistBlock, Record, Table, UtcMinute, WatchRecord, WindowId, is_default};

/// The record of one occurrence, kept while it runs and printed afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NightRecord {
    #[serde(rename = "of")]
    pub key: NightKey,
    /// In the order in which they were ticked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ticks: Vec<Tick>,
    /// The status updates, one for each due time. The program sorts them when it adds one.
    #[serde(rename = "told", default, skip_serializing_if = "is_default")]
    pub status_updates: Vec<StatusUpdate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub ending: Option<Ending>,
    /// What was found during the watch afterwards.
    #[serde(default, skip_serializing_if = "is_default")]
    pub watch: Option<WatchRecord>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl NightRecord {
    pub fn new(key: NightKey) -> Self {
        Self { key, ticks: Vec::new(), status_updates: Vec::new(), ending: None, watch: None, notes: String::new() }
    }

    /// Whether work has begun. Notes do not count, because they can be written long before.
    pub fn has_begun(&self) -> bool {
        !self.ticks.is_empty() || !self.status_updates.is_empty() || self.ending.is_some() || self.watch.is_some()
    }
}

impl Record for NightRecord {
    type Id = NightKey;
    const NOUN: &'static str = "night";
    fn id(&self) -> &NightKey {
        &self.key
    }
}

/// An occurrence, by its original date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NightKey {
    pub window: WindowId,
    pub on: NaiveDate,
}

impl fmt::Display for NightKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.window, self.on)
    }
}

/// A completed item. It contains the item's text, so that the record does not change when the checklist changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    pub block: ChecklistBlock,
    pub item: String,
    pub by: String,
    pub at: UtcMinute,
}

/// A status update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusUpdate {
    /// When it was due.
    pub due_at: UtcMinute,
    pub text: String,
    pub by: String,
    pub at: UtcMinute,
}

/// How the night ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub outcome: Outcome,
    pub by: String,
    pub at: UtcMinute,
}

/// The result of a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    Done,
    RolledBack,
    /// Work continued after the end of the window.
    Overran,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Done, Self::RolledBack, Self::Overran];

    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::RolledBack => "Rolled back",
            Self::Overran => "Overran",
        }
    }
}

impl Table<NightRecord> {
    /// The record of one occurrence, if there is one.
    pub fn for_occurrence(&self, window: &WindowId, on: NaiveDate) -> Option<&NightRecord> {
        self.get(&NightKey { window: window.clone(), on }).map(|night| &**night)
    }
}
