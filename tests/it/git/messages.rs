//! The suggested message of a commit.

use std::sync::Arc;

use windowsill::export::revision::commit_message;
use windowsill::model::{Edit, MaintenanceWindow, Minutes, Plan, Rule};
use windowsill::schedule::Schedule;
use windowsill::schedule::revision::record_changes;

use crate::common::dates::{date, moved};
use crate::common::harbour;

fn message(edits: &[Edit]) -> String {
    let old = harbour::plan();
    let new = edits.iter().fold(old.clone(), |plan, edit| plan.apply(edit).unwrap());
    let derive = |plan: Plan| Schedule::derive(&Arc::new(plan), None);
    let changes = record_changes(&derive(old), &derive(new), date("2027-01-04"));
    commit_message(&changes, "Harbour Trust 2027", false)
}

fn window(id: &str, name: &str) -> Edit {
    Edit::PutWindow(MaintenanceWindow::new(id.into(), name, Rule::once(date("2027-05-08"))))
}

fn with(change: impl FnOnce(&mut MaintenanceWindow)) -> Edit {
    let mut window = harbour::window();
    change(&mut window);
    Edit::PutWindow(window)
}

#[test]
fn the_first_line_is_short_and_the_details_follow() {
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-04-17"), reason: "Easter".into() };
    let add = Edit::AddOccurrence { window: "core-db".into(), on: date("2027-08-07"), start: None, duration: None };
    let many: Vec<Edit> = (0..20).map(|number| window(&format!("w{number}"), &format!("Window {number}"))).collect();
    let cases: &[(&[Edit], &str, &str)] = &[
        (
            &[moved("2027-03-20", "2027-03-27")],
            "Core DB patching moved to 27 Mar",
            "- Core DB patching: Sat 20 Mar 2027 moved to Sat 27 Mar 2027",
        ),
        (
            &[moved("2027-03-20", "2027-03-27"), window("a", "A"), window("b", "B")],
            "Core DB patching moved to 27 Mar, A added, B added",
            "\n- Core DB patching: Sat 20 Mar 2027 moved to Sat 27 Mar 2027",
        ),
        (&many, "20 windows added", "- Window 0: added with 1 date\n"),
        (std::slice::from_ref(&skip), "Core DB patching: 17 Apr cancelled", "Sat 17 Apr 2027 cancelled: Easter"),
        (std::slice::from_ref(&add), "Core DB patching: 7 Aug added", "Sat 7 Aug 2027 added"),
        (
            &[skip.clone(), add.clone()],
            "Core DB patching: 2 dates changed",
            "Sat 17 Apr 2027 cancelled: Easter · Sat 7 Aug 2027 added",
        ),
        (
            &[with(|window| window.duration = Minutes::hours(6))],
            "Core DB patching: 12 dates moved",
            "- Core DB patching: Length 4 h → 6 h · All 12 dates 2 h longer",
        ),
        (
            &[with(|window| window.notes = "Bring\nthe key".into())],
            "Core DB patching changed",
            "- Core DB patching: Notes set to Bring the key",
        ),
        (&[Edit::RemoveFreeze("year-end".into())], "Change freeze Year end removed", ""),
        (&[Edit::SetTitle("Port".into())], "Plan changed", "- Plan: Title Harbour Trust 2027 → Port"),
        (&[], "Update Harbour Trust 2027", ""),
    ];
    for (edits, subject, details) in cases {
        let message = message(edits);
        let (first, rest) = message.split_once("\n\n").unwrap_or((&message, ""));
        assert_eq!(first, *subject, "{message}");
        assert!(rest.contains(details), "{message}");
        assert!(first.chars().count() <= 72);
    }
}

#[test]
fn hostile_names_make_one_line_each() {
    // A window needs a name of at most 200 characters.
    let names = harbour::hostile_names().into_iter().filter(|name| !name.trim().is_empty());
    for name in names.map(|name| name.chars().take(200).collect::<String>()) {
        let message = message(&[window("x", &name), moved("2027-03-20", "2027-03-27")]);
        let lines: Vec<&str> = message.lines().collect();
        assert!(lines[0].chars().count() <= 72 && lines.len() == 4, "{message:?}");
        assert!(lines[2..].iter().all(|line| line.starts_with("- ") && line.chars().count() <= 402), "{message:?}");
        assert!(!message.contains(|c: char| c.is_control() && c != '\n'), "{message:?}");
    }
}
