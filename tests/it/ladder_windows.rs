//! Proposed windows for the groups of a ladder.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::checks::{Findings, NoProposal, ProposedWindow, windows_for_ladder};
use windowsill::model::{
    ChangeFreeze, DeploymentGroup, Edit, Estimate, Guess, Horizon, Ladder, Minutes, Plan, Stage, System, SystemClass,
};
use windowsill::schedule::Schedule;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-29")
}

/// Three groups with a system each, and no window.
fn plan(zone: &str, freezes: Vec<ChangeFreeze>) -> Plan {
    let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), zone).to_parts();
    let ids = ["test", "uat", "production"];
    let estimate = |id: &str| Estimate {
        patch: Some(Guess::from(Minutes(if id == "production" { 150 } else { 30 }))),
        rollback: Some(Guess::from(Minutes(if id == "production" { 120 } else { 20 }))),
        ..Estimate::default()
    };
    let system = |id: &&str| System {
        id: (*id).into(),
        name: (*id).into(),
        hosts: 1,
        estimate: estimate(id),
        ..System::default()
    };
    parts.systems = ids.iter().map(system).collect();
    let stages = [Stage::Test, Stage::Uat, Stage::Production];
    let group = |(id, stage): (&&str, Stage)| DeploymentGroup {
        systems: vec![(*id).into()],
        ..DeploymentGroup::new((*id).into(), id, stage)
    };
    let groups = ids.iter().zip(stages).map(group).collect();
    let release = Some("microsoft".into());
    parts.ladders = [Ladder { id: "l".into(), name: "Servers".into(), class: SystemClass::Server, release, groups }]
        .into_iter()
        .collect();
    parts.freezes = freezes.into_iter().collect();
    parts.into()
}

fn propose(plan: &Plan) -> (Vec<ProposedWindow>, Schedule) {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let proposals = windows_for_ladder(&schedule, today(), &"l".into()).unwrap();
    let edits = proposals.iter().map(|proposal| Edit::PutWindow(proposal.window.clone())).collect();
    let planned = plan.apply(&Edit::Together { label: "Plan".into(), edits }).unwrap();
    (proposals, Schedule::derive(&Arc::new(planned), None))
}

#[test]
fn groups_follow_the_release_and_each_other_after_their_soak_in_every_zone() {
    for zone in ["Europe/Berlin", "America/New_York", "Australia/Sydney", "UTC"] {
        let (proposals, schedule) = propose(&plan(zone, Vec::new()));
        assert_eq!(proposals.len(), 3);
        assert!(proposals.iter().all(|proposal| proposal.clashes == 0 && proposal.dates.len() >= 12), "{zone}");
        let codes: Vec<&str> =
            Findings::check(&schedule, today(), None).list.iter().map(|finding| finding.rule.code).collect();
        for code in ["R001", "R002", "R003", "W001", "B001", "F001", "W007", "T007"] {
            assert!(!codes.contains(&code), "{zone}: {code} in {codes:?}");
        }
    }
}

#[test]
fn a_window_is_as_long_as_its_work_needs() {
    let (proposals, _) = propose(&plan("Europe/Berlin", Vec::new()));
    assert_eq!(proposals[0].window.duration, Minutes::hours(4));
    assert!(proposals[2].window.duration > Minutes::hours(4));
    assert!(proposals.iter().all(|proposal| proposal.fit.is_ok_and(|fit| fit.margin() >= 0)));
    assert!(proposals[0].reached_within < proposals[1].reached_within);
}

#[test]
fn dates_in_a_freeze_move_out_of_it() {
    let freeze = ChangeFreeze { last_on: day("2027-06-16"), ..ChangeFreeze::week("f".into(), day("2027-06-07")) };
    let (proposals, schedule) = propose(&plan("Europe/Berlin", vec![freeze]));
    assert!(proposals.iter().any(|proposal| proposal.moved > 0));
    assert!(proposals.iter().all(|proposal| proposal.clashes == 0));
    assert_eq!(Findings::check(&schedule, today(), None).count_by_code("F001"), 0);
}

#[test]
fn a_ladder_that_cannot_be_planned_says_why() {
    let why = |plan: &Plan| {
        let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
        windows_for_ladder(&schedule, today(), &"l".into()).unwrap_err()
    };
    let plan = plan("UTC", Vec::new());
    let ladder = |change: &dyn Fn(&mut Ladder)| {
        let mut ladder = Ladder::clone(plan.ladders().get(&"l".into()).unwrap());
        change(&mut ladder);
        plan.apply(&Edit::PutLadder(ladder)).unwrap()
    };
    assert_eq!(why(&ladder(&|ladder| ladder.release = None)), NoProposal::NoRelease);
    assert_eq!(
        why(&ladder(&|ladder| ladder.groups.iter_mut().for_each(|group| group.systems.clear()))),
        NoProposal::NoSystems
    );
    let (_, planned) = propose(&plan);
    assert_eq!(why(&planned.plan), NoProposal::AllCovered);
}

#[test]
fn what_is_still_being_entered_is_counted_apart() {
    let plan = plan("UTC", Vec::new());
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let findings = Findings::check(&schedule, today(), None);
    let errors = windowsill::checks::Severity::Error;
    assert_eq!(findings.count(errors), 0);
    assert!(findings.unfinished_count() > 0 && findings.count_with_unfinished(errors) > 0);
    // Each uncovered group once, not by R003 and W007.
    assert_eq!((findings.count_by_code("R003"), findings.count_by_code("W007")), (3, 0));
    // As soon as the ladder has a window, what is missing on it counts.
    let (proposals, _) = propose(&plan);
    let first = plan.apply(&Edit::PutWindow(proposals[0].window.clone())).unwrap();
    let schedule = Schedule::derive(&Arc::new(first), Some(&schedule));
    let findings = Findings::check(&schedule, today(), Some(&findings));
    assert_eq!((findings.count(errors), findings.unfinished_count()), (2, 0));
}
