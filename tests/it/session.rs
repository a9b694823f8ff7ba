//! The running program without a screen: files, questions, recovery, undo.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;
use windowsill::import::Topic;
use windowsill::model::{
    Batch, Edit, Estimate, Guess, MaintenanceWindow, Minutes, Plan, PlanParts, Policy, Rule, System, UtcMinute, Work,
};
use windowsill::schedule::Simulation;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, CalendarView, Command, Destination, Dialog, FileState, PathRequest, Question, QuestionAnswer, Selection,
    Session, View,
};
use windowsill::store::{Lock, LockOutcome, ProgramFolders, open, parse};

use crate::support::edits::any_edit;
use crate::support::full::{date, empty_plan, full_plan};

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

/// A session with its own folders, and the folder that contains them and all files.
fn session(plan: Plan) -> (TempDir, Session) {
    let home = tempfile::tempdir().unwrap();
    let session = session_in(home.path(), plan);
    (home, session)
}

fn session_in(home: &Path, plan: Plan) -> Session {
    let mut session =
        Session::new(plan, FileState::none(), Box::new(FixedClock(NOW)), Some(ProgramFolders::inside(home)));
    session.mark_saved();
    session
}

#[test]
fn a_broken_settings_file_is_reported() {
    let home = tempfile::tempdir().unwrap();
    let folder = ProgramFolders::inside(home.path()).config;
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("settings.ron"), "(zoom_percent: large)").unwrap();
    let session = session_in(home.path(), empty_plan());
    let message = &session.messages.last().unwrap().text;
    assert!(message.starts_with("The settings could not be read, because the file is invalid"), "{message}");
    assert!(message.ends_with("the next change of a setting replaces the file"), "{message}");
}

/// Performs one action after another, each with all that it starts.
fn perform(session: &mut Session, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        session.perform(action);
        session.finish_jobs();
    }
}

fn rename(title: &str) -> Action {
    Action::Edit(Edit::SetTitle(title.to_owned()))
}

/// A session whose plan is in a file, with an unsaved change.
fn changed_after_saving() -> (TempDir, PathBuf, Session) {
    let (home, mut session) = session(empty_plan());
    let path = home.path().join("plan.ron");
    perform(&mut session, [Action::SaveAs(path.clone()), rename("Changed")]);
    (home, path, session)
}

fn title_on_disk(path: &Path) -> String {
    open(path).unwrap().plan.title().to_owned()
}

#[track_caller]
fn asks(session: &Session) -> &Question {
    match &session.dialogs.open {
        Some(Dialog::Question(question)) => question,
        other => panic!("no question, but {other:?}"),
    }
}

#[test]
fn a_plan_is_saved_under_a_name_and_opened_again() {
    let (home, mut session) = session(full_plan());
    let path = home.path().join("year");
    perform(&mut session, [rename("Renamed"), Action::SaveAs(path)]);
    assert!(!session.is_unsaved());
    let path = home.path().join("year.windowsill");
    assert_eq!(session.settings.recent, std::slice::from_ref(&path));
    let mut other = session_in(home.path(), empty_plan());
    drop(session);
    perform(&mut other, [Action::Open(path)]);
    assert_eq!(other.plan().title(), "Renamed");
    assert!(!other.is_unsaved());
}

#[test]
fn a_plan_without_a_file_asks_for_one_on_save() {
    let (home, mut session) = session(empty_plan());
    perform(&mut session, [rename("Name of the file"), Action::Run(Command::Save)]);
    let Some(Dialog::Path(PathRequest::SaveAs { name })) = &session.dialogs.open else {
        panic!("{:?}", session.dialogs.open)
    };
    assert_eq!(name, "name-of-the-file.windowsill");
    perform(&mut session, [Action::SaveAs(home.path().join("first"))]);
    assert!(open(&home.path().join("first.windowsill")).is_ok());
    // A plan with the other ending keeps it.
    perform(
        &mut session,
        [Action::SaveAs(home.path().join("second.ron")), rename("Later"), Action::Run(Command::SaveAs)],
    );
    let Some(Dialog::Path(PathRequest::SaveAs { name })) = &session.dialogs.open else {
        panic!("{:?}", session.dialogs.open)
    };
    assert_eq!(name, "second.ron");
}

#[test]
fn undoing_all_changes_since_saving_makes_the_plan_saved_again() {
    let (_home, _, mut session) = changed_after_saving();
    assert!(session.is_unsaved());
    perform(&mut session, [Action::Run(Command::Undo)]);
    assert!(!session.is_unsaved());
}

#[test]
fn a_file_that_changed_on_disk_is_not_overwritten_without_asking() {
    let (_home, path, mut session) = changed_after_saving();
    let other = fs::read_to_string(&path).unwrap().replace("Example 2027", "Theirs");
    fs::write(&path, other).unwrap();
    perform(&mut session, [Action::Run(Command::Save)]);
    assert!(matches!(asks(&session), Question::ChangedOnDisk { .. }));
    perform(&mut session, [Action::Answer(QuestionAnswer::Cancel)]);
    assert!(session.is_unsaved());
    assert_eq!(title_on_disk(&path), "Theirs");
    perform(&mut session, [Action::Run(Command::Save), Action::Answer(QuestionAnswer::Yes)]);
    assert_eq!(title_on_disk(&path), "Changed");
    assert!(!session.is_unsaved());
}

#[test]
fn reloading_takes_what_is_on_disk() {
    let (_home, path, mut session) = changed_after_saving();
    let other = fs::read_to_string(&path).unwrap().replace("Example 2027", "Theirs");
    fs::write(&path, other).unwrap();
    perform(&mut session, [Action::Run(Command::Save), Action::Answer(QuestionAnswer::Other)]);
    assert_eq!(session.plan().title(), "Theirs");
    assert!(!session.is_unsaved());
}

#[test]
fn a_plan_open_elsewhere_is_read_only() {
    let (home, path, session) = changed_after_saving();
    let mut second = session_in(home.path(), empty_plan());
    perform(&mut second, [Action::Open(path.clone())]);
    assert!(second.file.read_only_reason().is_some());
    let before = Arc::clone(second.plan());
    perform(&mut second, [rename("Not allowed")]);
    assert!(Arc::ptr_eq(second.plan(), &before));
    assert!(second.messages.iter().any(|message| message.text.contains("read-only")), "{:?}", second.messages);
    perform(&mut second, [Action::Run(Command::Save)]);
    assert!(matches!(second.dialogs.open, Some(Dialog::Path(PathRequest::SaveAs { .. }))));
    drop(session);
}

#[test]
fn saving_over_a_file_that_is_open_elsewhere_is_refused() {
    let (home, _, mut session) = changed_after_saving();
    let theirs = home.path().join("theirs.ron");
    let LockOutcome::Held(_lock) = Lock::acquire(&theirs) else { panic!("no lock") };
    perform(&mut session, [Action::SaveAs(theirs.clone())]);
    assert!(session.messages.iter().any(|message| message.text.contains("open elsewhere")), "{:?}", session.messages);
    assert!(!theirs.exists() && session.is_unsaved());
}

#[test]
fn quitting_with_unsaved_changes_asks_and_goes_on_after_saving() {
    let (_home, path, mut session) = changed_after_saving();
    perform(&mut session, [Action::Run(Command::Quit)]);
    assert!(matches!(asks(&session), Question::SaveFirst { .. }));
    assert!(!session.desktop.may_close);
    perform(&mut session, [Action::Answer(QuestionAnswer::Yes)]);
    assert!(session.desktop.may_close);
    assert_eq!(title_on_disk(&path), "Changed");
}

#[test]
fn cancelling_the_save_before_quitting_does_not_quit_at_a_later_save() {
    let (home, mut session) = session(empty_plan());
    let steps =
        [rename("New"), Action::Run(Command::Quit), Action::Answer(QuestionAnswer::Yes), Action::OpenDialog(None)];
    perform(&mut session, steps);
    perform(&mut session, [Action::SaveAs(home.path().join("new.ron"))]);
    assert!(!session.is_unsaved() && !session.desktop.may_close);
}

#[test]
fn unknown_fields_are_dropped_only_after_asking() {
    let (home, mut session) = session(empty_plan());
    let path = home.path().join("plan.ron");
    perform(&mut session, [Action::SaveAs(path.clone())]);
    let text = fs::read_to_string(&path).unwrap();
    let at = text.rfind(')').unwrap();
    fs::write(&path, format!("{}    colour: \"green\",\n)\n", &text[..at])).unwrap();
    perform(&mut session, [Action::Open(path), rename("Changed"), Action::Run(Command::Save)]);
    let Question::DropsUnknown { fields, .. } = asks(&session) else { panic!("{:?}", session.dialogs.open) };
    assert!(fields.len() == 1 && fields[0].contains("colour"), "{fields:?}");
    perform(&mut session, [Action::Answer(QuestionAnswer::Yes)]);
    assert!(!session.is_unsaved());
}

#[test]
fn a_plan_with_unknown_fields_is_rolled_only_after_asking() {
    let (home, mut session) = session(empty_plan());
    let path = home.path().join("plan.ron");
    perform(&mut session, [Action::SaveAs(path.clone())]);
    let text = fs::read_to_string(&path).unwrap();
    let at = text.rfind(')').unwrap();
    fs::write(&path, format!("{}    colour: \"green\",\n)\n", &text[..at])).unwrap();
    perform(&mut session, [Action::Open(path.clone()), Action::Run(Command::RollForward)]);
    let Question::RollDropsUnknown { fields } = asks(&session) else { panic!("{:?}", session.dialogs.open) };
    assert!(fields.len() == 1 && fields[0].contains("colour"), "{fields:?}");
    perform(&mut session, [Action::Answer(QuestionAnswer::Cancel)]);
    assert!(session.dialogs.open.is_none());
    perform(&mut session, [Action::Run(Command::RollForward), Action::Answer(QuestionAnswer::Yes)]);
    assert!(matches!(session.dialogs.open, Some(Dialog::RollForward)));
    // A newer format may mean something else by known fields.
    let format = format!("format: {}", windowsill::store::FORMAT);
    assert!(text.contains(&format));
    fs::write(&path, text.replacen(&format, "format: 9999", 1)).unwrap();
    perform(&mut session, [Action::OpenDialog(None), Action::Open(path), Action::Run(Command::RollForward)]);
    assert!(session.dialogs.open.is_none(), "{:?}", session.dialogs.open);
}

#[test]
fn unsaved_changes_are_due_for_a_recovery_file_and_saved_ones_are_not() {
    let (_home, path, mut session) = changed_after_saving();
    assert!(session.tick().is_some());
    perform(&mut session, [Action::SaveAs(path)]);
    assert_eq!(session.tick(), None);
}

#[test]
fn undo_names_the_change_it_reverts() {
    let (_home, mut session) = session(empty_plan());
    perform(&mut session, [rename("One"), rename("Two")]);
    assert_eq!(session.label(Command::Undo), "Undo Rename plan to Two");
    perform(&mut session, [Action::Run(Command::Undo)]);
    assert_eq!(session.label(Command::Undo), "Undo Rename plan to One");
    assert_eq!(session.label(Command::Redo), "Redo Rename plan to Two");
    perform(&mut session, [rename("Three")]);
    assert_eq!(session.label(Command::Redo), "Redo");
}

#[test]
fn a_night_that_is_too_full_leads_to_its_day() {
    let text = include_str!("../fixtures/checks/W006-fires.ron");
    let (_home, mut session) = session(parse(text).unwrap().plan);
    let crowded = session.findings().list.iter().find(|finding| finding.rule.code == "W006").cloned().unwrap();
    perform(&mut session, [Action::Reveal(Destination::for_finding(&crowded))]);
    let on = "2027-03-13".parse().unwrap();
    assert_eq!(session.navigation.selection, Selection::Day(on));
    assert_eq!(session.navigation.view, View::Calendar(CalendarView::Day(on)));
}

#[test]
fn an_edit_without_effect_adds_no_step_of_undo() {
    let (_home, mut session) = session(empty_plan());
    perform(&mut session, [rename("Example 2027")]);
    assert!(!session.is_enabled(Command::Undo));
}

#[test]
fn an_import_is_shown_first_and_one_step_of_undo_after() {
    let (home, mut session) = session(empty_plan());
    let path = home.path().join("windows.csv");
    fs::write(&path, "name,date\nCore DB,2027-03-13\nCore DB,2027-04-10\nWeb,2027-05-08\n").unwrap();
    let start = Arc::clone(session.plan());
    perform(&mut session, [Action::Import(Some(Topic::Windows), vec![path])]);
    let Question::Import(preview) = asks(&session) else { panic!("{:?}", session.dialogs.open) };
    assert!(preview.imported.as_ref().unwrap().as_ref().unwrap().edit().is_some(), "{preview:?}");
    assert!(Arc::ptr_eq(session.plan(), &start));
    perform(&mut session, [Action::Answer(QuestionAnswer::Yes)]);
    assert_eq!(session.plan().windows().len(), 2);
    perform(&mut session, [Action::Run(Command::Undo)]);
    assert!(Arc::ptr_eq(session.plan(), &start));
}

/// A window of two hours on 13 March whose phases take 20/30/90, 5/8/25, 10/15/40 and 20/30/90 minutes.
fn uncertain_plan() -> Plan {
    let three = |best, likely, worst| Guess { best: Minutes(best), likely: Minutes(likely), worst: Minutes(worst) };
    let estimate = Estimate {
        patch: Some(three(20, 30, 90)),
        reboot: three(5, 8, 25),
        verify: three(10, 15, 40),
        rollback: Some(three(20, 30, 90)),
        ..Estimate::default()
    };
    let mut window = MaintenanceWindow::new("core".into(), "Core", Rule::once(date(2027, 3, 13)));
    window.systems = vec!["db".into()];
    (window.work, window.duration) = (Work::Pool(estimate), Minutes(120));
    let system = System { id: "db".into(), name: "DB".to_owned(), hosts: 1, ..System::default() };
    Plan::from(PlanParts {
        systems: [system].into_iter().collect(),
        windows: [window].into_iter().collect(),
        ..empty_plan().to_parts()
    })
}

fn has_finding(session: &Session, code: &str) -> bool {
    session.findings().list.iter().any(|finding| finding.rule.code == code)
}

#[test]
fn the_simulation_adds_its_finding_after_the_plan_is_shown() {
    let (_home, mut session) = session(uncertain_plan());
    session.finish_jobs();
    let outlook = session.schedule().outlooks.get(&session.schedule().windows[0]).unwrap();
    assert!((outlook.overrun(Minutes(120)) - 0.2).abs() < 0.02);
    assert!(has_finding(&session, "B005"));
    let fix = session.findings().list.iter().find(|finding| finding.rule.code == "B005").unwrap();
    let fix = fix.fix(&session.context()).unwrap();
    perform(&mut session, [Action::Edit(fix.edit)]);
    assert!(!has_finding(&session, "B005") && !session.is_simulating());
}

#[test]
fn an_edit_keeps_how_sure_the_fit_is_unless_it_changes_the_work() {
    let (_home, mut session) = session(uncertain_plan());
    session.finish_jobs();
    let window = MaintenanceWindow::clone(&session.schedule().windows[0].window);
    session.edit(&Edit::PutWindow(MaintenanceWindow { name: "Renamed".to_owned(), ..window.clone() }));
    assert!(!session.is_simulating() && has_finding(&session, "B005"));
    session.edit(&Edit::PutWindow(MaintenanceWindow { batch: Batch::Hosts(2), ..window }));
    assert!(session.is_simulating() && !has_finding(&session, "B005"));
}

#[test]
fn the_next_edit_stops_the_simulation_for_the_last_one() {
    let (_home, mut session) = session(uncertain_plan());
    let policy = |correlation_percent| Edit::SetPolicy(Policy { correlation_percent, ..Policy::default() });
    for correlation_percent in [10, 20, 100] {
        session.edit(&policy(correlation_percent));
        assert!(session.is_simulating());
    }
    session.finish_jobs();
    let found = session.schedule().outlooks.get(&session.schedule().windows[0]).unwrap().clone();
    let afresh = Simulation::new(session.plan()).outlook(&session.schedule().windows[0]).unwrap();
    assert_eq!(*found, afresh);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_is_the_start_and_redoing_all_is_the_end_by_pointer(
        edits in prop::collection::vec(any_edit(), 1..24)
    ) {
        let mut session = Session::new(full_plan(), FileState::none(), Box::new(FixedClock(NOW)), None);
        let mut states = vec![Arc::clone(session.plan())];
        // Sending is not a step of undo: history.rs tests how undo treats it.
        for edit in edits.iter().filter(|edit| !edit.is_permanent()) {
            session.perform(Action::Edit(edit.clone()));
            if !Arc::ptr_eq(session.plan(), &states[states.len() - 1]) {
                states.push(Arc::clone(session.plan()));
            }
        }
        for state in states.iter().rev() {
            prop_assert!(Arc::ptr_eq(session.plan(), state));
            session.perform(Action::Run(Command::Undo));
        }
        prop_assert!(Arc::ptr_eq(session.plan(), &states[0]));
        prop_assert!(!session.is_enabled(Command::Undo));
        for state in &states {
            prop_assert!(Arc::ptr_eq(session.plan(), state));
            session.perform(Action::Run(Command::Redo));
        }
        prop_assert!(Arc::ptr_eq(session.plan(), &states[states.len() - 1]));
        prop_assert!(!session.is_enabled(Command::Redo));
    }
}

#[test]
fn a_finding_about_a_date_without_an_occurrence_selects_its_window() {
    let (_home, mut session) = session(full_plan());
    let window = session.plan().windows().as_slice()[0].id.clone();
    session.perform(Action::Reveal(Destination::Occurrence(window.clone(), date(1999, 1, 1))));
    assert_eq!(*session.selection(), Selection::Window(window));
}
