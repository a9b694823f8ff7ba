//! Tests of the simulation: known answers, and properties of any window.

use proptest::prelude::*;

use super::*;
use crate::model::{Batch, Estimate, Horizon, MaintenanceWindow, Plan, PlanParts, Policy, Rule, System, Work};
use crate::schedule::fit::evaluate::Fit;
use crate::schedule::plan_schedule::Schedule;

fn guess(best: u32, likely: u32, worst: u32) -> Guess {
    Guess { best: Minutes(best), likely: Minutes(likely), worst: Minutes(worst) }
}

/// Patch 20/30/90, reboot 5/8/25, verify 10/15/40, rollback 20/30/90.
fn uncertain() -> Estimate {
    Estimate {
        patch: Some(guess(20, 30, 90)),
        reboot: guess(5, 8, 25),
        verify: guess(10, 15, 40),
        rollback: Some(guess(20, 30, 90)),
        ..Estimate::default()
    }
}

/// A plan with one window for `hosts` hosts, two hours long.
fn plan(work: Work, systems: Vec<System>, batch: Batch, correlation_percent: u8) -> Plan {
    let horizon = Horizon { from: chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(), months: 12 };
    let mut parts = Plan::new("example-2027".into(), "Example", horizon, "Etc/UTC").to_parts();
    parts.policy = Arc::new(Policy { correlation_percent, ..Policy::default() });
    let mut window = MaintenanceWindow::new("core".into(), "Core", Rule::Dates(Vec::new()));
    window.systems = systems.iter().map(|system| system.id.clone()).collect();
    (window.work, window.batch, window.duration) = (work, batch, Minutes(120));
    parts.systems = systems.into_iter().collect();
    parts.windows = [window].into_iter().collect();
    parts.into()
}

fn pool(estimate: Estimate, hosts: u32, batch: Batch, correlation_percent: u8) -> Plan {
    let system = System { id: "host".into(), hosts, ..System::default() };
    plan(Work::Pool(estimate), vec![system], batch, correlation_percent)
}

fn outlook(plan: Plan) -> Outlook {
    let schedule = Schedule::derive(&Arc::new(plan), None);
    Simulation::new(&schedule.plan).outlook(&schedule.windows[0]).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} instead of {expected}");
}

#[test]
fn a_known_example_has_known_results() {
    let outlook = outlook(pool(uncertain(), 1, Batch::All, 0));
    close(outlook.work_mean, 67.0, 0.4);
    close(outlook.work_p90, 85.0, 0.8);
    close(outlook.need_mean, 105.3, 0.6);
    close(outlook.overrun(Minutes(120)), 0.20, 0.012);
    close(f64::from(outlook.need(95).0), 136.5, 1.5);
    close(outlook.needs[95], 136.5, 1.2);
}

#[test]
fn a_phase_is_drawn_once_a_night_and_repeated_for_each_batch() {
    let one = outlook(pool(uncertain(), 1, Batch::All, 0));
    let four = outlook(pool(uncertain(), 4, Batch::Hosts(1), 0));
    close(four.work_mean, 4.0 * one.work_mean, 1e-6);
    close(four.rollback_p95, 4.0 * one.rollback_p95, 1e-6);
}

#[test]
fn a_higher_correlation_widens_the_spread() {
    let spread = |correlation_percent| {
        let outlook = outlook(pool(uncertain(), 1, Batch::All, correlation_percent));
        (outlook.needs[90] - outlook.needs[10], outlook.need_mean)
    };
    let spreads = [0, 30, 60, 100].map(spread);
    assert!(spreads.windows(2).all(|pair| pair[0].0 + 1.0 < pair[1].0), "{spreads:?}");
    // The mean does not depend on the correlation.
    for (_, mean) in spreads {
        close(mean, 105.3, 1.0);
    }
}

#[test]
fn systems_on_one_track_follow_one_another_and_tracks_run_side_by_side() {
    let system = |id: &str| System { id: id.into(), hosts: 1, estimate: uncertain(), ..System::default() };
    let both = |tracks| plan(Work::Tracks(tracks), vec![system("a"), system("b")], Batch::All, 0);
    let after_one_another = outlook(both(vec![vec!["a".into(), "b".into()]]));
    close(after_one_another.work_mean, 2.0 * 67.0, 0.8);
    let beside = outlook(both(vec![vec!["a".into()], vec!["b".into()]]));
    assert!(beside.work_mean > 70.0 && beside.work_mean < 85.0, "the longer of the two: {}", beside.work_mean);
}

#[test]
fn the_same_seed_gives_the_same_answer_and_another_plan_another_one() {
    let plan = pool(uncertain(), 1, Batch::All, 20);
    assert_eq!(outlook(plan.clone()), outlook(plan.clone()));
    let other = outlook(Plan::from(PlanParts { id: "another".into(), ..plan.to_parts() }));
    assert_ne!(outlook(plan.clone()), other);
    // Exactly the same bits on every machine.
    assert_eq!(outlook(plan).need_mean.to_bits(), 4_637_103_509_335_088_852);
}

#[test]
fn a_window_of_sure_minutes_needs_no_simulation() {
    let estimate = Estimate { patch: Some(Minutes(30).into()), rollback: Some(Minutes(10).into()), ..uncertain() };
    let sure = Estimate { reboot: Minutes(5).into(), verify: Minutes(5).into(), ..estimate };
    let outlook = |estimate, hosts| {
        let schedule = Schedule::derive(&Arc::new(pool(estimate, hosts, Batch::All, 0)), None);
        Simulation::with_runs(&schedule.plan, 10).outlook(&schedule.windows[0])
    };
    assert_eq!(outlook(sure, 1), None);
    assert!(outlook(estimate, 1).is_some());
    assert_eq!(outlook(estimate, 0), None, "no hosts");
    assert_eq!(outlook(Estimate { patch: None, ..estimate }, 1), None, "not estimated");
}

#[test]
fn extreme_inputs_give_finite_results() {
    let longest = Estimate { patch: Some(guess(0, 0, Minutes::LONGEST.0)), ..uncertain() };
    let outlook = outlook(pool(longest, u32::MAX, Batch::Hosts(1), 255));
    assert!(outlook.need_mean.is_finite() && outlook.roll_back_by(Minutes(120)) < 0);
    assert!((outlook.overrun(Minutes(120)) - 1.0).abs() < 1e-9);
}

fn any_guess() -> impl Strategy<Value = Guess> {
    [0..90_u32, 0..90, 0..90].prop_map(|[a, b, c]| Guess::from_three(Minutes(a), Minutes(b), Minutes(c)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sure_minutes_give_exactly_the_fit(minutes in [0..500_u32, 0..500, 0..500, 0..500], hosts in 1..60_u32, size in 1..9_u32) {
        let [prepare, patch, rollback, handover] = minutes.map(|minutes| Guess::sure(Minutes(minutes)));
        let estimate =
            Estimate { prepare, patch: Some(patch), rollback: Some(rollback), handover, ..Estimate::default() };
        let schedule = Schedule::derive(&Arc::new(pool(estimate, hosts, Batch::Hosts(size), 50)), None);
        let window = &schedule.windows[0];
        let work_plan = WorkPlan::new(&window.window, &window.scope.systems, &window.window.batch).unwrap();
        let runs = Simulation::with_runs(&schedule.plan, 3).simulate(&work_plan, window.id());
        let fit = Fit::new(&window.window, &window.scope.systems, window.window.duration).unwrap();
        let minutes = |minutes: Minutes| vec![f64::from(minutes.0); 3];
        prop_assert_eq!((runs.work, runs.need), (minutes(fit.work), minutes(fit.need())));
        prop_assert_eq!(runs.rollback, minutes(fit.rollback + fit.handover));
    }

    #[test]
    fn percentiles_rise_and_stay_between_best_and_worst(
        patch in any_guess(), reboot in any_guess(), rollback in any_guess(), correlation in 0..=100_u8,
    ) {
        prop_assume!(!(patch.is_fixed() && reboot.is_fixed() && rollback.is_fixed()));
        let estimate = Estimate { patch: Some(patch), reboot, rollback: Some(rollback), ..Estimate::default() };
        let schedule = Schedule::derive(&Arc::new(pool(estimate, 6, Batch::Hosts(2), correlation)), None);
        let outlook = Simulation::with_runs(&schedule.plan, 200).outlook(&schedule.windows[0]).unwrap();
        prop_assert!(outlook.needs.is_sorted());
        let sum = |minutes: fn(Guess) -> Minutes| [patch, reboot, rollback].map(|guess| minutes(guess).0).iter().sum::<u32>() * 3;
        prop_assert!(outlook.need(0).0 >= sum(|guess| guess.best) && outlook.need(100).0 <= sum(|guess| guess.worst) + 1);
    }
}
