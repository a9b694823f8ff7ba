//! The watch after a window (hypercare): how long it lasts, what is checked, and what was found.

use serde::{Deserialize, Serialize};

use super::{ChecklistBlock, ChecklistItem, Minutes, UtcMinute, is_default};

/// The watch after each occurrence of a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// In real time, from the end of the occurrence.
    pub length: Minutes,
    /// What performance is compared with: "orders per minute 120, answers under 300 ms".
    #[serde(default, skip_serializing_if = "is_default")]
    pub baseline: String,
}

impl Watch {
    /// A watch without a baseline.
    pub fn new(length: Minutes) -> Self {
        Self { length, baseline: String::new() }
    }

    /// Reads the length of a watch: a number alone is hours.
    ///
    /// # Errors
    /// The text is not a duration, or is zero.
    pub fn read_length(text: &str) -> Result<Minutes, String> {
        let digits = text.trim();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let with_unit = if is_number { format!("{digits}h") } else { digits.to_owned() };
        match with_unit.parse::<Minutes>() {
            Ok(length) if length.is_zero() => Err(format!("Invalid length \"{digits}\": a watch lasts e.g. 48h")),
            Ok(length) => Ok(length),
            Err(_) => Err(format!("Invalid length \"{digits}\": use e.g. 24h, 48h or 3d")),
        }
    }
}

/// The checks of a watch that windows with the handbook's checklist get in addition to its items.
pub fn watch_items() -> impl Iterator<Item = ChecklistItem> {
    let texts = [
        "Logs checked for errors and warnings",
        "Performance compared with the baseline",
        "Result of the watch written down",
    ];
    texts.into_iter().map(|text| ChecklistItem::new(ChecklistBlock::Watch, text))
}

/// What was found during the watch after an occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchRecord {
    /// None while nobody has said how it ended.
    #[serde(default, skip_serializing_if = "is_default")]
    pub outcome: Option<WatchOutcome>,
    /// Errors and warnings in the logs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub logs: String,
    /// Performance, compared with the baseline.
    #[serde(default, skip_serializing_if = "is_default")]
    pub performance: String,
    /// Who wrote the last of it, and when.
    pub by: String,
    pub at: UtcMinute,
}

impl WatchRecord {
    /// A record in which nothing is written yet.
    pub fn new(by: String, at: UtcMinute) -> Self {
        Self { outcome: None, logs: String::new(), performance: String::new(), by, at }
    }

    pub fn is_empty(&self) -> bool {
        self.outcome.is_none() && self.logs.is_empty() && self.performance.is_empty()
    }
}

/// How a watch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WatchOutcome {
    /// Nothing that the work has caused was found.
    Quiet,
    Faults,
}

impl WatchOutcome {
    pub const ALL: [Self; 2] = [Self::Quiet, Self::Faults];

    pub fn name(self) -> &'static str {
        match self {
            Self::Quiet => "Quiet",
            Self::Faults => "Faults found",
        }
    }
}
