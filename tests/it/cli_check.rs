//! The choices of `check`: which findings count, in which form, and fixing them.

use serde_json::Value;
use windowsill::model::{Edit, MaintenanceWindow};
use windowsill::store;

use crate::support::desk::{Desk, rows};

const NOW: &str = "--now 2027-01-04T09:00:00Z";

/// A desk whose plan is the sample with some text replaced.
fn sample_with(replaced: &str, by: &str) -> Desk {
    let desk = Desk::new();
    let sample = include_str!("../../assets/sample.ron");
    assert_eq!(sample.matches(replaced).count(), 1, "{replaced}");
    desk.write("plan.ron", &sample.replace(replaced, by));
    desk
}

fn codes(desk: &Desk, options: &str) -> Vec<String> {
    let out = desk.run(&format!("check plan.ron --format json {options} {NOW}")).out;
    let rows = rows(&out);
    rows.iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn findings_are_selected_by_code_and_window() {
    let desk = Desk::new();
    let all = codes(&desk, "");
    let family = |codes: &[String], start: &str| codes.iter().filter(|code| code.starts_with(start)).count();
    assert!(family(&all, "P") > 0 && all.len() > family(&all, "P"), "{all:?}");
    let selected = codes(&desk, "--select P");
    assert_eq!((selected.len(), family(&selected, "P")), (family(&all, "P"), selected.len()));
    let ignored = codes(&desk, "--ignore P,S");
    assert_eq!(ignored.len(), all.len() - family(&all, "P") - family(&all, "S"));
    let one = &selected[0];
    assert!(codes(&desk, &format!("--select P --ignore {one}")).iter().all(|code| code != one));
    let of_window = codes(&desk, "--window core-db");
    assert!(!of_window.is_empty() && of_window.len() < all.len());
    desk.run("check plan.ron --select X999").fails_saying("unknown check \"X999\"");
    desk.run("check plan.ron --window nothing").fails_saying("nothing");
}

#[test]
fn a_strict_check_counts_warnings() {
    let desk = Desk::new();
    let out = desk.run(&format!("check plan.ron --format json {NOW}")).out;
    let rows = rows(&out);
    let warning = rows.iter().find(|row| row["severity"] == "warning").unwrap()["code"].as_str().unwrap();
    let only = rows.iter().filter(|row| row["code"] == warning).all(|row| row["severity"] == "warning");
    assert!(only, "{warning}");
    assert_eq!(desk.run(&format!("check plan.ron --select {warning} {NOW}")).code, 0);
    assert_eq!(desk.run(&format!("check plan.ron --select {warning} --strict {NOW}")).code, 1);
}

#[test]
fn code_hosts_get_findings_at_the_lines_of_their_records() {
    let desk = Desk::new();
    let rows = codes(&desk, "");
    let github = desk.run(&format!("check plan.ron --format github {NOW}")).out;
    assert_eq!(github.lines().count(), rows.len());
    let plan = desk.read("plan.ron");
    let windows = plan.lines().position(|line| line.trim() == "windows: [").unwrap();
    let line = windows + plan.lines().skip(windows).position(|line| line.contains("id: \"core-db\"")).unwrap() + 1;
    assert!(github.lines().all(|each| each.starts_with("::")), "{github}");
    assert!(github.contains(&format!(" file=plan.ron,line={line},title=")), "{github}");
    let sarif: Value = serde_json::from_str(&desk.run(&format!("check plan.ron --format sarif {NOW}")).out).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!((sarif["version"].as_str(), run["results"].as_array().unwrap().len()), (Some("2.1.0"), rows.len()));
    let rules: Vec<&str> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(run["results"].as_array().unwrap().iter().all(|each| rules.contains(&each["ruleId"].as_str().unwrap())));
}

#[test]
fn quick_fixes_are_applied_saved_and_shown() {
    let desk = Desk::new();
    let fixable = |desk: &Desk| {
        let out = desk.run(&format!("check plan.ron --format json {NOW}")).out;
        let rows = rows(&out);
        rows.iter()
            .filter(|row| row["fix"] == true)
            .map(|row| row["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let before = fixable(&desk);
    assert!(!before.is_empty());
    let code = &before[0];
    let ran = desk.run(&format!("check plan.ron --fix --select {code} {NOW}"));
    assert!(ran.out.starts_with("Applied ") && ran.out.contains(code.as_str()), "{}{}", ran.out, ran.err);
    assert!(
        fixable(&desk).iter().filter(|each| *each == code).count() < before.iter().filter(|each| *each == code).count()
    );
    let saved = desk.read("plan.ron");
    desk.run(&format!("check plan.ron --fix --select {code} {NOW}"));
    assert_eq!(desk.read("plan.ron"), saved);
}

#[test]
fn a_window_is_selected_with_what_is_reported_on_others() {
    let desk = Desk::new();
    let plan = desk.plan("plan.ron");
    let first = plan.windows().get(&"core-db".into()).unwrap();
    let copy = |id: &str| MaintenanceWindow { id: id.into(), name: id.to_owned(), ..MaintenanceWindow::clone(first) };
    let plan = plan.apply(&Edit::PutWindow(copy("z"))).unwrap();
    desk.write("plan.ron", &store::to_text(&plan).unwrap());
    let overlaps = |window: &str| {
        let out = desk.run(&format!("check plan.ron --select W001 --each --format json --window {window} {NOW}"));
        let rows = rows(&out.out);
        (rows.iter().map(|row| row["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), out.code)
    };
    let (of_first, code) = overlaps("core-db");
    assert!(code == 1 && !of_first.is_empty() && of_first.iter().all(|subject| subject == "window core-db"));
    assert_eq!(overlaps("z"), (of_first, 1), "they are reported on core-db");
}

#[test]
fn fixes_of_one_rule_are_applied_for_each_severity() {
    let desk = sample_with("within: \"720h\"", "within: \"1920h\"");
    let fixable = |desk: &Desk| {
        let out = desk.run(&format!("check plan.ron --select S001 --each --format json {NOW}")).out;
        let rows = rows(&out);
        let fixable = rows.iter().filter(|row| row["fix"] == true);
        fixable.map(|row| format!("{} {}", row["subject"], row["other"])).collect::<Vec<_>>()
    };
    let before = fixable(&desk);
    assert_eq!(before, ["\"ladder network\" \"severity Low\"", "\"ladder network\" \"severity Medium\""]);
    let ran = desk.run(&format!("check plan.ron --fix --select S001 {NOW}"));
    assert!(ran.out.starts_with("Applied 2 fixes:"), "{}{}", ran.out, ran.err);
    assert_eq!(fixable(&desk), Vec::<String>::new());
}

#[test]
fn a_second_run_of_the_fixes_changes_nothing() {
    let fixtures = ["F001", "B001", "B002", "T006", "W005", "S001"].map(|code| {
        let name = format!("tests/fixtures/checks/{code}-fires.ron");
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
    });
    let sample = include_str!("../../assets/sample.ron").to_owned();
    for (number, text) in [sample].into_iter().chain(fixtures).enumerate() {
        let desk = Desk::new();
        desk.write("plan.ron", &text);
        let first = desk.run(&format!("check plan.ron --fix {NOW}"));
        let fixed = desk.read("plan.ron");
        let second = desk.run(&format!("check plan.ron --fix {NOW}"));
        assert_eq!((second.out.as_str(), second.code), ("Nothing to fix\n", first.code), "{number}: {}", first.out);
        assert_eq!(desk.read("plan.ron"), fixed);
        let before = store::parse(&text).unwrap().plan;
        for window in desk.plan("plan.ron").windows().iter().filter(|window| !before.windows().contains(&window.id)) {
            let (name, word) = window.id.as_str().rsplit_once('-').unwrap();
            assert!(name.starts_with("standby-") && word.len() == 6, "{}", window.id);
        }
    }
}

#[test]
fn fixing_knows_what_the_simulation_finds() {
    let desk = sample_with("overrun_percent: 10", "overrun_percent: 1");
    let found = codes(&desk, "--select B005");
    assert!(!found.is_empty());
    let options = format!("plan.ron --strict --select B005 {NOW}");
    assert_eq!(desk.run(&format!("check {options}")).code, 1);
    let fixed = desk.run(&format!("check --fix {options}"));
    assert!(fixed.out.starts_with("Applied ") && fixed.out.contains("B005 window"), "{}{}", fixed.out, fixed.err);
    let left = codes(&desk, "--select B005");
    assert!(left.len() < found.len(), "{left:?}");
    assert_eq!(fixed.code, desk.run(&format!("check {options}")).code);
    // Nothing is left to fix, but the exit code is still that of a check.
    for options in ["plan.ron", "plan.ron --select B,S --strict"] {
        desk.run(&format!("check {options} --fix {NOW}"));
        let [again, check] = ["--fix", ""].map(|fix| desk.run(&format!("check {options} {fix} {NOW}")).code);
        assert_eq!(again, check, "{options}");
    }
}

#[test]
fn owners_are_notified_of_fixes_only_if_they_were_asked_before() {
    let desk = Desk::new();
    desk.write("plan.ron", include_str!("../../assets/sample.ron"));
    let mut parts = desk.plan("plan.ron").to_parts();
    assert!(!parts.ledger.is_empty(), "the owners of the sample were asked");
    (parts.ledger, parts.sent_invites) = Default::default();
    let unknown = store::to_text(&windowsill::model::Plan::from(parts)).unwrap();
    let fix = format!("check plan.ron --fix --select B001 {NOW}");
    assert!(desk.run(&fix).out.contains("notified"));
    desk.write("plan.ron", &unknown);
    let out = desk.run(&fix).out;
    assert!(out.starts_with("Applied ") && !out.contains("otif"), "{out}");
}

#[test]
fn fixing_refuses_options_of_a_list() {
    let desk = Desk::new();
    let text = desk.read("plan.ron");
    for option in ["--format json", "-o list.csv", "--each", "--accept-times", "--no-bom", "--for excel"] {
        desk.run(&format!("check plan.ron --fix {option}")).fails_saying("cannot be used with");
    }
    assert_eq!(desk.read("plan.ron"), text);
}

#[test]
fn annotations_point_to_the_record_of_the_right_kind() {
    let desk = sample_with("overrun_percent: 10", "overrun_percent: 1");
    let text = desk.read("plan.ron");
    let line = |after: &str, id: &str| {
        let from = text.find(after).unwrap();
        let at = from + text[from..].find(&format!("id: \"{id}\"")).unwrap();
        text[..at].matches('\n').count() + 1
    };
    let window = line("\n    windows: [", "core-db");
    assert_ne!(window, line("\n    systems: [", "core-db"), "a system has the same id");
    let github = desk.run(&format!("check plan.ron --select B001 --format github {NOW}")).out;
    assert!(github.contains(&format!(" file=plan.ron,line={window},title=")), "{github}");
    let sarif: Value = serde_json::from_str(&desk.run(&format!("check plan.ron --format sarif {NOW}")).out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let lines: Vec<(&str, u64)> = results
        .iter()
        .map(|result| {
            let location = &result["locations"][0];
            let name = location["logicalLocations"][0]["fullyQualifiedName"].as_str().unwrap();
            (name, location["physicalLocation"]["region"]["startLine"].as_u64().unwrap())
        })
        .collect();
    for (name, list, id) in [
        ("window core-db", "\n    windows: [", "core-db"),
        ("group desktops-pilot", "\n    ladders: [", "desktops-pilot"),
        ("ladder network", "\n    ladders: [", "network"),
        ("system report-server", "\n    systems: [", "report-server"),
        ("advisory ht-2026-044", "\n    advisories: [", "ht-2026-044"),
    ] {
        assert!(lines.contains(&(name, line(list, id) as u64)), "{name}: {lines:?}");
    }
}
