//! The year on screen: windows created, moved and undone; findings seen and fixed; by mouse and by keyboard alone.

use chrono::NaiveDate;
use egui::{Key, Modifiers};
use windowsill::model::{OccurrenceChange, WindowId};
use windowsill::session::{CalendarView, Selection, Session, View};

use crate::common::dates::date;
use crate::driver::Screen;

fn year() -> Screen {
    Screen::new(Session::sample_plan(), View::Calendar(CalendarView::Planner))
}

/// The window that was created last.
fn new_window(screen: &Screen) -> Option<NaiveDate> {
    screen.session(|session| {
        let window = session.schedule().windows.iter().find(|window| window.window.name == "New window")?;
        window.expansion.occurrences.first().map(windowsill::schedule::Occurrence::on)
    })
}

const CORE_DB: &str = "Core DB patching, Sat 27 Mar 2027 22:00, Production, rolls back by 23:45 GMT";

#[test]
fn a_window_is_created_on_a_day_dragged_to_another_and_undone() {
    let mut screen = year();
    screen.click("Thu 4 Feb 2027");
    screen.press(Key::Insert);
    assert_eq!(new_window(&screen), Some(date("2027-02-04")));
    screen.drag("New window, Thu 4 Feb 2027 22:00", "Fri 5 Feb 2027");
    assert_eq!(new_window(&screen), Some(date("2027-02-05")));
    let label = screen.session(|session| session.document.history().undo_label().map(str::to_owned));
    assert_eq!(label.as_deref(), Some("Move New window, 4 Feb"));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(new_window(&screen), Some(date("2027-02-04")));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(new_window(&screen), None);
}

#[test]
fn a_drag_that_ends_outside_the_days_changes_nothing() {
    let mut screen = year();
    let before = screen.session(|session| session.plan().clone());
    screen.drag(CORE_DB, "Findings");
    assert!(screen.session(|session| std::sync::Arc::ptr_eq(session.plan(), &before)));
}

#[test]
fn an_occurrence_is_moved_without_a_mouse() {
    let mut screen = year();
    screen.click("Fri 26 Mar 2027");
    screen.press(Key::ArrowDown);
    screen.press(Key::Space);
    let selected = screen.session(|session| session.navigation.selection.clone());
    assert_eq!(selected, Selection::Occurrence("core-db".into(), date("2027-03-20")));
    screen.press_with(Modifiers::ALT, Key::ArrowLeft);
    let moved =
        screen.session(|session| session.schedule().occurrence(&"core-db".into(), date("2027-03-20")).unwrap().1.on());
    assert_eq!(moved, date("2027-03-20"));
}

#[test]
fn arrow_keys_go_through_days_and_months() {
    let mut screen = year();
    screen.click("Wed 31 Mar 2027");
    for (key, day) in [(Key::ArrowDown, "2027-04-01"), (Key::ArrowRight, "2027-05-01"), (Key::ArrowUp, "2027-04-30")] {
        screen.press(key);
        assert_eq!(screen.session(|session| session.navigation.selection.clone()), Selection::Day(date(day)));
    }
    screen.press(Key::Enter);
    assert_eq!(
        screen.session(|session| session.navigation.view),
        View::Calendar(CalendarView::Month(date("2027-04-30")))
    );
    screen.press(Key::Escape);
    assert_eq!(screen.session(|session| session.navigation.view), View::Calendar(CalendarView::Planner));
}

#[test]
fn a_quick_fix_in_the_inspector_removes_the_finding() {
    let mut screen = year();
    screen.click(CORE_DB);
    let of_core_db = |session: &Session| {
        session
            .findings()
            .list
            .iter()
            .filter(|finding| finding.rule.code == "B001" && finding.window == Some("core-db".into()))
            .count()
    };
    assert_eq!(screen.session(of_core_db), 1);
    screen.click("Lengthen occurrence to 5 h");
    assert_eq!(screen.session(of_core_db), 0);
}

#[test]
fn an_occurrence_is_skipped_with_delete_and_restored_with_undo() {
    let mut screen = year();
    screen.click(CORE_DB);
    screen.press(Key::Delete);
    let change = |session: &Session| {
        session.plan().windows().get(&"core-db".into()).and_then(|window| window.exception(date("2027-03-20")).cloned())
    };
    assert!(matches!(screen.session(change).unwrap().change, OccurrenceChange::Skipped { .. }));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert!(matches!(screen.session(change).unwrap().change, OccurrenceChange::Moved { .. }));
}

#[test]
fn a_name_typed_in_the_inspector_is_one_step_of_undo() {
    let mut screen = year();
    screen.click(CORE_DB);
    screen.enter("Name", "Ledger patching");
    let name = |session: &Session| session.plan().windows().get(&"core-db".into()).unwrap().name.clone();
    assert_eq!(screen.session(name), "Ledger patching");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(screen.session(name), "Core DB patching");
}

#[test]
fn a_rule_in_words_becomes_the_rule_and_unknown_words_are_reported() {
    let mut screen = year();
    screen.click(CORE_DB);
    screen.enter("Rule in words", "last Friday");
    let words =
        |session: &Session| session.plan().rule_in_words(session.plan().windows().get(&"core-db".into()).unwrap());
    assert_eq!(screen.session(words), "Last Friday, every month");
    screen.enter("Rule in words", "whenever it suits");
    assert_eq!(screen.session(words), "Last Friday, every month");
    screen.expect_part("Invalid rule \"whenever it suits\"");
}

#[test]
fn an_idle_screen_asks_for_no_further_frame() {
    let screen = year();
    assert!(screen.is_idle(), "something repaints without a reason");
}

#[test]
fn a_draft_is_applied_when_something_else_is_clicked() {
    let mut screen = year();
    screen.click(CORE_DB);
    screen.write("Name", "Ledger patching");
    screen.click("Thu 4 Feb 2027");
    let name = |session: &Session| session.plan().windows().get(&"core-db".into()).unwrap().name.clone();
    assert_eq!(screen.session(name), "Ledger patching");
}

#[test]
fn a_window_is_created_and_named_without_a_mouse() {
    let mut screen = year();
    screen.press(Key::ArrowDown);
    screen.press(Key::Insert);
    screen.press(Key::F2);
    screen.press_with(Modifiers::COMMAND, Key::A);
    screen.type_text("HR portal");
    screen.press(Key::Enter);
    let name = |session: &Session| session.plan().windows().get(&WindowId::new("hr-portal")).unwrap().name.clone();
    assert_eq!(screen.session(name), "HR portal");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert!(new_window(&screen).is_some(), "one undo takes back the name and the id");
}
