//! Printing on screen: what, for which nights, in which form, to which file or folder.

use std::fs;

use chrono::NaiveDate;
use egui::Key;
use windowsill::export::paper::Paper;
use windowsill::export::print::{ChecklistFilter, Form, PrintOrder, PrintSubject};
use windowsill::output::Order;
use windowsill::session::{Action, CalendarView, Command, Dialog, PathRequest, Selection, View};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);

fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn printing(command: Command) -> Screen {
    let mut screen = Screen::new(harbour::plan(), YEAR);
    screen.perform(Action::Run(command));
    screen
}

fn ordered(screen: &Screen) -> PrintOrder {
    match screen.session(|session| session.dialogs.open.clone()) {
        Some(Dialog::Print(order)) => order,
        other => panic!("{other:?} is not an order"),
    }
}

#[test]
fn the_checklist_of_the_selected_night_is_printed_as_its_ending_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::new(harbour::plan(), YEAR);
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), on(3, 20))));
    screen.perform(Action::Run(Command::Print));
    screen.expect_part("What the team needs on the night");
    screen.expect("Core DB patching, Sat 20 Mar 2027");
    screen.press(Key::Enter);
    let asked = screen.session(|session| session.dialogs.open.clone());
    let Some(Dialog::Path(PathRequest::Export { order, name })) = asked else { panic!("{asked:?}") };
    assert!(name.starts_with("core-db-patching-2027-03-20."), "{name}");
    let path = folder.path().join("night.md");
    screen.perform(Action::Export(order, path.clone()));
    assert!(fs::read_to_string(path).unwrap().starts_with("# Core DB patching"));
    screen.expect("Saved night.md");
}

#[test]
fn choices_that_leave_no_night_offer_no_file() {
    let mut screen = printing(Command::Print);
    screen.expect_part("One checklist for each date that matches");
    let PrintSubject::Checklists(filter) = ordered(&screen).what else { panic!("checklists are the usual subject") };
    assert_eq!((filter.from.is_some(), filter.to.is_some()), (true, true));
    let none = ChecklistFilter { from: Some(on(12, 30)), to: Some(on(12, 30)), ..ChecklistFilter::default() };
    screen.perform(Action::OrderPrint(PrintOrder { what: PrintSubject::Checklists(none), ..ordered(&screen) }));
    screen.expect("No occurrence matches these choices");
    screen.absent("Choose a file…");
}

#[test]
fn many_nights_become_a_file_each_in_a_folder_and_other_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = printing(Command::Print);
    screen.click("One file each, in a folder");
    screen.expect("Choose a folder…");
    let filter = ChecklistFilter { window: Some("core-db".into()), ..ChecklistFilter::default() };
    let order = PrintOrder { what: PrintSubject::Checklists(filter), form: Form::Text, ..ordered(&screen) };
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    screen.perform(Action::Export(Order::Print(order), folder.path().to_owned()));
    assert!(folder.path().join("2027-03-20-core-db-patching.txt").exists());
    assert_eq!(fs::read_to_string(folder.path().join("mine.txt")).unwrap(), "mine");
    screen.expect_part(" files in ");
}

#[test]
fn planner_year_and_board_sheet_are_ordered_from_the_palette_on_their_own_papers() {
    let screen = printing(Command::PrintPlanner);
    assert_eq!(ordered(&screen).paper, Paper::A3);
    screen.expect_part("readable in black and white");
    let mut screen = printing(Command::PrintYear);
    assert_eq!(ordered(&screen).paper, Paper::A4);
    screen.click("Paper size");
    screen.click("Letter");
    assert_eq!(ordered(&screen).paper, Paper::Letter);
    // The next sheet of that size is on the same paper, and a planner never.
    screen.perform(Action::Run(Command::PrintCab));
    assert_eq!((ordered(&screen).paper, ordered(&screen).what), (Paper::Letter, PrintSubject::Cab { weeks: 4 }));
    screen.perform(Action::Run(Command::PrintPlanner));
    assert_eq!(ordered(&screen).paper, Paper::A3);
    screen.press(Key::Escape);
    assert!(screen.session(|session| session.dialogs.open.is_none()));
}

#[test]
fn the_plan_itself_is_never_printed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = printing(Command::PrintPlanner);
    let path = folder.path().join("plan.ron");
    screen.perform(Action::SaveAs(path.clone()));
    let before = fs::read(&path).unwrap();
    screen.perform(Action::Run(Command::PrintPlanner));
    screen.perform(Action::Export(Order::Print(ordered(&screen)), path.clone()));
    screen.expect_part("writing here would destroy it");
    assert_eq!(fs::read(&path).unwrap(), before);
}
