//! The subject of a finding or an acceptance: a record of the plan, by kind and id.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    AdvisoryId, AreaId, BulletinDutyId, ChecklistId, FreezeId, GroupId, HolidayId, LadderId, NoticeId, PersonId,
    ReleaseId, ScanRoutineId, SystemId, TeamId, WindowId,
};

/// A record of the plan that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    Plan,
    Advisory(AdvisoryId),
    Area(AreaId),
    BulletinDuty(BulletinDutyId),
    Checklist(ChecklistId),
    Freeze(FreezeId),
    Group(GroupId),
    Holidays(HolidayId),
    Ladder(LadderId),
    Notice(NoticeId),
    Person(PersonId),
    Release(ReleaseId),
    ScanRoutine(ScanRoutineId),
    /// A severity of the policy, by its name.
    Severity(String),
    System(SystemId),
    Team(TeamId),
    Window(WindowId),
}

impl fmt::Display for Subject {
    /// "window core-db", for machines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str(self.noun()),
            subject => write!(f, "{} {}", subject.noun(), subject.id()),
        }
    }
}

impl Subject {
    /// The record's id; empty for the plan itself.
    pub fn id(&self) -> &str {
        match self {
            Self::Plan => "",
            Self::Advisory(id) => id.as_str(),
            Self::Area(id) => id.as_str(),
            Self::BulletinDuty(id) => id.as_str(),
            Self::Checklist(id) => id.as_str(),
            Self::Freeze(id) => id.as_str(),
            Self::Group(id) => id.as_str(),
            Self::Holidays(id) => id.as_str(),
            Self::Ladder(id) => id.as_str(),
            Self::Notice(id) => id.as_str(),
            Self::Person(id) => id.as_str(),
            Self::Release(id) => id.as_str(),
            Self::ScanRoutine(id) => id.as_str(),
            Self::Severity(name) => name,
            Self::System(id) => id.as_str(),
            Self::Team(id) => id.as_str(),
            Self::Window(id) => id.as_str(),
        }
    }

    /// The kind of record, in lower case.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Advisory(_) => "advisory",
            Self::Area(_) => "area",
            Self::BulletinDuty(_) => "bulletin-duty",
            Self::Checklist(_) => "checklist",
            Self::Freeze(_) => "freeze",
            Self::Group(_) => "group",
            Self::Holidays(_) => "holidays",
            Self::Ladder(_) => "ladder",
            Self::Notice(_) => "notice",
            Self::Person(_) => "person",
            Self::Release(_) => "release",
            Self::ScanRoutine(_) => "scan-routine",
            Self::Severity(_) => "severity",
            Self::System(_) => "system",
            Self::Team(_) => "team",
            Self::Window(_) => "window",
        }
    }
}
