//! `windowsill merge` and `windowsill git setup`, run as people and Git run them.

use std::process::Command;

use windowsill::model::{Edit, MaintenanceWindow, Minutes, Plan, Rule, System};
use windowsill::store;

use crate::common::harbour;
use crate::support::desk::Desk;
use crate::support::full::date;

const NOW: &str = "--now 2026-11-21T09:00:00Z";

fn with_duration(hours: u32) -> Edit {
    Edit::PutWindow(MaintenanceWindow { duration: Minutes::hours(hours), ..harbour::window() })
}

fn with_notes(notes: &str) -> Edit {
    Edit::PutWindow(MaintenanceWindow { notes: notes.into(), ..harbour::window() })
}

/// A desk with the plan as `base.ron` and two versions of it.
fn desk(ours: &[Edit], theirs: &[Edit]) -> Desk {
    let desk = Desk::new();
    let base = harbour::plan();
    let edited = |edits: &[Edit]| edits.iter().fold(base.clone(), |plan, edit| plan.apply(edit).unwrap());
    for (name, plan) in [("base.ron", base.clone()), ("ours.ron", edited(ours)), ("theirs.ron", edited(theirs))] {
        store::save(&desk.path(name), &plan, None).unwrap();
    }
    desk
}

fn duration(plan: &Plan) -> String {
    plan.windows().get(&"core-db".into()).unwrap().duration.to_string()
}

#[test]
fn two_fields_are_merged_into_a_new_file_or_into_ours() {
    let desk = desk(&[with_duration(5)], &[with_notes("Key")]);
    for output in ["merged.ron", "ours.ron"] {
        let said = desk.run(&format!("merge base.ron ours.ron theirs.ron -o {output} {NOW}")).fine();
        assert_eq!(said, format!("Merged into {output}\nNo conflicts\n"));
        let plan = desk.plan(output);
        assert_eq!((duration(&plan).as_str(), plan.conflicts().len()), ("5 h", 0));
        assert_eq!(plan.windows().iter().next().unwrap().notes, "Key");
    }
}

#[test]
fn conflicts_are_listed_and_resolved_on_the_command_line() {
    let desk = desk(&[with_duration(5)], &[with_duration(6), Edit::SetTitle("Harbour".into())]);
    let merged = desk.run(&format!("merge base.ron ours.ron theirs.ron -o out.ron --named plan.ron {NOW}"));
    assert_eq!(merged.code, 1, "{}", merged.err);
    let expected = "Merged into plan.ron\n1 conflict:\n  window/core-db.duration\n    Window Core DB patching, duration: \
                    ours is 5h, theirs is 6h, before it was 4h\nTo resolve them: windowsill merge plan.ron --continue \
                    --take CONFLICT=ours|theirs\n";
    assert_eq!(merged.out, expected);
    let checked = desk.run(&format!("check out.ron {NOW}"));
    assert!(checked.code == 1 && checked.out.contains("P016"), "{}", checked.out);
    let listed = desk.run("merge --continue out.ron");
    assert_eq!(listed.code, 1);
    assert!(listed.out.starts_with("1 conflict:\n  window/core-db.duration\n"), "{}", listed.out);
    desk.run("merge --continue out.ron --take window/core-db.start=theirs")
        .fails_saying("unknown conflict window/core-db.start");
    desk.run("merge --continue out.ron --take window/core-db.duration").fails_saying("invalid --take");
    let before = desk.read("out.ron");
    for (option, hours) in [("--take window/core-db.duration=theirs", "6 h"), ("--ours", "5 h"), ("--theirs", "6 h")] {
        desk.write("out.ron", &before);
        let said = desk.run(&format!("merge --continue out.ron {option}")).fine();
        assert_eq!(said, "out.ron: resolved 1 conflict\nNo conflicts\n");
        let plan = desk.plan("out.ron");
        assert_eq!((duration(&plan).as_str(), plan.title(), plan.conflicts().len()), (hours, "Harbour", 0));
    }
}

#[test]
fn what_is_fine_alone_but_not_together_is_reported() {
    let system = |id: &str, standby: &str| {
        let twin = (!standby.is_empty()).then(|| standby.into());
        Edit::PutSystem(System { id: id.into(), name: id.into(), hosts: 1, twin, ..System::default() })
    };
    let window = |id: &str, name: &str| {
        let on = date(2027, 5, 8);
        let window = MaintenanceWindow::new(id.into(), name, Rule::once(on));
        Edit::PutWindow(MaintenanceWindow { systems: vec!["web".into()], ..window })
    };
    let desk = desk(&[system("a", ""), window("w-a", "Web one")], &[system("b", ""), window("w-b", "Web two")]);
    let said = desk.run(&format!("merge base.ron ours.ron theirs.ron -o out.ron {NOW}")).fine();
    assert!(said.contains("New findings, which neither side had:\n"), "{said}");
    assert!(said.contains("Web one") && said.contains("Web two"), "{said}");
}

#[test]
fn an_empty_base_is_what_git_gives_for_new_files_and_other_faults_are_named() {
    let desk = desk(&[], &[with_notes("Mine")]);
    desk.write("empty.ron", "");
    let said = desk.run(&format!("merge empty.ron ours.ron theirs.ron -o out.ron {NOW}")).fine();
    assert!(
        said.contains("Both sides added a window with the id \"core-db\": theirs is now \"core-db-2\"\n"),
        "{said}"
    );
    desk.run("merge base.ron ours.ron empty.ron -o out.ron").fails_saying("empty.ron");
    desk.write("broken.ron", &desk.read("theirs.ron").replace("notes:", "note:"));
    let before = desk.read("ours.ron");
    desk.run("merge base.ron ours.ron broken.ron -o ours.ron")
        .fails_saying("nothing was merged, because that would lose");
    assert_eq!(desk.read("ours.ron"), before);
    desk.run("merge base.ron ours.ron -o out.ron").fails_saying("<THEIRS>");
    desk.run("new other.ron --title Other").fine();
    for (versions, said) in [
        ("base.ron ours.ron other.ron", "other.ron: their version is another plan (\"other-"),
        ("base.ron other.ron theirs.ron", "other.ron: our version is another plan"),
        ("other.ron ours.ron theirs.ron", "other.ron: the version before the changes is another plan"),
    ] {
        desk.run(&format!("merge {versions} -o out.ron")).fails_saying(said);
    }
    // As Git calls it: both versions stay.
    let before = desk.read("ours.ron");
    desk.run("merge other.ron ours.ron theirs.ron -o ours.ron --named plan.ron")
        .fails_saying("the version before the changes is another plan");
    assert!(desk.read("ours.ron").contains(before.trim_end()) && desk.read("ours.ron").starts_with("<<<<<<< ours"));
}

#[test]
fn git_merges_plans_after_the_setup() {
    let desk = desk(&[with_duration(5)], &[with_notes("Key")]);
    let git = |words: &str| {
        let words = words.split_whitespace().map(|word| word.replace('_', " "));
        let identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
        let output = Command::new("git").current_dir(desk.path("repo")).args(identity).args(words).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    if Command::new("git").arg("--version").output().is_err() {
        println!("Git is not installed, so its merges are not tested");
        return;
    }
    std::fs::create_dir(desk.path("repo")).unwrap();
    desk.run("git setup repo").fails_saying("not in a Git repository");
    assert!(git("init -q -b main").0);
    let said = desk.run("git setup repo").fine();
    assert!(
        said.starts_with("Git now merges *.windowsill and *.ron in ") && said.contains("Commit .gitattributes"),
        "{said}"
    );
    assert!(desk.run("git setup repo").fine().contains("Run this in every other clone"));
    let both = "*.windowsill merge=windowsill\n*.ron merge=windowsill\n";
    assert_eq!(desk.read("repo/.gitattributes"), both);
    desk.run("git setup repo --files plans/*.ron --files x/*.ron").fine();
    assert!(desk.read("repo/.gitattributes").ends_with("\nplans/*.ron merge=windowsill\nx/*.ron merge=windowsill\n"));
    desk.run("git setup repo --files=").fails_saying("invalid pattern \"\"");
    desk.write("repo/.gitattributes", both);
    let commit = |version: &str| {
        desk.write("repo/plan.ron", &desk.read(version));
        assert!(git("add -A").0 && git(&format!("commit -q -m {version}")).0);
    };
    commit("base.ron");
    assert!(git("checkout -q -b colleague").0);
    commit("theirs.ron");
    assert!(git("checkout -q main").0);
    commit("ours.ron");
    assert!(git("merge -q colleague -m Merge").0);
    let plan = desk.plan("repo/plan.ron");
    assert_eq!((duration(&plan).as_str(), plan.windows().iter().next().unwrap().notes.as_str()), ("5 h", "Key"));
    assert!(git("checkout -q colleague").0);
    store::save_anyway(&desk.path("theirs.ron"), &harbour::plan().apply(&with_duration(7)).unwrap()).unwrap();
    commit("theirs.ron");
    let (merged, said) = git("merge main");
    assert!(!merged && said.contains("window/core-db.duration"), "{said}");
    assert_eq!(git("diff --name-only --diff-filter=U").1, "plan.ron\n");
    assert_eq!(desk.plan("repo/plan.ron").conflicts().len(), 1);
    desk.run("merge --continue repo/plan.ron --theirs").fine();
    assert!(git("add plan.ron").0 && git("commit -q -m Merged").0);
    assert_eq!(duration(&desk.plan("repo/plan.ron")), "5 h");
}

#[test]
fn conflicted_copies_are_merged_into_the_plan_and_stay() {
    let desk = desk(&[], &[]);
    let none = desk.run(&format!("merge base.ron --copies {NOW}")).fine();
    assert_eq!(none, "No conflicted copies of base.ron were found beside it\n");
    // It is not known with which version the copy began, so nothing of ours is replaced, also if it was saved here before.
    desk.write("days.csv", "date,name\n2027-05-01,May Day\n");
    desk.run("import holidays days.csv --into base.ron").fine();
    let base = harbour::plan();
    let copy = "base.sync-conflict-20261129-140301-ABCDEFG.ron";
    let changed = MaintenanceWindow { duration: Minutes::hours(6), notes: "Key".into(), ..harbour::window() };
    let theirs = base.apply(&Edit::PutWindow(changed)).unwrap();
    store::save(&desk.path(copy), &theirs, None).unwrap();
    let before = duration(&desk.plan("base.ron"));
    let said = desk.run(&format!("merge base.ron --copies {NOW}"));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.starts_with(&format!("{copy}: merged into base.ron; delete it")), "{}", said.out);
    assert!(said.out.contains("window/core-db.duration"), "{}", said.out);
    let plan = desk.plan("base.ron");
    assert_eq!((duration(&plan), plan.holidays().len()), (before, 1), "ours stays until it is decided");
    assert!(desk.path(copy).exists());
    desk.run("merge --continue base.ron --theirs").fine();
    assert_eq!(desk.plan("base.ron").windows().iter().next().unwrap().notes, "Key");
    let again = desk.run(&format!("merge base.ron --copies {NOW}")).fine();
    assert!(again.starts_with(&format!("{copy}: ")), "a copy that was decided asks nothing again: {again}");
    assert!(desk.run("history base.ron").fine().contains("Found, not saved here: "));
    store::save(&desk.path("ours (1).ron"), &base.apply(&with_duration(8)).unwrap(), None).unwrap();
    let said = desk.run(&format!("merge ours.ron --copies {NOW}"));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("window/core-db.duration"), "{}", said.out);
}

#[test]
fn a_file_that_is_not_one_of_the_merged_is_never_replaced() {
    let desk = desk(&[], &[with_duration(6)]);
    desk.write("note.txt", "hello");
    desk.write("note.ron", "hello");
    desk.run(&format!("merge base.ron ours.ron theirs.ron -o note.txt {NOW}")).fails_saying("a plan's name ends with");
    assert_eq!(desk.read("note.txt"), "hello");
    for existing in ["note.ron", "base.ron", "theirs.ron"] {
        let before = desk.read(existing);
        desk.run(&format!("merge base.ron ours.ron theirs.ron -o {existing} {NOW}")).fails_saying("already exists");
        assert_eq!(desk.read(existing), before);
    }
}

#[test]
fn a_driver_that_cannot_merge_leaves_both_versions_between_markers() {
    let desk = desk(&[], &[]);
    desk.write("theirs.ron", "(not a plan\n");
    let ours = desk.read("ours.ron");
    let merged = desk.run(&format!("merge base.ron ours.ron theirs.ron -o ours.ron --named=-h.ron {NOW}"));
    assert!(merged.code > 0 && merged.err.contains("-h.ron: both versions are in it now"), "{}", merged.err);
    assert_eq!(desk.read("ours.ron"), format!("<<<<<<< ours\n{ours}=======\n(not a plan\n>>>>>>> theirs\n"));
}

#[test]
fn a_copy_that_cannot_be_read_is_named_and_the_others_are_merged() {
    let desk = desk(&[], &[with_duration(6)]);
    std::fs::rename(desk.path("theirs.ron"), desk.path("base (2).ron")).unwrap();
    std::fs::write(desk.path("base (1).ron"), "(format: 2, id").unwrap();
    let said = desk.run(&format!("merge base.ron --copies {NOW}"));
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.out.contains("base (1).ron: not merged, because it cannot be read: "), "{}", said.out);
    assert!(said.out.contains("base (2).ron: merged into base.ron"), "{}", said.out);
}

#[test]
fn options_without_a_plan_say_what_is_missing() {
    let desk = desk(&[with_duration(5)], &[with_duration(6)]);
    for option in ["--continue", "--ours", "--theirs", "--take window/core-db.duration=ours"] {
        desk.run(&format!("merge {option}"))
            .fails_saying("no plan was given. Name the plan whose conflicts are resolved");
    }
    desk.run("merge --copies").fails_saying("no plan was given. Name the plan whose conflicted copies are merged");
    desk.run("merge").fails_saying("required");
    desk.run(&format!("merge base.ron ours.ron theirs.ron -o out.ron {NOW}"));
    let said = desk.run("merge out.ron --take window/core-db.duration=theirs").fine();
    assert!(said.contains("out.ron: resolved 1 conflict"), "{said}");
}
