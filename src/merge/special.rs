//! Strategies for fields whose values belong together or have a newer and an older version.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fields::{Count, Fields, MergeFields, Merging, Strategy, Unfit, Whole, read, value_of};
use super::ids::{IdVisitor, VisitIds};
use super::lists::{List, members};
use crate::model::{
    Agreement, Exception, FieldPrints, ImportedEvent, LedgerEntry, ListedDate, OccurrenceTimes, Rule, SentInvite,
    SystemScope, UtcMinute, Work,
};
use crate::wording::{iso, time};

/// A time of day, in conflicts as in plan files.
pub struct Clock;

impl Strategy<NaiveTime> for Clock {
    fn merge(&self, at: &mut Merging, base: Option<&NaiveTime>, ours: &NaiveTime, theirs: &NaiveTime) -> NaiveTime {
        if ours == theirs || base == Some(theirs) {
            *ours
        } else if base == Some(ours) {
            *theirs
        } else {
            at.conflict(base.map(|base| time(*base)).as_ref(), Some(&time(*theirs)));
            *ours
        }
    }

    fn get(&self, value: &NaiveTime, path: &str) -> Value {
        if path.is_empty() { Value::String(time(*value)) } else { Value::Null }
    }

    fn set(&self, value: &mut NaiveTime, path: &str, new: &Value) -> Result<(), Unfit> {
        *value = Some(new).filter(|_| path.is_empty()).and_then(Value::as_str).and_then(iso::read_time).ok_or(Unfit)?;
        Ok(())
    }
}

/// An exception of a window: its change as a whole. Its sequence counts the changes of both sides.
pub struct ExceptionChange;

impl Strategy<Exception> for ExceptionChange {
    fn merge(&self, at: &mut Merging, base: Option<&Exception>, ours: &Exception, theirs: &Exception) -> Exception {
        let change = |exception: &Exception| (exception.change.clone(), exception.was_added);
        let base_change = base.map(change);
        let is_theirs = base_change.as_ref() == Some(&change(ours));
        if !is_theirs && change(ours) != change(theirs) && base_change != Some(change(theirs)) {
            at.conflict(base, Some(theirs));
        }
        let sequence = Count::merged(base.map(|base| base.sequence), ours.sequence, theirs.sequence);
        Exception { sequence, ..if is_theirs { theirs.clone() } else { ours.clone() } }
    }

    fn get(&self, value: &Exception, path: &str) -> Value {
        Whole.get(value, path)
    }

    fn set(&self, value: &mut Exception, path: &str, new: &Value) -> Result<(), Unfit> {
        let sequence = value.sequence;
        Whole.set(value, path, new)?;
        value.sequence = value.sequence.max(sequence).saturating_add(1);
        Ok(())
    }
}

/// A rule: the dates of a list one by one, any other rule as a whole.
pub struct RuleDates;

fn dates() -> List<ListedDate, Whole> {
    List::by(|date: &ListedDate| date.on.to_string(), Whole).with_changeable_keys()
}

impl Strategy<Rule> for RuleDates {
    fn merge(&self, at: &mut Merging, base: Option<&Rule>, ours: &Rule, theirs: &Rule) -> Rule {
        let length = at.conflicts.len();
        if let (Some(Rule::Dates(base)), Rule::Dates(our_dates), Rule::Dates(their_dates)) = (base, ours, theirs) {
            let merged = dates().merge(at, Some(base), our_dates, their_dates);
            if at.conflicts.len() == length {
                return Rule::Dates(merged);
            }
            // One conflict for the whole rule: single dates say little without the others.
            at.conflicts.truncate(length);
        }
        Whole.merge(at, base, ours, theirs)
    }

    fn get(&self, value: &Rule, path: &str) -> Value {
        Whole.get(value, path)
    }

    fn set(&self, value: &mut Rule, path: &str, new: &Value) -> Result<(), Unfit> {
        Whole.set(value, path, new)
    }
}

/// The estimate of a pool by its fields, tracks as a whole.
pub struct PoolOrTracks;

impl Strategy<Work> for PoolOrTracks {
    fn merge(&self, at: &mut Merging, base: Option<&Work>, ours: &Work, theirs: &Work) -> Work {
        match (base, ours, theirs) {
            (Some(Work::Pool(base)), Work::Pool(ours), Work::Pool(theirs)) => {
                Work::Pool(Fields.merge(at, Some(base), ours, theirs))
            }
            _ => Whole.merge(at, base, ours, theirs),
        }
    }

    fn get(&self, value: &Work, path: &str) -> Value {
        match value {
            Work::Pool(estimate) if !path.is_empty() => Fields.get(estimate, path),
            Work::Pool(_) | Work::Tracks(_) => Whole.get(value, path),
        }
    }

    fn set(&self, value: &mut Work, path: &str, new: &Value) -> Result<(), Unfit> {
        match value {
            Work::Pool(estimate) if !path.is_empty() => Fields.set(estimate, path, new),
            Work::Pool(_) | Work::Tracks(_) => Whole.set(value, path, new),
        }
    }
}

/// The scope of a freeze: ids of the same kind one by one, otherwise as a whole.
pub struct ScopeMembers;

impl Strategy<SystemScope> for ScopeMembers {
    fn merge(
        &self,
        at: &mut Merging,
        base: Option<&SystemScope>,
        ours: &SystemScope,
        theirs: &SystemScope,
    ) -> SystemScope {
        use SystemScope::{Areas, Ladders, Systems};
        match (base, ours, theirs) {
            (Some(Areas(base)), Areas(ours), Areas(theirs)) => Areas(members().merge(at, Some(base), ours, theirs)),
            (Some(Ladders(base)), Ladders(ours), Ladders(theirs)) => {
                Ladders(members().merge(at, Some(base), ours, theirs))
            }
            (Some(Systems(base)), Systems(ours), Systems(theirs)) => {
                Systems(members().merge(at, Some(base), ours, theirs))
            }
            _ => Whole.merge(at, base, ours, theirs),
        }
    }

    fn get(&self, value: &SystemScope, path: &str) -> Value {
        Whole.get(value, path)
    }

    fn set(&self, value: &mut SystemScope, path: &str, new: &Value) -> Result<(), Unfit> {
        Whole.set(value, path, new)
    }
}

/// An event of an import: the newer version.
pub struct NewerVersion;

impl Strategy<ImportedEvent> for NewerVersion {
    fn merge(
        &self,
        _: &mut Merging,
        _: Option<&ImportedEvent>,
        ours: &ImportedEvent,
        theirs: &ImportedEvent,
    ) -> ImportedEvent {
        let version = |event: &ImportedEvent| (event.sequence, event.stamp);
        if version(theirs) > version(ours) { theirs.clone() } else { ours.clone() }
    }

    fn get(&self, value: &ImportedEvent, path: &str) -> Value {
        Whole.get(value, path)
    }

    fn set(&self, value: &mut ImportedEvent, path: &str, new: &Value) -> Result<(), Unfit> {
        Whole.set(value, path, new)
    }
}

/// The events of an import.
pub fn events() -> List<ImportedEvent, NewerVersion> {
    let key = |event: &ImportedEvent| {
        let on = event.on.map_or_else(String::new, |on| format!(" {on}"));
        let occurrence = event.occurrence_at.map_or_else(String::new, |at| format!(" {}", iso::basic_local(at)));
        format!("{}{on}{occurrence}", event.uid)
    };
    List::by(key, NewerVersion).sorted_by(ImportedEvent::cmp)
}

/// The fingerprints of imported fields. Of two that differ from the base ours is kept, as is our value of a field in
/// conflict. So the next import takes theirs, if somebody chooses it, for a change of a person and keeps it.
pub struct Prints;

impl Strategy<FieldPrints> for Prints {
    fn merge(
        &self,
        _: &mut Merging,
        base: Option<&FieldPrints>,
        ours: &FieldPrints,
        theirs: &FieldPrints,
    ) -> FieldPrints {
        let mut merged = ours.clone();
        for name in ours.names().chain(theirs.names()) {
            let base = base.and_then(|base| base.get(name));
            if ours.get(name) == base {
                merged.set(name, theirs.get(name));
            }
        }
        merged
    }

    fn get(&self, value: &FieldPrints, path: &str) -> Value {
        Whole.get(value, path)
    }

    fn set(&self, value: &mut FieldPrints, path: &str, new: &Value) -> Result<(), Unfit> {
        Whole.set(value, path, new)
    }
}

/// An answer with the times that it is for: parts of two answers never make a third one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Answer {
    agreement: Agreement,
    answered_for: Option<OccurrenceTimes>,
    replied_at: Option<UtcMinute>,
}

impl Answer {
    fn from_entry(entry: &LedgerEntry) -> Self {
        Self { agreement: entry.agreement.clone(), answered_for: entry.answered_for, replied_at: entry.replied_at }
    }
}

/// The fields of [`LedgerEntry`] that are merged as one are [`Answer`], under the name "agreement".
impl MergeFields for LedgerEntry {
    fn merge_fields(at: &mut Merging, base: Option<&Self>, ours: &Self, theirs: &Self) -> Self {
        let answer = |entry: &Self| Answer::from_entry(entry);
        let Answer { agreement, answered_for, replied_at } =
            at.field("agreement", |at| Whole.merge(at, base.map(answer).as_ref(), &answer(ours), &answer(theirs)));
        Self {
            key: ours.key.clone(),
            agreement,
            answered_for,
            replied_at,
            reserve_on: at.field("reserve_on", |at| {
                Whole.merge(at, base.map(|base| &base.reserve_on), &ours.reserve_on, &theirs.reserve_on)
            }),
            notes: at.field("notes", |at| Whole.merge(at, base.map(|base| &base.notes), &ours.notes, &theirs.notes)),
        }
    }

    fn get_field(&self, path: &str) -> Value {
        match path {
            "agreement" => value_of(&Answer::from_entry(self)),
            "reserve_on" => value_of(&self.reserve_on),
            "notes" => value_of(&self.notes),
            _ => Value::Null,
        }
    }

    fn set_field(&mut self, path: &str, new: &Value) -> Result<(), Unfit> {
        match path {
            "agreement" => {
                let Answer { agreement, answered_for, replied_at } = read(new)?;
                *self = Self { agreement, answered_for, replied_at, ..self.clone() };
            }
            "reserve_on" => self.reserve_on = read(new)?,
            "notes" => self.notes = read(new)?,
            _ => return Err(Unfit),
        }
        Ok(())
    }
}

impl VisitIds for LedgerEntry {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        let Self { key, agreement: _, answered_for: _, replied_at: _, reserve_on: _, notes: _ } = self;
        key.visit_ids(visitor);
    }
}

/// What an owner was sent last: the message with the higher sequence, as it is in the owner's calendar. Two different
/// ones with the same are in conflict.
impl MergeFields for SentInvite {
    fn merge_fields(at: &mut Merging, base: Option<&Self>, ours: &Self, theirs: &Self) -> Self {
        let version = |invite: &Self| (invite.sequence, invite.sent_on);
        match version(ours).cmp(&version(theirs)) {
            std::cmp::Ordering::Greater => ours.clone(),
            std::cmp::Ordering::Less => theirs.clone(),
            std::cmp::Ordering::Equal => Whole.merge(at, base, ours, theirs),
        }
    }

    fn get_field(&self, _: &str) -> Value {
        Value::Null
    }

    fn set_field(&mut self, _: &str, _: &Value) -> Result<(), Unfit> {
        Err(Unfit)
    }
}

impl VisitIds for SentInvite {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        let Self { key, areas, .. } = self;
        key.visit_ids(visitor);
        areas.visit_ids(visitor);
    }
}
