//! Removing systems, ladders, people, teams and checklists: references to them are removed, too.

use std::sync::Arc;

use super::apply::remove;
use super::{
    Advisory, Assignee, BulletinDuty, ChangeFreeze, ChecklistChoice, ChecklistId, EditError, FollowUpScan,
    GroupRecordKey, Ladder, LadderId, MaintenanceWindow, Person, PersonId, PlanParts, Policy, ScanRoutine, System,
    SystemId, SystemResult, SystemScope, Team, TeamId, Work,
};

impl PlanParts {
    pub(super) fn remove_system(&mut self, id: &SystemId) -> Result<(), EditError> {
        self.systems = remove(&self.systems, id)?;
        for ladder in &self.ladders.clone() {
            if ladder.groups.iter().any(|group| group.systems.contains(id)) {
                self.unassign(std::slice::from_ref(id), &ladder.id)?;
            }
        }
        for window in &self.windows.clone() {
            let in_track =
                matches!(&window.work, Work::Tracks(tracks) if tracks.iter().flatten().any(|each| each == id));
            if window.systems.contains(id) || in_track {
                let mut window = MaintenanceWindow::clone(window);
                window.systems.retain(|each| each != id);
                if let Work::Tracks(tracks) = &mut window.work {
                    for track in tracks.iter_mut() {
                        track.retain(|each| each != id);
                    }
                    tracks.retain(|track| !track.is_empty());
                }
                self.windows = self.windows.with(window);
            }
        }
        for system in &self.systems.clone() {
            let names_it = |other: &Option<SystemId>| other.as_ref() == Some(id);
            if system.depends_on.contains(id) || names_it(&system.twin) || names_it(&system.counterpart) {
                let mut system = System::clone(system);
                system.depends_on.retain(|each| each != id);
                system.twin = system.twin.filter(|twin| twin != id);
                system.counterpart = system.counterpart.filter(|counterpart| counterpart != id);
                self.systems = self.systems.with(system);
            }
        }
        for freeze in &self.freezes.clone() {
            if matches!(&freeze.scope, SystemScope::Systems(systems) if systems.contains(id)) {
                let mut freeze = ChangeFreeze::clone(freeze);
                if let SystemScope::Systems(systems) = &mut freeze.scope {
                    systems.retain(|each| each != id);
                }
                self.freezes = self.freezes.with(freeze);
            }
        }
        for routine in &self.scan_routines.clone() {
            if matches!(&routine.scope, SystemScope::Systems(systems) if systems.contains(id)) {
                let mut routine = ScanRoutine::clone(routine);
                if let SystemScope::Systems(systems) = &mut routine.scope {
                    systems.retain(|each| each != id);
                }
                self.scan_routines = self.scan_routines.with(routine);
            }
        }
        for advisory in &self.advisories.clone() {
            if advisory.systems.contains(id) || advisory.in_on_systems.iter().any(|each| each.system == *id) {
                let mut advisory = Advisory::clone(advisory);
                advisory.systems.retain(|each| each != id);
                advisory.in_on_systems.retain(|each| each.system != *id);
                self.advisories = self.advisories.with(advisory);
            }
        }
        self.inform_nobody_of(id);
        self.remove_results(id);
        Ok(())
    }

    fn inform_nobody_of(&mut self, id: &SystemId) {
        for person in &self.people.clone() {
            let mut person = Person::clone(person);
            if person.informed_of.forget_system(id) {
                self.people = self.people.with(person);
            }
        }
        for team in &self.teams.clone() {
            let mut team = Team::clone(team);
            if team.informed_of.forget_system(id) {
                self.teams = self.teams.with(team);
            }
        }
    }

    /// Removes the results of a system, and its name from scans. Without the system, none of its advisories counts.
    fn remove_results(&mut self, id: &SystemId) {
        if self.results.iter().any(|result| result.key.system == *id) {
            let others = self.results.iter().filter(|result| result.key.system != *id);
            self.results = others.map(|result| SystemResult::clone(result)).collect();
        }
        for scan in &self.scans.clone() {
            if scan.open.contains(id) {
                let mut scan = FollowUpScan::clone(scan);
                scan.open.retain(|each| each != id);
                self.scans = self.scans.with(scan);
            }
        }
    }

    pub(super) fn remove_ladder(&mut self, id: &LadderId) -> Result<(), EditError> {
        self.ladders = remove(&self.ladders, id)?;
        if self.policy.gates.iter().any(|gate| gate.ladder == *id) {
            let mut policy = Policy::clone(&self.policy);
            policy.gates.retain(|gate| gate.ladder != *id);
            self.policy = Arc::new(policy);
        }
        let keys = self.group_records.iter().map(|record| &record.key).filter(|key| key.ladder == *id);
        let gone: Vec<GroupRecordKey> = keys.cloned().collect();
        if !gone.is_empty() {
            self.group_records = self.group_records.without_all(&gone);
        }
        Ok(())
    }

    pub(super) fn remove_person(&mut self, id: &PersonId) -> Result<(), EditError> {
        self.people = remove(&self.people, id)?;
        for team in &self.teams.clone() {
            if team.people.contains(id) {
                let mut team = Team::clone(team);
                team.people.retain(|each| each != id);
                self.teams = self.teams.with(team);
            }
        }
        self.remove_duties(&Assignee::Person(id.clone()));
        Ok(())
    }

    pub(super) fn remove_team(&mut self, id: &TeamId) -> Result<(), EditError> {
        self.teams = remove(&self.teams, id)?;
        self.remove_duties(&Assignee::Team(id.clone()));
        Ok(())
    }

    /// Wherever it was named, the usual checklist applies instead.
    pub(super) fn remove_checklist(&mut self, id: &ChecklistId) -> Result<(), EditError> {
        self.checklists = remove(&self.checklists, id)?;
        let is_it = |named: &Option<ChecklistId>| named.as_ref() == Some(id);
        if self.policy.window_types.iter().any(|each| is_it(&each.checklist)) {
            let mut policy = Policy::clone(&self.policy);
            let types = policy.window_types.iter_mut();
            types.filter(|each| is_it(&each.checklist)).for_each(|each| each.checklist = None);
            self.policy = Arc::new(policy);
        }
        let named = |ladder: &&Arc<Ladder>| ladder.groups.iter().any(|group| is_it(&group.checklist));
        let ladders: Vec<Ladder> = self.ladders.iter().filter(named).map(|ladder| Ladder::clone(ladder)).collect();
        let without = |mut ladder: Ladder| {
            let groups = ladder.groups.iter_mut();
            groups.filter(|group| is_it(&group.checklist)).for_each(|group| group.checklist = None);
            ladder
        };
        self.ladders = self.ladders.with_all(ladders.into_iter().map(without));
        let chosen = |window: &&Arc<MaintenanceWindow>| window.checklist == ChecklistChoice::Template(id.clone());
        let windows: Vec<MaintenanceWindow> = self
            .windows
            .iter()
            .filter(chosen)
            .map(|window| MaintenanceWindow { checklist: ChecklistChoice::Usual, ..MaintenanceWindow::clone(window) })
            .collect();
        self.windows = self.windows.with_all(windows);
        Ok(())
    }

    /// Removes them from bookings, scan routines and bulletin duties.
    fn remove_duties(&mut self, who: &Assignee) {
        for window in &self.windows.clone() {
            if window.bookings.iter().any(|booking| booking.who == *who) {
                let mut window = MaintenanceWindow::clone(window);
                window.bookings.retain(|booking| booking.who != *who);
                self.windows = self.windows.with(window);
            }
        }
        let is_theirs = |named: &Option<Assignee>| named.as_ref() == Some(who);
        for routine in &self.scan_routines.clone() {
            if is_theirs(&routine.who) {
                self.scan_routines = self.scan_routines.with(ScanRoutine { who: None, ..ScanRoutine::clone(routine) });
            }
        }
        for duty in &self.bulletin_duties.clone() {
            if is_theirs(&duty.owner) || is_theirs(&duty.stand_in) {
                let mut duty = BulletinDuty::clone(duty);
                duty.owner = duty.owner.filter(|owner| owner != who);
                duty.stand_in = duty.stand_in.filter(|stand_in| stand_in != who);
                self.bulletin_duties = self.bulletin_duties.with(duty);
            }
        }
    }
}
