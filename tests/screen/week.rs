//! The week and the day: nights from noon to noon, keys, clicks, filter, clock changes; Today on every page.

use chrono::NaiveDate;
use egui::{Key, Modifiers};
use windowsill::session::{Action, CalendarView, Command, FilterStep, Selection, Session, View, WindowFilter};

use crate::common::dates::date;
use crate::driver::Screen;

fn page(page: CalendarView) -> View {
    View::Calendar(page)
}

fn week(on: &str) -> Screen {
    Screen::new(Session::sample_plan(), page(CalendarView::Week(date(on))))
}

fn day(on: &str) -> Screen {
    Screen::new(Session::sample_plan(), page(CalendarView::Day(date(on))))
}

fn selection(screen: &Screen) -> Selection {
    screen.session(|session| session.selection().clone())
}

fn shown_dates(screen: &Screen) -> Option<(NaiveDate, NaiveDate)> {
    screen.session(|session| match session.view() {
        View::Calendar(page) => page.dates(),
        other => panic!("{other:?}"),
    })
}

#[test]
fn a_week_shows_seven_nights_with_their_windows() {
    let screen = week("2027-03-17");
    for (night, windows) in [("Mon 15", "1 window"), ("Wed 17", "2 windows"), ("Fri 19", "0 windows"), ("Sun 21", "1")]
    {
        screen.expect_part(&format!("Night of {night} Mar 2027, {windows}"));
    }
    // Work that begins on Wednesday morning is in the night of Tuesday.
    let (tuesday, wednesday) = (screen.rect_of("Night of Tue 16"), screen.rect_of("Night of Wed 17"));
    let platform = screen.rect_of_first("Container platform, Wed 17 Mar 2027 09:00").unwrap();
    let mailboxes = screen.rect_of_first("Mailboxes, Wed 17 Mar 2027 20:00").unwrap();
    assert!(tuesday.contains_rect(platform), "{tuesday:?} {platform:?}");
    assert!(wednesday.contains_rect(mailboxes), "{wednesday:?} {mailboxes:?}");
    assert!(mailboxes.width() >= screen.text_width("Mailboxes 20:00 – 00:00", 11.0));
}

#[test]
fn a_night_in_which_the_clocks_change_has_23_or_25_hours() {
    let spring = week("2027-03-27").name_of("Night of Sat 27 Mar 2027");
    assert!(spring.ends_with("Clocks go forward: 01:00 GMT is 02:00 BST, 23 hours"), "{spring}");
    let autumn = week("2027-10-30").name_of("Night of Sat 30 Oct 2027");
    assert!(autumn.ends_with("Clocks go back: 02:00 BST is 01:00 GMT, 25 hours"), "{autumn}");
}

#[test]
fn the_keys_of_the_week() {
    let mut screen = Screen::new(Session::sample_plan(), View::Findings);
    screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::B);
    assert_eq!(shown_dates(&screen), Some((date("2027-03-01"), date("2027-03-07"))));
    screen.press(Key::PageDown);
    screen.press(Key::PageDown);
    assert_eq!(shown_dates(&screen), Some((date("2027-03-15"), date("2027-03-21"))));
    screen.press(Key::ArrowRight);
    assert_eq!(selection(&screen), Selection::Occurrence("desktops-pilot".into(), date("2027-03-15")));
    screen.press(Key::ArrowRight);
    assert_eq!(selection(&screen), Selection::Occurrence("container-platform".into(), date("2027-03-17")));
    screen.press(Key::ArrowDown);
    assert_eq!(selection(&screen), Selection::Day(date("2027-03-17")), "the night after that of Tuesday");
    screen.press(Key::ArrowLeft);
    assert_eq!(selection(&screen), Selection::Occurrence("container-platform".into(), date("2027-03-17")));
    screen.press(Key::Escape);
    screen.press(Key::PageUp);
    screen.press(Key::ArrowUp);
    assert_eq!(selection(&screen), Selection::Day(date("2027-03-07")));
    assert_eq!(shown_dates(&screen), Some((date("2027-03-01"), date("2027-03-07"))), "the page follows");
    screen.press(Key::Enter);
    assert_eq!(screen.session(Session::view), page(CalendarView::Day(date("2027-03-07"))));
}

#[test]
fn the_week_turns_to_what_was_selected_or_moved() {
    let mut screen = week("2027-03-17");
    let earlier = Selection::Occurrence("container-platform".into(), date("2027-01-20"));
    screen.perform(Action::Select(earlier));
    screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::B);
    assert!(screen.rect_of_first("Container platform, Wed 20 Jan 2027").is_some());
    screen.press_with(Modifiers::ALT, Key::ArrowRight);
    assert!(screen.rect_of_first("Container platform, Wed 27 Jan 2027").is_some(), "a week later");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.click("Previous week (Page Up)");
    assert!(screen.rect_of_first("Container platform, Wed 20 Jan 2027").is_some());
}

#[test]
fn the_week_is_filtered() {
    let mut screen = week("2027-03-17");
    let filter = WindowFilter { text: "mailboxes".to_owned(), ..WindowFilter::default() };
    screen.perform(Action::Filter(FilterStep::Set(filter)));
    screen.expect_part("Night of Wed 17 Mar 2027, 1 window");
    assert!(screen.rect_of_first("Container platform").is_none());
}

#[test]
fn today_is_shown_on_every_page() {
    let (today, far) = (date("2027-03-01"), date("2027-09-15"));
    let pages = [
        CalendarView::Rows,
        CalendarView::Planner,
        CalendarView::Months,
        CalendarView::Month(far),
        CalendarView::Week(far),
        CalendarView::Day(far),
        CalendarView::Agenda,
    ];
    for each in pages {
        let mut screen = Screen::new(Session::sample_plan(), page(each));
        screen.press_with(Modifiers::COMMAND, Key::Home);
        assert_eq!(selection(&screen), Selection::Day(today), "{each:?}");
        if let Some((first, last)) = shown_dates(&screen) {
            assert!(first <= today && today <= last, "{each:?} shows {first} to {last}");
        }
        let kind = |view: View| std::mem::discriminant(&view);
        assert_eq!(kind(screen.session(Session::view)), kind(page(each)));
    }
}

#[test]
fn today_scrolls_the_agenda_back_although_it_is_selected_already() {
    let mut screen = Screen::new(Session::sample_plan(), page(CalendarView::Agenda));
    screen.press_with(Modifiers::COMMAND, Key::Home);
    let is_there = |screen: &Screen| screen.rect_of_first("Wed 3 Mar 2027, ").is_some();
    assert!(is_there(&screen));
    let head = screen.name_of("Wed 3 Mar 2027, ");
    screen.scroll_at(&head, -3_000.0);
    assert!(!is_there(&screen));
    screen.press_with(Modifiers::COMMAND, Key::Home);
    assert!(is_there(&screen));
}

#[test]
fn a_day_shows_its_night_from_noon_or_from_midnight() {
    let screen = day("2027-03-17");
    assert!(screen.rect_of_first("Container platform, Wed 17 Mar 2027 09:00").is_some());
    assert!(screen.rect_of_first("Mailboxes, Wed 17 Mar 2027 20:00").is_some());
    let night = day("2027-03-20");
    assert!(night.rect_of_first("Web + API, Sun 21 Mar 2027 05:00").is_some(), "after midnight");
}

#[test]
fn an_empty_day_offers_a_window() {
    let mut screen = day("2027-03-19");
    screen.expect("Nothing is planned on this day");
    let before = screen.session(|session| session.plan().windows().len());
    screen.click("New window");
    assert_eq!(screen.session(|session| session.plan().windows().len()), before + 1);
    assert!(matches!(selection(&screen), Selection::Occurrence(_, on) if on == date("2027-03-19")));
    screen.perform(Action::Run(Command::Undo));
    screen.expect("Nothing is planned on this day");
}

#[test]
fn the_keys_of_the_day() {
    let mut screen = day("2027-03-16");
    screen.press(Key::ArrowRight);
    assert_eq!(screen.session(Session::view), page(CalendarView::Day(date("2027-03-17"))));
    screen.press(Key::ArrowDown);
    assert_eq!(selection(&screen), Selection::Occurrence("container-platform".into(), date("2027-03-17")));
    screen.press(Key::ArrowDown);
    assert_eq!(selection(&screen), Selection::Occurrence("mailboxes".into(), date("2027-03-17")));
    screen.press(Key::ArrowLeft);
    assert_eq!(screen.session(Session::view), page(CalendarView::Day(date("2027-03-16"))));
}
