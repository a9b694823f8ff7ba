//! A release climbing a ladder: the groups that it reaches, and the first one that it misses.

use chrono::NaiveDate;

use crate::model::{FreezeId, Minutes, ReleaseId, SeverityDeadline, Subject, SystemId, UtcMinute, WindowId};
use crate::schedule::plan_schedule::Schedule;
use crate::wording::date;

/// A vendor release climbing a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub release: ReleaseId,
    pub released_at: UtcMinute,
    /// The next release of the calendar, even if it is after the plan's months.
    pub next_at: Option<UtcMinute>,
    /// A step for each group that is reached within the plan, up to the first one that is not.
    pub steps: Vec<CycleStep>,
    /// The first group that is missed: it is reached after the next release, or not at all.
    pub missed: Option<MissedGroup>,
    /// The first group that is not reached within the plan.
    pub unreached: Option<MissedGroup>,
    /// Whether a group has a system that no window covers, and so is never reached.
    pub is_uncovered: bool,
    /// Whether all groups are reached.
    pub is_complete: bool,
}

/// A group that is reached in a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleStep {
    /// The index of the group on its ladder.
    pub group: usize,
    /// The earliest start that the order of groups and the soak time allow.
    pub allowed_at: UtcMinute,
    /// The start of the first occurrence that it needs, and the end of the last one.
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// The time to wait after it before the next group.
    pub soak: Minutes,
    /// The occurrences that it needs, by start, then by window.
    pub occurrences: Vec<OccurrenceKey>,
    /// The occurrence that ends last.
    pub ended_by: OccurrenceKey,
    /// The first freeze that blocked an earlier occurrence for one of its systems.
    pub displaced_by: Option<FreezeId>,
}

/// Identifies an occurrence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccurrenceKey {
    pub window: WindowId,
    /// Its original date.
    pub on: NaiveDate,
}

/// A group that is not reached in its cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedGroup {
    /// The index of the group on its ladder.
    pub group: usize,
    pub why: MissReason,
    /// The occurrence that was blocked, skipped, or too early.
    pub occurrence: Option<OccurrenceKey>,
    /// Whether the plan ends before the next release. A window after its end may still reach the group.
    pub is_open: bool,
}

/// Why a group is missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissReason {
    /// No window covers this system.
    NoWindow(SystemId),
    /// This freeze blocks the occurrence that would have been in time.
    Freeze(FreezeId),
    /// The occurrence that would have been in time is skipped.
    Skipped,
    /// The plan ends before the next window.
    AfterHorizon,
    /// Its occurrence in the cycle is before the end of the previous group.
    Order,
    /// Its occurrence in the cycle is before the end of the soak time, or the soak time ends after the next release.
    Soak,
    /// Windows cover this system, but none takes place in time.
    NoOccurrence(SystemId),
}

impl Cycle {
    /// When the last group is reached: 100 %.
    pub fn reached_at(&self) -> Option<UtcMinute> {
        self.steps.last().filter(|_| self.is_complete).map(|step| step.end_at)
    }

    /// The time from the release to 100 %.
    pub fn to_all(&self) -> Option<Minutes> {
        self.reached_at().map(|reached_at| Minutes(reached_at.since(self.released_at).max(0) as u32))
    }

    /// The full days from the release to 100 %.
    pub fn days_to_all(&self) -> Option<u32> {
        self.to_all().map(|minutes| minutes.0 / (24 * 60))
    }

    /// Whether the last group is only reached after the next release.
    pub fn collides(&self) -> bool {
        self.reached_at().zip(self.next_at).is_some_and(|(reached_at, next_at)| reached_at > next_at)
    }

    /// Whether a group is certainly never reached.
    pub fn is_incomplete(&self) -> bool {
        self.is_uncovered || self.unreached.as_ref().is_some_and(|group| !group.is_open)
    }

    /// The deadline for a fix of this severity that was published with the release.
    pub fn deadline_at(&self, severity: &SeverityDeadline) -> UtcMinute {
        self.released_at.plus(severity.within.signed())
    }
}

impl MissedGroup {
    /// The reason as part of a sentence: "freeze Year end blocks Sat 18 Dec 2027".
    pub fn in_words(&self, schedule: &Schedule) -> String {
        let plan = &schedule.plan;
        let key = self.occurrence.as_ref();
        let found = key.and_then(|key| schedule.occurrence(&key.window, key.on));
        let on = found.map_or_else(|| "its window".to_owned(), |(_, occurrence)| date(occurrence.on()));
        let system = |id: &SystemId| Subject::System(id.clone()).name(plan);
        match &self.why {
            MissReason::NoWindow(id) => format!("no window covers {}", system(id)),
            MissReason::NoOccurrence(id) => format!("no window for {} takes place in time", system(id)),
            MissReason::Freeze(id) => {
                let freeze = Subject::Freeze(id.clone()).name(plan);
                match found {
                    Some(_) => format!("freeze {freeze} blocks {on}"),
                    None => format!("freeze {freeze} delays the groups before it"),
                }
            }
            MissReason::Skipped => format!("{on} is skipped"),
            MissReason::AfterHorizon => "the plan ends before its next window".to_owned(),
            MissReason::Order => format!("{on} is before the previous group is done"),
            MissReason::Soak if found.is_some() => format!("{on} is before the soak time ends"),
            MissReason::Soak => "the soak times end after the next release".to_owned(),
        }
    }
}
