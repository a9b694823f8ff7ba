//! What a merge of versions changed itself: what differs from all versions that it merged, field by field.

use chrono::NaiveDate;

use crate::model::{MaintenanceWindow, Subject, WindowId};
use crate::schedule::Schedule;
use crate::schedule::revision::{Difference, FieldChange, RecordChange, RecordPresence, Revision, record_changes};

/// The changes of `merged` that none of its parents has.
pub fn merged_changes(parents: &[Schedule], merged: &Schedule, today: NaiveDate) -> Vec<RecordChange> {
    let comparison = |parent| ParentComparison {
        changes: record_changes(parent, merged, today),
        revision: Revision::between(parent, merged, today),
    };
    let parents_compared: Vec<ParentComparison> = parents.iter().map(comparison).collect();
    let Some(first) = parents_compared.first() else { return Vec::new() };
    first.changes.iter().filter_map(|change| own_change(change, &parents_compared, parents, merged)).collect()
}

/// What differs from one parent.
struct ParentComparison {
    changes: Vec<RecordChange>,
    revision: Revision,
}

/// A record as it differs from one parent.
struct ComparedRecord<'a> {
    change: &'a RecordChange,
    /// The first of the change's words are about these.
    fields: &'a [FieldChange],
}

impl ParentComparison {
    fn record(&self, wanted: &RecordChange) -> Option<ComparedRecord<'_>> {
        let change = self.changes.iter().find(|change| change.is_about_same(wanted))?;
        let fields = if let (true, Subject::Window(id)) = (change.is_window(), &change.subject) {
            let window = self.revision.windows.iter().find(|window| window.window == *id);
            window.map(|window| &*window.fields)
        } else {
            let is_same = |(kind, subject, name): (&str, &Subject, &str)| {
                (kind, subject, name) == (change.kind, &change.subject, &change.name)
            };
            let record = self.revision.records.iter().find(|it| is_same((it.kind, &it.subject, &it.name)));
            record.map(|record| &*record.fields)
        };
        Some(ComparedRecord { change, fields: fields.unwrap_or_default() })
    }
}

/// The part of a change that no parent has. None if each part of it is in one of them.
fn own_change(
    change: &RecordChange,
    comparisons: &[ParentComparison],
    parents: &[Schedule],
    merged: &Schedule,
) -> Option<RecordChange> {
    let records: Vec<ComparedRecord> =
        comparisons.iter().map(|comparison| comparison.record(change)).collect::<Option<_>>()?;
    // A parent without the record has none of its fields.
    let kept: Vec<&ComparedRecord> =
        records.iter().filter(|record| record.change.presence == RecordPresence::Kept).collect();
    let Some((first, others)) = kept.split_first() else { return Some(change.clone()) };
    let rest = first.change.words.get(first.fields.len()..).unwrap_or_default();
    let own = first
        .fields
        .iter()
        .filter_map(|field| others.iter().try_fold(field.clone(), |field, other| common(field, other.fields)));
    let own: Vec<FieldChange> = own.collect();
    let mut words: Vec<String> = own.iter().map(ToString::to_string).collect();
    let has_own_rest = match &change.subject {
        Subject::Window(id) if change.is_window() => !is_from_parents(id, parents, merged),
        _ => others.iter().all(|other| other.change.words.len() > other.fields.len()),
    };
    // The dates of a window follow from its fields, and are told with those.
    if has_own_rest {
        words.extend_from_slice(rest);
    }
    let dates = if has_own_rest { first.change.dates.clone() } else { Vec::new() };
    let fields = own.into_iter().map(|field| field.field).collect();
    (!words.is_empty()).then(|| RecordChange { words, fields, dates, ..first.change.clone() })
}

/// What two comparisons of one field have in common. None if one of the parents has the field as it is.
fn common(field: FieldChange, others: &[FieldChange]) -> Option<FieldChange> {
    let other = others.iter().find(|other| other.field == field.field)?;
    let difference = match (&field.difference, &other.difference) {
        (Difference::List { added, removed }, Difference::List { added: also_added, removed: also_removed }) => {
            let in_both = |a: &[String], b: &[String]| a.iter().filter(|item| b.contains(item)).cloned().collect();
            let (added, removed): (Vec<_>, Vec<_>) = (in_both(added, also_added), in_both(removed, also_removed));
            if added.is_empty() && removed.is_empty() {
                return None;
            }
            Difference::List { added, removed }
        }
        (Difference::Value { .. } | Difference::List { .. }, _) => field.difference,
    };
    Some(FieldChange { difference, ..field })
}

/// Whether everything from which the dates of a window follow is as in one of the parents.
fn is_from_parents(id: &WindowId, parents: &[Schedule], merged: &Schedule) -> bool {
    let (plan, plans) = (&merged.plan, || parents.iter().map(|parent| &parent.plan));
    let Some(window) = plan.windows().get(id) else { return false };
    let windows: Vec<&MaintenanceWindow> =
        plans().filter_map(|plan| plan.windows().get(id)).map(AsRef::as_ref).collect();
    let has_one = |is_same: &dyn Fn(&MaintenanceWindow) -> bool| windows.iter().any(|other| is_same(other));
    let mut days = windows.iter().copied().chain([&**window]).flat_map(|window| &window.exceptions).map(|each| each.on);
    plans().any(|other| other.horizon() == plan.horizon())
        && plans().any(|other| other.zone() == plan.zone())
        && plans().any(|other| other.zones() == plan.zones())
        && plans().any(|other| other.releases() == plan.releases())
        && has_one(&|other| other.rule == window.rule)
        && has_one(&|other| other.start == window.start)
        && has_one(&|other| other.duration == window.duration)
        && has_one(&|other| other.zone == window.zone)
        && has_one(&|other| (other.first, other.last) == (window.first, window.last))
        && has_one(&|other| other.changes == window.changes)
        && days.all(|on| has_one(&|other| other.exception(on) == window.exception(on)))
}
