//! The quick fix of P001: removes the reference to what does not exist.

mod recorded;
mod routines;

use crate::checks::{Context, Finding, Fix};
use crate::model::{
    Assignee, ChangeFreeze, ChecklistChoice, Edit, GroupId, InformedOf, Ladder, MaintenanceWindow, Person, Plan,
    Policy, Subject, System, SystemId, SystemScope, Team, Work,
};

/// Removes all references to what does not exist from the finding's record. No fix if the record cannot do without the
/// reference: a window that follows a release, or any time zone.
pub fn remove_reference(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let other = finding.other.as_ref()?;
    let edit = edit(cx.plan(), &finding.subject, other)?;
    Some(Fix { label: format!("Remove \"{}\"", other.id()), edit })
}

fn edit(plan: &Plan, subject: &Subject, other: &Subject) -> Option<Edit> {
    match (subject, other) {
        (Subject::Plan, Subject::Checklist(checklist)) => {
            let mut policy = Policy::clone(plan.policy());
            let checklists = policy.window_types.iter_mut().map(|window_type| &mut window_type.checklist);
            checklists.filter(|each| each.as_ref() == Some(checklist)).for_each(|each| *each = None);
            Some(Edit::SetPolicy(policy))
        }
        (Subject::Plan, other) => recorded::without_records(plan, other),
        (Subject::Window(id), other) => without_in_window(plan.windows().get(id)?, other),
        (Subject::System(id), other) => without_in_system(plan.systems().get(id)?, other),
        (Subject::ScanRoutine(id), other) => routines::without_in_scan(plan.scan_routines().get(id)?, other),
        (Subject::BulletinDuty(id), other) => routines::without_in_duty(plan.bulletin_duties().get(id)?, other),
        (Subject::Freeze(id), other) => without_in_freeze(plan.freezes().get(id)?, other),
        (Subject::Group(id), other) => without_in_group(plan, id, other),
        (Subject::Team(id), Subject::Person(person)) => {
            let mut team = Team::clone(plan.teams().get(id)?);
            team.people.retain(|each| each != person);
            Some(Edit::PutTeam(team))
        }
        (Subject::Team(id), other) => {
            let mut team = Team::clone(plan.teams().get(id)?);
            without_in_informed_of(&mut team.informed_of, other).then_some(Edit::PutTeam(team))
        }
        (Subject::Person(id), other) => {
            let mut person = Person::clone(plan.people().get(id)?);
            without_in_informed_of(&mut person.informed_of, other).then_some(Edit::PutPerson(person))
        }
        (Subject::Area(id), Subject::Holidays(holidays)) => {
            let mut area = plan.areas().get(id)?.as_ref().clone();
            area.holidays.retain(|each| each != holidays);
            Some(Edit::PutArea(area))
        }
        (Subject::Ladder(id), Subject::Release(_)) => {
            let mut ladder = plan.ladders().get(id)?.as_ref().clone();
            ladder.release = None;
            Some(Edit::PutLadder(ladder))
        }
        (Subject::Advisory(id), Subject::System(system)) => {
            let mut advisory = plan.advisories().get(id)?.as_ref().clone();
            advisory.systems.retain(|each| each != system);
            advisory.in_on_systems.retain(|each| each.system != *system);
            Some(Edit::PutAdvisory(advisory))
        }
        _ => None,
    }
}

/// Whether something was removed.
fn without_in_informed_of(informed_of: &mut InformedOf, other: &Subject) -> bool {
    match other {
        Subject::System(system) => informed_of.forget_system(system),
        Subject::Area(area) => informed_of.forget_area(area),
        _ => false,
    }
}

fn without_in_window(window: &MaintenanceWindow, other: &Subject) -> Option<Edit> {
    let mut window = window.clone();
    match other {
        Subject::Checklist(_) => window.checklist = ChecklistChoice::Usual,
        Subject::Group(group) => window.groups.retain(|each| each != group),
        Subject::System(system) => remove_system(&mut window, system),
        Subject::Person(person) => remove_bookings(&mut window, &Assignee::Person(person.clone())),
        Subject::Team(team) => remove_bookings(&mut window, &Assignee::Team(team.clone())),
        _ => return None,
    }
    Some(Edit::PutWindow(window))
}

fn remove_system(window: &mut MaintenanceWindow, system: &SystemId) {
    window.systems.retain(|each| each != system);
    if let Work::Tracks(tracks) = &mut window.work {
        for track in &mut *tracks {
            track.retain(|each| each != system);
        }
        tracks.retain(|track| !track.is_empty());
    }
}

fn remove_bookings(window: &mut MaintenanceWindow, who: &Assignee) {
    window.bookings.retain(|booking| booking.who != *who);
}

fn without_in_system(system: &System, other: &Subject) -> Option<Edit> {
    let mut system = system.clone();
    match other {
        Subject::Area(_) => system.area = None,
        Subject::System(other) => {
            system.depends_on.retain(|each| each != other);
            system.twin = system.twin.filter(|twin| twin != other);
            system.counterpart = system.counterpart.filter(|counterpart| counterpart != other);
        }
        _ => return None,
    }
    Some(Edit::PutSystem(system))
}

fn without_in_group(plan: &Plan, id: &GroupId, other: &Subject) -> Option<Edit> {
    let (ladder, _) = plan.group(id)?;
    match other {
        Subject::System(system) => Some(Edit::Unassign { systems: vec![system.clone()], ladder: ladder.id.clone() }),
        Subject::Checklist(_) => {
            let mut ladder = Ladder::clone(ladder);
            let groups = ladder.groups.iter_mut().filter(|group| group.id == *id);
            groups.for_each(|group| group.checklist = None);
            Some(Edit::PutLadder(ladder))
        }
        _ => None,
    }
}

fn without_in_freeze(freeze: &ChangeFreeze, other: &Subject) -> Option<Edit> {
    let mut freeze = freeze.clone();
    match other {
        Subject::Window(window) => freeze.exemptions.retain(|each| each.window != *window),
        other => without_in_scope(&mut freeze.scope, other)?,
    }
    Some(Edit::PutFreeze(freeze))
}

fn without_in_scope(scope: &mut SystemScope, other: &Subject) -> Option<()> {
    match (scope, other) {
        (SystemScope::Areas(areas), Subject::Area(area)) => areas.retain(|each| each != area),
        (SystemScope::Ladders(ladders), Subject::Ladder(ladder)) => ladders.retain(|each| each != ladder),
        (SystemScope::Systems(systems), Subject::System(system)) => systems.retain(|each| each != system),
        _ => return None,
    }
    Some(())
}
