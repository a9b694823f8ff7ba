//! Every way to change a plan. One action of a person is one [`Edit`] and one step of undo.

use chrono::{NaiveDate, NaiveTime};

use super::{
    Acceptance, AcceptanceId, Advisory, AdvisoryId, AreaId, BulletinDuty, BulletinDutyId, BusinessArea,
    CancelledEvents, CarrierNotice, ChangeFreeze, ChecklistId, ChecklistTemplate, ConflictKey, CustomZone, DatedChange,
    FollowUpScan, FreezeId, GroupId, GroupRecord, GroupRecordKey, HolidayCalendar, HolidayId, Horizon, InviteKey,
    InviteTexts, Ladder, LadderId, LedgerEntry, LedgerKey, MaintenanceWindow, MappingKey, Minutes, NightKey,
    NightRecord, NoticeId, Person, PersonId, Policy, ReleaseCalendar, ReleaseId, ResultKey, ScanKey, ScanRoutine,
    ScanRoutineId, SentInvite, System, SystemId, SystemResult, TableMapping, Team, TeamId, WindowId, ZoneId,
};
use crate::wording::date;

/// A change to a plan. `Put…` adds a record or replaces the record with the same id.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    SetTitle(String),
    SetHorizon(Horizon),
    SetZone(String),
    SetPolicy(Policy),
    PutArea(BusinessArea),
    RemoveArea(AreaId),
    PutSystem(System),
    /// Also removes it from groups, windows, tracks, freezes, advisories, scans and scan routines, and from the systems that refer to it,
    /// and its results.
    RemoveSystem(SystemId),
    PutLadder(Ladder),
    /// Also removes its gate, and the sign-offs, test results and holds of its groups.
    RemoveLadder(LadderId),
    PutRelease(ReleaseCalendar),
    RemoveRelease(ReleaseId),
    PutFreeze(ChangeFreeze),
    RemoveFreeze(FreezeId),
    PutHolidays(HolidayCalendar),
    RemoveHolidays(HolidayId),
    PutNotice(CarrierNotice),
    RemoveNotice(NoticeId),
    /// For a zone that an import brought.
    PutZone(CustomZone),
    RemoveZone(ZoneId),
    PutPerson(Person),
    /// Also removes them from teams, bookings, scan routines and bulletin duties.
    RemovePerson(PersonId),
    PutTeam(Team),
    /// Also removes it from bookings, scan routines and bulletin duties.
    RemoveTeam(TeamId),
    PutScanRoutine(ScanRoutine),
    RemoveScanRoutine(ScanRoutineId),
    PutBulletinDuty(BulletinDuty),
    RemoveBulletinDuty(BulletinDutyId),
    PutAdvisory(Advisory),
    RemoveAdvisory(AdvisoryId),
    PutChecklist(ChecklistTemplate),
    RemoveChecklist(ChecklistId),
    PutEntry(LedgerEntry),
    RemoveEntry(LedgerKey),
    SetInvites(InviteTexts),
    /// What was sent stays sent: undo does not revert it ([`Edit::is_permanent`]).
    NoteSent(Vec<SentInvite>),
    /// For invites that were noted as sent, but whose files were never sent.
    ForgetSent(Vec<InviteKey>),
    PutNight(NightRecord),
    RemoveNight(NightKey),
    PutResult(SystemResult),
    RemoveResult(ResultKey),
    PutScan(FollowUpScan),
    RemoveScan(ScanKey),
    /// Sign-offs, test result and holds of a release in a group.
    PutGroupRecord(GroupRecord),
    RemoveGroupRecord(GroupRecordKey),
    PutAcceptance(Acceptance),
    RemoveAcceptance(AcceptanceId),
    PutMapping(TableMapping),
    /// What imports remember of cancelled events.
    PutCancelled(CancelledEvents),
    /// By the name of the calendar.
    RemoveCancelled(String),
    RemoveMapping(MappingKey),
    PutWindow(MaintenanceWindow),
    RemoveWindow(WindowId),
    /// `on` is the occurrence's original date. Moving it back to its usual date, without another start or length, restores
    /// it. One that was added and is moved back to `on` is an added one again.
    MoveOccurrence {
        window: WindowId,
        on: NaiveDate,
        to: NaiveDate,
        start: Option<NaiveTime>,
        duration: Option<Minutes>,
    },
    SkipOccurrence {
        window: WindowId,
        on: NaiveDate,
        reason: String,
    },
    RestoreOccurrence {
        window: WindowId,
        on: NaiveDate,
    },
    AddOccurrence {
        window: WindowId,
        on: NaiveDate,
        start: Option<NaiveTime>,
        duration: Option<Minutes>,
    },
    /// Adds or replaces a dated change of a window. The occurrence of its first date follows it.
    PutDatedChange {
        window: WindowId,
        change: DatedChange,
    },
    /// Adds systems to a group, and removes them from the other groups of its ladder.
    Assign {
        systems: Vec<SystemId>,
        group: GroupId,
    },
    /// Removes systems from all groups of a ladder.
    Unassign {
        systems: Vec<SystemId>,
        ladder: LadderId,
    },
    /// Removes a conflict: what the plan has is what was chosen.
    RemoveConflict(ConflictKey),
    /// Several edits, all or none, under one label: "Import 19 windows".
    Together {
        label: String,
        edits: Vec<Edit>,
    },
}

/// Why an edit is impossible. The plan stays unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("The {noun} \"{id}\" no longer exists")]
    Missing { noun: &'static str, id: String },
    #[error("Missing name: enter one for this {noun}")]
    Nameless { noun: &'static str },
    #[error("Name too long: {problem} for this {noun}")]
    LongName { noun: &'static str, problem: String },
    #[error("Invalid duration: a maintenance window lasts at least one minute")]
    NoDuration,
    #[error("{0} already has an occurrence with the date {on}: move or restore that one", on = date(*.1))]
    Taken(String, NaiveDate),
    #[error("Two changes begin on {0}: change the one that exists, or choose another date")]
    TwoChanges(NaiveDate),
    #[error("The plan would have {0}: split it into several")]
    TooMany(String),
    #[error("Duplicate group id \"{0}\": choose another one")]
    TwoGroups(String),
}

impl Edit {
    /// Whether it records something that happened outside the plan and that undo cannot revert.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::NoteSent(_) | Self::ForgetSent(_))
    }

    /// Whether both put a record of the same kind, and of one that imports bring by the thousand.
    pub(super) fn joins(&self, next: &Self) -> bool {
        matches!(
            (self, next),
            (Self::PutEntry(_), Self::PutEntry(_))
                | (Self::PutWindow(_), Self::PutWindow(_))
                | (Self::PutFreeze(_), Self::PutFreeze(_))
                | (Self::PutSystem(_), Self::PutSystem(_))
                | (Self::PutResult(_), Self::PutResult(_))
        )
    }
}
