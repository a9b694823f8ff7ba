//! Freezes of a calendar of which the plan may have imported some before: what is new, changed, cancelled and gone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::events::Event;
use super::file_events::FileEvents;
use super::later_report::LaterReport;
use super::memory::Memory;
use super::noted_cancellations::NotedCancellations;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::reconcile::{Difference, FieldValue, Fields, Incoming, Merged, Speaks, merge, pairs, with_twin};
use crate::import::source::Source;
use crate::import::years::begin_freeze;
use crate::model::{ChangeFreeze, Edit, FreezeId, ImportSource, ImportedEvent, Plan};
use crate::schedule::Zone;
use crate::wording::{counted, date};

const GONE: &str = "No longer in the calendar";

/// The plan and the file, while the file is compared with what it gave before.
pub(super) struct LaterFreezes<'a> {
    /// Tells whether the import is cancelled.
    pub source: &'a Source<'a>,
    pub plan: &'a Plan,
    pub home: Arc<Zone>,
    pub today: NaiveDate,
    pub removes_gone: bool,
    pub file: FileEvents,
    pub memory: Memory<'a, ChangeFreeze>,
    pub report: LaterReport,
    /// Freezes that are removed, by their index in the memory, and why.
    pub removed: BTreeMap<usize, &'static str>,
    /// Freezes that other events of the file give.
    pub twins: HashSet<usize>,
    /// Cancellations that the plan remembers.
    pub noted: NotedCancellations,
    /// The versions of series of which the plan has something.
    pub series: HashMap<String, ImportedEvent>,
    /// The dates on the clock of their series of occurrences that the file changes, by UID and instant in UTC.
    pub dates: HashMap<(String, NaiveDateTime), NaiveDate>,
    /// Freezes that become different because the file changes some occurrences of their series.
    pub changed: Vec<FreezeDraft>,
}

/// A freeze as the file gives it, without an id, and the events that it comes from.
pub(super) struct FreezeDraft {
    pub freeze: ChangeFreeze,
    pub events: Vec<ImportedEvent>,
    /// When its series gives it, in UTC.
    pub original_at: Option<NaiveDateTime>,
    /// The index in the memory of the freeze that it is about, if that is known without a comparison.
    pub known: Option<usize>,
}

impl LaterFreezes<'_> {
    /// Turns the drafts into edits. `alive` has the UIDs of the events that gave them, `ends` the last days of those that end.
    pub fn apply(
        mut self,
        mut drafts: Vec<FreezeDraft>,
        alive: &HashSet<String>,
        ends: &HashMap<String, NaiveDate>,
        imported: &mut Imported,
    ) {
        // Before they are compared, so that this is not mistaken for an edit later.
        for draft in &mut drafts {
            begin_freeze(&mut draft.freeze);
        }
        if self.memory.is_empty() && self.noted.is_empty() {
            // One by one, because a calendar may have 100,000 events.
            let new = drafts.into_iter().map(|draft| {
                let incoming = draft.incoming();
                (draft.freeze, incoming)
            });
            imported.summary = counted(self.add_new(new, imported), "change freeze");
            return;
        }
        self.report.is_later = true;
        let drafts = self.without_cancelled(drafts);
        let incoming: Vec<Incoming> = drafts.iter().map(FreezeDraft::incoming).collect();
        let none = ImportSource::default();
        let taken: HashSet<usize> = drafts.iter().filter_map(|draft| draft.known).collect();
        let sources: Vec<&ImportSource> = (0..self.memory.records.len())
            .map(|index| self.memory.source(index).filter(|_| !taken.contains(&index)).unwrap_or(&none))
            .collect();
        let found = pairs(&sources, &incoming);
        let found: Vec<Option<usize>> = drafts.iter().zip(found).map(|(draft, found)| draft.known.or(found)).collect();
        let found = self.with_namesakes(&drafts, found);
        let found: Vec<Option<usize>> =
            drafts.iter().zip(found).map(|(draft, found)| self.unless_parted(draft, found, imported)).collect();
        let new = drafts.iter().zip(&incoming).zip(&found).filter(|(_, found)| found.is_none());
        let new = new.map(|((draft, incoming), _)| (draft.freeze.clone(), incoming.clone()));
        self.add_new(new, imported);
        for ((draft, incoming), found) in drafts.iter().zip(&incoming).zip(&found) {
            if let Some(index) = found {
                if self.is_kept(*index, draft) {
                    continue;
                }
                self.removed.remove(index);
                self.change(*index, draft, incoming, imported);
            }
        }
        self.find_gone(&found.into_iter().flatten().collect(), alive, ends);
        for (index, why) in std::mem::take(&mut self.removed) {
            if let Some(freeze) = self.memory.records.get(index) {
                self.report.add_removed(freeze.id.as_str(), title(freeze), why);
                imported.edits.push(Edit::RemoveFreeze(freeze.id.clone()));
            }
        }
        imported.edits.extend(std::mem::take(&mut self.noted).edits(self.plan));
        self.report.finish("change freeze", imported);
    }

    /// Adds the freezes that the plan does not have yet, and counts them.
    fn add_new(&mut self, new: impl Iterator<Item = (ChangeFreeze, Incoming)>, imported: &mut Imported) -> usize {
        let key =
            |freeze: &'_ ChangeFreeze| (freeze.first_on, freeze.last_on, freeze.every_months, freeze.name.clone());
        let known: HashMap<_, _> = self.plan.freezes().iter().map(|freeze| (key(freeze), freeze)).collect();
        let (mut ids, mut twins) = (FreshIds::default(), Vec::new());
        let put = |(mut freeze, incoming): (ChangeFreeze, Incoming)| {
            if let Some(known) = known.get(&key(&freeze)) {
                twins.push((*known, incoming.source(&self.file.source)));
                return None;
            }
            freeze.id = FreezeId::new(&ids.fresh(&freeze.name, |id| self.plan.freezes().contains(&id.into())));
            freeze.imported = incoming.source(&self.file.source);
            Some(Edit::PutFreeze(freeze))
        };
        // Collected in the memory of the drafts, because a calendar may have 100,000 events.
        let added: Vec<Edit> = new.take_while(|_| !self.source.is_cancelled()).filter_map(put).collect();
        for edit in &added {
            if let Edit::PutFreeze(freeze) = edit {
                self.report.add_new(freeze.id.as_str(), title(freeze));
            }
        }
        let count = added.len();
        imported.edits.extend(added);
        if !twins.is_empty() {
            imported.warn(None, format!("{} skipped: the plan already has them", counted(twins.len(), "freeze")));
        }
        for (known, twin) in twins {
            self.keep_twin(known, twin.as_ref(), imported);
        }
        count
    }

    /// The freezes that drafts are about if the calendar has new UIDs: those of the same days first, then by name.
    fn with_namesakes(&self, drafts: &[FreezeDraft], found: Vec<Option<usize>>) -> Vec<Option<usize>> {
        if !self.memory.has_new_uids {
            return found;
        }
        let key = |freeze: &ChangeFreeze| (freeze.first_on, freeze.last_on, freeze.every_months, freeze.name.clone());
        let known: HashMap<_, usize> =
            self.memory.records.iter().enumerate().map(|(index, freeze)| (key(freeze), index)).collect();
        let same =
            drafts.iter().zip(found).map(|(draft, found)| found.or_else(|| known.get(&key(&draft.freeze)).copied()));
        self.memory.with_namesakes(
            same.collect(),
            |freeze| &freeze.name,
            |draft| Some(drafts.get(draft)?.freeze.name.clone()),
        )
    }

    /// The freeze that a draft changes. If another event gives it as well, it stays for that one when this one moves away.
    fn unless_parted(&self, draft: &FreezeDraft, found: Option<usize>, imported: &mut Imported) -> Option<usize> {
        let index = found?;
        let (freeze, source) = (*self.memory.records.get(index)?, self.memory.source(index)?);
        let days = |freeze: &ChangeFreeze| (freeze.first_on, freeze.last_on, freeze.every_months);
        let is_own = |event: &ImportedEvent| draft.events.iter().any(|own| own.uid == event.uid);
        let has_other = draft.events.iter().all(|own| self.memory.is_given_twice(index, &own.uid, None))
            && !source.events.iter().all(is_own);
        if draft.known.is_some() || self.memory.has_new_uids || !has_other || days(freeze) == days(&draft.freeze) {
            return found;
        }
        let events = source.events.iter().filter(|event| !is_own(event)).cloned().collect();
        let source = ImportSource { events, ..source.clone() };
        imported.edits.push(Edit::PutFreeze(ChangeFreeze { imported: Some(source), ..freeze.clone() }));
        None
    }

    /// Remembers that another event gives a freeze of the plan as well, which then stays if the first is cancelled.
    fn keep_twin(&mut self, known: &ChangeFreeze, twin: Option<&ImportSource>, imported: &mut Imported) {
        let index = self.memory.position(|freeze| freeze.id == known.id);
        let is_removed = index.is_some_and(|index| self.removed.remove(&index).is_some());
        self.twins.extend(index);
        let source = match twin {
            Some(twin) if is_removed || index.is_some() && self.memory.has_new_uids => Some(twin.clone()),
            _ => with_twin(known.imported.as_ref(), twin),
        };
        if let Some(source) = source {
            self.report.add_newer();
            imported.edits.push(Edit::PutFreeze(ChangeFreeze { imported: Some(source), ..known.clone() }));
        }
    }

    fn change(&mut self, index: usize, draft: &FreezeDraft, incoming: &Incoming, imported: &mut Imported) {
        let (Some(freeze), Some(source)) = (self.memory.records.get(index), self.memory.source(index)) else { return };
        let mut merged = merge(source, &fields(freeze), incoming);
        if self.memory.has_new_uids {
            let is_renewed = |known: &ImportedEvent| incoming.events.iter().any(|new| new.on == known.on);
            merged.source.events.retain(|event| self.file.has(&event.uid) || !is_renewed(event));
        }
        keep_days_together(freeze, &draft.freeze, &mut merged);
        self.report.add_kept(title(freeze), &merged.kept);
        if merged.changed.is_empty() && merged.source == *source {
            return;
        }
        if merged.changed.is_empty() {
            self.report.add_newer();
        } else {
            self.report.add_changed(freeze.id.as_str(), title(freeze), &merged.changed);
        }
        let mut changed = with_changes(freeze, &draft.freeze, &merged.changed);
        changed.imported = Some(merged.source);
        imported.edits.push(Edit::PutFreeze(changed));
    }

    /// Finds freezes that the file no longer has: those of dates that their series no longer gives are removed, others
    /// are removed or reported.
    fn find_gone(&mut self, paired: &HashSet<usize>, alive: &HashSet<String>, ends: &HashMap<String, NaiveDate>) {
        let horizon = self.plan.horizon();
        for index in 0..self.memory.records.len() {
            let (Some(freeze), Some(source)) = (self.memory.records.get(index), self.memory.source(index)) else {
                continue;
            };
            if paired.contains(&index) || self.removed.contains_key(&index) || self.twins.contains(&index) {
                continue;
            }
            let is_in_plan = !freeze.spans(horizon.from, horizon.last()).is_empty();
            if source.events.iter().any(|event| self.is_changed_alone(index, event)) {
                continue;
            }
            if source.events.iter().all(|event| alive.contains(&event.uid)) {
                // Of series without an end, occurrences outside the plan's months are not looked at.
                let is_over = |event: &ImportedEvent| ends.get(&event.uid).is_some_and(|last| *last < freeze.first_on);
                if is_in_plan || source.events.iter().all(is_over) {
                    self.removed.insert(index, "No longer in its series");
                }
                continue;
            }
            let is_unseen = source.events.iter().all(|event| !self.file.has(&event.uid));
            let is_covered = freeze.every_months.is_some() || self.file.covers(freeze.last_on, self.today);
            if self.memory.is_same_feed(index) && is_unseen && is_covered {
                if self.removes_gone {
                    self.removed.insert(index, GONE);
                } else {
                    self.report.add_gone(title(freeze));
                }
            }
        }
    }
}

impl FreezeDraft {
    fn incoming(&self) -> Incoming {
        Incoming { events: self.events.clone(), fields: fields(&self.freeze), speaks: Speaks::All }
    }
}

/// The original date of the occurrence that the event replaces.
pub(super) fn replaced_on(event: &Event) -> Option<NaiveDate> {
    event.replaces.as_ref().map(super::event_time::EventTime::written_on)
}

/// The fields of a freeze that a calendar can give, if they have a value.
fn fields(freeze: &ChangeFreeze) -> Fields {
    [
        ("name", FieldValue::new(&freeze.name, &*freeze.name)),
        ("first_on", FieldValue::new(&freeze.first_on, date(freeze.first_on))),
        ("last_on", FieldValue::new(&freeze.last_on, date(freeze.last_on))),
        ("every_months", FieldValue::new(&freeze.every_months, freeze.period_in_words().unwrap_or_default())),
        ("notes", FieldValue::new(&freeze.notes, &*freeze.notes)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.words.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// Keeps the first and the last day if a person changed one of them: with one of the file they could be the wrong way round.
fn keep_days_together(freeze: &ChangeFreeze, file: &ChangeFreeze, merged: &mut Merged) {
    let is_day = |each: &Difference| matches!(each.field.as_str(), "first_on" | "last_on");
    let changed = with_changes(freeze, file, &merged.changed);
    if merged.kept.iter().any(is_day) || changed.last_on < changed.first_on {
        let (days, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut merged.changed).into_iter().partition(is_day);
        merged.changed = rest;
        merged.kept.extend(days);
    }
}

/// The freeze of the plan with the file's values of the fields that changed.
fn with_changes(freeze: &ChangeFreeze, file: &ChangeFreeze, changed: &[Difference]) -> ChangeFreeze {
    let mut freeze = freeze.clone();
    for Difference { field, .. } in changed {
        match field.as_str() {
            "name" => freeze.name.clone_from(&file.name),
            "first_on" => freeze.first_on = file.first_on,
            "last_on" => freeze.last_on = file.last_on,
            "every_months" => freeze.every_months = file.every_months,
            _ => freeze.notes.clone_from(&file.notes),
        }
    }
    freeze
}

/// "Year end (year-end)"
fn title(freeze: &ChangeFreeze) -> String {
    format!("{} ({})", freeze.name, freeze.id)
}
