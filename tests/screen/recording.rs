//! Recording what became of a window, in the night and in the inspector; and of a release, in the cycles.

use egui::{Key, Modifiers};
use windowsill::model::{
    DeploymentGroup, FollowUpScan, GroupRecord, Ladder, NightKey, Plan, PlanParts, ResultKey, ResultOutcome, System,
    SystemResult, Table, UtcMinute,
};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Destination, FileState, Selection, Session, Settings, View};

use crate::common::harbour;
use crate::driver::Screen;

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(format!("{text}:00Z").parse().unwrap())
}

/// The night of 20 February is over: it is 21 February, and it took place from 22:00 to 02:00 in London.
fn screen() -> Screen {
    screen_of(harbour::plan())
}

fn screen_of(plan: Plan) -> Screen {
    let clock = FixedClock(at("2027-02-21T09:00"));
    let mut session = Session::new(plan, FileState::none(), Box::new(clock), None);
    let night = NightKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap() };
    session.perform(Action::Reveal(Destination::Night(night)));
    Screen::with_session(session)
}

fn result(screen: &Screen, system: &str) -> Option<SystemResult> {
    let key = ResultKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap(), system: system.into() };
    screen.session(|session| session.plan().results().get(&key).map(|result| SystemResult::clone(result)))
}

fn outcome(screen: &Screen, system: &str) -> Option<ResultOutcome> {
    result(screen, system).map(|result| result.outcome())
}

fn undo(screen: &mut Screen) {
    screen.press_with(Modifiers::COMMAND, Key::Z);
}

#[test]
fn all_systems_are_recorded_as_patched_in_one_step() {
    let mut screen = screen();
    screen.invoke("All patched");
    for (system, hosts) in [("core-db", 30), ("ledger", 10)] {
        let result = result(&screen, system).unwrap();
        assert_eq!((result.outcome(), result.patched, result.failed), (ResultOutcome::Patched, hosts, 0));
        assert_eq!(result.groups, ["production".into()], "the groups of that time are kept");
    }
    let from = screen.session(|session| session.plan().policy().recording_from);
    assert_eq!(from, "2027-02-20".parse().ok(), "the first result switches recording on");
    screen.expect_part("Recorded 2 systems patched: Core DB patching, 20 Feb");
    undo(&mut screen);
    assert_eq!((result(&screen, "core-db"), result(&screen, "ledger")), (None, None));
    assert_eq!(screen.session(|session| session.plan().policy().recording_from), None);
}

/// The production group has this many systems with one host each.
fn plan_of(systems: u32) -> Plan {
    let mut parts = harbour::plan().to_parts();
    let all = (1..=systems).map(|number| System {
        id: format!("s-{number:03}").as_str().into(),
        name: format!("System {number}"),
        hosts: 1,
        ..System::default()
    });
    parts.systems = all.collect();
    let ladder = parts.ladders.get(&"servers".into()).unwrap();
    let group = DeploymentGroup {
        systems: parts.systems.iter().map(|system| system.id.clone()).collect(),
        ..ladder.groups[0].clone()
    };
    parts.ladders = [Ladder { groups: vec![group], ..Ladder::clone(ladder) }].into_iter().collect();
    parts.into()
}

#[test]
fn any_number_of_systems_can_be_recorded_one_by_one() {
    for (systems, more, last) in
        [(200, None, None), (201, Some("List 1 more"), None), (450, Some("List 200 more"), Some("List 50 more"))]
    {
        let mut screen = screen_of(plan_of(systems));
        let end = format!("Result of System {systems}");
        assert_eq!(screen.says(&end), more.is_none(), "{systems}");
        for link in [more, last].into_iter().flatten() {
            screen.invoke(link);
            screen.absent(link);
        }
        assert!(!screen.says(" are listed"), "{systems}");
        screen.choose_in(&end, "Failed");
        assert_eq!(outcome(&screen, &format!("s-{systems:03}")), Some(ResultOutcome::Failed));
    }
}

#[test]
fn the_palette_opens_the_results_of_what_is_selected_or_ended_last() {
    let mut screen = screen();
    let night =
        |screen: &Screen| screen.session(|session| session.navigation.night.clone()).map(|night| night.on.to_string());
    let (begun, coming) = ("2027-01-16".parse().unwrap(), "2027-03-20".parse().unwrap());
    for (selected, recorded) in [
        (Selection::Nothing, "2027-02-20"),
        (Selection::Occurrence("core-db".into(), begun), "2027-01-16"),
        (Selection::Nothing, "2027-01-16"),
        (Selection::Occurrence("core-db".into(), coming), "2027-01-16"),
    ] {
        screen.perform(Action::Show(View::Calendar(CalendarView::Rows)));
        screen.perform(Action::Select(selected.clone()));
        screen.press_with(Modifiers::COMMAND, Key::K);
        screen.type_text("record results");
        screen.press(Key::Enter);
        assert_eq!(screen.session(Session::view), View::Night, "{selected:?}");
        assert_eq!(night(&screen).as_deref(), Some(recorded), "{selected:?}");
    }
    let parts = PlanParts { windows: Table::default(), ..harbour::plan().to_parts() };
    let mut screen = Screen::new(parts.into(), View::Calendar(CalendarView::Rows));
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("record results");
    screen.press(Key::Enter);
    assert_ne!(screen.session(Session::view), View::Night, "nothing has begun");
}

#[test]
fn what_was_recorded_before_stays_when_the_others_are_patched() {
    let mut screen = screen();
    screen.choose_in("Result of Ledger", "Failed");
    assert_eq!(outcome(&screen, "ledger"), Some(ResultOutcome::Failed));
    screen.expect("0 of 10 hosts patched, 10 failed");
    screen.invoke("Others patched");
    assert_eq!(outcome(&screen, "ledger"), Some(ResultOutcome::Failed));
    assert_eq!(outcome(&screen, "core-db"), Some(ResultOutcome::Patched));
    undo(&mut screen);
    assert_eq!(outcome(&screen, "core-db"), None);
    undo(&mut screen);
    assert_eq!(outcome(&screen, "ledger"), None);
}

#[test]
fn numbers_and_times_are_recorded_each_in_one_step() {
    let mut screen = screen();
    screen.choose_in("Result of Ledger", "Patched");
    screen.invoke("Details of the result of Ledger");
    screen.enter("Ledger, hosts patched", "9");
    screen.enter("Ledger, hosts failed", "1");
    screen.enter("Ledger, reboots", "9");
    screen.enter("Ledger, started", "22:10");
    screen.enter("Ledger, ended", "1:40");
    let result = result(&screen, "ledger").unwrap();
    assert_eq!((result.attempted, result.patched, result.failed), (10, 9, 1));
    assert_eq!((result.reboots_attempted, result.reboots_successful), (9, 9));
    assert_eq!(result.started_at, Some(at("2027-02-20T22:10")));
    assert_eq!(result.ended_at, Some(at("2027-02-21T01:40")));
    screen.expect("9 of 10 hosts patched, 1 failed · 9 of 9 reboots successful");
    undo(&mut screen);
    assert_eq!(self::result(&screen, "ledger").unwrap().ended_at, None);
    screen.tick("Ledger was rolled back");
    assert_eq!(outcome(&screen, "ledger"), Some(ResultOutcome::RolledBack));
    screen.invoke("Remove the result of Ledger");
    assert_eq!(outcome(&screen, "ledger"), None);
}

#[test]
fn a_contradiction_is_an_error_and_changes_nothing() {
    let mut screen = screen();
    screen.choose_in("Result of Ledger", "Patched");
    screen.invoke("Details of the result of Ledger");
    screen.enter("Ledger, started", "22:10");
    screen.enter("Ledger, ended", "2027-02-20 21:00");
    screen.expect_part("Invalid result of Ledger: the actual end is before the actual start");
    assert_eq!(result(&screen, "ledger").unwrap().ended_at, None);
}

#[test]
fn a_scan_is_recorded_as_clean_and_then_as_open() {
    let mut screen = screen();
    let scans = |screen: &Screen| -> Vec<FollowUpScan> {
        screen.session(|session| session.plan().scans().iter().map(|scan| FollowUpScan::clone(scan)).collect())
    };
    screen.invoke("Record a scan");
    let [scan] = &scans(&screen)[..] else { panic!("one scan is recorded") };
    assert_eq!((scan.key.at, scan.open.len()), (at("2027-02-21T09:00"), 0));
    screen.tick("With credentials");
    screen.open_list("Scan of Sun 21 Feb 09:00, still open on");
    screen.type_text("Ledg");
    screen.press(Key::Enter);
    let [scan] = &scans(&screen)[..] else { panic!("still one scan") };
    assert!(scan.is_authenticated);
    assert_eq!(scan.open, ["ledger".into()]);
    screen.press(Key::Escape);
    screen.enter("Scan of Sun 21 Feb 09:00, time", "07:30");
    assert_eq!(scans(&screen).iter().map(|scan| scan.key.at).collect::<Vec<_>>(), [at("2027-02-21T07:30")]);
    screen.invoke("Remove the scan");
    assert!(scans(&screen).is_empty());
    undo(&mut screen);
    assert_eq!(scans(&screen).len(), 1);
}

#[test]
fn nothing_is_recorded_before_the_start() {
    let clock = FixedClock(at("2027-02-20T21:59"));
    let mut session = Session::new(harbour::plan(), FileState::none(), Box::new(clock), None);
    let night = NightKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap() };
    session.perform(Action::Reveal(Destination::Night(night)));
    let screen = Screen::with_session(session);
    screen.expect("Results can be recorded from the start on, Sat 20 Feb 22:00");
    screen.absent("All patched");
}

#[test]
fn the_inspector_of_a_past_occurrence_records_results_too() {
    let clock = FixedClock(at("2027-02-21T09:00"));
    let mut session = Session::new(harbour::plan(), FileState::none(), Box::new(clock), None);
    session.perform(Action::Show(View::Calendar(CalendarView::Rows)));
    session.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-02-20".parse().unwrap())));
    let mut screen = Screen::with_session(session);
    screen.invoke("Results");
    screen.invoke("All patched");
    assert_eq!(outcome(&screen, "core-db"), Some(ResultOutcome::Patched));
    let march = Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap());
    screen.perform(Action::Select(march));
    screen.absent("Results");
}

fn cycles() -> Screen {
    let mut parts: PlanParts = harbour::plan().to_parts();
    let ladder = parts.ladders.get(&"servers".into()).unwrap();
    parts.ladders = [Ladder { release: Some("microsoft".into()), ..(**ladder).clone() }].into_iter().collect();
    let plan: Plan = parts.into();
    let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(at("2027-03-22T09:00"))), None);
    session.perform(Action::Set(Settings { name: "Ann".into(), ..session.settings.clone() }));
    session.perform(Action::Show(View::Cycles));
    let mut screen = Screen::with_session(session);
    let row = screen.name_of("Cycle of Tue 9 Mar 2027");
    screen.invoke(&row);
    screen.perform(Action::Show(View::Cycles));
    screen
}

fn open_group(screen: &mut Screen) {
    screen.focus_role(egui::Role::DisclosureTriangle, "Production");
    screen.press(Key::Space);
}

fn of_release(screen: &Screen) -> Option<GroupRecord> {
    let release = "2027-03-09".parse().unwrap();
    let (ladder, group) = ("servers".into(), "production".into());
    screen.session(|session| session.plan().group_records().for_group(&ladder, &group, release).cloned())
}

#[test]
fn sign_offs_and_tests_of_a_release_are_recorded_with_name_and_time() {
    let mut screen = cycles();
    screen.expect("Release of Tue 9 Mar 2027");
    open_group(&mut screen);
    for kind in ["deployed", "validated"] {
        screen.tick(&format!("Production: {kind}"));
    }
    screen.invoke("Production: test passed");
    let record = of_release(&screen).unwrap();
    let deployed = record.deployed.unwrap();
    assert_eq!((&*deployed.by, deployed.at), ("Ann", at("2027-03-22T09:00")));
    assert!(record.validated.is_some() && record.assessed.is_none());
    assert!(record.test.unwrap().is_passed);
    screen.expect("2 of 3 signed off, test passed");
    undo(&mut screen);
    assert_eq!(of_release(&screen).unwrap().test, None);
    screen.tick("Production: deployed");
    screen.tick("Production: validated");
    assert_eq!(of_release(&screen), None, "an empty record is removed");
}

#[test]
fn a_release_is_held_and_one_click_lifts_it() {
    let mut screen = cycles();
    open_group(&mut screen);
    screen.write("Production: reason of the hold", "Patch withdrawn");
    screen.invoke("Production: hold");
    screen.expect("On hold: Patch withdrawn");
    let held = of_release(&screen).unwrap();
    assert!(held.hold_at(at("2027-03-22T09:00")).is_some());
    screen.invoke("Production: lift hold");
    let lifted = of_release(&screen).unwrap();
    assert!(lifted.hold_at(at("2027-03-22T09:00")).is_none());
    assert_eq!(lifted.holds[0].lifted.as_ref().map(|lifted| &*lifted.by), Some("Ann"));
    undo(&mut screen);
    assert_eq!(of_release(&screen), Some(held));
}

#[test]
fn what_was_not_patched_is_offered_another_date_in_one_step() {
    let mut screen = screen();
    screen.choose_in("Result of Core DB", "Patched");
    screen.choose_in("Result of Ledger", "Failed");
    screen.expect_part("Still to patch: Ledger; next is Core DB patching, Sat 20 Mar 2027 22:00");
    screen.expect_part("Free before that: Sun 21 Feb 2027 22:00");
    screen.click("Add Sun 21 Feb 2027");
    let added = |screen: &Screen| {
        let on = "2027-02-21".parse().unwrap();
        screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().exception(on).is_some())
    };
    assert!(added(&screen));
    screen.expect_part("next is Core DB patching, Sun 21 Feb 2027 22:00");
    undo(&mut screen);
    assert!(!added(&screen), "one step");
    screen.choose_in("Result of Ledger", "Patched");
    assert!(!screen.says("Still to patch"));
}
