//! Conflicts of a merge on screen: both values, what theirs means, and choosing one.

use windowsill::merge::merge_plans;
use windowsill::model::{Edit, MaintenanceWindow, Minutes, Plan};
use windowsill::session::{Action, Command, View};

use crate::common::harbour;
use crate::driver::Screen;

fn merged() -> Plan {
    let base = harbour::plan();
    let with = |hours| {
        let window = MaintenanceWindow { duration: Minutes::hours(hours), ..harbour::window() };
        base.apply(&Edit::PutWindow(window)).unwrap()
    };
    merge_plans(Some(&base), &with(5), &with(6)).unwrap().plan
}

fn duration(screen: &Screen) -> Minutes {
    screen.session(|session| session.document.plan().windows().iter().next().unwrap().duration)
}

fn conflicts(screen: &Screen) -> usize {
    screen.session(|session| session.document.plan().conflicts().len())
}

#[test]
fn both_values_are_shown_and_theirs_can_be_taken_and_undone() {
    let mut screen = Screen::new(merged(), View::Findings);
    screen.write("Filter findings", "P016");
    screen.expect("12 occurrences would change");
    screen.click("Take theirs");
    assert_eq!(duration(&screen), Minutes::hours(6));
    assert_eq!(conflicts(&screen), 0);
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(duration(&screen), Minutes::hours(5));
    screen.click("Keep ours");
    assert_eq!(conflicts(&screen), 0);
    assert_eq!(duration(&screen), Minutes::hours(5));
}

#[test]
fn a_conflict_cannot_be_accepted() {
    let mut screen = Screen::new(merged(), View::Findings);
    screen.write("Filter findings", "P016");
    screen.expect("Take theirs");
    screen.absent("Accept…");
    screen.session(|session| {
        assert!(!session.is_enabled(Command::AcceptFinding));
        let reason = session.unavailable_reason(Command::AcceptFinding).unwrap();
        assert!(reason.contains("cannot be accepted"), "{reason}");
    });
}
