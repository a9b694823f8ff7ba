//! What a security operations centre asks of a day.

use windowsill::session::{Action, CalendarView, Selection, Session, View};

use crate::common::dates::date;
use crate::driver::Screen;

#[test]
fn a_selected_day_shows_what_may_restart_on_it_and_whether_that_is_approved() {
    let mut screen = Screen::new(Session::sample_plan(), View::Calendar(CalendarView::Month(date("2027-03-27"))));
    screen.perform(Action::Select(Selection::Day(date("2027-03-27"))));
    screen.expect("Activity");
    screen.expect("Sat 27 Mar 2027 22:00 – 02:00");
    screen.expect("Not approved");
    assert!(screen.says("installs, restarts") && screen.says("People: "));
    screen.expect("Export activity of this day…");
    // The window lasts until the day after, and belongs to both.
    screen.perform(Action::Select(Selection::Day(date("2027-03-28"))));
    screen.expect("Sat 27 Mar 2027 22:00 – 02:00");
}
