//! The changes on screen: what to compare with, the list, who must be notified, export.

use std::path::PathBuf;

use egui::{Key, Modifiers};
use windowsill::model::{BusinessArea, Edit, Plan, PlanParts};
use windowsill::output::Order;
use windowsill::session::{Action, CalendarView, Command, ComparisonBasis, Selection, View};
use windowsill::store;

use crate::common::dates::moved;
use crate::common::harbour;
use crate::driver::Screen;

/// The harbour's plan with an owner who can be written to.
fn plan() -> Plan {
    let payments = BusinessArea {
        name: "Payments".into(),
        owner: "A. Osei".into(),
        email: "osei@bank.example".into(),
        ..BusinessArea::default()
    };
    Plan::from(PlanParts { areas: [payments].into_iter().collect(), ..harbour::plan().to_parts() })
}

/// A folder with the plan as it was.
fn earlier() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("earlier.ron");
    store::save(&path, &plan(), None).unwrap();
    (folder, path)
}

/// The plan with 20 March moved to 5 March, which is too late to tell, compared with the file.
fn compared(path: PathBuf) -> Screen {
    let mut screen = Screen::new(plan(), View::Calendar(CalendarView::Planner));
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-05")));
    screen.perform(Action::Compare(ComparisonBasis::File(path)));
    screen
}

const LATE: &str = "Core DB patching, Moved, 15 days earlier, \
                    Sat 20 Mar 2027 22:00 – 02:00 → Fri 5 Mar 2027 22:00 – 02:00, 3 days too late";

#[test]
fn without_a_choice_the_view_says_what_it_is_for() {
    let mut screen = Screen::new(plan(), View::Calendar(CalendarView::Planner));
    screen.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    assert_eq!(screen.session(|session| session.navigation.view), View::Changes);
    screen.expect("Compare the plan with what?");
    assert!(screen.session(|session| !session.is_enabled(Command::ExportChanges)));
    assert!(screen.is_idle());
}

#[test]
fn an_earlier_file_is_asked_for_and_its_differences_are_listed_with_whom_to_tell() {
    let (_folder, path) = earlier();
    let mut screen = Screen::new(plan(), View::Changes);
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-05")));
    screen.click("Compare with an earlier file…");
    screen.enter("Path", &path.display().to_string());
    screen.finish_jobs();
    screen.expect("1 moved; 1 owner must be notified; 1 with too little notice");
    screen.expect(LATE);
    for words in ["Owners to notify", "A. Osei", "osei@bank.example", "Payments", "1 date too late"] {
        screen.expect(words);
    }
}

#[test]
fn a_file_without_a_plan_cannot_be_compared_and_says_why() {
    let (folder, _) = earlier();
    let path = folder.path().join("notes.ron");
    std::fs::write(&path, "no plan").unwrap();
    let mut screen = compared(path.clone());
    screen.expect_part("notes.ron");
    assert!(screen.session(|session| session.comparing.comparison.is_none()
        && session.messages.last().is_some_and(windowsill::session::Message::is_error)));
    screen.perform(Action::Compare(ComparisonBasis::File(folder.path().join("missing.ron"))));
    assert!(screen.session(|session| session.comparing.comparison.is_none()));
}

#[test]
fn the_comparison_follows_the_plan() {
    let (_folder, path) = earlier();
    let mut screen = compared(path);
    screen.expect(LATE);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.absent(LATE);
    screen.expect("No differences");
    screen.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    screen.expect(LATE);
}

#[test]
fn a_click_goes_to_the_occurrence_and_so_does_enter() {
    let (_folder, path) = earlier();
    let mut screen = compared(path);
    let selected = Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap());
    screen.click(LATE);
    assert_eq!(screen.session(|session| session.navigation.selection.clone()), selected);
    screen.perform(Action::Select(Selection::Nothing));
    screen.perform(Action::Show(View::Changes));
    for key in [Key::ArrowUp, Key::ArrowUp, Key::ArrowDown, Key::Enter] {
        screen.press(key);
    }
    assert_eq!(screen.session(|session| session.navigation.selection.clone()), selected);
}

#[test]
fn a_window_folds_by_key_and_by_click() {
    let (_folder, path) = earlier();
    let mut screen = compared(path);
    let window = "Core DB patching: 1 of 12 dates 15 days earlier, 1 with too little notice";
    screen.click(window);
    screen.absent(LATE);
    screen.press(Key::ArrowRight);
    screen.expect(LATE);
    screen.press(Key::ArrowLeft);
    screen.absent(LATE);
}

#[test]
fn a_filter_leaves_the_changes_of_its_kind() {
    let (_folder, path) = earlier();
    let mut screen = compared(path);
    screen.perform(Action::Edit(Edit::SetTitle("Port".into())));
    screen.perform(Action::Show(View::Changes));
    screen.expect("Plan: Title Harbour Trust 2027 → Port");
    screen.click("Breaks notice, 1");
    screen.absent("Plan: Title Harbour Trust 2027 → Port");
    screen.expect(LATE);
    screen.click("Records, 1");
    screen.absent(LATE);
    screen.click("Records, 1");
    screen.expect(LATE);
}

#[test]
fn the_saved_plan_stays_the_basis_after_the_next_save() {
    let (folder, _) = earlier();
    let mut screen = Screen::new(plan(), View::Changes);
    assert!(screen.session(|session| !session.is_enabled(Command::CompareWithSaved)));
    screen.perform(Action::SaveAs(folder.path().join("plan.ron")));
    screen.perform(Action::Run(Command::CompareWithSaved));
    screen.expect("No differences");
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-05")));
    screen.expect(LATE);
    screen.perform(Action::Run(Command::Save));
    screen.expect("No differences");
}

#[test]
fn what_was_sent_is_compared_with_one_click() {
    let mut screen = Screen::new(plan(), View::Changes);
    screen.click("Compare with what was sent");
    screen.expect("10 added; 1 owner must be notified");
    let sent = screen.session(|session| {
        let letters = windowsill::schedule::agreement::outbox::due(session.schedule(), session.today());
        letters.into_iter().map(|letter| letter.sent).collect::<Vec<_>>()
    });
    screen.perform(Action::Edit(Edit::NoteSent(sent)));
    screen.expect("Owners have the current plan");
}

#[test]
fn the_ending_of_the_file_decides_how_changes_are_written() {
    let (folder, path) = earlier();
    let mut screen = compared(path);
    for (name, begins) in
        [("c.html", "<!DOCTYPE html>"), ("c.md", "# Changes"), ("c.txt", "Changes of"), ("c.json", "{")]
    {
        let path = folder.path().join(name);
        screen.perform(Action::Export(Order::changes(), path.clone()));
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.starts_with(begins) && text.contains("Core DB patching"), "{text}");
    }
}
