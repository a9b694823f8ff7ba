//! The shifts of one person, or of all people whom one team provides.

use super::check::Check;
use super::profile::{Audience, CalendarRequest, CalendarScope, Container, Freezes, ICS, Profile};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{
    EventText, LONGEST_SUMMARY, calendar_name, has_writable_year, hosts_and_names, labelled, lines, roll_back_by,
    shift_calendar, summary,
};
use crate::export::text::{clip, one_line};
use crate::model::Duty;
use crate::model::uid::shift_uid;
use crate::schedule::rota::Shift;
use crate::schedule::{Schedule, WindowOccurrence};
use crate::wording::{counted, list, moments};

/// An event names at most this many people.
const MOST_PEOPLE: usize = 8;

const NO_FREEZES: Freezes = Freezes::Never {
    on_screen: "Left out: only shifts are written",
    in_check: "Freezes are left out: this calendar has only shifts",
};

pub static PERSON: Profile = Profile {
    output: Output {
        id: "person",
        name: "One person",
        help: "When somebody works or tests, for their own calendar: people on call, testers",
    },
    audience: Audience::Person,
    freezes: NO_FREEZES,
    container: Container::File(ICS),
    is_in_utc: false,
    takes_from: false,
    write,
};

pub static TEAM: Profile = Profile {
    output: Output { id: "team", name: "One team", help: "When the people of a team work or test, and who it is" },
    audience: Audience::Team,
    freezes: NO_FREEZES,
    container: Container::File(ICS),
    is_in_utc: false,
    takes_from: false,
    write,
};

fn write(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    let schedule = request.schedule;
    let mut shifts: Vec<&Shift> =
        schedule.rota.shifts().iter().filter(|shift| is_of(schedule, request.whose, shift)).collect();
    shifts.retain(|shift| has_writable_year(schedule.zone.local(shift.from).date()));
    report_gaps(request, check);
    let name = format!("{}: {}", calendar_name(&schedule.plan), one_line(request.whose.name(&schedule.plan)));
    let is_team = matches!(request.whose, CalendarScope::Team(_));
    let text = |shift: &Shift| text(schedule, shift, is_team);
    let text = shift_calendar(schedule, &clip(name, LONGEST_SUMMARY), &shifts, text, request.times);
    check.size(&text);
    request.file(text)
}

fn is_of(schedule: &Schedule, whose: &CalendarScope, shift: &Shift) -> bool {
    match whose {
        CalendarScope::Person(person) => schedule.rota.person(shift).id == *person,
        CalendarScope::Team(team) => schedule.rota.team(shift).is_some_and(|provider| provider.id == *team),
        CalendarScope::Everybody | CalendarScope::Area(_) | CalendarScope::Owner(_) => false,
    }
}

/// Says how many shifts of a team have nobody: they are in no calendar.
fn report_gaps(request: &CalendarRequest<'_>, check: &mut Check<'_>) {
    let CalendarScope::Team(team) = request.whose else { return };
    let rota = &request.schedule.rota;
    let missing: u32 =
        rota.shortages().iter().filter(|gap| rota.shortage_team(gap).id == *team).map(|gap| gap.missing).sum();
    if missing > 0 {
        let what = format!("{} cannot be filled and are not in this calendar", counted(missing, "shift"));
        check.say("Team", request.whose.name(&request.schedule.plan), &what);
    }
}

/// "Core DB patching, testing", for a team "Ann Bell: Core DB patching, testing".
fn text(schedule: &Schedule, shift: &Shift, is_team: bool) -> EventText {
    let rota = &schedule.rota;
    let (window, person) = (rota.window(shift), rota.person(shift));
    let work = summary(&window.name);
    let duty = if shift.duty == Duty::Work { work } else { format!("{work}, testing") };
    let name = one_line(&person.name);
    let title = if is_team && !name.is_empty() { format!("{name}: {duty}") } else { duty };
    let occurrence = schedule.occurrence(&window.id, shift.on());
    EventText {
        uid: shift_uid(schedule.plan.id(), &window.id, shift.on(), &person.id, shift.duty),
        summary: clip(title, LONGEST_SUMMARY),
        description: occurrence.map_or_else(String::new, |occurrence| description(schedule, occurrence, shift)),
    }
}

fn description(schedule: &Schedule, (window, occurrence): WindowOccurrence<'_>, shift: &Shift) -> String {
    let rota = &schedule.rota;
    let others = rota.shifts_at(window.id(), shift.on()).filter(|other| rota.person(other).id != rota.person(shift).id);
    let mut others: Vec<String> = others.map(|other| one_line(&rota.person(other).name)).collect();
    others.dedup();
    let systems = window.scope.systems.iter().map(|system| &**system);
    let hours = moments(window.local(occurrence.start_at), window.local(occurrence.end_at));
    lines([
        labelled("Window", &hours),
        labelled("With", &list(others, MOST_PEOPLE)),
        hosts_and_names(systems),
        labelled("Impact", &window.window.impact),
        roll_back_by(window, occurrence),
        labelled("Change ticket", &window.window.change_ticket),
    ])
}
