//! Tests of runs in which more is found than is listed.

use std::sync::Arc;

use chrono::{NaiveDate, Weekday};

use super::Findings;
use crate::model::{ChangeFreeze, Edit, Horizon, MaintenanceWindow, Plan, Rule};
use crate::schedule::Schedule;

fn today() -> NaiveDate {
    "2026-11-21".parse().unwrap()
}

fn freeze(id: &str) -> ChangeFreeze {
    let last_on = "2027-12-31".parse().unwrap();
    ChangeFreeze { name: id.to_owned(), last_on, ..ChangeFreeze::week(id.into(), "2027-01-01".parse().unwrap()) }
}

fn window(id: &str) -> MaintenanceWindow {
    MaintenanceWindow::new(id.into(), id, Rule::Weekly { days: vec![Weekday::Sat], every: 1 })
}

/// Three windows with 52 occurrences each, all of them in two freezes: 312 findings.
fn frozen_plan() -> Arc<Plan> {
    let mut plan = Arc::new(Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin"));
    for edit in [
        Edit::PutWindow(window("a")),
        Edit::PutWindow(window("b")),
        Edit::PutWindow(window("c")),
        Edit::PutFreeze(freeze("x")),
        Edit::PutFreeze(freeze("y")),
    ] {
        plan = Arc::new(plan.apply(&edit).unwrap());
    }
    plan
}

fn messages(findings: &Findings) -> Vec<String> {
    findings.list.iter().map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect()
}

fn count(findings: &Findings, code: &str) -> usize {
    findings.list.iter().filter(|finding| finding.rule.code == code).count()
}

#[test]
fn findings_beyond_the_limit_are_left_out_and_a_finding_says_so() {
    let schedule = Schedule::derive(&frozen_plan(), None);
    for (most, listed, says_so) in [(1_000, 312, 0), (312, 312, 0), (311, 311, 1), (60, 60, 1)] {
        let findings = Findings::check_up_to(most, &schedule, today(), None);
        assert_eq!((count(&findings, "F001"), count(&findings, "P017")), (listed, says_so), "at most {most}");
    }
    let first = messages(&Findings::check_up_to(60, &schedule, today(), None));
    assert!(first[60].contains("more than 60 problems of one kind"), "{first:?}");
    assert!(
        first.iter().filter(|line| line.starts_with("F001")).all(|line| line.contains(" a,") || line.contains(" b,"))
    );
    for _ in 0..10 {
        assert_eq!(messages(&Findings::check_up_to(60, &schedule, today(), None)), first);
    }
}

#[test]
fn the_same_findings_are_listed_after_edits_as_in_a_fresh_run() {
    let ended = ChangeFreeze { last_on: "2027-03-31".parse().unwrap(), ..freeze("y") };
    let edits = [
        Edit::PutWindow(MaintenanceWindow { name: "Another name".to_owned(), ..window("b") }),
        Edit::PutFreeze(ended),
        Edit::PutWindow(window("d")),
        Edit::PutFreeze(freeze("y")),
        Edit::PutFreeze(freeze("z")),
        Edit::PutWindow(MaintenanceWindow { last: "2027-02-01".parse().ok(), ..window("a") }),
        Edit::PutFreeze(ChangeFreeze { last_on: "2027-01-01".parse().unwrap(), ..freeze("x") }),
        Edit::PutFreeze(ChangeFreeze { last_on: "2027-01-01".parse().unwrap(), ..freeze("z") }),
    ];
    for most in [20, 150, 230, 312, 400] {
        let mut plan = frozen_plan();
        let mut schedule = Schedule::derive(&plan, None);
        let mut findings = Findings::check_up_to(most, &schedule, today(), None);
        let mut was_limited = vec![count(&findings, "P017") > 0];
        for edit in &edits {
            plan = Arc::new(plan.apply(edit).unwrap());
            schedule = Schedule::derive(&plan, Some(&schedule));
            findings = Findings::check_up_to(most, &schedule, today(), Some(&findings));
            let fresh = Findings::check_up_to(most, &schedule, today(), None);
            assert_eq!(messages(&findings), messages(&fresh), "at most {most}, after {edit:?}");
            was_limited.push(count(&findings, "P017") > 0);
        }
        assert!(most < 200 || was_limited.iter().any(|limited| !limited), "{most}: {was_limited:?}");
        assert!(was_limited.contains(&true), "{most}: {was_limited:?}");
    }
}
