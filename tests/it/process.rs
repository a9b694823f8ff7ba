//! The board of the process: the stages of each advisory follow from the plan.

use std::sync::Arc;

use windowsill::compliance::{ComplianceOptions, ComplianceReport, StageState, processes};
use windowsill::model::{ProcessStage, UtcMinute};
use windowsill::schedule::Schedule;
use windowsill::store;

use crate::support::desk::{Desk, rows};

/// The system `t` is in the group for tests, `a` in production; `w` takes place on Saturdays.
fn plan(advisory: &str, more: &str) -> String {
    format!(
        r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "UTC",
    policy: (responsible: [(stage: Verify, who: "Security")]),
    systems: [(id: "a", name: "Alpha", hosts: 4), (id: "t", name: "Tango", hosts: 1, environment: Test)],
    ladders: [(id: "l", name: "L", groups: [
        (id: "one", name: "One", stage: Test, systems: ["t"]), (id: "two", name: "Two", stage: Production, systems: ["a"]),
    ])],
    windows: [(id: "w", name: "W", systems: ["a", "t"], rule: Weekly(days: ["Sat"], every: 1), start: "22:00",
        duration: "4h")],
    advisories: [(id: "x", title: "X", published_on: "2027-03-09", {advisory})],
    {more}
)"#
    )
}

const RATED: &str = r#"cvss_tenths: 75, systems: ["a", "t"],"#;

fn result(system: &str) -> String {
    format!(r#"(of: (window: "w", on: "2027-03-13", system: "{system}"), hosts: 4, attempted: 4, patched: 4),"#)
}

/// The state, output and missing of the stages at 15 March.
fn stages(advisory: &str, more: &str) -> Vec<(ProcessStage, StageState, String, String)> {
    let loaded = store::parse(&plan(advisory, more)).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    let schedule = Schedule::derive(&Arc::new(loaded.plan), None);
    let at = UtcMinute::from_utc("2027-03-15T00:00:00Z".parse().unwrap());
    let report = ComplianceReport::new(&schedule, &ComplianceOptions { at, from: None, count_hosts: false });
    let [process] = &processes(&schedule, &report)[..] else { panic!("one advisory") };
    process.stages.iter().map(|each| (each.stage, each.state, each.output.clone(), each.missing.clone())).collect()
}

/// The open stages and what they lack.
fn open(advisory: &str, more: &str) -> Vec<(ProcessStage, String)> {
    let open = stages(advisory, more).into_iter().filter(|(_, state, ..)| *state == StageState::Open);
    open.map(|(stage, _, _, missing)| (stage, missing)).collect()
}

#[test]
fn open_stages_say_what_is_missing() {
    use ProcessStage::{Assess, Deploy, Document, Identify, Plan, Test, Verify};
    let said = |list: &[(ProcessStage, &str)]| -> Vec<(ProcessStage, String)> {
        list.iter().map(|(stage, missing)| (*stage, (*missing).to_owned())).collect()
    };
    assert_eq!(open("", ""), said(&[(Identify, "the affected systems"), (Assess, "a score or a decision")]));
    let both = "the installation on Alpha and Tango";
    let document = "a result of Alpha and Tango";
    let verify = "a clean scan of Alpha and Tango";
    let late = "an earlier window for Alpha and Tango";
    let expected =
        [(Plan, late), (Test, "the installation on Tango"), (Deploy, both), (Verify, verify), (Document, document)];
    assert_eq!(open(RATED, ""), said(&expected), "the next window is after the deadline");
    let due = format!("{RATED} due_on: \"2027-04-30\",");
    assert_eq!(open(&due, ""), said(&expected[1..]), "the next window is in time");
    let tested = format!("results: [{}],", result("t"));
    let expected = [
        (Plan, "an earlier window for Alpha"),
        (Deploy, "the installation on Alpha"),
        (Verify, verify),
        (Document, "a result of Alpha"),
    ];
    assert_eq!(open(RATED, &tested), said(&expected));
    let all = format!("results: [{}{}],", result("a"), result("t"));
    assert_eq!(open(RATED, &all), said(&[(Verify, verify)]));
    let scan = r#"scans: [(of: (window: "w", on: "2027-03-13", at: "2027-03-14T07:00Z"))],"#;
    assert!(open(RATED, &format!("{all}{scan}")).is_empty());
    let entered = format!("{RATED} in_on: \"2027-03-12\",");
    let expected = [(Verify, verify), (Document, document)];
    assert_eq!(open(&entered, ""), said(&expected), "a date is not a result");
}

#[test]
fn a_decision_that_excuses_ends_the_work_and_needs_a_reason() {
    use StageState::{Done, NotNeeded};
    let decided = |reason: &str| {
        format!("{RATED} decisions: [(verdict: Accept, by: \"Ann\", on: \"2027-03-10\", reason: \"{reason}\")],")
    };
    let document = (ProcessStage::Document, "the reason of the decision by Ann".to_owned());
    assert_eq!(open(&decided(""), ""), [document]);
    let states: Vec<StageState> =
        stages(&decided("Replaced in May"), "").into_iter().map(|(_, state, ..)| state).collect();
    assert_eq!(states, [Done, Done, NotNeeded, NotNeeded, NotNeeded, NotNeeded, Done]);
    let production = r#"cvss_tenths: 75, systems: ["a"],"#;
    assert_eq!(stages(production, "")[3].1, NotNeeded, "it affects no system for tests");
}

#[test]
fn the_command_lists_the_board_and_who_is_responsible() {
    let desk = Desk::new();
    desk.write("p.ron", &plan(RATED, &format!("results: [{}{}],", result("a"), result("t"))));
    let text = desk.run("compliance p.ron --board --at 2027-03-14").fine();
    assert!(text.contains("6 of 7") && text.contains("Verify") && text.contains("Security"), "{text}");
    let json = desk.run("compliance p.ron --board --at 2027-03-14 --format json").fine();
    let rows = rows(&json);
    let verify = rows.iter().find(|row| row["stage"] == "Verify").unwrap();
    assert_eq!(
        (&verify["current"], &verify["responsible"]),
        (&serde_json::json!(true), &serde_json::json!("Security"))
    );
    assert_eq!(rows.len(), 7);
    desk.run("compliance p.ron --board -o board.html").fails_saying("--board is a list");
    desk.run("compliance p.ron --board -o board.xlsx").fine();
}
