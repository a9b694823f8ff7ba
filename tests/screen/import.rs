//! Imports on screen: what is dropped is recognised, options refresh the preview, and unknown files are explained.

use std::fs;
use std::path::PathBuf;

use egui::{Key, Modifiers};
use tempfile::TempDir;
use windowsill::import::Topic;
use windowsill::session::{Action, CalendarView, Command, QuestionAnswer, View};

use crate::common::harbour;
use crate::driver::Screen;

const CALENDAR: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nDTSTART:20270313T220000\nEND:VEVENT\nEND:VCALENDAR\n";

/// A screen, and a file of that name to import.
fn screen_with(name: &str, content: impl AsRef<[u8]>) -> (TempDir, Screen, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(name);
    fs::write(&path, content).unwrap();
    (home, Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner)), path)
}

fn windows(screen: &Screen) -> usize {
    screen.session(|session| session.plan().windows().len())
}

#[test]
fn options_refresh_the_preview_and_the_import_is_one_step() {
    let (_home, mut screen, path) = screen_with("list.csv", "name,date\nMail,2027-05-08\nMail,2027-05-15\n");
    let before = windows(&screen);
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.expect("Import 1 window with 2 dates?");
    screen.expect("2 rows have no start or no duration: 22:00 and 4 h are used instead");
    screen.write("Start", "20:30");
    screen.press(Key::Enter);
    screen.write("Duration", "3h");
    screen.press(Key::Enter);
    screen.finish_jobs();
    screen.absent("2 rows have no start or no duration: 22:00 and 4 h are used instead");
    screen.click("Import");
    let (start, duration) = screen.session(|session| {
        let window = session.plan().windows().iter().find(|window| window.name == "Mail").unwrap();
        (window.start.to_string(), window.duration.0)
    });
    assert_eq!((start.as_str(), duration, windows(&screen)), ("20:30:00", 180, before + 1));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(windows(&screen), before);
}

#[test]
fn an_option_that_cannot_be_understood_says_what_to_write() {
    let (_home, mut screen, path) = screen_with("list.csv", "name,date\nMail,2027-05-08\n");
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.write("Start", "late");
    screen.press(Key::Enter);
    screen.expect("Invalid time of day \"late\": use e.g. 22:00");
}

#[test]
fn dropped_files_are_recognised_by_their_content() {
    for name in ["windows.tsv", "windows.ical", "windows"] {
        let (_home, mut screen, path) = screen_with(name, "name\tdate\nMail\t2027-05-08\n");
        screen.perform(Action::Drop(vec![path]));
        screen.expect("Import 1 window with 1 date?");
    }
    for name in ["freezes.ical", "freezes.ifb", "freezes.txt"] {
        let (_home, mut screen, path) = screen_with(name, CALENDAR);
        screen.perform(Action::Drop(vec![path]));
        screen.expect(&format!("What does {name} contain?"));
        screen.click("Change freezes");
        screen.finish_jobs();
        screen.expect("Import 1 change freeze?");
    }
}

#[test]
fn a_dropped_plan_is_opened() {
    let plan = include_str!("../../assets/sample.ron");
    let (_home, mut screen, path) = screen_with("sample.txt", plan);
    screen.perform(Action::Drop(vec![path]));
    // The plan that was open has never been saved.
    screen.perform(Action::Answer(QuestionAnswer::Other));
    assert_eq!(screen.session(|session| session.plan().title().to_owned()), "Harbour Trust — 2027");
}

#[test]
fn a_dropped_file_that_nobody_recognises_says_what_is_expected() {
    let (_home, mut screen, path) = screen_with("notes.txt", "Call Ann about the freeze\n");
    screen.perform(Action::Drop(vec![path]));
    screen.expect_part("Unknown file content. Expected a table of windows with the columns name and date (CSV, Excel)");
}

#[test]
fn each_topic_has_a_command_with_its_name() {
    for topic in Topic::ALL {
        let name = topic.words().command;
        assert!(Command::all().any(|command| command.name() == name), "no command {name}");
    }
}

#[test]
fn columns_with_unknown_titles_are_assigned_on_screen_and_remembered() {
    let table = "Was;Wann;Notiz\nMail;03/05/2027;x\n";
    let (home, mut screen, path) = screen_with("list.csv", table);
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.expect("Choose the columns that hold name, and date, start or rule.");
    screen.invoke("Column A, Was");
    screen.click("Name (required)");
    screen.finish_jobs();
    screen.expect("Choose the column that holds date, start or rule.");
    screen.invoke("Column B, Wann");
    screen.click("Date (required)");
    screen.finish_jobs();
    screen.expect("Nothing is imported until you have chosen.");
    screen.invoke("Order of 03/05/2027 in column B");
    screen.click("day first: Mon 3 May 2027");
    screen.finish_jobs();
    screen.expect("Import 1 window with 1 date?");
    screen.expect("Mon 3 May 2027 · 22:00 for 4 h");
    screen.click("Import");
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 1);
    let next = home.path().join("next.csv");
    fs::write(&next, "Was;Wann;Notiz\nWeb;04/05/2027;x\n").unwrap();
    screen.perform(Action::Import(Some(Topic::Windows), vec![next]));
    screen.expect("The columns are assigned as in an earlier import of a table with these titles.");
    screen.expect("Tue 4 May 2027 · 22:00 for 4 h");
    screen.click("Forget");
    screen.finish_jobs();
    screen.expect("Choose the columns that hold name, and date, start or rule.");
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 0);
    screen.click("Close");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 1);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 0, "one step with the import");
}

#[test]
fn a_dropped_table_with_unknown_titles_asks_what_it_contains() {
    let (_home, mut screen, path) = screen_with("list.csv", "Was;Wann;Wo\nMail;2027-05-08;x\n");
    screen.perform(Action::Drop(vec![path]));
    screen.expect("What does list.csv contain?");
    screen.click("Public holidays");
    screen.finish_jobs();
    screen.expect("Choose the columns that hold date, and name.");
}
