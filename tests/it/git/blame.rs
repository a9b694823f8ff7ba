//! `windowsill blame`: who changed what, in words.

use windowsill::model::{Edit, MaintenanceWindow, Minutes, Rule, System};
use windowsill::store;

use super::status::run;
use crate::common::dates::{date, moved};
use crate::common::git::Repository;
use crate::common::harbour;
use crate::support::desk::rows;

/// The lines of `blame` without hashes: a title, two spaces, and what changed.
fn blame(repository: &Repository, words: &[&str]) -> Vec<String> {
    let (code, said, error) = run(repository, &[&["blame"], words].concat());
    assert_eq!(code, 0, "{error}");
    let lines = said.lines().take_while(|line| !line.is_empty());
    let cells =
        |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
    let cells = lines.map(cells).map(|cells: Vec<String>| cells[cells.len() - 2..].join("  "));
    cells.collect()
}

fn web(name: &str, on: &str) -> Edit {
    Edit::PutWindow(MaintenanceWindow::new("web".into(), name, Rule::once(date(on))))
}

#[test]
fn the_last_change_of_each_record_is_listed_and_all_of_one_window() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    repository.commit("B. Lund", "2027-01-05", "Move March");
    repository.edit(&web("Web", "2027-05-08"));
    repository.commit("C. Amari", "2027-01-06", "Add web");
    repository.edit(&web("Web", "2027-05-15"));
    let lines = blame(&repository, &["plan.ron"]);
    assert_eq!(lines[0], "Web  moved to Sat 15 May 2027, not committed");
    let of_core = "Core DB patching  Sat 20 Mar 2027 moved to Sat 27 Mar 2027 by B. Lund on Tue 5 Jan 2027";
    assert_eq!(lines[1], of_core);
    assert!(lines.contains(&"Change freeze Year end  added by A. Osei on Sun 3 Jan 2027".to_owned()), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("System Ledger ")), "{lines:?}");
    let lines = blame(&repository, &["plan.ron", "web"]);
    let expected =
        ["Web  moved to Sat 15 May 2027, not committed", "Web  added with 1 date by C. Amari on Wed 6 Jan 2027"];
    assert_eq!(lines, expected);
    let lines = blame(&repository, &["plan.ron", "core DB PATCHING"]);
    assert_eq!(lines.len(), 2);
    assert!(lines[1].ends_with("added with 12 dates by A. Osei on Sun 3 Jan 2027"), "{lines:?}");
    let (code, _, error) = run(&repository, &["blame", "plan.ron", "nothing"]);
    assert!(code == 2 && error.contains("Unknown window \"nothing\""), "{error}");
}

#[test]
fn other_forms_have_the_whole_record() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    repository.commit("B. Lund", "2027-01-05", "Move March");
    let (_, json, _) = run(&repository, &["blame", "plan.ron", "core-db", "--format", "json"]);
    let rows = rows(&json);
    assert_eq!(rows[0]["subject"], "window core-db");
    assert_eq!(rows[0]["changes"][0], "Sat 20 Mar 2027 moved to Sat 27 Mar 2027");
    assert_eq!((&rows[0]["author"], &rows[0]["address"]), (&"B. Lund".into(), &"lund@example.org".into()));
    assert_eq!((&rows[0]["changed_at"], &rows[0]["message"]), (&"2027-01-05T10:00:00Z".into(), &"Move March".into()));
    let (_, csv, _) = run(&repository, &["blame", "plan.ron", "core-db", "--format", "csv"]);
    assert!(csv.starts_with("subject,kind,name,change,changes,author,"), "{csv}");
    let (_, said, error) = run(&repository, &["blame", "plan.ron", "-o", "who.xlsx"]);
    assert_eq!((said.as_str(), error.as_str()), ("Changes of plan.ron saved as who.xlsx\n", ""));
    assert!(repository.path("who.xlsx").is_file());
    let (code, _, error) = run(&repository, &["blame", "plan.ron", "-o", "who.pdf"]);
    assert!(code == 2 && error.contains("unknown file ending"), "{error}");
    let (code, _, error) = run(&repository, &["blame", "plan.ron", "-o", "plan.ron"]);
    assert!(code == 2 && !error.is_empty(), "{error}");
}

#[test]
fn a_plan_that_was_never_committed_has_no_history() {
    let Some(repository) = Repository::new() else { return };
    repository.save(&harbour::plan());
    for content in ["a", "b"] {
        let (code, _, error) = run(&repository, &["blame", "plan.ron"]);
        assert_eq!(
            (code, error.as_str()),
            (2, "plan.ron: the plan was never committed, so Git has no history of it\n")
        );
        std::fs::write(repository.path("other.txt"), content).unwrap();
        repository.git(&["add", "other.txt"]);
        repository.git(&["commit", "-q", "-m", "Other"]);
    }
}

#[test]
fn renames_are_followed_and_unreadable_versions_are_named() {
    let Some(repository) = Repository::with_plan() else { return };
    std::fs::create_dir(repository.path("old plans")).unwrap();
    repository.git(&["mv", "plan.ron", "old plans/2027\nplan.ron"]);
    repository.commit("B. Lund", "2027-01-04", "Rename");
    repository.git(&["mv", "old plans/2027\nplan.ron", "next.ron"]);
    repository.commit("B. Lund", "2027-01-05", "Rename again");
    let path = repository.path("next.ron");
    let plan = store::open(&path).unwrap().plan;
    std::fs::write(&path, "<<<<<<< HEAD\n").unwrap();
    repository.commit("C. Amari", "2027-01-06", "Break");
    store::save_anyway(&path, &plan.apply(&moved("2027-03-20", "2027-03-27")).unwrap()).unwrap();
    repository.commit("D. Ruiz", "2027-01-07", "Mend");
    let lines = blame(&repository, &["next.ron", "core-db"]);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].ends_with("moved to Sat 27 Mar 2027 by D. Ruiz on Thu 7 Jan 2027"), "{lines:?}");
    assert!(lines[1].ends_with("added with 12 dates by A. Osei on Sun 3 Jan 2027"), "{lines:?}");
    let (_, _, notes) = run(&repository, &["blame", "next.ron"]);
    assert!(notes.starts_with("next.ron: skipped commit ") && notes.lines().count() == 1, "{notes}");
    assert!(notes.contains(" by C. Amari on Wed 6 Jan 2027: "), "{notes}");
}

#[test]
fn a_merge_is_blamed_only_for_what_it_changed_itself() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.git(&["checkout", "-q", "-b", "colleague"]);
    let theirs = repository.edit(&web("Web", "2027-05-08"));
    repository.commit("B. Lund", "2027-01-04", "Add web");
    repository.git(&["checkout", "-q", "main"]);
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    repository.commit("C. Amari", "2027-01-05", "Move March");
    repository.git(&["merge", "-q", "-s", "ours", "--no-commit", "colleague"]);
    let mail = System { id: "mail".into(), name: "Mail".into(), hosts: 2, ..System::default() };
    repository.edit(&Edit::PutWindow(theirs.windows().get(&"web".into()).unwrap().as_ref().clone()));
    repository.edit(&Edit::PutSystem(mail));
    repository.commit("D. Ruiz", "2027-01-06", "Merge");
    let lines = blame(&repository, &["plan.ron"]);
    let by = |name: &str| lines.iter().filter(|line| line.contains(name)).cloned().collect::<Vec<_>>();
    assert_eq!(by("D. Ruiz").len(), 1, "{lines:?}");
    assert!(by("D. Ruiz")[0].starts_with("System Mail "), "{lines:?}");
    assert!(by("B. Lund")[0].starts_with("Web ") && by("C. Amari")[0].starts_with("Core DB patching "), "{lines:?}");
    // A merge that only takes one side is not listed, and neither is what it dropped.
    repository.git(&["checkout", "-q", "-b", "dropped", "colleague"]);
    repository.edit(&Edit::SetTitle("Dropped".into()));
    repository.commit("E. Novak", "2027-01-07", "Dropped");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "-s", "ours", "-m", "Keep ours", "dropped"]);
    assert_eq!(blame(&repository, &["plan.ron"]), lines);
}

#[test]
fn records_without_lines_in_a_comparison_are_counted() {
    let Some(repository) = Repository::with_plan() else { return };
    let advisory = windowsill::model::Advisory::new("cve-1".into(), "CVE 1", date("2027-01-02"));
    repository.edit(&Edit::PutAdvisory(advisory));
    repository.commit("B. Lund", "2027-01-05", "Advisory");
    let lines = blame(&repository, &["plan.ron"]);
    assert!(lines[0].starts_with("Plan ") && lines[0].contains("1 advisory added by B. Lund"), "{lines:?}");
}

#[test]
fn a_merge_is_not_blamed_for_fields_that_one_of_its_parents_has() {
    let Some(repository) = Repository::with_plan() else { return };
    let with = |change: fn(&mut MaintenanceWindow)| {
        let mut window = store::open(&repository.plan_path())
            .unwrap()
            .plan
            .windows()
            .get(&"core-db".into())
            .unwrap()
            .as_ref()
            .clone();
        change(&mut window);
        repository.edit(&Edit::PutWindow(window));
    };
    repository.git(&["checkout", "-q", "-b", "colleague"]);
    with(|window| window.duration = Minutes::hours(6));
    repository.commit("B. Lund", "2027-01-04", "Longer");
    repository.git(&["checkout", "-q", "main"]);
    with(|window| window.impact = "No payments".into());
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    repository.commit("C. Amari", "2027-01-05", "Impact");
    for (own, expected) in [(false, None), (true, Some("Notes set to Bring the key"))] {
        repository.git(&["checkout", "-q", "-B", "merged", "main"]);
        repository.git(&["merge", "-q", "-s", "ours", "--no-commit", "colleague"]);
        with(|window| window.duration = Minutes::hours(6));
        if own {
            with(|window| window.notes = "Bring the key".into());
        }
        repository.commit("D. Ruiz", "2027-01-06", "Merge");
        let lines = blame(&repository, &["plan.ron", "core-db"]);
        let expected = expected.map(|words| format!("Core DB patching  {words} by D. Ruiz on Wed 6 Jan 2027"));
        assert_eq!(lines.iter().find(|line| line.contains("D. Ruiz")), expected.as_ref(), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("Length") && line.contains("B. Lund")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("Impact") && line.contains("C. Amari")), "{lines:?}");
    }
}

#[test]
fn what_a_resolved_conflict_dropped_is_not_named_as_the_last_change() {
    for taken in ["ours", "theirs"] {
        let Some(repository) = Repository::with_plan() else { return };
        repository.git(&["checkout", "-q", "-b", "ben"]);
        repository.edit(&moved("2027-03-20", "2027-03-21"));
        let base = store::open(&repository.plan_path()).unwrap().plan;
        let renamed = MaintenanceWindow {
            impact: "No payments".into(),
            ..base.windows().get(&"core-db".into()).unwrap().as_ref().clone()
        };
        repository.edit(&Edit::PutWindow(renamed));
        repository.edit(&web("Web", "2027-05-08"));
        repository.commit("B. Lund", "2027-01-06", "By one day");
        let theirs = repository.plan_path().with_file_name("theirs.ron");
        std::fs::copy(repository.plan_path(), &theirs).unwrap();
        repository.git(&["checkout", "-q", "main"]);
        let base = repository.plan_path().with_file_name("base.ron");
        std::fs::copy(repository.plan_path(), &base).unwrap();
        repository.edit(&moved("2027-03-20", "2027-03-22"));
        repository.commit("C. Amari", "2027-01-05", "By two days");
        repository.git(&["merge", "-q", "-s", "ours", "--no-commit", "ben"]);
        let (code, ..) = run(&repository, &["merge", "base.ron", "plan.ron", "theirs.ron", "-o", "plan.ron"]);
        assert_eq!(code, 1, "both moved the same date");
        let (code, ..) = run(&repository, &["merge", "plan.ron", "--continue", &format!("--{taken}")]);
        assert_eq!(code, 0);
        repository.commit("D. Ruiz", "2027-01-07", "Merge");
        for words in [&["plan.ron"][..], &["plan.ron", "core-db"]] {
            let lines = blame(&repository, words);
            let of_move: Vec<&String> = lines.iter().filter(|line| line.contains("Sat 20 Mar 2027 moved")).collect();
            let (who, to) = if taken == "ours" { ("C. Amari", "Mon 22 Mar") } else { ("B. Lund", "Sun 21 Mar") };
            assert!(of_move.iter().all(|line| line.contains(who) && line.contains(to)), "{taken}: {lines:?}");
            assert!(of_move.len() == 1 || words.len() == 1, "all changes of the window: {lines:?}");
            let of_ben = lines.iter().filter(|line| line.contains("B. Lund")).cloned().collect::<Vec<_>>().join("\n");
            let is_listed = words.len() == 1 || of_ben.contains("No payments");
            assert!(is_listed, "what the merge took of him is still his: {lines:?}");
        }
    }
}
