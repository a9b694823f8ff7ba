//! What the program says: what was done and how to undo it, information and errors, none of which moves the view.

use egui::{Key, Modifiers};
use windowsill::model::{Edit, MaintenanceWindow, Minutes};
use windowsill::output::Order;
use windowsill::session::{Action, CalendarView, Command, MessageButton, Selection, View};

use crate::common::dates::date;
use crate::common::harbour;
use crate::driver::Screen;

const ROWS: View = View::Calendar(CalendarView::Rows);

fn screen() -> Screen {
    Screen::new(harbour::plan(), ROWS)
}

/// A screen on which the occurrence of 20 March was moved by a week.
fn moved() -> Screen {
    let mut screen = screen();
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), date("2027-03-20"))));
    screen.press_with(Modifiers::ALT, Key::ArrowRight);
    screen
}

fn toast(screen: &Screen) -> Option<String> {
    screen.session(|session| session.messages.toast().map(|message| message.text.clone()))
}

#[test]
fn a_move_says_where_to_and_one_click_undoes_it() {
    let mut screen = moved();
    let said = toast(&screen).unwrap();
    assert!(said.starts_with("Moved Core DB patching to Sat 27 Mar"), "{said}");
    assert!(screen.is_announced(&said));
    screen.click("Undo");
    assert!(screen.session(|session| session.document.history().undo_label().is_none()));
    assert!(toast(&screen).unwrap().starts_with("Undid \"Move Core DB patching, 20 Mar\""));
    screen.click("Redo");
    assert!(toast(&screen).unwrap().starts_with("Redid \"Move Core DB patching, 20 Mar\""));
    assert!(screen.session(|session| session.document.history().undo_label().is_some()));
}

#[test]
fn an_edit_says_what_it_changed_in_the_findings_and_reareas_the_one_before() {
    let mut screen = moved();
    let mut window = harbour::window();
    window.duration = Minutes::hours(1);
    screen.perform(Action::Edit(Edit::PutWindow(window.clone())));
    let said = toast(&screen).unwrap();
    assert!(said.starts_with("Changed Core DB patching: ") || said.starts_with("Changed length of"), "{said}");
    assert!(said.contains("errors more"), "{said}");
    window.duration = Minutes::hours(4);
    screen.perform(Action::Edit(Edit::PutWindow(MaintenanceWindow { name: "Core".to_owned(), ..window })));
    let said = toast(&screen).unwrap();
    assert!(said.contains("errors fewer"), "{said}");
    assert_eq!(screen.session(|session| session.messages.iter().count()), 1);
}

#[test]
fn it_goes_away_after_a_while_but_not_while_it_is_pointed_at() {
    let mut screen = moved();
    let said = toast(&screen).unwrap();
    screen.point_at(&said);
    screen.wait(20.0);
    assert_eq!(toast(&screen), Some(said));
    screen.point_at("Export…");
    screen.wait(1.0);
    assert!(toast(&screen).is_some());
    screen.wait(3.0);
    assert_eq!(toast(&screen), None);
    let mut screen = moved();
    screen.wait(5.0);
    assert_eq!(toast(&screen), None);
}

#[test]
fn errors_and_toasts_move_nothing_and_errors_stay() {
    let mut screen = screen();
    screen.perform(Action::Select(Selection::Nothing));
    let areas = |screen: &Screen| ["Production", "Core DB patching"].map(|name| screen.rect_of(name));
    let before = areas(&screen);
    screen.perform(Action::Import(None, vec!["/nowhere/first.csv".into()]));
    assert_eq!(areas(&screen), before);
    let card = screen.rect_of("first.csv");
    assert!(card.left() > 1280.0 - 16.0 - 360.0 && card.right() < 1280.0 - 16.0, "{card:?}");
    screen.wait(30.0);
    assert_eq!(screen.session(|session| session.messages.iter().count()), 1);
    // The card can be reached while the inspector is open, and an edit leaves it.
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), date("2027-03-20"))));
    screen.press_with(Modifiers::ALT, Key::ArrowRight);
    screen.click("Dismiss");
    assert!(screen.session(|session| !session.messages.iter().any(windowsill::session::Message::is_error)));
}

#[test]
fn information_goes_away_after_eight_seconds() {
    let mut screen = screen();
    screen.perform(Action::Run(Command::RecoveryFiles));
    screen.expect("There are no recovery files");
    screen.wait(6.0);
    screen.expect("There are no recovery files");
    screen.wait(3.0);
    screen.absent("There are no recovery files");
}

#[test]
fn an_export_offers_to_open_the_file_and_says_if_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen();
    let path = folder.path().join("dates.csv");
    let order = Order::list(windowsill::export::lists::List::Advisories);
    screen.perform(Action::Export(order, path.clone()));
    screen.expect("Saved dates.csv");
    screen.expect("Show in folder");
    std::fs::remove_file(path).unwrap();
    screen.click("Open");
    screen.finish_jobs();
    screen.expect_part("dates.csv is no longer there: it was moved or deleted");
}

/// The findings that are shown, by number.
fn shown(screen: &Screen) -> usize {
    screen.session(|session| session.findings().open().count())
}

#[test]
fn findings_of_a_new_record_wait_until_its_name_is_left() {
    for (kind, name) in [("Windows", "Payroll"), ("Systems", "Mail"), ("Business areas", "Retail")] {
        let mut screen = Screen::new(harbour::plan(), View::Lists);
        let before = shown(&screen);
        screen.click_button(kind);
        screen.click("New");
        assert_eq!(shown(&screen), before, "{kind}: nothing is said while the name is typed");
        assert!(!toast(&screen).unwrap().contains("more"), "{kind}");
        screen.type_text(name);
        assert_eq!((screen.value_of("Name"), shown(&screen)), (name.to_owned(), before));
        screen.press(Key::Enter);
        assert!(shown(&screen) > before, "{kind}");
        // An undo and a redo show what is there.
        let after = shown(&screen);
        screen.perform(Action::Run(Command::Undo));
        screen.perform(Action::Run(Command::Redo));
        assert_eq!(shown(&screen), after, "{kind}");
    }
}

#[test]
fn findings_of_a_window_that_was_inserted_wait_until_something_else_is_selected() {
    let mut screen = screen();
    let before = shown(&screen);
    screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::N);
    assert_eq!(shown(&screen), before);
    screen.perform(Action::Select(Selection::Nothing));
    screen.wait(1.0);
    assert!(shown(&screen) > before);
}

#[test]
fn the_name_of_a_new_group_is_selected() {
    let mut screen = Screen::new(harbour::plan(), View::Groups);
    screen.click("Add group");
    screen.wait(1.0);
    screen.type_text("Branches");
    screen.press(Key::Enter);
    let is_named = |session: &windowsill::session::Session| {
        session.plan().ladders().iter().any(|ladder| ladder.groups.iter().any(|group| group.name == "Branches"))
    };
    assert!(screen.session(is_named));
}

#[test]
fn the_undo_of_a_message_undoes_only_the_step_that_it_is_about() {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    let title = |screen: &Screen| screen.session(|session| session.plan().title().to_owned());
    let step = |screen: &Screen| {
        screen.session(|session| match session.messages.toast().map(|message| message.buttons.clone()).as_deref() {
            Some([MessageButton::Step(command, at)]) => (*command, *at),
            other => panic!("{other:?}"),
        })
    };
    screen.perform(Action::Edit(Edit::SetTitle("First".to_owned())));
    let (command, at) = step(&screen);
    screen.perform(Action::Edit(Edit::SetTitle("Second".to_owned())));
    screen.perform(Action::Step(command, at));
    assert_eq!(title(&screen), "Second", "a button that was pressed too late undoes nothing else");
    screen.expect_part("the plan was changed after that");
    let (command, at) = step(&screen);
    screen.perform(Action::Step(command, at));
    assert_eq!(title(&screen), "First");
    let (redo, at) = step(&screen);
    screen.perform(Action::Step(redo, at));
    assert_eq!(title(&screen), "Second");
}
