//! Helpers for publishing: an order, its report, a real calendar server and one that answers as a test says.

pub mod server;
pub mod web;

use std::path::Path;
use std::sync::Arc;

use windowsill::export::ics::CalendarOptions;
use windowsill::model::{Edit, Plan, UtcMinute};
use windowsill::progress::Progress;
use windowsill::publish::{self, Credentials, Mode, Order, Report, Secret, TIMEOUT, Target};
use windowsill::schedule::Schedule;

pub fn schedule(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

/// The plan with the occurrence of 20 March 2027 a day later.
pub fn moved(plan: &Plan) -> Plan {
    let (window, on, to) = ("core-db".into(), "2027-03-20".parse().unwrap(), "2027-03-21".parse().unwrap());
    plan.apply(&Edit::MoveOccurrence { window, on, to, start: None, duration: None }).unwrap()
}

/// What anna orders, without freezes.
pub fn order(to: &str) -> Order {
    Order {
        target: Target::parse(to).unwrap().target,
        credentials: Some(Credentials { user: "anna".into(), password: Secret::new("pass wörd:1") }),
        options: CalendarOptions::default(),
        mode: Mode::default(),
        timeout: TIMEOUT,
        at: UtcMinute(0),
    }
}

pub fn publish(plan: &Plan, order: &Order, state: &Path) -> Report {
    publish::publish(&schedule(plan.clone()), order, Some(state), &Progress::default())
}

/// Sent, deleted, unchanged, conflicts.
#[track_caller]
pub fn numbers(report: &Report) -> [usize; 4] {
    assert_eq!((&report.stopped, &report.refused), (&None, &Vec::new()), "{report:?}");
    let counts = report.counts;
    [counts.sent, counts.deleted, counts.unchanged, counts.conflicts]
}
