//! One release going up one ladder: the groups that it reaches, and the first one that it misses.

use chrono::NaiveDate;

use crate::model::{FreezeId, Minutes, ReleaseId, SeverityDeadline, Subject, SystemId, UtcMinute, WindowId};
use crate::schedule::plan_schedule::Schedule;
use crate::wording::date;

/// One vendor release going up one ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub release: ReleaseId,
    pub released_at: UtcMinute,
    /// The next release of the calendar, also where it lies behind the plan's months.
    pub next_at: Option<UtcMinute>,
    /// A step for each group that is reached inside the plan, up to the first one that is not.
    pub steps: Vec<CycleStep>,
    /// The first group that is missed: through after the next release, or not reached.
    pub missed: Option<Missed>,
    /// The first group that is not reached inside the plan.
    pub unreached: Option<Missed>,
    /// Whether a group has a system that no window covers, and so is never reached.
    pub is_uncovered: bool,
    /// Whether all groups are reached.
    pub is_complete: bool,
}

/// A group that is reached in a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleStep {
    /// Index of the group on its ladder.
    pub group: usize,
    /// Earliest start that order and soak allow.
    pub allowed_at: UtcMinute,
    /// Start of the first and end of the last occurrence that it needs.
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// Wait after it before the next group.
    pub soak: Minutes,
    /// The occurrences that it needs, by start, then window.
    pub occurrences: Vec<OccurrenceKey>,
    /// The one that ends it.
    pub ended_by: OccurrenceKey,
    /// The first freeze that took an earlier occurrence away from one of its systems.
    pub displaced_by: Option<FreezeId>,
}

/// An occurrence by its identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccurrenceKey {
    pub window: WindowId,
    /// Its original date.
    pub on: NaiveDate,
}

/// A group that is not reached in its cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Index of the group on its ladder.
    pub group: usize,
    pub why: Why,
    /// The occurrence that was frozen or skipped, or that comes too early.
    pub occurrence: Option<OccurrenceKey>,
    /// Whether the plan ends before the next release: a window after its end may still reach the group.
    pub is_open: bool,
}

/// Why a group is missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No window covers that system.
    NoWindow(SystemId),
    /// That freeze takes away the occurrence that would have come in time.
    Freeze(FreezeId),
    /// The occurrence that would have come in time is skipped.
    Skipped,
    /// The plan ends before a window comes.
    AfterHorizon,
    /// Its occurrence in the cycle comes before the group before it is through.
    Order,
    /// Its occurrence in the cycle comes before the soak time is over, or the soak time lasts beyond the next release.
    Soak,
    /// Windows cover that system, but none takes place in time.
    NoOccurrence(SystemId),
}

impl Cycle {
    /// When the last group is through: 100 %.
    pub fn reached_at(&self) -> Option<UtcMinute> {
        self.steps.last().filter(|_| self.is_complete).map(|step| step.end_at)
    }

    /// From the release to 100 %.
    pub fn to_all(&self) -> Option<Minutes> {
        self.reached_at().map(|reached_at| Minutes(reached_at.since(self.released_at).max(0) as u32))
    }

    /// Full days from the release to 100 %.
    pub fn days_to_all(&self) -> Option<u32> {
        self.to_all().map(|minutes| minutes.0 / (24 * 60))
    }

    /// Whether the last group is through only after the next release.
    pub fn collides(&self) -> bool {
        self.reached_at().zip(self.next_at).is_some_and(|(reached_at, next_at)| reached_at > next_at)
    }

    /// Whether a group is certainly never reached.
    pub fn is_incomplete(&self) -> bool {
        self.is_uncovered || self.unreached.as_ref().is_some_and(|group| !group.is_open)
    }

    /// When a fix of that severity, published with the release, must be in.
    pub fn deadline_at(&self, severity: &SeverityDeadline) -> UtcMinute {
        self.released_at.plus(severity.within.signed())
    }
}

impl Missed {
    /// Why, as part of a sentence: "freeze Year end blocks Sat 18 Dec 2027".
    pub fn in_words(&self, schedule: &Schedule) -> String {
        let plan = &schedule.plan;
        let key = self.occurrence.as_ref();
        let found = key.and_then(|key| schedule.occurrence(&key.window, key.on));
        let on = found.map_or_else(|| "its window".to_owned(), |(_, occurrence)| date(occurrence.on()));
        let system = |id: &SystemId| Subject::System(id.clone()).name(plan);
        match &self.why {
            Why::NoWindow(id) => format!("no window covers {}", system(id)),
            Why::NoOccurrence(id) => format!("no window for {} takes place in time", system(id)),
            Why::Freeze(id) => {
                let freeze = Subject::Freeze(id.clone()).name(plan);
                match found {
                    Some(_) => format!("freeze {freeze} blocks {on}"),
                    None => format!("freeze {freeze} holds up the groups before it"),
                }
            }
            Why::Skipped => format!("{on} is skipped"),
            Why::AfterHorizon => "the plan ends before its window comes".to_owned(),
            Why::Order => format!("{on} comes before the previous group finishes"),
            Why::Soak if found.is_some() => format!("{on} comes before the soak time is over"),
            Why::Soak => "the soak times last beyond the next release".to_owned(),
        }
    }
}
