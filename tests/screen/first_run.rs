//! The first start, the first steps of a new plan, and what is shown instead of empty lists.

use egui::Key;
use windowsill::model::{Horizon, Ladder, Plan, Policy, Stage, UtcMinute};
use windowsill::session::state::clock::FixedClockIn;
use windowsill::session::{
    Action, CalendarView, Command, CompliancePage, Dialog, FileState, LedgerPage, Session, View, ViewKind,
};
use windowsill::store::ProgramFolders;

use crate::common::harbour;
use crate::driver::Screen;

const ROWS: View = View::Calendar(CalendarView::Rows);
/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

fn empty() -> Plan {
    Plan::new("mine".into(), "Mine", Horizon::year(2027), "UTC")
}

/// A session on the sample, on a computer in Berlin.
fn sample(folders: Option<ProgramFolders>) -> Session {
    let clock = Box::new(FixedClockIn(NOW, "Europe/Berlin"));
    let mut session = Session::new(Session::sample_plan(), FileState::none(), clock, folders);
    session.mark_saved();
    session
}

#[test]
fn the_first_start_says_that_the_sample_is_a_sample_and_later_ones_do_not() {
    let home = tempfile::tempdir().unwrap();
    let first = || {
        let mut session = sample(Some(ProgramFolders::inside(home.path())));
        session.welcome();
        session.finish_jobs();
        session
    };
    let mut screen = Screen::with_session(first());
    screen.expect_part("What is open is a sample");
    for button in ["Open…", "Look at the sample"] {
        screen.expect(button);
    }
    // Enter presses the highlighted button.
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().windows().is_empty() && session.dialog().is_none()));
    assert!(first().dialog().is_none());
}

#[test]
fn the_sample_is_called_that_and_is_left_by_its_button() {
    let mut session = sample(None);
    session.perform(Action::OpenDialog(Some(Dialog::Welcome)));
    let mut screen = Screen::with_session(session);
    screen.click("Look at the sample");
    assert!(screen.session(|session| session.dialog().is_none()));
    screen.expect_part("Sample plan");
}

#[test]
fn a_new_plan_is_in_the_zone_of_the_computer() {
    let mut session = sample(None);
    session.perform(Action::Run(Command::NewPlan));
    assert_eq!(
        (session.plan().zone(), session.plan().horizon().from.to_string().as_str()),
        ("Europe/Berlin", "2028-01-01")
    );
}

#[test]
fn the_samples_structure_comes_without_its_contents() {
    let mut session = sample(None);
    session.perform(Action::Run(Command::NewFromSample));
    let (plan, sample) = (session.plan(), Session::sample_plan());
    assert_eq!((plan.ladders().len(), plan.checklists().len()), (sample.ladders().len(), sample.checklists().len()));
    // Recording and gates begin when somebody switches them on; targets and those responsible are the sample's own.
    let policy = Policy {
        recording_from: None,
        gates: Vec::new(),
        services: Vec::new(),
        responsible: Vec::new(),
        ..Policy::clone(sample.policy())
    };
    assert_eq!(Policy::clone(plan.policy()), policy);
    assert!(plan.ladders().iter().all(|ladder| ladder.groups.iter().all(|group| group.systems.is_empty())));
    let left =
        [plan.systems().len(), plan.windows().len(), plan.people().len(), plan.areas().len(), plan.freezes().len()];
    assert_eq!(left, [0; 5]);
    assert!(!session.is_sample() && session.findings().open().all(|finding| finding.severity.name() != "error"));
}

#[test]
fn the_first_steps_lead_through_an_empty_plan_and_are_ticked() {
    let mut session = sample(None);
    session.perform(Action::Run(Command::NewPlan));
    session.perform(Action::Show(ROWS));
    let mut screen = Screen::with_session(session);
    screen.expect("Plan the first year");
    screen.expect("Import windows…");
    screen.click("Systems, 0");
    screen.type_text("Mail");
    screen.press(Key::Enter);
    // Below the other views is the next step, and the others on request.
    screen.expect("1 of 5");
    screen.absent("Systems, 1");
    screen.click("Show all first steps");
    screen.expect("Systems, 1");
    screen.click("Show only the next step");
    screen.absent("Systems, 1");
    screen.click("Business areas, 0");
    screen.type_text("Sales");
    screen.press(Key::Enter);
    screen.click("Ladder, 0");
    screen.wait(1.0);
    screen.type_text("Servers");
    screen.press(Key::Enter);
    let stages: Vec<Stage> = screen.session(|session| {
        session.plan().ladders().iter().flat_map(|ladder| ladder.groups.iter().map(|group| group.stage)).collect()
    });
    assert_eq!(stages, [Stage::Test, Stage::Uat, Stage::Rest, Stage::Production]);
    screen.click("First window, 0");
    screen.type_text("Mail patching");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().windows().iter().any(|window| window.name == "Mail patching")));
    screen.absent("First window, 1");
    screen.click("Holidays, 0");
    screen.type_text("Bavaria");
    screen.press(Key::Enter);
    screen.absent("First steps");
}

#[test]
fn the_first_steps_can_be_hidden_and_a_plan_with_windows_does_not_have_them() {
    let mut screen = Screen::new(empty(), View::Lists);
    screen.expect("First steps");
    screen.click("Hide the first steps");
    screen.absent("First steps");
    Screen::new(harbour::plan(), View::Lists).absent("First steps");
}

#[test]
fn every_empty_state_has_a_button() {
    let day = View::Calendar(CalendarView::Day("2027-03-20".parse().unwrap()));
    let views = [
        (View::Lists, "Add the first one"),
        (View::Groups, "Add a ladder"),
        (View::Cycles, "Open groups"),
        (View::People, "Add a person"),
        (View::Night, "Open the calendar"),
        (View::Ledger(LedgerPage::Answers), "New maintenance window"),
        (View::Ledger(LedgerPage::Notices), "New maintenance window"),
        (View::Changes, "What was sent to the owners"),
        (View::Advisories, "Import advisories…"),
        (View::Compliance(CompliancePage::Figures), "Record results"),
        (View::Compliance(CompliancePage::Advisories), "Open advisories"),
        (View::Compliance(CompliancePage::Releases), "Open cycles"),
        (View::Findings, "New maintenance window"),
        (View::Calendar(CalendarView::Agenda), "New maintenance window"),
        (day, "New window"),
    ];
    for (view, button) in views {
        let mut screen = Screen::new(empty(), view);
        assert!(screen.says(button), "{view:?} has no button \"{button}\"");
        let before = screen.session(|session| (session.plan().clone(), session.view()));
        screen.click_button(button);
        let after = screen.session(|session| (session.plan().clone(), session.view()));
        let has_dialog = screen.session(|session| session.dialog().is_some());
        let compares = screen.session(|session| session.comparing.comparison.is_some());
        let is_changed = !std::sync::Arc::ptr_eq(&before.0, &after.0) || before.1 != after.1;
        assert!(is_changed || has_dialog || compares, "{view:?}: \"{button}\" does nothing");
    }
    assert_eq!(ViewKind::ALL.len(), 11, "a new view needs a row above");
}

#[test]
fn tab_begins_at_the_first_step_that_is_left() {
    let mut screen = Screen::new(empty(), ROWS);
    let stop = |screen: &Screen| screen.stop().unwrap().name;
    screen.press(Key::Tab);
    assert_eq!(stop(&screen), "Systems, 0");
    screen.press(Key::Tab);
    assert_eq!(stop(&screen), "Business areas, 0");
    screen.press_with(egui::Modifiers::SHIFT, Key::Tab);
    screen.press(Key::Enter);
    screen.type_text("Core DB");
    screen.press_with(egui::Modifiers::COMMAND, Key::Num1);
    screen.press(Key::Tab);
    assert_eq!(stop(&screen), "Business areas, 0");
}

#[test]
fn the_first_steps_cover_nothing_of_a_view() {
    let mut parts = harbour::plan().to_parts();
    let ladder = parts.ladders.get(&"servers".into()).unwrap();
    parts.ladders = [Ladder { release: Some("microsoft".into()), ..(**ladder).clone() }].into_iter().collect();
    (parts.windows, parts.holidays) = Default::default();
    let mut screen = Screen::new(parts.into(), View::Cycles);
    screen.resize(1024.0, 400.0);
    for _ in 0..12 {
        screen.press(Key::ArrowDown);
    }
    let steps = screen.rect("First steps");
    let last = screen.rect_of_part("Cycle of Tue 14 Dec 2027");
    assert!(last.height() > 20.0 && last.bottom() <= steps.top(), "{last:?} {steps:?}");
    for view in [View::Groups, View::Lists, View::Findings, View::Changes] {
        screen.perform(Action::Show(view));
        assert_eq!(screen.rect("First steps"), steps, "{view:?}");
    }
}
