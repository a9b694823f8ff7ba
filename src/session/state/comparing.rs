//! What the plan is compared with: an earlier file or version, the saved plan, what owners were sent, or earlier zone data.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::schedule::{KnownTimes, Revision, Schedule};
use crate::session::state::cached::{Cached, PlanOnDay};
use crate::store::Version;

/// Something to compare the plan with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparisonBasis {
    File(PathBuf),
    /// What somebody else wrote into the plan's file or a copy of it. The differences lead from our plan to theirs.
    Theirs(PathBuf),
    /// A kept version of the plan, and when it was saved.
    Version {
        version: Version,
        saved: String,
    },
    /// The plan as it was last saved.
    Saved,
    /// The invites that owners were sent.
    Sent,
    /// The times that people know, calculated with these releases of the zone data.
    ZoneData(String),
}

impl ComparisonBasis {
    /// "plan-2026.ron", "the version of Sat 13 Mar 2027 22:05", "the saved plan", "what was sent", "zone data 2026e"
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => file_name(path),
            Self::Theirs(path) => format!("theirs, in {}", file_name(path)),
            Self::Version { saved, .. } => format!("the version of {saved}"),
            Self::Saved => "the saved plan".to_owned(),
            Self::Sent => "what was sent".to_owned(),
            Self::ZoneData(releases) => format!("zone data {releases}"),
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A basis with its schedule.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub basis: ComparisonBasis,
    /// The earlier plan; none for [`ComparisonBasis::Sent`], since the plan itself records what was sent.
    pub old: Option<Arc<Schedule>>,
}

impl Comparison {
    /// The two plans in the order in which their differences are shown. No earlier one for what was sent.
    pub fn before_and_after<'a>(&'a self, schedule: &'a Schedule) -> (Option<&'a Schedule>, &'a Schedule) {
        match (&self.basis, self.old.as_deref()) {
            (ComparisonBasis::Theirs(_), Some(theirs)) => (Some(schedule), theirs),
            (_, old) => (old, schedule),
        }
    }

    /// The differences between the earlier plan and that of `schedule`.
    pub fn revision(&self, schedule: &Schedule, today: NaiveDate) -> Revision {
        match self.before_and_after(schedule) {
            (Some(before), after) => Revision::between(before, after, today),
            (None, after) => Revision::since_sent(after, today),
        }
    }
}

/// Compares the pointers, not the schedules.
impl PartialEq for Comparison {
    fn eq(&self, other: &Self) -> bool {
        let same_old = match (&self.old, &other.old) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.basis == other.basis && same_old
    }
}

/// What the plan is compared with, and the result, which is kept up to date while the Changes view is open.
#[derive(Default)]
pub struct ComparisonState {
    pub comparison: Option<Comparison>,
    pub(in crate::session) revision: Cached<ComparisonKey, Revision>,
    /// The times that people know, if other zone data have moved some of them since.
    pub(in crate::session) known: Option<Arc<KnownTimes>>,
}

/// What a revision was calculated for: the current plan, and what it is compared with.
pub type ComparisonKey = (PlanOnDay, Comparison);
