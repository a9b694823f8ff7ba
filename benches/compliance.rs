//! Measures the figures of the dashboard: 5,000 systems, 2 years, 20,000 results. Budgets: 50 ms, and 5 ms after one new
//! result.

#![allow(clippy::unwrap_used)]

mod large;

use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use divan::{Bencher, black_box};
use windowsill::compliance::{ComplianceMemory, ComplianceOptions, ComplianceReport};
use windowsill::model::{
    Advisory, Edit, FollowUpScan, Plan, Policy, ResultKey, ScanKey, System, SystemResult, UtcMinute,
};
use windowsill::schedule::{Occurrence, Schedule, WindowSchedule};

fn main() {
    divan::main();
}

const SYSTEMS: usize = 5_000;
const RESULTS: usize = 20_000;
/// Each month brings some that affect a tenth of the systems.
const ADVISORIES: usize = 120;

/// 2,500 windows for two systems each, of which the first results of each are recorded, and a scan after each occurrence.
static SCHEDULE: LazyLock<Schedule> = LazyLock::new(|| {
    let plan = large::mixed(SYSTEMS / 2);
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let mut parts = plan.to_parts();
    let from = Some(parts.horizon.from);
    parts.policy = Arc::new(Policy { recording_from: from, ..Policy::clone(&parts.policy) });
    parts.advisories = (0..ADVISORIES).map(advisory).collect();
    let occurrences = |index: usize| {
        schedule.windows.iter().filter_map(move |window| Some((window, window.expansion.occurrences.get(index)?)))
    };
    let all = (0..200).flat_map(occurrences);
    let results = all.clone().flat_map(|(window, occurrence)| {
        let of_system = move |system: &Arc<System>| result(window, occurrence, system);
        window.scope.systems.iter().map(of_system).collect::<Vec<_>>()
    });
    parts.results = results.take(RESULTS).collect();
    let scans = all.take(RESULTS / 4).map(|(window, occurrence)| {
        let key =
            ScanKey { window: window.id().clone(), on: occurrence.original_on(), at: occurrence.end_at.plus(600) };
        FollowUpScan { is_authenticated: true, ..FollowUpScan::new(key) }
    });
    parts.scans = scans.collect();
    Schedule::derive(&Arc::new(Plan::from(parts)), None)
});

/// All hosts were patched.
fn result(window: &WindowSchedule, occurrence: &Occurrence, system: &System) -> SystemResult {
    let key = ResultKey { window: window.id().clone(), on: occurrence.original_on(), system: system.id.clone() };
    SystemResult { attempted: system.hosts, patched: system.hosts, ..SystemResult::new(key, system, Vec::new()) }
}

fn advisory(number: usize) -> Advisory {
    let on = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap() + Days::new(number as u64 * 6);
    Advisory {
        cvss_tenths: Some(40 + (number * 7 % 60) as u8),
        systems: (0..SYSTEMS / 10).map(|index| large::system_id((number * 37 + index * 10) % SYSTEMS)).collect(),
        ..Advisory::new(format!("advisory-{number}").as_str().into(), "An advisory", on)
    }
}

fn options() -> ComplianceOptions {
    let at = NaiveDate::from_ymd_opt(2028, 3, 1).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
    ComplianceOptions { at: UtcMinute::from_utc(at), from: None, count_hosts: false }
}

#[divan::bench]
fn dashboard_budget_50_ms(bencher: Bencher<'_, '_>) {
    bencher.bench(|| ComplianceMemory::default().totals(black_box(&SCHEDULE), &options()));
}

/// The plan with one result more, derived from the plan before it.
fn with_new_result() -> Schedule {
    let (at, plan) = (options().at, &SCHEDULE.plan);
    let missing = SCHEDULE.windows.iter().rev().find_map(|window| {
        let past = window.expansion.occurrences.iter().rev().find(|each| each.end_at < at)?;
        let system = window.scope.systems.first()?;
        let is_new = plan.results().for_occurrence(window.id(), past.original_on()).is_empty();
        is_new.then(|| result(window, past, system))
    });
    let result = missing.unwrap();
    let plan = plan.apply(&Edit::PutResult(result)).unwrap();
    Schedule::derive(&Arc::new(plan), Some(&SCHEDULE))
}

#[divan::bench]
fn dashboard_after_one_new_result_budget_5_ms(bencher: Bencher<'_, '_>) {
    let (with, options) = (with_new_result(), options());
    let mut memory = ComplianceMemory::default();
    memory.totals(&SCHEDULE, &options);
    let mut has_result = false;
    bencher.bench_local(|| {
        has_result = !has_result;
        memory.totals(black_box(if has_result { &with } else { &SCHEDULE }), &options)
    });
}

#[divan::bench]
fn report_with_all_items(bencher: Bencher<'_, '_>) {
    bencher.bench(|| ComplianceReport::new(black_box(&SCHEDULE), &options()).items.len());
}
