//! The agenda: what comes from today on, day by day; selection, keys, filter.

use egui::{Key, Modifiers};
use windowsill::session::{Action, CalendarView, FilterStep, Selection, Session, View, WindowFilter};

use crate::common::dates::date;
use crate::driver::Screen;

const AGENDA: View = View::Calendar(CalendarView::Agenda);

fn agenda() -> Screen {
    Screen::new(Session::sample_plan(), AGENDA)
}

fn selected_on(screen: &Screen) -> chrono::NaiveDate {
    screen.session(|session| match session.selection() {
        Selection::Occurrence(window, on) => session.schedule().occurrence(window, *on).unwrap().1.on(),
        other => panic!("{other:?}"),
    })
}

#[test]
fn it_lists_what_comes_from_today_on() {
    let mut screen = agenda();
    assert!(screen.rect_of_first("Wed 3 Mar 2027, ").is_some());
    assert!(screen.rect_of_first("Container platform, Wed 3 Mar 2027").is_some());
    let is_february = |screen: &Screen| screen.rect_of_first("Wed 17 Feb 2027, ").is_some();
    assert!(!is_february(&screen));
    screen.tick("Dates before today");
    screen.perform(Action::Select(Selection::Day(date("2027-02-17"))));
    assert!(is_february(&screen));
}

#[test]
fn keys_go_through_occurrences_and_open_the_day() {
    let mut screen = Screen::new(Session::sample_plan(), View::Findings);
    screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::A);
    assert_eq!(screen.session(Session::view), AGENDA);
    let mut last = date("2027-03-01");
    for _ in 0..30 {
        screen.press(Key::ArrowDown);
        let on = selected_on(&screen);
        assert!(on >= last, "{on} after {last}");
        last = on;
    }
    assert!(last > date("2027-03-14"), "{last}");
    screen.press(Key::ArrowUp);
    let on = selected_on(&screen);
    screen.press(Key::Enter);
    assert_eq!(screen.session(Session::view), View::Calendar(CalendarView::Day(on)));
}

#[test]
fn a_click_selects_and_an_earlier_selection_is_shown() {
    let mut screen = agenda();
    let name = screen.name_of("Container platform, Wed 3 Mar 2027");
    screen.click(&name);
    let window = "container-platform".into();
    assert_eq!(
        screen.session(|session| session.selection().clone()),
        Selection::Occurrence(window, date("2027-03-03"))
    );
    screen.perform(Action::Select(Selection::Occurrence("container-platform".into(), date("2027-01-20"))));
    assert!(screen.rect_of_first("Container platform, Wed 20 Jan 2027").is_some());
}

#[test]
fn it_is_filtered() {
    let mut screen = agenda();
    let filter = WindowFilter { text: "core db".to_owned(), ..WindowFilter::default() };
    screen.perform(Action::Filter(FilterStep::Set(filter)));
    assert!(screen.rect_of_first("Core DB patching, Sat 27 Mar 2027").is_some());
    assert!(screen.rect_of_first("Container platform, Wed 3 Mar 2027").is_none());
}
