//! How an edit changes the plan, and which edits are impossible.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::ladder::find_group;
use super::table::too_many;
use super::{
    DatedChange, Edit, EditError, Exception, GroupId, Ladder, LadderId, MaintenanceWindow, Minutes, OccurrenceChange,
    Plan, PlanParts, Record, Rule, System, SystemId, Table, WindowId, check_name_length, find_duplicate_group,
};

impl Plan {
    /// The plan after `edit`. An edit that changes nothing gives an equal plan.
    pub fn apply(&self, edit: &Edit) -> Result<Self, EditError> {
        let mut parts = self.to_parts();
        parts.apply(edit)?;
        parts.check_counts()?;
        Ok(parts.into())
    }
}

/// Fails if a table has more records than a plan file may have.
fn check_count<T: Record>(table: &Table<T>) -> Result<(), EditError> {
    if table.len() > T::MOST { Err(EditError::TooMany(too_many(T::NOUN, T::MOST))) } else { Ok(()) }
}

impl PlanParts {
    fn check_counts(&self) -> Result<(), EditError> {
        check_count(&self.areas)?;
        check_count(&self.systems)?;
        check_count(&self.ladders)?;
        check_count(&self.windows)?;
        check_count(&self.freezes)?;
        check_count(&self.holidays)?;
        check_count(&self.notices)?;
        check_count(&self.people)?;
        check_count(&self.teams)?;
        check_count(&self.scan_routines)?;
        check_count(&self.bulletin_duties)?;
        check_count(&self.advisories)?;
        check_count(&self.ledger)?;
        check_count(&self.results)?;
        check_count(&self.scans)?;
        check_count(&self.group_records)?;
        check_count(&self.sent_invites)
    }

    /// Carries out `edit`. After an error the parts may be partly changed and must be discarded.
    fn apply(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::SetTitle(title) => self.set_title(title)?,
            Edit::SetHorizon(horizon) => self.horizon = *horizon,
            Edit::SetZone(zone) => self.zone.clone_from(zone),
            Edit::SetPolicy(policy) => self.policy = Arc::new(policy.clone()),
            Edit::PutArea(area) => self.areas = put(&self.areas, area, &area.name)?,
            Edit::RemoveArea(id) => self.areas = remove(&self.areas, id)?,
            Edit::PutSystem(system) => self.systems = put(&self.systems, system, &system.name)?,
            Edit::RemoveSystem(id) => self.remove_system(id)?,
            Edit::PutLadder(ladder) => self.ladders = self.with_ladder(ladder)?,
            Edit::RemoveLadder(id) => self.remove_ladder(id)?,
            Edit::PutRelease(release) => self.releases = put(&self.releases, release, &release.name)?,
            Edit::RemoveRelease(id) => self.releases = remove(&self.releases, id)?,
            Edit::PutFreeze(freeze) => self.freezes = put(&self.freezes, freeze, &freeze.name)?,
            Edit::RemoveFreeze(id) => self.freezes = remove(&self.freezes, id)?,
            Edit::PutHolidays(calendar) => self.holidays = put(&self.holidays, calendar, &calendar.name)?,
            Edit::RemoveHolidays(id) => self.holidays = remove(&self.holidays, id)?,
            Edit::PutNotice(notice) => self.notices = put(&self.notices, notice, &notice.name)?,
            Edit::RemoveNotice(id) => self.notices = remove(&self.notices, id)?,
            Edit::PutZone(zone) => self.zones = put(&self.zones, zone, zone.id.as_str())?,
            Edit::RemoveZone(id) => self.zones = remove(&self.zones, id)?,
            Edit::PutPerson(person) => self.people = put(&self.people, person, &person.name)?,
            Edit::RemovePerson(id) => self.remove_person(id)?,
            Edit::PutTeam(team) => self.teams = put(&self.teams, team, &team.name)?,
            Edit::RemoveTeam(id) => self.remove_team(id)?,
            Edit::PutScanRoutine(routine) => self.scan_routines = put(&self.scan_routines, routine, &routine.name)?,
            Edit::RemoveScanRoutine(id) => self.scan_routines = remove(&self.scan_routines, id)?,
            Edit::PutBulletinDuty(duty) => self.bulletin_duties = put(&self.bulletin_duties, duty, &duty.name)?,
            Edit::RemoveBulletinDuty(id) => self.bulletin_duties = remove(&self.bulletin_duties, id)?,
            Edit::PutAdvisory(advisory) => self.advisories = put(&self.advisories, advisory, &advisory.title)?,
            Edit::RemoveAdvisory(id) => self.advisories = remove(&self.advisories, id)?,
            Edit::PutChecklist(checklist) => self.checklists = put(&self.checklists, checklist, &checklist.name)?,
            Edit::RemoveChecklist(id) => self.remove_checklist(id)?,
            Edit::PutEntry(entry) => self.ledger = self.ledger.with(entry.clone()),
            Edit::RemoveEntry(key) => self.ledger = remove(&self.ledger, key)?,
            Edit::SetInvites(texts) => self.invites = Arc::new(texts.clone()),
            Edit::NoteSent(sent) => self.sent_invites = self.sent_invites.with_all(sent.iter().cloned()),
            Edit::ForgetSent(keys) => self.sent_invites = self.sent_invites.without_all(keys),
            Edit::PutNight(night) => self.nights = self.nights.with(night.clone()),
            Edit::RemoveNight(key) => self.nights = remove(&self.nights, key)?,
            Edit::PutResult(result) => self.results = self.results.with(result.clone()),
            Edit::RemoveResult(key) => self.results = remove(&self.results, key)?,
            Edit::PutScan(scan) => self.scans = self.scans.with(scan.clone()),
            Edit::RemoveScan(key) => self.scans = remove(&self.scans, key)?,
            Edit::PutGroupRecord(record) => self.group_records = self.group_records.with(record.clone()),
            Edit::RemoveGroupRecord(key) => self.group_records = remove(&self.group_records, key)?,
            Edit::PutAcceptance(acceptance) => {
                self.acceptances = put(&self.acceptances, acceptance, &acceptance.code)?;
            }
            Edit::RemoveAcceptance(id) => self.acceptances = remove(&self.acceptances, id)?,
            Edit::PutMapping(mapping) => self.mappings = self.mappings.with(mapping.clone()),
            Edit::PutCancelled(events) => self.cancelled = self.cancelled.with(events.clone()),
            Edit::RemoveCancelled(source) => self.cancelled = remove(&self.cancelled, source)?,
            Edit::RemoveMapping(key) => self.mappings = remove(&self.mappings, key)?,
            Edit::PutWindow(window) => self.windows = self.windows.with(self.checked_and_revised(window)?),
            Edit::RemoveWindow(id) => self.windows = remove(&self.windows, id)?,
            Edit::MoveOccurrence { window, on, to, start, duration } => {
                let change = OccurrenceChange::Moved { to: *to, start: *start, duration: *duration };
                self.change_occurrence(window, *on, change)?;
            }
            Edit::SkipOccurrence { window, on, reason } => {
                self.change_occurrence(window, *on, OccurrenceChange::Skipped { reason: reason.clone() })?;
            }
            Edit::RestoreOccurrence { window, on } => {
                self.change_occurrence(window, *on, OccurrenceChange::Restored)?;
            }
            Edit::AddOccurrence { window, on, start, duration } => {
                self.change_occurrence(window, *on, OccurrenceChange::Added { start: *start, duration: *duration })?;
            }
            Edit::PutDatedChange { window, change } => self.put_dated_change(window, change)?,
            Edit::Assign { systems, group } => self.assign(systems, group)?,
            Edit::Unassign { systems, ladder } => self.unassign(systems, ladder)?,
            Edit::RemoveConflict(key) => self.conflicts = remove(&self.conflicts, key)?,
            Edit::Together { edits, .. } => edits.chunk_by(Edit::joins).try_for_each(|run| self.apply_run(run))?,
        }
        Ok(())
    }

    fn set_title(&mut self, title: &str) -> Result<(), EditError> {
        check_name_length(title).map_err(|problem| EditError::LongName { noun: "plan", problem })?;
        title.clone_into(&mut self.title);
        Ok(())
    }

    fn put_dated_change(&mut self, window: &WindowId, change: &DatedChange) -> Result<(), EditError> {
        let mut window = MaintenanceWindow::clone(self.window(window)?);
        window.set_dated_change(change);
        self.windows = self.windows.with(self.checked_and_revised(&window)?);
        Ok(())
    }

    /// Carries out edits that [join](Edit::joins). Imports bring such records by the thousand, and applying them one by one
    /// would copy the whole table each time.
    fn apply_run(&mut self, run: &[Edit]) -> Result<(), EditError> {
        let entries = run.iter().filter_map(|edit| match edit {
            Edit::PutEntry(entry) => Some(entry.clone()),
            _ => None,
        });
        let windows = run.iter().filter_map(|edit| match edit {
            Edit::PutWindow(window) => Some(window),
            _ => None,
        });
        let is_each_once = || windows.clone().map(|window| &window.id).collect::<HashSet<_>>().len() == run.len();
        match run {
            [Edit::PutEntry(_), _, ..] => self.ledger = self.ledger.with_all(entries),
            [Edit::PutWindow(_), _, ..] if is_each_once() => {
                let windows: Vec<_> =
                    windows.map(|window| self.checked_and_revised(window)).collect::<Result<_, _>>()?;
                self.windows = self.windows.with_all(windows);
            }
            [Edit::PutResult(_), _, ..] => {
                let results = run.iter().filter_map(|edit| match edit {
                    Edit::PutResult(result) => Some(result.clone()),
                    _ => None,
                });
                self.results = self.results.with_all(results);
            }
            [Edit::PutFreeze(_), _, ..] => {
                let freezes = run.iter().filter_map(|edit| match edit {
                    Edit::PutFreeze(freeze) => Some((freeze, freeze.name.as_str())),
                    _ => None,
                });
                self.freezes = put_all(&self.freezes, freezes)?;
            }
            [Edit::PutSystem(_), _, ..] => {
                let systems = run.iter().filter_map(|edit| match edit {
                    Edit::PutSystem(system) => Some((system, system.name.as_str())),
                    _ => None,
                });
                self.systems = put_all(&self.systems, systems)?;
            }
            _ => run.iter().try_for_each(|edit| self.apply(edit))?,
        }
        Ok(())
    }

    /// Checks the window, and raises its sequence if its times changed.
    fn checked_and_revised(&self, window: &MaintenanceWindow) -> Result<MaintenanceWindow, EditError> {
        if window.shortest().is_zero() {
            return Err(EditError::NoDuration);
        }
        named::<MaintenanceWindow>(&window.name)?;
        let mut window = window.clone();
        window.changes.sort_by_key(|change| change.from);
        if let Some(pair) = window.changes.windows(2).find(|pair| pair[0].from == pair[1].from) {
            return Err(EditError::TwoChanges(pair[0].from));
        }
        if let Some(old) = self.windows.get(&window.id) {
            window.sequence = old.sequence.saturating_add(u32::from(window.differs_in_time(old)));
        }
        Ok(window)
    }

    fn window(&self, id: &WindowId) -> Result<&Arc<MaintenanceWindow>, EditError> {
        self.windows.get(id).ok_or_else(|| missing::<MaintenanceWindow>(id))
    }

    /// Changes one occurrence. One that was added can be moved and moved back or skipped, and restoring it then brings it
    /// back to the date on which it was added. Restoring it there removes it.
    ///
    /// An occurrence that is as the change says keeps its sequence: its owners need no update.
    fn change_occurrence(&mut self, id: &WindowId, on: NaiveDate, change: OccurrenceChange) -> Result<(), EditError> {
        let mut window = MaintenanceWindow::clone(self.window(id)?);
        if change.duration().is_some_and(Minutes::is_zero) {
            return Err(EditError::NoDuration);
        }
        let lists_it = matches!(&window.rule, Rule::Dates(dates) if dates.iter().any(|date| date.on == on));
        let exception = window.exception(on);
        let was = exception.map(|exception| &exception.change);
        if matches!(change, OccurrenceChange::Added { .. })
            && (lists_it || matches!(was, Some(OccurrenceChange::Added { .. } | OccurrenceChange::Moved { .. })))
        {
            return Err(EditError::Taken(window.name, on));
        }
        let is_added = exception.is_some_and(Exception::is_added);
        let was_added = exception.is_some_and(|exception| exception.was_added);
        let usual_on = window.usual_times(on).date(on);
        let change = match change {
            OccurrenceChange::Moved { to, start, duration } if is_added && to == on => {
                OccurrenceChange::Added { start, duration }
            }
            OccurrenceChange::Moved { to, start: None, duration: None } if !is_added && to == usual_on => {
                OccurrenceChange::Restored
            }
            OccurrenceChange::Restored if was_added => OccurrenceChange::Added { start: None, duration: None },
            change => change,
        };
        if change == *was.unwrap_or(&OccurrenceChange::Restored) {
            return Ok(());
        }
        window.set_exception(on, change);
        self.windows = self.windows.with(window);
        Ok(())
    }

    fn assign(&mut self, systems: &[SystemId], group: &GroupId) -> Result<(), EditError> {
        if let Some(unknown) = systems.iter().find(|id| !self.systems.contains(id)) {
            return Err(missing::<System>(unknown));
        }
        let (ladder, _) = find_group(&self.ladders, group)
            .ok_or_else(|| EditError::Missing { noun: "group", id: group.to_string() })?;
        let mut ladder = Ladder::clone(ladder);
        for each in &mut ladder.groups {
            each.systems.retain(|id| !systems.contains(id));
            if each.id == *group {
                each.systems.extend(systems.iter().cloned());
                each.systems.sort();
                each.systems.dedup();
            }
        }
        self.ladders = self.ladders.with(ladder);
        Ok(())
    }

    fn with_ladder(&self, ladder: &Ladder) -> Result<Table<Ladder>, EditError> {
        let ladders = put(&self.ladders, ladder, &ladder.name)?;
        match find_duplicate_group(&ladders) {
            Some(id) => Err(EditError::TwoGroups(id.to_string())),
            None => Ok(ladders),
        }
    }

    pub(super) fn unassign(&mut self, systems: &[SystemId], ladder: &LadderId) -> Result<(), EditError> {
        let mut ladder = Ladder::clone(self.ladders.get(ladder).ok_or_else(|| missing::<Ladder>(ladder))?);
        for group in &mut ladder.groups {
            group.systems.retain(|id| !systems.contains(id));
        }
        self.ladders = self.ladders.with(ladder);
        Ok(())
    }
}

/// `table` with `record` added, or instead of the one with its id.
fn put<T: Record + Clone>(table: &Table<T>, record: &T, name: &str) -> Result<Table<T>, EditError> {
    named::<T>(name)?;
    Ok(table.with(record.clone()))
}

/// Puts several records, each with its name. Of several with the same id, the last one counts.
fn put_all<'a, T: Record + Clone + 'a>(
    table: &Table<T>,
    records: impl Iterator<Item = (&'a T, &'a str)>,
) -> Result<Table<T>, EditError> {
    let named = |(record, name): (&T, &str)| named::<T>(name).map(|()| record.clone());
    Ok(table.with_all(records.map(named).collect::<Result<Vec<_>, _>>()?))
}

fn named<T: Record>(name: &str) -> Result<(), EditError> {
    if name.trim().is_empty() {
        return Err(EditError::Nameless { noun: T::NOUN });
    }
    check_name_length(name).map_err(|problem| EditError::LongName { noun: T::NOUN, problem })
}

pub(super) fn remove<T: Record>(table: &Table<T>, id: &T::Id) -> Result<Table<T>, EditError> {
    if table.contains(id) { Ok(table.without(id)) } else { Err(missing::<T>(id)) }
}

fn missing<T: Record>(id: &T::Id) -> EditError {
    EditError::Missing { noun: T::NOUN, id: id.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Horizon;

    fn window(id: &str, on: &str) -> MaintenanceWindow {
        MaintenanceWindow::new(id.into(), id, Rule::once(on.parse().unwrap()))
    }

    #[test]
    fn putting_windows_together_equals_putting_them_one_by_one() {
        let horizon = Horizon { from: "2027-01-01".parse().unwrap(), months: 12 };
        let empty = Plan::new("plan".into(), "Plan", horizon, "UTC");
        let old = empty.apply(&Edit::PutWindow(window("b", "2027-03-01"))).unwrap();
        for ids in [["c", "b", "a"], ["b", "c", "b"]] {
            let edits: Vec<Edit> = ids.map(|id| Edit::PutWindow(window(id, "2027-03-02"))).to_vec();
            let one_by_one = edits.iter().try_fold(old.clone(), |plan, edit| plan.apply(edit));
            let together = old.apply(&Edit::Together { label: "Import".into(), edits }).unwrap();
            assert_eq!(Ok(&together), one_by_one.as_ref());
            assert_eq!(together.windows().get(&"b".into()).map(|window| window.sequence), Some(1), "it moved");
        }
        let mut nameless = window("d", "2027-03-02");
        nameless.name.clear();
        let edits = vec![Edit::PutWindow(window("a", "2027-03-02")), Edit::PutWindow(nameless)];
        let refused = old.apply(&Edit::Together { label: "Import".into(), edits });
        assert_eq!(refused, Err(EditError::Nameless { noun: "window" }));
    }

    #[test]
    fn the_highest_sequence_stays_when_times_change() {
        let horizon = Horizon { from: "2027-01-01".parse().unwrap(), months: 12 };
        let on: NaiveDate = "2027-03-01".parse().unwrap();
        let change = OccurrenceChange::Skipped { reason: String::new() };
        let exceptions = vec![Exception { on, change, sequence: u32::MAX, was_added: false }];
        let loaded = MaintenanceWindow { sequence: u32::MAX, exceptions, ..window("a", "2027-03-01") };
        let empty = Plan::new("plan".into(), "Plan", horizon, "UTC");
        let plan = empty.apply(&Edit::PutWindow(loaded.clone())).unwrap();
        let later = MaintenanceWindow { duration: Minutes::hours(5), ..loaded };
        let edits = [Edit::PutWindow(later), Edit::RestoreOccurrence { window: "a".into(), on }];
        let edited = edits.iter().try_fold(plan, |plan, edit| plan.apply(edit)).unwrap();
        let window = edited.windows().get(&"a".into()).unwrap();
        assert_eq!((window.sequence, window.exceptions[0].sequence), (u32::MAX, u32::MAX));
    }
}
