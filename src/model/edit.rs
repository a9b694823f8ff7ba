//! Every way in which a plan changes. One gesture of a person is one [`Edit`] and one step of undo.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::{
    Acceptance, AcceptanceId, Advisory, AdvisoryId, AreaId, BusinessArea, Change, ChangeFreeze, ChecklistId,
    ChecklistTemplate, FreezeId, GroupId, HolidayCalendar, HolidayId, Horizon, Invitation, InvitationKey, InviteTexts,
    Ladder, LadderId, LedgerEntry, LedgerKey, MaintenanceWindow, NightKey, NightRecord, Person, PersonId, Plan, Policy,
    ReleaseCalendar, ReleaseId, Rule, System, SystemId, Table, Team, TeamId, WindowId, doubled_group,
};

/// A change to a plan, with all that it needs. `Put…` adds a record or replaces the one with its id.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    SetTitle(String),
    SetHorizon(Horizon),
    SetZone(String),
    SetPolicy(Policy),
    PutArea(BusinessArea),
    RemoveArea(AreaId),
    PutSystem(System),
    /// Also takes it out of groups, windows, tracks and the systems that name it.
    RemoveSystem(SystemId),
    PutLadder(Ladder),
    RemoveLadder(LadderId),
    PutRelease(ReleaseCalendar),
    RemoveRelease(ReleaseId),
    PutFreeze(ChangeFreeze),
    RemoveFreeze(FreezeId),
    PutHolidays(HolidayCalendar),
    RemoveHolidays(HolidayId),
    PutPerson(Person),
    /// Also takes them out of teams and bookings.
    RemovePerson(PersonId),
    PutTeam(Team),
    /// Also takes it out of bookings.
    RemoveTeam(TeamId),
    PutAdvisory(Advisory),
    RemoveAdvisory(AdvisoryId),
    PutChecklist(ChecklistTemplate),
    RemoveChecklist(ChecklistId),
    PutEntry(LedgerEntry),
    RemoveEntry(LedgerKey),
    SetInvites(InviteTexts),
    /// What was sent stays sent: a step of undo does not take it back ([`Edit::is_for_good`]).
    NoteSent(Vec<Invitation>),
    /// For what was noted as sent and never left the house.
    ForgetSent(Vec<InvitationKey>),
    PutNight(NightRecord),
    RemoveNight(NightKey),
    PutAcceptance(Acceptance),
    RemoveAcceptance(AcceptanceId),
    PutWindow(MaintenanceWindow),
    RemoveWindow(WindowId),
    /// `on` is the occurrence's original date. Back to that date without another start is as the rule says.
    MoveOccurrence {
        window: WindowId,
        on: NaiveDate,
        to: NaiveDate,
        start: Option<NaiveTime>,
    },
    SkipOccurrence {
        window: WindowId,
        on: NaiveDate,
        reason: String,
    },
    RestoreOccurrence {
        window: WindowId,
        on: NaiveDate,
    },
    AddOccurrence {
        window: WindowId,
        on: NaiveDate,
        start: Option<NaiveTime>,
    },
    /// Puts systems into a group, and takes them out of the other groups of its ladder.
    Assign {
        systems: Vec<SystemId>,
        group: GroupId,
    },
    /// Takes systems off a ladder.
    Unassign {
        systems: Vec<SystemId>,
        ladder: LadderId,
    },
    /// Several at once, all or none, under one label: "Import 19 windows".
    Together {
        label: String,
        edits: Vec<Edit>,
    },
}

/// Why an edit cannot be carried out. The plan stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("There is no {noun} \"{id}\" any more")]
    Missing { noun: &'static str, id: String },
    #[error("A {noun} needs a name")]
    Nameless { noun: &'static str },
    #[error("A maintenance window lasts at least one minute")]
    NoDuration,
    #[error("{0} already takes place on {1}")]
    Taken(String, NaiveDate),
    #[error("Two groups would have the id \"{0}\"")]
    TwoGroups(String),
}

impl Edit {
    /// Whether it says what happened outside the plan, so that no undo can take it back.
    pub fn is_for_good(&self) -> bool {
        matches!(self, Self::NoteSent(_) | Self::ForgetSent(_))
    }

    /// Whether both put a record of one kind, and one that imports bring by the thousand.
    fn joins(&self, next: &Self) -> bool {
        matches!((self, next), (Self::PutEntry(_), Self::PutEntry(_)) | (Self::PutWindow(_), Self::PutWindow(_)))
    }
}

impl Plan {
    /// The plan after `edit`. An edit that changes nothing gives an equal plan.
    pub fn apply(&self, edit: &Edit) -> Result<Self, EditError> {
        let mut plan = self.clone();
        match edit {
            Edit::SetTitle(title) => plan.title.clone_from(title),
            Edit::SetHorizon(horizon) => plan.horizon = *horizon,
            Edit::SetZone(zone) => plan.zone.clone_from(zone),
            Edit::SetPolicy(policy) => plan.policy = Arc::new(policy.clone()),
            Edit::PutArea(area) => plan.areas = put(&self.areas, area, &area.name)?,
            Edit::RemoveArea(id) => plan.areas = remove(&self.areas, id)?,
            Edit::PutSystem(system) => plan.systems = put(&self.systems, system, &system.name)?,
            Edit::RemoveSystem(id) => plan.remove_system(id)?,
            Edit::PutLadder(ladder) => plan.ladders = self.with_ladder(ladder)?,
            Edit::RemoveLadder(id) => plan.ladders = remove(&self.ladders, id)?,
            Edit::PutRelease(release) => plan.releases = put(&self.releases, release, &release.name)?,
            Edit::RemoveRelease(id) => plan.releases = remove(&self.releases, id)?,
            Edit::PutFreeze(freeze) => plan.freezes = put(&self.freezes, freeze, &freeze.name)?,
            Edit::RemoveFreeze(id) => plan.freezes = remove(&self.freezes, id)?,
            Edit::PutHolidays(calendar) => plan.holidays = put(&self.holidays, calendar, &calendar.name)?,
            Edit::RemoveHolidays(id) => plan.holidays = remove(&self.holidays, id)?,
            Edit::PutPerson(person) => plan.people = put(&self.people, person, &person.name)?,
            Edit::RemovePerson(id) => plan.remove_person(id)?,
            Edit::PutTeam(team) => plan.teams = put(&self.teams, team, &team.name)?,
            Edit::RemoveTeam(id) => plan.remove_team(id)?,
            Edit::PutAdvisory(advisory) => plan.advisories = put(&self.advisories, advisory, &advisory.title)?,
            Edit::RemoveAdvisory(id) => plan.advisories = remove(&self.advisories, id)?,
            Edit::PutChecklist(checklist) => plan.checklists = put(&self.checklists, checklist, &checklist.name)?,
            Edit::RemoveChecklist(id) => plan.remove_checklist(id)?,
            Edit::PutEntry(entry) => plan.ledger = self.ledger.with(entry.clone()),
            Edit::RemoveEntry(key) => plan.ledger = remove(&self.ledger, key)?,
            Edit::SetInvites(texts) => plan.invites = Arc::new(texts.clone()),
            Edit::NoteSent(sent) => plan.invitations = self.invitations.with_all(sent.iter().cloned()),
            Edit::ForgetSent(keys) => plan.invitations = self.invitations.without_all(keys),
            Edit::PutNight(night) => plan.nights = self.nights.with(night.clone()),
            Edit::RemoveNight(key) => plan.nights = remove(&self.nights, key)?,
            Edit::PutAcceptance(acceptance) => {
                plan.acceptances = put(&self.acceptances, acceptance, &acceptance.code)?;
            }
            Edit::RemoveAcceptance(id) => plan.acceptances = remove(&self.acceptances, id)?,
            Edit::PutWindow(window) => plan.windows = self.windows.with(self.revised(window)?),
            Edit::RemoveWindow(id) => plan.windows = remove(&self.windows, id)?,
            Edit::MoveOccurrence { window, on, to, start } => {
                let back = on == to && start.is_none();
                plan.change_occurrence(
                    window,
                    *on,
                    if back { Change::Restored } else { Change::Moved { to: *to, start: *start } },
                )?;
            }
            Edit::SkipOccurrence { window, on, reason } => {
                plan.change_occurrence(window, *on, Change::Skipped { reason: reason.clone() })?;
            }
            Edit::RestoreOccurrence { window, on } => plan.change_occurrence(window, *on, Change::Restored)?,
            Edit::AddOccurrence { window, on, start } => {
                plan.change_occurrence(window, *on, Change::Added { start: *start })?;
            }
            Edit::Assign { systems, group } => plan.assign(systems, group)?,
            Edit::Unassign { systems, ladder } => plan.unassign(systems, ladder)?,
            Edit::Together { edits, .. } => {
                for run in edits.chunk_by(Edit::joins) {
                    plan = plan.apply_run(run)?;
                }
            }
        }
        Ok(plan)
    }

    /// Answers and windows come by the thousand, and each of them alone would copy the whole table.
    fn apply_run(&self, run: &[Edit]) -> Result<Self, EditError> {
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
            [Edit::PutEntry(_), _, ..] => Ok(Self { ledger: self.ledger.with_all(entries), ..self.clone() }),
            [Edit::PutWindow(_), _, ..] if is_each_once() => {
                let windows: Vec<_> = windows.map(|window| self.revised(window)).collect::<Result<_, _>>()?;
                Ok(Self { windows: self.windows.with_all(windows), ..self.clone() })
            }
            _ => run.iter().try_fold(self.clone(), |plan, edit| plan.apply(edit)),
        }
    }

    /// The window with the sequence that follows from what it was.
    fn revised(&self, window: &MaintenanceWindow) -> Result<MaintenanceWindow, EditError> {
        if window.duration.is_zero() {
            return Err(EditError::NoDuration);
        }
        named::<MaintenanceWindow>(&window.name)?;
        let mut window = window.clone();
        if let Some(old) = self.windows.get(&window.id) {
            window.sequence = old.sequence + u32::from(window.differs_in_time(old));
        }
        Ok(window)
    }

    /// An occurrence that was added keeps being one while it is moved; skipping or restoring it takes it away again.
    fn change_occurrence(&mut self, id: &WindowId, on: NaiveDate, change: Change) -> Result<(), EditError> {
        let window = self.windows.get(id).ok_or_else(|| missing::<MaintenanceWindow>(id))?;
        let mut window = MaintenanceWindow::clone(window);
        let lists_it = matches!(&window.rule, Rule::Dates(dates) if dates.iter().any(|date| date.on == on));
        let was = window.exception(on).map(|exception| &exception.change);
        if matches!(change, Change::Added { .. })
            && (lists_it || matches!(was, Some(Change::Added { .. } | Change::Moved { .. })))
        {
            return Err(EditError::Taken(window.name, on));
        }
        window.set_exception(on, change);
        self.windows = self.windows.with(window);
        Ok(())
    }

    fn assign(&mut self, systems: &[SystemId], group: &GroupId) -> Result<(), EditError> {
        if let Some(unknown) = systems.iter().find(|id| !self.systems.contains(id)) {
            return Err(missing::<System>(unknown));
        }
        let (ladder, _) =
            self.group(group).ok_or_else(|| EditError::Missing { noun: "group", id: group.to_string() })?;
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
        match doubled_group(&ladders) {
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

fn put<T: super::Record + Clone>(table: &Table<T>, record: &T, name: &str) -> Result<Table<T>, EditError> {
    named::<T>(name)?;
    Ok(table.with(record.clone()))
}

fn named<T: super::Record>(name: &str) -> Result<(), EditError> {
    if name.trim().is_empty() { Err(EditError::Nameless { noun: T::NOUN }) } else { Ok(()) }
}

pub(super) fn remove<T: super::Record>(table: &Table<T>, id: &T::Id) -> Result<Table<T>, EditError> {
    if table.contains(id) { Ok(table.without(id)) } else { Err(missing::<T>(id)) }
}

fn missing<T: super::Record>(id: &T::Id) -> EditError {
    EditError::Missing { noun: T::NOUN, id: id.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(id: &str, on: &str) -> MaintenanceWindow {
        MaintenanceWindow::new(id.into(), id, Rule::once(on.parse().unwrap()))
    }

    #[test]
    fn windows_put_together_are_those_put_one_by_one() {
        let horizon = Horizon { from: "2027-01-01".parse().unwrap(), months: 12 };
        let empty = Plan::new("plan".into(), "Plan", horizon, "UTC");
        let old = empty.apply(&Edit::PutWindow(window("b", "2027-03-01"))).unwrap();
        for ids in [["c", "b", "a"], ["b", "c", "b"]] {
            let edits: Vec<Edit> = ids.map(|id| Edit::PutWindow(window(id, "2027-03-02"))).to_vec();
            let one_by_one = edits.iter().try_fold(old.clone(), |plan, edit| plan.apply(edit));
            let together = old.apply(&Edit::Together { label: "Import".into(), edits }).unwrap();
            assert_eq!(Ok(&together), one_by_one.as_ref());
            assert_eq!(together.windows.get(&"b".into()).map(|window| window.sequence), Some(1), "it moved");
        }
        let mut nameless = window("d", "2027-03-02");
        nameless.name.clear();
        let edits = vec![Edit::PutWindow(window("a", "2027-03-02")), Edit::PutWindow(nameless)];
        let refused = old.apply(&Edit::Together { label: "Import".into(), edits });
        assert_eq!(refused, Err(EditError::Nameless { noun: "window" }));
    }
}
