//! The list of advisories on screen, by the names that a screen reader speaks.

use egui::{Key, Modifiers};
use windowsill::model::{Advisory, Exposure, Plan, Subject, Verdict};
use windowsill::session::{CalendarView, Selection, View};

use crate::common::harbour::{self, advisory};
use crate::driver::Screen;

/// It is 1 March 2027; Core DB is patched on Sat 20 March, Web + API never.
fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    parts.advisories = [
        advisory("cve-2027-1", "Heap overflow", "2027-02-20", 98, &["core-db"]),
        Advisory {
            is_exploited: true,
            exposure: Exposure::Internet,
            ..advisory("cve-2027-2", "Bypass", "2027-02-28", 75, &["core-db", "web"])
        },
        advisory("cve-2027-3", "Leak", "2027-03-01", 50, &["core-db"]),
    ]
    .into_iter()
    .collect();
    parts.into()
}

fn screen() -> Screen {
    Screen::new(plan(), View::Advisories)
}

fn listed(screen: &Screen) -> Option<Subject> {
    screen.session(|session| session.navigation.listed.clone())
}

fn shown(screen: &Screen, id: &str) -> Advisory {
    screen.session(|session| Advisory::clone(session.plan().advisories().get(&id.into()).unwrap()))
}

fn subject(id: &str) -> Subject {
    Subject::Advisory(id.into())
}

#[test]
fn rows_come_by_date_and_say_all_that_matters() {
    let screen = screen();
    screen.expect("CVE-2027-1 Heap overflow, Critical 9.8, due Mon 22 Feb 2027, overdue, Sat 20 Mar, Core DB patching");
    screen.expect(
        "CVE-2027-2 Bypass, High 7.5, exploited, reachable from the internet, due Sat 6 Mar 2027, \
         without window, 1 of 2 systems",
    );
    screen.expect("CVE-2027-3 Leak, Medium 5.0, due Tue 30 Mar 2027, open, Sat 20 Mar, Core DB patching");
}

#[test]
fn a_click_shows_the_form_and_the_link_goes_to_the_occurrence() {
    let mut screen = screen();
    let row = screen.name_of("CVE-2027-2 Bypass");
    screen.click(&row);
    assert_eq!(listed(&screen), Some(subject("cve-2027-2")));
    screen.expect("No window patches all its systems in time");
    screen.expect("No window");
    screen.click("Core DB, installed on Sat 20 Mar 2027, Core DB patching");
    let expected = Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap());
    let shown = screen.session(|session| (session.navigation.view, session.navigation.selection.clone()));
    assert_eq!(shown, (View::Calendar(CalendarView::Rows), expected));
}

#[test]
fn arrows_walk_through_the_list_and_enter_goes_to_what_carries_it() {
    let mut screen = screen();
    screen.press(Key::ArrowDown);
    assert_eq!(listed(&screen), Some(subject("cve-2027-2")), "exploited ones come first");
    screen.press(Key::ArrowDown);
    screen.press(Key::ArrowDown);
    screen.press(Key::ArrowDown);
    assert_eq!(listed(&screen), Some(subject("cve-2027-3")));
    screen.press(Key::ArrowUp);
    assert_eq!(listed(&screen), Some(subject("cve-2027-1")));
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    assert!(screen.session(|session| matches!(session.navigation.view, View::Calendar(_))));
}

#[test]
fn quick_filters_and_words_narrow_the_list_down() {
    let mut screen = screen();
    screen.click("Overdue, 1");
    screen.name_of("CVE-2027-1 Heap overflow");
    screen.absent("CVE-2027-3 Leak, Medium 5.0, due Tue 30 Mar 2027, open, Sat 20 Mar, Core DB patching");
    screen.click("Overdue, 1");
    screen.write("Filter advisories", "leak");
    screen.name_of("CVE-2027-3 Leak");
    screen.write("Filter advisories", "no such thing");
    screen.expect("No match for these filters");
}

#[test]
fn a_decision_is_recorded_with_name_day_and_reason() {
    let mut screen = screen();
    let row = screen.name_of("CVE-2027-1 Heap overflow");
    screen.click(&row);
    screen.write("Decided by", "Bo");
    screen.click("Reason for the decision");
    screen.type_text("Behind the firewall");
    screen.click("Record decision");
    let decisions = shown(&screen, "cve-2027-1").decisions;
    let [decision] = decisions.as_slice() else { panic!("{decisions:?}") };
    assert_eq!((decision.verdict, &*decision.by, &*decision.reason), (Verdict::Deploy, "Bo", "Behind the firewall"));
    assert_eq!(decision.on.to_string(), "2027-03-01");
    screen.expect("Bo, Mon 1 Mar 2027");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert!(shown(&screen, "cve-2027-1").decisions.is_empty());
}

#[test]
fn a_decision_that_was_begun_is_not_offered_for_another_advisory() {
    let mut screen = screen();
    let [first, second] = ["CVE-2027-1 Heap overflow", "CVE-2027-2 Bypass"].map(|part| screen.name_of(part));
    screen.click(&first);
    screen.write("Decided by", "Bo");
    screen.click("Reason for the decision");
    screen.type_text("Behind the firewall");
    screen.click(&second);
    screen.click("Record decision");
    let decisions = shown(&screen, "cve-2027-2").decisions;
    let [decision] = decisions.as_slice() else { panic!("{decisions:?}") };
    assert_eq!((&*decision.by, &*decision.reason), ("Bo", ""));
}

#[test]
fn an_advisory_without_a_score_is_not_said_to_have_a_low_one() {
    let mut parts = plan().to_parts();
    let advisory = Advisory { cvss_tenths: None, ..shown(&screen(), "cve-2027-1") };
    parts.advisories = [advisory].into_iter().collect();
    let mut screen = Screen::new(parts.into(), View::Advisories);
    let row = screen.name_of("CVE-2027-1 Heap overflow");
    screen.click(&row);
    screen.expect("it has no score");
}

#[test]
fn the_installation_day_closes_an_advisory() {
    let mut screen = screen();
    let row = screen.name_of("CVE-2027-1 Heap overflow");
    screen.click(&row);
    screen.enter("Installed everywhere on", "2027-02-28");
    assert_eq!(shown(&screen, "cve-2027-1").in_on, "2027-02-28".parse().ok());
    screen.expect("Overdue, 0");
    screen.expect("Installed everywhere");
}

#[test]
fn a_manually_entered_advisory_gets_its_number_in_one_step() {
    let mut screen = screen();
    screen.click("New");
    screen.enter("Number", "CVE-2027-1");
    screen.expect("CVE-2027-1 is already in the list");
    screen.enter("Number", "CVE-2027-9");
    assert_eq!(listed(&screen), Some(subject("cve-2027-9")));
    assert_eq!(shown(&screen, "cve-2027-9").title, "New advisory");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    let ids = screen
        .session(|session| session.plan().advisories().iter().map(|each| each.id.to_string()).collect::<Vec<_>>());
    assert!(ids.iter().any(|id| id.starts_with("new-advisory-")), "{ids:?}");
}

#[test]
fn a_new_advisory_opens_its_form_and_can_be_removed() {
    let mut screen = screen();
    screen.click("New");
    assert!(listed(&screen).is_some_and(|subject| subject.id().starts_with("new-advisory-")));
    screen.expect("Must still be installed");
    screen.click("Remove advisory");
    assert_eq!(screen.session(|session| session.plan().advisories().len()), 3);
}

#[test]
fn keys_open_the_list_and_the_palette_finds_an_advisory() {
    let mut screen = Screen::new(plan(), View::Calendar(CalendarView::Planner));
    screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::L);
    assert!(screen.session(|session| session.navigation.view == View::Advisories));
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("2027 bypass");
    screen.press(Key::Enter);
    assert_eq!(listed(&screen), Some(subject("cve-2027-2")));
}

#[test]
fn an_empty_list_says_how_to_fill_it_and_nothing_repaints() {
    let screen = Screen::new(harbour::plan(), View::Advisories);
    screen.expect("No advisories yet");
    assert!(screen.is_idle());
}
