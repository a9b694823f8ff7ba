//! The values that a plan has for its conflicts.

use serde_json::Value;

use super::fields::{MergeFields, value_of};
use super::settings::Settings;
use crate::model::{ConflictKey, Plan, Record, RecordKey, Table};

/// The value that the plan has for a conflict; null if it has none.
pub fn our_value(plan: &Plan, key: &ConflictKey) -> Value {
    let field = &key.field;
    match &key.record {
        RecordKey::Plan => Settings::from_plan(plan).get_field(field),
        RecordKey::Policy => plan.policy().get_field(field),
        RecordKey::Invites => plan.invites().get_field(field),
        RecordKey::Acceptance(id) => value_in(plan.acceptances(), id, field),
        RecordKey::Advisory(id) => value_in(plan.advisories(), id, field),
        RecordKey::Answer(key) => value_in(plan.ledger(), key, field),
        RecordKey::Area(id) => value_in(plan.areas(), id, field),
        RecordKey::BulletinDuty(id) => value_in(plan.bulletin_duties(), id, field),
        RecordKey::Cancelled(source) => value_in(plan.cancelled_events(), source, field),
        RecordKey::Checklist(id) => value_in(plan.checklists(), id, field),
        RecordKey::Freeze(id) => value_in(plan.freezes(), id, field),
        RecordKey::GroupRecord(key) => value_in(plan.group_records(), key, field),
        RecordKey::Holidays(id) => value_in(plan.holidays(), id, field),
        RecordKey::Ladder(id) => value_in(plan.ladders(), id, field),
        RecordKey::Mapping(key) => value_in(plan.mappings(), key, field),
        RecordKey::Night(key) => value_in(plan.nights(), key, field),
        RecordKey::Notice(id) => value_in(plan.notices(), id, field),
        RecordKey::Person(id) => value_in(plan.people(), id, field),
        RecordKey::Release(id) => value_in(plan.releases(), id, field),
        RecordKey::Result(key) => value_in(plan.results(), key, field),
        RecordKey::Scan(key) => value_in(plan.scans(), key, field),
        RecordKey::ScanRoutine(id) => value_in(plan.scan_routines(), id, field),
        RecordKey::SentInvite(key) => value_in(plan.sent_invites(), key, field),
        RecordKey::System(id) => value_in(plan.systems(), id, field),
        RecordKey::Team(id) => value_in(plan.teams(), id, field),
        RecordKey::Window(id) => value_in(plan.windows(), id, field),
        RecordKey::Zone(id) => value_in(plan.zones(), id, field),
    }
}

fn value_in<T: Record + MergeFields>(table: &Table<T>, id: &T::Id, field: &str) -> Value {
    table
        .get(id)
        .map_or(Value::Null, |record| if field.is_empty() { value_of(&**record) } else { record.get_field(field) })
}
