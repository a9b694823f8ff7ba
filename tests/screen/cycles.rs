//! Ladders in time on screen: cycles as rows, deadlines as a strip, standby windows as one click.

use egui::{Key, Modifiers};
use windowsill::model::{Ladder, Plan};
use windowsill::session::{Action, CalendarView, Selection, View};

use crate::common::harbour;
use crate::driver::Screen;

/// One group, patched on the third Saturday of each month, that follows Patch Tuesday.
fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let ladder = parts.ladders.get(&"servers".into()).unwrap();
    parts.ladders = [Ladder { release: Some("microsoft".into()), ..(**ladder).clone() }].into_iter().collect();
    parts.into()
}

#[test]
fn each_release_is_a_row_that_says_when_everybody_has_it() {
    let mut screen = Screen::new(plan(), View::Calendar(CalendarView::Planner));
    screen.press_with(Modifiers::COMMAND, Key::Num9);
    assert_eq!(screen.session(|session| session.navigation.view), View::Cycles);
    // Medium has 30 days, Low 90; a row that misses a deadline says so.
    screen.expect("Cycle of Tue 9 Mar 2027: 100 % after 11 days 8 h, Late for Critical and High");
    screen.expect("Production, Sat 20 Mar 2027 22:00 – 02:00, Core DB patching");
    screen.expect_part("Cycle of Tue 14 Dec 2027: Production is not reached, Freeze Year end blocks Sat 18 Dec 2027");
}

#[test]
fn a_click_on_a_group_shows_its_occurrence_in_the_year() {
    let mut screen = Screen::new(plan(), View::Cycles);
    screen.click("Production, Sat 20 Mar 2027 22:00 – 02:00, Core DB patching");
    let on = "2027-03-20".parse().unwrap();
    assert!(screen.session(|session| session.navigation.selection.is_occurrence(&"core-db".into(), on)));
    assert_eq!(screen.session(|session| session.navigation.view), View::Calendar(CalendarView::Rows));
}

#[test]
fn the_arrow_keys_go_from_release_to_release_and_enter_shows_the_occurrence() {
    let mut screen = Screen::new(plan(), View::Cycles);
    // It is 1 March, so the release of 9 February is selected.
    screen.expect("Release of Tue 9 Feb 2027");
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    let on = "2027-03-20".parse().unwrap();
    assert_eq!(
        screen.session(|session| session.navigation.selection.clone()),
        Selection::Occurrence("core-db".into(), on)
    );
}

#[test]
fn standby_windows_bring_a_severity_to_zero_and_one_undo_reverts_them() {
    let mut screen = Screen::new(plan(), View::Cycles);
    let windows = |screen: &Screen| screen.session(|session| session.plan().windows().len());
    let before = windows(&screen);
    let button = "Add 1 standby window with 5 dates for Medium…";
    screen.click(button);
    screen.finish_jobs();
    screen.expect("Add 1 standby window with 5 dates?");
    screen.click("Cancel");
    assert_eq!(windows(&screen), before);
    screen.click(button);
    screen.finish_jobs();
    screen.click("Add");
    assert_eq!(windows(&screen), before + 1);
    screen.absent(button);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(windows(&screen), before);
    screen.expect(button);
}

#[test]
fn the_strip_under_the_planner_is_a_line_until_it_is_unfolded() {
    let mut screen = Screen::new(plan(), View::Calendar(CalendarView::Planner));
    screen.absent("Days on which deadlines cannot be met");
    screen.expect("Low 0");
    screen.click("Unfold deadlines");
    screen.expect_part("Low within 90 days: late on 0 of ");
    assert!(screen.session(|session| session.settings.unfolds_deadlines), "it stays unfolded the next time");
    screen.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::D);
    screen.absent("Days on which deadlines cannot be met");
    screen.perform(Action::Show(View::Calendar(CalendarView::Months)));
    screen.absent("Unfold deadlines");
}
