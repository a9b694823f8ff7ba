//! What is selected, filtered and open in a table belongs to the rows that somebody sees, and to one list of one plan.

use egui::{Key, Modifiers};
use windowsill::model::{Edit, System};
use windowsill::session::{
    Action, CalendarView, Command, Dialog, Question, QuestionAnswer, SAMPLE, Selection, Session, View,
};

use crate::common::harbour;
use crate::driver::Screen;

const SHIFT: Modifiers = Modifiers::SHIFT;

fn systems() -> Screen {
    Screen::new(harbour::plan(), View::Lists)
}

fn sample() -> Screen {
    Screen::new(windowsill::store::parse(SAMPLE).unwrap().plan, View::Lists)
}

fn names(screen: &Screen) -> Vec<String> {
    screen.session(|session| session.plan().systems().iter().map(|system| system.name.clone()).collect())
}

fn hosts(screen: &Screen) -> Vec<u32> {
    screen.session(|session| session.plan().systems().iter().map(|system| system.hosts).collect())
}

fn undo(screen: &mut Screen) {
    screen.perform(Action::Run(Command::Undo));
}

fn messages(screen: &Screen) -> String {
    screen.session(|session| session.messages.iter().map(|message| message.text.clone()).collect::<Vec<_>>().join("\n"))
}

fn select_all_hosts(screen: &mut Screen) {
    screen.click("Hosts of Core DB");
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.press_with(SHIFT, Key::ArrowDown);
}

#[test]
fn a_field_chosen_for_many_rows_is_forgotten_in_another_list() {
    let mut screen = sample();
    screen.perform(Action::Run(Command::SelectAllRows));
    screen.click("Sort by Name");
    screen.press(Key::ArrowDown);
    screen.perform(Action::Run(Command::SelectAllRows));
    screen.click("Change a field…");
    screen.choose_in("Field to change", "Notes");
    screen.press(Key::Escape);
    for list in ["Teams", "Release calendars", "Holidays", "Business areas", "Windows"] {
        screen.click_button(list);
        screen.press(Key::Tab);
        screen.perform(Action::Run(Command::SelectAllRows));
        if screen.says("Change a field…") {
            screen.click("Change a field…");
            screen.expect("Field to change");
            screen.press(Key::Escape);
        }
    }
}

#[test]
fn the_cursor_stays_in_a_new_row_when_it_gets_its_name() {
    let mut screen = systems();
    screen.click("New");
    screen.click("Name of New system");
    screen.type_text("Mail");
    screen.press(Key::Enter);
    assert!(names(&screen).contains(&"Mail".to_owned()));
    screen.type_text("Fax");
    screen.press(Key::Enter);
    let mut now = names(&screen);
    now.sort();
    assert_eq!(now, ["Core DB", "Fax", "Ledger", "Web + API"], "the first row keeps its name");
    undo(&mut screen);
    undo(&mut screen);
    screen.press(Key::Tab);
    assert!(names(&screen).contains(&"New system".to_owned()));
}

#[test]
fn the_cursor_goes_to_no_other_row_when_its_row_goes_away() {
    let mut screen = systems();
    screen.click("Name of Web + API");
    screen.perform(Action::Edit(Edit::RemoveSystem("web".into())));
    screen.type_text("x");
    screen.press(Key::Delete);
    assert_eq!(names(&screen), ["Core DB", "Ledger"]);
    screen.press(Key::ArrowUp);
    screen.type_text("Books");
    screen.press(Key::Enter);
    assert_eq!(names(&screen), ["Core DB", "Books"], "an arrow key shows the cursor first");
}

#[test]
fn nothing_stays_selected_that_a_filter_hides() {
    let mut screen = systems();
    select_all_hosts(&mut screen);
    screen.expect("3 systems selected");
    screen.write("Filter", "Ledger");
    screen.expect("1 of 3 systems");
    screen.perform(Action::Run(Command::FillDown));
    screen.write("Filter", " ");
    screen.expect("3 systems");
    screen.perform(Action::Run(Command::FillDown));
    assert_eq!(hosts(&screen), [30, 10, 4]);
    screen.write("Filter", "nothing is called that");
    screen.expect_part("No match for \"nothing is called that\" among 3 systems");
}

#[test]
fn another_order_keeps_only_the_cursor() {
    let mut screen = systems();
    screen.click("Hosts of Core DB");
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.expect("2 systems selected");
    screen.click("Sort by Hosts");
    screen.absent("2 systems selected");
    screen.absent("3 systems selected");
}

#[test]
fn rows_stay_where_they_are_while_more_are_selected() {
    let mut screen = systems();
    let top = screen.rect("Hosts of Web + API").top();
    select_all_hosts(&mut screen);
    screen.expect("Change a field…");
    assert!((screen.rect("Hosts of Web + API").top() - top).abs() < 0.5);
}

#[test]
fn another_plan_opens_with_unfiltered_and_unsorted_lists() {
    let mut screen = systems();
    screen.write("Filter", "Ledger");
    screen.click("Hosts of Ledger");
    screen.press(Key::F2);
    screen.perform(Action::Run(Command::OpenSample));
    if screen.session(|session| matches!(session.dialog(), Some(Dialog::Question(_)))) {
        screen.perform(Action::Answer(QuestionAnswer::Other));
    }
    assert_ne!(screen.session(|session| session.plan().title().to_owned()), "Harbour Trust 2027");
    screen.perform(Action::Show(View::Lists));
    assert_eq!(screen.value_of_field("Filter"), "");
    let all = screen.session(|session| session.plan().systems().len());
    screen.expect(&format!("{all} systems"));
}

#[test]
fn delete_in_the_lists_leaves_what_is_selected_in_the_calendar() {
    let mut screen = systems();
    let on = "2027-03-20".parse().unwrap();
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), on)));
    let skipped = |session: &Session| session.plan().windows().get(&"core-db".into()).unwrap().exceptions.len();
    for key in [Key::Delete, Key::F2] {
        screen.press(key);
    }
    screen.perform(Action::Run(Command::Remove));
    assert_eq!(screen.session(skipped), 0);
    let reason = screen.session(|session| session.unavailable_reason(Command::Remove));
    assert!(reason.is_some_and(|reason| reason.contains("Open the calendar")), "{reason:?}");
    screen.perform(Action::Show(View::Calendar(CalendarView::Rows)));
    screen.press(Key::Delete);
    assert_eq!(screen.session(skipped), 1, "in the calendar it acts on it");
    undo(&mut screen);
    assert_eq!(screen.session(skipped), 0);
}

#[test]
fn dates_are_copied_only_where_they_are_seen() {
    let on = "2027-03-20".parse().unwrap();
    for view in [View::Lists, View::Findings, View::Groups] {
        let mut screen = Screen::new(harbour::plan(), view);
        screen.perform(Action::Select(Selection::Occurrence("core-db".into(), on)));
        screen.copy();
        screen.paste("text");
        screen.perform(Action::Show(View::Calendar(CalendarView::Rows)));
        assert!(!screen.session(|session| session.is_enabled(Command::PasteDates)), "{view:?}");
    }
}

#[test]
fn a_name_that_two_records_have_is_reported() {
    let mut screen = systems();
    screen.click("Name of Ledger");
    screen.type_text("core db");
    screen.press(Key::Enter);
    assert!(messages(&screen).contains("2 systems are called \"Core DB\""), "{}", messages(&screen));
    undo(&mut screen);
    assert!(!messages(&screen).contains("are called"), "{}", messages(&screen));
}

#[test]
fn a_name_is_not_filled_down_nor_pasted_into_several_rows() {
    let mut screen = systems();
    screen.click("Name of Core DB");
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.press_with(Modifiers::COMMAND, Key::D);
    assert!(messages(&screen).contains("Two systems should not have the same name"), "{}", messages(&screen));
    screen.paste("Mail");
    assert!(messages(&screen).contains("Two systems should not have the same name"), "{}", messages(&screen));
    assert_eq!(names(&screen), ["Core DB", "Ledger", "Web + API"]);
}

#[test]
fn a_paste_over_names_lists_the_renames_first() {
    let mut screen = systems();
    screen.click("Name of Core DB");
    screen.paste("Core DB\nBooks\n");
    screen.finish_jobs();
    let asked = screen.session(|session| match session.dialog() {
        Some(Dialog::Question(Question::Edit(proposal))) => Some((proposal.title.clone(), proposal.text.clone())),
        _ => None,
    });
    let (title, text) = asked.unwrap();
    assert_eq!(title, "Paste 2 cells and rename 1 system?");
    assert!(text.starts_with("Ledger → Books\n"), "{text}");
    screen.perform(Action::Answer(QuestionAnswer::Yes));
    assert_eq!(names(&screen), ["Core DB", "Books", "Web + API"]);
    undo(&mut screen);
    assert_eq!(names(&screen), ["Core DB", "Ledger", "Web + API"]);
}

#[test]
fn the_same_text_again_edits_nothing() {
    let mut screen = systems();
    screen.click("Hosts of Core DB");
    screen.type_text("30");
    screen.press(Key::Enter);
    screen.click("Environment of Core DB");
    screen.type_text("prod");
    screen.press(Key::Enter);
    screen.click("Hosts of Core DB");
    screen.paste("30\n10");
    assert_eq!(screen.session(|session| session.document.history().undo_label().map(str::to_owned)), None);
}

#[test]
fn what_a_spreadsheet_would_run_is_copied_as_text_and_read_back() {
    let mut screen = systems();
    let notes = |screen: &Screen| {
        screen.session(|session| session.plan().systems().get(&"ledger".into()).unwrap().service_owner.clone())
    };
    let ledger = screen.session(|session| System::clone(session.plan().systems().get(&"ledger".into()).unwrap()));
    screen.perform(Action::Edit(Edit::PutSystem(System { service_owner: "=SUM(A1)".into(), ..ledger })));
    screen.click("Owner of Ledger");
    let copied = screen.copy().unwrap();
    assert_eq!(copied, "'=SUM(A1)");
    screen.press(Key::Delete);
    assert_eq!(notes(&screen), "");
    screen.paste(&copied);
    assert_eq!(notes(&screen), "=SUM(A1)");
}

#[test]
fn the_groups_of_a_window_are_edited_in_the_table() {
    let mut screen = sample();
    screen.click_button("Windows");
    let groups = |screen: &Screen| {
        screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().groups.clone())
    };
    let before = groups(&screen);
    let name = screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().name.clone());
    screen.click(&format!("Groups of {name}"));
    screen.press(Key::Delete);
    assert!(groups(&screen).is_empty());
    screen.type_text("no such group");
    screen.press(Key::Enter);
    screen.expect_part("Unknown group \"no such group\"");
    screen.press(Key::Escape);
    undo(&mut screen);
    assert_eq!(groups(&screen), before);
}

#[test]
fn each_row_is_a_stop_of_the_tab_key() {
    let mut screen = systems();
    screen.click("Hosts of Core DB");
    let mut stops = Vec::new();
    for _ in 0..3 {
        screen.press(Key::Tab);
        stops.push(screen.stop().unwrap().name);
    }
    assert_eq!(stops[..2], ["Hosts of Ledger", "Hosts of Web + API"]);
    assert!(!stops[2].contains(" of "), "{stops:?}");
    screen.press_with(SHIFT, Key::Tab);
    assert_eq!(screen.stop().unwrap().name, "Hosts of Web + API");
    screen.press_with(SHIFT, Key::Tab);
    screen.type_text("12");
    screen.press(Key::Enter);
    assert_eq!(hosts(&screen), [30, 12, 4]);
}
