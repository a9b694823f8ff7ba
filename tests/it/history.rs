//! Versions on the command line: each save keeps one, `history` lists and writes them, `diff --version` compares.

use std::fs;

use crate::support::desk::{Desk, rows};

/// A folder with a plan that was created and then changed twice.
fn changed_twice() -> Desk {
    let desk = Desk::new();
    desk.run("new made.ron --title First").fine();
    for (list, date, name) in [("a.csv", "2027-05-01", "May Day"), ("b.csv", "2027-12-24", "Christmas Eve")] {
        desk.write(list, &format!("date,name\n{date},{name}\n"));
        desk.run(&format!("import holidays {list} --into made.ron")).fine();
    }
    desk
}

#[test]
fn every_command_that_saves_keeps_a_version_and_history_lists_them() {
    let desk = changed_twice();
    let listed = desk.run("history made.ron").fine();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 3, "{listed}");
    assert!(lines[0].starts_with(" 1  ") && lines[0].contains(" kB  "), "{listed}");
    assert!(lines[0].ends_with("Holidays b: New") && lines[2].ends_with("The oldest version"), "{listed}");
    let json = rows(&desk.run("history made.ron --format json").fine());
    assert_eq!(json.len(), 3);
    assert!(json.iter().all(|row| row["saved_at"].as_str().unwrap().ends_with(":00Z")), "{json:?}");
    assert_eq!((&json[2]["number"], &json[2]["changes"]), (&3.into(), &"The oldest version".into()));
}

#[test]
fn a_version_is_written_or_compared_by_its_number() {
    let desk = changed_twice();
    assert_eq!(desk.run("history made.ron --show 1").fine(), desk.read("made.ron"));
    let said = desk.run("history made.ron --show 3 -o old.ron").fine();
    assert_eq!(said, "Version 3 of made.ron saved as old.ron\n");
    assert!(!desk.read("old.ron").contains("May Day"));
    assert_eq!(desk.run("diff made.ron --version 1").code, 0);
    let compared = desk.run("diff made.ron --version 3");
    assert!(compared.code == 1 && compared.out.contains("version 3"), "{}{}", compared.out, compared.err);
    let same = desk.run("diff old.ron made.ron");
    assert_eq!(same.code, 1);
    desk.run("history made.ron --show 4").fails_saying("made.ron: unknown version 4 (use 1, the newest, to 3");
    desk.run("history made.ron --show 0").fails_saying("unknown version 0");
    desk.run("diff made.ron --version 9").fails_saying("unknown version 9");
    desk.run("history made.ron --show 3 -o made.ron").fails_saying("this is the plan itself");
}

#[test]
fn a_damaged_or_deleted_plan_still_has_its_versions() {
    let desk = changed_twice();
    let whole = desk.read("made.ron");
    desk.write("made.ron", "(format: 2, title: ");
    let listed = desk.run("history made.ron");
    assert!(listed.code == 0 && listed.out.lines().count() == 3 && listed.err.contains("made.ron"), "{}", listed.err);
    assert_eq!(desk.run("history made.ron --show 1").out, whole);
    fs::remove_file(desk.path("made.ron")).unwrap();
    assert_eq!(desk.run("history made.ron --show 1").out, whole);
    desk.run("history never.ron").fails_saying("never.ron: no such file");
}

#[test]
fn a_plan_that_was_never_saved_here_has_no_versions() {
    let desk = Desk::new();
    let said = desk.run("history plan.ron").fine();
    assert_eq!(said, "No versions of plan.ron are kept here yet: each save keeps one\n");
    assert!(rows(&desk.run("history plan.ron --format json").fine()).is_empty());
    desk.run("history plan.ron --show 1").fails_saying("unknown version 1 (no versions are kept here yet)");
}

#[test]
fn a_plan_that_is_replaced_by_a_new_one_is_kept_and_one_that_is_open_or_broken_stays() {
    let desk = Desk::new();
    let old = desk.read("plan.ron");
    let force = "new plan.ron --title Second --force";
    let lock = windowsill::store::open(&desk.path("plan.ron")).unwrap();
    desk.run(force).fails_saying("plan.ron: the file cannot be changed now, so nothing was written. It is open");
    drop(lock);
    assert_eq!(desk.read("plan.ron"), old);
    // The plan was never saved here, so only this command can keep it.
    desk.run(force).fine();
    assert_eq!(desk.plan("plan.ron").title(), "Second");
    let second = desk.read("plan.ron");
    desk.write("plan.ron", &old);
    assert_eq!(desk.run("history plan.ron --show 1").out, old, "the old plan has its version");
    desk.write("plan.ron", &second);
    // What cannot be kept is not replaced; an empty file has nothing to keep.
    for broken in ["(format: 2, title: ", "notes of somebody"] {
        desk.write("plan.ron", broken);
        desk.run(force).fails_saying("nothing was written, because what is there cannot be kept as a version");
        assert_eq!(desk.read("plan.ron"), broken);
    }
    desk.write("plan.ron", "\n");
    desk.run(force).fine();
    desk.run("new fresh.ron --force").fine();
    desk.run("new fresh.ron").fails_saying("the file already exists (choose another name, or add --force");
    desk.write("plan.ron", &old);
    desk.write("home", "in the way");
    let ran = crate::support::desk::command(desk.0.path())
        .env("WINDOWSILL_HOME", desk.path("home"))
        .args(force.split(' '))
        .output()
        .unwrap();
    assert_eq!((ran.status.code(), desk.read("plan.ron")), (Some(2), old), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn a_version_that_cannot_be_kept_is_a_warning_and_the_plan_is_saved() {
    let desk = Desk::new();
    desk.write("home", "in the way");
    let ran = crate::support::desk::command(desk.0.path())
        .env("WINDOWSILL_HOME", desk.path("home"))
        .args(["new", "made.ron"])
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(0), "{said}");
    assert!(said.starts_with("made.ron: saved, but not kept for `history`: "), "{said}");
    assert!(desk.path("made.ron").is_file());
}
