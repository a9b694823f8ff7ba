//! Which advisories must be worked on, and in which order: decisions that end or are about some systems, fixes that do not
//! exist yet, what is likely to be exploited, and what can be reached from the internet.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::checks::Context;
use windowsill::export::lists::{AdvisoryList, Listing as _};
use windowsill::model::{
    Advisory, Decision, DueBy, Edit, Exposure, FixState, Level, ListedDate, MaintenanceWindow, Plan, Policy, Rating,
    Rule, System, SystemId, Verdict,
};
use windowsill::schedule::{AdvisoryState, Schedule};

use crate::support::full::{date, empty_plan};

/// Two systems with a window each: Core DB on 13 March, Web on 20 March.
fn plan() -> Plan {
    let window = |id: &str, system: &str, on: NaiveDate| MaintenanceWindow {
        systems: vec![system.into()],
        ..MaintenanceWindow::new(id.into(), id, Rule::Dates(vec![ListedDate { on, words: String::new() }]))
    };
    let mut parts = empty_plan().to_parts();
    let rating = Rating { integrity: Level::High, ..Rating::default() };
    parts.systems = ["core-db", "web"]
        .map(|id| System { id: id.into(), name: id.into(), hosts: 1, rating, ..System::default() })
        .into_iter()
        .collect();
    let windows = [window("db", "core-db", date(2027, 3, 13)), window("web", "web", date(2027, 3, 20))];
    parts.windows = windows.into_iter().collect();
    parts.into()
}

fn advisory(id: &str) -> Advisory {
    Advisory {
        cvss_tenths: Some(98),
        systems: ["core-db", "web"].map(SystemId::new).to_vec(),
        ..Advisory::new(id.into(), id, date(2027, 3, 9))
    }
}

fn decision(verdict: Verdict, until: Option<NaiveDate>, systems: &[&str]) -> Decision {
    let systems = systems.iter().map(|id| SystemId::new(id)).collect();
    Decision { verdict, by: "Bo".into(), on: date(2027, 3, 1), until, systems, reason: String::new() }
}

/// The state of an advisory on a day, the last day in time, and the systems that get it late.
fn outlook(plan: &Plan, advisory: Advisory, today: NaiveDate) -> (AdvisoryState, Option<NaiveDate>, Vec<String>) {
    let plan = plan.apply(&Edit::PutAdvisory(advisory)).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let context = Context::new(&schedule, today);
    let (state, rollout) = context.rollouts().next().unwrap();
    (state, rollout.due_on(&schedule.zone), rollout.late().map(|each| each.system.id.to_string()).collect())
}

fn state(decisions: Vec<Decision>, today: NaiveDate) -> AdvisoryState {
    outlook(&plan(), Advisory { decisions, ..advisory("cve-2027-1") }, today).0
}

#[test]
fn a_decision_excuses_until_its_last_day() {
    let until = Some(date(2027, 3, 31));
    for verdict in [Verdict::Mitigate, Verdict::Accept, Verdict::NotAffected] {
        assert_eq!(state(vec![decision(verdict, until, &[])], date(2027, 3, 31)), AdvisoryState::Settled);
        // The original deadline holds again.
        assert_eq!(state(vec![decision(verdict, until, &[])], date(2027, 4, 1)), AdvisoryState::Overdue);
    }
    let earlier = decision(Verdict::Accept, None, &[]);
    let later = decision(Verdict::Deploy, until, &[]);
    assert_eq!(state(vec![earlier.clone(), later.clone()], date(2027, 3, 31)), AdvisoryState::Overdue);
    assert_eq!(
        state(vec![earlier, later], date(2027, 4, 1)),
        AdvisoryState::Settled,
        "the earlier decision has no end"
    );
}

#[test]
fn a_decision_can_be_about_some_systems() {
    let today = date(2027, 3, 10);
    let late = |decisions| outlook(&plan(), Advisory { decisions, ..advisory("cve-2027-1") }, today);
    assert_eq!(late(Vec::new()).2, ["core-db", "web"]);
    let (state, _, systems) = late(vec![decision(Verdict::Accept, None, &["web"])]);
    assert_eq!((state, systems), (AdvisoryState::WithoutWindow, vec!["core-db".to_owned()]));
    let both = vec![decision(Verdict::Accept, None, &["web"]), decision(Verdict::NotAffected, None, &["core-db"])];
    assert_eq!(late(both).0, AdvisoryState::Settled);
    let one_deferred = vec![decision(Verdict::Defer, None, &["core-db"]), decision(Verdict::Accept, None, &["web"])];
    assert_eq!(late(one_deferred).0, AdvisoryState::Open, "it may be late there");
}

#[test]
fn without_a_fix_nothing_is_overdue() {
    let missing = Advisory { fix: FixState::Missing, ..advisory("cve-2027-1") };
    assert_eq!(outlook(&plan(), missing.clone(), date(2027, 12, 1)).0, AdvisoryState::NoFix);
    let accepted = Advisory { decisions: vec![decision(Verdict::Accept, None, &[])], ..missing };
    assert_eq!(outlook(&plan(), accepted, date(2027, 12, 1)).0, AdvisoryState::Settled);
}

#[test]
fn the_period_counts_from_the_later_of_publication_and_fix() {
    let due = |on| {
        outlook(&plan(), Advisory { fix: FixState::Available { on }, ..advisory("cve-2027-1") }, date(2027, 3, 10)).1
    };
    assert_eq!(due(None), Some(date(2027, 3, 11)));
    assert_eq!(due(Some(date(2027, 3, 1))), Some(date(2027, 3, 11)), "the fix came first");
    assert_eq!(due(Some(date(2027, 3, 18))), Some(date(2027, 3, 20)));
    // A window before the fix does not install it.
    let later = Advisory { fix: FixState::Available { on: Some(date(2027, 3, 18)) }, ..advisory("cve-2027-1") };
    assert_eq!(outlook(&plan(), later, date(2027, 3, 10)).2, ["core-db", "web"]);
}

#[test]
fn exposure_counts_in_the_matrix_if_the_policy_says_so() {
    let due = |internet_is_active, exposure, is_exploited| {
        let policy = Policy { due_by: DueBy::Matrix, internet_is_active, ..Policy::default() };
        let plan = plan().apply(&Edit::SetPolicy(policy)).unwrap();
        outlook(&plan, Advisory { exposure, is_exploited, ..advisory("cve-2027-1") }, date(2027, 3, 10)).1.unwrap()
    };
    let (active, theoretical) = (date(2027, 3, 11), date(2027, 3, 15));
    assert_eq!(due(false, Exposure::Internet, false), theoretical);
    assert_eq!(due(true, Exposure::Internet, false), active);
    assert_eq!(due(true, Exposure::Internal, false), theoretical);
    assert_eq!(due(false, Exposure::Internal, true), active);
}

#[test]
fn work_is_ordered_by_exploited_then_likely_then_severe() {
    let with = |id: &str, change: fn(&mut Advisory)| {
        let mut advisory = advisory(id);
        change(&mut advisory);
        Edit::PutAdvisory(advisory)
    };
    let edits = [
        with("a-low", |each| each.cvss_tenths = Some(21)),
        with("b-critical", |_| {}),
        with("c-likely", |each| (each.cvss_tenths, each.epss_per_100_000) = (Some(50), Some(50_001))),
        with("d-half", |each| (each.cvss_tenths, each.epss_per_100_000) = (Some(50), Some(50_000))),
        with("e-exploited", |each| (each.cvss_tenths, each.is_exploited) = (Some(21), true)),
        with("f-installed", |each| (each.is_exploited, each.in_on) = (true, Some(date(2027, 3, 10)))),
    ];
    let plan = edits.iter().fold(plan(), |plan, edit| plan.apply(edit).unwrap());
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let context = Context::new(&schedule, date(2027, 3, 10));
    let rows = AdvisoryList { context: &context }.rows();
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["e-exploited", "c-likely", "b-critical", "d-half", "a-low", "f-installed"]);
    assert!(AdvisoryList { context: &context }.json().contains("\"epss\": \"0.50001\""));
}
