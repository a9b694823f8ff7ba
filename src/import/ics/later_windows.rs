//! Windows of a calendar of which the plan may have imported some before: what is new, changed, cancelled and gone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::events::Event;
use super::known_dates::KnownDates;
use super::later_report::LaterReport;
use super::memory::{FileEvents, Memory, version};
use super::own_zones::zone_edits;
use super::placement::{CANCELLED, GONE};
use super::revisions::{EventGroup, Resolved};
use super::series::Series;
use super::window_dates::{WindowDate, WindowZone};
use super::window_drafts::{Draft, fields, with_changes};
use super::window_series::instance_name;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::reconcile::{Incoming, Speaks, merge, pairs};
use crate::model::{
    CustomZone, Edit, ImportSource, ImportedEvent, MaintenanceWindow, OccurrenceChange, Plan, WindowId, ZoneId,
};
use crate::schedule::Zone;
use crate::wording::{counted, date};

/// The plan and the file, while the file is compared with what it gave before.
pub(super) struct LaterWindows<'a> {
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
    /// Events of listed windows that are cancelled.
    pub cancelled: BTreeMap<usize, Vec<ImportedEvent>>,
    /// Zones that the file defines, and no IANA zone is.
    pub zones: BTreeMap<ZoneId, CustomZone>,
    /// The first original dates of series that are cancelled from then on.
    pub ends: BTreeMap<usize, NaiveDate>,
    /// Changes of single occurrences of series that are not in the file.
    pub occurrences: BTreeMap<usize, Vec<(ImportedEvent, Option<OccurrenceChange>)>>,
}

impl LaterWindows<'_> {
    /// Applies cancellations, and takes out what the plan has in a newer version and single occurrences of series that
    /// the plan has. Returns the rest.
    pub fn take(&mut self, resolved: Resolved, imported: &mut Imported) -> Resolved {
        let mut rest = Resolved::default();
        for event in resolved.cancelled {
            if !self.cancel(&event) {
                rest.cancelled.push(event);
            }
        }
        for group in resolved.groups {
            let series = self.find_series(&group.event.uid).filter(|_| group.event.replaces.is_some());
            let on = series.and_then(|index| self.original_date(&group.event, index));
            if self.memory.is_outdated(&group.event, on) {
                self.report.add_outdated(group.event.quoted_title());
            } else if let (Some(index), Some(on)) = (series, on) {
                if let Err(reason) = self.change_occurrence(index, on, &group) {
                    imported.warn(group.event.line, format!("{} skipped: {reason}", group.event.quoted_title()));
                }
            } else {
                rest.groups.push(group);
            }
        }
        rest
    }

    /// Whether the cancelled event is one that the plan has.
    fn cancel(&mut self, event: &Event) -> bool {
        let known: Vec<(usize, ImportedEvent)> =
            self.memory.events(&event.uid).iter().map(|(index, known)| (*index, (*known).clone())).collect();
        let series = self.find_series(&event.uid);
        let on = event
            .replaces
            .as_ref()
            .and_then(|_| self.original_date(event, series.or(known.first().map(|each| each.0))?));
        if known.is_empty() {
            return false;
        }
        if self.memory.is_outdated(event, on) {
            self.report.add_outdated(format!("Cancellation of {}", event.quoted_title()));
            return true;
        }
        for (index, before) in known {
            match (on, before.on) {
                (None, None) => {
                    self.removed.insert(index, CANCELLED);
                }
                (Some(on), None) if event.replaces_later => {
                    self.ends.insert(index, on);
                    self.occurrences.entry(index).or_default().push((version(event, Some(on)), None));
                }
                (Some(on), None) => {
                    let skipped = OccurrenceChange::Skipped { reason: CANCELLED.to_owned() };
                    self.occurrences.entry(index).or_default().push((version(event, Some(on)), Some(skipped)));
                }
                (Some(on), Some(own)) if on != own => {}
                (_, Some(own)) if series != Some(index) => {
                    self.cancelled.entry(index).or_default().push(version(event, Some(own)));
                }
                (_, Some(_)) => {}
            }
        }
        true
    }

    /// The window that has the series of this UID.
    fn find_series(&self, uid: &str) -> Option<usize> {
        self.memory.events(uid).iter().find(|(_, event)| event.on.is_none()).map(|(index, _)| *index)
    }

    /// The original date of the occurrence that the event replaces, in the zone of the window.
    fn original_date(&self, event: &Event, index: usize) -> Option<NaiveDate> {
        let zone = self.zone(self.memory.records.get(index)?);
        event.replaces.as_ref().map(|at| at.in_zone(&zone).date())
    }

    fn zone(&self, window: &MaintenanceWindow) -> Arc<Zone> {
        Zone::in_plan(self.plan, self.plan.window_zone(window)).unwrap_or_else(Zone::utc)
    }

    /// Changes one occurrence of a series that is not in the file.
    ///
    /// # Errors
    /// Why the event is skipped, in the middle of a sentence.
    fn change_occurrence(&mut self, index: usize, on: NaiveDate, group: &EventGroup) -> Result<(), String> {
        if group.event.replaces_later {
            return Err("it changes all later occurrences, too: import the whole series".to_owned());
        }
        let Some(window) = self.memory.records.get(index).copied() else { return Ok(()) };
        let series = Series::new(group, &self.home, Some(TimeDelta::minutes(window.duration.0.into())))?;
        let instance = series.first_instance();
        let zone = WindowZone::new(&self.zone(window), &self.home);
        let date = WindowDate::new(&instance, instance_name(&instance), std::slice::from_ref(&zone), &self.home)?;
        let placement = date.placement(window, on, &zone.zone).ok_or_else(|| {
            format!(
                "its length does not fit into \"{}\": change the occurrence of {} in the plan",
                window.name,
                crate::wording::date(on)
            )
        })?;
        let change = (version(&group.event, Some(on)), placement.change());
        self.occurrences.entry(index).or_default().push(change);
        Ok(())
    }

    /// The window whose date a single event gave before, with its original date.
    pub fn occurrence(&self, uid: &str, on: NaiveDate) -> Option<(usize, NaiveDate)> {
        let known = self.memory.events(uid);
        let is_listed = |index: usize| {
            self.memory.source(index).is_some_and(|source| source.events.iter().all(|event| event.on.is_some()))
        };
        let found: Vec<(usize, NaiveDate)> = known
            .iter()
            .filter(|(index, _)| is_listed(*index))
            .filter_map(|(index, event)| Some((*index, event.on?)))
            .collect();
        match found.as_slice() {
            [one] => Some(*one),
            several => several.iter().find(|(_, known)| *known == on).copied(),
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
            let Some((mut draft, rest)) = (KnownDates { gone, ..dates }).draft(self.plan, &self.home) else { continue };
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
        let zones = zone_edits(self.plan, &mut drafts, std::mem::take(&mut self.zones));
        if self.memory.is_empty() {
            // One by one, because a calendar may have 100,000 events.
            let plan = self.plan;
            let new = drafts.into_iter().map(|draft| {
                let incoming = draft.incoming(plan);
                (draft.window, incoming)
            });
            self.add_new(new, imported);
            imported.summary = counted(imported.edits.len(), "window");
            imported.edits.splice(0..0, zones);
            return;
        }
        self.report.is_later = true;
        drafts.extend(self.changed_occurrences());
        let incoming: Vec<Incoming> = drafts.iter().map(|draft| draft.incoming(self.plan)).collect();
        let found = self.pairs(&drafts, &incoming);
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
                self.report.add_removed(title(window), why);
                imported.edits.push(Edit::RemoveWindow(window.id.clone()));
            }
        }
        imported.summary = counted(imported.edits.len(), "window");
        imported.edits.splice(0..0, zones);
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
            Some(Draft { window, events, speaks: Speaks::OfOnly(said), known: Some(index) })
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

    fn add_new(&mut self, new: impl Iterator<Item = (MaintenanceWindow, Incoming)>, imported: &mut Imported) {
        let mut ids = FreshIds::default();
        let put = |(mut window, incoming): (MaintenanceWindow, Incoming)| {
            window.id = WindowId::new(&ids.fresh(&window.name, |id| self.plan.windows().contains(&id.into())));
            window.imported = incoming.source(&self.file.source).map(Box::new);
            Edit::PutWindow(window)
        };
        // Collected in the memory of the drafts, because a calendar may have 100,000 events.
        imported.edits = new.map(put).collect();
        imported.skip_known_windows(self.plan);
        for edit in &imported.edits {
            if let Edit::PutWindow(window) = edit {
                self.report.add_new(title(window));
            }
        }
    }

    fn change(&mut self, index: usize, draft: &Draft, incoming: &Incoming, imported: &mut Imported) {
        let (Some(window), Some(source)) = (self.memory.records.get(index), self.memory.source(index)) else { return };
        let merged = merge(source, &fields(window, self.plan), incoming);
        self.report.add_kept(title(window), &merged.kept);
        if merged.changed.is_empty() && merged.source == *source {
            return;
        }
        if merged.changed.is_empty() {
            self.report.add_newer();
        } else {
            self.report.add_changed(title(window), &merged.changed);
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
            if paired.contains(&index) || self.removed.contains_key(&index) {
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
