//! What is typed into a form is never lost, and is understood as people type it.

use egui::{Key, Modifiers};
use windowsill::model::{BusinessArea, Edit, MaintenanceWindow, Minutes, OccurrenceChange, Plan, Subject};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, CalendarView, Command, Destination, FileState, LedgerPage, QuestionAnswer, Selection, Session, View,
};
use windowsill::store::{ProgramFolders, recovery_offers};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);
const EMAIL: &str = "osei@harbour.example";

fn area_form() -> Screen {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::Area("area".into()))));
    screen
}

fn email(screen: &Screen) -> String {
    screen.session(|session| session.plan().areas().get(&"area".into()).unwrap().email.clone())
}

/// The planner with the window selected, its section Duration open.
fn window_form() -> Screen {
    let mut screen = Screen::new(harbour::plan(), YEAR);
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen.invoke("Duration");
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen
}

fn window(screen: &Screen) -> MaintenanceWindow {
    screen.session(|session| MaintenanceWindow::clone(session.plan().windows().get(&"core-db".into()).unwrap()))
}

fn message(screen: &Screen) -> Option<String> {
    screen.session(|session| session.messages.last().map(|message| message.text.clone()))
}

#[test]
fn another_list_keeps_what_was_typed() {
    for is_mouse in [true, false] {
        let mut screen = area_form();
        screen.write("E-mail", EMAIL);
        if is_mouse {
            screen.click("Systems");
        } else {
            screen.invoke("Systems");
        }
        assert_eq!(email(&screen), EMAIL);
        assert!(screen.name_of("Web + API").contains(", Payments, "));
    }
}

#[test]
fn every_way_out_of_a_form_keeps_what_was_typed() {
    type Way = fn(&mut Screen);
    let ways: [(&str, Way); 7] = [
        ("the next field", |screen| screen.press(Key::Tab)),
        ("New", |screen| screen.click("New")),
        ("Duplicate", |screen| screen.invoke("Duplicate")),
        ("the keys of a view", |screen| screen.press_with(Modifiers::COMMAND, Key::Num8)),
        ("the palette", |screen| screen.press_with(Modifiers::COMMAND, Key::K)),
        ("a new window", |screen| screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::N)),
        ("closing the program", Screen::close_window),
    ];
    for (way, leave) in ways {
        let mut screen = area_form();
        screen.write("E-mail", EMAIL);
        leave(&mut screen);
        assert_eq!(email(&screen), EMAIL, "{way}");
    }
}

#[test]
fn a_field_that_is_gone_returns_its_text_when_it_is_shown_again() {
    let mut screen = area_form();
    screen.write("E-mail", EMAIL);
    screen.perform(Action::Show(YEAR));
    screen.perform(Action::Show(View::Lists));
    assert_eq!(email(&screen), EMAIL);
}

#[test]
fn the_button_for_undo_undoes_what_was_typed() {
    let mut screen = area_form();
    screen.enter("E-mail", EMAIL);
    screen.write("Owner", "B. Lee");
    screen.invoke("Undo Change Payments");
    assert_eq!(email(&screen), EMAIL);
    assert_eq!(screen.session(|session| session.plan().areas().get(&"area".into()).unwrap().owner.clone()), "A. Osei");
}

#[test]
fn another_window_does_not_get_the_text() {
    let mut screen = Screen::new(harbour::plan(), YEAR);
    let other = MaintenanceWindow { id: "other".into(), name: "Other".to_owned(), ..harbour::window() };
    screen.perform(Action::Edit(Edit::PutWindow(other)));
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen.write("Change ticket", "CHG-1");
    screen.perform(Action::Select(Selection::Window("other".into())));
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    assert_eq!(window(&screen).change_ticket, "CHG-1");
    let other = screen.session(|session| session.plan().windows().get(&"other".into()).unwrap().change_ticket.clone());
    assert_eq!(other, "CHG-20417");
}

#[test]
fn invalid_text_waits_in_its_field_and_a_message_says_so() {
    let mut screen = area_form();
    screen.write("Replies also from", "not an address");
    screen.click("Systems");
    let said = message(&screen).unwrap_or_default();
    assert!(said.starts_with("Replies also from was not changed. Invalid address"), "{said}");
    assert!(said.ends_with("What you typed is still in the field."), "{said}");
    screen.click("Business areas");
    screen.perform(Action::Reveal(Destination::List(Subject::Area("area".into()))));
    assert_eq!(screen.text_in("Replies also from"), "not an address");
    assert!(screen.rect_of_part("Invalid address \"not an address\"").is_positive());
    // Escape restores the value, although an error is shown that it could dismiss.
    screen.write("Replies also from", "neither");
    screen.press(Key::Escape);
    assert_eq!(screen.text_in("Replies also from"), "");
}

#[test]
fn a_plan_opened_later_does_not_get_the_text() {
    let mut screen = area_form();
    screen.write("Replies also from", "not an address");
    screen.press(Key::Enter);
    screen.perform(Action::Run(Command::OpenSample));
    screen.perform(Action::Answer(QuestionAnswer::Other));
    assert!(screen.session(|session| session.plan().windows().len() > 1));
    assert_eq!(message(&screen), None);
}

#[test]
fn afternoon_hours_are_the_afternoon() {
    let mut screen = window_form();
    for (typed, start) in
        [("10 PM", "22:00"), ("9:30pm", "21:30"), ("12 am", "00:00"), ("noon", "12:00"), ("22h00", "22:00")]
    {
        screen.enter("Start", typed);
        assert_eq!(window(&screen).start.format("%H:%M").to_string(), start, "{typed}");
    }
    screen.write("Start", "9 pm");
    screen.expect("= 21:00");
    screen.enter("Start", "13 pm");
    screen.expect("Invalid time of day \"13 pm\": use e.g. 22:00 or 10 pm");
    assert_eq!(window(&screen).start.format("%H:%M").to_string(), "22:00");
}

#[test]
fn a_number_alone_is_hours_in_a_length_and_the_reading_is_shown() {
    let mut screen = window_form();
    screen.write("Length", "6");
    screen.expect("= 6 h");
    screen.press(Key::Enter);
    assert_eq!(window(&screen).duration, Minutes::hours(6));
    screen.absent("= 6 h");
    screen.write("Length", "90");
    screen.expect("= 1 h 30");
    screen.press(Key::Enter);
    assert_eq!(window(&screen).duration, Minutes(90));
}

#[test]
fn a_number_alone_is_minutes_in_an_estimate_and_tab_selects_the_next() {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::System("web".into()))));
    screen.write("Prepare", "10");
    screen.expect("= 10 min");
    screen.press(Key::Tab);
    screen.type_text("5");
    screen.press(Key::Tab);
    screen.type_text("20/30/90");
    screen.press(Key::Enter);
    let estimate = screen.session(|session| session.plan().systems().get(&"web".into()).unwrap().estimate);
    assert_eq!([estimate.prepare, estimate.drain].map(|guess| guess.to_string()), ["10 min", "5 min"]);
    assert_eq!(estimate.patch.unwrap().to_string(), "20 min / 30 min / 1 h 30");
}

#[test]
fn a_message_below_a_field_moves_nothing_beside_it() {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::System("web".into()))));
    // Scrolls to the field.
    screen.enter("Prepare", "10");
    let before = (screen.field_rect("Prepare"), screen.rect("Filter"), screen.rect("Sort by Name"));
    screen.enter("Prepare", "a very long text that is not a duration at all and goes on");
    screen.expect_part("Invalid duration \"a very long text");
    assert_eq!((screen.field_rect("Prepare"), screen.rect("Filter"), screen.rect("Sort by Name")), before);
    let problem = screen.rect_of_part("Invalid duration");
    assert!(problem.top() >= before.0.bottom() && problem.right() <= 1280.0, "{problem:?}");

    let mut screen = window_form();
    let card = screen.rect("Name");
    screen.enter("Length", "a very long text that is not a duration at all and goes on");
    let problem = screen.rect_of_part("Invalid duration");
    assert!(problem.left() >= card.left() - 20.0 && problem.right() <= 1280.0, "{problem:?}");
    assert_eq!(screen.rect("Name"), card);
}

#[test]
fn typing_after_new_replaces_the_name() {
    for (list, name) in [
        ("Windows", "Name"),
        ("Systems", "Name"),
        ("Business areas", "Name"),
        ("Teams", "Name"),
        ("Ladders", "Name"),
        ("Freezes", "Name"),
        ("Holidays", "Name"),
        ("Checklists", "Name"),
    ] {
        let mut screen = Screen::new(harbour::plan(), View::Lists);
        screen.open_list(list);
        screen.click("New");
        screen.type_text("Payroll");
        assert_eq!(screen.value_of(name), "Payroll", "{list} typed");
        screen.press(Key::Enter);
        assert_eq!(screen.value_of(name), "Payroll", "{list}");
    }
    let mut screen = Screen::new(harbour::plan(), View::Ledger(LedgerPage::Answers));
    screen.perform(Action::Run(Command::ToggleInspector));
    screen.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::N);
    screen.type_text("Payroll");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().windows().iter().any(|window| window.name == "Payroll")));
    screen.press_with(Modifiers::COMMAND, Key::D);
    assert_eq!(screen.value_of("Name"), "Payroll 2");
    screen.type_text("Payroll 2");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().windows().iter().any(|window| window.name == "Payroll 2")));
    screen.perform(Action::Show(YEAR));
    screen.perform(Action::Run(Command::ToggleInspector));
    screen.perform(Action::Edit(Edit::PutWindow(MaintenanceWindow { id: "third".into(), ..harbour::window() })));
    screen.type_text("Third");
    assert_eq!(screen.value_of("Name"), "Third");
    screen.press(Key::Enter);
    screen.perform(Action::Run(Command::NewAdvisory));
    screen.type_text("Print spooler");
    assert_eq!(screen.value_of("Title"), "Print spooler");
    screen.perform(Action::Show(View::Groups));
    screen.click("Add ladder");
    screen.type_text("Kiosks");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().ladders().iter().any(|ladder| ladder.name == "Kiosks")));
    screen.absent("Name of the new ladder");
}

#[test]
fn a_date_is_added_to_a_window() {
    let mut screen = Screen::new(harbour::plan(), YEAR);
    let on = "2027-03-20".parse().unwrap();
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), on)));
    screen.click("Add a date");
    let added = "2027-03-21".parse().unwrap();
    let exception = |screen: &Screen| window(screen).exception(added).map(|exception| exception.change.clone());
    assert_eq!(exception(&screen), Some(OccurrenceChange::Added { start: None, duration: None }));
    assert_eq!(
        screen.session(|session| session.navigation.selection.clone()),
        Selection::Occurrence("core-db".into(), added)
    );
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(exception(&screen), None);
    // The selected day, for the window that was selected before.
    let day = "2027-05-04".parse().unwrap();
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), on)));
    screen.perform(Action::Select(Selection::Day(day)));
    let label = screen.session(|session| session.label(Command::AddDate));
    assert_eq!(label, "Add a date to Core DB patching, Tue 4 May 2027");
    screen.perform(Action::Run(Command::AddDate));
    assert!(window(&screen).exception(day).is_some());
    screen.perform(Action::Select(Selection::Nothing));
    assert!(!screen.session(|session| session.is_enabled(Command::AddDate)));
}

#[test]
fn the_inspector_begins_at_its_top_when_something_else_is_selected() {
    let mut screen = window_form();
    let occurrence = |on: &str| Action::Select(Selection::Occurrence("core-db".into(), on.parse().unwrap()));
    screen.perform(occurrence("2027-03-20"));
    let top = screen.rect("Change ticket").top();
    screen.scroll_at("Change ticket", -300.0);
    assert!(screen.rect("Change ticket").top() < top);
    screen.perform(occurrence("2027-02-20"));
    assert!((screen.rect("Change ticket").top() - top).abs() < 1.0);
}

#[test]
fn tab_goes_on_from_the_field_that_enter_ended() {
    let form = || {
        let mut screen = Screen::new(harbour::plan(), View::Lists);
        screen.perform(Action::Reveal(Destination::List(Subject::System("web".into()))));
        screen.focus("Name");
        screen
    };
    let tab = |screen: &mut Screen, modifiers: Modifiers| {
        screen.press_with(modifiers, Key::Tab);
        screen.stop().map(|stop| stop.name)
    };
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
        let expected = tab(&mut form(), modifiers);
        assert!(expected.is_some());
        for ends in [Key::Enter, Key::Escape] {
            let mut screen = form();
            screen.press(ends);
            assert_eq!(tab(&mut screen, modifiers), expected, "{ends:?} {modifiers:?}");
        }
    }
    // After a press elsewhere it begins at the first control.
    let mut screen = form();
    screen.press(Key::Enter);
    screen.click("Time for each phase");
    assert_ne!(tab(&mut screen, Modifiers::NONE), tab(&mut form(), Modifiers::NONE));
}

/// The form of an area in a session that writes recovery files into `home`, with nothing to save.
fn kept_form(home: &std::path::Path) -> Screen {
    let clock = Box::new(FixedClock(windowsill::model::UtcMinute(30_064_920)));
    let folders = Some(ProgramFolders::inside(home));
    let mut session = Session::new(harbour::plan(), FileState::none(), clock, folders);
    session.mark_saved();
    session.perform(Action::Show(View::Lists));
    let mut screen = Screen::with_session(session);
    screen.perform(Action::Reveal(Destination::List(Subject::Area("area".into()))));
    screen
}

/// The areas of the plans that are offered if the program ends now.
fn kept(screen: Screen, home: &std::path::Path) -> Vec<BusinessArea> {
    let work = screen.session(|session| session.unsaved_work.clone());
    work.write().unwrap();
    // The recovery file is locked while the program runs.
    drop(screen);
    let offers = recovery_offers(&ProgramFolders::inside(home).state);
    let area = |plan: Plan| BusinessArea::clone(plan.areas().iter().next().unwrap());
    offers.iter().map(|offer| area(offer.load().unwrap().plan)).collect()
}

#[test]
fn what_is_being_typed_is_kept_if_the_program_ends_and_adds_no_step_of_undo() {
    for (field, text) in [("E-mail", EMAIL), ("Name", "Payroll"), ("Notes", "Two lines\nof notes")] {
        let home = tempfile::tempdir().unwrap();
        let mut screen = kept_form(home.path());
        let before = screen.session(|session| session.plan().clone());
        screen.write(field, text);
        let is_unchanged = screen.session(|session| session.plan() == &before && !session.is_enabled(Command::Undo));
        assert!(is_unchanged, "{field}");
        let area = kept(screen, home.path()).remove(0);
        assert!([&area.email, &area.name, &area.notes].contains(&&text.to_owned()), "{field}: {area:?}");
    }
}

#[test]
fn escape_after_typing_leaves_nothing_to_recover_and_enter_makes_one_step() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = kept_form(home.path());
    screen.write("E-mail", EMAIL);
    screen.press(Key::Escape);
    assert_eq!(email(&screen), harbour::plan().areas().iter().next().unwrap().email);
    assert!(!screen.session(Session::is_unsaved));
    assert!(kept(screen, home.path()).is_empty());
    let mut screen = kept_form(home.path());
    screen.write("E-mail", "a@harbour.example");
    screen.write("E-mail", EMAIL);
    screen.press(Key::Enter);
    assert_eq!(email(&screen), EMAIL);
    screen.perform(Action::Run(Command::Undo));
    assert!(!screen.session(|session| session.is_enabled(Command::Undo)), "one step");
    assert_ne!(email(&screen), EMAIL);
}

#[test]
fn text_that_cannot_be_read_is_not_kept_but_what_was_typed_before_is() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = kept_form(home.path());
    screen.write("E-mail", EMAIL);
    screen.write("Name", " ");
    assert_eq!(email(&screen), EMAIL, "the first field was left");
    assert!(screen.session(|session| session.plan().areas().iter().next().unwrap().name == "Payments"));
    let area = kept(screen, home.path()).remove(0);
    assert_eq!((area.name.as_str(), area.email.as_str()), ("Payments", EMAIL));
}
