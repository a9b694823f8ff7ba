//! Maintenance windows: the periods that the business is asked to approve.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    Assignee, Batch, Booking, ChecklistChoice, DatedChange, Estimate, GroupId, ImportSource, Minutes, Record, Rule,
    SystemId, Team, Watch, WindowId, WorkStrategy, hhmm, is_default,
};

/// A recurring or single period that is approved for work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    pub id: WindowId,
    pub name: String,
    /// Shown instead of a name that is too long. Empty for the one that [`super::ShortNames`] derives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub short_name: String,
    #[serde(default)]
    pub kind: WindowKind,
    /// Groups whose systems are patched in it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<GroupId>,
    /// Systems in addition to those of the groups.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
    pub rule: Rule,
    /// The start on the wall clock of the window's zone.
    #[serde(with = "hhmm")]
    pub start: NaiveTime,
    /// The length on the wall clock: "22:00 to 04:00" is 6 h, even in the night of a clock change.
    pub duration: Minutes,
    /// IANA zone name, or the id of one of the plan's own zones. None for the plan's zone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub zone: Option<String>,
    /// No occurrence before this date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub first: Option<NaiveDate>,
    /// No occurrence after this date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub last: Option<NaiveDate>,
    /// Other times from a date on. Sorted by that date, one for each date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub changes: Vec<DatedChange>,
    /// Sorted by original date, one for each date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exceptions: Vec<Exception>,
    /// What its work consists of.
    #[serde(default, skip_serializing_if = "is_default")]
    pub strategy: WorkStrategy,
    #[serde(default, skip_serializing_if = "is_default")]
    pub batch: Batch,
    #[serde(default, skip_serializing_if = "is_default")]
    pub work: Work,
    /// No batch starts later than this after the start. None to calculate it from the fit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cutoff: Option<Minutes>,
    /// A batch in which more than this percentage of hosts fail stops the patching, like Ansible's
    /// `max_fail_percentage`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_fail_percent: Option<u8>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub irreversible: Option<Irreversible>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub checklist: ChecklistChoice,
    /// The watch after each occurrence. None if nobody watches.
    #[serde(default, skip_serializing_if = "is_default")]
    pub watch: Option<Watch>,
    /// Who works in it, who tests afterwards, and who is on watch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bookings: Vec<Booking>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub change_ticket: String,
    /// Expected downtime and workarounds, for the business owners.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: String,
    /// How long each occurrence stops its systems, in minutes. None to calculate it from the work; 0 if they stay up.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact_minutes: Option<u32>,
    /// Related systems, and the teams to notify.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dependencies: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub backout: BackoutPlan,
    /// Whom to notify of what, and how: stakeholders, customers, status page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub communication: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
    /// Rises by one whenever the times of the whole window change (RFC 5545 §3.8.7.4).
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: u32,
    /// What it was imported from. None for a window that a person made.
    #[serde(default, skip_serializing_if = "is_default")]
    pub imported: Option<Box<ImportSource>>,
}

impl Record for MaintenanceWindow {
    type Id = WindowId;
    const NOUN: &'static str = "window";
    fn id(&self) -> &WindowId {
        &self.id
    }
}

impl MaintenanceWindow {
    /// A standard window of four hours in the evening, without groups.
    pub fn new(id: WindowId, name: &str, rule: Rule) -> Self {
        Self {
            id,
            name: name.to_owned(),
            short_name: String::new(),
            kind: WindowKind::Standard,
            groups: Vec::new(),
            systems: Vec::new(),
            rule,
            start: NaiveTime::from_hms_opt(22, 0, 0).unwrap_or_default(),
            duration: Minutes::hours(4),
            zone: None,
            first: None,
            last: None,
            changes: Vec::new(),
            exceptions: Vec::new(),
            strategy: WorkStrategy::Scheduled,
            batch: Batch::All,
            work: Work::default(),
            cutoff: None,
            max_fail_percent: None,
            irreversible: None,
            checklist: ChecklistChoice::Usual,
            watch: None,
            bookings: Vec::new(),
            change_ticket: String::new(),
            impact: String::new(),
            impact_minutes: None,
            dependencies: String::new(),
            backout: BackoutPlan::default(),
            communication: String::new(),
            notes: String::new(),
            sequence: 0,
            imported: None,
        }
    }

    /// The shortest length that the window gives to any of its occurrences.
    pub(super) fn shortest(&self) -> Minutes {
        let own = self.exceptions.iter().filter_map(|exception| exception.change.duration());
        let dated = self.changes.iter().filter_map(|change| change.duration);
        own.chain(dated).fold(self.duration, Minutes::min)
    }

    /// Whether the team, or one of its members, is booked for it.
    pub fn has_booked(&self, team: &Team) -> bool {
        self.bookings.iter().any(|booking| match &booking.who {
            Assignee::Team(id) => *id == team.id,
            Assignee::Person(person) => team.people.contains(person),
        })
    }

    /// The exception for an original date.
    pub fn exception(&self, on: NaiveDate) -> Option<&Exception> {
        self.exceptions.binary_search_by_key(&on, |exception| exception.on).ok().map(|index| &self.exceptions[index])
    }

    /// Whether the occurrence of that original date starts at a time that was entered for it alone.
    pub fn has_own_start(&self, on: NaiveDate) -> bool {
        self.exception(on).is_some_and(|exception| match exception.change {
            OccurrenceChange::Moved { start, .. } | OccurrenceChange::Added { start, .. } => start.is_some(),
            OccurrenceChange::Skipped { .. } | OccurrenceChange::Restored => false,
        })
    }

    /// Adds or replaces the exception for a date. The date's sequence never decreases.
    pub fn set_exception(&mut self, on: NaiveDate, change: OccurrenceChange) {
        match self.exceptions.binary_search_by_key(&on, |exception| exception.on) {
            Ok(index) => {
                let exception = &mut self.exceptions[index];
                let stays = matches!(change, OccurrenceChange::Moved { .. } | OccurrenceChange::Skipped { .. });
                exception.was_added = exception.is_added() && stays;
                exception.sequence = exception.sequence.saturating_add(1);
                exception.change = change;
            }
            Err(index) => self.exceptions.insert(index, Exception { on, change, sequence: 1, was_added: false }),
        }
    }

    /// Whether the times of the two differ, so that an owner's calendar must be updated. Single dates have their own
    /// sequence.
    pub(super) fn differs_in_time(&self, other: &Self) -> bool {
        // All fields are listed, so that the compiler asks about a new one.
        let Self {
            rule,
            start,
            duration,
            zone,
            first,
            last,
            changes,
            id: _,
            name: _,
            short_name: _,
            kind: _,
            groups: _,
            systems: _,
            exceptions: _,
            strategy: _,
            batch: _,
            work: _,
            cutoff: _,
            max_fail_percent: _,
            irreversible: _,
            checklist: _,
            watch: _,
            bookings: _,
            change_ticket: _,
            impact: _,
            impact_minutes: _,
            dependencies: _,
            backout: _,
            communication: _,
            notes: _,
            sequence: _,
            imported: _,
        } = self;
        (rule, start, duration, zone, first, last, changes)
            != (&other.rule, &other.start, &other.duration, &other.zone, &other.first, &other.last, &other.changes)
    }
}

/// The type of a window, which determines its usual length, frequency and notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WindowKind {
    #[default]
    Standard,
    Emergency,
    Extended,
    Rolling,
}

impl WindowKind {
    pub const ALL: [Self; 4] = [Self::Standard, Self::Emergency, Self::Extended, Self::Rolling];

    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Emergency => "Emergency",
            Self::Extended => "Extended",
            Self::Rolling => "Rolling",
        }
    }
}

/// A change to the occurrence of one original date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The date given by the rule. It identifies the occurrence, even after it is moved.
    pub on: NaiveDate,
    pub change: OccurrenceChange,
    /// How often it was changed. Added to the window's sequence on export.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: u32,
    /// Whether a moved or skipped occurrence was added before, so that moving it back to the date `on`, or restoring it,
    /// does not remove it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub was_added: bool,
}

impl Exception {
    /// Whether the occurrence was added, even if it was moved afterwards.
    pub fn is_added(&self) -> bool {
        self.was_added || matches!(self.change, OccurrenceChange::Added { .. })
    }
}

/// What an exception does to an occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OccurrenceChange {
    /// It is moved to another date, and to another start and length if they are given. A changed start or length alone
    /// is a move to the same date.
    Moved {
        to: NaiveDate,
        #[serde(default, skip_serializing_if = "is_default", with = "hhmm::option")]
        start: Option<NaiveTime>,
        #[serde(default, skip_serializing_if = "is_default")]
        duration: Option<Minutes>,
    },
    /// It is cancelled.
    Skipped { reason: String },
    /// It is added on a date that the rule does not give.
    Added {
        #[serde(default, skip_serializing_if = "is_default", with = "hhmm::option")]
        start: Option<NaiveTime>,
        #[serde(default, skip_serializing_if = "is_default")]
        duration: Option<Minutes>,
    },
    /// It follows the rule again after an earlier change.
    Restored,
}

impl OccurrenceChange {
    /// The length that it gives to the occurrence, if any.
    pub fn duration(&self) -> Option<Minutes> {
        match self {
            Self::Moved { duration, .. } | Self::Added { duration, .. } => *duration,
            Self::Skipped { .. } | Self::Restored => None,
        }
    }
}

/// The source of a window's minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// All hosts in scope form one pool with one estimate.
    Pool(Estimate),
    /// Each system has its own estimate. Tracks run in parallel; the systems within a track run one after another.
    /// Systems in scope without a track form an additional one.
    Tracks(Vec<Vec<SystemId>>),
}

impl Default for Work {
    fn default() -> Self {
        Self::Tracks(Vec::new())
    }
}

/// The point of no return: a step after which rolling back is impossible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Irreversible {
    /// How long after the start it happens.
    pub after: Minutes,
    /// What happens: "The database schema is migrated".
    #[serde(default, skip_serializing_if = "is_default")]
    pub step: String,
}

/// The written plan for rolling back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackoutPlan {
    #[serde(default, skip_serializing_if = "is_default")]
    pub steps: String,
    /// The date of the last rehearsal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tested_on: Option<NaiveDate>,
}
