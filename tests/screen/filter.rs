//! The filter of the calendar: each kind of part, several together, saved filters, all pages, what it hides.

use std::path::Path;

use egui::{Key, Modifiers};
use windowsill::model::UtcMinute;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, CalendarView, FileState, FilterPart, FilterStep, SavedFilter, Selection, Session, View, WindowFilter,
};
use windowsill::store::ProgramFolders;

use crate::common::dates::date;
use crate::driver::Screen;

const SHIFT_CTRL: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const ROWS: View = View::Calendar(CalendarView::Rows);

fn rows() -> Screen {
    Screen::new(Session::sample_plan(), ROWS)
}

fn screen_in(home: &Path) -> Screen {
    let folders = Some(ProgramFolders::inside(home));
    let clock = Box::new(FixedClock(UtcMinute(30_064_920)));
    Screen::with_session(Session::new(Session::sample_plan(), FileState::none(), clock, folders))
}

fn filter(screen: &Screen) -> WindowFilter {
    screen.session(|session| session.navigation.filter.clone())
}

fn set_words(screen: &mut Screen, text: &str) {
    let filter = WindowFilter { text: text.to_owned(), ..WindowFilter::default() };
    screen.perform(Action::Filter(FilterStep::Set(filter)));
}

/// Chooses a part in the list by the beginning of its name, and returns how many windows the list says are left.
fn choose(screen: &mut Screen, search: &str, part: &str) -> usize {
    screen.open_list("Filter by…");
    screen.write("Search filters", search);
    let name = screen.name_of(part);
    screen.invoke(&name);
    screen.press(Key::Escape);
    name.rsplit(", ").next().and_then(|count| count.split(' ').next()).unwrap().parse().unwrap()
}

#[test]
fn each_kind_of_part_leaves_the_windows_that_its_count_says() {
    let total = Session::sample_plan().windows().len();
    for (search, part) in [
        ("pilot", "Stage Pilot, "),
        ("desktops", "Ladder Desktops, "),
        ("digital", "Business area Digital, "),
        ("databases", "Team Databases, "),
        ("errors", "Findings Errors, "),
        ("declined", "Agreement Declined, "),
        ("core db", "System Core DB"),
    ] {
        let mut screen = rows();
        let count = choose(&mut screen, search, part);
        assert!(count > 0 && count < total, "{part}{count}");
        screen.expect(&format!("{count} of {total} windows"));
        let chip = screen.name_of("Remove filter");
        screen.click(&chip);
        assert_eq!(filter(&screen), WindowFilter::default(), "{part}");
    }
}

#[test]
fn parts_and_words_work_together() {
    let mut screen = rows();
    let production = choose(&mut screen, "production", "Stage Production, ");
    let both = choose(&mut screen, "databases", "Team Databases, ");
    assert!(both < production);
    screen.write("Filter", "core");
    let total = Session::sample_plan().windows().len();
    screen.expect(&format!("1 of {total} windows"));
    screen.expect_part("Core DB patching, Production");
    screen.expect("Production, 1 window, unfolded");
}

#[test]
fn the_field_has_keys() {
    let mut screen = Screen::new(Session::sample_plan(), View::Findings);
    screen.press_with(Modifiers::COMMAND, Key::F);
    screen.type_text("mailboxes");
    assert_eq!(screen.session(Session::view), ROWS);
    assert_eq!(filter(&screen).text, "mailboxes");
    screen.press(Key::Escape);
    assert_eq!(filter(&screen).text, "");
    set_words(&mut screen, "mail");
    screen.press_with(SHIFT_CTRL, Key::X);
    assert_eq!(filter(&screen).text, "");
    screen.press_with(SHIFT_CTRL, Key::J);
    assert_eq!(filter(&screen).text, "mail");
}

#[test]
fn all_pages_of_the_calendar_are_filtered() {
    let mut screen = rows();
    set_words(&mut screen, "core db");
    let on = date("2027-03-27");
    for page in [
        CalendarView::Rows,
        CalendarView::Planner,
        CalendarView::Months,
        CalendarView::Month(on),
        CalendarView::Day(on),
    ] {
        screen.perform(Action::Show(View::Calendar(page)));
        screen.expect_part("1 of ");
        assert!(screen.rect_of_first("Firewalls and VPN, ").is_none(), "{page:?}");
        let is_there = screen.rect_of_first("Core DB patching, ").is_some();
        assert!(is_there || page == CalendarView::Months, "{page:?}");
    }
    screen.perform(Action::Show(View::Calendar(CalendarView::Day(date("2027-03-28")))));
    screen.expect("No window that matches the filter takes place on this day");
}

#[test]
fn a_saved_filter_is_used_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = screen_in(home.path());
    screen.perform(Action::Show(ROWS));
    choose(&mut screen, "databases", "Team Databases, ");
    screen.write("Filter", "core");
    screen.open_list("Save filter…");
    screen.enter("Name of the filter", "My databases");
    screen.finish_jobs();
    let saved = filter(&screen);
    drop(screen);

    let mut screen = screen_in(home.path());
    assert_eq!(filter(&screen), WindowFilter::default());
    screen.open_list("Filter by…");
    screen.invoke("Use filter My databases");
    assert_eq!(filter(&screen), saved);
    screen.perform(Action::Filter(FilterStep::Set(WindowFilter::default())));
    screen.perform(Action::Show(View::Lists));
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("My databases");
    screen.press(Key::Enter);
    assert_eq!((filter(&screen), screen.session(Session::view)), (saved.clone(), ROWS));
    screen.open_list("Filter by…");
    screen.write("Search filters", "my data");
    screen.press(Key::Enter);
    assert_eq!(filter(&screen), saved, "Enter uses the first row");
    screen.open_list("Filter by…");
    screen.invoke("Remove saved filter My databases");
    assert!(screen.session(|session| session.settings.filters.is_empty()));
}

#[test]
fn a_saved_filter_says_what_the_plan_does_not_contain() {
    let mut screen = rows();
    let parts = ["area:gone", "colour:red", "stage:Production"].map(str::to_owned).to_vec();
    let saved = SavedFilter { name: "Old".to_owned(), text: String::new(), parts };
    let settings = screen.session(|session| session.settings.clone());
    let settings = windowsill::session::Settings { filters: vec![saved], ..settings };
    screen.perform(Action::Set(settings));
    screen.perform(Action::Filter(FilterStep::Use("Old".to_owned())));
    screen.expect_part("The filter \"Old\" ignores what this plan does not contain: colour:red and business area gone");
    screen.expect("Remove filter Business area gone, not in this plan");
    screen.expect("Remove filter Stage Production, 17 windows");
}

#[test]
fn an_empty_result_offers_to_clear_the_filter() {
    for page in [CalendarView::Rows, CalendarView::Planner] {
        let mut screen = Screen::new(Session::sample_plan(), View::Calendar(page));
        set_words(&mut screen, "no such window");
        screen.expect("No window matches");
        screen.click("Clear the filter");
        screen.absent("No window matches");
    }
}

#[test]
fn a_finding_in_a_hidden_window_clears_the_filter_and_says_how_to_restore_it() {
    let mut screen = rows();
    set_words(&mut screen, "no such window");
    screen.press(Key::F8);
    assert_eq!(filter(&screen), WindowFilter::default());
    screen.expect_part("Press Ctrl+Shift+J to restore it");
    screen.press_with(SHIFT_CTRL, Key::J);
    assert_eq!(filter(&screen).text, "no such window");
}

#[test]
fn a_hidden_selection_is_mentioned() {
    let mut screen = rows();
    screen.perform(Action::Select(Selection::Window("firewalls".into())));
    set_words(&mut screen, "core db");
    screen.expect("The filter hides the selected window, Firewalls and VPN");
}

#[test]
fn a_filter_follows_a_record_that_is_named() {
    let mut screen = rows();
    screen.perform(Action::Show(View::Lists));
    screen.click("New");
    let id = screen.session(|session| {
        let is_new = |system: &&std::sync::Arc<windowsill::model::System>| system.name.starts_with("New");
        session.plan().systems().iter().find(is_new).unwrap().id.clone()
    });
    let parts = [FilterPart::System(id)].into();
    screen.perform(Action::Filter(FilterStep::Set(WindowFilter { parts, ..WindowFilter::default() })));
    screen.type_text("Mail gateway");
    screen.press(Key::Enter);
    let is_known = |session: &Session| session.navigation.filter.parts.iter().all(|part| part.is_known(session.plan()));
    assert!(screen.session(is_known));
}
