//! Menus, new records and the keys between views, as a person without a mouse or with a small window uses them.

use egui::{Key, Modifiers};
use windowsill::session::{Action, CalendarView, Selection, Session, View};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);
const SHIFT_CTRL: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn screen(view: View) -> Screen {
    Screen::new(harbour::plan(), view)
}

#[test]
fn every_command_of_the_file_menu_is_inside_a_small_window() {
    let mut screen = screen(YEAR);
    screen.click("Menu");
    screen.point_at("File");
    assert!(screen.bottom_of("Quit") < 600.0, "{}", screen.bottom_of("Quit"));
    screen.point_at("Import");
    assert!(screen.bottom_of("Import holidays…") < 600.0);
}

#[test]
fn a_menu_scrolls_in_a_window_that_is_lower() {
    let mut screen = screen(YEAR);
    // 1024 × 700 at twice the size.
    screen.resize(512.0, 350.0);
    screen.click("Menu");
    screen.point_at("File");
    screen.scroll_at("Save as…", -900.0);
    assert!(screen.bottom_of("Quit") < 350.0, "{}", screen.bottom_of("Quit"));
}

#[test]
fn a_new_window_can_be_named_at_once() {
    let mut screen = screen(YEAR);
    let names = |screen: &Screen| -> Vec<String> {
        screen.session(|session| session.plan().windows().iter().map(|window| window.name.clone()).collect())
    };
    screen.press_with(SHIFT_CTRL, Key::N);
    screen.type_text("Firewalls");
    screen.press(Key::Enter);
    assert!(names(&screen).contains(&"Firewalls".to_owned()), "{:?}", names(&screen));
}

#[test]
fn a_new_system_can_be_named_at_once() {
    let mut screen = screen(View::Lists);
    screen.click("New");
    screen.type_text("Mail gateway");
    screen.press(Key::Enter);
    let is_there = |session: &Session| session.plan().systems().iter().any(|system| system.name == "Mail gateway");
    assert!(screen.session(is_there));
}

#[test]
fn the_keys_of_the_year_work_after_tab_in_another_view() {
    let mut screen = screen(View::Lists);
    for _ in 0..4 {
        screen.press(Key::Tab);
    }
    screen.press_with(Modifiers::COMMAND, Key::Num1);
    screen.press(Key::ArrowDown);
    let has_moved = |session: &Session| matches!(session.navigation.selection, Selection::Occurrence(..));
    assert!(screen.session(has_moved));
}

#[test]
fn escape_dismisses_an_error_and_the_next_error_replaces_it() {
    let mut screen = screen(YEAR);
    for name in ["first", "second"] {
        screen.perform(Action::Import(None, vec![format!("/nowhere/{name}.csv").into()]));
    }
    let errors = |screen: &Screen| {
        screen.session(|session| session.messages.iter().filter(|message| message.is_error()).count())
    };
    assert_eq!(errors(&screen), 1);
    screen.press(Key::Escape);
    assert_eq!(errors(&screen), 0);
}

#[test]
fn a_row_of_options_is_one_stop_in_which_the_arrow_keys_choose() {
    let mut screen = screen(YEAR);
    let focused = |screen: &Screen| screen.stop().map(|stop| stop.name).unwrap_or_default();
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.press(Key::Tab);
    assert_eq!(focused(&screen), "Plan");
    screen.press(Key::Tab);
    assert_eq!(focused(&screen), "Title");
    screen.press_with(Modifiers::SHIFT, Key::Tab);
    for (key, page) in [(Key::ArrowRight, "Deadlines"), (Key::End, "Recording"), (Key::Home, "Plan")] {
        screen.press(key);
        assert_eq!(focused(&screen), page);
    }
    screen.expect("Title");
    screen.press(Key::ArrowLeft);
    assert_eq!(focused(&screen), "Plan", "there is none before it");
}
