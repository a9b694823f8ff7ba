//! Saving, opening and recovering while other such jobs run: nothing is lost, and nothing is saved to the wrong file.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use windowsill::model::{ChangeFreeze, Edit, Plan, PlanParts, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, Dialog, FileState, Question, QuestionAnswer, Session};
use windowsill::store::{Lock, LockOutcome, ProgramFolders, open};

use crate::support::full::empty_plan;

const SAVE: Action = Action::Run(Command::Save);

fn titled(title: &str) -> Plan {
    Plan::from(PlanParts { title: title.to_owned(), ..empty_plan().to_parts() })
}

fn rename(title: &str) -> Action {
    Action::Edit(Edit::SetTitle(title.to_owned()))
}

fn session_in(home: &Path) -> Session {
    let folders = Some(ProgramFolders::inside(home));
    let mut session = Session::new(titled("First"), FileState::none(), Box::new(FixedClock(UtcMinute(0))), folders);
    session.mark_saved();
    session
}

/// A session whose plan is in the file `first.ron`, beside another plan in `second.ron`.
fn two_files() -> (TempDir, PathBuf, PathBuf, Session) {
    let home = tempfile::tempdir().unwrap();
    let [first, second] = ["first.ron", "second.ron"].map(|name| home.path().join(name));
    windowsill::store::save(&second, &titled("Second"), None).unwrap();
    let mut session = session_in(home.path());
    session.perform(Action::SaveAs(first.clone()));
    session.finish_jobs();
    (home, first, second, session)
}

fn title_on_disk(path: &Path) -> String {
    open(path).unwrap().plan.title().to_owned()
}

fn asks_to_save(session: &Session) -> bool {
    matches!(&session.dialogs.open, Some(Dialog::Question(Question::SaveFirst { .. })))
}

#[test]
fn a_second_save_waits_for_the_first() {
    for _ in 0..20 {
        let (_home, first, _, mut session) = two_files();
        for action in [rename("One"), SAVE, rename("Two"), SAVE] {
            session.perform(action);
        }
        session.finish_jobs();
        assert!(session.dialogs.open.is_none() && !session.is_unsaved(), "{:?}", session.dialogs.open);
        assert_eq!(title_on_disk(&first), "Two");
    }
}

#[test]
fn a_save_under_another_name_waits_too_and_both_files_are_written() {
    let (home, first, _, mut session) = two_files();
    let third = home.path().join("third.ron");
    for action in [rename("One"), SAVE, rename("Two"), Action::SaveAs(third.clone())] {
        session.perform(action);
    }
    session.finish_jobs();
    assert_eq!((title_on_disk(&first), title_on_disk(&third)), ("One".to_owned(), "Two".to_owned()));
    assert_eq!(session.file.path(), Some(third.as_path()));
    assert!(!session.is_unsaved());
}

#[test]
fn a_save_after_one_under_another_name_saves_to_the_new_file() {
    for waits in [false, true] {
        let (home, first, _, mut session) = two_files();
        let third = home.path().join("third.ron");
        let begun = if waits { vec![rename("One"), SAVE] } else { Vec::new() };
        let rest = [rename("Two"), Action::SaveAs(third.clone()), rename("Three"), SAVE];
        begun.into_iter().chain(rest).for_each(|action| session.perform(action));
        session.finish_jobs();
        assert_eq!(title_on_disk(&third), "Three");
        assert_eq!(title_on_disk(&first), if waits { "One" } else { "First" });
        assert_eq!((session.file.path(), session.is_unsaved()), (Some(third.as_path()), false));
    }
}

#[test]
fn a_save_that_ends_after_another_plan_was_opened_does_not_touch_that_plan() {
    let (_home, first, second, mut session) = two_files();
    for action in [rename("One"), SAVE, Action::Open(second.clone())] {
        session.perform(action);
    }
    assert!(asks_to_save(&session));
    session.perform(Action::Answer(QuestionAnswer::Other));
    session.finish_jobs();
    assert_eq!((session.plan().title(), session.file.path()), ("Second", Some(second.as_path())));
    for action in [rename("Changed"), SAVE] {
        session.perform(action);
        session.finish_jobs();
    }
    assert_eq!((title_on_disk(&first), title_on_disk(&second)), ("One".to_owned(), "Changed".to_owned()));
}

#[test]
fn quitting_without_saving_waits_for_the_save_that_is_running() {
    let (_home, first, _, mut session) = two_files();
    for action in [rename("One"), SAVE, Action::Run(Command::Quit), Action::Answer(QuestionAnswer::Other)] {
        session.perform(action);
    }
    assert!(!session.desktop.may_close);
    session.finish_jobs();
    assert!(session.desktop.may_close);
    assert_eq!(title_on_disk(&first), "One");
}

#[test]
fn edits_made_while_a_plan_is_opened_are_not_lost() {
    let (_home, _, second, mut session) = two_files();
    session.perform(Action::Open(second));
    session.perform(rename("Edited meanwhile"));
    session.finish_jobs();
    assert_eq!(session.plan().title(), "Edited meanwhile");
    assert!(asks_to_save(&session), "{:?}", session.dialogs.open);
    session.perform(Action::Answer(QuestionAnswer::Yes));
    session.finish_jobs();
    assert_eq!(session.plan().title(), "Second");
}

#[test]
fn of_two_plans_that_are_opened_the_later_one_wins() {
    let (home, _, second, mut session) = two_files();
    let third = home.path().join("third.ron");
    windowsill::store::save(&third, &titled("Third"), None).unwrap();
    session.perform(Action::Open(second));
    session.perform(Action::Open(third));
    session.finish_jobs();
    assert_eq!(session.plan().title(), "Third");
}

#[test]
fn a_plan_that_cannot_be_opened_again_stays_locked() {
    let (_home, first, _, mut session) = two_files();
    fs::write(&first, "not a plan").unwrap();
    session.perform(Action::Open(first.clone()));
    session.finish_jobs();
    assert_eq!(session.plan().title(), "First");
    assert!(matches!(Lock::acquire(&first), LockOutcome::HeldBy(_)));
}

#[test]
fn opening_the_open_plan_again_keeps_it_writable() {
    let (home, first, _, mut session) = two_files();
    for path in [first.clone(), home.path().join(".").join("first.ron")] {
        session.perform(Action::Open(path));
        session.finish_jobs();
        assert_eq!(session.file.read_only_reason(), None);
    }
    assert!(matches!(Lock::acquire(&first), LockOutcome::HeldBy(_)));
}

#[test]
fn a_running_save_cannot_be_stopped() {
    let (_home, first, _, mut session) = two_files();
    session.perform(rename("One"));
    let job = session.jobs.next_id();
    session.perform(SAVE);
    session.perform(Action::CancelJob(job));
    session.finish_jobs();
    assert!(!session.is_unsaved());
    assert_eq!(title_on_disk(&first), "One");
}

#[test]
fn of_two_changes_of_the_settings_the_later_one_is_saved() {
    for _ in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let mut session = session_in(home.path());
        session.perform(Action::Run(Command::ZoomIn));
        session.perform(Action::Run(Command::ZoomIn));
        session.finish_jobs();
        assert_eq!(session_in(home.path()).settings.zoom_percent, 120);
    }
}

#[test]
fn a_plan_that_could_not_be_opened_again_is_not_saved() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    let saved = windowsill::store::save(&path, &titled("Small"), None).unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let freeze = |length: usize| ChangeFreeze { notes: "x".repeat(length), ..ChangeFreeze::week("f".into(), day) };
    let plan = |length: usize| {
        let freezes = [freeze(length)].into_iter().collect();
        Plan::from(PlanParts { freezes, ..titled("Large").to_parts() })
    };
    let limit = windowsill::store::LARGEST_FILE as usize;
    let error = windowsill::store::save(&path, &plan(limit), Some(&saved.fingerprint)).unwrap_err().to_string();
    assert!(error.contains("larger than 64 MB: remove what the plan does not need"), "{error}");
    assert_eq!(open(&path).unwrap().plan.title(), "Small");
    windowsill::store::save(&path, &plan(limit - 4_096), Some(&saved.fingerprint)).unwrap();
    assert_eq!(open(&path).unwrap().plan.title(), "Large");
}
