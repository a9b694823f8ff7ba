//! Tables that are imported into a small plan, and what becomes of it.

use std::sync::Arc;

use windowsill::import::{Imported, Topic};
use windowsill::model::{Edit, Horizon, Plan, System};
use windowsill::schedule::{Schedule, Zone};

use super::importing::import_topic;

/// A plan with the systems a, b and c.
pub fn plan() -> Plan {
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    ["a", "b", "c"].into_iter().fold(plan, |plan, id| {
        let system = System { id: id.into(), name: id.into(), hosts: 1, ..System::default() };
        plan.apply(&Edit::PutSystem(system)).unwrap()
    })
}

/// The plan with what a table changes, and what the import asked or warned.
pub fn take(topic: Topic, text: &str, plan: &Plan) -> (Plan, String) {
    let imported = import_topic(topic, "list.csv", text, plan).unwrap();
    let told = imported.question.clone().unwrap_or_else(|| warnings(&imported));
    (imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap()), told)
}

/// The warnings of an import, in one line.
pub fn warnings(imported: &Imported) -> String {
    imported.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}

/// The windows with what tables say about them: "Core Standard a b C1: 2027-03-13 22:00".
pub fn windows(plan: &Plan) -> Vec<String> {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let all = schedule.windows.iter().zip(plan.windows());
    all.map(|(schedule, window)| {
        let occurrences = schedule.expansion.occurrences.iter();
        let zone = Zone::for_plan(plan);
        let starts = occurrences.map(|one| zone.local(one.start_at).to_naive().format("%m-%d %H:%M").to_string());
        let systems = window.systems.iter().map(|id| id.as_str().to_owned());
        let parts = [window.name.clone(), window.kind.name().to_owned()].into_iter().chain(systems);
        let parts = parts.chain([window.change_ticket.clone()]).filter(|part| !part.is_empty());
        format!("{}: {}", parts.collect::<Vec<_>>().join(" "), starts.collect::<Vec<_>>().join(", "))
    })
    .collect()
}
