//! Planning a year on screen: rolling a plan forward, deciding what meets freezes, windows in words and for a ladder.

use egui::{Key, Modifiers};
use windowsill::import::Topic;
use windowsill::model::{Edit, Ladder, OccurrenceChange, Plan};
use windowsill::session::{Action, CalendarView, Command, Dialog, QuestionAnswer, Selection, Session, View};

use crate::common::harbour;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);
const SHIFT_CTRL: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const LINE: &str = "Mail gateway every Saturday 22:00 3h Production";

fn screen(view: View) -> Screen {
    Screen::new(harbour::plan(), view)
}

fn undo_label(screen: &Screen) -> String {
    screen.session(|session| session.label(Command::Undo))
}

#[test]
fn a_plan_is_rolled_forward_once_its_dates_are_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(YEAR);
    screen.perform(Action::SaveAs(folder.path().join("plan.ron")));
    screen.perform(Action::Run(Command::RollForward));
    screen.expect("New dates: 0 of 1 confirmed");
    screen.invoke("Create plan");
    assert!(
        screen.session(|session| matches!(session.dialog(), Some(Dialog::RollForward))),
        "nothing is confirmed yet"
    );
    screen.invoke("Confirm Year end, Mon 13 Dec 2027 to Fri 31 Dec 2027");
    screen.expect("New dates: 1 of 1 confirmed");
    screen.invoke("Create plan");
    let title =
        |session: &Session| (session.plan().title().to_owned(), session.is_unsaved(), session.file.path.is_none());
    assert_eq!(screen.session(title), ("Harbour Trust 2028".to_owned(), true, true));
    // What meets the freeze is decided next.
    screen.invoke("Skip: Core DB patching, Sat 16 Dec 2028");
    let skipped = |session: &Session| {
        let window = session.plan().windows().get(&"core-db".into()).unwrap();
        matches!(&window.exceptions[0].change, OccurrenceChange::Skipped { reason } if reason.contains("Year end"))
    };
    assert!(screen.session(skipped));
    assert_eq!(undo_label(&screen), "Undo Skip Core DB patching, Sat 16 Dec 2028");
}

#[test]
fn another_date_can_be_chosen_for_a_freeze() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(YEAR);
    screen.perform(Action::SaveAs(folder.path().join("plan.ron")));
    screen.perform(Action::Run(Command::RollForward));
    screen.invoke(&screen.name_of("(second Monday of December)"));
    screen.invoke("Create plan");
    let first = |session: &Session| session.plan().freezes().iter().next().map(|freeze| freeze.first_on.to_string());
    assert_eq!(screen.session(first).as_deref(), Some("2028-12-11"));
}

#[test]
fn what_meets_a_freeze_is_kept_in_somebodys_name_or_moved() {
    let mut screen = screen(YEAR);
    screen.perform(Action::Run(Command::DecideMeetings));
    let before = screen.session(|session| session.findings().count_by_code("F001"));
    screen.write("Name", "Ann Smith");
    screen.invoke(&screen.name_of("Keep: Core DB patching, Sat 18 Dec 2027"));
    let accepted =
        |session: &Session| session.plan().acceptances().iter().map(|each| each.by.clone()).collect::<Vec<_>>();
    assert_eq!(screen.session(accepted), ["Ann Smith"]);
    assert_eq!(screen.session(|session| session.findings().count_by_code("F001")), before - 1);
    assert_eq!(undo_label(&screen), "Undo Keep Core DB patching, Sat 18 Dec 2027");
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(screen.session(|session| session.findings().count_by_code("F001")), before);
    let moves = screen.name_of("Move to");
    screen.invoke(&moves);
    let is_moved = |session: &Session| session.plan().windows().get(&"core-db".into()).unwrap().exceptions.len() == 1;
    assert!(screen.session(is_moved));
}

#[test]
fn a_window_in_words_shows_its_dates_and_is_added_with_one_step() {
    let mut screen = screen(YEAR);
    screen.press_with(SHIFT_CTRL, Key::Q);
    screen.type_text("Mail gateway every Saturday 22:00 3h Moon base");
    screen.expect_part("\"Moon base\" is not a group, system or type");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.dialog().is_some()), "nothing is added");
    screen.enter("Window in words", LINE);
    let added =
        |session: &Session| session.plan().windows().iter().find(|window| window.name == "Mail gateway").cloned();
    let window = screen.session(added).unwrap();
    assert_eq!((window.duration.0, window.groups.len()), (180, 1));
    assert!(screen.session(|session| *session.selection() == Selection::Window(window.id.clone())));
    screen.perform(Action::Run(Command::Undo));
    assert!(screen.session(added).is_none());
}

#[test]
fn dates_are_shown_while_typing() {
    let mut screen = screen(YEAR);
    screen.perform(Action::Run(Command::QuickAdd));
    screen.type_text(LINE);
    screen.expect_part("52 dates: Sat 2 Jan, Sat 9 Jan");
    screen.expect("22:00 to 01:00, 3 h");
    screen.expect("Standard, Servers · Production (2 systems)");
}

#[test]
fn the_palette_adds_a_window_in_words() {
    let mut screen = screen(YEAR);
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text(LINE);
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().windows().len() == 2));
}

/// The harbour's systems on a ladder with two groups and no window.
fn without_windows() -> Plan {
    let plan = harbour::plan();
    let ladder = plan.new_ladder("x");
    let groups = ladder.groups.iter().zip(["web", "ledger"]).map(|(group, system)| {
        let systems = vec![system.into()];
        windowsill::model::DeploymentGroup { systems, ..group.clone() }
    });
    let ladder = Ladder { name: "Branches".into(), groups: groups.collect(), ..ladder };
    let edits = [
        Edit::RemoveWindow("core-db".into()),
        Edit::RemoveLadder("servers".into()),
        Edit::PutLadder(ladder),
        Edit::RemoveSystem("core-db".into()),
    ];
    edits.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap())
}

#[test]
fn windows_for_a_ladder_are_shown_and_added_as_one_step() {
    let mut screen = Screen::new(without_windows(), View::Groups);
    screen.click("Plan windows…");
    screen.expect("Branches · Test");
    assert!(screen.says("On Patch Tuesday, 22:00, 4 h (Standard)"));
    assert!(screen.says("Patch Tuesday + 2 days, 22:00, 4 h (Standard)"));
    screen.click("Add 2 windows");
    assert_eq!(screen.session(|session| session.plan().windows().len()), 2);
    assert_eq!(undo_label(&screen), "Undo Plan windows for Branches");
    screen.absent("Plan windows…");
    screen.perform(Action::Run(Command::Undo));
    assert!(screen.session(|session| session.plan().windows().is_empty()));
}

#[test]
fn an_inventory_without_windows_is_to_finish_and_has_no_errors() {
    let screen = Screen::new(without_windows(), View::Findings);
    let count = screen.session(|session| session.findings().unfinished_count());
    assert!(count > 0);
    screen.expect(&format!("{count} to finish"));
    screen.expect("To finish: no window covers these yet");
    assert!(!screen.says("errors") && !screen.says("1 error"), "none of them is an error");
}

#[test]
fn only_an_import_that_was_started_from_the_list_of_decisions_returns_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let windows = file("windows.csv", "name,date\nMail,2027-05-08\n");
    let holidays = file("holidays.csv", "date,name,region\n2027-12-25,Christmas,\n");
    let is_list = |session: &Session| matches!(session.dialog(), Some(Dialog::Meetings));
    let has_none = |session: &Session| session.dialog().is_none();
    let from_list = || {
        let mut screen = screen(YEAR);
        screen.perform(Action::Run(Command::DecideMeetings));
        screen.perform(Action::Run(Command::ImportHolidays));
        screen
    };
    let import_windows = |screen: &mut Screen, topic| {
        screen.perform(Action::Import(topic, vec![windows.clone()]));
        screen.perform(Action::Answer(QuestionAnswer::Yes));
        assert!(screen.session(has_none), "{topic:?}");
        assert_eq!(screen.session(|session| session.plan().windows().len()), 2);
    };
    for answer in [QuestionAnswer::Yes, QuestionAnswer::Cancel] {
        let mut screen = from_list();
        screen.perform(Action::Import(Some(Topic::Holidays), vec![holidays.clone()]));
        screen.perform(Action::Answer(answer));
        assert!(screen.session(is_list), "{answer:?}");
    }
    let leave: [fn(&mut Screen); 2] = [
        |screen| screen.perform(Action::OpenDialog(None)),
        |screen| screen.perform(Action::Import(Some(Topic::Holidays), vec!["/nowhere/holidays.csv".into()])),
    ];
    for leave in leave {
        let mut screen = from_list();
        leave(&mut screen);
        assert!(screen.session(is_list), "it ended where it was started");
        screen.perform(Action::OpenDialog(None));
        assert!(screen.session(has_none));
        import_windows(&mut screen, Some(Topic::Windows));
    }
    let mut screen = from_list();
    screen.perform(Action::Run(Command::ImportWindows));
    import_windows(&mut screen, Some(Topic::Windows));
    // A dropped file.
    import_windows(&mut from_list(), None);
}
