//! Palette, findings, questions, settings and paths on screen.

use std::fs;
use std::path::Path;

use egui::{Key, Modifiers};
use tempfile::TempDir;
use windowsill::import::Topic;
use windowsill::model::{Batch, ChangeFreeze, Edit, Plan, PlanParts, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, FileState, Selection, Session, View};
use windowsill::store::{ProgramFolders, Recovery, RecoveryOwner, open};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);
const SHIFT_CTRL: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn screen(view: View) -> Screen {
    Screen::new(harbour::plan(), view)
}

/// A screen whose session has its own folders, and offers to recover what was left there.
fn screen_in(home: &Path) -> Screen {
    let folders = Some(ProgramFolders::inside(home));
    let mut session =
        Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(UtcMinute(30_064_920))), folders);
    session.mark_saved();
    session.offer_recovery();
    Screen::with_session(session)
}

fn in_folder() -> (TempDir, Screen) {
    let home = tempfile::tempdir().unwrap();
    let screen = screen_in(home.path());
    (home, screen)
}

fn rename(title: &str) -> Action {
    Action::Edit(Edit::SetTitle(title.to_owned()))
}

fn has_dialog(screen: &Screen) -> bool {
    screen.session(|session| session.dialogs.open.is_some())
}

fn title(screen: &Screen) -> String {
    screen.session(|session| session.plan().title().to_owned())
}

fn codes(screen: &Screen) -> Vec<&'static str> {
    screen.session(|session| session.findings().list.iter().map(|finding| finding.rule.code).collect())
}

#[test]
fn the_palette_runs_a_command_by_its_first_letters() {
    let mut screen = screen(YEAR);
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("mon all");
    screen.expect("All months, Command");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.navigation.view == View::Calendar(CalendarView::Months)));
    assert!(!has_dialog(&screen));
}

#[test]
fn what_the_palette_adds_or_shows_takes_the_keys() {
    let mut screen = screen(YEAR);
    let run = |screen: &mut Screen, words: &str| {
        screen.press_with(Modifiers::COMMAND, Key::K);
        screen.type_text(words);
        screen.press(Key::Enter);
    };
    let names = |screen: &Screen| {
        let windows = screen.session(|session| session.plan().windows().clone());
        windows.iter().map(|window| window.name.clone()).collect::<Vec<_>>()
    };
    run(&mut screen, "new window");
    screen.type_text("Mail");
    screen.press(Key::Enter);
    assert_eq!(names(&screen), ["Core DB patching", "Mail"], "the name is selected for typing");
    run(&mut screen, "filter calendar");
    screen.type_text("core");
    screen.expect("1 of 2 windows");
}

#[test]
fn the_palette_finds_occurrences_by_date() {
    let mut screen = screen(YEAR);
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("20 mar");
    screen.expect("Sat 20 Mar 2027, Day");
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    let expected = Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap());
    assert_eq!(screen.session(|session| session.navigation.selection.clone()), expected);
}

#[test]
fn escape_closes_the_palette_and_a_disabled_command_does_nothing() {
    let mut screen = screen(YEAR);
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("skip occ");
    screen.press(Key::Enter);
    assert!(has_dialog(&screen));
    screen.press(Key::Escape);
    assert!(!has_dialog(&screen));
}

#[test]
fn a_click_explains_a_finding_and_a_button_goes_there() {
    let mut screen = screen(View::Findings);
    let row = screen.name_of("F001, error");
    screen.click(&row);
    let explained =
        screen.session(|session| session.navigation.current_finding.as_ref().map(|it| it.finding.rule.code));
    assert_eq!(explained, Some("F001"));
    assert_eq!(screen.session(Session::view), View::Findings);
    screen.click("Go there");
    let expected = Selection::Occurrence("core-db".into(), "2027-12-18".parse().unwrap());
    assert_eq!(
        screen.session(|session| (session.navigation.view, session.navigation.selection.clone())),
        (View::Calendar(CalendarView::Rows), expected)
    );
}

#[test]
fn findings_of_one_cause_are_one_row_until_unfolded() {
    let mut parts = harbour::plan().to_parts();
    let freeze = parts.freezes.get(&"year-end".into()).unwrap();
    parts.freezes = parts.freezes.with(ChangeFreeze { first_on: "2027-07-01".parse().unwrap(), ..(**freeze).clone() });
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, View::Findings);
    screen.name_of("17 Jul 2027 falls in freeze");
    screen.click("Expand F001 6 occurrences");
    screen.expect("Collapse F001 6 occurrences");
}

#[test]
fn a_chip_and_words_narrow_the_findings_down() {
    let mut screen = screen(View::Findings);
    let chip = screen.name_of("Errors, ");
    screen.click(&chip);
    screen.name_of("F001, error");
    screen.write("Filter findings", "no such words");
    screen.expect("No match for these filters");
    screen.click("Show all");
    screen.name_of("F001, error");
}

#[test]
fn keys_walk_to_a_finding_and_fix_it() {
    let mut screen = screen(View::Findings);
    assert!(codes(&screen).contains(&"F001"));
    let first = codes(&screen)[0];
    assert_eq!(first, "F001", "the error is first");
    screen.press_with(Modifiers::COMMAND, Key::Period);
    assert!(!codes(&screen).contains(&"F001"), "{:?}", codes(&screen));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert!(codes(&screen).contains(&"F001"));
}

#[test]
fn the_fix_button_fixes() {
    let mut screen = screen(View::Findings);
    screen.click("Apply quick fix");
    assert!(!codes(&screen).contains(&"F001"));
}

#[test]
fn an_empty_plan_is_not_praised() {
    let plan = Plan::new("p".into(), "Empty", windowsill::model::Horizon::year(2027), "UTC");
    let screen = Screen::new(plan, View::Findings);
    screen.expect("Nothing to check yet");
    screen.absent("No findings");
}

#[test]
fn quitting_with_unsaved_changes_asks_and_escape_stays() {
    let (_home, mut screen) = in_folder();
    screen.perform(rename("Changed"));
    screen.press_with(Modifiers::COMMAND, Key::Q);
    screen.expect("Save Changed before quitting?");
    screen.press(Key::Escape);
    assert!(!has_dialog(&screen) && !screen.session(|session| session.desktop.may_close));
    screen.press_with(Modifiers::COMMAND, Key::Q);
    screen.click("Quit without saving");
    assert!(screen.session(|session| session.desktop.may_close));
}

#[test]
fn a_plan_is_saved_and_opened_through_the_path_field() {
    let (home, mut screen) = in_folder();
    let path = home.path().join("year.windowsill");
    screen.perform(rename("On disk"));
    screen.press_with(SHIFT_CTRL, Key::S);
    screen.enter("Path", &home.path().join("year").display().to_string());
    screen.finish_jobs();
    assert_eq!(open(&path).unwrap().plan.title(), "On disk");
    screen.perform(rename("Not on disk"));
    screen.press_with(Modifiers::COMMAND, Key::O);
    screen.enter("Path", &path.display().to_string());
    screen.finish_jobs();
    screen.expect("Save Not on disk before opening year.windowsill?");
    screen.click("Open without saving");
    screen.finish_jobs();
    assert_eq!(title(&screen), "On disk");
}

#[test]
fn another_file_is_replaced_only_after_confirmation() {
    let (home, mut screen) = in_folder();
    let path = home.path().join("other.ron");
    fs::write(&path, "precious").unwrap();
    screen.press_with(SHIFT_CTRL, Key::S);
    screen.enter("Path", &path.display().to_string());
    screen.finish_jobs();
    screen.expect("other.ron already exists and would be replaced.");
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    screen.click("Replace the file");
    screen.finish_jobs();
    assert_eq!(open(&path).unwrap().plan.title(), "Harbour Trust 2027");
}

#[test]
fn the_path_field_completes_from_the_folder() {
    let (home, mut screen) = in_folder();
    fs::write(home.path().join("plan-2027.ron"), "").unwrap();
    fs::write(home.path().join("plan-2028.windowsill"), "").unwrap();
    screen.press_with(Modifiers::COMMAND, Key::O);
    screen.write("Path", &home.path().join("pla").display().to_string());
    screen.expect("plan-2027.ron");
    screen.expect("plan-2028.windowsill");
    screen.click("Cancel");
    assert!(!has_dialog(&screen));
}

#[test]
fn an_import_is_previewed_with_its_warnings() {
    let (home, mut screen) = in_folder();
    let path = home.path().join("windows.csv");
    fs::write(&path, "name,date\nMail,2027-05-08\nMail,2029-05-12\n").unwrap();
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.expect("Import and widen the plan");
    screen.press(Key::Enter);
    assert_eq!(screen.session(|session| session.plan().windows().len()), 2);
}

#[test]
fn recovery_is_offered_and_enter_takes_it() {
    let home = tempfile::tempdir().unwrap();
    let rescued = Plan::from(PlanParts { title: "Rescued".to_owned(), ..harbour::plan().to_parts() });
    Recovery::new(&ProgramFolders::inside(home.path()).state, RecoveryOwner::Untitled("harbour".into()))
        .write(&rescued, None)
        .unwrap();
    let mut screen = screen_in(home.path());
    screen.expect("Recover unsaved changes?");
    screen.press(Key::Enter);
    assert_eq!(title(&screen), "Rescued");
    assert!(screen.session(Session::is_unsaved));
}

#[test]
fn recovery_files_are_kept_compared_and_deleted() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    let base = windowsill::store::save(&path, &harbour::plan(), None).unwrap().fingerprint;
    let rescued = Plan::from(PlanParts { title: "Rescued".to_owned(), ..harbour::plan().to_parts() });
    let state = ProgramFolders::inside(home.path()).state;
    Recovery::new(&state, RecoveryOwner::File(path)).write(&rescued, Some(base)).unwrap();
    let mut screen = screen_in(home.path());
    screen.expect("plan.ron");
    screen.expect_part("The plan file has not changed since.");
    screen.click("Decide later");
    assert!(!has_dialog(&screen));
    screen.click("Menu");
    screen.point_at("File");
    screen.point_at("Versions and changes by others");
    let command = screen.name_of("Recovery files");
    screen.click(&command);
    screen.click("Compare");
    assert_eq!((title(&screen).as_str(), screen.session(Session::view)), ("Rescued", View::Changes));
    drop(screen);
    let mut screen = screen_in(home.path());
    screen.click("Delete…");
    screen.expect("Delete the unsaved changes to plan.ron?");
    screen.click("Delete them");
    assert!(!has_dialog(&screen));
    drop(screen);
    assert!(!has_dialog(&screen_in(home.path())));
}

#[test]
fn the_plan_is_renamed_and_lengthened_in_its_settings() {
    let mut screen = screen(YEAR);
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.enter("Title", "Harbour 2027/28");
    assert_eq!(title(&screen), "Harbour 2027/28");
    screen.click("Two years");
    assert_eq!(screen.session(|session| session.plan().horizon().months), 24);
    screen.click("Time to roll back");
    screen.enter("Buffer", "20");
    assert_eq!(screen.session(|session| session.plan().policy().buffer_percent), 20);
    screen.press(Key::Escape);
    assert!(!has_dialog(&screen));
}

#[test]
fn escape_in_a_field_of_the_settings_restores_its_value_and_stays() {
    let mut screen = screen(YEAR);
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.write("Title", "Nothing");
    screen.press(Key::Escape);
    assert!(has_dialog(&screen));
    assert_eq!(title(&screen), "Harbour Trust 2027");
    screen.press(Key::Escape);
    assert!(!has_dialog(&screen));
}

#[test]
fn all_keys_are_listed_on_f1() {
    let mut screen = screen(YEAR);
    screen.press(Key::F1);
    screen.expect("On the board of groups");
    screen.press(Key::Escape);
    assert!(!has_dialog(&screen));
}

fn select_core_db(screen: &mut Screen) {
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
}

#[test]
fn three_minutes_for_a_phase_show_how_sure_the_fit_is() {
    let mut screen = screen(YEAR);
    select_core_db(&mut screen);
    screen.invoke("Duration");
    screen.enter("Patch a batch", "10m/12m/2h");
    screen.finish_jobs();
    screen.expect_part("Overruns in");
    screen.expect_part("Half need at most");
    assert!(codes(&screen).contains(&"B005"));
}

#[test]
fn batches_can_be_a_list_and_a_limit_says_how_often_the_play_stops() {
    let mut screen = screen(YEAR);
    select_core_db(&mut screen);
    screen.invoke("Scope");
    screen.invoke("How many hosts at a time");
    screen.invoke("growing");
    screen.enter("Sequential batches", "1, 4, 50 %");
    screen.enter("Most failed hosts of a batch", "10");
    screen.expect_part("of nights, if 5 % of hosts fail");
    let batch = screen.session(|session| session.schedule().windows[0].window.batch.clone());
    assert_eq!(Batch::read_list("1, 4, 50 %"), Ok(batch));
}

#[test]
fn the_point_of_no_return_shows_its_clock_time() {
    let mut screen = screen(YEAR);
    select_core_db(&mut screen);
    screen.invoke("Rollback");
    screen.enter("Point of no return after the start", "3h");
    screen.expect_part("Point of no return 01:00");
    screen.enter("Step of no return", "The schema is migrated");
    screen.expect_part("Point of no return 01:00 · The schema is migrated");
}

#[test]
fn the_zone_and_further_systems_of_a_window_are_found_by_words() {
    let mut screen = screen(YEAR);
    select_core_db(&mut screen);
    let window = |screen: &Screen| screen.session(|session| session.schedule().windows[0].window.clone());
    screen.invoke("Duration");
    screen.open_list("Zone");
    screen.enter("Search Zone", "new york");
    assert_eq!(window(&screen).zone.as_deref(), Some("America/New_York"));
    screen.absent("Search Zone");
    screen.invoke("Scope");
    let systems = window(&screen).systems.len();
    screen.open_list("Further systems");
    screen.enter("Search Further systems", "core");
    assert_eq!(window(&screen).systems.len(), systems + 1);
    screen.expect("Search Further systems");
}
