//! Change freezes and accepted findings on screen: dragged, moved by keys, what they displace, what was accepted.

use egui::{Key, Modifiers};
use windowsill::checks::Severity;
use windowsill::model::{Ladder, Plan, Subject, SystemClass};
use windowsill::session::{Action, CalendarView, Destination, Selection, View};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);
const HANDLE: &str = "Freeze Year end, Mon 13 Dec 2027 to Fri 31 Dec 2027";

fn screen(view: View) -> Screen {
    Screen::new(harbour::plan(), view)
}

/// First and last day of the harbour's freeze.
fn days(screen: &Screen) -> (String, String) {
    screen.session(|session| {
        let freeze = session.plan().freezes().iter().next().unwrap();
        (freeze.first_on.to_string(), freeze.last_on.to_string())
    })
}

fn are(first: &str, last: &str) -> (String, String) {
    (first.to_owned(), last.to_owned())
}

fn undo_label(screen: &Screen) -> Option<String> {
    screen.session(|session| session.document.history().undo_label().map(str::to_owned))
}

fn open_errors(screen: &Screen) -> usize {
    screen.session(|session| session.findings().count(Severity::Error))
}

/// The code of the finding that the list begins with.
fn first_code(screen: &Screen) -> &'static str {
    screen.session(|session| session.findings().list[0].rule.code)
}

#[test]
fn a_freeze_is_dragged_by_its_name_in_one_step() {
    let mut screen = screen(YEAR);
    screen.drag(HANDLE, "Mon 20 Dec 2027");
    assert_eq!(days(&screen), are("2027-12-20", "2028-01-07"));
    assert_eq!(undo_label(&screen).as_deref(), Some("Move Year end, 13 Dec"));
    assert!(screen.session(|session| session.navigation.selection == Selection::Freeze("year-end".into())));
}

#[test]
fn a_day_typed_with_two_digits_of_the_year_is_in_this_century() {
    let mut screen = screen(YEAR);
    screen.perform(Action::Select(Selection::Freeze("year-end".into())));
    for (typed, first_on) in [("10.12.27", "2027-12-10"), ("11 Dec 27", "2027-12-11")] {
        screen.enter("First day", typed);
        assert_eq!(days(&screen), are(first_on, "2027-12-31"));
    }
    for typed in ["27-12-12", "0027-12-12", "2101-12-12"] {
        screen.enter("First day", typed);
        screen.expect(&format!(
            "Invalid date \"{typed}\": use a year from 1980 to 2100 with four digits, e.g. 2027-03-13"
        ));
        assert_eq!(days(&screen), are("2027-12-11", "2027-12-31"));
    }
}

#[test]
fn an_invalid_date_keeps_the_width_of_the_inspector() {
    let mut screen = screen(YEAR);
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    let fields = |screen: &Screen| ["First date", "Last date"].map(|name| screen.field_rect(name));
    let before = fields(&screen);
    screen.enter("First date", "sometime in the second week after the holidays");
    screen.expect_part("Invalid date \"sometime in");
    for (before, after) in before.into_iter().zip(fields(&screen)) {
        assert!((before.left() - after.left()).abs() < 4.0 && (before.width() - after.width()).abs() < 4.0);
    }
    assert!(screen.is_idle());
}

#[test]
fn a_freeze_is_dragged_by_any_of_its_days() {
    let mut screen = screen(YEAR);
    screen.drag("Wed 15 Dec 2027", "Thu 16 Dec 2027");
    assert_eq!(days(&screen), are("2027-12-14", "2028-01-01"));
}

#[test]
fn what_it_would_displace_is_shown_while_it_is_dragged() {
    let mut screen = screen(YEAR);
    screen.hold(HANDLE, "Fri 19 Nov 2027");
    screen.expect("1 occurrence of 1 window falls in this freeze");
    screen.expect("Core DB patching, Sat 20 Nov 2027");
    screen.expect("From Fri 19 Nov 2027 to Tue 7 Dec 2027 it would be:");
    screen.expect_part("Core DB patching, Sat 20 Nov 2027 → ");
    assert_eq!(days(&screen), are("2027-12-13", "2027-12-31"));
    screen.press(Key::Escape);
    screen.expect("Core DB patching, Sat 18 Dec 2027");
    assert_eq!(undo_label(&screen), None);
}

#[test]
fn keys_move_the_selected_freeze() {
    let mut screen = screen(YEAR);
    screen.click(HANDLE);
    screen.press_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(days(&screen), are("2027-12-14", "2028-01-01"));
    screen.press_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(days(&screen), are("2027-12-07", "2027-12-25"));
}

#[test]
fn the_panel_says_what_a_freeze_displaces_and_moves_it_out() {
    let mut screen = screen(YEAR);
    screen.click(HANDLE);
    screen.expect("1 occurrence of 1 window falls in this freeze");
    screen.expect("Core DB patching, Sat 18 Dec 2027");
    screen.click("Move to Sat 11 Dec 2027: Core DB patching, Sat 18 Dec 2027");
    screen.expect("No occurrence falls in this freeze");
}

#[test]
fn a_freeze_cannot_be_made_to_end_before_it_begins() {
    let mut screen = screen(YEAR);
    screen.click(HANDLE);
    screen.enter("Last day", "2027-12-01");
    screen.expect("The last day is before the first, Mon 13 Dec 2027");
    assert_eq!(days(&screen), are("2027-12-13", "2027-12-31"));
}

#[test]
fn a_finding_is_accepted_by_keys_and_opened_again() {
    let mut screen = screen(View::Findings);
    let (errors, code) = (open_errors(&screen), first_code(&screen));
    screen.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    screen.expect(&format!("Accept {code}"));
    screen.type_text("Vendor is on site");
    screen.enter("Name", "Ann Smith");
    let accepted = screen.session(|session| session.findings().accepted_count());
    assert_eq!((accepted > 0, open_errors(&screen)), (true, errors - accepted));
    assert_eq!(undo_label(&screen), Some(format!("Accept {code}")));
    assert_eq!(screen.session(|session| session.settings.answers.clone()), "Ann Smith");
    screen.expect(&format!("{accepted} accepted"));
    let row = screen.name_of("accepted, Vendor is on site · Ann Smith until Sat 18 Dec 2027");
    screen.perform(Action::Show(View::Findings));
    screen.expect(&row);
    screen.press(Key::End);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(open_errors(&screen), errors);
}

#[test]
fn nothing_is_accepted_without_a_reason_and_a_name() {
    let mut screen = screen(View::Findings);
    screen.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    screen.write("Reason", "Because");
    screen.click("Accept");
    screen.press(Key::Enter);
    screen.expect(&format!("Accept {}", first_code(&screen)));
    screen.press(Key::Escape);
    assert_eq!(screen.session(|session| session.findings().accepted_count()), 0);
}

#[test]
fn a_group_is_shown_on_the_board_of_its_ladder() {
    let mut parts = harbour::plan().to_parts();
    let desktops = Ladder {
        id: "a".into(),
        name: "Desktops".into(),
        class: SystemClass::Desktop,
        release: None,
        groups: Vec::new(),
    };
    parts.ladders = parts.ladders.with(desktops);
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, View::Groups);
    screen.absent("Settings of Production");
    screen.perform(Action::Reveal(Destination::Subject(Subject::Group("production".into()))));
    screen.expect("Settings of Production");
}
