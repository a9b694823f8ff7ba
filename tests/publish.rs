//! Publishing: against a real calendar server (Radicale) and against servers that answer as they should not.
#![cfg(feature = "publish")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

#[cfg(feature = "window")]
#[path = "publish/dialog.rs"]
mod dialog;
#[path = "publish/faults.rs"]
mod faults;
#[path = "common/harbour.rs"]
mod harbour;
#[path = "publish/radicale.rs"]
mod radicale;
#[cfg(feature = "window")]
#[path = "common/screen.rs"]
mod screen;
#[path = "publish/server.rs"]
mod server;
#[path = "publish/web.rs"]
mod web;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use windowsill::model::{Edit, Plan, UtcMinute};
use windowsill::publish::{self, Credentials, Mode, Order, Report, Secret, TIMEOUT, Target, Unwatched, Watch};
use windowsill::schedule::Schedule;

fn schedule(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

/// The plan with the occurrence of 20 March 2027 a day later.
fn moved(plan: &Plan) -> Plan {
    let (window, on, to) = ("core-db".into(), "2027-03-20".parse().unwrap(), "2027-03-21".parse().unwrap());
    plan.apply(&Edit::MoveOccurrence { window, on, to, start: None }).unwrap()
}

/// What anna orders, without freezes.
fn order(to: &str) -> Order {
    Order {
        target: Target::parse(to).unwrap().target,
        credentials: Some(Credentials { user: "anna".into(), password: Secret::new("pass wörd:1") }),
        with_freezes: false,
        mode: Mode::default(),
        timeout: TIMEOUT,
        at: UtcMinute(0),
    }
}

fn publish(plan: &Plan, order: &Order, state: &Path) -> Report {
    publish::publish(&schedule(plan.clone()), order, Some(state), &Unwatched)
}

/// Sent, deleted, unchanged, conflicts.
#[track_caller]
fn numbers(report: &Report) -> [usize; 4] {
    assert_eq!((&report.stopped, &report.refused), (&None, &Vec::new()), "{report:?}");
    let counts = report.counts;
    [counts.sent, counts.deleted, counts.unchanged, counts.conflicts]
}

/// Stops after so many looks.
struct Impatient(AtomicUsize);

impl Watch for Impatient {
    fn set_progress(&self, _done: usize, _total: usize) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}
