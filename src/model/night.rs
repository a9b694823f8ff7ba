//! What was done in a night: who ticked what when, what was told, and how it ended.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Block, Record, Table, UtcMinute, WindowId, is_default};

/// The record of one occurrence, kept while it runs and printed afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NightRecord {
    pub of: NightKey,
    /// In the order in which they were made.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ticks: Vec<Tick>,
    /// Sorted by when they were due, each once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub told: Vec<Told>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub ending: Option<Ending>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl NightRecord {
    pub fn new(of: NightKey) -> Self {
        Self { of, ticks: Vec::new(), told: Vec::new(), ending: None, notes: String::new() }
    }

    /// Whether something of it was done: notes can be written down long before.
    pub fn has_begun(&self) -> bool {
        !self.ticks.is_empty() || !self.told.is_empty() || self.ending.is_some()
    }
}

impl Record for NightRecord {
    type Id = NightKey;
    const NOUN: &'static str = "night";
    fn id(&self) -> &NightKey {
        &self.of
    }
}

/// Which occurrence, by its original date.
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

/// An item that was done. It says the item's words, so that the record stays what it was when the checklist changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    pub block: Block,
    pub item: String,
    pub by: String,
    pub at: UtcMinute,
}

/// A status update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The row that it stands in.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    Done,
    RolledBack,
    /// It went on after the end.
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
    /// The record of one occurrence, where something was written down.
    pub fn of_occurrence(&self, window: &WindowId, on: NaiveDate) -> Option<&NightRecord> {
        self.get(&NightKey { window: window.clone(), on }).map(|night| &**night)
    }
}
