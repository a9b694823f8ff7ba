//! How publishing went, in numbers and in words.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::wording::counted;

/// How many resources came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Put there, new or in the place of an older state of ours.
    pub sent: usize,
    /// Of these, what somebody had removed there.
    pub restored: usize,
    pub deleted: usize,
    pub unchanged: usize,
    /// Somebody else's changes, left alone.
    pub conflicts: usize,
    /// What the server did not take.
    pub refused: usize,
}

/// Something that was left alone or not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Of its resource.
    pub name: String,
    /// What a person calls it.
    pub title: String,
    pub reason: String,
}

/// How publishing went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub counts: Counts,
    /// Sorted by name.
    pub conflicts: Vec<Trouble>,
    pub refused: Vec<Trouble>,
    /// Why it ended early. What was done until then is done.
    pub stopped: Option<String>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

impl Report {
    /// One that ended before anything was done.
    pub fn stopped(reason: impl Into<String>) -> Self {
        Self { stopped: Some(reason.into()), ..Self::default() }
    }

    /// Whether all of the plan is there now.
    pub fn is_complete(&self) -> bool {
        self.stopped.is_none() && self.conflicts.is_empty() && self.refused.is_empty()
    }
}

impl Counts {
    /// "12 sent, 3 deleted, 485 unchanged"; what did not happen is left out.
    pub fn in_words(&self) -> String {
        let mut text = String::new();
        let parts = [
            (self.sent, "sent"),
            (self.deleted, "deleted"),
            (self.unchanged, "unchanged"),
            (self.refused, "refused by the server"),
        ];
        for (count, what) in parts.iter().filter(|(count, _)| *count > 0) {
            // Writing into a string does not fail.
            let _ = write!(text, "{}{count} {what}", if text.is_empty() { "" } else { ", " });
        }
        if self.conflicts > 0 {
            let separator = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{separator}{}", counted(self.conflicts, "conflict"));
        }
        if text.is_empty() { "nothing to publish".to_owned() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_say_what_happened_and_not_what_did_not() {
        assert_eq!(Counts::default().in_words(), "nothing to publish");
        let counts = Counts { sent: 1, unchanged: 499, conflicts: 2, ..Counts::default() };
        assert_eq!(counts.in_words(), "1 sent, 499 unchanged, 2 conflicts");
    }
}
