//! A plan whose owners were invited: for what comes back from them.

use std::sync::Arc;

use windowsill::model::{BusinessArea, Edit, Horizon, MaintenanceWindow, MonthDay, Plan, Rule, System};
use windowsill::schedule::Schedule;
use windowsill::schedule::agreement::outbox::due;

use crate::common::dates::date;

fn area(id: &str, owner: &str, email: &str) -> BusinessArea {
    let (name, owner, email) = (id.to_owned(), owner.to_owned(), email.to_owned());
    BusinessArea { id: id.into(), name, owner, email, ..BusinessArea::default() }
}

/// The third Saturdays of 2027, 22:00 to 02:00 in London; Ann speaks for two areas, Bo for one; all were invited on
/// 4 January.
pub fn invited() -> Plan {
    let mut parts = Plan::new("harbour".into(), "Harbour", Horizon::year(2027), "Europe/London").to_parts();
    parts.areas = [
        area("cards", "Ann", "ann.oneill@bank.example"),
        area("payments", "Ann O'Neill", "Ann.ONeill@bank.example"),
        area("retail", "Bo Hedlund", "bo.hedlund@bank.example"),
    ]
    .into_iter()
    .collect();
    let system = |id: &str, area: &str| System {
        id: id.into(),
        name: id.to_owned(),
        area: Some(area.into()),
        ..System::default()
    };
    parts.systems = [system("db", "payments"), system("cards", "cards"), system("web", "retail")].into_iter().collect();
    let rule = Rule::Monthly { on: MonthDay::Nth(3, chrono::Weekday::Sat), every: 1, offset_days: 0 };
    let window = MaintenanceWindow {
        systems: vec!["cards".into(), "db".into(), "web".into()],
        ..MaintenanceWindow::new("core-db".into(), "Core DB patching", rule)
    };
    parts.windows = [window].into_iter().collect();
    let plan = Plan::from(parts);
    sent(plan, "2027-01-04")
}

/// The plan after everything that is due was sent on that day.
pub fn sent(plan: Plan, on: &str) -> Plan {
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let messages: Vec<_> = due(&schedule, date(on)).into_iter().map(|message| message.sent).collect();
    assert!(!messages.is_empty());
    schedule.plan.apply(&Edit::NoteSent(messages)).unwrap()
}
