//! What became of the work: results of systems, and the scans that follow.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AreaId, Environment, GroupId, Record, System, SystemClass, SystemId, Table, UtcMinute, WindowId, is_default,
};

/// What became of one system in one occurrence.
///
/// It stores the environment, area, groups and class that the system had then, so that later changes of the plan do not
/// change the figures of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemResult {
    #[serde(rename = "of")]
    pub key: ResultKey,
    /// The hosts in scope. Never fewer than were attempted and skipped ([`SystemResult::in_scope`]).
    #[serde(default, skip_serializing_if = "is_default")]
    pub hosts: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub attempted: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub patched: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub failed: u32,
    /// Hosts that nobody attempted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skipped: u32,
    /// Why hosts were skipped.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skip_reason: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reboots_attempted: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reboots_successful: u32,
    /// The actual start. None if nobody recorded it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub started_at: Option<UtcMinute>,
    /// The actual end. None if nobody recorded it: then the planned end counts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ended_at: Option<UtcMinute>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_rolled_back: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub environment: Environment,
    #[serde(default, skip_serializing_if = "is_default")]
    pub area: Option<AreaId>,
    /// The groups that the system was in, sorted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<GroupId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: SystemClass,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl SystemResult {
    /// A result without numbers, of a system as it is now and the groups it is in.
    pub fn new(key: ResultKey, system: &System, groups: Vec<GroupId>) -> Self {
        Self {
            key,
            hosts: system.hosts,
            attempted: 0,
            patched: 0,
            failed: 0,
            skipped: 0,
            skip_reason: String::new(),
            reboots_attempted: 0,
            reboots_successful: 0,
            started_at: None,
            ended_at: None,
            is_rolled_back: false,
            environment: system.environment,
            area: system.area.clone(),
            groups,
            class: system.class,
            notes: String::new(),
        }
    }

    /// The number of hosts that should have been patched.
    pub fn in_scope(&self) -> u32 {
        self.hosts.max(self.tried().saturating_add(self.skipped))
    }

    /// The hosts that were attempted; at least those that were patched or failed.
    pub fn tried(&self) -> u32 {
        self.attempted.max(self.patched.saturating_add(self.failed))
    }

    /// What became of the system as a whole.
    pub fn outcome(&self) -> ResultOutcome {
        if self.is_rolled_back {
            ResultOutcome::RolledBack
        } else if self.tried() == 0 {
            ResultOutcome::Skipped
        } else if self.failed == 0 && self.patched == self.in_scope() {
            ResultOutcome::Patched
        } else if self.patched == 0 {
            ResultOutcome::Failed
        } else {
            ResultOutcome::Partly
        }
    }

    /// Sets the numbers of hosts so that all hosts in scope have that outcome. Partly patched leaves them as they are.
    pub fn set_outcome(&mut self, outcome: ResultOutcome) {
        // A system whose hosts nobody counted has at least one.
        let hosts = self.hosts.max(1);
        (self.attempted, self.patched, self.failed, self.skipped) = match outcome {
            ResultOutcome::Patched => (hosts, hosts, 0, 0),
            ResultOutcome::Failed => (hosts, 0, hosts, 0),
            ResultOutcome::Skipped => (0, 0, 0, hosts),
            ResultOutcome::RolledBack => (hosts, 0, 0, 0),
            ResultOutcome::Partly => (self.attempted, self.patched, self.failed, self.skipped),
        };
        self.is_rolled_back = outcome == ResultOutcome::RolledBack;
    }

    /// What is contradictory in its numbers, as part of a sentence: "2 hosts patched and 1 failed, but only 2 attempted".
    pub fn contradiction(&self) -> Option<String> {
        let Self { attempted, patched, failed, reboots_attempted, reboots_successful, .. } = self;
        if self.tried() > *attempted {
            return Some(format!("{patched} hosts patched and {failed} failed, but {attempted} attempted"));
        }
        if reboots_successful > reboots_attempted {
            return Some(format!("{reboots_successful} successful reboots, but {reboots_attempted} attempted"));
        }
        let (start, end) = (self.started_at?, self.ended_at?);
        (end < start).then(|| "the actual end is before the actual start".to_owned())
    }
}

impl Record for SystemResult {
    type Id = ResultKey;
    const NOUN: &'static str = "result";
    /// One for each system and occurrence.
    const MOST: usize = 2_000_000;
    fn id(&self) -> &ResultKey {
        &self.key
    }
}

/// An occurrence, by its original date, and a system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResultKey {
    pub window: WindowId,
    pub on: NaiveDate,
    pub system: SystemId,
}

impl fmt::Display for ResultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.window, self.on, self.system)
    }
}

/// What became of a system in an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultOutcome {
    /// All hosts in scope were patched, and none failed.
    Patched,
    /// Some hosts were patched.
    Partly,
    /// No host was patched.
    Failed,
    RolledBack,
    /// No host was attempted.
    Skipped,
}

impl ResultOutcome {
    pub const ALL: [Self; 5] = [Self::Patched, Self::Partly, Self::Failed, Self::RolledBack, Self::Skipped];

    /// "Rolled back"
    pub fn name(self) -> &'static str {
        match self {
            Self::Patched => "Patched",
            Self::Partly => "Partly patched",
            Self::Failed => "Failed",
            Self::RolledBack => "Rolled back",
            Self::Skipped => "Skipped",
        }
    }
}

impl Table<SystemResult> {
    /// The results of one window, sorted by date, then system.
    pub fn for_window(&self, window: &WindowId) -> &[Arc<SystemResult>] {
        self.range_by_key(window, |result| &result.key.window)
    }

    /// The results of one occurrence, sorted by system.
    pub fn for_occurrence(&self, window: &WindowId, on: NaiveDate) -> &[Arc<SystemResult>] {
        let all = self.for_window(window);
        let from = all.partition_point(|result| result.key.on < on);
        let length = all[from..].partition_point(|result| result.key.on == on);
        &all[from..from + length]
    }
}

/// A scan of the systems of an occurrence, after the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpScan {
    #[serde(rename = "of")]
    pub key: ScanKey,
    /// Whether the scanner could log in, and so saw what is installed.
    #[serde(rename = "authenticated", default, skip_serializing_if = "is_default")]
    pub is_authenticated: bool,
    /// The systems on which the scan still found something to be installed, sorted. Empty if it was clean.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open: Vec<SystemId>,
    /// Who scanned, or with what.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl FollowUpScan {
    /// A clean scan.
    pub fn new(key: ScanKey) -> Self {
        Self { key, is_authenticated: false, open: Vec::new(), by: String::new(), notes: String::new() }
    }
}

impl Record for FollowUpScan {
    type Id = ScanKey;
    const NOUN: &'static str = "scan";
    const MOST: usize = 1_000_000;
    fn id(&self) -> &ScanKey {
        &self.key
    }
}

/// An occurrence, by its original date, and the time of a scan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ScanKey {
    pub window: WindowId,
    pub on: NaiveDate,
    pub at: UtcMinute,
}

impl fmt::Display for ScanKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.window, self.on, crate::wording::iso::utc_minute(self.at))
    }
}

impl Table<FollowUpScan> {
    /// The scans of one window, sorted by date, then time.
    pub fn for_window(&self, window: &WindowId) -> &[Arc<FollowUpScan>] {
        self.range_by_key(window, |scan| &scan.key.window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(hosts: u32, attempted: u32, patched: u32, failed: u32, skipped: u32) -> SystemResult {
        let key = ResultKey { window: "w".into(), on: NaiveDate::MIN, system: "s".into() };
        let system = System { hosts, ..System::default() };
        SystemResult { attempted, patched, failed, skipped, ..SystemResult::new(key, &system, Vec::new()) }
    }

    #[test]
    fn a_system_is_patched_only_if_all_its_hosts_are() {
        let outcomes = [
            (result(4, 4, 4, 0, 0), ResultOutcome::Patched),
            (result(4, 4, 3, 1, 0), ResultOutcome::Partly),
            (result(4, 3, 3, 0, 1), ResultOutcome::Partly),
            (result(4, 3, 3, 0, 0), ResultOutcome::Partly),
            (result(4, 4, 0, 4, 0), ResultOutcome::Failed),
            (result(4, 0, 0, 0, 4), ResultOutcome::Skipped),
            (result(4, 0, 0, 0, 0), ResultOutcome::Skipped),
            // The plan had too few hosts then: what was attempted counts.
            (result(1, 3, 3, 0, 0), ResultOutcome::Patched),
            (result(0, 3, 2, 1, 0), ResultOutcome::Partly),
            (SystemResult { is_rolled_back: true, ..result(4, 4, 4, 0, 0) }, ResultOutcome::RolledBack),
        ];
        for (result, outcome) in outcomes {
            assert_eq!(result.outcome(), outcome, "{result:?}");
        }
    }

    #[test]
    fn an_outcome_that_is_set_is_the_outcome() {
        for outcome in ResultOutcome::ALL.into_iter().filter(|each| *each != ResultOutcome::Partly) {
            for mut before in [
                result(4, 3, 2, 1, 1),
                result(0, 0, 0, 0, 0),
                SystemResult { is_rolled_back: true, ..result(4, 4, 4, 0, 0) },
            ] {
                before.set_outcome(outcome);
                assert_eq!((before.outcome(), before.contradiction()), (outcome, None));
            }
        }
    }

    #[test]
    fn numbers_that_contradict_each_other_are_found() {
        assert_eq!(result(4, 4, 3, 1, 0).contradiction(), None);
        let wrong = result(4, 2, 2, 1, 0).contradiction();
        assert_eq!(wrong.as_deref(), Some("2 hosts patched and 1 failed, but 2 attempted"));
        let reboots = SystemResult { reboots_successful: 1, ..result(4, 4, 4, 0, 0) };
        assert_eq!(reboots.contradiction().as_deref(), Some("1 successful reboots, but 0 attempted"));
        let (started_at, ended_at) = (Some(UtcMinute(10)), Some(UtcMinute(9)));
        let times = SystemResult { started_at, ended_at, ..result(4, 4, 4, 0, 0) };
        assert_eq!(times.contradiction().as_deref(), Some("the actual end is before the actual start"));
    }
}
