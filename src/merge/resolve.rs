//! Resolving conflicts: the edits that choose one of two values.

use std::fmt;
use std::sync::Arc;

use super::fields::{MergeFields, Unfit, read};
use super::settings::Settings;
use super::words::conflict_title;
use crate::model::{Conflict, Edit, Ladder, Plan, Record, RecordKey, Table};

/// A side of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The value that the plan has.
    Ours,
    /// The value of the version that was merged into it.
    Theirs,
}

/// Why a conflict cannot be resolved with their value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "their value cannot be taken, because the plan no longer has what it belongs to, or it is invalid: keep ours, and \
     change the plan"
)]
pub struct UnusableValue;

impl From<Unfit> for UnusableValue {
    fn from(_: Unfit) -> Self {
        Self
    }
}

/// The edit that resolves a conflict.
///
/// # Errors
/// Their value does not suit the plan, or no longer.
pub fn resolution(plan: &Plan, conflict: &Conflict, side: Side) -> Result<Edit, UnusableValue> {
    let resolved = Edit::RemoveConflict(conflict.key.clone());
    if side == Side::Ours {
        return Ok(resolved);
    }
    let mut edits = Change { plan, conflict }.edits()?;
    edits.push(resolved);
    Ok(Edit::Together { label: format!("Take their value of {}", conflict_title(plan, conflict)), edits })
}

/// Taking their value of a conflict.
struct Change<'a> {
    plan: &'a Plan,
    conflict: &'a Conflict,
}

impl Change<'_> {
    fn edits(&self) -> Result<Vec<Edit>, Unfit> {
        let plan = self.plan;
        match &self.conflict.key.record {
            RecordKey::Plan => self.settings(),
            RecordKey::Policy => Ok(vec![Edit::SetPolicy(self.changed(&**plan.policy())?)]),
            RecordKey::Invites => Ok(vec![Edit::SetInvites(self.changed(&**plan.invites())?)]),
            RecordKey::Acceptance(id) => self.put(plan.acceptances(), id, Edit::PutAcceptance, Edit::RemoveAcceptance),
            RecordKey::Advisory(id) => self.put(plan.advisories(), id, Edit::PutAdvisory, Edit::RemoveAdvisory),
            RecordKey::Answer(key) => self.put(plan.ledger(), key, Edit::PutEntry, Edit::RemoveEntry),
            RecordKey::Area(id) => self.put(plan.areas(), id, Edit::PutArea, Edit::RemoveArea),
            RecordKey::BulletinDuty(id) => {
                self.put(plan.bulletin_duties(), id, Edit::PutBulletinDuty, Edit::RemoveBulletinDuty)
            }
            RecordKey::Cancelled(source) => {
                self.put(plan.cancelled_events(), source, Edit::PutCancelled, Edit::RemoveCancelled)
            }
            RecordKey::Checklist(id) => self.put(plan.checklists(), id, Edit::PutChecklist, Edit::RemoveChecklist),
            RecordKey::Freeze(id) => self.put(plan.freezes(), id, Edit::PutFreeze, Edit::RemoveFreeze),
            RecordKey::GroupRecord(key) => {
                self.put(plan.group_records(), key, Edit::PutGroupRecord, Edit::RemoveGroupRecord)
            }
            RecordKey::Holidays(id) => self.put(plan.holidays(), id, Edit::PutHolidays, Edit::RemoveHolidays),
            RecordKey::Ladder(id) => self.put(plan.ladders(), id, Edit::PutLadder, Edit::RemoveLadder).map(|edits| {
                let moved = edits.iter().flat_map(|edit| self.without_moved_groups(edit)).collect::<Vec<_>>();
                [moved, edits].concat()
            }),
            RecordKey::Mapping(key) => self.put(plan.mappings(), key, Edit::PutMapping, Edit::RemoveMapping),
            RecordKey::Night(key) => self.put(plan.nights(), key, Edit::PutNight, Edit::RemoveNight),
            RecordKey::Notice(id) => self.put(plan.notices(), id, Edit::PutNotice, Edit::RemoveNotice),
            RecordKey::Person(id) => self.put(plan.people(), id, Edit::PutPerson, Edit::RemovePerson),
            RecordKey::Release(id) => self.put(plan.releases(), id, Edit::PutRelease, Edit::RemoveRelease),
            RecordKey::Result(key) => self.put(plan.results(), key, Edit::PutResult, Edit::RemoveResult),
            RecordKey::Scan(key) => self.put(plan.scans(), key, Edit::PutScan, Edit::RemoveScan),
            RecordKey::ScanRoutine(id) => {
                self.put(plan.scan_routines(), id, Edit::PutScanRoutine, Edit::RemoveScanRoutine)
            }
            RecordKey::SentInvite(key) => self.put(
                plan.sent_invites(),
                key,
                |invite| Edit::NoteSent(vec![invite]),
                |key| Edit::ForgetSent(vec![key]),
            ),
            RecordKey::System(id) => self.put(plan.systems(), id, Edit::PutSystem, Edit::RemoveSystem),
            RecordKey::Team(id) => self.put(plan.teams(), id, Edit::PutTeam, Edit::RemoveTeam),
            RecordKey::Window(id) => self.put(plan.windows(), id, Edit::PutWindow, Edit::RemoveWindow),
            RecordKey::Zone(id) => self.put(plan.zones(), id, Edit::PutZone, Edit::RemoveZone),
        }
    }

    fn changed<T: MergeFields>(&self, record: &T) -> Result<T, Unfit> {
        let mut record = record.clone();
        record.set_field(&self.conflict.key.field, &self.conflict.theirs)?;
        Ok(record)
    }

    fn settings(&self) -> Result<Vec<Edit>, Unfit> {
        let old = Settings::from_plan(self.plan);
        let new = self.changed(&old)?;
        let mut edits = Vec::new();
        if new.title != old.title {
            edits.push(Edit::SetTitle(new.title));
        }
        if new.horizon != old.horizon {
            edits.push(Edit::SetHorizon(new.horizon));
        }
        if new.zone != old.zone {
            edits.push(Edit::SetZone(new.zone));
        }
        Ok(edits)
    }

    fn put<T: Record + MergeFields>(
        &self,
        table: &Table<T>,
        id: &T::Id,
        put: fn(T) -> Edit,
        remove: fn(T::Id) -> Edit,
    ) -> Result<Vec<Edit>, Unfit> {
        let theirs = &self.conflict.theirs;
        Ok(match table.get(id) {
            None if !self.conflict.key.field.is_empty() => return Err(Unfit),
            Some(record) if !self.conflict.key.field.is_empty() => vec![put(self.changed(&**record)?)],
            None if theirs.is_null() => Vec::new(),
            Some(_) if theirs.is_null() => vec![remove(id.clone())],
            Some(_) | None => {
                let record: T = read(theirs)?;
                if record.id() != id {
                    return Err(Unfit);
                }
                vec![put(record)]
            }
        })
    }

    /// Groups that a put ladder gets from other ladders leave these first.
    fn without_moved_groups(&self, edit: &Edit) -> Vec<Edit> {
        let Edit::PutLadder(new) = edit else { return Vec::new() };
        let is_moved = |ladder: &&Arc<Ladder>| {
            ladder.id != new.id && ladder.groups.iter().any(|group| new.group(&group.id).is_some())
        };
        let without = |ladder: &Arc<Ladder>| {
            let mut ladder = Ladder::clone(ladder);
            ladder.groups.retain(|group| new.group(&group.id).is_none());
            Edit::PutLadder(ladder)
        };
        self.plan.ladders().iter().filter(is_moved).map(without).collect()
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        })
    }
}
