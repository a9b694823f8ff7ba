//! The wall planner: what its bars and days say, and what they open.

use chrono::Weekday;
use egui::{Key, Modifiers};
use windowsill::model::{Horizon, MaintenanceWindow, Plan, Rule};
use windowsill::session::{Action, CalendarView, FilterStep, Selection, Session, View, WindowFilter};

use crate::common::dates::date;
use crate::common::harbour;
use crate::driver::Screen;

fn planner() -> Screen {
    Screen::new(Session::sample_plan(), View::Calendar(CalendarView::Planner))
}

const DESKTOPS: &str = "Desktops pilot, Mon 15 Mar 2027";

#[test]
fn a_window_gets_a_short_name_of_at_most_five_characters() {
    let mut screen = planner();
    let first = screen.name_of(DESKTOPS);
    screen.click(&first);
    let short_name = |session: &Session| {
        session.plan().windows().iter().find(|window| window.name == "Desktops pilot").unwrap().short_name.clone()
    };
    screen.enter("Short name", "Pilots");
    screen.expect_part("Use at most 5 characters");
    assert_eq!(screen.session(short_name), "");
    screen.enter("Short name", "Pilot");
    assert_eq!(screen.session(short_name), "Pilot");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(screen.session(short_name), "");
}

/// The small plan with this many windows on some Saturdays: the third one of each month, or all of them.
fn crowded(windows: usize, is_weekly: bool) -> Plan {
    let mut parts = harbour::plan().to_parts();
    let weekly = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
    let copy = |nth: usize| MaintenanceWindow {
        id: format!("w{nth}").as_str().into(),
        name: format!("Window {nth}"),
        notes: format!("night{nth}"),
        rule: if is_weekly { weekly.clone() } else { Rule::once(date("2027-03-06")) },
        ..harbour::window()
    };
    parts.windows = (1..=windows).map(copy).chain([harbour::window()]).collect();
    parts.into()
}

fn selection(screen: &Screen) -> Selection {
    screen.session(|session| session.navigation.selection.clone())
}

#[test]
fn a_full_day_lists_its_windows_with_their_times() {
    let mut screen = Screen::new(crowded(5, false), View::Calendar(CalendarView::Planner));
    screen.expect_part("Window 1, Sat 6 Mar 2027 22:00");
    let more = screen.name_of(" more on Sat 6 Mar 2027");
    screen.click(&more);
    let line = screen.name_of("Window 5, Sat 6 Mar 2027 22:00");
    assert!(line.ends_with(" in the list"), "{line}");
    assert_eq!(screen.session(|session| session.navigation.view), View::Calendar(CalendarView::Planner));
    screen.click(&line);
    assert_eq!(selection(&screen), Selection::Occurrence("w5".into(), date("2027-03-06")));
    assert!(!screen.says(" in the list"), "choosing closes the list");
}

#[test]
fn a_dense_plan_shows_how_much_is_planned_and_lists_a_day_on_a_click() {
    let mut screen = Screen::new(crowded(4, true), View::Calendar(CalendarView::Planner));
    assert!(!screen.says("Window 1, Sat 6 Mar 2027"), "there are no bars");
    screen.click("Sat 6 Mar 2027");
    for nth in 1..=4 {
        screen.expect_part(&format!("Window {nth}, Sat 6 Mar 2027 22:00"));
    }
    let third = screen.name_of("Window 3, Sat 6 Mar 2027");
    screen.click(&third);
    assert_eq!(selection(&screen), Selection::Occurrence("w3".into(), date("2027-03-06")));
    // With one window a day, there are bars again.
    let filter = WindowFilter { text: "night2".to_owned(), ..WindowFilter::default() };
    screen.perform(Action::Filter(FilterStep::Set(filter)));
    screen.expect_part("Window 2, Sat 6 Mar 2027 22:00");
}

#[test]
fn the_inspector_of_a_day_has_only_the_windows_that_the_filter_leaves() {
    let mut screen = Screen::new(crowded(2, false), View::Calendar(CalendarView::Planner));
    let filter = WindowFilter { text: "night2".to_owned(), ..WindowFilter::default() };
    screen.perform(Action::Filter(FilterStep::Set(filter)));
    screen.perform(Action::Select(Selection::Day(date("2027-03-06"))));
    screen.expect_part("02:00  Window 2");
    // Below, the activity of the day has all windows, since a SOC asks for all.
    assert!(!screen.says("02:00  Window 1"));
    screen.expect("The filter hides 1 window");
}

#[test]
fn at_most_twelve_months_are_side_by_side_and_the_selected_day_is_scrolled_to() {
    let mut parts = harbour::plan().to_parts();
    parts.horizon = Horizon { months: 24, ..parts.horizon };
    let mut screen = Screen::new(parts.into(), View::Calendar(CalendarView::Planner));
    assert!(screen.rect("Mon 1 Mar 2027").width() >= 72.0);
    screen.absent("Fri 1 Dec 2028");
    screen.perform(Action::Select(Selection::Day(date("2028-12-01"))));
    screen.finish_jobs();
    let (month, panel) = (screen.rect("December 2028"), screen.rect("Close the inspector"));
    assert!(month.right() < panel.right() - 330.0, "{month:?} is not under the inspector");
}

#[test]
fn the_state_of_the_file_is_beside_the_title() {
    let mut screen = planner();
    screen.expect("Sample plan");
    let first = screen.name_of(DESKTOPS);
    screen.click(&first);
    screen.enter("Short name", "Pilot");
    let (title, state) = (screen.rect_of("Harbour Trust"), screen.rect("Unsaved"));
    assert!(state.left() > title.right() && state.bottom() < 48.0 && state.left() < title.right() + 160.0, "{state:?}");
}

#[test]
fn the_head_of_the_inspector_stays_and_answers_are_large_enough_to_click() {
    let mut screen = planner();
    let first = screen.name_of(DESKTOPS);
    screen.click(&first);
    for half in ["Record this date as asked", "Record this date as agreed", "Record all dates as asked"] {
        assert!(screen.rect(half).height() >= 24.0, "{half}");
    }
    let before = (screen.field_rect("Name"), screen.rect("Record this date as asked"));
    screen.scroll_at("Record this date as asked", -200.0);
    assert_eq!(screen.field_rect("Name"), before.0);
    assert!(!screen.says("Record this date as asked") || screen.rect("Record this date as asked") != before.1);
}

#[test]
fn in_a_window_of_1440_by_900_at_200_percent_nothing_in_the_bars_overlaps_or_is_cut_off() {
    let mut screen = planner();
    screen.resize(720.0, 450.0);
    screen.finish_jobs();
    let (title, page) = (screen.rect_of("Harbour Trust"), screen.rect("Page of the calendar: Planner"));
    let (search, export) = (screen.rect("Search or run a command"), screen.rect("Export…"));
    assert!(title.right() <= page.left() && page.right() <= search.left() && search.right() <= export.left());
    let (last, status, legend) = (screen.rect("Findings"), screen.rect_of(" accepted"), screen.rect("T: Test"));
    assert!(last.bottom() <= status.top(), "{last:?} is above {status:?}");
    assert!(status.right() + 8.0 <= legend.left(), "{status:?} is beside {legend:?}");
    screen.click("Page of the calendar: Planner");
    screen.click("Agenda");
    assert_eq!(screen.session(|session| session.navigation.view), View::Calendar(CalendarView::Agenda));
}
