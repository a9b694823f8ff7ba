//! All ids in a plan: those of its records, and those in references to them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use crate::model::{
    Absence, AcceptanceId, AdvisoryId, AllowedHours, AreaId, Assignee, Batch, Booking, BulletinDutyId, ChecklistBlock,
    ChecklistChoice, ChecklistId, ChecklistItem, DatedChange, DayOrder, Decision, DueBy, Duty, Ending, Environment,
    Exception, Exposure, FieldPrints, FixState, FreezeId, GroupId, GroupRecordKey, Guess, Hold, Holiday, HolidayId,
    ImportedEvent, InformedOf, InstalledOn, InviteKey, Irreversible, LadderId, LedgerKey, Level, MappingKey, Minutes,
    NightKey, NoticeCircuit, NoticeId, NoticeImpact, NoticeStatus, OffsetTransition, PatchMethod, PersonId,
    ProcessStage, Product, RecordKey, ReleaseCadence, ReleaseId, ReportedSeverity, ResultKey, RollbackMethod, Rule,
    ScanInterval, ScanKey, ScanKind, ScanRoutineId, ScanRun, SignOff, SignedOff, Stage, StatusUpdate, Subject,
    SystemClass, SystemId, SystemScope, TeamId, TestResult, Tick, UtcMinute, WatchOutcome, WindowId, WindowKind, Work,
    WorkStrategy, ZoneId,
};

/// Something in a plan that may contain ids. The compiler asks for an implementation for each new type of field.
pub trait VisitIds {
    /// Shows all ids in it, of records and of references to them, to the visitor, who may change them.
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor);
}

/// An id that is chosen freely, so that two people may choose the same one for different records.
pub trait FreeId: Ord + Clone {
    fn unused(&self, is_taken: impl Fn(&Self) -> bool) -> Self;
}

macro_rules! free_ids {
    ($($list:ident: $id:ident,)*) => {
        /// Somebody who looks at ids, with a method for each kind.
        pub trait IdVisitor {
            $(fn $list(&mut self, id: &mut $id);)*
        }

        /// The records that get new ids, by their old ones.
        #[derive(Default)]
        pub struct Renaming {
            $(pub $list: BTreeMap<$id, $id>,)*
        }

        impl IdVisitor for Renaming {
            $(fn $list(&mut self, id: &mut $id) {
                if let Some(new) = self.$list.get(id) {
                    id.clone_from(new);
                }
            })*
        }

        /// All ids that records have or that references name, whether such a record exists or not.
        #[derive(Default)]
        pub struct UsedIds {
            $(pub $list: BTreeSet<$id>,)*
        }

        impl IdVisitor for UsedIds {
            $(fn $list(&mut self, id: &mut $id) {
                if !self.$list.contains(id) {
                    self.$list.insert(id.clone());
                }
            })*
        }

        $(impl VisitIds for $id {
            fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
                visitor.$list(self);
            }
        }

        impl FreeId for $id {
            fn unused(&self, is_taken: impl Fn(&Self) -> bool) -> Self {
                Self::unused(self.as_str(), is_taken)
            }
        })*
    };
}

free_ids! {
    acceptances: AcceptanceId,
    areas: AreaId,
    bulletin_duties: BulletinDutyId,
    checklists: ChecklistId,
    freezes: FreezeId,
    groups: GroupId,
    holidays: HolidayId,
    ladders: LadderId,
    people: PersonId,
    releases: ReleaseId,
    scan_routines: ScanRoutineId,
    systems: SystemId,
    teams: TeamId,
    windows: WindowId,
}

macro_rules! without_ids {
    ($($type:ty),* $(,)?) => {
        $(impl VisitIds for $type {
            fn visit_ids(&mut self, _: &mut dyn IdVisitor) {}
        })*
    };
}

// Advisories, notices and zones are known by their ids, as CVE-2027-1234 is, so they never get new ones.
without_ids!(AdvisoryId, NoticeId, ZoneId);
without_ids!(NoticeCircuit, NoticeImpact, NoticeStatus, UtcMinute);
without_ids!(String, bool, u8, u16, u32, i32, NaiveDate, NaiveTime, Minutes, Guess, BTreeMap<String, String>);
without_ids!(
    Batch,
    ChecklistBlock,
    DueBy,
    Environment,
    Exposure,
    FixState,
    ReportedSeverity,
    Level,
    RollbackMethod,
    Stage,
    SystemClass,
    WindowKind,
    WorkStrategy
);
without_ids!(AllowedHours, ChecklistItem, DatedChange, Duty, Ending, Exception, FieldPrints, Holiday);
without_ids!(ImportedEvent, Irreversible, OffsetTransition, ReleaseCadence, StatusUpdate, Tick, MappingKey);
without_ids!(WatchOutcome);
without_ids!(ScanInterval, ScanKind, ScanRun);
without_ids!(Absence, DayOrder, Hold, PatchMethod, ProcessStage, Product, SignOff, SignedOff, TestResult);

impl VisitIds for Decision {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        self.systems.visit_ids(visitor);
    }
}

impl<T: VisitIds> VisitIds for Vec<T> {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        for each in self {
            each.visit_ids(visitor);
        }
    }
}

impl<T: VisitIds> VisitIds for Option<T> {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        if let Some(value) = self {
            value.visit_ids(visitor);
        }
    }
}

impl<T: VisitIds> VisitIds for Box<T> {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        (**self).visit_ids(visitor);
    }
}

macro_rules! rename_fields {
    ($($record:ident { $($field:ident),* })*) => {
        $(impl VisitIds for $record {
            fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
                let Self { $($field),* } = self;
                $($field.visit_ids(visitor);)*
            }
        })*
    };
}

rename_fields! {
    Booking { duty, who, on }
    LedgerKey { window, on, area }
    NightKey { window, on }
    ResultKey { window, on, system }
    ScanKey { window, on, at }
    GroupRecordKey { ladder, group, release }
    InstalledOn { system, on }
}

impl VisitIds for InviteKey {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        let Self { window, on: _, to: _ } = self;
        window.visit_ids(visitor);
    }
}

impl VisitIds for Assignee {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Person(id) => id.visit_ids(visitor),
            Self::Team(id) => id.visit_ids(visitor),
        }
    }
}

impl VisitIds for ChecklistChoice {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Template(id) => id.visit_ids(visitor),
            Self::Usual | Self::Without => {}
        }
    }
}

impl VisitIds for SystemScope {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Everything => {}
            Self::Areas(ids) => ids.visit_ids(visitor),
            Self::Ladders(ids) => ids.visit_ids(visitor),
            Self::Systems(ids) => ids.visit_ids(visitor),
        }
    }
}

impl VisitIds for InformedOf {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Affecting { systems, areas } => {
                systems.visit_ids(visitor);
                areas.visit_ids(visitor);
            }
            Self::Nothing | Self::Bookings | Self::Everything => {}
        }
    }
}

impl VisitIds for Rule {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::AfterRelease { release, .. } => release.visit_ids(visitor),
            Self::Dates(_) | Self::Weekly { .. } | Self::Monthly { .. } | Self::Foreign(_) => {}
        }
    }
}

impl VisitIds for Work {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Pool(estimate) => estimate.visit_ids(visitor),
            Self::Tracks(tracks) => tracks.visit_ids(visitor),
        }
    }
}

impl VisitIds for Subject {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Plan | Self::Severity(_) => {}
            Self::Advisory(id) => id.visit_ids(visitor),
            Self::Area(id) => id.visit_ids(visitor),
            Self::BulletinDuty(id) => id.visit_ids(visitor),
            Self::Checklist(id) => id.visit_ids(visitor),
            Self::Freeze(id) => id.visit_ids(visitor),
            Self::Group(id) => id.visit_ids(visitor),
            Self::Holidays(id) => id.visit_ids(visitor),
            Self::Ladder(id) => id.visit_ids(visitor),
            Self::Notice(id) => id.visit_ids(visitor),
            Self::Person(id) => id.visit_ids(visitor),
            Self::Release(id) => id.visit_ids(visitor),
            Self::ScanRoutine(id) => id.visit_ids(visitor),
            Self::System(id) => id.visit_ids(visitor),
            Self::Team(id) => id.visit_ids(visitor),
            Self::Window(id) => id.visit_ids(visitor),
        }
    }
}

impl VisitIds for RecordKey {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        match self {
            Self::Plan | Self::Policy | Self::Invites | Self::Cancelled(_) => {}
            Self::Acceptance(id) => id.visit_ids(visitor),
            Self::Advisory(id) => id.visit_ids(visitor),
            Self::Answer(key) => key.visit_ids(visitor),
            Self::Area(id) => id.visit_ids(visitor),
            Self::BulletinDuty(id) => id.visit_ids(visitor),
            Self::Checklist(id) => id.visit_ids(visitor),
            Self::Freeze(id) => id.visit_ids(visitor),
            Self::GroupRecord(key) => key.visit_ids(visitor),
            Self::Holidays(id) => id.visit_ids(visitor),
            Self::Ladder(id) => id.visit_ids(visitor),
            Self::Mapping(key) => key.visit_ids(visitor),
            Self::Night(key) => key.visit_ids(visitor),
            Self::Notice(id) => id.visit_ids(visitor),
            Self::Person(id) => id.visit_ids(visitor),
            Self::Release(id) => id.visit_ids(visitor),
            Self::Result(key) => key.visit_ids(visitor),
            Self::Scan(key) => key.visit_ids(visitor),
            Self::ScanRoutine(id) => id.visit_ids(visitor),
            Self::SentInvite(key) => key.visit_ids(visitor),
            Self::System(id) => id.visit_ids(visitor),
            Self::Team(id) => id.visit_ids(visitor),
            Self::Window(id) => id.visit_ids(visitor),
            Self::Zone(id) => id.visit_ids(visitor),
        }
    }
}
