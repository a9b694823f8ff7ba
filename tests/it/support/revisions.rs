//! A small plan and what edits make different in it.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::model::*;
use windowsill::schedule::{Revision, Schedule};

use crate::common::dates::date;
use crate::common::harbour;

/// Notice is judged on 1 March 2027, a Monday.
pub fn today() -> NaiveDate {
    date("2027-03-01")
}

pub fn area(id: &str, name: &str, owner: &str) -> BusinessArea {
    let email = format!("{id}@bank.example");
    BusinessArea { id: id.into(), name: name.into(), owner: owner.into(), email, ..BusinessArea::default() }
}

/// The harbour's plan: one window on each third Saturday, for systems of Payments; Web + API belongs to Trading.
pub fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    parts.areas =
        [area("payments", "Payments", "A. Osei"), area("trading", "Trading", "M. Lind")].into_iter().collect();
    let of_area = |id: &str, area: &str| System {
        area: Some(area.into()),
        ..System::clone(parts.systems.get(&id.into()).unwrap())
    };
    parts.systems = [of_area("core-db", "payments"), of_area("ledger", "payments"), of_area("web", "trading")]
        .into_iter()
        .collect();
    parts.into()
}

pub fn schedule(plan: &Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan.clone()), None)
}

pub fn with(plan: &Plan, edits: &[Edit]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap())
}

pub fn between(old: &Plan, new: &Plan) -> Revision {
    Revision::between(&schedule(old), &schedule(new), today())
}

/// What those edits make different.
pub fn after(edits: &[Edit]) -> Revision {
    between(&plan(), &with(&plan(), edits))
}

/// The window, changed.
pub fn window(change: impl FnOnce(&mut MaintenanceWindow)) -> Edit {
    let mut window = MaintenanceWindow::clone(plan().windows().get(&"core-db".into()).unwrap());
    change(&mut window);
    Edit::PutWindow(window)
}

pub fn skipped(on: &str) -> Edit {
    Edit::SkipOccurrence { window: "core-db".into(), on: date(on), reason: "Quarter close".to_owned() }
}
