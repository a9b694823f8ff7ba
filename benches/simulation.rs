//! Measures the simulation of how likely the work fits.
//!
//! Budget: 500 windows with three-valued estimates, 10,000 runs each, in 1 s on two cores.

#![allow(clippy::unwrap_used)]

mod large;

use std::sync::{Arc, LazyLock};

use divan::Bencher;
use windowsill::model::{Guess, Minutes, Plan, Policy, System, UtcMinute};
use windowsill::schedule::{Schedule, Simulation};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{FileState, Session};

fn main() {
    divan::main();
}

static PLAN: LazyLock<Plan> = LazyLock::new(|| uncertain(large::mixed(500)));

/// The same plan with three values for the phases that vary most, and a correlation.
fn uncertain(plan: Plan) -> Plan {
    let mut parts = plan.to_parts();
    let three = |guess: Guess| {
        let likely = guess.likely.0;
        Guess { best: Minutes(likely * 2 / 3), likely: guess.likely, worst: Minutes(likely * 3 + 1) }
    };
    parts.systems = parts
        .systems
        .iter()
        .map(|system| {
            let mut system = System::clone(system);
            let estimate = &mut system.estimate;
            for guess in [&mut estimate.drain, &mut estimate.reboot, &mut estimate.verify, &mut estimate.prepare] {
                *guess = three(*guess);
            }
            (estimate.patch, estimate.rollback) = (estimate.patch.map(three), estimate.rollback.map(three));
            system
        })
        .collect();
    parts.policy = Arc::new(Policy { correlation_percent: 30, ..Policy::default() });
    parts.into()
}

#[divan::bench(sample_count = 5)]
fn in_the_background_of_a_session_on_two_cores_within_1_s(bencher: Bencher<'_, '_>) {
    let now = UtcMinute::from_utc("2026-11-21T09:00:00Z".parse().unwrap());
    bencher.bench(|| {
        let mut session = Session::new(PLAN.clone(), FileState::none(), Box::new(FixedClock(now)), None);
        session.finish_jobs();
        assert!(session.schedule().outlooks.missing(&session.schedule().windows).is_empty());
        session.findings().list.len()
    });
}

#[divan::bench(sample_count = 5)]
fn one_window(bencher: Bencher<'_, '_>) {
    let schedule = Schedule::derive(&Arc::new(PLAN.clone()), None);
    let window = schedule.windows.iter().find(|window| window.is_uncertain()).unwrap();
    bencher.with_inputs(|| Simulation::new(&schedule.plan)).bench_refs(|simulation| simulation.outlook(window));
}
