//! The outcome of publishing, in numbers and in words.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wording::counted;

/// How many resources had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Created, or replaced an older version of ours.
    pub sent: usize,
    /// Those of `sent` that somebody had removed from the server.
    pub restored: usize,
    pub deleted: usize,
    pub unchanged: usize,
    /// Left alone, because somebody else changed them.
    pub conflicts: usize,
    /// Rejected by the server.
    pub refused: usize,
}

/// Why something was left alone that a newer version of the plan put there.
pub const NEWER_PLAN: &str = "it was published from a newer version of this plan; open that version and publish it";

/// A resource that was left alone or rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the resource.
    pub name: String,
    /// A readable description: "Core DB patching, Sat 20 Mar 2027".
    pub title: String,
    pub reason: String,
}

/// Why publishing ended early. On screen the problem comes first; with `{:#}`, for the command line, the address does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopReason {
    problem_first: String,
    address_first: String,
}

impl StopReason {
    pub fn new(reason: impl fmt::Display) -> Self {
        Self { problem_first: reason.to_string(), address_first: format!("{reason:#}") }
    }
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { &self.address_first } else { &self.problem_first })
    }
}

/// The outcome of publishing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub counts: Counts,
    /// Sorted by name.
    pub conflicts: Vec<Problem>,
    /// Sorted by name.
    pub refused: Vec<Problem>,
    /// Why publishing ended early, if it did. What was done before that stays done.
    pub stopped: Option<StopReason>,
    /// Warnings.
    pub notes: Vec<String>,
}

impl Report {
    /// The report if publishing ended before anything was done.
    pub fn stopped(reason: impl fmt::Display) -> Self {
        Self { stopped: Some(StopReason::new(reason)), ..Self::default() }
    }

    /// Whether the whole plan is published now.
    pub fn is_complete(&self) -> bool {
        self.stopped.is_none() && self.conflicts.is_empty() && self.refused.is_empty()
    }
}

impl Counts {
    /// "12 sent, 3 deleted, 485 unchanged", without zeros.
    pub fn in_words(&self) -> String {
        let parts = [
            (self.sent, "sent"),
            (self.deleted, "deleted"),
            (self.unchanged, "unchanged"),
            (self.refused, "refused by the server"),
        ];
        let mut parts: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if self.conflicts > 0 {
            parts.push(counted(self.conflicts, "conflict"));
        }
        if parts.is_empty() { "nothing to publish".to_owned() } else { parts.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_left_out() {
        assert_eq!(Counts::default().in_words(), "nothing to publish");
        let counts = Counts { sent: 1, unchanged: 499, conflicts: 2, ..Counts::default() };
        assert_eq!(counts.in_words(), "1 sent, 499 unchanged, 2 conflicts");
    }
}
