//! Who works when, on screen: the people's view, bookings in the inspector, the forms of people and teams.

use chrono::NaiveDate;
use egui::{Key, Modifiers};
use windowsill::model::{
    Assignee, Booking, Duty, InformedOf, MaintenanceWindow, Person, PersonId, Plan, Subject, Team, TeamId,
};
use windowsill::session::{Action, CalendarView, Command, Destination, Selection, Session, View};

use crate::common::harbour;
use crate::driver::Screen;

const WORK: &str = "Ann Bell, Sat 20 Mar 2027 22:00 – 02:00, Core DB patching, work";
const TESTING: &str = "Bo Lund, Sun 21 Mar 2027 02:00 – 04:00, Core DB patching, testing";

fn march() -> NaiveDate {
    "2027-03-20".parse().unwrap()
}

/// The plan of the exports; Ann works in its window on 20 March, and the test team is booked for it.
fn staffed() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let on = Some(march());
    let mut window = harbour::window();
    window.bookings = vec![
        Booking { duty: Duty::Work, who: Assignee::Person("ann".into()), on },
        Booking { duty: Duty::USUAL_TESTING, who: Assignee::Team("testers".into()), on },
    ];
    parts.windows = [window].into_iter().collect();
    let person = |(id, name): (&str, &str)| Person::new(id.into(), name);
    parts.people = [("ann", "Ann Bell"), ("bo", "Bo Lund"), ("cy", "Cy Moss")].map(person).into_iter().collect();
    parts.teams = [testers(&["bo", "cy"], Some(1))].into_iter().collect();
    parts.into()
}

fn testers(people: &[&str], needed: Option<u16>) -> Team {
    let people = people.iter().map(|id| PersonId::new(id)).collect();
    Team { people, needed, ..Team::new("testers".into(), "Testers") }
}

#[track_caller]
fn has_selected_march(screen: &Screen) {
    let selection = screen.session(|session| session.navigation.selection.clone());
    assert_eq!(selection, Selection::Occurrence("core-db".into(), march()));
}

fn bookings(screen: &Screen) -> Vec<Booking> {
    screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().bookings.clone())
}

#[test]
fn the_view_shows_who_works_and_a_click_selects_the_occurrence() {
    let mut screen = Screen::new(staffed(), View::Calendar(CalendarView::Planner));
    screen.press_with(Modifiers::COMMAND, Key::Num8);
    assert_eq!(screen.session(|session| session.navigation.view), View::People);
    screen.expect(TESTING);
    screen.click(WORK);
    has_selected_march(&screen);
    assert!(screen.is_idle());
}

#[test]
fn arrows_go_from_shift_to_shift_and_enter_selects() {
    let mut screen = Screen::new(staffed(), View::People);
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    has_selected_march(&screen);
}

#[test]
fn a_team_folds_and_its_people_come_back() {
    let mut screen = Screen::new(staffed(), View::People);
    screen.expect("Bo Lund");
    screen.click("Testers, 2 people");
    screen.absent("Bo Lund");
    screen.expect("Ann Bell");
    screen.click("Testers, 2 people");
    screen.expect("Bo Lund");
}

#[test]
fn a_filter_leaves_the_people_of_that_name() {
    let mut screen = Screen::new(staffed(), View::People);
    screen.write("Filter people", "cy");
    screen.expect("Cy Moss");
    screen.absent("Ann Bell");
}

#[test]
fn a_person_in_two_teams_is_shown_under_the_team_that_the_filter_leaves() {
    let mut parts = staffed().to_parts();
    let others = Team { people: vec!["bo".into()], ..Team::new("zeta".into(), "Zeta") };
    parts.teams = parts.teams.with(others);
    let mut screen = Screen::new(parts.into(), View::People);
    screen.write("Filter people", "zeta");
    screen.expect("Bo Lund");
    screen.absent("Cy Moss");
}

#[test]
fn arrows_start_over_if_the_cursor_is_on_a_person_who_is_hidden() {
    let mut parts = staffed().to_parts();
    let mut window = MaintenanceWindow::clone(&parts.windows.as_slice()[0]);
    let april = "2027-04-17".parse().unwrap();
    window.bookings[0].on = Some(april);
    parts.windows = [window].into_iter().collect();
    let mut screen = Screen::new(parts.into(), View::People);
    screen.press(Key::ArrowRight);
    screen.press(Key::Enter);
    has_selected_march(&screen);
    screen.click("Testers, 2 people");
    screen.absent("Bo Lund");
    screen.press(Key::ArrowRight);
    screen.press(Key::Enter);
    let selection = screen.session(|session| session.navigation.selection.clone());
    assert_eq!(selection, Selection::Occurrence("core-db".into(), april));
}

#[test]
fn what_a_team_cannot_fill_has_its_own_row() {
    let mut parts = staffed().to_parts();
    parts.teams = [testers(&["bo"], Some(2))].into_iter().collect();
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, View::People);
    screen.expect("Not filled");
    screen.click("Not filled, Sun 21 Mar 2027 02:00 – 04:00, Core DB patching, testing, 1 of 2 missing in Testers");
    has_selected_march(&screen);
}

#[test]
fn a_team_is_booked_for_all_occurrences_or_for_one_and_removed_again() {
    let mut parts = staffed().to_parts();
    parts.windows = [harbour::window()].into_iter().collect();
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, View::Calendar(CalendarView::Planner));
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), march())));
    screen.invoke("Who works");
    screen.invoke("Book for testing…");
    screen.click("Testers (team)");
    let testing = |on| Booking { duty: Duty::USUAL_TESTING, who: Assignee::Team("testers".into()), on };
    assert_eq!(bookings(&screen), [testing(None)]);
    screen.invoke("Remove booking of Testers, testing, all occurrences");
    screen.invoke("Book for Sat 20 Mar 2027 only");
    screen.invoke("Book for testing…");
    screen.click("Testers (team)");
    assert_eq!(bookings(&screen), [testing(Some(march()))]);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(bookings(&screen), []);
}

#[test]
fn a_person_gets_days_away_and_a_team_another_order() {
    let mut screen = Screen::new(staffed(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::Person("bo".into()))));
    screen.click("Add absence");
    screen.enter("Away 1 to", "2027-03-21");
    let away = screen.session(|session| session.plan().people().get(&"bo".into()).unwrap().away.clone());
    assert_eq!(away[0].last_on, march().succ_opt().unwrap());
    screen.perform(Action::Reveal(Destination::List(Subject::Team("testers".into()))));
    screen.click("Move Cy Moss up");
    let team = |screen: &Screen| {
        screen.session(|session| session.plan().teams().get(&TeamId::new("testers")).unwrap().people.clone())
    };
    assert_eq!(team(&screen), ["cy", "bo"].map(PersonId::from));
    screen.click("Remove Bo Lund");
    assert_eq!(team(&screen), ["cy"].map(PersonId::from));
}

#[test]
fn the_palette_finds_people() {
    let mut screen = Screen::new(staffed(), View::People);
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("ann bell");
    screen.press(Key::Enter);
    let listed = screen.session(|session| session.navigation.listed.clone());
    assert_eq!(listed, Some(Subject::Person("ann".into())));
}

#[test]
fn a_filter_that_matches_nobody_says_so_and_is_removed_by_one_click() {
    let mut screen = Screen::new(Session::sample_plan(), View::People);
    screen.write("Filter people", "nobody of this name");
    screen.expect("No match for \"nobody of this name\"");
    screen.click("Remove the filter");
    assert_eq!(screen.text_in("Filter people"), "");
    screen.absent("No match for \"nobody of this name\"");
}

#[test]
fn a_team_is_informed_of_what_its_form_says() {
    let mut screen = Screen::new(staffed(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::Team("testers".into()))));
    let team = |screen: &Screen| {
        screen.session(|session| Team::clone(session.plan().teams().get(&TeamId::new("testers")).unwrap()))
    };
    screen.choose_in("Informed of", "Systems or areas");
    let empty = InformedOf::Affecting { systems: Vec::new(), areas: Vec::new() };
    assert_eq!(team(&screen).informed_of, empty);
    assert!(screen.says("Without an e-mail address, nothing can be sent."));
    screen.enter("E-mail", "testers@bank.example");
    assert!(!screen.says("Without an e-mail address, nothing can be sent."));
    assert_eq!((team(&screen).email, team(&screen).informed_of), ("testers@bank.example".to_owned(), empty));
    screen.perform(Action::Run(Command::Undo));
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(team(&screen).informed_of, InformedOf::Nothing);
}
