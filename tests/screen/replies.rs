//! Owners' replies on screen: dropped, chosen, previewed, imported and undone.

use std::path::PathBuf;

use egui::{Key, Modifiers};
use windowsill::import::Topic;
use windowsill::model::{BusinessArea, Edit, Subject};
use windowsill::session::{Action, CalendarView, Destination, Session, View};

use crate::common::invited;
use crate::driver::Screen;

fn screen() -> Screen {
    Screen::new(invited::invited(), View::Calendar(CalendarView::Planner))
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn answers(screen: &Screen) -> usize {
    screen.session(|session| session.plan().ledger().len())
}

#[test]
fn dropped_answers_are_listed_then_imported_as_one_step() {
    let mut screen = screen();
    let paths = ["replies/google.ics", "replies/outlook.eml", "import/Lummerland.ics"].map(fixture);
    screen.perform(Action::Drop(paths.to_vec()));
    screen.expect("Import 2 replies?");
    screen.expect("Next: Lummerland.ics");
    screen.click("Cancel");
    screen.finish_jobs();
    screen.perform(Action::Import(Some(Topic::Replies), paths.to_vec()));
    screen.expect("Import 2 replies?");
    screen.expect("Add to the ledger · 2");
    screen.expect("Core DB patching, Sat 16 Jan 2027 22:00 · Agreed");
    screen.expect("Not applied · 1");
    screen.expect("Not a reply: this is a calendar to subscribe to or import");
    screen.press(Key::Enter);
    assert_eq!(answers(&screen), 3);
    screen.expect("Imported 2 replies");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(answers(&screen), 0);
}

#[test]
fn a_folder_of_answers_is_chosen_by_its_path_and_a_second_time_holds_nothing_new() {
    let mut screen = screen();
    for _ in 0..2 {
        screen.press_with(Modifiers::COMMAND, Key::K);
        screen.type_text("folder of replies");
        screen.press(Key::Enter);
        screen.expect("Import a folder of replies");
        screen.write("Path", &format!("{}/", fixture("replies").display()));
        screen.press(Key::Enter);
        screen.finish_jobs();
        screen.press(Key::Enter);
    }
    assert_eq!(answers(&screen), 7);
    screen.perform(Action::Import(Some(Topic::Replies), vec![fixture("replies")]));
    screen.expect("Nothing to import");
    screen.expect("Already in the ledger · 5");
    screen.click("Close");
    screen.absent("Nothing to import");
}

#[test]
fn a_dropped_calendar_without_replies_may_hold_windows_holidays_or_freezes() {
    let mut screen = screen();
    screen.perform(Action::Drop(vec![fixture("import/Lummerland.ics")]));
    screen.expect("What does Lummerland.ics contain?");
    screen.click("Public holidays");
    screen.finish_jobs();
    screen.press(Key::Enter);
    screen.finish_jobs();
    assert_eq!(screen.session(|session| session.plan().holidays().len()), 1);
}

#[test]
fn a_drop_without_any_answer_in_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen();
    screen.perform(Action::Drop(vec![folder.path().to_owned()]));
    screen.expect_part("No replies in this folder");
}

#[test]
fn the_other_addresses_of_an_owner_are_shown_and_removed_in_the_form() {
    let plan = invited::invited();
    let area = plan.areas().as_slice()[0].clone();
    let id = area.id.clone();
    let aliased = BusinessArea { aliases: vec!["ann+x@bank.example".into()], ..BusinessArea::clone(&area) };
    let plan = plan.apply(&Edit::PutArea(aliased)).unwrap();
    let mut screen = Screen::new(plan, View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::Area(id.clone()))));
    let aliases = |session: &Session| session.plan().areas().get(&id).unwrap().aliases.clone();
    screen.write("Replies also from", "ANN+y@bank.example, ann");
    screen.press(Key::Enter);
    screen.expect_part("Invalid address \"ann\"");
    assert_eq!(screen.session(aliases), ["ann+x@bank.example"]);
    screen.write("Replies also from", "ANN+y@bank.example");
    screen.press(Key::Enter);
    assert_eq!(screen.session(aliases), ["ann+y@bank.example"]);
    screen.write("E-mail", "bo@bank.example");
    screen.press(Key::Enter);
    assert_eq!(screen.session(aliases), [""; 0], "they were those of the owner before");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.write("Replies also from", "");
    screen.press(Key::Backspace);
    screen.press(Key::Enter);
    assert_eq!(screen.session(aliases), [""; 0]);
}
