//! What the fuzz targets share: imports from memory, and plans that are made of arbitrary bytes.

use std::sync::{Arc, OnceLock};

use chrono::{NaiveDate, Weekday};
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};
use windowsill::connect;
use windowsill::import::{Options, Target};
use windowsill::model::{
    BusinessArea, Edit, Horizon, InviteKey, MaintenanceWindow, MonthDay, Plan, Rule, SentInvite,
};
use windowsill::progress::Progress;
use windowsill::schedule::Schedule;
use windowsill::store;

use crate::support::importing::{MemoryFile, kind, source};

/// The helpers of the other tests.
#[allow(dead_code, unused_imports)]
#[path = "../../it/support"]
pub mod support {
    pub mod advisories;
    pub mod agreement;
    pub mod answers;
    pub mod checklists;
    pub mod edits;
    pub mod full;
    pub mod groups;
    pub mod importing;
    pub mod ledger;
    pub mod people;
    pub mod plans;
    pub mod policies;
    pub mod strict;
    pub mod times;
}

/// The number of bytes that a plan is made of. What an input lacks follows from the input.
const PLAN_BYTES: usize = 64 * 1024;

/// The plan that files are imported into: small, and an owner was sent invites, so that replies get as far as they can.
fn schedule() -> &'static Schedule {
    static SCHEDULE: OnceLock<Schedule> = OnceLock::new();
    SCHEDULE.get_or_init(|| {
        let horizon = Horizon { from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), months: 24 };
        let mut parts = Plan::new("harbour".into(), "Harbour", horizon, "Europe/London").to_parts();
        let email = "ann.oneill@bank.example".to_owned();
        let area = BusinessArea { id: "cards".into(), email: email.clone(), ..BusinessArea::default() };
        let rule = Rule::Monthly { on: MonthDay::Nth(3, Weekday::Sat), every: 1, offset_days: 0 };
        parts.areas = [area].into_iter().collect();
        parts.windows = [MaintenanceWindow::new("core-db".into(), "Core DB", rule)].into_iter().collect();
        let plan = Plan::from(parts);
        let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
        let sent = schedule.windows[0].expansion.occurrences.iter().map(|occurrence| SentInvite {
            key: InviteKey { window: "core-db".into(), on: occurrence.original_on(), to: email.clone() },
            areas: vec!["cards".into()],
            name: String::new(),
            summary: String::new(),
            start_at: occurrence.start_at,
            end_at: occurrence.end_at,
            sequence: 0,
            is_cancelled: false,
            sent_on: horizon.from,
            role: windowsill::model::InviteRole::Owner,
        });
        let plan = plan.apply(&Edit::NoteSent(sent.collect())).unwrap();
        Schedule::derive(&Arc::new(plan), None)
    })
}

/// Calls `check` with the schedule of the plan that files are imported into.
pub fn with_schedule(check: impl FnOnce(&Schedule)) {
    check(schedule());
}

/// Imports a file as each of the kinds with these ids, and applies what it brings. The plan must still be saved and read.
pub fn import(kinds: &[&str], name: &str, bytes: &[u8]) {
    let schedule = schedule();
    let target = Target::with_schedule(schedule.clone(), schedule.plan.horizon().from);
    for id in kinds {
        let progress = Progress::default();
        let source = source(&[MemoryFile::new(name, bytes)], &progress);
        let imported = connect::read(&source, kind(id), &Options::default(), &target);
        if let Some(edit) = imported.ok().and_then(|imported| imported.edit()) {
            survives(&schedule.plan.apply(&edit).unwrap());
        }
    }
}

/// Asserts that a plan is read as it was written.
pub fn survives(plan: &Plan) {
    let text = store::to_text(plan).unwrap();
    let read = store::parse(&text).unwrap();
    assert!(read.plan == *plan, "the plan changes when it is saved and read:\n{text}");
    assert!(read.unknown_fields.is_empty());
}

/// A value of a strategy, made of arbitrary bytes instead of random ones.
pub fn made_of<S: Strategy>(strategy: &S, bytes: &[u8]) -> Option<S::Value> {
    let mut all = bytes.to_vec();
    let seed = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let mut more = vec![0; PLAN_BYTES.saturating_sub(bytes.len())];
    Pcg64::seed_from_u64(seed).fill_bytes(&mut more);
    all.extend(more);
    let rng = TestRng::from_seed(RngAlgorithm::PassThrough, &all);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    strategy.new_tree(&mut runner).ok().map(|tree| tree.current())
}
