//! The plan in Git on screen: the status bar, the dialog with its commit, and a repository that cannot be used.

use egui::{Key, Modifiers};
use windowsill::model::{Edit, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Command, FileState, Session, View};

use crate::common::dates::moved;
use crate::common::git::Repository;
use crate::common::harbour;
use crate::driver::Screen;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);
const SHIFT_CTRL: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const MOVED: &str = "Core DB patching: Sat 20 Mar 2027 moved to Sat 27 Mar 2027";

/// The window with the plan of the repository.
fn opened(path: std::path::PathBuf) -> Screen {
    let mut session = Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(NOW)), None);
    session.mark_saved();
    session.navigation.view = View::Calendar(CalendarView::Planner);
    let mut screen = Screen::with_session(session);
    screen.perform(Action::Open(path));
    screen
}

fn open_dialog(screen: &mut Screen) {
    screen.press_with(SHIFT_CTRL, Key::G);
    screen.finish_jobs();
}

#[test]
fn the_status_bar_follows_saving_committing_and_coming_back() {
    let Some(repository) = Repository::with_plan() else { return };
    let mut screen = opened(repository.plan_path());
    screen.expect("Git: main");
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-27")));
    screen.expect("Git: main");
    screen.perform(Action::Run(Command::Save));
    screen.expect("Git: main · uncommitted changes");
    screen.perform(Action::Commit("Move March".to_owned()));
    screen.expect("Git: main");
    screen.expect_part("Committed ");
    assert_eq!(repository.git(&["log", "-1", "--format=%s"]), "Move March\n");
    repository.git(&["checkout", "-q", "-b", "next"]);
    screen.expect("Git: main");
    screen.gain_focus();
    screen.expect("Git: next");
    // The message about the commit has gone.
    screen.wait(9.0);
    assert!(screen.is_idle(), "nothing polls");
}

#[test]
fn the_dialog_shows_changes_and_commits_them_with_an_edited_message() {
    let Some(repository) = Repository::with_plan() else { return };
    let mut screen = opened(repository.plan_path());
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-27")));
    screen.click("Git: main");
    screen.finish_jobs();
    screen.expect(MOVED);
    screen.expect("Including unsaved changes. Committing saves the plan first.");
    let suggested = format!("Core DB patching moved to 27 Mar\n\n- {MOVED}");
    assert_eq!(screen.value_of_field("Message"), suggested);
    screen.write("Message", "Because of the fair");
    screen.click("Commit");
    screen.finish_jobs();
    assert!(screen.session(|session| session.dialog().is_none() && !session.is_unsaved()));
    assert_eq!(repository.git(&["log", "-1", "--format=%s"]), "Because of the fair\n");
    assert_eq!(repository.git(&["status", "--porcelain", "-uno"]), "");
    open_dialog(&mut screen);
    screen.expect("Nothing: the plan is as in the last commit.");
    screen.absent("Commit");
    screen.press(Key::Escape);
    assert!(screen.session(|session| session.dialog().is_none()));
}

#[cfg(unix)]
#[test]
fn a_hook_that_refuses_is_shown_and_the_message_stays() {
    let Some(repository) = Repository::with_plan() else { return };
    let mut screen = opened(repository.plan_path());
    repository.hook("echo no ticket in the message >&2; exit 1");
    screen.perform(Action::Edit(Edit::SetTitle("Port".into())));
    open_dialog(&mut screen);
    screen.write("Message", "Mine");
    screen.click("Commit");
    screen.finish_jobs();
    screen.expect_part("no ticket in the message");
    assert_eq!(screen.value_of_field("Message"), "Mine");
    assert!(screen.session(|session| !session.is_unsaved() && session.dialog().is_some()));
    repository.hook("exit 0");
    screen.click("Commit");
    screen.finish_jobs();
    assert_eq!(repository.git(&["log", "-1", "--format=%s"]), "Mine\n");
}

#[test]
fn commits_to_pull_are_listed_with_what_they_change() {
    let Some(repository) = Repository::with_plan() else { return };
    let clone = repository.clone_as("clone");
    repository.edit(&moved("2027-03-20", "2027-03-27"));
    repository.commit("B. Lund", "2027-01-05", "Move March");
    repository.git_in(&clone, &["fetch", "-q"]);
    let mut screen = opened(clone.join("plan.ron"));
    screen.expect("Git: main · 1 to pull");
    open_dialog(&mut screen);
    screen.expect("1 commit to pull");
    screen.expect_part("Move March, by B. Lund on Tue 5 Jan 2027 10:00 (");
    screen.expect(MOVED);
    screen.expect_part("origin/main, as of the last fetch on ");
    screen.absent("Commit");
}

#[test]
fn outside_of_a_repository_nothing_is_shown_and_the_command_says_why() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner));
    let reason = |screen: &Screen| screen.session(|session| session.unavailable_reason(Command::Git));
    assert_eq!(reason(&screen), Some("The plan has no file yet: save it in a Git repository"));
    screen.perform(Action::SaveAs(home.path().join("plan.ron")));
    assert_eq!(reason(&screen), Some("The plan is not in a Git repository"));
    open_dialog(&mut screen);
    assert!(screen.session(|session| session.dialog().is_none() && session.git.status.is_none()));
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("Git…");
    screen.expect_part("Git…, Command");
}

#[test]
fn a_repository_that_git_cannot_read_says_why() {
    let Some(repository) = Repository::with_plan() else { return };
    std::fs::write(repository.path(".git/config"), "[core\n").unwrap();
    let mut screen = opened(repository.plan_path());
    screen.click("Git: Git cannot be used");
    screen.finish_jobs();
    screen.expect_part("Git failed: fatal: bad config line 1");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.dialog().is_none()));
}

#[test]
fn what_another_program_wrote_is_not_committed_unseen() {
    let Some(repository) = Repository::with_plan() else { return };
    let mut screen = opened(repository.plan_path());
    repository.edit(&Edit::SetTitle("Theirs".into()));
    open_dialog(&mut screen);
    screen.expect_part("Another program has changed the file since you opened it.");
    screen.absent("Commit");
    screen.press(Key::Escape);
    screen.perform(Action::Commit("Unseen".to_owned()));
    screen.expect_part("Another program has changed the file since you opened it.");
    assert_eq!(repository.git(&["log", "-1", "--format=%s"]), "Begin\n");
}

#[test]
fn a_long_name_of_a_branch_leaves_room_in_a_narrow_window() {
    let Some(repository) = Repository::with_plan() else { return };
    let branch = "feature/rearrange-the-quarter-end-windows-for-treasury-and-ledger-and-all-the-others-in-2027";
    repository.git(&["checkout", "-q", "-b", branch]);
    let screen = opened(repository.plan_path());
    let (git, findings) = (screen.rect_of(&format!("Git: {branch}")), screen.rect_of("12 occurrences"));
    assert!(git.left() > findings.right(), "{git:?} {findings:?}");
}
