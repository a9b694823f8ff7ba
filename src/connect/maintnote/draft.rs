//! A notice as a file has it, and how many of them change a plan.

use super::versions::Version;
use super::words::SaidStatus;
use crate::model::{NoticeCircuit, NoticeImpact, UtcMinute};
use crate::wording::counted;
use crate::wording::typed::is_in_range;

/// A notice as a file has it.
pub struct Draft {
    /// The line of the file on which it begins.
    pub line: Option<usize>,
    pub provider: String,
    pub number: String,
    /// As written; "NO-CHANGE" if it is missing.
    pub status_word: String,
    pub status: SaidStatus,
    pub version: Version,
    /// As written.
    pub times: Option<(UtcMinute, Option<UtcMinute>)>,
    pub impact: NoticeImpact,
    pub circuits: Vec<NoticeCircuit>,
    pub account: String,
    pub name: String,
    pub text: String,
}

/// How many notices an import changes.
#[derive(Default)]
pub struct Counts {
    pub new: usize,
    pub changed: usize,
    pub removed: usize,
    /// Cancellations of notices that the plan does not have.
    pub cancelled: usize,
}

impl Counts {
    /// "3 notices (1 of them updated), removal of 1 notice"
    pub fn summary(&self) -> String {
        let put = self.new + self.changed;
        let all = counted(put, "notice");
        let text = match self.changed {
            0 => all,
            changed if changed == put => format!("{all} (updated)"),
            changed => format!("{all} ({changed} of them updated)"),
        };
        let mut parts: Vec<String> = Vec::from_iter((put > 0).then_some(text));
        parts.extend((self.removed > 0).then(|| format!("removal of {}", counted(self.removed, "notice"))));
        parts.extend((self.cancelled > 0).then(|| counted(self.cancelled, "cancellation")));
        if parts.is_empty() { counted(0, "notice") } else { parts.join(", ") }
    }
}

/// Whether a plan can have that date.
pub fn is_in_years(at: UtcMinute) -> bool {
    is_in_range(at.to_utc().date_naive())
}
