//! Committing a plan: this file alone, with hooks, without questions.

use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use windowsill::model::Edit;
use windowsill::progress::Progress;
use windowsill::store::{self, GitError, GitFile, MadeCommit};

use super::status::run;
use crate::common::dates::moved;
use crate::common::git::Repository;
use crate::common::harbour;

fn commit(path: &Path, message: &str) -> Result<MadeCommit, GitError> {
    GitFile::find(path).unwrap().commit(message, None, &Progress::default())
}

#[test]
fn only_the_plan_is_committed_with_a_message_that_says_what_changed() {
    let Some(repository) = Repository::with_plan() else { return };
    std::fs::write(repository.path("other.txt"), "staged").unwrap();
    repository.git(&["add", "other.txt"]);
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    let (code, said, error) = run(&repository, &["git", "commit", "plan.ron"]);
    assert_eq!(code, 0, "{error}");
    let hash = repository.git(&["rev-parse", "--short", "HEAD"]);
    assert_eq!(said, format!("Committed {} on main: Core DB patching moved to 27 Mar\n", hash.trim()));
    let body = repository.git(&["log", "-1", "--format=%B"]);
    let expected = "Core DB patching moved to 27 Mar\n\n- Core DB patching: Sat 20 Mar 2027 moved to Sat 27 Mar 2027";
    assert_eq!(body.trim(), expected);
    assert_eq!(repository.git(&["diff", "--cached", "--name-only"]), "other.txt\n");
    let (code, _, error) = run(&repository, &["git", "commit", "plan.ron"]);
    assert!(code == 2 && error.contains("There is nothing to commit"), "{error}");
}

#[test]
fn a_new_plan_is_committed_first_of_all_or_later() {
    let Some(repository) = Repository::new() else { return };
    repository.save(&harbour::plan());
    let (code, said, error) = run(&repository, &["git", "commit", "plan.ron"]);
    assert!(code == 0 && said.ends_with(" on main: Add Harbour Trust 2027\n"), "{said}{error}");
    store::save(&repository.path("next.ron"), &harbour::plan(), None).unwrap();
    let (code, said, error) = run(&repository, &["git", "commit", "next.ron", "-m", "# 2028\n\n# kept"]);
    assert!(code == 0 && said.ends_with(": # 2028\n"), "{said}{error}");
    assert_eq!(repository.git(&["log", "-1", "--format=%B"]).trim(), "# 2028\n\n# kept");
    let (code, _, error) = run(&repository, &["git", "commit", "next.ron", "-m", " \n"]);
    assert!(code == 2 && error.contains("nothing to commit"), "{error}");
    repository.edit(&Edit::SetTitle("Port".into()));
    let (code, _, error) = run(&repository, &["git", "commit", "plan.ron", "-m", " \n"]);
    assert!(code == 2 && error.contains("The commit needs a message"), "{error}");
}

#[test]
fn hostile_names_are_committed_and_blamed() {
    let Some(repository) = Repository::with_plan() else { return };
    let folder = repository.path("a folder\nwith *");
    std::fs::create_dir(&folder).unwrap();
    let mut names: Vec<OsString> =
        ["-x.ron", "a b.ron", "two\nlines.ron", ":(top)plan.ron", "*.ron", "ü\".ron", "#.ron"].map(Into::into).into();
    #[cfg(unix)]
    names.push(std::os::unix::ffi::OsStringExt::from_vec(b"not utf-8 \xff.ron".to_vec()));
    for name in names {
        let path = folder.join(&name);
        store::save(&path, &harbour::plan(), None).unwrap();
        let file = GitFile::find(&path).unwrap();
        let before = repository.git(&["rev-list", "--count", "HEAD"]);
        commit(&path, "Add").unwrap_or_else(|error| panic!("{name:?}: {error}"));
        assert_ne!(repository.git(&["rev-list", "--count", "HEAD"]), before);
        assert_eq!(repository.git(&["show", "--format=", "--name-only", "-z", "HEAD"]).matches('\0').count(), 1);
        assert_eq!(file.status(&Progress::default()).unwrap().in_words(), "main", "{name:?}");
        let plan = store::open(&path).unwrap().plan.apply(&Edit::SetTitle("Port".into())).unwrap();
        store::save_anyway(&path, &plan).unwrap();
        commit(&path, "Rename").unwrap();
        let now = windowsill::model::UtcMinute(30_064_920);
        let history = store::plan_history(&file, &plan.into(), now, &Progress::default()).unwrap();
        let words = &history.blame.entries[0].change.words;
        assert_eq!(words, &["Title Harbour Trust 2027 → Port"], "{name:?}");
        assert!(history.skipped.is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_hook_that_refuses_is_quoted_and_a_new_file_is_not_left_staged() {
    let Some(repository) = Repository::with_plan() else { return };
    store::save(&repository.path("new.ron"), &harbour::plan(), None).unwrap();
    repository.edit(&Edit::SetTitle("Port".into()));
    repository.hook("echo out of the hook; echo 'no ticket in the message' >&2; exit 3");
    for name in ["new.ron", "plan.ron"] {
        let error = commit(&repository.path(name), "Try").unwrap_err().to_string();
        assert!(error.contains("out of the hook") && error.contains("no ticket in the message"), "{error}");
    }
    assert_eq!(repository.git(&["status", "--porcelain"]), " M plan.ron\n?? new.ron\n");
    repository.hook("git ls-files '*.ron' | grep -q plan.ron && test -z \"$GIT_LITERAL_PATHSPECS\"");
    commit(&repository.plan_path(), "Now").unwrap();
}

#[cfg(unix)]
#[test]
fn a_commit_that_does_not_end_can_be_stopped_and_leaves_no_lock() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.edit(&Edit::SetTitle("Port".into()));
    repository.hook("sleep 60");
    let (progress, path) = (Progress::default(), repository.plan_path());
    let start = Instant::now();
    let stopped = std::thread::scope(|scope| {
        let commit = scope.spawn(|| GitFile::find(&path).unwrap().commit("Try", None, &progress));
        std::thread::sleep(Duration::from_millis(600));
        progress.cancel();
        commit.join().unwrap()
    });
    assert!(matches!(stopped, Err(GitError::Stopped)), "{stopped:?}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(!repository.path(".git/index.lock").exists());
    assert_eq!(repository.git(&["log", "-1", "--format=%s"]), "Begin\n");
    repository.hook("exit 0");
    commit(&path, "Now").unwrap();
}

#[test]
fn nothing_is_read_once_it_is_cancelled() {
    let Some(repository) = Repository::with_plan() else { return };
    let progress = Progress::default();
    progress.cancel();
    let file = GitFile::find(&repository.plan_path()).unwrap();
    assert!(matches!(file.status(&progress), Err(GitError::Stopped)));
    let now = windowsill::model::UtcMinute(30_064_920);
    let history = store::plan_history(&file, &harbour::plan().into(), now, &progress);
    assert!(matches!(history, Err(GitError::Stopped)));
}

#[test]
fn a_staged_rename_is_shown_blamed_and_committed_as_a_rename() {
    let Some(repository) = Repository::with_plan() else { return };
    std::fs::create_dir(repository.path("next year")).unwrap();
    for (old, new) in [("plan.ron", "moved.ron"), ("moved.ron", "next year/moved *.ron")] {
        let (before, path) = (store::open(&repository.path(old)).unwrap().plan, repository.path(new));
        repository.git(&["mv", old, new]);
        let (_, said, _) = run(&repository, &["git", "status", new]);
        assert!(said.starts_with("main · uncommitted changes\n"), "{said}");
        assert!(said.ends_with(&format!(":\n  Renamed from {old}\n")), "{said}");
        store::save_anyway(&path, &before.apply(&Edit::SetTitle(format!("Port {new}"))).unwrap()).unwrap();
        let (_, said, _) = run(&repository, &["git", "status", new]);
        assert!(said.contains(&format!("  Renamed from {old}\n  Plan: Title ")), "{said}");
        let (code, said, error) = run(&repository, &["blame", new]);
        assert!(code == 0 && said.contains("not committed") && said.contains("by A. Osei"), "{said}{error}");
        let (code, said, error) = run(&repository, &["git", "commit", new]);
        assert!(code == 0 && said.ends_with(" on main: Plan changed\n"), "{said}{error}");
        assert_eq!(repository.git(&["status", "--porcelain"]), "");
        assert_eq!(repository.git(&["ls-files", "-z"]), format!("{new}\0"));
    }
    let (_, said, _) = run(&repository, &["blame", "next year/moved *.ron", "core-db"]);
    assert!(said.contains("added with 12 dates by A. Osei on Sun 3 Jan 2027"), "{said}");
}

#[test]
fn a_move_without_git_is_shown_blamed_and_committed_as_a_rename() {
    let Some(repository) = Repository::with_plan() else { return };
    std::fs::create_dir(repository.path("next year")).unwrap();
    std::fs::write(repository.path("other.ron"), "(").unwrap();
    repository.git(&["add", "other.ron"]);
    repository.git(&["commit", "-q", "-m", "Other"]);
    std::fs::remove_file(repository.path("other.ron")).unwrap();
    std::fs::rename(repository.plan_path(), repository.path("next year/plan.ron")).unwrap();
    let (_, said, _) = run(&repository, &["git", "status", "next year/plan.ron"]);
    assert!(said.starts_with("main · uncommitted changes\n") && said.ends_with("  Renamed from plan.ron\n"), "{said}");
    let (code, said, error) = run(&repository, &["blame", "next year/plan.ron", "core-db"]);
    assert!(code == 0 && said.contains("added with 12 dates by A. Osei on Sun 3 Jan 2027"), "{said}{error}");
    let (code, said, error) = run(&repository, &["git", "commit", "next year/plan.ron"]);
    assert!(code == 0, "{said}{error}");
    assert_eq!(repository.git(&["status", "--porcelain"]), " D other.ron\n", "nothing else is committed");
    assert_eq!(repository.git(&["ls-files"]), "next year/plan.ron\nother.ron\n");
    let (_, said, _) = run(&repository, &["blame", "next year/plan.ron", "core-db"]);
    assert!(said.contains("added with 12 dates by A. Osei on Sun 3 Jan 2027"), "{said}");
}

#[test]
fn a_plan_that_is_also_at_its_old_path_is_a_copy() {
    let Some(repository) = Repository::with_plan() else { return };
    std::fs::copy(repository.plan_path(), repository.path("copy.ron")).unwrap();
    repository.git(&["add", "copy.ron"]);
    repository.git(&["rm", "-q", "--cached", "plan.ron"]);
    let (_, said, _) = run(&repository, &["git", "status", "copy.ron"]);
    assert!(said.starts_with("main · not committed yet\n"), "{said}");
}

#[test]
fn a_commit_on_no_branch_says_how_to_keep_it() {
    let Some(repository) = Repository::with_plan() else { return };
    repository.git(&["checkout", "-q", "--detach"]);
    repository.edit(&Edit::SetTitle("Port".into()));
    let (code, said, error) = run(&repository, &["git", "commit", "plan.ron"]);
    let hash = repository.git(&["rev-parse", "--short", "HEAD"]);
    let expected = format!(
        "Committed {} on no branch: Plan changed\nGit forgets a commit on no branch after you switch to a branch. To keep \
         it, first run: git switch -c NAME\n",
        hash.trim()
    );
    assert_eq!((code, said), (0, expected), "{error}");
}
