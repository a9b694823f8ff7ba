//! Maintenance windows: what the business is asked to approve.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    Batch, Booking, ChecklistChoice, Estimate, GroupId, Minutes, Record, Rule, SystemId, WindowId, hhmm, is_default,
};

/// A recurring or single period approved for work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    pub id: WindowId,
    pub name: String,
    #[serde(default)]
    pub kind: WindowKind,
    /// Groups whose systems are patched in it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<GroupId>,
    /// Systems besides those of the groups.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
    pub rule: Rule,
    /// Start on the wall clock of the window's zone.
    #[serde(with = "hhmm")]
    pub start: NaiveTime,
    /// Length on the wall clock: "22:00 to 04:00" is 6 h also in the night of a clock change.
    pub duration: Minutes,
    /// IANA zone name; the plan's zone where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub zone: Option<String>,
    /// No occurrence before this date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub first: Option<NaiveDate>,
    /// No occurrence after this date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub last: Option<NaiveDate>,
    /// Sorted by date, each original date once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exceptions: Vec<Exception>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub batch: Batch,
    #[serde(default, skip_serializing_if = "is_default")]
    pub work: Work,
    /// No batch starts later than this after the start; reckoned from the fit where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cutoff: Option<Minutes>,
    /// A batch with more failed hosts than this share of it stops the play; percent, as Ansible's `max_fail_percentage`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_fail_percent: Option<u8>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub irreversible: Option<Irreversible>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub checklist: ChecklistChoice,
    /// Who works in it, and who tests afterwards.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bookings: Vec<Booking>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub change_ticket: String,
    /// Expected downtime and workarounds, for the business owners.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: String,
    /// Related systems, and whose teams are told.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dependencies: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub backout: BackoutPlan,
    /// Who is told what, and how: stakeholders, customers, status page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub communication: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
    /// Rises by one whenever time, place or status of the whole window changes (RFC 5545 §3.8.7.4).
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: u32,
}

impl Record for MaintenanceWindow {
    type Id = WindowId;
    const NOUN: &'static str = "window";
    fn id(&self) -> &WindowId {
        &self.id
    }
}

impl MaintenanceWindow {
    /// A Standard window of four hours in the evening, without groups.
    pub fn new(id: WindowId, name: &str, rule: Rule) -> Self {
        Self {
            id,
            name: name.to_owned(),
            kind: WindowKind::Standard,
            groups: Vec::new(),
            systems: Vec::new(),
            rule,
            start: NaiveTime::from_hms_opt(22, 0, 0).unwrap_or_default(),
            duration: Minutes::hours(4),
            zone: None,
            first: None,
            last: None,
            exceptions: Vec::new(),
            batch: Batch::All,
            work: Work::default(),
            cutoff: None,
            max_fail_percent: None,
            irreversible: None,
            checklist: ChecklistChoice::Usual,
            bookings: Vec::new(),
            change_ticket: String::new(),
            impact: String::new(),
            dependencies: String::new(),
            backout: BackoutPlan::default(),
            communication: String::new(),
            notes: String::new(),
            sequence: 0,
        }
    }

    pub fn exception(&self, on: NaiveDate) -> Option<&Exception> {
        self.exceptions.binary_search_by_key(&on, |exception| exception.on).ok().map(|index| &self.exceptions[index])
    }

    /// Puts `change` in the place of what was said about that date. The date's sequence never falls.
    pub(super) fn set_exception(&mut self, on: NaiveDate, change: Change) {
        match self.exceptions.binary_search_by_key(&on, |exception| exception.on) {
            Ok(index) => {
                let exception = &mut self.exceptions[index];
                exception.sequence += 1;
                exception.change = change;
            }
            Err(index) => self.exceptions.insert(index, Exception { on, change, sequence: 1 }),
        }
    }

    /// Whether an owner's calendar would show the two differently: when, how long, in which zone.
    pub(super) fn differs_in_time(&self, other: &Self) -> bool {
        self.rule != other.rule
            || self.start != other.start
            || self.duration != other.duration
            || self.zone != other.zone
            || self.first != other.first
            || self.last != other.last
    }
}

/// The type of a window, which decides its usual length, frequency and notice.
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

/// What is different about the occurrence of one original date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The date that the rule gave: the occurrence's identity, whatever happens to it.
    pub on: NaiveDate,
    pub change: Change,
    /// How often it was changed; added to the window's sequence on export.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It takes place then instead; at the window's usual start where no other is given.
    Moved {
        to: NaiveDate,
        #[serde(default, skip_serializing_if = "is_default", with = "hhmm::option")]
        start: Option<NaiveTime>,
    },
    /// It does not take place.
    Skipped { reason: String },
    /// It takes place although the rule does not give the date.
    Added {
        #[serde(default, skip_serializing_if = "is_default", with = "hhmm::option")]
        start: Option<NaiveTime>,
    },
    /// As the rule says: it was changed once and put back.
    Restored,
}

/// Where the minutes of a window come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// All hosts in scope are one pool with one set of minutes.
    Pool(Estimate),
    /// Each system has its own minutes. The tracks run side by side; within a track the systems follow one
    /// another. Systems in scope that stand in no track make up one more.
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
    /// How long after the start it is taken.
    pub after: Minutes,
    /// "The database schema is migrated"
    #[serde(default, skip_serializing_if = "is_default")]
    pub step: String,
}

/// The written way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackoutPlan {
    #[serde(default, skip_serializing_if = "is_default")]
    pub steps: String,
    /// When it was last rehearsed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tested_on: Option<NaiveDate>,
}
