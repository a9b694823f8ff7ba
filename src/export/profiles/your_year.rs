//! "Your year": the calendar of one business area or one owner, with their systems and the answers that are needed.

use std::slice;
use std::sync::Arc;

use super::check::Check;
use super::owner::find_owner;
use super::profile::{Audience, CalendarRequest, CalendarScope, Container, Freezes, ICS, Profile};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{
    EventText, LONGEST_SUMMARY, calendar_name, change, freeze_times, hosts_and_names, kind, labelled, lines, published,
    roll_back_by, writable,
};
use crate::export::text::{clip, one_line};
use crate::model::{Agreement, AreaId, BusinessArea, ChangeFreeze, Plan, System};
use crate::schedule::agreement::answers::{self, Answer};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::{Occurrence, Origin, Schedule, WindowSchedule};
use crate::wording::date;

pub static AREA: Profile = Profile {
    output: Output {
        id: "area",
        name: "One business area",
        help: "The occurrences that affect the systems of one business area, and the answers that are needed",
    },
    audience: Audience::Area,
    freezes: Freezes::Optional,
    container: Container::File(ICS),
    is_in_utc: false,
    takes_from: false,
    write,
};

pub static OWNER: Profile = Profile {
    output: Output {
        id: "owner",
        name: "One owner",
        help: "The occurrences that affect the systems of all areas of one owner, and the answers that are needed",
    },
    audience: Audience::Owner,
    freezes: Freezes::Optional,
    container: Container::File(ICS),
    is_in_utc: false,
    takes_from: false,
    write,
};

fn write(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    let areas = match request.whose {
        CalendarScope::Area(area) => slice::from_ref(area).to_vec(),
        CalendarScope::Owner(key) => find_owner(&request.schedule.plan, key).map_or_else(Vec::new, |owner| owner.areas),
        CalendarScope::Everybody | CalendarScope::Person(_) | CalendarScope::Team(_) => Vec::new(),
    };
    let text = calendar(request, &areas, check);
    check.size(&text);
    request.file(text)
}

/// The calendar of what affects the systems of `areas`.
fn calendar(request: &CalendarRequest<'_>, areas: &[AreaId], check: &mut Check<'_>) -> String {
    let schedule = request.schedule;
    let plan = &*schedule.plan;
    let reader = Reader::new(plan, areas);
    let mut occurrences = writable(schedule);
    occurrences.retain(|(window, _)| reader.is_concerned(window));
    let mut frozen = if request.with_freezes { freeze_times(schedule) } else { Vec::new() };
    frozen.retain(|(freeze, _)| reader.is_frozen_by(schedule, freeze));
    check.readable(&occurrences, request.times, true);
    check.freezes(&frozen);
    let name = clip(format!("{}: {}", calendar_name(plan), reader.name()), LONGEST_SUMMARY);
    let text = |window: &_, occurrence: &_| reader.text(schedule, window, occurrence);
    published(schedule, &name, &occurrences, text, &frozen, request.times)
}

/// The person whose year it is.
struct Reader<'a> {
    areas: Vec<&'a Arc<BusinessArea>>,
}

impl<'a> Reader<'a> {
    /// `areas`: those that the reader answers for.
    fn new(plan: &'a Plan, areas: &[AreaId]) -> Self {
        Self { areas: plan.areas().iter().filter(|area| areas.contains(&area.id)).collect() }
    }

    /// "Payments, Treasury"
    fn name(&self) -> String {
        self.areas.iter().map(|area| one_line(&area.name)).collect::<Vec<_>>().join(", ")
    }

    fn owns(&self, system: &System) -> bool {
        system.area.as_ref().is_some_and(|id| self.areas.iter().any(|area| area.id == *id))
    }

    /// Whether the window works on one of the reader's systems.
    fn is_concerned(&self, window: &WindowSchedule) -> bool {
        window.scope.systems.iter().any(|system| self.owns(system))
    }

    /// Whether the freeze covers one of the reader's systems.
    fn is_frozen_by(&self, schedule: &Schedule, freeze: &ChangeFreeze) -> bool {
        let plan = &*schedule.plan;
        let systems = plan.systems().iter().enumerate().filter(|(_, system)| self.owns(system));
        let indices: Vec<u32> = systems.map(|(index, _)| index as u32).collect();
        FreezeTimes::new(freeze, plan, &schedule.zone).covers_any(&indices)
    }

    /// What the calendar says to this reader about an occurrence.
    fn text(&self, schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> EventText {
        let plan = &*schedule.plan;
        let systems = window.scope.systems.iter().map(|system| &**system).filter(|system| self.owns(system));
        let parts = [
            change(window, occurrence),
            labelled("Your systems", &hosts_and_names(systems)),
            labelled("Impact", &window.window.impact),
            self.asked(plan, window, occurrence),
            kind(plan, window),
            roll_back_by(window, occurrence),
            labelled("Change ticket", &window.window.change_ticket),
        ];
        EventText { description: lines(parts), ..EventText::bare(schedule, window, occurrence) }
    }

    /// What the reader has to do, a line for each area that they answer for.
    fn asked(&self, plan: &Plan, window: &WindowSchedule, occurrence: &Occurrence) -> String {
        if occurrence.origin == Origin::Skipped {
            return String::new();
        }
        let areas: Vec<_> = self.areas.iter().filter(|area| window.affects_area(&area.id)).collect();
        let line = |area: &&&Arc<BusinessArea>| {
            let said = request(&answers::answer(plan, window, occurrence, area));
            if areas.len() > 1 { format!("{}: {said}", one_line(&area.name)) } else { said }
        };
        areas.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// "Please accept or decline by Sat 6 Mar 2027"
fn request(answer: &Answer<'_>) -> String {
    let by = |by: &str| if by.trim().is_empty() { String::new() } else { format!(" by {}", one_line(by)) };
    let outdated = if answer.outdated().is_some() { "Your answer was about other times. " } else { "" };
    let asked = match (answer.agreement(), answer.notice) {
        (Agreement::Agreed { on, by: who }, _) => format!("Agreed on {}{}", date(*on), by(who)),
        (Agreement::Declined { on, by: who, reason }, _) => {
            format!("Declined on {}{}{}", date(*on), by(who), because(reason))
        }
        (Agreement::NotAsked | Agreement::Asked { .. }, Some(notice)) => {
            format!("{outdated}Please accept or decline by {}", date(notice.due_on))
        }
        (Agreement::NotAsked | Agreement::Asked { .. }, None) => {
            format!("{outdated}For your information: no answer is needed")
        }
    };
    let reserve = answer.entry.and_then(|entry| entry.reserve_on);
    reserve.map_or_else(|| asked.clone(), |on| format!("{asked}. Reserve date: {}", date(on)))
}

fn because(reason: &str) -> String {
    if reason.trim().is_empty() { String::new() } else { format!(": {}", one_line(reason)) }
}
