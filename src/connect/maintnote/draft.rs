//! A notice as a file has it, and how many of them change a plan.

use super::direct_connect::AnnouncedWork;
use super::versions::Version;
use super::words::{self, SaidStatus};
use crate::model::{NoticeCircuit, NoticeImpact, UtcMinute};
use crate::wording::counted;
use crate::wording::typed::is_in_range;

/// A notice as a file has it.
pub struct Draft {
    /// The line of the file on which it begins.
    pub line: Option<usize>,
    pub provider: String,
    pub number: String,
    /// The UID of its event; empty if there is none.
    pub uid: String,
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

impl Draft {
    /// That of a work which a mail announces in words.
    pub fn of_work(work: AnnouncedWork) -> Self {
        let status = if work.is_cancelled { "CANCELLED" } else { "CONFIRMED" };
        Self {
            line: None,
            provider: "aws".to_owned(),
            number: work.number,
            uid: String::new(),
            status_word: status.to_owned(),
            status: words::status(status),
            version: Version { sequence: -1, written: work.written.map(|at| UtcMinute::from_utc(at.and_utc())) },
            times: Some((work.starts_at, Some(work.ends_at))),
            impact: NoticeImpact::Outage,
            circuits: work.circuits.into_iter().map(|id| NoticeCircuit { id, impact: None }).collect(),
            account: work.account,
            name: "AWS Direct Connect maintenance".to_owned(),
            text: work.sentence,
        }
    }

    /// Whether it says which work it is about.
    pub fn is_known_work(&self) -> bool {
        !self.provider.is_empty() && !self.number.is_empty()
    }

    /// Whether both are about the same times and circuits.
    pub fn is_same_work_as(&self, other: &Self) -> bool {
        let ids = |draft: &Self| draft.circuits.iter().map(|circuit| circuit.id.to_lowercase()).collect::<Vec<_>>();
        self.times == other.times && ids(self) == ids(other)
    }
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
