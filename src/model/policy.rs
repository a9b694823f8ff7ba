//! The policy: the numbers by which a plan is judged. All of them are data, none is in the code of a check.

use serde::{Deserialize, Serialize};

use super::{ChecklistId, DueBy, Minutes, PeopleLimits, ResponseMatrix, Stage, WindowKind, is_default};

/// How an organisation patches. The defaults are the handbook's where it gives a number, else ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Sorted from the strictest.
    #[serde(default = "default_severities")]
    pub severities: Vec<SeverityDeadline>,
    #[serde(default = "default_window_types")]
    pub window_types: Vec<WindowType>,
    #[serde(default)]
    pub soak: SoakTimes,
    /// A margin under this share of the duration is thin. Percent.
    #[serde(default = "default_buffer")]
    pub buffer_percent: u8,
    /// A rollback tested longer ago than this counts as untested. Days.
    #[serde(default = "default_rollback_test_days")]
    pub rollback_test_days: u16,
    /// How often the status page is updated during a window.
    #[serde(default = "default_status_every")]
    pub status_every: Minutes,
    /// How much may be done in one night.
    #[serde(default)]
    pub night: NightLimits,
    /// A group that waits longer than this for a window waits too long. Days.
    #[serde(default = "default_longest_gap_days")]
    pub longest_gap_days: u16,
    /// An overrun more likely than this is too likely. Percent.
    #[serde(default = "default_overrun_percent")]
    pub overrun_percent: u8,
    /// How much the phases of one night go wrong together: 0 not at all, 100 always. Percent.
    #[serde(default)]
    pub correlation_percent: u8,
    /// How many of a hundred hosts fail to patch.
    #[serde(default = "default_host_failure_percent")]
    pub host_failure_percent: u8,
    /// Notice that must be given within so many days is told of.
    #[serde(default = "default_notice_reminder_days")]
    pub notice_reminder_days: u16,
    /// An owner who was asked more than so many days ago and has not answered is silent.
    #[serde(default = "default_silent_after_days")]
    pub silent_after_days: u16,
    #[serde(default)]
    pub people: PeopleLimits,
    #[serde(default)]
    pub due_by: DueBy,
    #[serde(default)]
    pub matrix: ResponseMatrix,
    /// Whether a date that an advisory's publisher sets counts before our own.
    #[serde(default = "default_publishers_dates")]
    pub publishers_dates: bool,
}

/// How much may be done in one night, from noon to noon on the plan's clock; no limit where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightLimits {
    #[serde(default, skip_serializing_if = "is_default")]
    pub windows: Option<u32>,
    /// Systems that are worked on; each in each window is one change.
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

/// By when a fix of this severity must be in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeverityDeadline {
    pub name: String,
    /// Lowest CVSS base score that belongs to it, in tenths: 90 is 9.0.
    pub cvss_from_tenths: u8,
    pub within: Minutes,
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: String,
}

/// The usual length and notice of one type of window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowType {
    pub kind: WindowKind,
    /// Length on the clock from …
    #[serde(default, skip_serializing_if = "is_default")]
    pub shortest: Option<Minutes>,
    /// … to, both included.
    #[serde(default, skip_serializing_if = "is_default")]
    pub longest: Option<Minutes>,
    /// Days before the start on which owners must know; none where notice is informational.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notice_days: Option<u16>,
    /// Whether somebody must be booked to test afterwards.
    #[serde(default, skip_serializing_if = "is_default")]
    pub needs_tester: bool,
    /// Whether its windows need a checklist.
    #[serde(default, skip_serializing_if = "is_default")]
    pub needs_checklist: bool,
    /// The checklist of its windows; the handbook's where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checklist: Option<ChecklistId>,
}

/// Wait after a group of each stage before the next group.
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
    /// Puts the severities into their order: from the strictest, which is the one with the highest scores.
    pub fn sort_severities(&mut self) {
        self.severities.sort_by_key(|severity| std::cmp::Reverse(severity.cvss_from_tenths));
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
            buffer_percent: default_buffer(),
            rollback_test_days: default_rollback_test_days(),
            status_every: default_status_every(),
            night: NightLimits::default(),
            longest_gap_days: default_longest_gap_days(),
            overrun_percent: default_overrun_percent(),
            correlation_percent: 0,
            host_failure_percent: default_host_failure_percent(),
            notice_reminder_days: default_notice_reminder_days(),
            silent_after_days: default_silent_after_days(),
            people: PeopleLimits::default(),
            due_by: DueBy::default(),
            matrix: ResponseMatrix::default(),
            publishers_dates: default_publishers_dates(),
        }
    }
}

impl Default for SoakTimes {
    fn default() -> Self {
        let (day, three_days) = (Minutes::hours(24), Minutes::hours(72));
        Self { test: day, uat: day, pilot: three_days, rest: three_days, production: Minutes(0) }
    }
}

fn default_severities() -> Vec<SeverityDeadline> {
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
