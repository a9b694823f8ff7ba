//! The choices of `check`: which findings count, in which form, and fixing them.

use serde_json::Value;

use crate::support::desk::Desk;

const NOW: &str = "--now 2027-01-04T09:00:00Z";

fn codes(desk: &Desk, options: &str) -> Vec<String> {
    let out = desk.run(&format!("check plan.ron --format json {options} {NOW}")).out;
    let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
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
    let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
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
    let line = desk.read("plan.ron").lines().position(|line| line.contains("id: \"core-db\"")).unwrap() + 1;
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
        let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
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
