//! Date fields: a month to choose from, by pointer and by keys.

use egui::{Key, Modifiers};
use windowsill::model::Subject;
use windowsill::session::{Action, CalendarView, Destination, Selection, View};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);

/// A screen with the form of the freeze of 13 to 31 December 2027.
fn screen() -> Screen {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::Freeze("year-end".into()))));
    screen
}

fn days(screen: &Screen) -> (String, String) {
    screen.session(|session| {
        let freeze = session.plan().freezes().iter().next().unwrap();
        (freeze.first_on.to_string(), freeze.last_on.to_string())
    })
}

fn focused(screen: &Screen) -> String {
    screen.stop().map(|stop| stop.name).unwrap_or_default()
}

fn opened_by_keys(screen: &mut Screen, field: &str) {
    let text = screen.value_of_field(field);
    screen.write(field, &text);
    screen.press_with(Modifiers::ALT, Key::ArrowDown);
}

#[test]
fn a_day_is_chosen_from_a_month_with_the_keys_alone() {
    let mut screen = screen();
    opened_by_keys(&mut screen, "First day");
    screen.expect("December 2027");
    assert_eq!(focused(&screen), "Mon 13 Dec 2027 · Year end");
    for key in [Key::ArrowUp, Key::ArrowLeft, Key::PageUp, Key::ArrowRight] {
        screen.press(key);
    }
    screen.expect("November 2027");
    assert_eq!(days(&screen).0, "2027-12-13", "nothing changes before a day is chosen");
    screen.press(Key::Enter);
    assert_eq!(days(&screen), ("2027-11-06".to_owned(), "2027-12-31".to_owned()));
    screen.absent("November 2027");
    assert_eq!(focused(&screen), "First day", "the field has the focus again");
    assert_eq!(screen.value_of_field("First day"), "Sat 6 Nov 2027");
}

#[test]
fn the_keys_of_the_month_change_nothing_else() {
    let mut screen = screen();
    opened_by_keys(&mut screen, "First day");
    let keys = [Key::Home, Key::End, Key::PageDown, Key::ArrowDown, Key::Delete, Key::Escape];
    for key in keys {
        screen.press(key);
    }
    assert_eq!(days(&screen), ("2027-12-13".to_owned(), "2027-12-31".to_owned()));
    screen.absent("January 2028");
    assert_eq!(focused(&screen), "First day");
    assert!(screen.is_idle());
}

#[test]
fn a_day_that_a_field_rejects_cannot_be_chosen() {
    let mut screen = screen();
    screen.click("Last day: choose from a month (Alt+Down)");
    screen.click_button("Sun 12 Dec 2027");
    assert_eq!(days(&screen).1, "2027-12-31");
    screen.press_with(Modifiers::SHIFT, Key::PageUp);
    screen.expect("December 2026");
    screen.expect_part("The last day is before the first, Mon 13 Dec 2027");
    screen.press(Key::Enter);
    assert_eq!(days(&screen).1, "2027-12-31");
    screen.press_with(Modifiers::SHIFT, Key::PageDown);
    screen.click_button("Thu 23 Dec 2027 · Year end");
    assert_eq!(days(&screen), ("2027-12-13".to_owned(), "2027-12-23".to_owned()));
}

#[test]
fn a_month_shows_the_other_dates_of_the_selected_window_and_leaves_an_empty_field_empty() {
    let mut screen = Screen::new(harbour::plan(), YEAR);
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    let first = screen.session(|session| {
        let window = session.schedule().window(&"core-db".into()).unwrap();
        let from = "2027-03-01".parse().unwrap();
        window.expansion.occurrences.iter().map(windowsill::schedule::Occurrence::on).find(|on| *on >= from).unwrap()
    });
    opened_by_keys(&mut screen, "First date");
    screen.expect_part("Enter chooses");
    let name = screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().name.clone());
    let day = format!("{} · {name}", windowsill::wording::date(first));
    screen.expect_part(&day);
    screen.press(Key::Escape);
    assert_eq!(screen.value_of_field("First date"), "");
    screen.press_with(Modifiers::ALT, Key::ArrowDown);
    screen.press(Key::Enter);
    assert_eq!(screen.value_of_field("First date"), "Mon 1 Mar 2027", "today, where nothing is set");
}
