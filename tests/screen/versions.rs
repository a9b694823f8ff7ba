//! The kept versions on screen: the list, comparing with one, restoring one.

use std::path::Path;

use egui::{Key, Modifiers};
use windowsill::model::{Edit, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Command, FileState, Session, View};
use windowsill::store::{self, ProgramFolders};

use crate::common::dates::{date, moved};
use crate::common::harbour;
use crate::driver::Screen;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

/// The harbour's plan, saved, then saved again with 20 March moved to 5 March.
fn saved_twice(home: &Path) -> Screen {
    let folders = Some(ProgramFolders::inside(home));
    let mut session = Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(NOW)), folders);
    session.navigation.view = View::Calendar(CalendarView::Planner);
    let mut screen = Screen::with_session(session);
    screen.perform(Action::SaveAs(home.join("plan.ron")));
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-05")));
    screen.perform(Action::Run(Command::Save));
    screen
}

fn open_versions(screen: &mut Screen) {
    screen.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Y);
    screen.finish_jobs();
}

/// The name of a row that ends like this.
fn row(screen: &Screen, end: &str) -> String {
    screen.name_of(&format!("kB: {end}"))
}

const OLDEST: &str = "The oldest version";
const NEWEST: &str = "Core DB patching: 1 of 12 dates 15 days earlier";

#[test]
fn versions_are_listed_with_what_each_changed() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = saved_twice(home.path());
    open_versions(&mut screen);
    assert!(row(&screen, NEWEST).starts_with("Mon 1 Mar 2027 10:00, "));
    assert!(row(&screen, OLDEST).starts_with("Mon 1 Mar 2027 10:00, "));
    // The message about the save has gone.
    screen.wait(9.0);
    assert!(screen.is_idle(), "it does not repaint while it is open");
    screen.press(Key::Escape);
    assert!(screen.session(|session| session.dialog().is_none()));
}

#[test]
fn a_version_is_compared_and_then_shown_as_the_basis_of_changes() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = saved_twice(home.path());
    open_versions(&mut screen);
    let oldest = row(&screen, OLDEST);
    screen.click(&oldest);
    screen.click("Compare");
    screen.finish_jobs();
    assert_eq!(screen.session(Session::view), View::Changes);
    screen.expect_part("1 moved; 1 owner");
    let basis = screen.session(|session| session.comparing.comparison.as_ref().map(|each| each.basis.name()));
    assert_eq!(basis.as_deref(), Some("the version of Mon 1 Mar 2027 10:00"));
}

#[test]
fn the_keyboard_chooses_a_version_and_compares() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = saved_twice(home.path());
    for (keys, summary) in [(&[Key::Enter][..], None), (&[Key::ArrowDown, Key::Enter], Some("1 moved; 1 owner"))] {
        open_versions(&mut screen);
        for key in keys {
            screen.press(*key);
        }
        screen.finish_jobs();
        assert!(screen.session(|session| session.dialog().is_none() && session.view() == View::Changes));
        match summary {
            Some(summary) => screen.expect_part(summary),
            None => screen.expect("No differences"),
        }
    }
}

#[test]
fn restoring_is_one_step_that_can_be_undone_and_is_not_saved() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = saved_twice(home.path());
    screen.perform(Action::Edit(Edit::SetTitle("Not saved".to_owned())));
    open_versions(&mut screen);
    let oldest = row(&screen, OLDEST);
    screen.click(&oldest);
    screen.click("Restore");
    screen.finish_jobs();
    let is_moved = |session: &Session| {
        let (_, occurrence) = session.schedule().occurrence(&"core-db".into(), date("2027-03-20")).unwrap();
        occurrence.on() == date("2027-03-05")
    };
    let title = |session: &Session| session.plan().title().to_owned();
    assert!(screen.session(|session| session.is_unsaved() && !is_moved(session)));
    assert_eq!(screen.session(title), "Harbour Trust 2027");
    let label = screen.session(|session| session.label(Command::Undo));
    assert_eq!(label, "Undo Restore version of Mon 1 Mar 2027 10:00");
    let on_disk = store::open(&home.path().join("plan.ron")).unwrap().plan;
    assert_eq!(on_disk.windows().as_slice()[0].exceptions.len(), 1, "nothing was saved");
    screen.perform(Action::Run(Command::Undo));
    assert!(screen.session(is_moved));
    assert_eq!(screen.session(title), "Not saved");
}

#[test]
fn the_version_that_is_open_is_not_restored() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = saved_twice(home.path());
    open_versions(&mut screen);
    screen.click("Restore");
    screen.finish_jobs();
    assert!(screen.session(|session| !session.is_unsaved()));
    screen.expect_part("The plan is the same as the version of");
}

#[test]
fn a_damaged_version_says_so_and_cannot_be_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = saved_twice(home.path());
    let data = ProgramFolders::inside(home.path()).data;
    let versions = store::kept_versions(&data, &home.path().join("plan.ron"), None).unwrap();
    let damaged = "x".repeat(usize::try_from(versions[1].size()).unwrap());
    std::fs::write(&versions[1].path, damaged).unwrap();
    open_versions(&mut screen);
    let oldest = row(&screen, "This version is damaged");
    screen.click(&oldest);
    screen.click("Restore");
    screen.finish_jobs();
    assert!(screen.session(|session| session.dialog().is_some() && !session.is_unsaved()));
}

#[test]
fn a_plan_without_a_file_has_no_versions_and_says_why() {
    let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner));
    open_versions(&mut screen);
    screen.expect("No version of this plan is kept on this computer yet. Each save keeps one.");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.dialog().is_none()));
}

#[test]
fn a_version_that_cannot_be_kept_is_a_warning_and_the_plan_is_saved() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("data"), "in the way").unwrap();
    let screen = saved_twice(home.path());
    assert!(screen.session(|session| !session.is_unsaved()));
    screen.expect_part("The plan is saved, but this version is not kept for Versions.");
}
