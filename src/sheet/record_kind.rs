//! The kinds of records in the lists.

use crate::import::Topic;
use crate::model::{Plan, Subject};

/// The kind of records in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordKind {
    Windows,
    #[default]
    Systems,
    Areas,
    Ladders,
    Releases,
    Freezes,
    Holidays,
    Notices,
    Checklists,
    People,
    Teams,
    ScanRoutines,
    BulletinDuties,
}

impl RecordKind {
    pub const ALL: [Self; 13] = [
        Self::Windows,
        Self::Systems,
        Self::Areas,
        Self::Ladders,
        Self::Releases,
        Self::Freezes,
        Self::Holidays,
        Self::Notices,
        Self::Checklists,
        Self::People,
        Self::Teams,
        Self::ScanRoutines,
        Self::BulletinDuties,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::Systems => "Systems",
            Self::Areas => "Business areas",
            Self::Ladders => "Ladders",
            Self::Releases => "Release calendars",
            Self::Freezes => "Freezes",
            Self::Holidays => "Holidays",
            Self::Notices => "Carrier notices",
            Self::Checklists => "Checklists",
            Self::People => "People",
            Self::Teams => "Teams",
            Self::ScanRoutines => "Scan routines",
            Self::BulletinDuties => "Bulletin duties",
        }
    }

    /// One of them: "system".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Windows => "window",
            Self::Systems => "system",
            Self::Areas => "business area",
            Self::Ladders => "ladder",
            Self::Releases => "release calendar",
            Self::Freezes => "freeze",
            Self::Holidays => "holiday calendar",
            Self::Notices => "carrier notice",
            Self::Checklists => "checklist",
            Self::People => "person",
            Self::Teams => "team",
            Self::ScanRoutines => "scan routine",
            Self::BulletinDuties => "bulletin duty",
        }
    }

    /// The imports that bring such records from a table.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Windows => Some(Topic::Windows),
            Self::Systems => Some(Topic::Systems),
            Self::Areas => Some(Topic::Areas),
            Self::Freezes => Some(Topic::Freezes),
            Self::Holidays => Some(Topic::Holidays),
            Self::Notices => Some(Topic::Notices),
            Self::People => Some(Topic::People),
            Self::ScanRoutines => Some(Topic::Scans),
            Self::BulletinDuties => Some(Topic::Bulletins),
            Self::Ladders | Self::Releases | Self::Checklists | Self::Teams => None,
        }
    }

    pub fn count(self, plan: &Plan) -> usize {
        match self {
            Self::Windows => plan.windows().len(),
            Self::Systems => plan.systems().len(),
            Self::Areas => plan.areas().len(),
            Self::Ladders => plan.ladders().len(),
            Self::Releases => plan.releases().len(),
            Self::Freezes => plan.freezes().len(),
            Self::Holidays => plan.holidays().len(),
            Self::Notices => plan.notices().len(),
            Self::Checklists => plan.checklists().len(),
            Self::People => plan.people().len(),
            Self::Teams => plan.teams().len(),
            Self::ScanRoutines => plan.scan_routines().len(),
            Self::BulletinDuties => plan.bulletin_duties().len(),
        }
    }

    /// The first record of the list.
    pub fn first(self, plan: &Plan) -> Option<Subject> {
        Some(match self {
            Self::Windows => Subject::Window(plan.windows().iter().next()?.id.clone()),
            Self::Systems => Subject::System(plan.systems().iter().next()?.id.clone()),
            Self::Areas => Subject::Area(plan.areas().iter().next()?.id.clone()),
            Self::Ladders => Subject::Ladder(plan.ladders().iter().next()?.id.clone()),
            Self::Releases => Subject::Release(plan.releases().iter().next()?.id.clone()),
            Self::Freezes => Subject::Freeze(plan.freezes().iter().next()?.id.clone()),
            Self::Holidays => Subject::Holidays(plan.holidays().iter().next()?.id.clone()),
            Self::Notices => Subject::Notice(plan.notices().iter().next()?.id.clone()),
            Self::Checklists => Subject::Checklist(plan.checklists().iter().next()?.id.clone()),
            Self::People => Subject::Person(plan.people().iter().next()?.id.clone()),
            Self::Teams => Subject::Team(plan.teams().iter().next()?.id.clone()),
            Self::ScanRoutines => Subject::ScanRoutine(plan.scan_routines().iter().next()?.id.clone()),
            Self::BulletinDuties => Subject::BulletinDuty(plan.bulletin_duties().iter().next()?.id.clone()),
        })
    }

    pub fn for_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Plan | Subject::Advisory(_) | Subject::Severity(_) => None,
            Subject::Person(_) => Some(Self::People),
            Subject::Team(_) => Some(Self::Teams),
            Subject::ScanRoutine(_) => Some(Self::ScanRoutines),
            Subject::BulletinDuty(_) => Some(Self::BulletinDuties),
            Subject::Area(_) => Some(Self::Areas),
            Subject::Checklist(_) => Some(Self::Checklists),
            Subject::Freeze(_) => Some(Self::Freezes),
            Subject::Group(_) | Subject::Ladder(_) => Some(Self::Ladders),
            Subject::Holidays(_) => Some(Self::Holidays),
            Subject::Notice(_) => Some(Self::Notices),
            Subject::Release(_) => Some(Self::Releases),
            Subject::System(_) => Some(Self::Systems),
            Subject::Window(_) => Some(Self::Windows),
        }
    }
}
