//! What is done with the mouse in the calendar: dragging dates and their edges, copying, menus; each is undone in one step.

use chrono::NaiveDate;
use egui::{Key, Modifiers, Vec2};
use windowsill::session::{Action, CalendarView, Command, Selection, Session, View};

use crate::common::dates::date;
use crate::driver::Screen;

/// It was moved here from Sat 20 Mar.
pub const CORE_DB: &str = "Core DB patching, Sat 27 Mar 2027 22:00, Production, rolls back by 23:45 GMT";

pub fn screen(page: CalendarView) -> Screen {
    Screen::new(Session::sample_plan(), View::Calendar(page))
}

/// The original date, the start and the length in minutes of each occurrence of the window.
pub fn dates(screen: &Screen) -> Vec<(NaiveDate, String, u32)> {
    screen.session(|session| {
        let window = session.schedule().window(&"core-db".into()).unwrap();
        let times = |each: &windowsill::schedule::Occurrence| {
            (each.original_on(), each.local_start.to_naive().to_string(), each.duration.0)
        };
        window.expansion.occurrences.iter().map(times).collect()
    })
}

pub fn of_march(screen: &Screen) -> (String, u32) {
    let march = dates(screen).into_iter().find(|each| each.0 == date("2027-03-20")).unwrap();
    (march.1, march.2)
}

pub fn undo(screen: &mut Screen) {
    screen.press_with(Modifiers::COMMAND, Key::Z);
}

pub fn undo_label(screen: &Screen) -> String {
    screen.session(|session| session.document.history().undo_label().unwrap_or_default().to_owned())
}

#[test]
fn a_drag_with_alt_adds_a_date_to_the_window() {
    for page in [CalendarView::Planner, CalendarView::Month(date("2027-03-01"))] {
        let mut screen = screen(page);
        let before = dates(&screen);
        screen.drag_with(CORE_DB, "Tue 23 Mar 2027", Modifiers::ALT);
        let after = dates(&screen);
        assert_eq!(after.len(), before.len() + 1, "{page:?}");
        assert!(after.contains(&(date("2027-03-23"), "2027-03-23 22:00:00".to_owned(), 240)), "{after:?}");
        assert_eq!(undo_label(&screen), "Add Core DB patching, 23 Mar");
        undo(&mut screen);
        assert_eq!(dates(&screen), before);
    }
}

#[test]
fn a_drag_with_shift_asks_which_dates_to_move() {
    let mut screen = screen(CalendarView::Planner);
    let before = dates(&screen);
    screen.drag_with(CORE_DB, "Tue 30 Mar 2027", Modifiers::SHIFT);
    assert_eq!(dates(&screen), before, "nothing moves before the answer");
    screen.click("This and later dates (9)");
    let after = dates(&screen);
    assert_eq!(after[1], before[1], "earlier dates stay");
    assert_eq!(after[2].1, "2027-03-30 22:00:00");
    assert_eq!(after[3].1, "2027-04-27 22:00:00");
    assert_eq!(undo_label(&screen), "Change Core DB patching from 20 Mar on");
    undo(&mut screen);
    assert_eq!(dates(&screen), before);
}

#[test]
fn escape_and_enter_answer_which_dates_to_move() {
    let mut screen = screen(CalendarView::Planner);
    let before = dates(&screen);
    screen.drag_with(CORE_DB, "Tue 30 Mar 2027", Modifiers::SHIFT);
    screen.press(Key::Escape);
    screen.absent("Only this date");
    assert_eq!(dates(&screen), before, "Escape changes nothing");
    screen.point_at("Year planner");
    screen.drag_with(CORE_DB, "Tue 30 Mar 2027", Modifiers::SHIFT);
    screen.press(Key::Enter);
    assert_eq!(of_march(&screen).0, "2027-03-30 22:00:00", "Enter takes the first answer");
    assert_eq!(undo_label(&screen), "Move Core DB patching, 20 Mar");
}

#[test]
fn escape_ends_a_drag() {
    let mut screen = screen(CalendarView::Planner);
    screen.hold(CORE_DB, "Tue 23 Mar 2027");
    screen.expect_part("Tue 23 Mar 2027 · ");
    screen.press(Key::Escape);
    assert_eq!(of_march(&screen), ("2027-03-27 22:00:00".to_owned(), 240));
}

/// The rows, with the night of the occurrence over the whole width.
pub fn zoomed() -> Screen {
    let mut screen = screen(CalendarView::Rows);
    screen.click(CORE_DB);
    for _ in 0..14 {
        screen.press(Key::Plus);
    }
    screen
}

#[test]
fn the_edges_of_a_bar_change_start_and_length() {
    let mut screen = zoomed();
    // The clocks change in that night: four hours by the clock are three.
    let hour = screen.rect(CORE_DB).width() / 3.0;
    screen.drag_by(&format!("End of {CORE_DB}"), Vec2::new(2.0 * hour, 0.0), Modifiers::NONE);
    screen.click("Only this date");
    assert_eq!(of_march(&screen), ("2027-03-27 22:00:00".to_owned(), 360));
    assert_eq!(undo_label(&screen), "Change length of Core DB patching, 20 Mar");
    undo(&mut screen);
    screen.drag_by(&format!("Start of {CORE_DB}"), Vec2::new(-hour, 0.0), Modifiers::NONE);
    screen.click("All dates (11)");
    assert!(dates(&screen).iter().all(|each| each.1.ends_with("21:00:00") && each.2 == 300), "{:?}", dates(&screen));
    undo(&mut screen);
    assert_eq!(of_march(&screen), ("2027-03-27 22:00:00".to_owned(), 240));
}

#[test]
fn a_zoomed_bar_moves_by_quarters_of_an_hour() {
    let mut screen = zoomed();
    // The clocks change in that night: four hours by the clock are three.
    let hour = screen.rect(CORE_DB).width() / 3.0;
    screen.drag_by(CORE_DB, Vec2::new(0.75 * hour, 0.0), Modifiers::NONE);
    assert_eq!(of_march(&screen), ("2027-03-27 22:45:00".to_owned(), 240));
    undo(&mut screen);
    assert_eq!(of_march(&screen).0, "2027-03-27 22:00:00");
}

#[test]
fn the_menu_of_an_occurrence_is_grouped() {
    let mut screen = screen(CalendarView::Planner);
    screen.click_secondary(CORE_DB);
    assert!(screen.has_enabled_item("Night: work through the checklist"));
    screen.point_at("Move");
    screen.choose("Move a week earlier");
    assert_eq!(of_march(&screen).0, "2027-03-20 22:00:00");
    undo(&mut screen);
    screen.click_secondary(CORE_DB);
    screen.point_at("Agreement");
    assert!(screen.has_enabled_item("Record this date as asked"));
    assert!(screen.has_enabled_item("Skip occurrence"));
    screen.press(Key::Escape);
    let april = screen.name_of("Core DB patching, Sat 24 Apr 2027");
    screen.click_secondary(&april);
    assert!(!screen.has_enabled_item("Reset to rule"), "it follows its rule");
}

#[test]
fn the_menu_of_a_day_adds_to_it() {
    let mut screen = screen(CalendarView::Planner);
    screen.click_secondary("Tue 23 Mar 2027");
    assert!(!screen.has_enabled_item("Add a date"), "no window was selected before");
    screen.choose("New change freeze");
    let first = |session: &Session| match session.selection() {
        Selection::Freeze(id) => session.plan().freezes().get(id).map(|freeze| freeze.first_on),
        _ => None,
    };
    assert_eq!(screen.session(first), Some(date("2027-03-23")));
}

#[test]
fn the_menu_of_a_row_acts_on_its_window() {
    let mut screen = screen(CalendarView::Rows);
    let row = screen.name_of("Core DB patching, Production, ");
    screen.click_secondary(&row);
    screen.choose("Duplicate window");
    let copies = |session: &Session| {
        session.plan().windows().iter().filter(|window| window.name.starts_with("Core DB patching")).count()
    };
    assert_eq!(screen.session(copies), 2);
}

/// The names of the last undo step, and how many occurrences are selected.
pub fn selected_count(screen: &Screen) -> usize {
    screen.session(|session| session.selection().occurrences().len())
}

#[test]
fn several_dates_are_moved_and_skipped_together() {
    let mut screen = screen(CalendarView::Planner);
    let before = dates(&screen);
    let may = screen.name_of("Core DB patching, Sat 22 May 2027");
    screen.click(CORE_DB);
    screen.click_with(&may, Modifiers::SHIFT);
    assert_eq!(selected_count(&screen), 3, "all of this window between them");
    screen.expect("3 dates of 1 window");
    screen.press_with(Modifiers::ALT, Key::ArrowDown);
    let after = dates(&screen);
    assert_eq!(after[2].1, "2027-03-28 22:00:00");
    assert_eq!(after[4].1, "2027-05-23 22:00:00");
    assert_eq!((&after[1], &after[5]), (&before[1], &before[5]), "the others stay");
    assert_eq!(undo_label(&screen), "Move 3 dates 1 day later");
    undo(&mut screen);
    assert_eq!(dates(&screen), before);
    screen.write("Reason for skipping all", "Audit");
    screen.press(Key::Enter);
    screen.invoke("Skip 3 dates");
    assert_eq!(dates(&screen).len(), before.len() - 3);
    assert_eq!(undo_label(&screen), "Skip 3 dates");
    undo(&mut screen);
    screen.enter("Start of all", "20:00");
    assert_eq!(undo_label(&screen), "Start 3 dates at 20:00");
    undo(&mut screen);
    assert_eq!(dates(&screen), before);
}

#[test]
fn what_cannot_be_done_has_a_reason_for_each_date() {
    let mut screen = screen(CalendarView::Planner);
    let april = screen.name_of("Core DB patching, Sat 24 Apr 2027");
    screen.click(CORE_DB);
    screen.click_with(&april, Modifiers::COMMAND);
    assert_eq!(selected_count(&screen), 2);
    let before = dates(&screen);
    screen.invoke("Reset to rule");
    screen.expect_part("Core DB patching, Sat 24 Apr 2027 (it follows its rule)");
    assert_eq!(dates(&screen), before, "nothing is done before the answer");
    screen.click("Change the others");
    assert_eq!(of_march(&screen).0, "2027-03-20 22:00:00");
    assert_eq!(undo_label(&screen), "Reset 1 date to the rule");
}

#[test]
fn a_box_selects_what_it_touches() {
    let mut screen = screen(CalendarView::Rows);
    let (row, end) = (screen.rect(CORE_DB), screen.rect(&screen.name_of("Core DB patching, Sat 22 May 2027")));
    screen.drag_box(row.left_top() - Vec2::splat(2.0), end.right_bottom());
    screen.session(|session| {
        let of_row = session.selection().occurrences().filter(|(window, _)| window.as_str() == "core-db");
        assert_eq!(of_row.count(), 3, "{:?}", session.selection());
    });
}

#[test]
fn dates_are_copied_to_another_month() {
    let mut screen = screen(CalendarView::Planner);
    let before = dates(&screen);
    screen.click(CORE_DB);
    screen.perform(Action::Run(Command::CopyDates));
    screen.click("Tue 4 May 2027");
    screen.perform(Action::Run(Command::PasteDates));
    assert_eq!(dates(&screen).len(), before.len() + 1);
    assert!(dates(&screen).contains(&(date("2027-05-04"), "2027-05-04 22:00:00".to_owned(), 240)));
    assert_eq!(undo_label(&screen), "Add 1 date");
    undo(&mut screen);
    assert_eq!(dates(&screen), before);
}

#[test]
fn dragging_over_empty_days_offers_a_freeze() {
    let mut screen = screen(CalendarView::Planner);
    screen.drag("Tue 4 May 2027", "Thu 6 May 2027");
    screen.choose("New change freeze, ");
    let days = |session: &Session| match session.selection() {
        Selection::Freeze(id) => session.plan().freezes().get(id).map(|freeze| (freeze.first_on, freeze.last_on)),
        _ => None,
    };
    assert_eq!(screen.session(days), Some((date("2027-05-04"), date("2027-05-06"))));
    // The name of the new freeze has the keyboard.
    screen.press(Key::Escape);
    undo(&mut screen);
    assert_eq!(screen.session(days), None);
}

#[test]
fn keys_of_one_frame_act_one_by_one_in_their_order() {
    let mut screen = screen(CalendarView::Planner);
    screen.click(CORE_DB);
    let down = (Modifiers::ALT, Key::ArrowDown);
    let undo = (Modifiers::COMMAND, Key::Z);
    screen.press_together(&[down, down, down]);
    assert_eq!(of_march(&screen).0, "2027-03-30 22:00:00");
    screen.press_together(&[undo, undo, (Modifiers::COMMAND, Key::Y), down]);
    assert_eq!(of_march(&screen).0, "2027-03-30 22:00:00");
    screen.press_together(&[down, undo, undo]);
    assert_eq!(of_march(&screen).0, "2027-03-29 22:00:00");
}
