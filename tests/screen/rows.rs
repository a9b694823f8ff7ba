//! The rows on screen: every name whole, windows selected, moved and undone, zoom and folds; by mouse and by keyboard.

use egui::{Key, Modifiers};
use windowsill::model::{Edit, Horizon, MaintenanceWindow, Plan, PlanId, Rule};
use windowsill::session::{CalendarView, Selection, Session, View};

use crate::common::dates::date;
use crate::driver::Screen;

const CORE_DB: &str = "Core DB patching, Sat 27 Mar 2027 22:00, Production, rolls back by 23:45 GMT";

fn rows() -> Screen {
    Screen::new(Session::sample_plan(), View::Calendar(CalendarView::Rows))
}

fn selected(screen: &Screen) -> Selection {
    screen.session(|session| session.navigation.selection.clone())
}

/// A plan of 300 windows with long names.
fn large() -> Plan {
    let mut plan = Plan::new(PlanId::new("large"), "Large", Horizon::year(2027), "Europe/London");
    for number in 0..300 {
        let name = format!("Payments cluster {number:03}, Frankfurt, node group");
        let rule = Rule::Weekly { days: vec![chrono::Weekday::Sat], every: 1 };
        let window = MaintenanceWindow::new(format!("w{number}").as_str().into(), &name, rule);
        plan = plan.apply(&Edit::PutWindow(window)).unwrap();
    }
    plan
}

#[test]
fn every_name_is_whole_at_1280_by_800() {
    for plan in [Session::sample_plan(), large()] {
        let screen = Screen::new(plan.clone(), View::Calendar(CalendarView::Rows));
        let mut seen = 0;
        for window in plan.windows() {
            let count =
                screen.session(|session| session.schedule().window(&window.id).unwrap().expansion.occurrences.len());
            let stage = screen.session(|session| session.schedule().window(&window.id).unwrap().scope.stage);
            let stage = stage.map_or_else(String::new, |stage| format!(", {}", stage.name()));
            let row = format!("{}{stage}, {}", window.name, windowsill::wording::counted(count, "occurrence"));
            // Windows below the last visible row are not drawn.
            let Some(row) = screen.rect_of_first(&row) else { continue };
            let room = row.width() - 68.0;
            let width = screen.text_width(&window.name, 12.5);
            assert!(width <= room, "{}: {width} of {room}", window.name);
            seen += 1;
        }
        assert!(seen >= 25, "{seen} rows");
    }
}

#[test]
fn an_occurrence_is_selected_and_the_inspector_moves_nothing() {
    let mut screen = rows();
    let before = screen.rect(CORE_DB);
    screen.click(CORE_DB);
    assert_eq!(selected(&screen), Selection::Occurrence("core-db".into(), date("2027-03-20")));
    screen.expect("Close the inspector");
    assert_eq!(screen.rect(CORE_DB), before);
    screen.click("Close the inspector");
    assert_eq!(selected(&screen), Selection::Nothing);
    screen.absent("Close the inspector");
}

#[test]
fn arrow_keys_go_through_windows_and_dates() {
    let mut screen = rows();
    screen.click("Desktops test, Test, 12 occurrences");
    assert_eq!(selected(&screen), Selection::Window("desktops-test".into()));
    screen.press(Key::ArrowRight);
    assert_eq!(
        selected(&screen),
        Selection::Occurrence("desktops-test".into(), date("2027-03-10")),
        "the next from now"
    );
    screen.press(Key::ArrowRight);
    assert_eq!(selected(&screen), Selection::Occurrence("desktops-test".into(), date("2027-04-14")));
    screen.press(Key::ArrowDown);
    let Selection::Occurrence(below, on) = selected(&screen) else { panic!("an occurrence") };
    assert_eq!((below.as_str(), on), ("servers-dev", date("2027-04-14")));
    screen.press(Key::Home);
    assert_eq!(selected(&screen), Selection::Occurrence("servers-dev".into(), date("2027-01-13")));
    screen.press(Key::Enter);
    assert_eq!(screen.session(Session::view), View::Calendar(CalendarView::Day(date("2027-01-13"))));
}

#[test]
fn a_drag_by_three_weeks_moves_an_occurrence_and_is_undone() {
    let mut screen = rows();
    let moved = |screen: &Screen| {
        screen.session(|session| session.schedule().occurrence(&"core-db".into(), date("2027-03-20")).unwrap().1.on())
    };
    let april = screen.name_of("Core DB patching, Sat 24 Apr 2027");
    screen.drag(CORE_DB, &april);
    assert_eq!(moved(&screen), date("2027-04-24"));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(moved(&screen), date("2027-03-27"));
}

#[test]
fn sections_fold_and_windows_can_be_grouped_differently() {
    let mut screen = rows();
    screen.click("Production, 17 windows, unfolded");
    screen.absent(CORE_DB);
    screen.click("Production, 17 windows, folded");
    screen.expect(CORE_DB);
    screen.invoke("Rows grouped by");
    screen.invoke("Ladder");
    screen.absent("Test, 2 windows, unfolded");
    assert!(screen.name_of("Servers, ").ends_with("windows, unfolded"));
}

#[test]
fn the_zoom_goes_to_hours_and_back() {
    let mut screen = rows();
    screen.click(CORE_DB);
    let chip = screen.rect(CORE_DB).width();
    for _ in 0..14 {
        screen.press(Key::Plus);
    }
    screen.click("Close the inspector");
    screen.press(Key::Num0);
    assert!((screen.rect(CORE_DB).width() - chip).abs() < 0.1, "all months again");
}

#[test]
fn today_is_selected_on_each_page_of_the_calendar() {
    let mut screen = rows();
    for page in [CalendarView::Rows, CalendarView::Planner, CalendarView::Day(date("2027-06-06"))] {
        screen.perform(windowsill::session::Action::Show(View::Calendar(page)));
        screen.press_with(Modifiers::COMMAND, Key::Home);
        assert_eq!(selected(&screen), Selection::Day(date("2027-03-01")));
    }
    assert_eq!(screen.session(Session::view), View::Calendar(CalendarView::Day(date("2027-03-01"))));
}
