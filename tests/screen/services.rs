//! Services and their downtime, the emergency lane, and owners of dependent systems, on screen.

use egui::{Key, Modifiers};
use windowsill::model::{
    BusinessArea, EmergencyLane, Minutes, Plan, Policy, ServiceTarget, Stage, System, WorkStrategy,
};
use windowsill::session::{Action, CalendarView, Command, CompliancePage, Selection, View};

use crate::common::owners::plan;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);

fn policy_page(plan: Plan, page: &str) -> Screen {
    let mut screen = Screen::new(plan, YEAR);
    screen.perform(Action::Run(Command::PlanSettings));
    screen.click(page);
    screen
}

fn policy(screen: &Screen) -> Policy {
    screen.session(|session| Policy::clone(session.plan().policy()))
}

#[test]
fn a_service_gets_a_target_beside_its_planned_downtime() {
    let mut screen = policy_page(plan(), "Services");
    // Twelve times 2 h 17 of work, on two systems at the same time.
    assert!(screen.says("27 h 24 in 2027"));
    screen.enter("Core DB, available", "99.9x");
    assert!(screen.says("Enter a percentage such as 99.9"));
    screen.enter("Core DB, available", "99.9");
    let target = ServiceTarget { service: "Core DB".to_owned(), available_per_100_000: 99_900 };
    assert_eq!(policy(&screen).services, [target]);
    assert!(screen.says("8 h 45"));
    screen.write("Filter services", "web");
    screen.absent("Core DB, available");
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(policy(&screen).services, []);
}

#[test]
fn compliance_shows_the_planned_downtime_of_services_with_a_target() {
    let mut parts = plan().to_parts();
    let mut policy = Policy::default();
    policy.set_service_target("Core DB", Some(99_900));
    policy.set_service_target("Web + API", Some(99_500));
    parts.policy = std::sync::Arc::new(policy);
    let mut screen = Screen::new(parts.into(), View::Compliance(CompliancePage::Figures));
    assert!(screen.says("Planned downtime"));
    assert!(screen.says("27 h 24"));
    assert!(screen.says("99.9 %, exceeded"));
    assert!(screen.says("99.5 %"));
    assert!(screen.says("No results recorded yet"));
    screen.click("Change targets");
    screen.expect("Core DB, available");
}

#[test]
fn the_emergency_lane_is_set_in_the_policy_and_shown_with_the_cycles() {
    let mut screen = policy_page(plan(), "Soak times");
    screen.tick("Use an emergency lane");
    assert_eq!(policy(&screen).emergency, Some(EmergencyLane::default()));
    screen.tick("UAT comes first");
    screen.enter("Soak time in emergencies", "6 h");
    screen.enter("Notice in emergencies", "1");
    let lane = EmergencyLane { stages: vec![Stage::Test, Stage::Uat], soak: Minutes::hours(6), notice_days: 1 };
    assert_eq!(policy(&screen).emergency, Some(lane));
    screen.press(Key::Escape);
    screen.perform(Action::Show(View::Cycles));
    assert!(screen.says("Exploited"));
    assert!(screen.says("By the emergency lane: Test 6 h, UAT 6 h, then all"));
}

#[test]
fn the_owner_of_a_dependent_system_is_marked_as_told() {
    let mut parts = plan().to_parts();
    parts.areas =
        parts.areas.with(BusinessArea { id: "digital".into(), name: "Digital".into(), ..BusinessArea::default() });
    let web = System::clone(parts.systems.get(&"web".into()).unwrap());
    let web = System { area: Some("digital".into()), depends_on: vec!["ledger".into()], ..web };
    parts.systems = parts.systems.with(web);
    let mut screen = Screen::new(parts.into(), YEAR);
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
    assert!(screen.says("Web + API · not told yet; due Sat 13 Mar 2027"));
    let told = |screen: &Screen| screen.session(|session| session.plan().ledger().len());
    screen.invoke("Mark as told: Digital");
    assert_eq!(told(&screen), 1);
    assert!(screen.says("Web + API · told Mon 1 Mar"));
    screen.invoke("Mark as not told: Digital");
    assert_eq!(told(&screen), 0);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(told(&screen), 1);
}

#[test]
fn the_service_of_a_system_and_the_downtime_of_a_window_are_edited_in_their_forms() {
    let mut screen = Screen::new(plan(), YEAR);
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen.invoke("Impact");
    screen.enter("Downtime", "90");
    let minutes = |screen: &Screen| {
        screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().impact_minutes)
    };
    assert_eq!(minutes(&screen), Some(90));
}

#[test]
fn the_strategy_of_a_window_is_chosen_with_its_duration() {
    let mut screen = Screen::new(plan(), YEAR);
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen.invoke("Duration");
    screen.choose_in("Strategy", "Blue-green");
    let strategy =
        |screen: &Screen| screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().strategy);
    assert_eq!(strategy(&screen), WorkStrategy::BlueGreen);
    assert!(screen.says("the window switches once"));
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(strategy(&screen), WorkStrategy::Scheduled);
}
