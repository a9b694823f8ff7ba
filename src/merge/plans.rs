//! Merges two versions of a plan that began with the same one.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::collisions::{RenamedRecord, without_collisions};
use super::fields::{FieldConflict, MergeFields, Merging, value_of};
use super::settings::Settings;
use crate::model::{
    Conflict, ConflictKey, InviteTexts, Ladder, Plan, PlanId, PlanParts, Policy, Record, RecordKey, Table,
    find_duplicate_group,
};

/// The result of a merge.
#[derive(Clone, Debug)]
pub struct MergedPlan {
    /// Our plan with their changes. It has the conflicts, each with our value until somebody chooses.
    pub plan: Plan,
    /// Their records that got new ids.
    pub renamed: Vec<RenamedRecord>,
}

/// A version of a plan in a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The one with which both sides began.
    Base,
    Ours,
    Theirs,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Base => "the version before the changes",
            Self::Ours => "our version",
            Self::Theirs => "their version",
        })
    }
}

/// Why versions cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// One of them has another id than the others.
    #[error(
        "{version} is another plan (\"{found}\" instead of \"{expected}\"): only versions of one plan can be merged"
    )]
    OtherPlan { version: Version, found: PlanId, expected: PlanId },
    #[error("the conflict {0} of an earlier merge is still open: resolve it first with windowsill merge --continue")]
    Unresolved(ConflictKey),
}

/// Merges `theirs` into `ours`. Both began as `base`; without it, they have nothing in common but equal records.
///
/// # Errors
/// Plans with different ids, and conflicts on top of earlier ones.
pub fn merge_plans(base: Option<&Plan>, ours: &Plan, theirs: &Plan) -> Result<MergedPlan, MergeError> {
    let (theirs, renamed) = without_collisions(base, ours, theirs);
    merge_parts(base, ours, &theirs, renamed)
}

/// Merges `theirs` into `ours` if both are versions of one plan, but the version with which they began is not known.
/// Records with the same id are the same record: each field in which they differ is a conflict. What only one of them
/// has is kept.
///
/// # Errors
/// The same as for [`merge_plans`].
pub fn merge_without_base(ours: &Plan, theirs: &Plan) -> Result<MergedPlan, MergeError> {
    merge_parts(None, ours, theirs, Vec::new())
}

fn merge_parts(
    base: Option<&Plan>,
    ours: &Plan,
    theirs: &Plan,
    renamed: Vec<RenamedRecord>,
) -> Result<MergedPlan, MergeError> {
    refuse_other_plans(base.map(Plan::id), ours.id(), theirs.id())?;
    let (base, ours, theirs) = (base.map(Plan::to_parts), ours.to_parts(), theirs.to_parts());
    let mut merger = Merger { conflicts: Vec::new() };
    let mut merged = merger.parts(base.as_ref(), &ours, &theirs)?;
    merger.remove_duplicate_groups(&mut merged.ladders, &ours.ladders);
    for conflict in merger.conflicts {
        if merged.conflicts.contains(&conflict.key) {
            return Err(MergeError::Unresolved(conflict.key));
        }
        merged.conflicts = merged.conflicts.with(conflict);
    }
    Ok(MergedPlan { plan: merged.into(), renamed })
}

/// If two versions agree, the third is the other plan. Without that, ours decides what the plan is.
fn refuse_other_plans(base: Option<&PlanId>, ours: &PlanId, theirs: &PlanId) -> Result<(), MergeError> {
    let (version, found, expected) = match base {
        _ if ours != theirs && base == Some(theirs) => (Version::Ours, ours, theirs),
        _ if ours != theirs => (Version::Theirs, theirs, ours),
        Some(base) if base != ours => (Version::Base, base, ours),
        Some(_) | None => return Ok(()),
    };
    Err(MergeError::OtherPlan { version, found: found.clone(), expected: expected.clone() })
}

struct Merger {
    conflicts: Vec<Conflict>,
}

impl Merger {
    /// All fields are listed, so that the compiler asks about a new one.
    fn parts(
        &mut self,
        base: Option<&PlanParts>,
        ours: &PlanParts,
        theirs: &PlanParts,
    ) -> Result<PlanParts, MergeError> {
        macro_rules! table {
            ($field:ident, $record:expr) => {
                self.table(base.map(|base| &base.$field), &ours.$field, &theirs.$field, $record)
            };
        }
        let (usual_policy, usual_invites) = (Policy::default(), InviteTexts::default());
        let base_policy = base.map_or(&usual_policy, |base| &base.policy);
        let base_invites = base.map_or(&usual_invites, |base| &base.invites);
        let base_settings = base.map(Settings::from_parts);
        let (our_settings, their_settings) = (Settings::from_parts(ours), Settings::from_parts(theirs));
        let Settings { title, horizon, zone } =
            self.record(RecordKey::Plan, base_settings.as_ref(), &our_settings, &their_settings);
        Ok(PlanParts {
            id: ours.id.clone(),
            title,
            horizon,
            zone,
            policy: Arc::new(self.record(RecordKey::Policy, Some(base_policy), &*ours.policy, &theirs.policy)),
            zones: table!(zones, RecordKey::Zone),
            areas: table!(areas, RecordKey::Area),
            systems: table!(systems, RecordKey::System),
            ladders: table!(ladders, RecordKey::Ladder),
            releases: table!(releases, RecordKey::Release),
            windows: table!(windows, RecordKey::Window),
            freezes: table!(freezes, RecordKey::Freeze),
            holidays: table!(holidays, RecordKey::Holidays),
            notices: table!(notices, RecordKey::Notice),
            people: table!(people, RecordKey::Person),
            teams: table!(teams, RecordKey::Team),
            scan_routines: table!(scan_routines, RecordKey::ScanRoutine),
            bulletin_duties: table!(bulletin_duties, RecordKey::BulletinDuty),
            advisories: table!(advisories, RecordKey::Advisory),
            checklists: table!(checklists, RecordKey::Checklist),
            ledger: table!(ledger, RecordKey::Answer),
            invites: Arc::new(self.record(RecordKey::Invites, Some(base_invites), &ours.invites, &theirs.invites)),
            sent_invites: table!(sent_invites, RecordKey::SentInvite),
            acceptances: table!(acceptances, RecordKey::Acceptance),
            nights: table!(nights, RecordKey::Night),
            results: table!(results, RecordKey::Result),
            scans: table!(scans, RecordKey::Scan),
            group_records: table!(group_records, RecordKey::GroupRecord),
            mappings: table!(mappings, RecordKey::Mapping),
            cancelled: table!(cancelled, RecordKey::Cancelled),
            conflicts: earlier_conflicts(base.map(|base| &base.conflicts), &ours.conflicts, &theirs.conflicts)?,
        })
    }

    /// Merges two records that both sides have, or that a plan has once.
    fn record<T: MergeFields>(&mut self, key: RecordKey, base: Option<&T>, ours: &T, theirs: &T) -> T {
        let mut at = Merging::default();
        let merged = T::merge_fields(&mut at, base, ours, theirs);
        let conflict = |FieldConflict { field, base, theirs }| {
            let key = ConflictKey { record: key.clone(), field };
            Conflict { key, base, theirs }
        };
        self.conflicts.extend(at.conflicts.into_iter().map(conflict));
        merged
    }

    fn table<T: Record + MergeFields>(
        &mut self,
        base: Option<&Table<T>>,
        ours: &Table<T>,
        theirs: &Table<T>,
        key: fn(T::Id) -> RecordKey,
    ) -> Table<T> {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        let ids: BTreeSet<&T::Id> = ours.iter().chain(theirs).map(|record| record.id()).collect();
        let merged = ids.into_iter().filter_map(|id| {
            let base = base.and_then(|base| base.get(id));
            match (base, ours.get(id), theirs.get(id)) {
                (_, None, None) => None,
                (base, Some(ours), Some(theirs)) if ours == theirs || base == Some(theirs) => Some(T::clone(ours)),
                (Some(base), Some(ours), Some(theirs)) if base == ours => Some(T::clone(theirs)),
                (base, Some(ours), Some(theirs)) => {
                    Some(self.record(key(id.clone()), base.map(Arc::as_ref), ours, theirs))
                }
                (None, one, other) => one.or(other).map(|record| T::clone(record)),
                (Some(base), None, Some(theirs)) => {
                    if base != theirs {
                        self.whole_record(key(id.clone()), &**base, Some(theirs));
                    }
                    None
                }
                (Some(base), Some(ours), None) => (base != ours).then(|| {
                    self.whole_record(key(id.clone()), &**base, None);
                    T::clone(ours)
                }),
            }
        });
        merged.collect()
    }

    /// Notes that one side removed a record that the other changed.
    fn whole_record<T: MergeFields>(&mut self, record: RecordKey, base: &T, theirs: Option<&Arc<T>>) {
        let theirs = theirs.map_or(Value::Null, |theirs| value_of(&**theirs));
        let key = ConflictKey { record, field: String::new() };
        self.conflicts.push(Conflict { key, base: value_of(base), theirs });
    }

    /// If both sides moved a group, and to different ladders, it stays where we moved it.
    fn remove_duplicate_groups(&mut self, ladders: &mut Table<Ladder>, ours: &Table<Ladder>) {
        while let Some(id) = find_duplicate_group(ladders).cloned() {
            let owner = ours.iter().find(|ladder| ladder.group(&id).is_some()).map(|ladder| ladder.id.clone());
            let mut holders = ladders.iter().filter(|ladder| ladder.group(&id).is_some());
            let other = holders.rfind(|ladder| Some(&ladder.id) != owner.as_ref());
            let Some(other) = other else { return };
            let mut ladder = Ladder::clone(other);
            let theirs = ladder.group(&id).map_or(Value::Null, value_of);
            ladder.groups.retain(|group| group.id != id);
            let key = ConflictKey { record: RecordKey::Ladder(ladder.id.clone()), field: format!("groups[{id}]") };
            self.conflicts.push(Conflict { key, base: Value::Null, theirs });
            *ladders = ladders.with(ladder);
        }
    }
}

/// The conflicts that earlier merges left and that neither side has resolved.
fn earlier_conflicts(
    base: Option<&Table<Conflict>>,
    ours: &Table<Conflict>,
    theirs: &Table<Conflict>,
) -> Result<Table<Conflict>, MergeError> {
    let keys: BTreeSet<&ConflictKey> = ours.iter().chain(theirs).map(|conflict| &conflict.key).collect();
    let mut merged = Vec::new();
    for key in keys {
        let base = base.and_then(|base| base.get(key));
        let (ours, theirs) = (ours.get(key), theirs.get(key));
        let kept = if ours == theirs || base == theirs {
            ours
        } else if base == ours {
            theirs
        } else {
            return Err(MergeError::Unresolved(key.clone()));
        };
        merged.extend(kept.map(|conflict| Conflict::clone(conflict)));
    }
    Ok(merged.into_iter().collect())
}
