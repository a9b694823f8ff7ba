//! A small plan with owners to invite, based on `harbour`.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::export::ExportFile;
use windowsill::export::invites::{InvitesOrder, Occasion, Organizer, Outgoing, Which};
use windowsill::model::{BusinessArea, Edit, InviteTexts, Plan, System};
use windowsill::schedule::Schedule;

use crate::common::dates::date;
use crate::common::harbour;

/// The plan of the harbour, whose two systems belong to two owners.
pub fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let area = |id: &str, name: &str, owner: &str| BusinessArea {
        id: id.into(),
        name: name.into(),
        owner: owner.into(),
        email: format!("{id}@bank.example"),
        ..BusinessArea::default()
    };
    parts.areas =
        [area("payments", "Payments", "A. Osei"), area("trading", "Trading", "M. Lind")].into_iter().collect();
    let of_area = |id: &str, area: &str| System {
        area: Some(area.into()),
        ..System::clone(parts.systems.get(&id.into()).unwrap())
    };
    parts.systems = parts.systems.with(of_area("core-db", "payments")).with(of_area("ledger", "trading"));
    parts.invites = Arc::new(InviteTexts {
        organizer: "Change management".into(),
        email: "Change@Bank.example".into(),
        ..InviteTexts::default()
    });
    parts.into()
}

pub fn today() -> NaiveDate {
    date("2027-01-04")
}

pub fn derived(plan: &Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan.clone()), None)
}

/// All files of an export, and the plan that knows of it.
pub fn exported(plan: &Plan, which: &Which) -> (Vec<ExportFile>, Plan) {
    let schedule = derived(plan);
    let outgoing = Outgoing::new(&schedule, today(), &InvitesOrder { which: which.clone(), occasion: Occasion::Due });
    let organizer = Organizer::from_texts(plan.invites()).unwrap();
    let files = outgoing.files(&organizer).collect();
    let plan = outgoing.edit_to_record().map_or(plan.clone(), |edit| plan.apply(&edit).unwrap());
    (files, plan)
}

/// Without the folds of long lines.
pub fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

pub fn applied(plan: &Plan, edit: &Edit) -> Plan {
    plan.apply(edit).unwrap()
}

pub fn march() -> Which {
    Which::Occurrence("core-db".into(), date("2027-03-20"))
}
