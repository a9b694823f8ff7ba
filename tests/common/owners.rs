//! A small plan whose owners can be invited; stands beside `harbour`.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::sync::Arc;

use windowsill::model::{BusinessArea, InviteTexts, Plan, System};

use crate::harbour;

/// The plan of the harbour, whose two systems belong to two owners.
pub fn plan() -> Plan {
    let mut plan = harbour::plan();
    let area = |id: &str, name: &str, owner: &str| BusinessArea {
        id: id.into(),
        name: name.into(),
        owner: owner.into(),
        email: format!("{id}@bank.example"),
        ..BusinessArea::default()
    };
    plan.areas = [area("payments", "Payments", "A. Osei"), area("trading", "Trading", "M. Lind")].into_iter().collect();
    let of_area = |id: &str, area: &str| System {
        area: Some(area.into()),
        ..System::clone(plan.systems.get(&id.into()).unwrap())
    };
    plan.systems = plan.systems.with(of_area("core-db", "payments")).with(of_area("ledger", "trading"));
    plan.invites = Arc::new(InviteTexts {
        organizer: "Change management".into(),
        email: "Change@Bank.example".into(),
        ..InviteTexts::default()
    });
    plan
}
