//! What can be noted during a night and during the watch after it.

use crate::model::{ChecklistBlock, Outcome, UtcMinute, WatchOutcome};

/// Something to note during a night, as one undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NightStep {
    /// Ticks an item of the checklist.
    Tick(ChecklistBlock, String),
    /// Removes the tick of the `nth` item with that text.
    Untick {
        block: ChecklistBlock,
        item: String,
        nth: usize,
    },
    /// Records the status update that was due at that instant.
    UpdateStatus(UtcMinute, String),
    End(Outcome),
    /// Removes the outcome, so that the night can continue.
    Reopen,
    Notes(String),
    /// Something about the watch afterwards.
    Watch(WatchNote),
}

/// A part of the record of a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchNote {
    /// None removes it, so that the watch continues.
    Outcome(Option<WatchOutcome>),
    /// Errors and warnings in the logs.
    Logs(String),
    /// Performance, compared with the baseline.
    Performance(String),
}
