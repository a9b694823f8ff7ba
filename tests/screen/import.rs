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
