//! Windows of a calendar of which the plan may have imported some before: what is new, changed, cancelled and gone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::file_events::FileEvents;
use super::known_dates::KnownDates;
use super::later_report::LaterReport;
use super::memory::Memory;
use super::noted_cancellations::NotedCancellations;
use super::own_zones::zone_edits;
use super::placement::{CANCELLED, GONE};
use super::window_dates::WindowDate;
use super::window_drafts::{Draft, fields, with_changes};
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::reconcile::{Incoming, Speaks, merge, pairs, with_twin};
use crate::import::source::Source;
use crate::import::years::begin_window;
use crate::model::{
    CustomZone, DatedChange, Edit, ImportSource, ImportedEvent, MaintenanceWindow, OccurrenceChange, Plan, WindowId,
    ZoneId,
};
use crate::schedule::Zone;
use crate::wording::{counted, date};

/// The plan and the file, while the file is compared with what it gave before.
pub(super) struct LaterWindows<'a> {
    /// Tells whether the import is cancelled.
    pub source: &'a Source<'a>,
    pub plan: &'a Plan,
    pub home: Arc<Zone>,
    pub today: NaiveDate,
    pub removes_gone: bool,
    pub file: FileEvents,
    pub memory: Memory<'a, MaintenanceWindow>,
    /// The indices in the memory by the names of the windows.
    pub by_name: HashMap<&'a str, Vec<usize>>,
    pub report: LaterReport,
    /// Windows that are removed, by their index in the memory, and why.
    pub removed: BTreeMap<usize, &'static str>,
    /// Windows that other events of the file give.
    pub twins: HashSet<usize>,
    /// Events of listed windows that are cancelled.
    pub cancelled: BTreeMap<usize, Vec<ImportedEvent>>,
    /// Zones that the file defines, and no IANA zone is.
    pub zones: BTreeMap<ZoneId, CustomZone>,
    /// The first original dates of series that are cancelled from then on.
    pub ends: BTreeMap<usize, NaiveDate>,
    /// Dated changes of series that are not in the file.
    pub shifts: BTreeMap<usize, Vec<DatedChange>>,
    /// Cancellations that the plan remembers.
    pub noted: NotedCancellations,
    /// The versions of series of which the plan has something.
    pub series: HashMap<String, ImportedEvent>,
    /// Changes of single occurrences of series that are not in the file.
    pub occurrences: BTreeMap<usize, Vec<(ImportedEvent, Option<OccurrenceChange>)>>,
    /// Occurrences of such series that their windows cannot have.
    pub apart: Vec<WindowDate>,
}

impl LaterWindows<'_> {
    /// The window whose date a single event gave before, with its original date. A replacement of one occurrence is only
    /// found as that.
    pub fn occurrence(&self, date: &WindowDate) -> Option<(usize, NaiveDate)> {
        let replaced = date.event.occurrence_at;
        let is_listed = |index: usize| {
            self.memory.source(index).is_some_and(|source| source.events.iter().all(|event| event.on.is_some()))
        };
        let found: Vec<(usize, NaiveDate)> = self
            .memory
            .events(&date.event.uid)
            .iter()
            .filter(|(index, event)| is_listed(*index) && event.occurrence_at == replaced)
            .filter_map(|(index, event)| Some((*index, event.on?)))
            .collect();
        match found.as_slice() {
            [] if self.memory.has_new_uids && replaced.is_none() => {
                let is_it = |index: &usize| {
                    let events = self.memory.source(*index).map_or(&[][..], |source| &source.events);
                    is_listed(*index) && events.iter().any(|event| event.on == Some(date.on))
                };
                let namesakes = self.by_name.get(&*date.clock.name).into_iter().flatten().copied();
                namesakes.filter(is_it).map(|index| (index, date.on)).next()
            }
            [one] => Some(*one),
            several => several.iter().find(|(_, known)| *known == date.on).copied(),
        }
    }

    /// The listed window of the same calendar that a new event of this name and time of day belongs to.
    pub fn window_for(&self, date: &WindowDate) -> Option<usize> {
        let is_it = |index: &usize| {
            let (Some(window), Some(source)) = (self.memory.records.get(*index), self.memory.source(*index)) else {
                return false;
            };
            let clock = (&date.clock.zone, date.clock.start, date.clock.duration);
            clock == (&window.zone, window.start, window.duration)
                && self.memory.is_same_feed(*index)
                && source.events.len() > 1
                && source.events.iter().all(|event| event.on.is_some_and(|on| on != date.on))
        };
        self.by_name.get(&*date.clock.name).into_iter().flatten().copied().find(is_it)
    }

    /// Drafts of the windows of single events that the plan has, and the dates that they cannot say. `members` has the
    /// events of the file by window and original date.
    pub fn known_dates(
        &mut self,
        mut members: BTreeMap<usize, BTreeMap<NaiveDate, WindowDate>>,
    ) -> (Vec<Draft>, Vec<WindowDate>) {
        let (mut drafts, mut apart) = (Vec::new(), Vec::new());
        let indices: BTreeSet<usize> = members.keys().chain(self.cancelled.keys()).copied().collect();
        for index in indices {
            let Some(window) = self.memory.records.get(index).copied() else { continue };
            let dates = KnownDates {
                window: Some(window),
                members: members.remove(&index).unwrap_or_default(),
                cancelled: self.cancelled.remove(&index).unwrap_or_default(),
                gone: Vec::new(),
            };
            if dates.is_cancelled() {
                self.removed.insert(index, CANCELLED);
                continue;
            }
            let gone = self.gone_dates(index, window, &dates.members);
            let Some((mut draft, rest)) = (KnownDates { gone, ..dates }).draft(self.plan, &self.home, &self.zones)
            else {
                continue;
            };
            draft.known = Some(index);
            drafts.push(draft);
            apart.extend(rest);
        }
        (drafts, apart)
    }

    /// Dates whose events the file no longer has: those to be removed; the others are reported.
    fn gone_dates(
        &mut self,
        index: usize,
        window: &MaintenanceWindow,
        members: &BTreeMap<NaiveDate, WindowDate>,
    ) -> Vec<NaiveDate> {
        let Some(source) = self.memory.source(index).filter(|_| self.memory.is_same_feed(index)) else {
            return Vec::new();
        };
        let is_skipped = |on: NaiveDate| {
            window.exception(on).is_some_and(|exception| matches!(exception.change, OccurrenceChange::Skipped { .. }))
        };
        let events = source.events.iter().filter(|event| !self.file.has(&event.uid));
        let gone: Vec<NaiveDate> = events
            .filter_map(|event| event.on)
            .filter(|on| !members.contains_key(on) && !is_skipped(*on) && self.file.covers(*on, self.today))
            .collect();
        if self.removes_gone {
            return gone;
        }
        for on in gone {
            self.report.add_gone(format!("{} on {}", title(window), date(on)));
        }
        Vec::new()
    }

    /// Turns the drafts into edits. `alive` has the UIDs of the events that gave them.
    pub fn apply(mut self, mut drafts: Vec<Draft>, alive: &HashSet<String>, imported: &mut Imported) {
        // Before they are compared, so that this is not mistaken for an edit later.
        for draft in &mut drafts {
            begin_window(&mut draft.window, self.plan);
        }
        let zones = zone_edits(self.plan, &mut drafts, std::mem::take(&mut self.zones));
        if self.memory.is_empty() && self.noted.is_empty() {
            // One by one, because a calendar may have 100,000 events.
            let new = drafts.into_iter().map(|draft| {
                let incoming = draft.first_incoming();
                (draft.window, incoming)
            });
            imported.summary = counted(self.add_new(new, imported), "window");
            imported.edits.splice(0..0, zones);
            return;
        }
        self.report.is_later = true;
        self.keep_changed_alone(&mut drafts);
        drafts.extend(self.changed_occurrences());
        let incoming: Vec<Incoming> = drafts.iter().map(|draft| draft.incoming(self.plan)).collect();
        let found = self.pairs(&drafts, &incoming);
        let name = |draft: usize| Some(drafts.get(draft)?.window.name.clone());
        let found = self.memory.with_namesakes(found, |window| &window.name, name);
        let all = drafts.iter().zip(&incoming).zip(found);
        let found: Vec<Option<usize>> =
            all.map(|((draft, incoming), found)| self.unless_parted(draft, incoming, found, imported)).collect();
        let new = drafts.iter().zip(&incoming).zip(&found).filter(|(_, found)| found.is_none());
        let new = new.map(|((draft, incoming), _)| (draft.window.clone(), incoming.clone()));
        self.add_new(new, imported);
        for ((draft, incoming), found) in drafts.iter().zip(&incoming).zip(&found) {
            if let Some(index) = found.filter(|index| !self.removed.contains_key(index)) {
                self.change(index, draft, incoming, imported);
            }
        }
        let paired = found.into_iter().flatten().collect();
        self.find_gone(&paired, alive);
        for (index, why) in std::mem::take(&mut self.removed) {
            if let Some(window) = self.memory.records.get(index) {
                self.report.add_removed(window.id.as_str(), title(window), why);
                imported.edits.push(Edit::RemoveWindow(window.id.clone()));
            }
        }
        imported.edits.splice(0..0, zones);
        imported.edits.extend(std::mem::take(&mut self.noted).edits(self.plan));
        self.report.finish("window", imported);
    }

    /// Drafts of the windows of which the file changes single occurrences.
    fn changed_occurrences(&mut self) -> Vec<Draft> {
        let draft = |(index, changes): (usize, Vec<(ImportedEvent, Option<OccurrenceChange>)>)| {
            let mut window = MaintenanceWindow::clone(self.memory.records.get(index)?);
            let mut said = BTreeSet::new();
            let mut events = Vec::new();
            for (event, change) in changes {
                let Some(on) = event.on else { continue };
                said.insert(on.to_string());
                window.set_exception(on, change.unwrap_or(OccurrenceChange::Restored));
                events.push(event);
            }
            if let Some(last) = self.ends.get(&index).and_then(NaiveDate::pred_opt) {
                window.last = Some(window.last.map_or(last, |own| own.min(last)));
                said.insert("last".to_owned());
            }
            for change in self.shifts.get(&index).into_iter().flatten() {
                window.changes.retain(|known| known.from != change.from);
                window.changes.push(change.clone());
                window.changes.sort_by_key(|change| change.from);
                said.insert("changes".to_owned());
            }
            Some(Draft { window, events, speaks: Speaks::Only(said), known: Some(index) })
        };
        std::mem::take(&mut self.occurrences).into_iter().filter_map(draft).collect()
    }

    /// The window of the plan that each draft is about.
    fn pairs(&self, drafts: &[Draft], incoming: &[Incoming]) -> Vec<Option<usize>> {
        let taken: HashSet<usize> = drafts.iter().filter_map(|draft| draft.known).collect();
        let none = ImportSource::default();
        let sources: Vec<&ImportSource> = (0..self.memory.records.len())
            .map(|index| self.memory.source(index).filter(|_| !taken.contains(&index)).unwrap_or(&none))
            .collect();
        let found = pairs(&sources, incoming);
        drafts.iter().zip(found).map(|(draft, found)| draft.known.or(found)).collect()
    }

    /// Adds the windows that the plan does not have yet, and counts them.
    fn add_new(&mut self, new: impl Iterator<Item = (MaintenanceWindow, Incoming)>, imported: &mut Imported) -> usize {
        let mut ids = FreshIds::default();
        let put = |(mut window, incoming): (MaintenanceWindow, Incoming)| {
            window.id = WindowId::new(&ids.fresh(&window.name, |id| self.plan.windows().contains(&id.into())));
            window.imported = incoming.source(&self.file.source).map(Box::new);
            Edit::PutWindow(window)
        };
        // Collected in the memory of the drafts, because a calendar may have 100,000 events.
        let before =
            std::mem::replace(&mut imported.edits, new.take_while(|_| !self.source.is_cancelled()).map(put).collect());
        let twins = imported.take_known_windows(self.plan);
        for edit in &imported.edits {
            if let Edit::PutWindow(window) = edit {
                self.report.add_new(window.id.as_str(), title(window));
            }
        }
        let count = imported.edits.len();
        imported.edits.splice(0..0, before);
        for (known, new) in twins {
            self.keep_twin(known, new.imported.as_deref(), imported);
        }
        count
    }

    /// The window that a draft changes. If another series gives it as well, it stays for that one when this one changes.
    fn unless_parted(
        &self,
        draft: &Draft,
        incoming: &Incoming,
        found: Option<usize>,
        imported: &mut Imported,
    ) -> Option<usize> {
        let index = found?;
        let (window, source) = (*self.memory.records.get(index)?, self.memory.source(index)?);
        let is_own = |event: &ImportedEvent| incoming.events.iter().any(|own| own.uid == event.uid);
        let is_whole = |event: &ImportedEvent| event.on.is_none();
        let has_other = incoming.events.iter().all(|own| self.memory.is_given_twice(index, &own.uid, None))
            && source.events.iter().any(|event| is_whole(event) && !is_own(event));
        let is_series = draft.known.is_none() && incoming.events.iter().any(is_whole);
        if !is_series
            || self.memory.has_new_uids
            || !has_other
            || merge(source, &fields(window, self.plan), incoming).changed.is_empty()
        {
            return found;
        }
        let events = source.events.iter().filter(|event| !is_own(event)).cloned().collect();
        let source = ImportSource { events, ..source.clone() };
        imported.edits.push(Edit::PutWindow(MaintenanceWindow { imported: Some(Box::new(source)), ..window.clone() }));
        None
    }

    /// Remembers that another event gives a window of the plan as well, which then stays if the first is cancelled.
    fn keep_twin(&mut self, known: &MaintenanceWindow, twin: Option<&ImportSource>, imported: &mut Imported) {
        let index = self.memory.position(|window| window.id == known.id);
        let is_removed = index.is_some_and(|index| self.removed.remove(&index).is_some());
        self.twins.extend(index);
        let source = match twin {
            Some(twin) if is_removed || index.is_some() && self.memory.has_new_uids => Some(twin.clone()),
            _ => with_twin(known.imported.as_deref(), twin),
        };
        if let Some(source) = source {
            self.report.add_newer();
            let imported_from = Some(Box::new(source));
            imported.edits.push(Edit::PutWindow(MaintenanceWindow { imported: imported_from, ..known.clone() }));
        }
    }

    fn change(&mut self, index: usize, draft: &Draft, incoming: &Incoming, imported: &mut Imported) {
        let (Some(window), Some(source)) = (self.memory.records.get(index), self.memory.source(index)) else { return };
        let mut merged = merge(source, &fields(window, self.plan), incoming);
        if self.memory.has_new_uids {
            let is_renewed = |known: &ImportedEvent| incoming.events.iter().any(|new| new.on == known.on);
            merged.source.events.retain(|event| self.file.has(&event.uid) || !is_renewed(event));
        }
        self.report.add_kept(title(window), &merged.kept);
        if merged.changed.is_empty() && merged.source == *source {
            return;
        }
        if merged.changed.is_empty() {
            self.report.add_newer();
        } else {
            self.report.add_changed(window.id.as_str(), title(window), &merged.changed);
        }
        let mut changed = with_changes(window, &draft.window, &merged.changed);
        changed.imported = Some(Box::new(merged.source));
        imported.edits.push(Edit::PutWindow(changed));
    }

    /// Finds windows that the file no longer has: those of series that no longer need them are removed, others are
    /// removed or reported.
    fn find_gone(&mut self, paired: &HashSet<usize>, alive: &HashSet<String>) {
        for index in 0..self.memory.records.len() {
            let (Some(window), Some(source)) = (self.memory.records.get(index), self.memory.source(index)) else {
                continue;
            };
            if paired.contains(&index) || self.removed.contains_key(&index) || self.twins.contains(&index) {
                continue;
            }
            if source.events.iter().any(|event| self.is_changed_alone(index, event)) {
                continue;
            }
            if source.events.iter().all(|event| alive.contains(&event.uid)) {
                self.removed.insert(index, "No longer needed by its series");
                continue;
            }
            let last = source
                .events
                .iter()
                .map(|event| event.on.or(window.last))
                .try_fold(NaiveDate::MIN, |a, b| Some(a.max(b?)));
            let is_covered = last.is_none_or(|last| self.file.covers(last, self.today));
            let is_unseen = source.events.iter().all(|event| !self.file.has(&event.uid));
            if self.memory.is_same_feed(index) && is_unseen && is_covered {
                if self.removes_gone {
                    self.removed.insert(index, GONE);
                } else {
                    self.report.add_gone(title(window));
                }
            }
        }
    }
}

/// "Core DB (core-db)"
fn title(window: &MaintenanceWindow) -> String {
    format!("{} ({})", window.name, window.id)
}
