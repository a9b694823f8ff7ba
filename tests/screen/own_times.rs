//! The start and length of one occurrence, and changes from a date on: by field, by key, and undone.

use chrono::NaiveDate;
use egui::{Key, Modifiers};
use windowsill::model::{CustomZone, DatedChange, Edit, MaintenanceWindow, OccurrenceChange};
use windowsill::session::{Action, CalendarView, Command, Selection, Session, View};

use crate::driver::Screen;

/// It was moved here from Sat 20 Mar.
const CORE_DB: &str = "Core DB patching, Sat 27 Mar 2027 22:00, Production, rolls back by 23:45 GMT";

fn selected() -> Screen {
    let mut screen = Screen::new(Session::sample_plan(), View::Calendar(CalendarView::Planner));
    screen.click(CORE_DB);
    screen
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The start and the length of the selected occurrence.
fn times(screen: &Screen) -> (String, u32) {
    screen.session(|session| {
        let (_, occurrence) = session.schedule().occurrence(&"core-db".into(), date("2027-03-20")).unwrap();
        (occurrence.local_start.to_naive().to_string(), occurrence.duration.0)
    })
}

fn changes(screen: &Screen) -> Vec<DatedChange> {
    screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().changes.clone())
}

fn undo_label(screen: &Screen) -> Option<String> {
    screen.session(|session| session.document.history().undo_label().map(str::to_owned))
}

#[test]
fn one_occurrence_gets_its_own_start_and_length_in_the_panel() {
    let mut screen = selected();
    screen.enter("Length of this occurrence", "6h");
    assert_eq!(times(&screen), ("2027-03-27 22:00:00".to_owned(), 360));
    assert_eq!(undo_label(&screen).as_deref(), Some("Change length of Core DB patching, 20 Mar"));
    screen.enter("Start of this occurrence", "20:30");
    assert_eq!(times(&screen), ("2027-03-27 20:30:00".to_owned(), 360));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(times(&screen), ("2027-03-27 22:00:00".to_owned(), 240));
    assert_eq!(changes(&screen), []);
}

#[test]
fn times_from_a_date_on_are_a_dated_change() {
    let mut screen = selected();
    screen.click("this and later");
    screen.enter("Start of this occurrence", "21:00");
    let change = DatedChange {
        from: date("2027-03-20"),
        start: chrono::NaiveTime::from_hms_opt(21, 0, 0),
        duration: None,
        shift_days: 0,
    };
    assert_eq!(changes(&screen), [change]);
    assert_eq!(times(&screen).0, "2027-03-27 21:00:00");
    assert_eq!(undo_label(&screen).as_deref(), Some("Change Core DB patching from 20 Mar on"));
    screen.invoke("Remove the change from Sat 20 Mar 2027");
    assert_eq!(changes(&screen), []);
    assert_eq!(undo_label(&screen).as_deref(), Some("Remove change of Core DB patching from 20 Mar on"));
}

#[test]
fn a_date_is_typed_for_one_occurrence_or_for_all() {
    let mut screen = selected();
    screen.enter("Date of this occurrence", "28 Mar 2027");
    assert_eq!(times(&screen).0, "2027-03-28 22:00:00");
    assert_eq!(undo_label(&screen).as_deref(), Some("Move Core DB patching, 20 Mar"));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    let april = |screen: &Screen| {
        screen.session(|session| {
            let window = session.schedule().window(&"core-db".into()).unwrap();
            let dates: Vec<_> =
                window.expansion.occurrences.iter().map(|each| (each.original_on(), each.on())).collect();
            dates
        })
    };
    let before = april(&screen);
    screen.click("all dates");
    screen.enter("Date of this occurrence", "28 Mar 2027");
    let one_later = |(original, on): (NaiveDate, NaiveDate)| {
        let moved_alone = original != on && original != date("2027-03-20");
        (original, if moved_alone { on } else { on.succ_opt().unwrap() })
    };
    assert_eq!(april(&screen), before.iter().copied().map(one_later).collect::<Vec<_>>());
    assert_eq!(undo_label(&screen).as_deref(), Some("Change all dates of Core DB patching"));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(april(&screen), before);
}

#[test]
fn the_choice_of_dates_is_not_kept_for_another_occurrence() {
    let mut screen = selected();
    screen.click("all dates");
    screen.press(Key::Escape);
    let april = screen.name_of("Core DB patching, Sat 24 Apr 2027");
    screen.click(&april);
    screen.enter("Length of this occurrence", "5h");
    assert_eq!(undo_label(&screen).as_deref(), Some("Change length of Core DB patching, 24 Apr"));
}

#[test]
fn the_choice_of_dates_is_forgotten_when_the_occurrence_is_left() {
    let mut screen = selected();
    let occurrence = screen.session(|session| session.selection().clone());
    screen.click("all dates");
    screen.perform(Action::Select(Selection::Nothing));
    screen.perform(Action::Select(occurrence));
    screen.enter("Length of this occurrence", "5h");
    let label = undo_label(&screen).unwrap();
    assert!(label.starts_with("Change length of Core DB patching, "), "{label}");
}

#[test]
fn a_dated_change_is_added_and_edited_in_the_list() {
    let mut screen = selected();
    screen.invoke("Add a change");
    screen.enter("Length from then on", "5h");
    screen.enter("Days later from then on", "1");
    let [change] = &changes(&screen)[..] else { panic!("{:?}", changes(&screen)) };
    assert_eq!((change.duration.map(|minutes| minutes.0), change.shift_days), (Some(300), 1));
}

#[test]
fn keys_change_the_start_and_the_length_and_a_command_keeps_them() {
    let mut screen = selected();
    let alt_shift = Modifiers::ALT | Modifiers::SHIFT;
    screen.press_with(alt_shift, Key::ArrowUp);
    screen.press_with(alt_shift, Key::ArrowRight);
    assert_eq!(times(&screen), ("2027-03-27 21:30:00".to_owned(), 270));
    screen.perform(Action::Run(Command::KeepTimes));
    let exception = |session: &Session| {
        let window = session.plan().windows().get(&"core-db".into()).unwrap().clone();
        window.exception(date("2027-03-20")).cloned()
    };
    assert_eq!(screen.session(exception).unwrap().change, OccurrenceChange::Restored);
    assert_eq!(times(&screen), ("2027-03-27 21:30:00".to_owned(), 270), "it is where it was");
    assert_eq!(changes(&screen)[0].shift_days, 7);
    screen.press_with(alt_shift, Key::ArrowDown);
    screen.press_with(alt_shift, Key::ArrowLeft);
    assert_eq!(times(&screen), ("2027-03-27 22:00:00".to_owned(), 240));
}

/// The sample plan with a zone that a calendar file brought.
fn with_own_zone() -> Screen {
    let zone = CustomZone { id: "Branch time".into(), offset: 60, transitions: Vec::new() };
    let plan = Session::sample_plan().apply(&Edit::PutZone(zone)).unwrap();
    Screen::new(plan, View::Calendar(CalendarView::Planner))
}

#[test]
fn a_zone_of_the_plan_that_nothing_uses_can_be_removed() {
    let mut screen = with_own_zone();
    let set_zone = |screen: &mut Screen, zone: Option<&str>| {
        let window = screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().clone());
        let window = MaintenanceWindow { zone: zone.map(str::to_owned), ..MaintenanceWindow::clone(&window) };
        screen.perform(Action::Edit(Edit::PutWindow(window)));
    };
    let zones = |screen: &Screen| screen.session(|session| session.plan().zones().len());
    set_zone(&mut screen, Some("Branch time"));
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.expect_part("in use by Core DB");
    screen.absent("Remove Branch time");
    set_zone(&mut screen, None);
    screen.click("Remove Branch time");
    assert_eq!(zones(&screen), 0);
    screen.absent("Remove Branch time");
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(zones(&screen), 1);
}

#[test]
fn a_zone_of_the_plan_is_chosen_like_any_other() {
    let mut screen = with_own_zone();
    screen.click(CORE_DB);
    screen.invoke("Duration");
    screen.open_list("Zone");
    screen.enter("Search Zone", "calendar file");
    let zone = screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().zone.clone());
    assert_eq!(zone.as_deref(), Some("Branch time"));
}
