//! Conflicts that a merge left: values that two people changed differently, until somebody chooses one.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AcceptanceId, AdvisoryId, AreaId, BulletinDutyId, ChecklistId, FreezeId, GroupRecordKey, HolidayId, InviteKey,
    LadderId, LedgerKey, MappingKey, NightKey, NoticeId, PersonId, Record, ReleaseId, ResultKey, ScanKey,
    ScanRoutineId, SystemId, TeamId, WindowId, ZoneId, is_default,
};
use crate::wording::iso;

/// A value that both sides of a merge changed, and differently. The plan itself has our value.
///
/// Values are written as in JSON, so that a conflict can hold a value of any field. None of them is null unless the side
/// has no value: it removed the record or left the field empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "ConflictFields", into = "ConflictFields")]
pub struct Conflict {
    pub key: ConflictKey,
    /// The value before both changes.
    pub base: Value,
    /// The value of the other side.
    pub theirs: Value,
}

impl Record for Conflict {
    type Id = ConflictKey;
    const NOUN: &'static str = "conflict";
    fn id(&self) -> &ConflictKey {
        &self.key
    }
}

/// A record, and the field in it that is in conflict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConflictKey {
    pub record: RecordKey,
    /// As in the plan file: "duration", "estimate.patch", "exceptions[2027-03-13]". Empty for the whole record.
    pub field: String,
}

impl fmt::Display for ConflictKey {
    /// "window/core-db.duration", as it is typed on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(f)?;
        if self.field.is_empty() { Ok(()) } else { write!(f, ".{}", self.field) }
    }
}

/// The form of a conflict in a file, where the key has no brackets of its own.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Conflict")]
struct ConflictFields {
    record: RecordKey,
    #[serde(default, skip_serializing_if = "is_default")]
    field: String,
    #[serde(default, skip_serializing_if = "is_default")]
    base: Value,
    #[serde(default, skip_serializing_if = "is_default")]
    theirs: Value,
}

impl From<ConflictFields> for Conflict {
    fn from(ConflictFields { record, field, base, theirs }: ConflictFields) -> Self {
        Self { key: ConflictKey { record, field }, base, theirs }
    }
}

impl From<Conflict> for ConflictFields {
    fn from(Conflict { key: ConflictKey { record, field }, base, theirs }: Conflict) -> Self {
        Self { record, field, base, theirs }
    }
}

/// Any record of a plan, by kind and id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordKey {
    /// The plan's title, months and zone.
    Plan,
    Policy,
    /// The texts of invites.
    Invites,
    Acceptance(AcceptanceId),
    Advisory(AdvisoryId),
    Answer(LedgerKey),
    Area(AreaId),
    BulletinDuty(BulletinDutyId),
    /// Cancelled events of a calendar, by its name.
    Cancelled(String),
    Checklist(ChecklistId),
    Freeze(FreezeId),
    GroupRecord(GroupRecordKey),
    Holidays(HolidayId),
    Ladder(LadderId),
    Mapping(MappingKey),
    Night(NightKey),
    Notice(NoticeId),
    Person(PersonId),
    Release(ReleaseId),
    Result(ResultKey),
    Scan(ScanKey),
    ScanRoutine(ScanRoutineId),
    SentInvite(InviteKey),
    System(SystemId),
    Team(TeamId),
    Window(WindowId),
    Zone(ZoneId),
}

impl RecordKey {
    /// The kind of record, in lower case.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Policy => "policy",
            Self::Invites => "invites",
            Self::Acceptance(_) => "acceptance",
            Self::Advisory(_) => "advisory",
            Self::Answer(_) => "answer",
            Self::Area(_) => "area",
            Self::BulletinDuty(_) => "bulletin-duty",
            Self::Cancelled(_) => "cancelled",
            Self::Checklist(_) => "checklist",
            Self::Freeze(_) => "freeze",
            Self::GroupRecord(_) => "group-record",
            Self::Holidays(_) => "holidays",
            Self::Ladder(_) => "ladder",
            Self::Mapping(_) => "mapping",
            Self::Night(_) => "night",
            Self::Notice(_) => "notice",
            Self::Person(_) => "person",
            Self::Release(_) => "release",
            Self::Result(_) => "result",
            Self::Scan(_) => "scan",
            Self::ScanRoutine(_) => "scan-routine",
            Self::SentInvite(_) => "sent-invite",
            Self::System(_) => "system",
            Self::Team(_) => "team",
            Self::Window(_) => "window",
            Self::Zone(_) => "zone",
        }
    }

    /// The id, its parts separated by slashes; empty for what a plan has once.
    pub fn id(&self) -> String {
        match self {
            Self::Plan | Self::Policy | Self::Invites => String::new(),
            Self::Acceptance(id) => id.to_string(),
            Self::Advisory(id) => id.to_string(),
            Self::Answer(key) => format!("{}/{}/{}", key.window, key.on, key.area),
            Self::Area(id) => id.to_string(),
            Self::BulletinDuty(id) => id.to_string(),
            Self::Cancelled(source) => source.clone(),
            Self::Checklist(id) => id.to_string(),
            Self::Freeze(id) => id.to_string(),
            Self::GroupRecord(key) => format!("{}/{}/{}", key.ladder, key.group, key.release),
            Self::Holidays(id) => id.to_string(),
            Self::Ladder(id) => id.to_string(),
            Self::Mapping(key) => format!("{}/{}", key.topic, key.titles.join("/")),
            Self::Night(key) => format!("{}/{}", key.window, key.on),
            Self::Notice(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
            Self::Release(id) => id.to_string(),
            Self::Result(key) => format!("{}/{}/{}", key.window, key.on, key.system),
            Self::Scan(key) => format!("{}/{}/{}", key.window, key.on, iso::utc_minute(key.at)),
            Self::ScanRoutine(id) => id.to_string(),
            Self::SentInvite(key) => format!("{}/{}/{}", key.window, key.on, key.to),
            Self::System(id) => id.to_string(),
            Self::Team(id) => id.to_string(),
            Self::Window(id) => id.to_string(),
            Self::Zone(id) => id.to_string(),
        }
    }
}

impl fmt::Display for RecordKey {
    /// "window/core-db", "answer/core-db/2027-03-13/payments", "policy".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan | Self::Policy | Self::Invites => f.write_str(self.noun()),
            record => write!(f, "{}/{}", record.noun(), record.id()),
        }
    }
}
