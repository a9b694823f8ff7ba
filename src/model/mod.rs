//! The plan: its records, and the edits that change it. No clock, no files, no screen, no zone data.
//!
//! A [`Plan`] is an immutable value. Everything large in it is behind a shared pointer, so a changed plan shares all
//! unchanged parts with the old one, and comparing pointers shows whether something derived from it is still valid.

mod acceptance;
mod advisory;
mod apply;
mod batch;
mod checklist;
mod conflict;
mod copy_name;
mod custom_zone;
mod dated_change;
mod done;
mod edit;
mod effective_checklist;
mod emergency;
mod estimate;
mod extent;
mod field_prints;
mod freeze;
mod group_record;
mod guess;
mod hash;
mod horizon;
mod id;
mod import_source;
mod informed;
mod instant;
mod invites;
mod label;
mod ladder;
mod ledger;
mod mapping;
mod minutes;
mod names;
mod new_in_plan;
mod night;
mod notice;
mod offset;
mod patch_method;
mod people;
mod plan;
mod policy;
mod preset;
mod process;
mod product;
pub mod proportions;
mod record_names;
mod release;
mod removal;
mod restore;
mod result;
mod routine;
mod rule;
mod sent_invite;
mod service;
mod short_names;
mod strategy;
mod subject;
mod system;
mod table;
pub mod uid;
mod unique_ids;
mod usual_times;
mod vendor_releases;
mod watch;
mod window;

pub use acceptance::Acceptance;
pub use advisory::{
    Advisory, Decision, DueBy, Exposure, FixState, InstalledOn, ReportedSeverity, ResponseMatrix, Verdict,
};
pub use batch::{Batch, BatchSize, ParseBatchSizeError};
pub use checklist::{ChecklistBlock, ChecklistChoice, ChecklistItem, ChecklistTemplate, Condition, handbook_items};
pub use conflict::{Conflict, ConflictKey, RecordKey};
pub use copy_name::copy_name;
pub use custom_zone::{CustomZone, OffsetTransition};
pub use dated_change::{DatedChange, UsualTimes};
pub use edit::{Edit, EditError};
pub use effective_checklist::{ChecklistSource, EffectiveChecklist};
pub use emergency::EmergencyLane;
pub use estimate::Estimate;
pub use extent::{Extent, TimesChange};
pub use field_prints::FieldPrints;
pub use freeze::{ChangeFreeze, Exemption, FreezeSpan, Holiday, HolidayCalendar, SystemScope};
pub use group_record::{GroupRecord, GroupRecordKey, Hold, LadderGate, SignOff, SignedOff, TestResult};
pub use guess::Guess;
pub use hash::{Fnv1a, fnv1a};
pub use horizon::Horizon;
pub use id::{
    AcceptanceId, AdvisoryId, AreaId, BulletinDutyId, ChecklistId, FreezeId, GroupId, HolidayId, LadderId, NoticeId,
    PersonId, PlanId, ReleaseId, ScanRoutineId, SystemId, TeamId, WindowId, ZoneId, slug,
};
pub use import_source::{CancelledEvents, ImportSource, ImportedEvent};
pub use informed::InformedOf;
pub use instant::{LocalMinute, UtcMinute, date_of_day, day_number, month_number};
pub use invites::InviteTexts;
pub use ladder::{DeploymentGroup, Ladder, Stage, find_duplicate_group};
pub use ledger::{Agreement, LedgerEntry, LedgerKey, OccurrenceTimes};
pub use mapping::{DayOrder, MappingKey, TableMapping};
pub use minutes::{Minutes, ParseMinutesError};
pub use names::{LONGEST_NAME, check_name_length};
pub use night::{Ending, NightKey, NightRecord, Outcome, StatusUpdate, Tick};
pub use notice::{CarrierNotice, NoticeCircuit, NoticeImpact, NoticeStatus, ParseNoticeError};
pub use offset::{Offset, ParseOffsetError};
pub use patch_method::PatchMethod;
pub use people::{Absence, Assignee, Booking, Duty, PeopleLimits, Person, Team};
pub use plan::{Plan, PlanParts};
pub use policy::{NightLimits, Policy, SeverityDeadline, SoakTimes, WindowType};
pub use preset::{DeadlinePreset, PRESETS, PresetSource, PresetValues};
pub use process::{ProcessStage, StageOwner};
pub use product::Product;
pub use record_names::HasName;
pub use release::{ReleaseCadence, ReleaseCalendar};
pub use result::{FollowUpScan, ResultKey, ResultOutcome, ScanKey, SystemResult};
pub use routine::{BulletinDuty, ScanInterval, ScanKind, ScanOutcome, ScanRoutine, ScanRun};
pub use rule::{ListedDate, MonthDay, Rule};
pub use sent_invite::{InviteKey, InviteRole, SentInvite, address, addresses};
pub use service::ServiceTarget;
pub use short_names::{LONGEST_SHORT_NAME, ShortNames, check_short_name};
pub use strategy::WorkStrategy;
pub use subject::Subject;
pub use system::{AllowedHours, BusinessArea, Environment, Level, Rating, RollbackMethod, System, SystemClass};
pub use table::{Record, Table};
pub use uid::{freeze_uid, is_uid_of_plan, occurrence_uid};
pub use vendor_releases::{VendorDays, VendorReleases, built_in_releases, outdated_releases, vendor_releases};
pub use watch::{Watch, WatchOutcome, WatchRecord, watch_items};
pub use window::{BackoutPlan, Exception, Irreversible, MaintenanceWindow, OccurrenceChange, WindowKind, Work};

/// For `skip_serializing_if`: default values are not written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Times of day, written as "22:00".
mod hhmm {
    use chrono::{NaiveTime, Timelike as _};
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::wording::{self, iso};

    pub fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&wording::time(*time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        iso::read_time(&text)
            .filter(|time| time.second() == 0)
            .ok_or_else(|| de::Error::custom(format!("invalid time of day \"{text}\": use whole minutes, e.g. 22:00")))
    }

    /// The same for an optional time.
    pub mod option {
        use super::{Deserialize, Deserializer, NaiveTime, Serializer, wording};

        #[derive(Deserialize)]
        #[serde(transparent)]
        struct Time(#[serde(with = "super")] NaiveTime);

        pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
            match time {
                Some(time) => serializer.serialize_some(&wording::time(*time)),
                None => serializer.serialize_none(),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
            Ok(Option::<Time>::deserialize(deserializer)?.map(|time| time.0))
        }
    }
}
