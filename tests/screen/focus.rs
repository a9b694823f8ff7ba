//! The keyboard focus: its mark, and the way that Tab and F6 take through the window.

use egui::{Key, Modifiers, Pos2};
use windowsill::model::{Plan, Subject, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, CalendarView, CompliancePage, Destination, FileState, LedgerPage, SAMPLE, Selection, Session, View,
};

use crate::common::harbour;
use crate::driver::{Screen, Stop};

const SHIFT: Modifiers = Modifiers::SHIFT;
/// More presses than any view has stops.
const MOST_STOPS: usize = 260;

fn year() -> Screen {
    Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner))
}

fn sample() -> Plan {
    windowsill::store::parse(SAMPLE).unwrap().plan
}

#[test]
fn every_kind_of_control_has_the_same_ring() {
    let mut screen = year();
    for name in ["Harbour Trust 2027", "Export…", "Light or dark", "Planner", "Findings", "Menu"] {
        screen.focus(name);
        let (ring, control) = (screen.focus_ring().expect(name), screen.rect_of(name));
        assert!(ring.contains_rect(control.expand(2.0)), "the ring {ring:?} of {name} is not around {control:?}");
    }
}

#[test]
fn nothing_has_a_ring_without_the_focus() {
    let mut screen = year();
    screen.focus("Planner");
    screen.press(Key::Escape);
    assert_eq!(screen.focus_ring(), None);
}

/// The parts of the window in the order in which they are read.
fn region(screen: &Screen, stop: &Stop) -> usize {
    let Pos2 { x, y } = stop.rect.center();
    let inspector = screen.rect_of_first("Close the inspector");
    match () {
        () if y < 48.0 => 0,
        () if y > 772.0 => 4,
        () if x < 64.0 => 1,
        () if inspector.is_some_and(|close| x > close.right() - 340.0 && x < close.right() && stop.is_in_card) => 3,
        () => 2,
    }
}

/// Presses Tab until the first stop comes again, and returns all stops.
fn walk(screen: &mut Screen) -> Vec<Stop> {
    screen.press(Key::Tab);
    let first = screen.stop().expect("Tab goes nowhere");
    let mut stops = vec![first];
    while stops.len() < MOST_STOPS {
        screen.press_quickly(Key::Tab);
        let Some(stop) = screen.stop() else { continue };
        if stop.id == stops[0].id {
            break;
        }
        stops.push(stop);
    }
    stops
}

#[track_caller]
fn check_stops(screen: &mut Screen, what: &str) {
    let stops = walk(screen);
    assert!(stops.len() > 5, "{what} has only {} stops", stops.len());
    for stop in &stops {
        assert!(!stop.name.trim().is_empty(), "{what} has an unnamed stop: {stop:?}");
        assert!(stop.has_ring, "{what} shows no ring on {stop:?}");
    }
    let regions: Vec<usize> = stops.iter().map(|stop| region(screen, stop)).collect();
    let back = regions.iter().zip(regions.iter().cycle().skip(1)).filter(|(one, next)| next < one).count();
    assert!(back <= 1, "{what} is not in reading order: {:?}", stops.iter().zip(&regions).collect::<Vec<_>>());
}

#[test]
fn tab_reaches_named_stops_with_a_ring_in_reading_order_in_every_view() {
    let day = "2027-03-20".parse().unwrap();
    let views = [
        View::Calendar(CalendarView::Rows),
        View::Calendar(CalendarView::Planner),
        View::Calendar(CalendarView::Months),
        View::Calendar(CalendarView::Month(day)),
        View::Calendar(CalendarView::Week(day)),
        View::Calendar(CalendarView::Day(day)),
        View::Calendar(CalendarView::Agenda),
        View::Groups,
        View::Cycles,
        View::People,
        View::Lists,
        View::Night,
        View::Ledger(LedgerPage::Answers),
        View::Ledger(LedgerPage::Notices),
        View::Changes,
        View::Compliance(CompliancePage::Figures),
        View::Compliance(CompliancePage::Advisories),
        View::Compliance(CompliancePage::Releases),
        View::Advisories,
        View::Findings,
    ];
    for view in views {
        check_stops(&mut Screen::new(sample(), view), &format!("{view:?}"));
    }
}

#[test]
fn every_list_has_named_stops_in_reading_order() {
    let mut screen = Screen::new(sample(), View::Lists);
    let person = screen.session(|session| session.plan().people().iter().next().map(|person| person.id.clone()));
    for list in windowsill::sheet::RecordKind::ALL {
        // The rail has a button of the same name as this list.
        if list == windowsill::sheet::RecordKind::People {
            screen.perform(Action::Reveal(Destination::List(Subject::Person(person.clone().unwrap()))));
        } else {
            screen.click_button(list.name());
        }
        check_stops(&mut screen, list.name());
    }
}

#[test]
fn the_form_beside_a_table_comes_after_it() {
    let mut screen = Screen::new(sample(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::System("core-db".into()))));
    let stops = walk(&mut screen);
    let border = stops.iter().find(|stop| stop.name == "Resize panel").unwrap().rect.left() - 1.0;
    let in_view = stops.iter().filter(|stop| region(&screen, stop) == 2 && stop.name != "Resize panel");
    let sides: Vec<bool> = in_view.map(|stop| stop.rect.left() > border && stop.rect.top() > 110.0).collect();
    let returns = sides.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    assert_eq!(returns, 0, "{stops:?}");
    assert!(sides.iter().any(|is_right| *is_right), "there is no form: {stops:?}");
}

#[test]
fn what_is_beside_the_rows_comes_after_them() {
    for (view, beside) in [(View::Cycles, "Release of "), (View::Findings, "Go there")] {
        let mut screen = Screen::new(sample(), view);
        let border = screen.rect_of_part(beside).left() - 20.0;
        let in_view = walk(&mut screen).into_iter().filter(|stop| region(&screen, stop) == 2).collect::<Vec<_>>();
        let sides: Vec<bool> = in_view.iter().map(|stop| stop.rect.center().x > border).collect();
        assert!(sides.contains(&true) && sides.contains(&false), "{view:?}: {in_view:?}");
        // The walk may begin in the middle of the view.
        let returns = sides.iter().zip(sides.iter().cycle().skip(1)).filter(|(one, next)| **one && !**next).count();
        assert_eq!(returns, 1, "{view:?}: {in_view:?}");
    }
}

#[test]
fn each_finding_is_a_stop_that_is_explained_and_unfolded_with_arrows() {
    let mut screen = Screen::new(sample(), View::Findings);
    screen.focus("Filter findings");
    let current = |screen: &Screen| {
        screen.session(|session| session.navigation.current_finding.as_ref().map(|it| it.finding.message.clone()))
    };
    let is_row = |stop: &Stop| stop.rect.width() > 400.0 && stop.rect.height() > 30.0;
    let (mut rows, mut explained) = (Vec::new(), Vec::new());
    for _ in 0..MOST_STOPS {
        screen.press(Key::Tab);
        match screen.stop().filter(is_row) {
            Some(stop) => {
                rows.push(stop.name);
                explained.push(current(&screen));
            }
            None if rows.is_empty() => {}
            None => break,
        }
    }
    let (open, accepted) = screen.session(|session| {
        let findings = session.findings();
        (findings.open().count(), findings.accepted_count())
    });
    assert!(rows.len() > 15 && rows.len() <= open + accepted, "{} rows of {open} and {accepted}", rows.len());
    assert!(explained.windows(2).all(|two| two[0] != two[1]), "{explained:?}");
    assert_eq!(screen.stop().unwrap().name, "Go there");
    // Back in the list, the arrows move among its rows, and Right unfolds one.
    screen.press_with(SHIFT, Key::Tab);
    assert_eq!(screen.stop().map(|stop| stop.name).as_ref(), rows.last());
    screen.press(Key::ArrowUp);
    assert_eq!(screen.stop().map(|stop| stop.name), rows.iter().rev().nth(1).cloned());
    let folded = rows.iter().rposition(|row| row.ends_with("occurrences")).unwrap();
    while screen.stop().is_some_and(|stop| stop.name != rows[folded]) {
        screen.press(Key::ArrowUp);
    }
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowDown);
    let member = screen.stop().unwrap().name;
    assert!(!rows[folded + 1..].contains(&member), "{member}");
    screen.press(Key::ArrowLeft);
    assert_eq!(screen.stop().unwrap().name, rows[folded], "Left on one of its findings folds them");
}

#[test]
fn the_lists_are_one_stop_and_arrows_change_the_list() {
    let mut screen = Screen::new(sample(), View::Lists);
    let is_kind = |stop: &Stop| stop.rect.right() < 245.0 && stop.rect.left() > 64.0;
    let kinds: Vec<Stop> = walk(&mut screen).into_iter().filter(is_kind).collect();
    assert_eq!(kinds.iter().map(|stop| stop.name.as_str()).collect::<Vec<_>>(), ["Systems"]);
    screen.focus_role(egui::Role::Button, "Systems");
    for (key, list) in [
        (Key::ArrowDown, "Business areas"),
        (Key::ArrowDown, "Ladders"),
        (Key::ArrowUp, "Business areas"),
        (Key::ArrowUp, "Systems"),
        (Key::ArrowUp, "Windows"),
        (Key::ArrowUp, "Windows"),
    ] {
        screen.press(key);
        assert_eq!(screen.stop().unwrap().name, list);
    }
    screen.press(Key::Tab);
    assert_eq!(screen.stop().unwrap().name, "Columns…");
}

#[test]
fn f6_goes_from_a_table_to_the_form_beside_it() {
    let mut screen = Screen::new(sample(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(Subject::System("core-db".into()))));
    screen.focus_role(egui::Role::Button, "Systems");
    screen.press(Key::F6);
    let stop = screen.stop().unwrap();
    assert!(stop.rect.left() > 860.0, "{stop:?}");
    screen.press_with(SHIFT, Key::F6);
    let stop = screen.stop().unwrap();
    assert!(stop.rect.left() < 860.0 && region(&screen, &stop) == 2, "{stop:?}");
}

#[test]
fn each_advisory_is_a_stop_of_the_tab_key() {
    let mut screen = Screen::new(sample(), View::Advisories);
    let chosen = |screen: &Screen| screen.session(|session| session.navigation.listed.clone());
    let rows = walk(&mut screen).iter().filter(|stop| stop.rect.width() > 400.0 && stop.rect.height() < 30.0).count();
    assert_eq!(rows, screen.session(|session| session.plan().advisories().len()));
    for _ in 0..MOST_STOPS {
        screen.press(Key::Tab);
        if screen.stop().is_some_and(|stop| stop.rect.height() < 30.0 && stop.rect.width() > 400.0) {
            break;
        }
    }
    let first = chosen(&screen);
    assert!(matches!(first, Some(Subject::Advisory(_))), "{first:?}");
    screen.press(Key::Tab);
    assert_ne!(chosen(&screen), first);
    screen.press(Key::ArrowUp);
    assert_eq!(chosen(&screen), first);
}

#[test]
fn the_inspector_comes_between_the_view_and_the_status_bar() {
    let mut screen = year();
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
    check_stops(&mut screen, "the inspector");
}

#[test]
fn the_canvas_of_a_view_is_the_first_stop_after_the_rail() {
    for (view, canvas) in [
        (View::Calendar(CalendarView::Rows), "Rows of windows"),
        (View::Calendar(CalendarView::Planner), "Year planner"),
        (View::Calendar(CalendarView::Months), "All months"),
        (View::Groups, "Board of groups"),
        (View::People, "Who works when"),
    ] {
        let mut screen = Screen::new(sample(), view);
        screen.focus_role(egui::Role::Button, "Findings");
        screen.press(Key::Tab);
        assert_eq!(screen.stop().unwrap().name, canvas, "{view:?}");
    }
}

#[test]
fn f6_goes_from_part_to_part_and_back() {
    let mut screen = year();
    let parts = |screen: &mut Screen, modifiers| {
        let mut regions = Vec::new();
        for _ in 0..4 {
            screen.press_with(modifiers, Key::F6);
            let stop = screen.stop().unwrap();
            regions.push(region(screen, &stop));
        }
        regions
    };
    assert_eq!(parts(&mut screen, Modifiers::NONE), [2, 4, 0, 1]);
    assert_eq!(parts(&mut screen, SHIFT), [0, 4, 2, 1]);
}

#[test]
fn arrows_on_the_month_go_to_other_days() {
    let day = "2027-03-20".parse().unwrap();
    let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Month(day)));
    screen.perform(Action::Select(Selection::Day(day)));
    screen.focus_role(egui::Role::Group, "Month March 2027");
    screen.press(Key::ArrowRight);
    let selection = screen.session(|session| session.navigation.selection.clone());
    assert_eq!(selection, Selection::Day("2027-03-21".parse().unwrap()));
}

#[test]
fn a_dialog_has_a_name_and_hides_what_is_behind_it() {
    let mut screen = year();
    assert!(!screen.is_hidden("Year planner"));
    screen.press_with(Modifiers::COMMAND, Key::P);
    screen.expect_role(egui::Role::Dialog, "Print");
    assert!(screen.is_hidden("Year planner"));
    let (cancel, print) = (screen.button_rect("Cancel"), screen.button_rect("Choose a file…"));
    assert!(cancel.right() < print.left(), "Cancel comes before the main button");
    screen.press(Key::Escape);
    assert!(!screen.is_hidden("Year planner"));
}

#[test]
fn escape_closes_a_dialog_of_fields_unless_it_ends_a_text() {
    let mut screen = year();
    let is_open = |screen: &Screen| screen.session(|session| session.dialog().is_some());
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.press(Key::Tab);
    assert_eq!(screen.stop().unwrap().name, "Plan");
    screen.press(Key::Escape);
    assert!(!is_open(&screen));
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.write("Title", "Another title");
    screen.press(Key::Escape);
    assert!(is_open(&screen));
    assert_ne!(screen.text_in("Title"), "Another title");
    screen.press(Key::Escape);
    assert!(!is_open(&screen));
}

#[test]
fn a_path_that_cannot_be_opened_stays_in_the_dialog() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("broken.ron");
    std::fs::write(&path, "(format: 1, title: ").unwrap();
    let mut session =
        Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(UtcMinute(30_064_920))), None);
    session.mark_saved();
    let mut screen = Screen::with_session(session);
    screen.press_with(Modifiers::COMMAND, Key::O);
    screen.enter("Path", &path.display().to_string());
    screen.finish_jobs();
    assert_eq!(screen.text_in("Path"), path.display().to_string());
    let reason = screen.session(|session| session.dialogs.not_opened.clone()).unwrap().reason;
    assert!(screen.says(&reason), "the dialog does not say \"{reason}\"");
    assert!(screen.session(|session| session.messages.iter().all(|message| !message.is_error())));
    screen.press(Key::Escape);
    screen.press_with(Modifiers::COMMAND, Key::O);
    assert_ne!(screen.text_in("Path"), path.display().to_string());
}

#[test]
fn a_tooltip_has_the_keys_and_does_not_stay_above_a_dialog() {
    let mut screen = year();
    screen.hover_long("Light or dark");
    screen.hover_long("Undo");
    screen.expect_part("Undo  Ctrl+Z");
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    assert!(!screen.says("Undo  Ctrl+Z"), "the tooltip is above the dialog");
}

#[test]
fn names_say_what_is_seen() {
    let day = "2027-03-20".parse().unwrap();
    let screen = Screen::new(sample(), View::Calendar(CalendarView::Month(day)));
    for part in ["does not fit, ", " short", ", freeze Quarter close", ", holiday ", ", release ", ", 1 window"] {
        assert!(screen.says(part), "no name says \"{part}\"");
    }
}
