//! The label of an edit in the undo list: "Move Core DB, 14 Mar".

use chrono::NaiveDate;

use super::record_names::HasName;
use super::{
    ChangeFreeze, DatedChange, Edit, GroupId, GroupRecord, LedgerEntry, LedgerKey, MaintenanceWindow, NightRecord,
    OccurrenceChange, Plan, Record, ResultKey, ScanRoutine, SignOff, SystemId, Table, WindowId,
};
use crate::wording::{counted, date, day_and_month};

impl Edit {
    /// Whether it adds a record of a form that has a name.
    pub fn adds_record(&self, plan: &Plan) -> bool {
        match self {
            Self::PutArea(area) => !plan.areas().contains(&area.id),
            Self::PutSystem(system) => !plan.systems().contains(&system.id),
            Self::PutLadder(ladder) => !plan.ladders().contains(&ladder.id),
            Self::PutRelease(release) => !plan.releases().contains(&release.id),
            Self::PutFreeze(freeze) => !plan.freezes().contains(&freeze.id),
            Self::PutHolidays(holidays) => !plan.holidays().contains(&holidays.id),
            Self::PutNotice(notice) => !plan.notices().contains(&notice.id),
            Self::PutPerson(person) => !plan.people().contains(&person.id),
            Self::PutTeam(team) => !plan.teams().contains(&team.id),
            Self::PutScanRoutine(routine) => !plan.scan_routines().contains(&routine.id),
            Self::PutBulletinDuty(duty) => !plan.bulletin_duties().contains(&duty.id),
            Self::PutAdvisory(advisory) => !plan.advisories().contains(&advisory.id),
            Self::PutChecklist(checklist) => !plan.checklists().contains(&checklist.id),
            Self::PutWindow(window) => !plan.windows().contains(&window.id),
            _ => false,
        }
    }

    /// A label for a person. `plan` is the plan before the edit.
    pub fn label(&self, plan: &Plan) -> String {
        match self {
            Self::SetTitle(title) => format!("Rename plan to {title}"),
            Self::SetHorizon(horizon) => {
                format!("Set months: {} from {}", horizon.months, date(horizon.from))
            }
            Self::SetZone(zone) => format!("Set the plan's zone to {zone}"),
            Self::SetPolicy(_) => "Change policy".to_owned(),
            Self::PutArea(area) => put(plan.areas(), &area.id, &area.name),
            Self::RemoveArea(id) => remove(plan.areas(), id),
            Self::PutSystem(system) => put(plan.systems(), &system.id, &system.name),
            Self::RemoveSystem(id) => remove(plan.systems(), id),
            Self::PutLadder(ladder) => put(plan.ladders(), &ladder.id, &ladder.name),
            Self::RemoveLadder(id) => remove(plan.ladders(), id),
            Self::PutRelease(release) => put(plan.releases(), &release.id, &release.name),
            Self::RemoveRelease(id) => remove(plan.releases(), id),
            Self::PutFreeze(freeze) => freeze_change(plan, freeze),
            Self::RemoveFreeze(id) => remove(plan.freezes(), id),
            Self::PutHolidays(calendar) => put(plan.holidays(), &calendar.id, &calendar.name),
            Self::RemoveHolidays(id) => remove(plan.holidays(), id),
            Self::PutNotice(notice) => put(plan.notices(), &notice.id, &notice.name),
            Self::RemoveNotice(id) => remove(plan.notices(), id),
            Self::PutZone(zone) => put(plan.zones(), &zone.id, zone.id.as_str()),
            Self::RemoveZone(id) => format!("Remove zone {id}"),
            Self::PutPerson(person) => put(plan.people(), &person.id, &person.name),
            Self::RemovePerson(id) => remove(plan.people(), id),
            Self::PutTeam(team) => put(plan.teams(), &team.id, &team.name),
            Self::RemoveTeam(id) => remove(plan.teams(), id),
            Self::PutScanRoutine(routine) => scan_routine(plan, routine),
            Self::RemoveScanRoutine(id) => remove(plan.scan_routines(), id),
            Self::PutBulletinDuty(duty) => put(plan.bulletin_duties(), &duty.id, &duty.name),
            Self::RemoveBulletinDuty(id) => remove(plan.bulletin_duties(), id),
            Self::PutAdvisory(advisory) => put(plan.advisories(), &advisory.id, &advisory.title),
            Self::RemoveAdvisory(id) => {
                let title = plan.advisories().get(id).map_or(id.as_str(), |advisory| &advisory.title);
                format!("Remove {title}")
            }
            Self::PutChecklist(checklist) => put(plan.checklists(), &checklist.id, &checklist.name),
            Self::RemoveChecklist(id) => remove(plan.checklists(), id),
            Self::PutEntry(entry) => answer(plan, entry),
            Self::RemoveEntry(key) => format!("Remove answer for {}", occurrence(plan, &key.window, key.on)),
            Self::SetInvites(_) => "Change the texts of invites".to_owned(),
            Self::NoteSent(sent) => format!("Mark {} as sent", counted(sent.len(), "invite")),
            Self::ForgetSent(keys) => format!("Mark {} as not sent", counted(keys.len(), "invite")),
            Self::PutNight(night) => night_change(plan, night),
            Self::RemoveNight(key) => format!("Remove the record of {}", occurrence(plan, &key.window, key.on)),
            Self::PutResult(result) => {
                let ResultKey { window, on, system } = &result.key;
                let outcome = result.outcome().name().to_lowercase();
                format!("Record {}: {outcome}, {}", plan.systems().name_of(system), occurrence(plan, window, *on))
            }
            Self::RemoveResult(ResultKey { window, on, system }) => {
                format!("Remove the result of {}, {}", plan.systems().name_of(system), occurrence(plan, window, *on))
            }
            Self::PutScan(scan) => {
                let found = match scan.open.len() {
                    0 => "clean".to_owned(),
                    open => format!("{} still open", counted(open, "system")),
                };
                format!("Record scan: {found}, {}", occurrence(plan, &scan.key.window, scan.key.on))
            }
            Self::RemoveScan(key) => format!("Remove the scan of {}", occurrence(plan, &key.window, key.on)),
            Self::PutGroupRecord(record) => group_record(plan, record),
            Self::RemoveGroupRecord(key) => format!("Remove the record of {}", group_name(plan, &key.group)),
            Self::PutAcceptance(acceptance) => format!("Accept {}", acceptance.code),
            Self::RemoveAcceptance(id) => {
                let code = plan.acceptances().get(id).map_or(id.as_str(), |acceptance| &acceptance.code);
                format!("Remove the acceptance of {code}")
            }
            Self::PutMapping(mapping) => format!("Remember the columns of tables of {}", mapping.key.topic),
            Self::PutCancelled(cancelled) => format!("Remember cancelled events of {}", cancelled.source),
            Self::RemoveCancelled(source) => format!("Forget cancelled events of {source}"),
            Self::RemoveMapping(key) => format!("Forget the columns of tables of {}", key.topic),
            Self::PutWindow(window) => match plan.windows().get(&window.id) {
                Some(old) => window_change(old, window),
                None => format!("Add {}", window.name),
            },
            Self::RemoveWindow(id) => remove(plan.windows(), id),
            Self::MoveOccurrence { window, on, to, start, duration } => {
                let times = OccurrenceChange::Moved { to: *to, start: *start, duration: *duration };
                let verb = move_verb(plan, window, *on, &times);
                format!("{verb} {}", occurrence(plan, window, *on))
            }
            Self::SkipOccurrence { window, on, .. } => format!("Skip {}", occurrence(plan, window, *on)),
            Self::RestoreOccurrence { window, on } => format!("Restore {}", occurrence(plan, window, *on)),
            Self::AddOccurrence { window, on, .. } => format!("Add {}", occurrence(plan, window, *on)),
            Self::PutDatedChange { window, change } => {
                format!("Change {} from {} on", window_name(plan, window), day_and_month(change.from))
            }
            Self::Assign { systems, group } => {
                let group = plan.group(group).map_or_else(|| group.to_string(), |(_, group)| group.name.clone());
                format!("Assign {} to {group}", system_names(plan, systems))
            }
            Self::Unassign { systems, .. } => format!("Remove {} from the ladder", system_names(plan, systems)),
            Self::RemoveConflict(key) => format!("Keep our value of {key}"),
            Self::Together { label, .. } => label.clone(),
        }
    }
}

/// "Record answer of Payments: agreed, 14 Mar"
fn answer(plan: &Plan, entry: &LedgerEntry) -> String {
    let LedgerKey { on, area, .. } = &entry.key;
    let area = plan.areas().get(area).map_or(area.as_str(), |area| &area.name);
    let answer = entry.agreement.name().to_lowercase();
    format!("Record answer of {area}: {answer}, {}", day_and_month(*on))
}

/// "Move", or "Change length of" if only the length of the occurrence changes.
fn move_verb(plan: &Plan, window: &WindowId, on: NaiveDate, new: &OccurrenceChange) -> &'static str {
    let Some(window) = plan.windows().get(window) else { return "Move" };
    let usual = OccurrenceChange::Moved { to: window.usual_times(on).date(on), start: None, duration: None };
    let old = window.exception(on).map_or(&usual, |exception| match &exception.change {
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Restored => &usual,
        change => change,
    });
    let times = |change: &OccurrenceChange| match change {
        OccurrenceChange::Moved { to, start, .. } => (*to, *start),
        OccurrenceChange::Added { start, .. } => (on, *start),
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Restored => (on, None),
    };
    let is_length = times(old) == times(new) && old.duration() != new.duration();
    if is_length { "Change length of" } else { "Move" }
}

/// The label of a changed window: "Change rule of Core DB".
fn window_change(old: &MaintenanceWindow, new: &MaintenanceWindow) -> String {
    let what = [
        (old.rule != new.rule || old.first != new.first || old.last != new.last, "rule"),
        (old.groups != new.groups || old.systems != new.systems || old.batch != new.batch, "scope"),
        (old.duration != new.duration, "length"),
        (old.start != new.start || old.zone != new.zone, "start"),
        (old.work != new.work, "minutes"),
        (old.kind != new.kind, "type"),
        (old.changes != new.changes, "dated changes"),
        (old.bookings != new.bookings, "bookings"),
        (old.checklist != new.checklist, "checklist"),
        (old.watch != new.watch, "watch"),
    ];
    if let Some(label) = dated_change(old, new) {
        return label;
    }
    let changed: Vec<&str> = what.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what).collect();
    match changed.as_slice() {
        [] if old.name != new.name => format!("Rename {} to {}", old.name, new.name),
        [one] => format!("Change {one} of {}", new.name),
        _ => format!("Change {}", new.name),
    }
}

/// "Change Core DB from 1 Jul on" if only its dated changes differ, and one of these.
fn dated_change(old: &MaintenanceWindow, new: &MaintenanceWindow) -> Option<String> {
    if old.changes == new.changes
        || *old != (MaintenanceWindow { changes: old.changes.clone(), sequence: old.sequence, ..new.clone() })
    {
        return None;
    }
    let only_in = |some: &[DatedChange], others: &[DatedChange]| -> Vec<DatedChange> {
        some.iter().filter(|change| !others.contains(change)).cloned().collect()
    };
    let (gone, come) = (only_in(&old.changes, &new.changes), only_in(&new.changes, &old.changes));
    let (verb, from) = match (gone.as_slice(), come.as_slice()) {
        ([_] | [], [new]) => ("Change", new.from),
        ([old], []) => ("Remove change of", old.from),
        _ => return Some(format!("Change dated changes of {}", new.name)),
    };
    Some(format!("{verb} {} from {} on", new.name, day_and_month(from)))
}

/// "Move Year end, 13 Dec" if only its days changed, and not their number.
fn freeze_change(plan: &Plan, new: &ChangeFreeze) -> String {
    let is_moved =
        |old: &ChangeFreeze| old.first_on != new.first_on && new.last_on - new.first_on == old.last_on - old.first_on;
    match plan.freezes().get(&new.id) {
        Some(old) if is_moved(old) => format!("Move {}, {}", new.name, day_and_month(old.first_on)),
        _ => put(plan.freezes(), &new.id, &new.name),
    }
}

/// What changed in the record of a night: a tick added or removed, a status update, the ending.
fn night_change(plan: &Plan, new: &NightRecord) -> String {
    let old =
        plan.nights().get(&new.key).map_or_else(|| NightRecord::new(new.key.clone()), |old| NightRecord::clone(old));
    let night = occurrence(plan, &new.key.window, new.key.on);
    if old.ticks != new.ticks {
        let (more, fewer) = (new.ticks.len() > old.ticks.len(), new.ticks.len() < old.ticks.len());
        let (longer, shorter) = if fewer { (&old.ticks, &new.ticks) } else { (&new.ticks, &old.ticks) };
        let item = longer.iter().find(|tick| !shorter.contains(tick)).map_or("items", |tick| &tick.item);
        let verb = if more { "Tick" } else { "Change the tick of" };
        format!("{} {item}: {night}", if fewer { "Untick" } else { verb })
    } else if old.ending != new.ending {
        let how = new.ending.as_ref().map_or("Reopen", |ending| ending.outcome.name());
        format!("{how}: {night}")
    } else if old.watch != new.watch {
        format!("Record the watch of {night}")
    } else if old.status_updates != new.status_updates {
        format!("Record the status of {night}")
    } else {
        format!("Change the notes of {night}")
    }
}

/// What changed in the record of a release in a group: a sign-off, the test result or a hold.
fn group_record(plan: &Plan, new: &GroupRecord) -> String {
    let old = plan.group_records().get(&new.key);
    let old = old.map_or_else(|| GroupRecord::new(new.key.clone()), |old| GroupRecord::clone(old));
    let group = group_name(plan, &new.key.group);
    if let Some(kind) = SignOff::ALL.into_iter().find(|kind| old.sign_off(*kind) != new.sign_off(*kind)) {
        let verb = if new.sign_off(kind).is_some() { "Sign off" } else { "Remove sign-off" };
        return format!("{verb} {group}: {}", kind.name());
    }
    if old.test != new.test {
        return match &new.test {
            Some(test) => format!("Record test of {group}: {}", if test.is_passed { "passed" } else { "failed" }),
            None => format!("Remove the test result of {group}"),
        };
    }
    let standing = |record: &GroupRecord| record.holds.iter().filter(|hold| hold.lifted.is_none()).count();
    let verb = if standing(new) < standing(&old) { "Lift the hold of" } else { "Hold" };
    format!("{verb} {group}, release of {}", day_and_month(new.key.release))
}

fn group_name<'a>(plan: &'a Plan, id: &'a GroupId) -> &'a str {
    plan.group(id).map_or(id.as_str(), |(_, group)| &group.name)
}

/// "Record Weekly scan: clean, 14 Mar" if only its last run changed.
fn scan_routine(plan: &Plan, new: &ScanRoutine) -> String {
    let is_run_of = |old: &ScanRoutine| *old == ScanRoutine { last: old.last.clone(), ..new.clone() };
    match (plan.scan_routines().get(&new.id), &new.last) {
        (Some(old), Some(run)) if old.last != new.last && is_run_of(old) => {
            format!("Record {}: {}, {}", new.name, run.outcome, day_and_month(run.on))
        }
        _ => put(plan.scan_routines(), &new.id, &new.name),
    }
}

fn put<T: Record>(table: &Table<T>, id: &T::Id, name: &str) -> String {
    let verb = if table.contains(id) { "Change" } else { "Add" };
    format!("{verb} {name}")
}

fn remove<T: HasName>(table: &Table<T>, id: &T::Id) -> String {
    format!("Remove {}", table.name_of(id))
}

/// "Core DB, 14 Mar"
fn occurrence(plan: &Plan, window: &WindowId, on: NaiveDate) -> String {
    format!("{}, {}", window_name(plan, window), day_and_month(on))
}

fn window_name<'a>(plan: &'a Plan, id: &'a WindowId) -> &'a str {
    plan.windows().get(id).map_or(id.as_str(), |window| &window.name)
}

fn system_names(plan: &Plan, systems: &[SystemId]) -> String {
    match systems {
        [one] => plan.systems().name_of(one),
        systems => counted(systems.len(), "system"),
    }
}
