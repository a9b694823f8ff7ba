//! The policy: the rules and limits that a plan is checked against. All of them are data; no check has a limit in its
//! code.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ChecklistId, DueBy, EmergencyLane, LadderGate, LadderId, Minutes, PeopleLimits, ProcessStage, ResponseMatrix,
    ServiceTarget, Stage, StageOwner, WindowKind, is_default,
};

/// An organisation's rules for patching. The defaults are the handbook's numbers if it gives any, or else ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// The strictest first.
    #[serde(default = "default_severities")]
    pub severities: Vec<SeverityDeadline>,
    #[serde(default = "default_window_types")]
    pub window_types: Vec<WindowType>,
    #[serde(default)]
    pub soak: SoakTimes,
    /// The shorter way for emergencies. None if there is none: then emergencies climb as everything else.
    #[serde(default, skip_serializing_if = "is_default")]
    pub emergency: Option<EmergencyLane>,
    /// A margin below this percentage of the duration is thin.
    #[serde(default = "default_buffer")]
    pub buffer_percent: u8,
    /// A rollback test older than this many days no longer counts.
    #[serde(default = "default_rollback_test_days")]
    pub rollback_test_days: u16,
    /// The interval between updates of the status page during a window.
    #[serde(default = "default_status_every")]
    pub status_every: Minutes,
    /// How much may be done in one night.
    #[serde(default)]
    pub night: NightLimits,
    /// A group must not wait longer than this many days for a window.
    #[serde(default = "default_longest_gap_days")]
    pub longest_gap_days: u16,
    /// The largest acceptable share of a ladder's hosts in its first group, in percent.
    #[serde(default = "default_first_group_percent", skip_serializing_if = "is_default_first_group_percent")]
    pub first_group_percent: u8,
    /// The highest acceptable probability of an overrun, in percent.
    #[serde(default = "default_overrun_percent")]
    pub overrun_percent: u8,
    /// How strongly delays in the phases of one night are correlated, in percent: from 0 (independent) to 100 (always
    /// together).
    #[serde(default)]
    pub correlation_percent: u8,
    /// The percentage of hosts that fail to patch.
    #[serde(default = "default_host_failure_percent")]
    pub host_failure_percent: u8,
    /// Notices due within this many days are reported.
    #[serde(default = "default_notice_reminder_days")]
    pub notice_reminder_days: u16,
    /// An owner who has not answered this many days after being asked is reported as silent.
    #[serde(default = "default_silent_after_days")]
    pub silent_after_days: u16,
    #[serde(default)]
    pub people: PeopleLimits,
    #[serde(default)]
    pub due_by: DueBy,
    #[serde(default)]
    pub matrix: ResponseMatrix,
    /// Whether the response matrix treats what can be reached from the internet as exploited.
    #[serde(default, skip_serializing_if = "is_default")]
    pub internet_is_active: bool,
    /// Whether the due date set by an advisory's publisher takes precedence over our own.
    #[serde(default = "default_publishers_dates")]
    pub publishers_dates: bool,
    /// How much of a year services must be available. Sorted by name, each once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub services: Vec<ServiceTarget>,
    /// What is exploited must be installed within this time at most, whatever else in the policy sets its deadline. None for
    /// no limit of its own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exploited_within: Option<Minutes>,
    /// From this day on, results and scans of occurrences are recorded. None if they are not.
    #[serde(default, skip_serializing_if = "is_default")]
    pub recording_from: Option<NaiveDate>,
    /// The ladders with a gate, each once: the next group waits for tests and sign-offs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gates: Vec<LadderGate>,
    /// Who is responsible for the stages of the process, each stage once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub responsible: Vec<StageOwner>,
}

/// Limits on the work of one night, from noon to noon in the plan's zone. None for no limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightLimits {
    #[serde(default, skip_serializing_if = "is_default")]
    pub windows: Option<u32>,
    /// Patched systems; each system in each window is one change.
    #[serde(default, skip_serializing_if = "is_default")]
    pub changes: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub hosts: Option<u32>,
}

impl Default for NightLimits {
    fn default() -> Self {
        Self { windows: Some(6), changes: Some(40), hosts: Some(500) }
    }
}

/// The deadline for fixes of one severity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeverityDeadline {
    pub name: String,
    /// The lowest CVSS base score of this severity, in tenths: 90 is 9.0.
    pub cvss_from_tenths: u8,
    pub within: Minutes,
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: String,
}

/// The usual length and notice of one type of window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowType {
    pub kind: WindowKind,
    /// The shortest allowed length on the clock.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shortest: Option<Minutes>,
    /// The longest allowed length on the clock.
    #[serde(default, skip_serializing_if = "is_default")]
    pub longest: Option<Minutes>,
    /// How many days before the start owners must be notified. None if notice is only informational.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notice_days: Option<u16>,
    /// Whether a tester must be booked for afterwards.
    #[serde(default, skip_serializing_if = "is_default")]
    pub needs_tester: bool,
    /// Whether its windows need a checklist.
    #[serde(default, skip_serializing_if = "is_default")]
    pub needs_checklist: bool,
    /// The checklist of its windows. None for the handbook's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checklist: Option<ChecklistId>,
}

/// How long to wait after a group of each stage before the next group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SoakTimes {
    pub test: Minutes,
    pub uat: Minutes,
    pub pilot: Minutes,
    pub rest: Minutes,
    pub production: Minutes,
}

impl SoakTimes {
    pub fn after(&self, stage: Stage) -> Minutes {
        match stage {
            Stage::Test => self.test,
            Stage::Uat => self.uat,
            Stage::Pilot => self.pilot,
            Stage::Rest => self.rest,
            Stage::Production => self.production,
        }
    }
}

impl Policy {
    /// Sorts the severities from the strictest, which is the one with the highest scores.
    pub fn sort_severities(&mut self) {
        self.severities.sort_by_key(|severity| std::cmp::Reverse(severity.cvss_from_tenths));
    }

    /// Who is responsible for a stage of the process.
    pub fn responsible_for(&self, stage: ProcessStage) -> Option<&str> {
        self.responsible.iter().find(|owner| owner.stage == stage).map(|owner| owner.who.as_str())
    }

    /// The gate of a ladder, if it has one.
    pub fn gate(&self, ladder: &LadderId) -> Option<&LadderGate> {
        self.gates.iter().find(|gate| gate.ladder == *ladder)
    }

    /// The time within which what is exploited must be installed: by the policy's rule for it, or else the shortest of the
    /// severities; at most the policy's limit for it. None if the policy has neither a severity nor that limit.
    pub fn emergency_within(&self) -> Option<Minutes> {
        let usual = match self.due_by {
            DueBy::Exploited { exploited, .. } => Some(exploited),
            DueBy::Matrix => Some(self.matrix.high_active),
            DueBy::Severity => self.severities.iter().map(|severity| severity.within).min(),
        };
        usual.into_iter().chain(self.exploited_within).min()
    }

    /// The target of a service, if it has one.
    pub fn service_target(&self, service: &str) -> Option<&ServiceTarget> {
        self.services.iter().find(|target| target.service == service)
    }

    /// Sets, changes or removes the target of a service. Targets stay sorted by name.
    pub fn set_service_target(&mut self, service: &str, available_per_100_000: Option<u32>) {
        self.services.retain(|target| target.service != service);
        if let Some(available_per_100_000) = available_per_100_000 {
            self.services.push(ServiceTarget { service: service.to_owned(), available_per_100_000 });
            self.services.sort_by(|a, b| a.service.cmp(&b.service));
        }
    }

    pub fn window_type(&self, kind: WindowKind) -> Option<&WindowType> {
        self.window_types.iter().find(|window_type| window_type.kind == kind)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            severities: default_severities(),
            window_types: default_window_types(),
            soak: SoakTimes::default(),
            emergency: None,
            buffer_percent: default_buffer(),
            rollback_test_days: default_rollback_test_days(),
            status_every: default_status_every(),
            night: NightLimits::default(),
            longest_gap_days: default_longest_gap_days(),
            first_group_percent: default_first_group_percent(),
            overrun_percent: default_overrun_percent(),
            correlation_percent: 0,
            host_failure_percent: default_host_failure_percent(),
            notice_reminder_days: default_notice_reminder_days(),
            silent_after_days: default_silent_after_days(),
            people: PeopleLimits::default(),
            due_by: DueBy::default(),
            matrix: ResponseMatrix::default(),
            internet_is_active: false,
            publishers_dates: default_publishers_dates(),
            services: Vec::new(),
            exploited_within: None,
            recording_from: None,
            gates: Vec::new(),
            responsible: Vec::new(),
        }
    }
}

impl Default for SoakTimes {
    fn default() -> Self {
        let (day, three_days) = (Minutes::hours(24), Minutes::hours(72));
        Self { test: day, uat: day, pilot: three_days, rest: three_days, production: Minutes(0) }
    }
}

pub(super) fn default_severities() -> Vec<SeverityDeadline> {
    let severity = |name: &str, cvss_from_tenths, within, response: &str| SeverityDeadline {
        name: name.to_owned(),
        cvss_from_tenths,
        within,
        response: response.to_owned(),
    };
    vec![
        severity("Critical", 90, Minutes::hours(72), "emergency deployment"),
        severity("High", 70, Minutes::days(7), "priority scheduling"),
        severity("Medium", 40, Minutes::days(30), "standard cycle"),
        severity("Low", 1, Minutes::days(90), "next maintenance"),
    ]
}

fn default_window_types() -> Vec<WindowType> {
    let window_type = |kind, hours: Option<(u32, u32)>, notice_days| WindowType {
        kind,
        shortest: hours.map(|(from, _)| Minutes::hours(from)),
        longest: hours.map(|(_, to)| Minutes::hours(to)),
        notice_days,
        needs_tester: hours.is_some() && kind != WindowKind::Emergency,
        needs_checklist: hours.is_some(),
        checklist: None,
    };
    vec![
        window_type(WindowKind::Standard, Some((2, 4)), Some(7)),
        window_type(WindowKind::Emergency, Some((1, 2)), Some(0)),
        window_type(WindowKind::Extended, Some((4, 8)), Some(14)),
        window_type(WindowKind::Rolling, None, None),
    ]
}

fn default_buffer() -> u8 {
    10
}

fn default_rollback_test_days() -> u16 {
    365
}

fn default_status_every() -> Minutes {
    Minutes(30)
}

fn default_longest_gap_days() -> u16 {
    35
}

fn default_first_group_percent() -> u8 {
    10
}

fn is_default_first_group_percent(percent: &u8) -> bool {
    *percent == default_first_group_percent()
}

fn default_overrun_percent() -> u8 {
    10
}

fn default_host_failure_percent() -> u8 {
    5
}

fn default_notice_reminder_days() -> u16 {
    7
}

fn default_silent_after_days() -> u16 {
    14
}

fn default_publishers_dates() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_exploited_takes_the_time_of_the_policys_rule() {
        let mut policy = Policy::default();
        assert_eq!(policy.emergency_within(), Some(Minutes::hours(72)));
        policy.due_by = DueBy::EXPLOITED;
        assert_eq!(policy.emergency_within(), Some(Minutes::hours(48)));
        policy.due_by = DueBy::Matrix;
        policy.matrix.high_active = Minutes::hours(24);
        assert_eq!(policy.emergency_within(), Some(Minutes::hours(24)));
        policy.due_by = DueBy::Severity;
        policy.severities.clear();
        assert_eq!(policy.emergency_within(), None);
        policy.exploited_within = Some(Minutes::hours(12));
        assert_eq!(policy.emergency_within(), Some(Minutes::hours(12)));
    }

    #[test]
    fn targets_stay_sorted_and_each_once() {
        let mut policy = Policy::default();
        policy.set_service_target("Web", Some(99_900));
        policy.set_service_target("Payments", Some(99_990));
        policy.set_service_target("Web", Some(99_500));
        let targets = |policy: &Policy| {
            policy.services.iter().map(|each| (each.service.clone(), each.down_per_100_000())).collect::<Vec<_>>()
        };
        assert_eq!(targets(&policy), [("Payments".to_owned(), 10), ("Web".to_owned(), 500)]);
        policy.set_service_target("Payments", None);
        assert_eq!(policy.service_target("Payments"), None);
        assert_eq!(targets(&policy).len(), 1);
    }
}
