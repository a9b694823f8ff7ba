//! The board of releases: the stages of each release on each ladder follow from the plan.

use std::sync::Arc;

use windowsill::compliance::{StageState, StageStatus, release_processes};
use windowsill::model::{ProcessStage, UtcMinute};
use windowsill::schedule::Schedule;
use windowsill::store;

use crate::support::desk::{Desk, rows};

/// Releases on the second Tuesday. The system `t` is patched on the Saturday after it, `a` a week later.
fn plan(policy: &str, more: &str) -> String {
    format!(
        r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 4), zone: "UTC",
    policy: ({policy}),
    releases: [(id: "vendor", name: "Patch day", vendor: "V", cadences: [
        (on: Nth(2, "Tue"), time: "18:00", zone: "UTC")])],
    systems: [(id: "a", name: "Alpha", hosts: 4), (id: "t", name: "Tango", hosts: 4, environment: Test)],
    ladders: [
        (id: "l", name: "L", release: "vendor", groups: [
            (id: "one", name: "One", stage: Test, soak: "24h", systems: ["t"]),
            (id: "two", name: "Two", stage: Production, systems: ["a"]),
        ]),
        (id: "other", name: "Without a calendar", groups: [(id: "x", name: "X", stage: Rest, systems: ["a"])]),
    ],
    windows: [
        (id: "wt", name: "WT", systems: ["t"], start: "22:00", duration: "4h",
            rule: AfterRelease(release: "vendor", offset_days: 4, then: None)),
        (id: "wa", name: "WA", systems: ["a"], start: "22:00", duration: "4h",
            rule: AfterRelease(release: "vendor", offset_days: 11, then: None)),
    ],
    {more}
)"#
    )
}

const GATE: &str = r#"gates: [(ladder: "l", sign_offs: [Deployed, Assessed])],"#;
const TESTED: &str =
    r#"results: [(of: (window: "wt", on: "2027-03-13", system: "t"), hosts: 4, attempted: 4, patched: 4)],"#;
const BOTH: &str = r#"results: [
    (of: (window: "wa", on: "2027-03-20", system: "a"), hosts: 4, attempted: 4, patched: 4),
    (of: (window: "wt", on: "2027-03-13", system: "t"), hosts: 4, attempted: 4, patched: 4)],"#;
const SCANS: &str = r#"scans: [(of: (window: "wa", on: "2027-03-20", at: "2027-03-21T07:00Z")),
    (of: (window: "wt", on: "2027-03-13", at: "2027-03-14T07:00Z"))],"#;

fn record(group: &str, fields: &str) -> String {
    format!(r#"(of: (ladder: "l", group: "{group}", release: "2027-03-09"), {fields}),"#)
}

/// The stages of the releases until an instant, each with its date.
fn boards(text: &str, at: &str) -> Vec<(String, Vec<StageStatus>)> {
    let loaded = store::parse(text).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    let schedule = Schedule::derive(&Arc::new(loaded.plan), None);
    let all = release_processes(&schedule, UtcMinute::from_utc(at.parse().unwrap()));
    all.iter()
        .map(|process| (format!("{} {}", process.subject.ladder.id, process.subject.on), process.stages.clone()))
        .collect()
}

/// What the open stages of the release of 9 March lack.
fn missing(text: &str, at: &str) -> Vec<(ProcessStage, String)> {
    let march = boards(text, at).into_iter().find(|(name, _)| name == "l 2027-03-09").unwrap();
    let open = march.1.into_iter().filter(|status| status.state == StageState::Open);
    open.map(|status| (status.stage, status.missing)).collect()
}

fn said(list: &[(ProcessStage, &str)]) -> Vec<(ProcessStage, String)> {
    list.iter().map(|(stage, missing)| (*stage, (*missing).to_owned())).collect()
}

#[test]
fn a_release_is_listed_from_its_instant_on_and_only_on_ladders_that_follow_it() {
    let names = |at| boards(&plan("", ""), at).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("2027-01-12T17:59:00Z"), Vec::<String>::new());
    assert_eq!(names("2027-01-12T18:00:00Z"), ["l 2027-01-12"]);
    assert_eq!(names("2027-03-31T00:00:00Z"), ["l 2027-01-12", "l 2027-02-09", "l 2027-03-09"]);
}

#[test]
fn each_record_closes_a_stage() {
    use ProcessStage::{Deploy, Document, Test, Verify};
    let (at, later) = ("2027-03-15T00:00:00Z", "2027-03-22T00:00:00Z");
    let nothing = said(&[
        (Test, "the installation on Tango"),
        (Deploy, "the installation on Tango and Alpha"),
        (Verify, "a clean scan of Tango and Alpha"),
        (Document, "a result of Tango and Alpha"),
    ]);
    assert_eq!(missing(&plan("", ""), "2027-03-10T00:00:00Z"), nothing);
    let tested = said(&[
        (Deploy, "the installation on Alpha"),
        (Verify, "a clean scan of Tango and Alpha"),
        (Document, "a result of Alpha"),
    ]);
    assert_eq!(missing(&plan("", TESTED), at), tested);
    assert_eq!(missing(&plan("", BOTH), later), said(&[(Verify, "a clean scan of Tango and Alpha")]));
    assert_eq!(missing(&plan("", &format!("{BOTH}{SCANS}")), later), said(&[]));
    // The result of 20 March is not there yet a week before.
    assert_eq!(missing(&plan("", BOTH), at), tested);
}

#[test]
fn a_later_window_installs_earlier_releases_too() {
    let all = boards(&plan("", &format!("{BOTH}{SCANS}")), "2027-03-22T00:00:00Z");
    let open =
        |(_, stages): &(_, Vec<StageStatus>)| stages.iter().filter(|status| status.state == StageState::Open).count();
    assert_eq!(all.iter().map(open).collect::<Vec<_>>(), [0, 0, 0]);
}

#[test]
fn with_a_gate_tests_and_sign_offs_are_missing_and_a_hold_must_end() {
    use ProcessStage::{Deploy, Document, Test, Verify};
    let (at, later) = ("2027-03-15T00:00:00Z", "2027-03-22T00:00:00Z");
    let verify = (Verify, "a clean scan of Tango and Alpha");
    let expected = [(Test, "a passed test of One"), verify, (Document, "sign-offs of One and Two")];
    assert_eq!(missing(&plan(GATE, BOTH), later), said(&expected));
    let by = r#"(by: "Ann", at: "2027-03-14T09:00Z")"#;
    let passed = r#"test: (passed: true, by: "Bo", at: "2027-03-14T09:00Z")"#;
    let one = record("one", &format!("deployed: {by}, assessed: {by}, {passed}"));
    let records = format!("{BOTH} group_records: [{one}],");
    assert_eq!(missing(&plan(GATE, &records), later), said(&[verify, (Document, "sign-offs of Two")]));
    let march = boards(&plan(GATE, &records), later).pop().unwrap().1;
    assert_eq!(
        (&*march[3].output, &*march[6].output),
        ("1 of 1 system, 1 of 1 test passed", "2 results, 2 of 4 sign-offs")
    );
    // None of that is there on the day before.
    let early = missing(&plan(GATE, &records), "2027-03-14T08:00:00Z");
    assert!(early.contains(&(Test, "a passed test of One".to_owned())), "{early:?}");
    let failed = record("one", r#"test: (passed: false, by: "Bo", at: "2027-03-14T09:00Z")"#);
    let without_gate = missing(&plan("", &format!("{BOTH} group_records: [{failed}],")), later);
    assert_eq!(without_gate, said(&[(Test, "a passed test of One"), verify]));
    let hold = record("two", r#"holds: [(reason: "Withdrawn", by: "Ann", from: "2027-03-14T09:00Z")]"#);
    let held = missing(&plan("", &format!("{TESTED} group_records: [{hold}],")), at);
    assert_eq!(held[0], (Deploy, "the installation on Alpha, the end of the hold of Two".to_owned()));
}

#[test]
fn groups_and_systems_without_a_window_are_not_planned() {
    use ProcessStage::{Assess, Identify, Plan};
    let frozen =
        |last_on: &str| format!(r#"freezes: [(id: "f", name: "F", first_on: "2027-03-19", last_on: "{last_on}")],"#);
    let at = "2027-03-10T00:00:00Z";
    let planned = |text: &str, at: &str| {
        missing(text, at).into_iter().find(|(stage, _)| *stage == Plan).map_or_else(String::new, |(_, missing)| missing)
    };
    assert_eq!(planned(&plan("", ""), at), "");
    assert_eq!(planned(&plan("", &frozen("2027-03-25")), at), "an earlier window for Two");
    assert_eq!(planned(&plan("", &frozen("2027-04-30")), at), "a window for Two");
    // After its window without a result, a system has the next one.
    let after = "2027-03-22T00:00:00Z";
    assert_eq!(planned(&plan("", TESTED), after), "an earlier window for Alpha");
    assert_eq!(planned(&plan("", TESTED), "2027-04-26T00:00:00Z"), "a window for Alpha");
    let empty = plan("", "").replace(r#"systems: ["t"]),"#, "),").replace(r#"systems: ["a"]),"#, "),");
    assert_eq!(missing(&empty, at)[0], (Identify, "systems in the groups of the ladder".to_owned()));
    let advisory = |fields: &str| {
        let advisory = format!(r#"(id: "x", title: "X", published_on: "2027-03-12", systems: ["a"], {fields})"#);
        plan("", &format!("advisories: [{advisory}],"))
    };
    let assess = |text: &str, at: &str| boards(text, at).last().unwrap().1[1].clone();
    assert_eq!(assess(&plan("", ""), after).state, StageState::NotNeeded);
    assert_eq!(assess(&advisory(""), at).state, StageState::NotNeeded, "not published yet");
    assert_eq!(assess(&advisory(""), after).missing, "a score or a decision for x");
    let rated = assess(&advisory("cvss_tenths: 95,"), after);
    assert_eq!((rated.stage, rated.state, &*rated.output), (Assess, StageState::Done, "1 advisory, Critical"));
}

#[test]
fn the_command_lists_releases_by_ladder() {
    let desk = Desk::new();
    let responsible = r#"responsible: [(stage: Verify, who: "Security")],"#;
    desk.write("p.ron", &plan(responsible, BOTH));
    let text = desk.run("compliance p.ron --releases --at 2027-03-21").fine();
    assert!(text.contains("L, Tue 9 Mar 2027") && text.contains("Verify") && text.contains("Security"), "{text}");
    let json = desk.run("compliance p.ron --releases --at 2027-03-21 --format json").fine();
    let rows = rows(&json);
    assert_eq!(rows.len(), 3 * 7);
    let current = rows.iter().filter(|row| row["current"] == true).collect::<Vec<_>>();
    assert_eq!(current.len(), 3);
    assert_eq!(
        (&current[2]["ladder"], &current[2]["calendar"], &current[2]["release"], &current[2]["stage"]),
        (&"l".into(), &"vendor".into(), &"2027-03-09".into(), &"Verify".into())
    );
    desk.run("compliance p.ron --releases -o board.html").fails_saying("--releases is a list");
    desk.run("compliance p.ron --releases -o board.xlsx").fine();
    assert!(desk.run("compliance p.ron --releases --format csv").fine().starts_with("ladder,calendar,release,stage,"));
}
