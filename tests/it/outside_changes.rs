//! What others write to the file of the open plan: shown at once, merged, reloaded or replaced, and never lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use windowsill::model::{Edit, MaintenanceWindow, Minutes, Plan, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, CalendarView, Command, CopyState, Dialog, FileChange, FileState, OutsideCard, Question, QuestionAnswer,
    Selection, Session, View,
};
use windowsill::store::{self, Fingerprint, ProgramFolders};

use crate::common::harbour;

const SAVE: Action = Action::Run(Command::Save);
/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

fn named(title: &str) -> Edit {
    Edit::SetTitle(title.to_owned())
}

fn with_hours(hours: u32) -> Edit {
    Edit::PutWindow(MaintenanceWindow { duration: Minutes::hours(hours), ..harbour::window() })
}

fn session_in(home: &Path) -> Session {
    let folders = Some(ProgramFolders::inside(home));
    let mut session = Session::new(Session::sample_plan(), FileState::none(), Box::new(FixedClock(NOW)), folders);
    session.mark_saved();
    session
}

fn perform(session: &mut Session, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        session.perform(action);
        session.finish_jobs();
    }
}

/// A session with the harbour's plan, which is in the file.
fn opened() -> (TempDir, PathBuf, Session) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    store::save(&path, &harbour::plan(), None).unwrap();
    let mut session = session_in(home.path());
    perform(&mut session, [Action::Open(path.clone())]);
    (home, path, session)
}

/// Another program changes the file. It does not know about locks.
fn written(path: &Path, edits: &[Edit]) -> Fingerprint {
    let on_disk = store::read_plan(path).unwrap().loaded.plan;
    let changed = edits.iter().fold(on_disk, |plan, edit| plan.apply(edit).unwrap());
    store::save(path, &changed, Fingerprint::read(path).unwrap().as_ref()).unwrap().fingerprint
}

/// Waits until the watched file has led to that.
#[track_caller]
fn wait(session: &mut Session, what: &str, is_so: impl Fn(&Session) -> bool) {
    let start = Instant::now();
    while !is_so(session) {
        assert!(start.elapsed() < Duration::from_secs(30), "{what}: {:?}", session.outside.card());
        session.jobs.look_now();
        std::thread::sleep(Duration::from_millis(10));
        session.take_results();
        session.finish_jobs();
    }
}

fn is_changed(session: &Session) -> bool {
    matches!(session.outside.card(), Some(OutsideCard::File(FileChange::Changed(_))))
}

/// Looks often enough for everything to be noticed.
#[track_caller]
fn expect_nothing(session: &mut Session) {
    for _ in 0..12 {
        session.jobs.look_now();
        std::thread::sleep(Duration::from_millis(15));
        session.take_results();
        session.finish_jobs();
        assert!(!session.outside.is_open(), "{:?}", session.outside.card());
    }
}

fn on_disk(path: &Path) -> Plan {
    store::read_plan(path).unwrap().loaded.plan
}

fn hours(plan: &Plan) -> Minutes {
    plan.windows().iter().next().unwrap().duration
}

/// The titles of the kept versions, the newest first, and whether each was found.
fn versions(home: &Path, path: &Path) -> Vec<(String, bool)> {
    let kept = store::kept_versions(&ProgramFolders::inside(home).data, path, None).unwrap();
    kept.iter().map(|version| (version.load().unwrap().plan.title().to_owned(), version.is_found)).collect()
}

#[test]
fn a_change_is_shown_with_what_differs_and_is_kept_as_a_version() {
    let (home, path, mut session) = opened();
    written(&path, &[named("Theirs")]);
    wait(&mut session, "the change is shown", is_changed);
    let Some(OutsideCard::File(FileChange::Changed(change))) = session.outside.card() else { panic!() };
    assert_eq!((change.who.as_deref(), change.is_mergeable), (None, true));
    assert_eq!(change.changes, "Plan: Title Harbour Trust 2027 → Theirs");
    let kept = [("Theirs".to_owned(), true), ("Harbour Trust 2027".to_owned(), true)];
    assert_eq!(versions(home.path(), &path), kept);
    assert_eq!(session.plan().title(), "Harbour Trust 2027");
    // They undo it.
    written(&path, &[named("Harbour Trust 2027")]);
    wait(&mut session, "the card is gone", |session| !session.outside.is_open());
}

#[test]
fn merging_keeps_both_and_the_next_save_does_not_ask() {
    let (_home, path, mut session) = opened();
    perform(&mut session, [Action::Edit(with_hours(7))]);
    written(&path, &[named("Theirs")]);
    wait(&mut session, "the change is shown", is_changed);
    perform(&mut session, [Action::Run(Command::MergeOutsideChange)]);
    assert_eq!((session.plan().title(), hours(session.plan())), ("Theirs", Minutes::hours(7)));
    assert!(session.is_unsaved() && !session.outside.is_open());
    assert_eq!(session.label(Command::Undo), "Undo Merge plan.ron");
    expect_nothing(&mut session);
    perform(&mut session, [SAVE]);
    assert!(session.dialog().is_none() && !session.is_unsaved());
    assert_eq!((on_disk(&path).title(), hours(&on_disk(&path))), ("Theirs", Minutes::hours(7)));
    expect_nothing(&mut session);
}

#[test]
fn undoing_a_merge_makes_the_next_save_ask_again() {
    let (_home, path, mut session) = opened();
    perform(&mut session, [Action::Edit(with_hours(7))]);
    written(&path, &[named("Theirs")]);
    wait(&mut session, "the change is shown", is_changed);
    perform(&mut session, [Action::Run(Command::MergeOutsideChange), Action::Run(Command::Undo)]);
    assert!(is_changed(&session), "the card is back");
    assert_eq!((session.plan().title(), hours(session.plan())), ("Harbour Trust 2027", Minutes::hours(7)));
    perform(&mut session, [SAVE]);
    assert!(matches!(session.dialog(), Some(Dialog::Question(Question::ChangedOnDisk { .. }))));
    perform(&mut session, [Action::Answer(QuestionAnswer::Cancel), Action::Run(Command::Redo)]);
    assert!(!session.outside.is_open());
    perform(&mut session, [SAVE]);
    assert!(session.dialog().is_none() && !session.is_unsaved());
    assert_eq!(on_disk(&path).title(), "Theirs");
}

#[test]
fn the_question_of_a_save_offers_the_same_choices() {
    for (answer, title, is_unsaved) in [
        (QuestionAnswer::Merge, "Theirs", true),
        (QuestionAnswer::Other, "Theirs", false),
        (QuestionAnswer::Yes, "Harbour Trust 2027", false),
        (QuestionAnswer::Compare, "Harbour Trust 2027", true),
    ] {
        let (home, path, mut session) = opened();
        perform(&mut session, [Action::Edit(with_hours(7))]);
        written(&path, &[named("Theirs")]);
        perform(&mut session, [SAVE]);
        assert!(matches!(session.dialog(), Some(Dialog::Question(Question::ChangedOnDisk { .. }))), "{answer:?}");
        perform(&mut session, [Action::Answer(answer)]);
        assert_eq!((session.plan().title(), session.is_unsaved()), (title, is_unsaved), "{answer:?}");
        let longer = answer != QuestionAnswer::Other;
        assert_eq!(hours(session.plan()) == Minutes::hours(7), longer, "{answer:?}");
        // Nothing of theirs is lost.
        assert!(versions(home.path(), &path).contains(&("Theirs".to_owned(), true)), "{answer:?}");
        assert_eq!(session.view() == View::Changes, answer == QuestionAnswer::Compare);
    }
}

#[test]
fn reloading_is_one_step_and_keeps_view_and_selection() {
    for edits in [vec![], vec![Action::Edit(with_hours(7))]] {
        let (_home, path, mut session) = opened();
        let selection = Selection::Window("core-db".into());
        let was_unsaved = !edits.is_empty();
        perform(&mut session, edits);
        perform(&mut session, [Action::Select(selection.clone()), Action::Show(View::Calendar(CalendarView::Months))]);
        let before = Arc::clone(session.plan());
        written(&path, &[named("Theirs")]);
        wait(&mut session, "the change is shown", is_changed);
        perform(&mut session, [Action::Run(Command::Reload)]);
        assert_eq!((session.plan().title(), session.is_unsaved()), ("Theirs", false));
        assert_eq!((session.selection(), session.view()), (&selection, View::Calendar(CalendarView::Months)));
        assert!(!session.outside.is_open());
        perform(&mut session, [Action::Run(Command::Undo)]);
        assert!(Arc::ptr_eq(session.plan(), &before) && session.is_unsaved() == was_unsaved && is_changed(&session));
    }
}

#[test]
fn keeping_mine_replaces_theirs_with_the_next_save_and_keeps_theirs_as_a_version() {
    let (home, path, mut session) = opened();
    written(&path, &[named("Theirs")]);
    wait(&mut session, "the change is shown", is_changed);
    perform(&mut session, [Action::Run(Command::KeepMine)]);
    assert!(session.is_unsaved() && !session.outside.is_open());
    assert_eq!(on_disk(&path).title(), "Theirs");
    perform(&mut session, [SAVE]);
    assert!(session.dialog().is_none());
    assert_eq!(on_disk(&path).title(), "Harbour Trust 2027");
    assert!(versions(home.path(), &path).contains(&("Theirs".to_owned(), true)));
}

#[test]
fn conflicts_of_a_merge_are_shown() {
    let (_home, path, mut session) = opened();
    perform(&mut session, [Action::Edit(with_hours(7))]);
    written(&path, &[with_hours(8)]);
    wait(&mut session, "the change is shown", is_changed);
    perform(&mut session, [Action::Run(Command::MergeOutsideChange)]);
    let Some(OutsideCard::Outcome(outcome)) = session.outside.card() else { panic!("{:?}", session.outside.card()) };
    assert_eq!((outcome.conflicts, outcome.name.as_str()), (1, "plan.ron"));
    perform(&mut session, [Action::Run(Command::Undo)]);
    assert!(is_changed(&session));
}

#[test]
fn a_plan_that_is_open_elsewhere_is_reloaded_after_each_save_there() {
    let (home, path, mut first) = opened();
    let mut second = session_in(home.path());
    perform(&mut second, [Action::Open(path.clone()), Action::Select(Selection::Window("core-db".into()))]);
    assert!(second.file.read_only_reason().is_some());
    perform(&mut first, [Action::Edit(named("Theirs")), SAVE]);
    wait(&mut second, "the change is shown", is_changed);
    assert!(!second.is_enabled(Command::MergeOutsideChange) && !second.is_enabled(Command::KeepMine));
    perform(&mut second, [Action::Run(Command::Reload)]);
    assert_eq!((second.plan().title(), second.selection().window()), ("Theirs", Some(&"core-db".into())));
    assert!(second.file.read_only_reason().is_some() && !second.outside.is_open());
    expect_nothing(&mut first);
    // Once it is closed there, reloading makes it writable here.
    perform(&mut first, [Action::Edit(named("Theirs again")), SAVE]);
    drop(first);
    wait(&mut second, "the change is shown", is_changed);
    perform(&mut second, [Action::Run(Command::Reload)]);
    assert_eq!((second.plan().title(), second.file.read_only_reason()), ("Theirs again", None));
}

#[test]
fn own_saves_are_not_changes_from_outside_even_if_the_file_is_rewritten() {
    let (home, path, mut session) = opened();
    for is_rewritten in [false, true] {
        if is_rewritten {
            fs::hard_link(&path, home.path().join("second name.ron")).unwrap();
        }
        for title in ["One", "Two", "Three"] {
            session.perform(Action::Edit(named(title)));
            session.perform(SAVE);
            session.jobs.look_now();
            session.finish_jobs();
        }
        expect_nothing(&mut session);
        assert_eq!(on_disk(&path).title(), "Three");
    }
}

#[test]
fn a_file_that_is_gone_or_broken_is_written_again() {
    for text in [None, Some("(format: 2, tit")] {
        let (_home, path, mut session) = opened();
        match text {
            None => fs::remove_file(&path).unwrap(),
            Some(text) => fs::write(&path, text).unwrap(),
        }
        let is_shown = |session: &Session| {
            matches!(session.outside.card(), Some(OutsideCard::File(FileChange::Missing | FileChange::Unreadable(_))))
        };
        wait(&mut session, "the fault is shown", is_shown);
        perform(&mut session, [Action::Run(Command::KeepMine)]);
        assert_eq!(on_disk(&path).title(), "Harbour Trust 2027");
        expect_nothing(&mut session);
    }
}

#[test]
fn without_working_locks_nobody_is_overwritten() {
    // A folder with the name of the lock file makes locking impossible when the plan is saved under another name.
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("shared.ron");
    fs::create_dir(home.path().join(".shared.ron.lock")).unwrap();
    let mut session = session_in(home.path());
    perform(&mut session, [Action::SaveAs(path.clone()), Action::Edit(named("Ours")), SAVE]);
    assert!(!session.is_unsaved() && on_disk(&path).title() == "Ours");
    perform(&mut session, [Action::Edit(named("Ours again"))]);
    written(&path, &[named("Theirs")]);
    perform(&mut session, [SAVE]);
    assert!(matches!(session.dialog(), Some(Dialog::Question(Question::ChangedOnDisk { .. }))));
    assert_eq!(on_disk(&path).title(), "Theirs");
    perform(&mut session, [Action::Answer(QuestionAnswer::Merge)]);
    assert_eq!(session.plan().conflicts().len(), 1, "both changed the title");
}

/// A window that only a copy has.
fn added() -> Edit {
    Edit::PutWindow(MaintenanceWindow { id: "mail".into(), name: "Mail".to_owned(), ..harbour::window() })
}

/// A session whose plan was saved twice, and a conflicted copy of its last version with one more window.
fn with_copy() -> (TempDir, PathBuf, PathBuf, Session) {
    let (home, path, mut session) = opened();
    let copy = home.path().join("plan (Anna's conflicted copy 2027-03-01).ron");
    perform(&mut session, [Action::Edit(with_hours(6)), SAVE, Action::Edit(with_hours(7)), SAVE]);
    store::save(&copy, &session.plan().apply(&added()).unwrap(), None).unwrap();
    (home, path, copy, session)
}

fn copy_state(session: &Session) -> Option<CopyState> {
    match session.outside.card() {
        Some(OutsideCard::Copy(copy)) => Some(copy.state.clone()),
        _ => None,
    }
}

#[test]
fn a_conflicted_copy_is_merged_and_deleted_only_when_asked() {
    let (home, path, copy, mut session) = with_copy();
    wait(&mut session, "the copy is shown", |session| copy_state(session) == Some(CopyState::Offered));
    let Some(OutsideCard::Copy(shown)) = session.outside.card() else { panic!() };
    assert!(shown.changes.contains("Mail") && shown.conflicts == 0, "{}", shown.changes);
    perform(&mut session, [Action::Run(Command::MergeOutsideChange)]);
    assert_eq!((session.plan().windows().len(), hours(session.plan())), (2, Minutes::hours(7)));
    assert!(session.plan().conflicts().is_empty());
    // Not before the merge is saved, and not if it is undone.
    assert!(!session.is_enabled(Command::DeleteCopy));
    perform(&mut session, [Action::Run(Command::Undo)]);
    assert_eq!(copy_state(&session), Some(CopyState::Offered));
    perform(&mut session, [Action::Run(Command::Redo), Action::Run(Command::MergeOutsideChange)]);
    perform(&mut session, [SAVE]);
    let state = copy_state(&session);
    assert!(matches!(state, Some(CopyState::Saved | CopyState::NothingNew)), "{state:?}");
    assert!(copy.exists());
    perform(&mut session, [Action::Run(Command::DeleteCopy)]);
    assert!(!copy.exists() && !session.outside.is_open());
    assert!(versions(home.path(), &path).iter().any(|(_, is_found)| *is_found), "the copy is kept");
    assert_eq!(on_disk(&path).windows().len(), 2);
}

#[test]
fn a_copy_without_a_known_base_asks_about_everything_that_differs() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    let base = harbour::plan();
    store::save(&path, &base.apply(&with_hours(7)).unwrap(), None).unwrap();
    let copy = base.apply(&named("Theirs")).unwrap().apply(&with_hours(8)).unwrap();
    store::save(&home.path().join("plan (1).ron"), &copy, None).unwrap();
    let mut session = session_in(home.path());
    perform(&mut session, [Action::Open(path)]);
    wait(&mut session, "the copy is shown", |session| copy_state(session) == Some(CopyState::Offered));
    perform(&mut session, [Action::Run(Command::MergeOutsideChange)]);
    let keys: Vec<String> = session.plan().conflicts().iter().map(|conflict| conflict.key.to_string()).collect();
    assert_eq!(keys, ["plan.title", "window/core-db.duration"]);
    assert_eq!(session.plan().windows().len(), 1);
}

#[test]
fn a_copy_can_be_left_for_later() {
    let (_home, _, copy, mut session) = with_copy();
    wait(&mut session, "the copy is shown", |session| copy_state(session).is_some());
    perform(&mut session, [Action::Run(Command::DecideLater)]);
    assert!(session.outside.card().is_none() && session.outside.is_open());
    perform(&mut session, [Action::Run(Command::ShowOutsideChanges)]);
    assert_eq!(copy_state(&session), Some(CopyState::Offered));
    fs::remove_file(&copy).unwrap();
    wait(&mut session, "the copy is gone", |session| !session.outside.is_open());
}

#[test]
fn a_copy_that_cannot_be_read_is_shown_until_it_can() {
    let home = tempfile::tempdir().unwrap();
    let (path, copy) = (home.path().join("plan.ron"), home.path().join("plan (1).ron"));
    let base = harbour::plan();
    store::save(&path, &base, None).unwrap();
    fs::write(&copy, "(format: 2, id").unwrap();
    let mut session = session_in(home.path());
    perform(&mut session, [Action::Open(path)]);
    wait(&mut session, "the copy is shown", |session| copy_state(session).is_some());
    let state = copy_state(&session);
    assert!(matches!(&state, Some(CopyState::Unreadable(why)) if why.contains("line 1")), "{state:?}");
    fs::remove_file(&copy).unwrap();
    store::save(&copy, &base.apply(&named("Theirs")).unwrap(), None).unwrap();
    wait(&mut session, "the copy is whole", |session| copy_state(session) == Some(CopyState::Offered));
}
