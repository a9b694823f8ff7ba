//! Ordering the year calendar on screen: reader, area, freezes, what the check says, the file or folder.

use std::fs;

use egui::Key;
use windowsill::export::ics::TimeForm;
use windowsill::export::profiles::{AWS_DOCUMENT, AWS_IMPORT, CALDAV, CalendarOrder, Profile, UYUNI};
use windowsill::model::{MaintenanceWindow, Plan};
use windowsill::output::Order;
use windowsill::session::{Action, CalendarView, Command, Dialog, PathRequest, View};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);

fn ordering(plan: Plan) -> Screen {
    let mut screen = Screen::new(plan, YEAR);
    screen.perform(Action::Run(Command::ExportCalendar));
    screen
}

fn order(profile: &'static Profile) -> Action {
    Action::OrderCalendar(CalendarOrder { profile, with_freezes: true, ..CalendarOrder::default() })
}

#[test]
fn a_reader_is_chosen_and_the_check_says_what_it_would_not_take() {
    let mut screen = ordering(harbour::plan());
    screen.expect("No problems for this reader");
    screen.click("For whom");
    screen.click("Uyuni");
    screen.finish_jobs();
    screen.expect("Left out: this reader would take them for windows");
    screen.expect_part("in change freezes left out");
    let long = MaintenanceWindow { name: "x".repeat(300), ..harbour::window() };
    // Such a name comes from an earlier version; today's edits refuse it.
    let mut parts = harbour::plan().to_parts();
    parts.windows = [long].into_iter().collect();
    let mut screen = ordering(parts.into());
    screen.perform(order(&AWS_IMPORT));
    screen.expect("1 problem for this reader");
    screen.expect("Its name is cut after 250 characters");
}

#[test]
fn freezes_are_switched_off_and_the_order_goes_to_the_path() {
    let mut screen = ordering(harbour::plan());
    screen.click("As all-day events shown as free");
    screen.finish_jobs();
    screen.press(Key::Enter);
    screen.finish_jobs();
    let asked = screen.session(|session| session.dialogs.open.clone());
    let Some(Dialog::Path(PathRequest::Export { order: Order::Calendar(order), name })) = asked else {
        panic!("{asked:?}")
    };
    assert_eq!((order.with_freezes, name.as_str()), (false, "harbour-trust-2027.ics"));
}

#[test]
fn the_form_of_times_and_the_first_day_are_chosen_if_the_reader_allows_it() {
    let mut screen = ordering(harbour::plan());
    let ordered = |screen: &Screen| {
        let dialog = screen.session(|session| session.dialogs.open.clone());
        let Some(Dialog::Calendar(dialog)) = dialog else { panic!("{dialog:?}") };
        dialog.order
    };
    screen.absent("First day");
    screen.click("How times are written");
    screen.click("All times in UTC");
    screen.finish_jobs();
    assert_eq!(ordered(&screen).times, TimeForm::Utc);
    screen.perform(order(&AWS_DOCUMENT));
    screen.finish_jobs();
    screen.absent("How times are written");
    screen.expect("This reader gets all times in UTC");
    screen.write("First day", "2027-06-01");
    screen.press(Key::Tab);
    screen.finish_jobs();
    assert_eq!(ordered(&screen).from, "2027-06-01".parse().ok());
}

#[test]
fn an_export_that_writes_nothing_is_not_offered() {
    let mut parts = harbour::plan().to_parts();
    parts.windows = windowsill::model::Table::default();
    let plan = Plan::from(parts);
    let mut screen = ordering(plan);
    screen.perform(order(&UYUNI));
    screen.expect("Cannot export");
    screen.absent("Choose a file…");
    screen.press(Key::Escape);
    assert!(screen.session(|session| session.dialogs.open.is_none()));
}

#[test]
fn a_folder_is_written_replaced_and_never_replaces_other_files() {
    let directory = tempfile::tempdir().unwrap();
    let mut screen = Screen::new(harbour::plan(), YEAR);
    let folder = directory.path().join("store");
    let caldav = CalendarOrder { profile: &CALDAV, with_freezes: true, ..CalendarOrder::default() };
    let caldav = Order::Calendar(caldav);
    for _ in 0..2 {
        screen.perform(Action::Export(caldav.clone(), folder.clone()));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 13);
        screen.expect("Saved 13 files in store");
    }
    fs::write(folder.join("letter.ics"), "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").unwrap();
    screen.perform(Action::Export(caldav, folder.clone()));
    screen.expect_part("letter.ics");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 14);
    let file = directory.path().join("year");
    screen.perform(Action::Export(Order::Calendar(CalendarOrder::default()), file));
    assert!(directory.path().join("year.ics").is_file());
}
