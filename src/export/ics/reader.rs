//! "Your year": the calendar of one owner or business area, with their systems and what is asked of them.

use super::event_text::{EventText, change, hosts_and_names, kind, labelled, lines, roll_back_by};
use crate::export::text::one_line;
use crate::model::{Agreement, AreaId, BusinessArea, ChangeFreeze, Plan, System};
use crate::schedule::agreement::answers;
use crate::schedule::agreement::answers::Answer;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::{Occurrence, Origin, Schedule, WindowSchedule};
use crate::wording::date;

/// Whose year it is.
pub struct Reader<'a> {
    areas: Vec<&'a std::sync::Arc<BusinessArea>>,
}

impl<'a> Reader<'a> {
    /// `areas`: those that the reader speaks for.
    pub fn of(plan: &'a Plan, areas: &[AreaId]) -> Self {
        Self { areas: plan.areas().iter().filter(|area| areas.contains(&area.id)).collect() }
    }

    /// "Payments, Treasury"
    pub fn name(&self) -> String {
        self.areas.iter().map(|area| one_line(&area.name)).collect::<Vec<_>>().join(", ")
    }

    fn owns(&self, system: &System) -> bool {
        system.area.as_ref().is_some_and(|id| self.areas.iter().any(|area| area.id == *id))
    }

    /// Whether the window works on one of the reader's systems.
    pub fn is_concerned(&self, window: &WindowSchedule) -> bool {
        window.scope.systems.iter().any(|system| self.owns(system))
    }

    /// Whether the freeze covers one of the reader's systems.
    pub fn is_frozen_by(&self, schedule: &Schedule, freeze: &ChangeFreeze) -> bool {
        let plan = &*schedule.plan;
        let systems = plan.systems().iter().enumerate().filter(|(_, system)| self.owns(system));
        let places: Vec<u32> = systems.map(|(place, _)| place as u32).collect();
        FreezeTimes::new(freeze, plan, &schedule.zone).covers_any(&places)
    }

    /// What this reader is told about an occurrence.
    pub fn event_text(&self, schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> EventText {
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

    /// What the reader has to do, a line for each area that they speak for.
    fn asked(&self, plan: &Plan, window: &WindowSchedule, occurrence: &Occurrence) -> String {
        if occurrence.origin == Origin::Skipped {
            return String::new();
        }
        let is_concerned =
            |area: &BusinessArea| window.scope.systems.iter().any(|system| system.area.as_ref() == Some(&area.id));
        let areas: Vec<_> = self.areas.iter().filter(|area| is_concerned(area)).collect();
        let line = |area: &&&std::sync::Arc<BusinessArea>| {
            let said = asked_of(&answers::answer(plan, window, occurrence, area));
            if areas.len() > 1 { format!("{}: {said}", one_line(&area.name)) } else { said }
        };
        areas.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// "Please accept or decline by Sat 6 Mar 2027"
fn asked_of(answer: &Answer<'_>) -> String {
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
