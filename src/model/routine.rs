//! Duties that belong to no window: scans with a schedule of their own, and reading the bulletins of vendors.

use std::fmt;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Assignee, BulletinDutyId, Record, ScanRoutineId, System, SystemScope, is_default};
use crate::wording::counted;

/// A scan that is repeated, whatever windows take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRoutine {
    pub id: ScanRoutineId,
    pub name: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: ScanKind,
    pub every: ScanInterval,
    /// "Nessus"
    #[serde(default, skip_serializing_if = "is_default")]
    pub tool: String,
    /// Who makes sure that it runs, and reads the result.
    #[serde(default, skip_serializing_if = "is_default")]
    pub who: Option<Assignee>,
    /// What it scans.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope: SystemScope,
    /// The last run that was recorded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub last: Option<ScanRun>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl ScanRoutine {
    /// A scan of everything with the interval that is usual for its kind.
    pub fn new(id: ScanRoutineId, name: &str, kind: ScanKind) -> Self {
        Self {
            id,
            name: name.to_owned(),
            kind,
            every: kind.usual_interval(),
            tool: String::new(),
            who: None,
            scope: SystemScope::Everything,
            last: None,
            notes: String::new(),
        }
    }

    /// The last day by which it must run again, if results are recorded from a date on. After a run that failed, that is the
    /// day of the run. None if it runs on an event, or if the last run gave a result and no interval says when the next is due.
    pub fn due_on(&self, recording_from: NaiveDate) -> Option<NaiveDate> {
        match &self.last {
            Some(run) if run.outcome == ScanOutcome::Failed => Some(run.on.max(recording_from)),
            last => {
                let from = last.as_ref().map_or(recording_from, |run| run.on.max(recording_from));
                from.checked_add_days(Days::new(self.every.days()?.into()))
            }
        }
    }

    /// How many days ago it should have run; none if it is not late.
    pub fn days_late(&self, recording_from: NaiveDate, today: NaiveDate) -> Option<u32> {
        let late = (today - self.due_on(recording_from)?).num_days();
        u32::try_from(late).ok().filter(|late| *late > 0)
    }
}

impl Record for ScanRoutine {
    type Id = ScanRoutineId;
    const NOUN: &'static str = "scan routine";
    fn id(&self) -> &ScanRoutineId {
        &self.id
    }
}

/// What a scan looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScanKind {
    /// Hosts from outside, without logging in.
    #[default]
    Network,
    /// Hosts from inside: the scanner logs in.
    Authenticated,
    /// Images of containers.
    Container,
    /// Libraries that software is built with.
    Dependencies,
    /// The settings of cloud accounts.
    Cloud,
}

impl ScanKind {
    pub const ALL: &[Self] = &[Self::Network, Self::Authenticated, Self::Container, Self::Dependencies, Self::Cloud];

    /// "Cloud configuration"
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "Network",
            Self::Authenticated => "Authenticated",
            Self::Container => "Container images",
            Self::Dependencies => "Dependencies",
            Self::Cloud => "Cloud configuration",
        }
    }

    /// How often such a scan usually runs: network and authenticated weekly, images with each build, dependencies with
    /// each commit, cloud configuration daily.
    pub fn usual_interval(self) -> ScanInterval {
        match self {
            Self::Network | Self::Authenticated => ScanInterval::Days(7),
            Self::Container => ScanInterval::EachBuild,
            Self::Dependencies => ScanInterval::EachCommit,
            Self::Cloud => ScanInterval::Days(1),
        }
    }
}

/// How often a scan runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScanInterval {
    /// At least once in this number of days. 0 means the same as 1.
    Days(u16),
    EachBuild,
    EachCommit,
}

impl ScanInterval {
    /// The number of days between two runs; none if it does not run by the calendar.
    pub fn days(self) -> Option<u16> {
        match self {
            Self::Days(days) => Some(days.max(1)),
            Self::EachBuild | Self::EachCommit => None,
        }
    }
}

impl fmt::Display for ScanInterval {
    /// "every week", "every 10 days", "with each build"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(0 | 1) => f.write_str("every day"),
            Self::Days(7) => f.write_str("every week"),
            Self::Days(days) if days % 7 == 0 => write!(f, "every {}", counted(days / 7, "week")),
            Self::Days(days) => write!(f, "every {}", counted(*days, "day")),
            Self::EachBuild => f.write_str("with each build"),
            Self::EachCommit => f.write_str("with each commit"),
        }
    }
}

/// A run of a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRun {
    /// The day on which it ended, on the plan's clock.
    pub on: NaiveDate,
    pub outcome: ScanOutcome,
    /// Who recorded it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

/// How a scan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScanOutcome {
    /// It found nothing to do.
    Clean,
    /// It found this many things to do.
    Open(u32),
    /// It did not end, or did not reach what it should scan.
    Failed,
}

impl fmt::Display for ScanOutcome {
    /// "clean", "3 open", "failed"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clean => f.write_str("clean"),
            Self::Open(count) => write!(f, "{count} open"),
            Self::Failed => f.write_str("failed"),
        }
    }
}

/// Reading the bulletins of vendors: somebody does, and somebody else does while they are away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinDuty {
    pub id: BulletinDutyId,
    pub name: String,
    /// As systems name them, in the order in which they were entered.
    #[serde(default, skip_serializing_if = "is_default")]
    pub vendors: Vec<String>,
    /// Where the bulletins are published: an address, a mailing list.
    #[serde(default, skip_serializing_if = "is_default")]
    pub source: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: Option<Assignee>,
    /// Reads them while the owner is away.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stand_in: Option<Assignee>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl BulletinDuty {
    /// A duty without vendors that nobody has yet.
    pub fn new(id: BulletinDutyId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            vendors: Vec::new(),
            source: String::new(),
            owner: None,
            stand_in: None,
            notes: String::new(),
        }
    }

    /// Whether it is about a vendor of that system.
    pub fn concerns(&self, system: &System) -> bool {
        system.vendors().any(|vendor| self.covers(vendor))
    }

    /// Whether it is about that vendor, without case.
    pub fn covers(&self, vendor: &str) -> bool {
        let vendor = vendor.trim();
        self.vendors.iter().any(|each| each.trim().to_lowercase() == vendor.to_lowercase())
    }
}

impl Record for BulletinDuty {
    type Id = BulletinDutyId;
    const NOUN: &'static str = "bulletin duty";
    fn id(&self) -> &BulletinDutyId {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn routine(every: ScanInterval, last: Option<(u32, ScanOutcome)>) -> ScanRoutine {
        let run = |(day, outcome)| ScanRun { on: on(day), outcome, by: String::new(), notes: String::new() };
        ScanRoutine { every, last: last.map(run), ..ScanRoutine::new("r".into(), "R", ScanKind::Network) }
    }

    #[test]
    fn a_routine_is_due_an_interval_after_its_last_result_or_after_recording_began() {
        let (weekly, build) = (ScanInterval::Days(7), ScanInterval::EachBuild);
        for (every, last, expected) in [
            (weekly, None, Some(on(8))),
            (weekly, Some((5, ScanOutcome::Clean)), Some(on(12))),
            (weekly, Some((5, ScanOutcome::Open(3))), Some(on(12))),
            (weekly, Some((5, ScanOutcome::Failed)), Some(on(5))),
            (ScanInterval::Days(0), Some((5, ScanOutcome::Clean)), Some(on(6))),
            (build, None, None),
            (build, Some((5, ScanOutcome::Clean)), None),
            (build, Some((5, ScanOutcome::Failed)), Some(on(5))),
        ] {
            assert_eq!(routine(every, last).due_on(on(1)), expected, "{every} {last:?}");
        }
        let before = routine(weekly, Some((1, ScanOutcome::Clean)));
        assert_eq!(before.due_on(on(10)), Some(on(17)), "what was before the recording counts from its first day");
        assert_eq!([8, 9, 12].map(|day| before.days_late(on(1), on(day))), [None, Some(1), Some(4)]);
    }

    #[test]
    fn intervals_are_worded_in_weeks_where_possible() {
        let words = [0, 1, 7, 10, 14].map(|days| ScanInterval::Days(days).to_string());
        assert_eq!(words, ["every day", "every day", "every week", "every 10 days", "every 2 weeks"]);
    }

    #[test]
    fn vendors_are_compared_without_case() {
        let duty = BulletinDuty { vendors: vec!["Oracle ".into()], ..BulletinDuty::new("d".into(), "D") };
        assert_eq!(["oracle", " ORACLE", "", "SAP"].map(|vendor| duty.covers(vendor)), [true, true, false, false]);
    }
}
