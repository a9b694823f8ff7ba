//! The board of groups on screen: systems assigned by drag, by key and for several at once.

use egui::{Key, Modifiers};
use windowsill::model::{DeploymentGroup, GroupId, Plan, Stage, SystemId};
use windowsill::session::View;

use crate::common::harbour;
use crate::driver::Screen;

/// The plan of the exports with a second group, before Production.
fn board() -> Screen {
    let mut parts = harbour::plan().to_parts();
    let mut ladder = (**parts.ladders.get(&"servers".into()).unwrap()).clone();
    let pilot = DeploymentGroup {
        id: "pilot".into(),
        name: "Pilot".into(),
        stage: Stage::Pilot,
        soak: None,
        cadence_days: None,
        checklist: None,
        systems: Vec::new(),
    };
    ladder.groups.insert(0, pilot);
    parts.ladders = [ladder].into_iter().collect();
    let plan = Plan::from(parts);
    Screen::new(plan, View::Groups)
}

#[track_caller]
fn has(screen: &Screen, group: &str, systems: &[&str]) {
    let found = screen.session(|session| session.plan().group(&GroupId::new(group)).unwrap().1.systems.clone());
    assert_eq!(found, systems.iter().map(|id| SystemId::new(id)).collect::<Vec<_>>());
}

#[test]
fn a_system_dragged_to_a_group_is_assigned_and_one_undo_reverts_it() {
    let mut screen = board();
    screen.drag("Web + API, On no ladder, 4 hosts", "Pilot");
    has(&screen, "pilot", &["web"]);
    screen.expect("Web + API, Pilot, 4 hosts");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    has(&screen, "pilot", &[]);
    screen.expect("Web + API, On no ladder, 4 hosts");
}

#[test]
fn a_digit_assigns_the_chosen_system_and_zero_unassigns_it() {
    let mut screen = board();
    screen.click("Core DB, Production, 30 hosts");
    screen.press(Key::Num1);
    has(&screen, "pilot", &["core-db"]);
    screen.press(Key::Num0);
    has(&screen, "pilot", &[]);
    screen.expect("Core DB, On no ladder, 30 hosts");
}

#[test]
fn several_systems_are_one_edit() {
    let mut screen = board();
    screen.click("Core DB, Production, 30 hosts");
    screen.click_with("Web + API, On no ladder, 4 hosts", Modifiers::COMMAND);
    screen.press(Key::Num1);
    has(&screen, "pilot", &["core-db", "web"]);
    let label = screen.session(|session| session.document.history().undo_label().map(str::to_owned));
    assert_eq!(label.as_deref(), Some("Assign 2 systems to Pilot"));
}

#[test]
fn a_range_is_chosen_with_shift() {
    let mut screen = board();
    screen.click("Core DB, Production, 30 hosts");
    screen.click_with("Ledger, Production, 10 hosts", Modifiers::SHIFT);
    screen.press(Key::Num1);
    has(&screen, "pilot", &["core-db", "ledger"]);
}

#[test]
fn arrows_and_space_choose_without_a_mouse() {
    let mut screen = board();
    screen.press(Key::ArrowDown);
    screen.press(Key::Space);
    screen.press(Key::Num2);
    has(&screen, "production", &["core-db", "ledger", "web"]);
}

#[test]
fn the_cursor_goes_to_the_next_card_when_one_is_assigned() {
    let mut screen = board();
    screen.press(Key::ArrowDown);
    screen.press(Key::ArrowRight);
    screen.press(Key::Num1);
    has(&screen, "pilot", &["core-db"]);
    screen.press(Key::Num1);
    has(&screen, "pilot", &["core-db", "ledger"]);
    has(&screen, "production", &[]);
}

#[test]
fn a_system_renamed_in_the_lists_is_one_step_of_undo() {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    let name =
        |screen: &Screen| screen.session(|session| session.plan().systems().get(&"web".into()).unwrap().name.clone());
    screen.click("Name of Web + API");
    screen.write("Name", "Web shop");
    assert_eq!(name(&screen), "Web + API", "a draft is not an edit");
    screen.press(Key::Enter);
    assert_eq!(name(&screen), "Web shop");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(name(&screen), "Web + API");
}
