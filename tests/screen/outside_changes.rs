//! The card about what others wrote to the plan's file: by its names for screen readers, by mouse and by keys.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use tempfile::TempDir;
use windowsill::model::{Edit, MaintenanceWindow, Minutes, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, CalendarView, Command, Dialog, FileState, PathRequest, QuestionAnswer, Session, View,
};
use windowsill::store::{self, Fingerprint, ProgramFolders};

use crate::common::harbour;
use crate::driver::Screen;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);
const CHANGED: &str = "plan.ron was changed by another program";

fn with_hours(hours: u32) -> Edit {
    Edit::PutWindow(MaintenanceWindow { duration: Minutes::hours(hours), ..harbour::window() })
}

/// The harbour's plan, opened from a file.
fn opened() -> (TempDir, PathBuf, Screen) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    store::save(&path, &harbour::plan(), None).unwrap();
    let folders = Some(ProgramFolders::inside(home.path()));
    let mut session = Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(NOW)), folders);
    session.mark_saved();
    session.navigation.view = View::Calendar(CalendarView::Planner);
    let mut screen = Screen::with_session(session);
    screen.perform(Action::Open(path.clone()));
    (home, path, screen)
}

fn write(path: &Path, edit: &Edit) {
    let plan = store::read_plan(path).unwrap().loaded.plan.apply(edit).unwrap();
    store::save(path, &plan, Fingerprint::read(path).unwrap().as_ref()).unwrap();
}

/// Waits until the card says that.
#[track_caller]
fn wait_for(screen: &mut Screen, part: &str) {
    let start = Instant::now();
    while !screen.says(part) {
        assert!(start.elapsed() < Duration::from_secs(30), "nothing says \"{part}\"");
        screen.session(|session| session.jobs.look_now());
        std::thread::sleep(Duration::from_millis(10));
        screen.finish_jobs();
    }
}

fn theirs() -> Edit {
    Edit::SetTitle("Theirs".to_owned())
}

fn title(screen: &Screen) -> String {
    screen.session(|session| session.plan().title().to_owned())
}

#[test]
fn the_card_does_not_move_the_view_and_the_screen_sleeps() {
    let (_home, path, mut screen) = opened();
    assert!(screen.is_idle());
    let before = screen.bottom_of("Core DB");
    write(&path, &theirs());
    wait_for(&mut screen, CHANGED);
    screen.expect("Plan: Title Harbour Trust 2027 → Theirs");
    assert!((screen.bottom_of("Core DB") - before).abs() < 0.5);
    assert!(screen.is_idle(), "it does not repaint while the card is shown");
    // Without unsaved changes there is nothing to merge.
    screen.absent("Merge");
    screen.click("Reload");
    screen.finish_jobs();
    assert_eq!(title(&screen), "Theirs");
    screen.absent("Reload");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(title(&screen), "Harbour Trust 2027");
    screen.expect_part(CHANGED);
}

#[test]
fn unsaved_changes_are_merged_and_that_is_undone() {
    let (_home, path, mut screen) = opened();
    screen.perform(Action::Edit(with_hours(7)));
    write(&path, &theirs());
    wait_for(&mut screen, CHANGED);
    for name in ["Merge", "Reload", "Keep mine", "Compare", "Decide later"] {
        screen.expect(name);
    }
    screen.click("Merge");
    screen.finish_jobs();
    assert_eq!(title(&screen), "Theirs");
    screen.absent("Merge");
    screen.expect("Merged plan.ron. Save the plan to keep it, or undo.");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.expect("Merge");
    screen.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::M);
    screen.finish_jobs();
    assert_eq!(title(&screen), "Theirs");
}

#[test]
fn the_keyboard_reaches_the_card_hides_it_and_shows_it_again() {
    let (_home, path, mut screen) = opened();
    write(&path, &theirs());
    wait_for(&mut screen, CHANGED);
    screen.press(Key::F9);
    screen.press(Key::Escape);
    screen.absent("Reload");
    screen.click("plan.ron changed on disk");
    screen.expect("Reload");
    screen.click("Decide later");
    screen.press(Key::F9);
    screen.press(Key::Enter);
    screen.finish_jobs();
    assert_eq!(title(&screen), "Theirs");
}

#[test]
fn keeping_mine_and_comparing_are_buttons_and_commands() {
    let (_home, path, mut screen) = opened();
    write(&path, &theirs());
    wait_for(&mut screen, CHANGED);
    screen.click("Compare");
    screen.finish_jobs();
    assert_eq!(screen.session(Session::view), View::Changes);
    screen.click("Keep mine");
    screen.finish_jobs();
    screen.absent("Keep mine");
    screen.press_with(Modifiers::COMMAND, Key::S);
    screen.finish_jobs();
    assert_eq!(store::read_plan(&path).unwrap().loaded.plan.title(), "Harbour Trust 2027");
}

#[test]
fn a_merge_with_conflicts_leads_to_them_and_the_keys_resolve_them() {
    let (_home, path, mut screen) = opened();
    screen.perform(Action::Edit(with_hours(7)));
    write(&path, &with_hours(8));
    wait_for(&mut screen, CHANGED);
    screen.click("Merge");
    screen.finish_jobs();
    screen.expect("plan.ron is merged, but not saved yet");
    screen.expect("1 conflict to resolve");
    screen.click("Show findings");
    screen.click("Close");
    screen.write("Filter findings", "P016");
    let conflicts = |screen: &Screen| screen.session(|session| session.plan().conflicts().len());
    let hours = |screen: &Screen| screen.session(|session| session.plan().windows().iter().next().unwrap().duration);
    let shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    screen.press_with(shift, Key::T);
    assert_eq!((conflicts(&screen), hours(&screen)), (0, Minutes::hours(8)));
    screen.perform(Action::Run(Command::Undo));
    assert_eq!((conflicts(&screen), hours(&screen)), (1, Minutes::hours(7)));
    screen.press_with(shift, Key::O);
    assert_eq!((conflicts(&screen), hours(&screen)), (0, Minutes::hours(7)));
}

#[test]
fn the_question_of_a_save_offers_merging() {
    let (_home, path, mut screen) = opened();
    screen.perform(Action::Edit(with_hours(7)));
    write(&path, &theirs());
    screen.perform(Action::Run(Command::Save));
    screen.expect("plan.ron has changed on disk");
    screen.press(Key::Enter);
    screen.finish_jobs();
    assert_eq!(title(&screen), "Theirs");
    screen.absent("plan.ron has changed on disk");
}

#[test]
fn a_conflicted_copy_is_merged_saved_and_deleted() {
    let (home, _, mut screen) = opened();
    let copy = home.path().join("plan (conflicted copy 2027-03-01 100000).ron");
    screen.perform(Action::Edit(with_hours(6)));
    screen.perform(Action::Run(Command::Save));
    let mail = MaintenanceWindow { id: "mail".into(), name: "Mail".to_owned(), ..harbour::window() };
    let plan = screen.session(|session| session.plan().apply(&Edit::PutWindow(mail)).unwrap());
    store::save(&copy, &plan, None).unwrap();
    wait_for(&mut screen, "A sync tool left a conflicted copy of plan.ron");
    screen.expect("plan (conflicted copy 2027-03-01 100000).ron");
    screen.expect("Compare");
    screen.expect("Later");
    screen.click("Merge");
    screen.finish_jobs();
    assert_eq!(screen.session(|session| session.plan().windows().len()), 2);
    screen.perform(Action::Run(Command::Save));
    screen.click("Delete the copy");
    screen.finish_jobs();
    assert!(!copy.exists());
    screen.absent("Delete the copy");
}

/// Another program replaces the file by another plan or by something that is not a plan.
fn replaced(path: &Path, is_plan: bool) {
    let text = std::fs::read_to_string(path).unwrap();
    let id = harbour::plan().id().to_string();
    assert!(text.contains(&format!("\"{id}\"")));
    let text = text.replacen(&format!("\"{id}\""), "\"other\"", 1).replace("Harbour Trust 2027", "Other plan");
    std::fs::write(path, if is_plan { text.as_str() } else { "broken" }).unwrap();
}

#[test]
fn a_save_over_something_outside_that_cannot_be_merged_offers_what_the_card_offers() {
    for (is_plan, words, primary) in [
        (true, "because it is another plan: Other plan", "Save as…"),
        (false, "plan.ron cannot be read as a plan", "Overwrite it"),
    ] {
        let (_home, path, mut screen) = opened();
        screen.perform(Action::Edit(with_hours(7)));
        replaced(&path, is_plan);
        let before = std::fs::read(&path).unwrap();
        screen.perform(Action::Run(Command::Save));
        screen.finish_jobs();
        assert!(screen.session(|session| session.dialog().is_none()), "no question that offers a merge");
        assert!(screen.says(words), "{words}");
        assert!(screen.says("Not saved, because"));
        screen.expect(primary);
        screen.expect("Save as…");
        screen.absent("Merge");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn another_plan_from_outside_is_not_saved_over_before_it_is_opened() {
    let (home, path, mut screen) = opened();
    screen.perform(Action::Edit(with_hours(7)));
    replaced(&path, true);
    wait_for(&mut screen, "because it is another plan");
    screen.click("Reload");
    screen.finish_jobs();
    screen.expect("Save Harbour Trust 2027 before opening plan.ron?");
    screen.perform(Action::Answer(QuestionAnswer::Yes));
    let asked = |session: &Session| match session.dialog() {
        Some(Dialog::Path(PathRequest::SaveAs { name })) => name.clone(),
        dialog => panic!("{dialog:?}"),
    };
    assert_ne!(screen.session(asked), "plan.ron");
    let mine = home.path().join("mine.ron");
    screen.perform(Action::SaveAs(mine.clone()));
    screen.finish_jobs();
    assert_eq!(store::read_plan(&mine).unwrap().loaded.plan.title(), "Harbour Trust 2027");
    assert_eq!(title(&screen), "Other plan");
}

#[test]
fn the_card_about_an_outside_merge_goes_away_with_the_save_though_conflicts_are_open() {
    let (_home, path, mut screen) = opened();
    screen.perform(Action::Edit(with_hours(7)));
    write(&path, &with_hours(8));
    wait_for(&mut screen, CHANGED);
    screen.click("Merge");
    screen.finish_jobs();
    screen.expect("plan.ron is merged, but not saved yet");
    screen.perform(Action::Run(Command::Save));
    screen.finish_jobs();
    screen.absent("plan.ron is merged, but not saved yet");
    screen.absent("1 conflict to resolve");
    assert_eq!(screen.session(|session| session.plan().conflicts().len()), 1);
    write(&path, &theirs());
    wait_for(&mut screen, CHANGED);
}

#[test]
fn an_outside_copy_merged_with_conflicts_is_deleted_after_the_save() {
    let (home, _, mut screen) = opened();
    let copy = home.path().join("plan (conflicted copy 2027-03-01 100000).ron");
    screen.perform(Action::Edit(with_hours(6)));
    screen.perform(Action::Run(Command::Save));
    store::save(&copy, &harbour::plan().apply(&with_hours(8)).unwrap(), None).unwrap();
    wait_for(&mut screen, "A sync tool left a conflicted copy of plan.ron");
    screen.click("Merge");
    screen.finish_jobs();
    screen.expect_part("is merged, but not saved yet");
    // A newer copy is shown at once.
    let newer = home.path().join("plan (conflicted copy 2027-03-01 110000).ron");
    store::save(&newer, &harbour::plan().apply(&theirs()).unwrap(), None).unwrap();
    wait_for(&mut screen, "plan (conflicted copy 2027-03-01 110000).ron");
    screen.click("Later");
    screen.perform(Action::Run(Command::Save));
    screen.finish_jobs();
    screen.expect("A conflicted copy of plan.ron is merged and saved");
    screen.click("Delete the copy");
    screen.finish_jobs();
    assert!(!copy.exists() && newer.exists());
}

#[test]
fn keeping_mine_is_no_longer_announced_after_another_outside_change() {
    let (_home, path, mut screen) = opened();
    write(&path, &theirs());
    wait_for(&mut screen, CHANGED);
    screen.click("Keep mine");
    screen.expect_part("The next save replaces what is on disk now");
    write(&path, &with_hours(9));
    wait_for(&mut screen, CHANGED);
    assert!(!screen.says("The next save replaces what is on disk now"));
}
