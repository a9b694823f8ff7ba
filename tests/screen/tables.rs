//! The tables of the lists are edited like a spreadsheet.

use egui::{Key, Modifiers};
use windowsill::model::{Environment, Subject, System};
use windowsill::session::{Action, Command, Dialog, Question, QuestionAnswer, View};

use crate::common::harbour;
use crate::driver::Screen;

const SHIFT: Modifiers = Modifiers::SHIFT;

fn systems() -> Screen {
    Screen::new(harbour::plan(), View::Lists)
}

fn system(screen: &Screen, id: &str) -> System {
    screen.session(|session| System::clone(session.plan().systems().get(&id.into()).unwrap()))
}

fn hosts(screen: &Screen) -> [u32; 3] {
    ["core-db", "ledger", "web"].map(|id| system(screen, id).hosts)
}

fn undo(screen: &mut Screen) {
    screen.perform(Action::Run(Command::Undo));
}

fn question(screen: &Screen) -> Option<String> {
    screen.session(|session| match session.dialog() {
        Some(Dialog::Question(Question::Edit(proposal))) => Some(format!("{}\n{}", proposal.title, proposal.text)),
        _ => None,
    })
}

#[test]
fn a_cell_is_edited_in_the_table_and_keys_move_on() {
    let mut screen = systems();
    screen.click("Hosts of Core DB");
    screen.type_text("7");
    screen.press(Key::Enter);
    assert_eq!(hosts(&screen), [7, 10, 4]);
    screen.press(Key::F2);
    screen.type_text("8");
    screen.press(Key::Tab);
    assert_eq!(hosts(&screen), [7, 8, 4], "Enter moved to the row below");
    screen.press(Key::Home);
    screen.press(Key::Enter);
    screen.type_text("General ledger");
    screen.press(Key::Escape);
    assert_eq!(system(&screen, "ledger").name, "Ledger");
    undo(&mut screen);
    undo(&mut screen);
    assert_eq!(hosts(&screen), [30, 10, 4]);
}

#[test]
fn text_that_cannot_be_read_stays_in_the_cell_with_advice() {
    let mut screen = systems();
    screen.click("Environment of Ledger");
    screen.type_text("live");
    screen.press(Key::Enter);
    screen.expect_part("use Production, UAT, Test or Development");
    assert_eq!(screen.text_in("Environment of Ledger"), "live");
    screen.enter("Environment of Ledger", "dev");
    assert_eq!(system(&screen, "ledger").environment, Environment::Development);
}

#[test]
fn a_group_is_assigned_in_the_table() {
    let mut screen = systems();
    let assigned =
        |screen: &Screen| screen.session(|session| session.plan().group(&"production".into()).unwrap().1.systems.len());
    screen.click("Group of Web + API");
    screen.type_text("production");
    screen.press(Key::Enter);
    assert_eq!(assigned(&screen), 3);
    screen.click("Group of Core DB");
    screen.press(Key::Delete);
    assert_eq!(assigned(&screen), 2);
}

#[test]
fn cells_are_filled_down_as_one_step_of_undo() {
    let mut screen = systems();
    screen.click("Hosts of Core DB");
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.press_with(Modifiers::COMMAND, Key::D);
    assert_eq!(hosts(&screen), [30, 30, 30]);
    assert_eq!(
        screen.session(|session| session.document.history().undo_label().map(str::to_owned)),
        Some("Fill 2 cells".into())
    );
    undo(&mut screen);
    assert_eq!(hosts(&screen), [30, 10, 4]);
    screen.drag("Hosts of Ledger", "Hosts of Web + API");
    screen.perform(Action::Run(Command::FillDown));
    assert_eq!(hosts(&screen), [30, 10, 10]);
}

#[test]
fn cells_are_copied_and_pasted_as_spreadsheets_do() {
    let mut screen = systems();
    screen.click("Hosts of Core DB");
    screen.press_with(SHIFT, Key::ArrowDown);
    assert_eq!(screen.copy(), Some("30\n10".to_owned()));
    screen.click("Hosts of Ledger");
    screen.paste("1\n2\n");
    assert_eq!(hosts(&screen), [30, 1, 2]);
    undo(&mut screen);
    assert_eq!(hosts(&screen), [30, 10, 4]);
}

#[test]
fn what_cannot_be_pasted_is_listed_with_row_and_column() {
    let mut screen = systems();
    screen.click("Hosts of Ledger");
    screen.paste("5\nmany\n7");
    screen.finish_jobs();
    let asked = question(&screen).unwrap();
    assert!(asked.starts_with("Paste 1 of 2 cells?"), "{asked}");
    assert!(asked.contains("Row 2, Hosts: Invalid number \"many\": use a whole number from 0 to 1000000"), "{asked}");
    assert!(asked.contains("1 row would be below the table"), "{asked}");
    assert_eq!(hosts(&screen), [30, 10, 4]);
    screen.perform(Action::Answer(QuestionAnswer::Yes));
    assert_eq!(hosts(&screen), [30, 5, 4]);
    screen.click("Hosts of Ledger");
    screen.paste("many");
    let told = screen.session(|session| session.messages.last().map(|message| message.text.clone())).unwrap();
    assert!(told.contains("Nothing was changed") && told.contains("Row 1, Hosts"), "{told}");
}

#[test]
fn a_table_with_titles_is_imported() {
    let mut screen = systems();
    screen.paste("System\tHosts\tEnvironment\nMail\t3\tTest\nLedger\t12\tProduction\n");
    screen.finish_jobs();
    screen.expect_part("the clipboard");
    // The list of records takes some frames to get its height, and moves the buttons.
    screen.finish_jobs();
    screen.finish_jobs();
    screen.click("Import");
    screen.finish_jobs();
    assert_eq!(hosts(&screen)[1], 12);
    assert!(screen.session(|session| session.plan().systems().iter().any(|system| system.name == "Mail")));
}

#[test]
fn a_table_without_titles_leads_to_the_choice_of_columns() {
    let mut screen = systems();
    screen.paste("Mail\t3\nFax\t1\n");
    screen.finish_jobs();
    screen.expect("Choose how to read this file");
}

#[test]
fn one_field_of_all_selected_rows_is_changed() {
    let mut screen = systems();
    screen.click("Name of Core DB");
    screen.perform(Action::Run(Command::SelectAllRows));
    screen.click("Change a field…");
    screen.choose_in("Field to change", "Owner");
    screen.write("New value of all rows", "K. Berg");
    screen.invoke("Change 3 systems");
    let owners = |screen: &Screen| ["core-db", "ledger", "web"].map(|id| system(screen, id).service_owner);
    assert_eq!(owners(&screen), ["K. Berg", "K. Berg", "K. Berg"]);
    let label = screen.session(|session| session.document.history().undo_label().map(str::to_owned));
    assert_eq!(label, Some("Change owner of 3 systems".into()));
    undo(&mut screen);
    assert_eq!(owners(&screen), ["", "", ""]);
}

#[test]
fn columns_are_chosen_and_remembered() {
    let mut screen = systems();
    screen.absent("Vendor of Ledger");
    screen.click("Columns…");
    screen.tick("Vendor");
    screen.press(Key::Escape);
    screen.expect("Vendor of Ledger");
    let columns = screen.session(|session| session.settings.tables["Systems"].columns.clone());
    assert!(columns.contains(&"Vendor".to_owned()) && columns.contains(&"Hosts".to_owned()), "{columns:?}");
}

#[test]
fn heads_sort_and_rows_stay_when_a_cell_is_changed() {
    let mut screen = systems();
    screen.click("Sort by Hosts");
    let tops = |screen: &Screen| {
        ["Web + API", "Ledger", "Core DB"].map(|name| screen.rect(&format!("Hosts of {name}")).top() as i32)
    };
    let sorted = tops(&screen);
    assert!(sorted.is_sorted(), "{sorted:?}");
    screen.click("Hosts of Web + API");
    screen.type_text("99");
    screen.press(Key::Enter);
    assert_eq!(tops(&screen), sorted);
    assert_eq!(screen.session(|session| session.navigation.listed.clone()), Some(Subject::System("web".into())));
}

#[test]
fn records_are_typed_one_after_the_other_without_the_pointer() {
    let mut screen = systems();
    let named = |screen: &Screen, name: &str| {
        screen.session(|session| session.plan().systems().iter().find(|system| system.name == name).cloned().unwrap())
    };
    screen.press(Key::Insert);
    screen.wait(0.5);
    screen.type_text("Mail");
    screen.press(Key::Enter);
    // Nothing has the focus now: the keys go to the cells of the new row.
    screen.press(Key::ArrowRight);
    screen.type_text("test");
    screen.press(Key::Enter);
    assert_eq!(named(&screen, "Mail").environment, Environment::Test);
    screen.press(Key::Insert);
    screen.wait(0.5);
    screen.type_text("Intranet");
    screen.press(Key::Tab);
    screen.write("Platform", "Linux");
    screen.press(Key::Insert);
    screen.wait(0.5);
    assert_eq!(named(&screen, "Intranet").platform, "Linux", "the field returned its text first");
    screen.type_text("Wiki");
    screen.press(Key::Enter);
    assert_eq!(named(&screen, "Wiki").hosts, 1);
}

#[test]
fn keys_without_a_cursor_in_the_table_change_nothing() {
    let mut screen = systems();
    let before = screen.session(|session| session.plan().clone());
    for key in [Key::ArrowRight, Key::ArrowDown] {
        screen.press(key);
    }
    screen.type_text("test");
    screen.press(Key::Enter);
    screen.press(Key::Delete);
    assert!(screen.session(|session| *session.plan() == before));
}

#[test]
fn no_letter_is_lost_when_a_cell_is_typed_into_one_letter_after_the_other() {
    let mut screen = systems();
    screen.click("Environment of Ledger");
    for letter in ["t", "e", "s", "t"] {
        screen.type_text(letter);
    }
    screen.press(Key::Enter);
    assert_eq!(system(&screen, "ledger").environment, Environment::Test);
}
