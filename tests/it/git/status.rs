//! The state of a plan in its work tree: `windowsill git status`, and what the status bar shows.

use std::path::Path;
use std::process::Command;

use windowsill::model::Edit;
use windowsill::progress::Progress;
use windowsill::store::{GitError, GitFile};

use crate::common::dates::moved;
use crate::common::git::{Repository, isolated};
use crate::common::harbour;
use crate::support::desk::command;

/// The words of the status bar.
fn state(path: &Path) -> String {
    GitFile::find(path).unwrap().status(&Progress::default()).unwrap().in_words()
}

/// Runs a command in the repository: its exit code, its output and its messages.
pub fn run(repository: &Repository, words: &[&str]) -> (i32, String, String) {
    let output = isolated(command(&repository.top()).args(words)).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_plan_without_a_repository_starts_no_git() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    windowsill::store::save(&path, &harbour::plan(), None).unwrap();
    assert_eq!(GitFile::find(&path), None);
    for words in ["git status plan.ron", "git commit plan.ron -m x", "blame plan.ron"] {
        let output = command(folder.path()).args(words.split(' ')).env("PATH", "").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.starts_with("plan.ron: not in a Git repository"), "{said}");
    }
}

#[test]
fn without_git_the_remedy_is_named() {
    let Some(repository) = Repository::with_plan() else { return };
    for words in ["git status plan.ron", "git commit plan.ron -m x", "blame plan.ron"] {
        let output = command(&repository.top()).args(words.split(' ')).env("PATH", "").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.starts_with("plan.ron: Git is not installed: install it from"), "{said}");
    }
}

#[test]
fn each_state_of_a_file_and_its_branch_has_its_words() {
    let Some(repository) = Repository::new() else { return };
    let path = repository.plan_path();
    repository.save(&harbour::plan());
    assert_eq!(state(&path), "main · not committed yet");
    repository.git(&["add", "plan.ron"]);
    assert_eq!(state(&path), "main · not committed yet");
    repository.commit("A. Osei", "2027-01-03", "Begin");
    assert_eq!(state(&path), "main");
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    assert_eq!(state(&path), "main · uncommitted changes");
    repository.git(&["add", "plan.ron"]);
    assert_eq!(state(&path), "main · uncommitted changes");
    repository.git(&["checkout", "-q", "--detach"]);
    let hash = repository.git(&["rev-parse", "HEAD"]);
    assert_eq!(state(&path), format!("no branch ({}) · uncommitted changes", &hash[..7]));
    std::fs::write(repository.path(".gitignore"), "local/\n").unwrap();
    std::fs::create_dir(repository.path("local")).unwrap();
    std::fs::copy(&path, repository.path("local/plan.ron")).unwrap();
    assert!(state(&repository.path("local/plan.ron")).ends_with(" · ignored by Git"));
}

#[test]
fn a_merge_with_a_conflict_and_a_rebase_are_shown_and_block_commits() {
    let Some(repository) = Repository::with_plan() else { return };
    let path = repository.plan_path();
    repository.git(&["checkout", "-q", "-b", "colleague"]);
    repository.edit(&Edit::SetTitle("Theirs".into()));
    repository.commit("B. Lund", "2027-01-04", "Rename");
    repository.git(&["checkout", "-q", "main"]);
    repository.edit(&Edit::SetTitle("Ours".into()));
    repository.commit("A. Osei", "2027-01-05", "Rename, too");
    let merge = isolated(Command::new("git").current_dir(repository.top()).args(["merge", "colleague"])).output();
    assert!(!merge.unwrap().status.success());
    assert_eq!(state(&path), "main · merge in progress · merge conflict");
    let blocked = |part: &str| {
        let error = GitFile::find(&path).unwrap().commit("Try", None, &Progress::default()).unwrap_err();
        assert!(matches!(&error, GitError::Blocked(why) if why.contains(part)), "{error}");
    };
    blocked("left this plan unmerged");
    repository.git(&["checkout", "-q", "--ours", "plan.ron"]);
    repository.git(&["add", "plan.ron"]);
    assert_eq!(state(&path), "main · merge in progress");
    blocked("Complete it in Git first: git commit");
    repository.git(&["merge", "--abort"]);
    let rebase = isolated(Command::new("git").current_dir(repository.top()).args(["rebase", "colleague"])).output();
    assert!(!rebase.unwrap().status.success());
    assert!(state(&path).contains("rebase in progress"), "{}", state(&path));
}

#[test]
fn work_trees_submodules_links_and_folders_inside_are_found() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.git(&["worktree", "add", "-q", "-b", "next", "../next"]);
    let next = repository.folder.path().join("next/plan.ron");
    assert_eq!(state(&next), "next");
    let inside = repository.path("teams/night shift");
    std::fs::create_dir_all(&inside).unwrap();
    std::fs::copy(repository.plan_path(), inside.join("plan.ron")).unwrap();
    assert_eq!(state(&inside.join("plan.ron")), "main · not committed yet");
    let outer = repository.folder.path().join("outer");
    std::fs::create_dir(&outer).unwrap();
    repository.git_in(&outer, &["init", "-q", "-b", "top"]);
    repository.git_in(&outer, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../repo", "part"]);
    assert_eq!(state(&outer.join("part/plan.ron")), "main");
    #[cfg(unix)]
    {
        let link = repository.folder.path().join("link.ron");
        std::os::unix::fs::symlink(repository.plan_path(), &link).unwrap();
        assert_eq!(state(&link), "main");
    }
}

#[test]
fn what_was_fetched_and_not_pulled_is_listed_with_what_it_changes() {
    let Some(repository) = Repository::with_plan() else { return };
    let clone = repository.clone_as("clone");
    assert_eq!(state(&clone.join("plan.ron")), "main");
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    repository.commit("A. Osei", "2027-01-05", "Move March");
    std::fs::write(repository.path("notes.txt"), "x").unwrap();
    repository.commit("C. Amari", "2027-01-06", "Notes");
    assert_eq!(state(&clone.join("plan.ron")), "main", "nothing is fetched");
    repository.git_in(&clone, &["fetch", "-q"]);
    assert_eq!(state(&clone.join("plan.ron")), "main · 2 to pull");
    let output = isolated(command(&clone).args(["git", "status", "plan.ron"])).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[1].starts_with("Upstream: origin/main, as of the last fetch on "), "{said}");
    assert_eq!(lines[3], "plan.ron is as in the last commit");
    assert_eq!(lines[5], "2 commits to pull:");
    assert!(lines[6].starts_with("  Notes, by C. Amari on Wed 6 Jan 2027 10:00 ("), "{said}");
    assert!(lines[7].starts_with("  Move March, by A. Osei on Tue 5 Jan 2027 10:00 ("), "{said}");
    assert_eq!(lines[8], "What they change in plan.ron:");
    assert_eq!(lines[9], "  Core DB patching: Sat 20 Mar 2027 moved to Sat 27 Mar 2027");
}

#[test]
fn uncommitted_changes_are_listed_in_words() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    let (code, said, _) = run(&repository, &["git", "status", "plan.ron"]);
    let expected = "main · uncommitted changes\n\nNot committed in plan.ron:\n  Core DB patching: Sat 20 Mar 2027 moved \
                    to Sat 27 Mar 2027\n";
    assert_eq!((code, said.as_str()), (0, expected));
}

#[test]
fn a_committed_plan_that_is_broken_has_a_remedy_for_a_commit() {
    let Some(repository) = Repository::with_plan() else { return };
    let text = std::fs::read_to_string(repository.plan_path()).unwrap();
    for (broken, why) in [("<<<<<<< HEAD\n", ""), ("", "the file is empty"), ("(format: 2, title: 5)", "line 1, ")] {
        std::fs::write(repository.plan_path(), broken).unwrap();
        repository.commit("C. Amari", "2027-01-06", "Break");
        std::fs::write(repository.plan_path(), &text).unwrap();
        let (_, said, _) = run(&repository, &["git", "status", "plan.ron"]);
        assert!(said.contains(&format!("  The committed plan cannot be read: {why}")), "{said}");
        assert!(said.ends_with(". Commit this plan to replace it.\n"), "{said}");
        let (_, _, notes) = run(&repository, &["blame", "plan.ron"]);
        let note = notes.lines().next().unwrap();
        assert!(note.contains(&format!(" by C. Amari on Wed 6 Jan 2027: {why}")), "{notes}");
        assert!(note.ends_with(" (what it changed counts as part of the next commit)"), "{notes}");
        assert!(!format!("{said}{notes}").contains("text editor"), "{said}{notes}");
        repository.commit("C. Amari", "2027-01-07", "Mend");
    }
}
