//! The keyboard focus: its mark, and the way that Tab takes.

use egui::Key;
use windowsill::session::{CalendarView, View};

use crate::common::harbour;
use crate::driver::Screen;

fn year() -> Screen {
    Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner))
}

#[test]
fn every_kind_of_control_has_the_same_ring() {
    let mut screen = year();
    for name in ["Harbour Trust 2027", "Export…", "Light or dark", "Month", "Agenda", "Findings", "Menu"] {
        screen.focus(name);
        let (ring, control) = (screen.focus_ring().expect(name), screen.rect_of(name));
        assert!(ring.contains_rect(control.expand(2.0)), "the ring {ring:?} of {name} is not around {control:?}");
    }
}

#[test]
fn nothing_has_a_ring_without_the_focus() {
    let mut screen = year();
    screen.focus("Month");
    screen.press(Key::Escape);
    assert_eq!(screen.focus_ring(), None);
}
