//! Lists as a person reads them.

use std::fs;

use chrono::NaiveDate;
use windowsill::model::{Edit, MaintenanceWindow, Minutes, Plan, Rule};
use windowsill::schedule::time::zone_data::ZoneData;
use windowsill::store::save_anyway;

use crate::common::harbour;
use crate::support::desk::{self, Desk};

fn desk(plan: &Plan) -> Desk {
    let desk = Desk::new();
    save_anyway(&desk.path("plan.ron"), plan).unwrap();
    desk
}

#[test]
fn a_skipped_occurrence_has_no_deadline_and_no_margin() {
    let on: NaiveDate = "2027-03-20".parse().unwrap();
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on, reason: "Audit".into() };
    let desk = desk(&harbour::plan().apply(&skip).unwrap());
    let list = desk.run("list plan.ron").fine();
    let line = |date: &str| list.lines().find(|line| line.contains(date)).unwrap();
    assert!(line("20 Mar 2027").trim_end().ends_with("skipped"), "{}", line("20 Mar 2027"));
    assert!(line("17 Apr 2027").contains("00:"), "{}", line("17 Apr 2027"));
    let csv = desk.run("list plan.ron --format csv").fine();
    let rows: Vec<&str> = csv.lines().filter(|row| row.contains("skipped")).collect();
    let end = format!(",skipped,,,,{}", ZoneData::in_use().release());
    assert!(matches!(rows.as_slice(), [row] if row.ends_with(&end)), "{rows:?}");
}

#[test]
fn findings_about_what_is_being_entered_are_marked_in_all_forms() {
    // A plan with systems and a ladder, and a window for nobody.
    let plan = harbour::plan();
    let other = MaintenanceWindow { groups: Vec::new(), systems: Vec::new(), ..harbour::window() };
    let desk = desk(&plan.apply(&Edit::PutWindow(other)).unwrap());
    let list = |form: &str| desk.run(&format!("check plan.ron --each {form}")).out;
    let marked = list("").lines().filter(|line| line.trim_start().starts_with("to finish")).count();
    let lines = list("").lines().count();
    assert!(marked > 0 && marked < lines - 1, "{}", list(""));
    let csv = list("--format csv");
    let (titles, rows) = csv.split_once('\n').unwrap();
    let at = titles.trim().split(',').rev().position(|title| title == "to_finish").unwrap();
    assert_eq!(at, 1, "before the zone data: {titles}");
    assert_eq!(rows.lines().filter(|row| row.rsplit(',').nth(at) == Some("yes")).count(), marked, "{csv}");
    assert_eq!(rows.lines().filter(|row| row.rsplit(',').nth(at) == Some("no")).count() + marked, rows.lines().count());
    let of_json = desk::rows(&list("--format json")).iter().filter(|row| row["to_finish"] == true).count();
    assert_eq!(of_json, marked);
}

#[test]
fn an_end_a_day_or_more_after_the_start_has_its_date() {
    let window = |days| MaintenanceWindow {
        rule: Rule::once("2027-06-12".parse().unwrap()),
        duration: Minutes::days(days),
        ..harbour::window()
    };
    for (days, end) in [(1, "Sun 13 Jun 2027 22:00"), (3, "Tue 15 Jun 2027 22:00")] {
        let desk = desk(&harbour::plan().apply(&Edit::PutWindow(window(days))).unwrap());
        let list = desk.run("list plan.ron").fine();
        assert!(list.contains(&format!("Sat 12 Jun 2027 22:00  {end}")), "{list}");
    }
}

#[test]
fn three_checklists_of_one_window_on_one_day_are_three_files() {
    let to = "2027-03-20".parse().unwrap();
    let moved = |on: &str| Edit::MoveOccurrence {
        window: "core-db".into(),
        on: on.parse().unwrap(),
        to,
        start: None,
        duration: None,
    };
    let edits = [moved("2027-04-17"), moved("2027-05-15")];
    let desk = desk(&edits.iter().fold(harbour::plan(), |plan, edit| plan.apply(edit).unwrap()));
    desk.run("export checklist plan.ron -o nights --from 2027-03-01 --to 2027-03-31").fine();
    let names = fs::read_dir(desk.path("nights")).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let stems: Vec<&str> = names.iter().filter_map(|name| name.rsplit_once('.')).map(|(stem, _)| stem).collect();
    let first = "2027-03-20-core-db-patching";
    assert_eq!(stems, [&format!("{first}-2"), &format!("{first}-3"), first]);
}
