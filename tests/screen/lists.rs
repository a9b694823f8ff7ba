//! The forms of the lists.

use egui::Key;
use windowsill::model::{Stage, Subject};
use windowsill::session::{Action, Command, Destination, View};

use crate::common::harbour;
use crate::driver::Screen;

fn form(subject: Subject) -> Screen {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(subject)));
    screen
}

fn undo(screen: &mut Screen) {
    screen.perform(Action::Run(Command::Undo));
}

#[test]
fn a_window_has_its_whole_form() {
    let mut screen = form(Subject::Window("core-db".into()));
    screen.enter("Change ticket", "CHG-7");
    let ticket = |screen: &Screen| {
        screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().change_ticket.clone())
    };
    assert_eq!(ticket(&screen), "CHG-7");
    screen.field_rect("Rule in words");
    undo(&mut screen);
    assert_eq!(ticket(&screen), "CHG-20417");
}

#[test]
fn a_ladder_has_the_settings_of_its_groups() {
    let mut screen = form(Subject::Ladder("servers".into()));
    let groups = |screen: &Screen| {
        screen.session(|session| {
            let ladder = session.plan().ladders().get(&"servers".into()).unwrap();
            ladder.groups.iter().map(|group| (group.name.clone(), group.stage, group.cadence_days)).collect::<Vec<_>>()
        })
    };
    screen.enter("Days between windows: Production", "45");
    assert_eq!(groups(&screen), [("Production".to_owned(), Stage::Production, Some(45))]);
    screen.invoke("Add group");
    assert_eq!(groups(&screen).len(), 2);
    screen.invoke("Earlier: Test");
    assert_eq!(groups(&screen)[0].0, "Test");
    screen.invoke("Remove group: Test");
    assert_eq!(groups(&screen).len(), 1);
    for _ in 0..4 {
        undo(&mut screen);
    }
    assert_eq!(groups(&screen), [("Production".to_owned(), Stage::Production, None)]);
}

#[test]
fn a_copy_is_numbered_and_its_name_is_selected_at_the_top_of_the_form() {
    let mut screen = form(Subject::System("core-db".into()));
    let top = screen.rect("Name").top();
    screen.scroll_at("Name", -400.0);
    assert!(screen.rect("Name").top() < top);
    screen.invoke("Duplicate");
    assert_eq!(screen.value_of("Name"), "Core DB 2");
    assert!((screen.rect("Name").top() - top).abs() < 1.0);
    screen.type_text("Ledger DB");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().systems().iter().any(|system| system.name == "Ledger DB")));
}
