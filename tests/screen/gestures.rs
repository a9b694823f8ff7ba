//! How drags, boxes and menus in the calendar end, drags in nights of a clock change, and drags of several dates.

use egui::{Key, Modifiers, Vec2};
use windowsill::session::{Action, CalendarView, Command, Selection, View};

use crate::common::dates::{date, moved};
use crate::driver::Screen;
use crate::hands::{CORE_DB, dates, of_march, screen, selected_count, undo, undo_label, zoomed};

/// The width of an hour, from the ends of Core DB's bar: the clocks change in that night, so four hours are three.
fn hour(screen: &Screen) -> f32 {
    let (start, end) = (screen.rect(&format!("Start of {CORE_DB}")), screen.rect(&format!("End of {CORE_DB}")));
    (end.right() - start.left()) / 3.0
}

/// The pages that show the night of Core DB from left to right.
fn pages_with_hours() -> [Screen; 3] {
    let on = date("2027-03-27");
    [zoomed(), screen(CalendarView::Week(on)), screen(CalendarView::Day(on))]
}

#[test]
fn a_drag_over_a_clock_change_goes_to_the_hour_under_the_pointer() {
    for (page, mut screen) in pages_with_hours().into_iter().enumerate() {
        let hour = hour(&screen);
        // 22:00 GMT and four hours more: the clock shows 03:00 BST.
        screen.drag_by(CORE_DB, Vec2::new(4.0 * hour, 0.0), Modifiers::NONE);
        assert_eq!(of_march(&screen), ("2027-03-28 03:00:00".to_owned(), 240), "page {page}");
        undo(&mut screen);
        assert_eq!(of_march(&screen), ("2027-03-27 22:00:00".to_owned(), 240));
    }
}

#[test]
fn the_edges_of_a_bar_are_dragged_in_the_week_and_the_day() {
    for (page, mut screen) in pages_with_hours().into_iter().enumerate() {
        let by_hours = |screen: &Screen, hours: f32| Vec2::new(hours * hour(screen), 0.0);
        let distance = by_hours(&screen, -1.0);
        screen.drag_by(&format!("End of {CORE_DB}"), distance, Modifiers::NONE);
        screen.click("Only this date");
        // It ends at 01:00 GMT, which is 02:00 BST; an hour before that it is midnight.
        assert_eq!(of_march(&screen), ("2027-03-27 22:00:00".to_owned(), 120), "page {page}");
        assert_eq!(undo_label(&screen), "Change length of Core DB patching, 20 Mar");
        undo(&mut screen);
        // The inspector has opened, which makes the page narrower.
        let distance = by_hours(&screen, -1.5);
        screen.drag_by(&format!("Start of {CORE_DB}"), distance, Modifiers::NONE);
        screen.click("Only this date");
        assert_eq!(of_march(&screen), ("2027-03-27 20:30:00".to_owned(), 330), "page {page}");
        undo(&mut screen);
        assert_eq!(of_march(&screen), ("2027-03-27 22:00:00".to_owned(), 240));
    }
}

#[test]
fn a_drag_to_another_night_keeps_the_time_of_day() {
    let mut screen = screen(CalendarView::Week(date("2027-03-27")));
    let (from, to) = (screen.rect_of("Night of Sat 27"), screen.rect_of("Night of Thu 25"));
    screen.drag_by(CORE_DB, Vec2::new(3.0, to.center().y - from.center().y), Modifiers::NONE);
    assert_eq!(of_march(&screen), ("2027-03-25 22:00:00".to_owned(), 240));
    undo(&mut screen);
    assert_eq!(of_march(&screen).0, "2027-03-27 22:00:00");
}

#[test]
fn a_drag_ends_with_its_page_its_plan_and_its_selection() {
    let before = of_march(&screen(CalendarView::Planner));
    let leave: [fn(&mut Screen); 4] = [
        |screen| {
            screen.perform(Action::Show(View::Lists));
            screen.perform(Action::Show(View::Calendar(CalendarView::Planner)));
        },
        |screen| screen.perform(Action::Show(View::Calendar(CalendarView::Agenda))),
        |screen| screen.perform(Action::Select(Selection::Day(date("2027-05-04")))),
        |screen| {
            screen.perform(Action::Run(Command::Shortcuts));
            screen.press(Key::Escape);
        },
    ];
    for (nth, leave) in leave.into_iter().enumerate() {
        let mut screen = screen(CalendarView::Planner);
        let at = screen.hold(CORE_DB, "Tue 23 Mar 2027");
        screen.expect_part("Tue 23 Mar 2027 · ");
        leave(&mut screen);
        assert!(!screen.says("Tue 23 Mar 2027 · "), "{nth}");
        screen.let_go(at, Modifiers::NONE);
        assert_eq!(of_march(&screen), before, "{nth}");
    }
}

#[test]
fn escape_on_another_page_is_not_used_up_by_a_drag_that_is_gone() {
    let mut screen = screen(CalendarView::Planner);
    screen.hold(CORE_DB, "Tue 23 Mar 2027");
    screen.perform(Action::Show(View::Calendar(CalendarView::Agenda)));
    screen.perform(Action::Select(Selection::Day(date("2027-05-04"))));
    screen.press(Key::Escape);
    assert_eq!(screen.session(|session| session.selection().clone()), Selection::Nothing);
}

#[test]
fn an_undo_during_a_drag_ends_it() {
    let mut screen = screen(CalendarView::Planner);
    screen.perform(Action::Edit(moved("2027-03-20", "2027-03-25")));
    let name = screen.name_of("Core DB patching, Thu 25 Mar 2027");
    let at = screen.hold(&name, "Tue 23 Mar 2027");
    undo(&mut screen);
    screen.let_go(at, Modifiers::NONE);
    assert_eq!(of_march(&screen).0, "2027-03-27 22:00:00");
}

#[test]
fn a_menu_after_a_drag_closes_when_something_else_is_selected() {
    let mut screen = screen(CalendarView::Planner);
    screen.drag_with(CORE_DB, "Tue 30 Mar 2027", Modifiers::SHIFT);
    screen.expect("Only this date");
    screen.perform(Action::Select(Selection::Day(date("2027-05-04"))));
    screen.absent("Only this date");
    screen.drag("Tue 11 May 2027", "Thu 13 May 2027");
    screen.expect_part("New change freeze, ");
    screen.perform(Action::Show(View::Calendar(CalendarView::Rows)));
    assert!(!screen.says("New change freeze, "));
}

#[test]
fn escape_ends_a_drag_while_shift_is_held() {
    let mut screen = screen(CalendarView::Planner);
    let at = screen.hold(CORE_DB, "Tue 23 Mar 2027");
    screen.press_with(Modifiers::SHIFT, Key::Escape);
    screen.let_go(at, Modifiers::SHIFT);
    screen.absent("Only this date");
    assert_eq!(of_march(&screen).0, "2027-03-27 22:00:00");
}

#[test]
fn dragging_one_of_several_moves_all_by_its_hours_and_says_so() {
    let mut screen = zoomed();
    let before = dates(&screen);
    let key = |on: &str| ("core-db".into(), date(on));
    screen.perform(Action::Select(Selection::several([key("2027-03-20"), key("2027-04-24")])));
    let april = |screen: &Screen| dates(screen).into_iter().find(|each| each.0 == date("2027-04-24")).unwrap().1;
    let hour = hour(&screen);
    let at = screen.hold_by(CORE_DB, Vec2::new(-0.75 * hour, 0.0));
    screen.expect("Move 2 dates 45 min earlier");
    screen.let_go(at, Modifiers::NONE);
    assert_eq!(of_march(&screen).0, "2027-03-27 21:15:00");
    assert_eq!(april(&screen), "2027-04-24 21:15:00");
    assert_eq!(undo_label(&screen), "Move 2 dates 45 min earlier");
    undo(&mut screen);
    assert_eq!(dates(&screen), before);
}

#[test]
fn shift_moves_only_the_held_one_of_several_even_if_its_window_has_one_date() {
    let mut screen = screen(CalendarView::Planner);
    let held = screen.name_of("Branch counter upgrade, Sun 4 Jul 2027");
    let key = |window: &str, on: &str| (window.into(), date(on));
    let both = Selection::several([key("branch-upgrade", "2027-07-04"), key("core-db", "2027-03-20")]);
    screen.perform(Action::Select(both));
    let start = |screen: &Screen| {
        let key = ("branch-upgrade".into(), date("2027-07-04"));
        screen.session(|session| {
            session.schedule().occurrence(&key.0, key.1).unwrap().1.local_start.to_naive().to_string()
        })
    };
    let at = screen.hold(&held, "Mon 5 Jul 2027");
    screen.expect("Move 2 dates 1 day later");
    screen.hold_keys(at, Modifiers::SHIFT);
    screen.absent("Move 2 dates 1 day later");
    screen.let_go(at, Modifiers::SHIFT);
    assert_eq!(start(&screen), "2027-07-05 08:00:00");
    assert_eq!(of_march(&screen).0, "2027-03-27 22:00:00", "the other one stays");
    undo(&mut screen);
    assert_eq!(start(&screen), "2027-07-04 08:00:00");
}

#[test]
fn a_range_with_shift_includes_skipped_dates() {
    let mut screen = screen(CalendarView::Planner);
    let (april, may) =
        (screen.name_of("Core DB patching, Sat 24 Apr 2027"), screen.name_of("Core DB patching, Sat 22 May 2027"));
    screen.click(&april);
    screen.perform(Action::Run(Command::SkipOccurrence));
    screen.click(CORE_DB);
    screen.click_with(&may, Modifiers::SHIFT);
    assert_eq!(selected_count(&screen), 3);
    screen.invoke("Reset to rule");
    screen.expect_part("Core DB patching, Sat 22 May 2027 (it follows its rule)");
    screen.click("Change the others");
    assert_eq!(undo_label(&screen), "Reset 2 dates to the rule");
}

#[test]
fn drafts_for_several_dates_do_not_outlive_their_selection() {
    let mut screen = screen(CalendarView::Planner);
    let april = screen.name_of("Core DB patching, Sat 24 Apr 2027");
    let both = |screen: &mut Screen| {
        screen.click(CORE_DB);
        screen.click_with(&april, Modifiers::COMMAND);
        assert_eq!(selected_count(screen), 2);
    };
    both(&mut screen);
    screen.enter("Reason for skipping all", "Audit");
    assert_eq!(screen.text_in("Reason for skipping all"), "Audit");
    screen.perform(Action::Select(Selection::Nothing));
    both(&mut screen);
    assert_eq!(screen.text_in("Reason for skipping all"), "");
}

#[test]
fn the_focus_returns_when_a_menu_closes() {
    let mut screen = screen(CalendarView::Rows);
    screen.focus("Rows of windows");
    screen.click_secondary(CORE_DB);
    assert!(screen.has_enabled_item("Skip occurrence"));
    screen.press(Key::ArrowDown);
    screen.press(Key::Escape);
    screen.wait(1.0);
    assert_eq!(screen.stop().map(|stop| stop.name), Some("Rows of windows".to_owned()));
}
