//! What is made of findings: one line for each cause, those that somebody has accepted, ways out of a change freeze.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its own files has failed"
)]

mod common;

use std::sync::Arc;

use chrono::NaiveDate;
use common::edits::any_edit;
use common::full::{date, empty_plan};
use common::judging::{self, found_in, today};
use proptest::prelude::*;
use windowsill::checks::{Context, Extent, Findings, Severity, displaced, fold, ways_out};
use windowsill::model::{Acceptance, ChangeFreeze, Edit, FreezeScope, MaintenanceWindow, Plan, Rule, WindowId};
use windowsill::schedule::{Occurrence, Schedule};

/// The plan of a rule's first fixture that fires, which stands after those with longer names.
fn plan_of(code: &str) -> Arc<Plan> {
    judging::plan_of(judging::fixtures(code, "fires").last().unwrap())
}

/// The words of a rule's folded findings in its last fixture.
fn folded(code: &str) -> Vec<String> {
    let schedule = Schedule::derive(&plan_of(code), None);
    let findings = found_in(&schedule);
    let cx = Context::new(&schedule, today());
    let of_rule = findings.list.iter().filter(|finding| finding.rule.code == code);
    fold(of_rule).iter().map(|cause| cause.message(&cx).to_owned()).collect()
}

#[test]
fn findings_of_one_cause_are_one_line() {
    assert_eq!(folded("F001"), ["Freeze Year end covers 2 occurrences of 2 windows, from Sun 12 Dec 2027 on"]);
    assert_eq!(folded("F003"), ["3 windows are exempt from freeze Quarter end, but nobody is named who approved it"]);
}

#[test]
fn an_accepted_finding_is_counted_until_its_day_is_over() {
    let plan = Plan::clone(&plan_of("F001"));
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let findings = found_in(&schedule);
    let [first, second] = [&findings.list[0], &findings.list[1]];
    assert_eq!((first.rule.code, second.rule.code), ("F001", "F001"));
    let until = date(2026, 12, 24);
    let accepted = |extent| {
        let acceptance = Acceptance::of(&plan, first, extent, until);
        Schedule::derive(&Arc::new(plan.apply(&Edit::PutAcceptance(acceptance)).unwrap()), Some(&schedule))
    };
    let one = accepted(Extent::Occurrence);
    let on_the_day = Findings::of(&one, until, Some(&findings));
    let errors = findings.count(Severity::Error);
    assert_eq!((on_the_day.count(Severity::Error), on_the_day.accepted_count()), (errors - 1, 1));
    assert!(!on_the_day.is_open(first) && on_the_day.is_open(second));
    let after = Findings::of(&one, date(2026, 12, 25), Some(&on_the_day));
    assert_eq!((after.count(Severity::Error), after.accepted_count()), (errors, 0));
    assert!(after.accepted.lapsed(&after.list[0]).is_some());
    let whole = Findings::of(&accepted(Extent::Cause), today(), Some(&findings));
    assert_eq!(whole.accepted_count(), 2);
    assert!(whole.accepted.stale(&whole.list).is_empty());
    assert_eq!(whole.accepted.stale(&[]).len(), 1);
}

/// A week without changes from that day on.
fn week(first_on: NaiveDate) -> ChangeFreeze {
    ChangeFreeze { name: "Week".to_owned(), ..ChangeFreeze::week("week".into(), first_on) }
}

/// Windows on the nights of 8, 9 and 10 March 2027, the first two on the same system.
fn three_nights() -> Arc<Plan> {
    let window = |id: &str, day, system: &str| MaintenanceWindow {
        systems: vec![system.into()],
        ..MaintenanceWindow::new(WindowId::new(id), id, Rule::once(date(2027, 3, day)))
    };
    let mut plan = empty_plan();
    plan.systems = plan_of("F001").systems.clone();
    plan.windows = [window("a", 8, "db"), window("b", 8, "db"), window("c", 10, "web")].into_iter().collect();
    Arc::new(plan)
}

#[test]
fn what_a_freeze_displaces_goes_to_the_next_free_weeks_and_nothing_meets() {
    let schedule = Schedule::derive(&three_nights(), None);
    let freeze = week(date(2027, 3, 8));
    let all = displaced(&schedule, &freeze);
    let labels: Vec<_> = ways_out(&schedule, today(), &freeze, &all)
        .into_iter()
        .map(|way_out| way_out.map(|fix| fix.label).unwrap_or_default())
        .collect();
    assert_eq!(labels, ["Move to Mon 15 Mar 2027", "Move to Mon 22 Mar 2027", "Move to Wed 17 Mar 2027"]);
}

#[test]
fn a_freeze_that_is_dragged_counts_where_it_would_be() {
    let schedule = Schedule::derive(&three_nights(), None);
    let plan = schedule.plan.apply(&Edit::PutFreeze(week(date(2027, 3, 15)))).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan), Some(&schedule));
    let ghost = week(date(2027, 3, 10));
    let all = displaced(&schedule, &ghost);
    let [way_out] = &ways_out(&schedule, today(), &ghost, &all)[..] else { panic!("{all:?}") };
    assert_eq!(way_out.as_ref().unwrap().label, "Move to Wed 17 Mar 2027", "where the freeze was, it no longer is");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_freeze_displaces_what_f001_finds_and_moving_all_leaves_nothing(
        edits in proptest::collection::vec(any_edit(), 5..60),
        (month, day) in (1..=12_u32, 1..=28_u32),
        every_months in proptest::sample::select(vec![None, Some(3), Some(12)]),
    ) {
        let plan = edits.iter().fold(empty_plan(), |plan, edit| plan.apply(edit).unwrap_or(plan));
        let freeze = ChangeFreeze { every_months, scope: FreezeScope::Everything, ..week(date(2027, month, day)) };
        let plan = Arc::new(plan.apply(&Edit::PutFreeze(freeze.clone())).unwrap());
        let schedule = Schedule::derive(&plan, None);
        let all = displaced(&schedule, &freeze);
        let of_freeze = |findings: &Findings| {
            let here = |code: &str, cause: &str| code == "F001" && cause == "freeze week";
            findings.list.iter().filter(|each| here(each.rule.code, &each.cause().to_string())).count()
        };
        prop_assert_eq!(all.len(), of_freeze(&found_in(&schedule)));
        let moves = ways_out(&schedule, today(), &freeze, &all);
        let stay = moves.iter().filter(|way_out| way_out.is_none()).count();
        let edits = moves.into_iter().flatten().map(|fix| fix.edit).collect();
        let moved = plan.apply(&Edit::Together { label: "Move all".to_owned(), edits }).unwrap();
        let after = Schedule::derive(&Arc::new(moved), None);
        prop_assert_eq!(of_freeze(&found_in(&after)), stay);
        prop_assert!(overlaps(&after) <= overlaps(&schedule), "what was moved meets something");
    }
}

/// How many pairs of occurrences work on one system at once.
fn overlaps(schedule: &Schedule) -> usize {
    let all = schedule.in_order(false);
    let meets = |index: usize, (window, occurrence): &(&Arc<windowsill::schedule::WindowSchedule>, &Occurrence)| {
        let later = all[index + 1..].iter().take_while(|(_, other)| other.start_at < occurrence.end_at);
        later
            .filter(|(other, _)| other.id() == window.id() || window.scope.first_shared(&other.scope).is_some())
            .count()
    };
    all.iter().enumerate().map(|(index, each)| meets(index, each)).sum()
}
