//! Unsaved work after a crash: what is offered, what restoring it does, and when it is deleted.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use windowsill::model::{Edit, Plan, PlanParts, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, Command, Dialog, FileChange, FileState, OutsideCard, PathRequest, Question, QuestionAnswer, RecoveryStep,
    Session, View,
};
use windowsill::store::{
    Lock, LockOutcome, PlanOnDisk, ProgramFolders, Recovery, RecoveryOffer, RecoveryOwner, open, save, save_anyway,
};

use crate::support::desk::Desk;
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
    let mut session = Session::new(empty_plan(), FileState::none(), Box::new(FixedClock(UtcMinute(0))), folders);
    session.mark_saved();
    session
}

fn perform(session: &mut Session, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        session.perform(action);
        session.finish_jobs();
    }
}

/// A plan file titled "Saved", and the recovery file of a crash with the title "Rescued".
fn after_a_crash() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    let base = save(&path, &titled("Saved"), None).unwrap().fingerprint;
    let owner = RecoveryOwner::File(path.clone());
    Recovery::new(&ProgramFolders::inside(home.path()).state, owner).write(&titled("Rescued"), Some(base)).unwrap();
    (home, path)
}

/// What a new plan's crash has left.
fn crash_of_new_plan(home: &Path, id: &str) {
    let owner = RecoveryOwner::Untitled(id.into());
    Recovery::new(&ProgramFolders::inside(home).state, owner).write(&titled(id), None).unwrap();
}

fn started(home: &Path) -> Session {
    let mut session = session_in(home);
    session.offer_recovery();
    session
}

fn opened(home: &Path, path: &Path) -> Session {
    let mut session = session_in(home);
    perform(&mut session, [Action::Open(path.to_owned())]);
    session
}

fn offers(session: &Session) -> Vec<Arc<RecoveryOffer>> {
    match &session.dialogs.open {
        Some(Dialog::RecoveryFiles(offers)) => offers.clone(),
        None => Vec::new(),
        other => panic!("{other:?}"),
    }
}

fn recover(session: &mut Session, step: RecoveryStep) {
    let offer = Arc::clone(offers(session).first().expect("something to recover"));
    perform(session, [Action::Recover(offer, step)]);
}

fn restore(session: &mut Session) {
    recover(session, RecoveryStep::Restore);
}

fn title_on_disk(path: &Path) -> String {
    open(path).unwrap().plan.title().to_owned()
}

fn text(session: &Session) -> &str {
    &session.messages.last().unwrap().text
}

#[test]
fn restored_changes_are_unsaved_and_the_plan_can_be_changed_and_saved() {
    let (home, path) = after_a_crash();
    for mut session in [opened(home.path(), &path), started(home.path())] {
        restore(&mut session);
        assert_eq!((session.plan().title(), session.file.read_only_reason()), ("Rescued", None));
        assert!(session.is_unsaved() && session.dialogs.open.is_none());
        assert_eq!(title_on_disk(&path), "Saved");
    }
    let mut session = opened(home.path(), &path);
    restore(&mut session);
    perform(&mut session, [rename("Rescued and changed"), SAVE]);
    assert!(session.dialogs.open.is_none() && !session.is_unsaved(), "{:?}", session.dialogs.open);
    assert_eq!(title_on_disk(&path), "Rescued and changed");
    drop(session);
    assert_eq!(offers(&started(home.path())), [], "saved changes are not offered again");
}

#[test]
fn what_a_colleague_saved_since_is_not_overwritten_without_a_question() {
    let (home, path) = after_a_crash();
    save_anyway(&path, &titled("Of a colleague")).unwrap();
    let mut session = opened(home.path(), &path);
    assert_eq!(offers(&session)[0].on_disk, PlanOnDisk::Changed);
    restore(&mut session);
    assert!(text(&session).contains("has been saved since"), "{}", text(&session));
    perform(&mut session, [rename("Rescued and changed"), SAVE]);
    assert!(matches!(&session.dialogs.open, Some(Dialog::Question(Question::ChangedOnDisk { .. }))));
    assert!(fs::read_to_string(&path).unwrap().contains("Of a colleague"));
    perform(&mut session, [Action::Answer(QuestionAnswer::Yes)]);
    assert!(!session.is_unsaved());
    drop(session);
    assert_eq!(title_on_disk(&path), "Rescued and changed");
}

#[test]
fn a_recovery_file_of_an_earlier_version_has_no_base_so_saving_asks() {
    let (home, path) = after_a_crash();
    let folder = ProgramFolders::inside(home.path()).state.join("recovery");
    for entry in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        let text = fs::read_to_string(&entry).unwrap();
        let older: Vec<&str> = text.lines().filter(|line| !line.starts_with("// Based on")).collect();
        fs::write(entry, older.join("\n")).unwrap();
    }
    let mut session = opened(home.path(), &path);
    restore(&mut session);
    perform(&mut session, [SAVE]);
    assert!(matches!(&session.dialogs.open, Some(Dialog::Question(Question::ChangedOnDisk { .. }))));
}

#[test]
fn restored_changes_survive_more_crashes_until_they_are_saved() {
    let (home, path) = after_a_crash();
    for (expected, next) in
        [("Rescued", None), ("Rescued", Some("Edited")), ("Edited", Some("Edited again")), ("Edited again", None)]
    {
        let mut session = opened(home.path(), &path);
        assert_eq!(offers(&session).len(), 1);
        restore(&mut session);
        assert_eq!(session.plan().title(), expected);
        assert_eq!(offers(&started(home.path())), [], "a restored file is not offered elsewhere");
        if let Some(next) = next {
            perform(&mut session, [rename(next)]);
            session.unsaved_work.write().unwrap();
        }
    }
}

#[test]
fn leaving_without_saving_keeps_what_was_restored() {
    let (home, path) = after_a_crash();
    for action in [Action::Run(Command::Quit), Action::Run(Command::OpenSample)] {
        let mut session = opened(home.path(), &path);
        restore(&mut session);
        perform(&mut session, [action, Action::Answer(QuestionAnswer::Other)]);
        drop(session);
        assert_eq!(offers(&started(home.path())).len(), 1);
    }
}

#[test]
fn changes_of_a_plan_that_is_broken_now_are_offered() {
    let (home, path) = after_a_crash();
    for broken in ["not a plan", ""] {
        fs::write(&path, broken).unwrap();
        let mut session = opened(home.path(), &path);
        assert!(session.messages.last().is_some());
        restore(&mut session);
        assert_eq!((session.plan().title(), session.file.read_only_reason()), ("Rescued", None));
        assert!(matches!(Lock::acquire(&path), LockOutcome::HeldBy(_)));
        perform(&mut session, [SAVE]);
        assert!(matches!(session.outside.card(), Some(OutsideCard::File(FileChange::Unreadable(_)))));
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    fs::remove_file(&path).unwrap();
    let mut session = opened(home.path(), &path);
    assert_eq!(offers(&session)[0].on_disk, PlanOnDisk::Missing);
    restore(&mut session);
    perform(&mut session, [SAVE]);
    drop(session);
    assert_eq!(title_on_disk(&path), "Rescued");
}

#[test]
fn changes_of_a_plan_that_opens_read_only_are_offered() {
    let (home, path) = after_a_crash();
    let LockOutcome::Held(_lock) = Lock::acquire(&path) else { panic!("no lock") };
    let mut session = opened(home.path(), &path);
    restore(&mut session);
    assert_eq!(session.plan().title(), "Rescued");
    assert!(session.file.read_only_reason().is_some_and(|why| why.contains("open elsewhere")));
    perform(&mut session, [SAVE]);
    assert!(matches!(&session.dialogs.open, Some(Dialog::Path(PathRequest::SaveAs { .. }))));
    perform(&mut session, [Action::SaveAs(home.path().join("other.ron"))]);
    assert_eq!(title_on_disk(&home.path().join("other.ron")), "Rescued");
}

#[test]
fn all_recovery_files_are_listed_and_each_can_be_deleted_or_kept() {
    let (home, path) = after_a_crash();
    crash_of_new_plan(home.path(), "one");
    crash_of_new_plan(home.path(), "two");
    assert_eq!(offers(&started(home.path())).len(), 3);
    let mut session = opened(home.path(), &path);
    let all = offers(&session);
    assert!(all.len() == 3 && matches!(all[0].owner, RecoveryOwner::File(_)), "that of the opened plan comes first");
    recover(&mut session, RecoveryStep::Delete);
    assert!(matches!(&session.dialogs.open, Some(Dialog::Question(Question::DeleteRecovery(_)))));
    perform(&mut session, [Action::Answer(QuestionAnswer::Cancel), Action::Run(Command::RecoveryFiles)]);
    assert_eq!(offers(&session).len(), 3);
    for left in [2, 1, 0] {
        recover(&mut session, RecoveryStep::Delete);
        perform(&mut session, [Action::Answer(QuestionAnswer::Yes)]);
        assert_eq!(offers(&session).len(), left);
    }
    perform(&mut session, [Action::Run(Command::RecoveryFiles)]);
    assert_eq!(text(&session), "There are no recovery files");
}

#[test]
fn recovered_changes_are_compared_with_the_plan_on_disk() {
    let (home, path) = after_a_crash();
    let mut session = opened(home.path(), &path);
    recover(&mut session, RecoveryStep::Compare);
    assert_eq!((session.plan().title(), session.view()), ("Rescued", View::Changes));
    let old = session.comparing.comparison.as_ref().and_then(|comparison| comparison.old.clone()).unwrap();
    assert_eq!(old.plan.title(), "Saved");
    assert!(session.is_unsaved() && session.revision().is_some());
}

#[test]
fn restoring_asks_before_it_replaces_unsaved_changes() {
    let (home, _) = after_a_crash();
    let mut session = session_in(home.path());
    perform(&mut session, [rename("Unsaved"), Action::Run(Command::RecoveryFiles)]);
    restore(&mut session);
    assert!(matches!(&session.dialogs.open, Some(Dialog::Question(Question::SaveFirst { .. }))));
    assert_eq!(session.plan().title(), "Unsaved");
    perform(&mut session, [Action::Answer(QuestionAnswer::Other)]);
    assert_eq!(session.plan().title(), "Rescued");
}

#[test]
fn an_edit_can_be_written_at_any_moment_until_it_is_saved_or_discarded() {
    let (home, path) = after_a_crash();
    fs::remove_dir_all(ProgramFolders::inside(home.path()).state).unwrap();
    let mut session = opened(home.path(), &path);
    perform(&mut session, [rename("Edited")]);
    let work = session.unsaved_work.clone();
    perform(&mut session, [SAVE]);
    work.write().unwrap();
    assert_eq!(offers(&started(home.path())), [], "saved");
    perform(&mut session, [rename("Edited again"), Action::Run(Command::Quit), Action::Answer(QuestionAnswer::Other)]);
    work.write().unwrap();
    assert_eq!(offers(&started(home.path())), [], "discarded");
    drop(session);
    let mut session = opened(home.path(), &path);
    perform(&mut session, [rename("Edited last")]);
    session.unsaved_work.write_and_unlock();
    assert!(!home.path().join(".plan.ron.lock").exists());
    drop(session);
    assert_eq!(offers(&started(home.path()))[0].load().unwrap().plan.title(), "Edited last");
}

#[test]
fn a_request_to_close_writes_the_recovery_file_at_once() {
    let (home, path) = after_a_crash();
    fs::remove_dir_all(ProgramFolders::inside(home.path()).state).unwrap();
    let mut session = opened(home.path(), &path);
    session.autosave_now();
    perform(&mut session, [rename("Edited")]);
    session.autosave_now();
    session.finish_jobs();
    drop(session);
    let offers = offers(&started(home.path()));
    assert_eq!(offers.iter().map(|offer| offer.on_disk).collect::<Vec<_>>(), [PlanOnDisk::Unchanged]);
}

#[test]
fn the_command_line_lists_recovery_files_and_writes_one() {
    let desk = Desk::new();
    let (home, path) = after_a_crash();
    let run = |words: &[&str]| {
        let mut command = crate::support::desk::command(desk.0.path());
        let output = command.env("WINDOWSILL_HOME", home.path()).arg("recover").args(words).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, list, _) = run(&[]);
    assert_eq!(code, Some(0));
    assert!(list.starts_with(&format!("1  {}: changed until ", path.canonicalize().unwrap().display())), "{list}");
    assert!(list.ends_with("the file has not changed since\n"), "{list}");
    assert_eq!(run(&["1", "-o", "rescued.ron"]).0, Some(0));
    assert_eq!(title_on_disk(&desk.path("rescued.ron")), "Rescued");
    for (words, error) in [
        (&["1", "-o", "rescued.ron"][..], "rescued.ron: the file already exists"),
        (&["2", "-o", "other.ron"], "there are no changes number 2"),
        (&["0", "-o", "other.ron"], "there are no changes number 0"),
    ] {
        let (code, _, message) = run(words);
        assert!(code == Some(2) && message.contains(error), "{message}");
    }
    drop(opened(home.path(), &path));
    fs::remove_dir_all(ProgramFolders::inside(home.path()).state).unwrap();
    assert_eq!(run(&[]).1, "There are no recovery files\n");
}

#[test]
fn what_is_typed_is_in_the_recovery_file_but_neither_in_the_plan_nor_in_its_history() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    save(&path, &titled("Saved"), None).unwrap();
    let state = ProgramFolders::inside(home.path()).state;
    let kept = || -> Vec<String> {
        let offers = windowsill::store::recovery_offers(&state);
        offers.iter().map(|offer| offer.load().unwrap().plan.title().to_owned()).collect()
    };
    let mut session = opened(home.path(), &path);
    session.note_typing(&[rename("Ty")]);
    session.note_typing(&[rename("Typed")]);
    session.autosave_now();
    session.finish_jobs();
    assert!(!session.is_unsaved() && !session.is_enabled(Command::Undo) && session.plan().title() == "Saved");
    session.unsaved_work.write().unwrap();
    drop(std::mem::replace(&mut session, session_in(home.path())));
    assert_eq!(kept(), ["Typed"]);

    // Another edit is kept with it; what is deleted again, or returned by the field, is in the plan's own file again.
    let mut session = opened(home.path(), &path);
    session.dialogs.open = None;
    session.note_typing(&[rename("More")]);
    perform(&mut session, [Action::Edit(Edit::SetZone("Europe/London".to_owned()))]);
    session.unsaved_work.write().unwrap();
    assert_eq!(session.plan().title(), "Saved");
    session.note_typing(&[]);
    perform(&mut session, [Action::Run(Command::Undo)]);
    assert_eq!(session.plan().zone(), "Europe/Berlin");
    perform(&mut session, [rename("More"), SAVE]);
    session.note_typing(&[]);
    session.tick();
    session.finish_jobs();
    assert_eq!((open(&path).unwrap().plan.title(), kept()), ("More", vec!["Typed".to_owned()]));
}

#[test]
fn the_recovery_file_of_text_that_was_deleted_again_is_removed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    save(&path, &titled("Saved"), None).unwrap();
    let mut session = opened(home.path(), &path);
    for undoes in [false, true] {
        if undoes {
            perform(&mut session, [rename("Edited")]);
        } else {
            session.note_typing(&[rename("Typed")]);
        }
        session.autosave_now();
        session.finish_jobs();
        let folder = ProgramFolders::inside(home.path()).state.join("recovery");
        let names = || fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let files = || names().filter(|path| path.extension().is_some_and(|end| end == "ron")).count();
        let before = files();
        if undoes {
            perform(&mut session, [Action::Run(Command::Undo)]);
        } else {
            session.note_typing(&[]);
        }
        session.tick();
        session.finish_jobs();
        assert_eq!((before, files()), (1, 0), "{undoes}");
        session.unsaved_work.write().unwrap();
        assert_eq!(files(), 0, "nothing is left to write");
    }
}
