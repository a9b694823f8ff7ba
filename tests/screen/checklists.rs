//! Checklist templates on screen: times, owners and conditions of items, words, the preview, and a group's checklist.

use egui::{Key, Modifiers};
use windowsill::model::{ChecklistBlock, ChecklistItem, ChecklistTemplate, Condition, Edit, Ladder, Plan, Subject};
use windowsill::session::{Action, CalendarView, Command, Destination, Selection, View, ViewKind};

use crate::common::harbour;
use crate::driver::Screen;

fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let items = vec![
        ChecklistItem::new(ChecklistBlock::DayBefore, "Ticket {ticket} read"),
        ChecklistItem::new(ChecklistBlock::Start, "Doors locked"),
        ChecklistItem::new(ChecklistBlock::Start, "Timer started"),
    ];
    parts.checklists = [ChecklistTemplate::new("night".into(), "Night", items)].into_iter().collect();
    parts.into()
}

/// The form of the checklist Night, with its preview for Sat 20 Mar 2027.
fn editor() -> Screen {
    let mut screen = Screen::new(plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::Checklist("night".into()))));
    screen
}

fn night(screen: &Screen) -> ChecklistTemplate {
    screen.session(|session| ChecklistTemplate::clone(session.plan().checklists().get(&"night".into()).unwrap()))
}

fn start_item(screen: &Screen, index: usize) -> ChecklistItem {
    night(screen).items.into_iter().filter(|item| item.block == ChecklistBlock::Start).nth(index).unwrap()
}

const OPEN: &str = "Time, owner and condition: Start of window, item 1";

#[test]
fn an_item_gets_a_time_an_owner_and_a_condition_and_the_preview_follows() {
    let mut screen = editor();
    screen.expect("Sat 20 Mar, 22:00");
    screen.expect("Ticket CHG-20417 read");
    screen.absent("Start of window, item 1, owner");
    screen.click(OPEN);
    screen.enter("Start of window, item 1, due", "30 min before");
    screen.expect("21:30");
    screen.enter("Start of window, item 1, owner", "Security");
    screen.expect("21:30 · Security");
    screen.click("Start of window, item 1, condition");
    screen.click("Only if there is a point of no return");
    screen.expect("Left out: there is no point of no return");
    let item = start_item(&screen, 0);
    assert_eq!((item.offset, &*item.owner, item.condition), (Some(-30), "Security", Condition::NoReturn));
    screen.click("Hide time, owner and condition: Start of window, item 1");
    screen.expect("30 min before · Security · Only if there is a point of no return");
    for _ in 0..3 {
        screen.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(start_item(&screen, 0), ChecklistItem::new(ChecklistBlock::Start, "Doors locked"));
}

#[test]
fn a_time_without_before_or_after_is_kept_and_explained() {
    let mut screen = editor();
    screen.click(OPEN);
    screen.enter("Start of window, item 1, due", "30 min");
    screen.expect_part("use e.g. 30 min before");
    assert_eq!(start_item(&screen, 0).offset, None);
}

#[test]
fn details_stay_open_with_their_item_when_it_moves() {
    let mut screen = editor();
    screen.click(OPEN);
    screen.click("Move down: Start of window, item 1");
    screen.expect("Start of window, item 2, owner");
    screen.click("Remove: Start of window, item 1");
    screen.expect("Start of window, item 1, owner");
    assert_eq!(start_item(&screen, 0).text, "Doors locked");
}

#[test]
fn the_preview_is_shown_for_another_date_and_the_occurrence_is_shown_in_the_year() {
    let mut screen = editor();
    screen.click("Preview for date");
    screen.type_text("19 Jun");
    screen.press(Key::Enter);
    screen.expect("Sat 19 Jun, 22:00");
    screen.expect_part("No window has this checklist yet");
    screen.click("Show in the year");
    let selected = Selection::Occurrence("core-db".into(), "2027-06-19".parse().unwrap());
    assert_eq!(screen.session(|session| session.navigation.selection.clone()), selected);
}

#[test]
fn custom_words_are_in_the_preview() {
    let mut screen = editor();
    screen.enter("Language of the checklist", "German");
    screen.expect_part("is not a language code");
    screen.enter("Language of the checklist", "de");
    screen.invoke("Printed words");
    screen.invoke("Blocks");
    screen.enter("Start of window, custom words", "Beginn");
    screen.expect("Beginn");
    assert_eq!(night(&screen).words.get("start-block").map(String::as_str), Some("Beginn"));
    assert_eq!(night(&screen).language, "de");
    screen.enter("roll back by {time}, custom words", "Zurück");
    screen.expect("{time} is missing");
    screen.write("Start of window, custom words", "x");
    screen.press(Key::Backspace);
    screen.press(Key::Enter);
    assert_eq!(night(&screen).words.get("start-block"), None);
}

#[test]
fn a_checklist_is_copied_by_button_and_palette() {
    let mut screen = editor();
    screen.invoke("Copy this checklist");
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("copy this checklist");
    screen.press(Key::Enter);
    let names = |session: &windowsill::session::Session| {
        let checklists = session.plan().checklists().iter().map(|each| (each.name.clone(), each.items.len()));
        // The ids, by which they are sorted, have a random part.
        let mut checklists: Vec<_> = checklists.collect();
        checklists.sort();
        checklists
    };
    let expected = ["Night", "Night 2", "Night 3"].map(|name| (name.to_owned(), 3));
    assert_eq!(screen.session(names), expected);
    screen.perform(Action::Run(Command::Show(ViewKind::Calendar)));
    assert!(!screen.session(|session| session.is_enabled(Command::CopyChecklist)), "no form is open");
    screen.perform(Action::Run(Command::NewChecklist));
    screen.expect("Start from the handbook's 25 items");
}

#[test]
fn a_group_gets_a_checklist_and_the_inspector_names_the_group() {
    let mut screen = Screen::new(plan(), View::Groups);
    screen.click("Settings of Production");
    screen.click("Checklist of Production");
    screen.type_text("Nig");
    screen.press(Key::Enter);
    let named =
        |screen: &Screen| screen.session(|session| session.plan().ladders().as_slice()[0].groups[0].checklist.clone());
    assert_eq!(named(&screen), Some("night".into()));
    screen.press(Key::Escape);
    screen.perform(Action::Show(View::Calendar(CalendarView::Planner)));
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
    screen.invoke("Checklist");
    screen.invoke("Checklist of the window");
    screen.expect("Default: Night, 3 items (from the group Production)");
    screen.perform(Action::Edit(Edit::RemoveChecklist("night".into())));
    assert_eq!(named(&screen), None);
    screen.expect("Default: the handbook's 25 items");
}

#[test]
fn an_unknown_checklist_of_a_group_is_named_where_it_is_set() {
    let mut plan = plan();
    let mut ladder = Ladder::clone(&plan.ladders().as_slice()[0]);
    ladder.groups[0].checklist = Some("gone".into());
    plan = plan.apply(&Edit::PutLadder(ladder)).unwrap();
    let mut screen = Screen::new(plan, View::Groups);
    screen.click("Settings of Production");
    assert_eq!(screen.value_of("Checklist of Production"), "\"gone\", which does not exist");
    let codes = screen.session(|session| session.findings().list.iter().map(|each| each.rule.code).collect::<Vec<_>>());
    assert!(codes.contains(&"P001"), "{codes:?}");
}
