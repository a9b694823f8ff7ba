//! The shifts of one person, or of all people whom one team provides, and what they are informed of.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::check::Check;
use super::profile::{Audience, CalendarRequest, CalendarScope, Container, Freezes, ICS, Profile};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{
    EventText, LONGEST_SUMMARY, calendar_name, change, has_writable_year, hosts_and_names, kind, labelled, lines,
    roll_back_by, shift_calendar, summary, writable,
};
use crate::export::text::{clip, one_line};
use crate::model::uid::shift_uid;
use crate::model::{Assignee, Duty, WindowId};
use crate::schedule::agreement::recipients::Informed;
use crate::schedule::rota::{Shift, duty_in_words};
use crate::schedule::{Occurrence, Schedule, WindowOccurrence, WindowSchedule};
use crate::wording::{counted, list, moments};

/// An event names at most this many people.
const MOST_PEOPLE: usize = 8;

const NO_FREEZES: Freezes = Freezes::Never {
    on_screen: "Left out: only shifts, and what they are informed of, are written",
    in_check: "Freezes are left out: this calendar has only shifts and what they are informed of",
};

pub static PERSON: Profile = Profile {
    output: Output {
        id: "person",
        name: "One person",
        help: "When somebody works or tests, and what they are informed of: people on call, testers",
    },
    audience: Audience::Person,
    freezes: NO_FREEZES,
    container: Container::File(ICS),
    is_in_utc: false,
    takes_from: false,
    write,
};

pub static TEAM: Profile = Profile {
    output: Output {
        id: "team",
        name: "One team",
        help: "When the people of a team work or test, and what the team is informed of: SOC, dependent teams",
    },
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
    let occurrences = informed_of(request, &shifts);
    if !occurrences.is_empty() {
        check.readable(&occurrences, request.times, true);
    }
    let about = |window: &WindowSchedule, occurrence: &Occurrence| about(schedule, window, occurrence);
    let name = clip(name, LONGEST_SUMMARY);
    let text = shift_calendar(schedule, &name, (&occurrences, about), (&shifts, text), request.times);
    check.size(&text);
    request.file(text)
}

/// The occurrences that the reader is informed of, without those at which there is a shift in the calendar.
fn informed_of<'a>(request: &CalendarRequest<'a>, shifts: &[&Shift]) -> Vec<WindowOccurrence<'a>> {
    let schedule = request.schedule;
    let who = match request.whose {
        CalendarScope::Person(id) => Assignee::Person(id.clone()),
        CalendarScope::Team(id) => Assignee::Team(id.clone()),
        CalendarScope::Everybody | CalendarScope::Area(_) | CalendarScope::Owner(_) => return Vec::new(),
    };
    let Some(informed) = Informed::find(&schedule.plan, &who) else { return Vec::new() };
    let on_shift: BTreeSet<(&WindowId, NaiveDate)> =
        shifts.iter().map(|shift| (&schedule.rota.window(shift).id, shift.on())).collect();
    let mut all = writable(schedule);
    all.retain(|(window, occurrence)| {
        informed.is_concerned(window) && !on_shift.contains(&(window.id(), occurrence.original_on()))
    });
    all
}

/// What the calendar says about an occurrence that the reader is informed of.
fn about(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> EventText {
    let systems = window.scope.systems.iter().map(|system| &**system);
    let parts = [
        change(window, occurrence),
        hosts_and_names(systems),
        labelled("Impact", &window.window.impact),
        kind(&schedule.plan, window),
        roll_back_by(window, occurrence),
        labelled("Change ticket", &window.window.change_ticket),
    ];
    EventText { description: lines(parts), ..EventText::bare(schedule, window, occurrence) }
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
    let duty = match shift.duty {
        Duty::Work => work,
        duty => format!("{work}, {}", duty_in_words(duty)),
    };
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
