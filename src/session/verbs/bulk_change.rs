//! What can be done with several occurrences at once.

use chrono::{NaiveDate, NaiveTime};

use crate::model::{Assignee, Duty, GroupId};

/// A change of the selected occurrences.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkChange {
    /// Moves each on the clock of its window by that many minutes; negative to an earlier time.
    Move(i32),
    /// Gives each another start on its own date. Its length stays.
    Start(NaiveTime),
    /// Skips them with one reason.
    Skip(String),
    /// Resets them to their rules.
    Restore,
    /// Records an answer of all business areas.
    Note(AnswerForAllAreas),
    /// Adds a group to their windows.
    AddGroup(GroupId),
    /// Books somebody for these dates.
    Book(Assignee, Duty),
    /// Accepts their open findings.
    Accept { reason: String, by: String, until: NaiveDate },
}

impl BulkChange {
    /// Moves them by whole days, at the same time of day.
    pub fn days(days: i32) -> Self {
        Self::Move(days.saturating_mul(24 * 60))
    }
}

/// An answer that is noted for all areas at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerForAllAreas {
    Asked,
    Agreed,
}
