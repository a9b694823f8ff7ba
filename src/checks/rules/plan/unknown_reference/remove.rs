//! The quick fix of P001: removes the reference to what does not exist.

use crate::checks::{Context, Finding, Fix};
use crate::model::{
    Assignee, ChecklistChoice, Edit, FreezeScope, Ladder, MaintenanceWindow, Plan, Policy, Subject, System, SystemId,
    Team, WindowId, Work,
};

/// Removes all references to what does not exist from the finding's record. There is no fix if the record needs one, as
/// a window that follows a release, or for a zone.
pub fn the_reference(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
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
        (Subject::Window(id), Subject::Checklist(_)) => {
            let window = MaintenanceWindow::clone(plan.windows().get(id)?);
            Some(Edit::PutWindow(MaintenanceWindow { checklist: ChecklistChoice::Usual, ..window }))
        }
        (Subject::Window(id), Subject::Group(group)) => {
            let mut window = MaintenanceWindow::clone(plan.windows().get(id)?);
            window.groups.retain(|each| each != group);
            Some(Edit::PutWindow(window))
        }
        (Subject::Window(id), Subject::System(system)) => {
            Some(Edit::PutWindow(without_system(plan.windows().get(id)?, system)))
        }
        (Subject::Window(id), Subject::Person(person)) => without_booking(plan, id, &Assignee::Person(person.clone())),
        (Subject::Window(id), Subject::Team(team)) => without_booking(plan, id, &Assignee::Team(team.clone())),
        (Subject::Team(id), Subject::Person(person)) => {
            let mut team = Team::clone(plan.teams().get(id)?);
            team.people.retain(|each| each != person);
            Some(Edit::PutTeam(team))
        }
        (Subject::System(id), other) => {
            let mut system = System::clone(plan.systems().get(id)?);
            match other {
                Subject::Area(_) => system.area = None,
                Subject::System(other) => {
                    system.depends_on.retain(|each| each != other);
                    system.twin = system.twin.filter(|twin| twin != other);
                }
                _ => return None,
            }
            Some(Edit::PutSystem(system))
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
        (Subject::Group(id), Subject::System(system)) => {
            let (ladder, _) = plan.group(id)?;
            Some(Edit::Unassign { systems: vec![system.clone()], ladder: ladder.id.clone() })
        }
        (Subject::Group(id), Subject::Checklist(_)) => {
            let mut ladder = Ladder::clone(plan.group(id)?.0);
            let groups = ladder.groups.iter_mut().filter(|group| group.id == *id);
            groups.for_each(|group| group.checklist = None);
            Some(Edit::PutLadder(ladder))
        }
        (Subject::Advisory(id), Subject::System(system)) => {
            let mut advisory = plan.advisories().get(id)?.as_ref().clone();
            advisory.systems.retain(|each| each != system);
            Some(Edit::PutAdvisory(advisory))
        }
        (Subject::Freeze(id), other) => {
            let mut freeze = plan.freezes().get(id)?.as_ref().clone();
            match (&mut freeze.scope, other) {
                (_, Subject::Window(window)) => freeze.exemptions.retain(|each| each.window != *window),
                (FreezeScope::Areas(areas), Subject::Area(area)) => areas.retain(|each| each != area),
                (FreezeScope::Ladders(ladders), Subject::Ladder(ladder)) => ladders.retain(|each| each != ladder),
                (FreezeScope::Systems(systems), Subject::System(system)) => systems.retain(|each| each != system),
                _ => return None,
            }
            Some(Edit::PutFreeze(freeze))
        }
        _ => None,
    }
}

fn without_system(window: &MaintenanceWindow, system: &SystemId) -> MaintenanceWindow {
    let mut window = window.clone();
    window.systems.retain(|each| each != system);
    if let Work::Tracks(tracks) = &mut window.work {
        for track in &mut *tracks {
            track.retain(|each| each != system);
        }
        tracks.retain(|track| !track.is_empty());
    }
    window
}

fn without_booking(plan: &Plan, window: &WindowId, who: &Assignee) -> Option<Edit> {
    let mut window = MaintenanceWindow::clone(plan.windows().get(window)?);
    window.bookings.retain(|booking| booking.who != *who);
    Some(Edit::PutWindow(window))
}
