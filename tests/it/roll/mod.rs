//! Rolling a plan forward to a later year.

mod command;
mod dates;
mod stays;

use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use windowsill::model::{ChangeFreeze, Horizon, ListedDate, MaintenanceWindow, Plan, PlanParts, Rule};
use windowsill::roll::{Choices, RollTarget, RolledPlan, roll_forward};
use windowsill::schedule::Schedule;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn target(year: i32) -> RollTarget {
    RollTarget { year, word: "next".into(), title: None }
}

fn rolled(plan: &Plan, year: i32) -> RolledPlan {
    roll_forward(plan, &target(year), &Choices::new()).unwrap()
}

fn plan(horizon: Horizon, zone: &str, fill: impl FnOnce(&mut PlanParts)) -> Plan {
    let mut parts = Plan::new("old".into(), "Harbour 2027", horizon, zone).to_parts();
    fill(&mut parts);
    parts.into()
}

fn window(id: &str, rule: Rule) -> MaintenanceWindow {
    MaintenanceWindow::new(id.into(), id, rule)
}

fn weekly(day: Weekday, every: u16) -> Rule {
    Rule::Weekly { days: vec![day], every }
}

fn listed(dates: &[(&str, &str)]) -> Rule {
    Rule::Dates(dates.iter().map(|(on, words)| ListedDate { on: day(on), words: (*words).to_owned() }).collect())
}

/// The starts of a window in the plan.
fn starts(plan: &Plan, id: &str) -> Vec<String> {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let window = schedule.window(&id.into()).unwrap();
    window
        .expansion
        .occurrences
        .iter()
        .map(|each| each.local_start.to_naive().format("%Y-%m-%d %H:%M").to_string())
        .collect()
}

fn listed_dates(plan: &Plan, id: &str) -> Vec<String> {
    match &plan.windows().get(&id.into()).unwrap().rule {
        Rule::Dates(dates) => dates.iter().map(|date| date.on.to_string()).collect(),
        rule => panic!("{rule:?}"),
    }
}

fn freeze(first: &str, last: &str, name: &str) -> ChangeFreeze {
    let id = name.to_lowercase().replace(' ', "-");
    ChangeFreeze { name: name.into(), last_on: day(last), ..ChangeFreeze::week((&*id).into(), day(first)) }
}

fn freezes(plan: &Plan) -> Vec<String> {
    plan.freezes().iter().map(|freeze| format!("{} {} to {}", freeze.id, freeze.first_on, freeze.last_on)).collect()
}
