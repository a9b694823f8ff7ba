//! Several selected dates that are changed at once: what is done, what is refused and why, and what stays as it was.

use std::path::Path;

use chrono::NaiveDate;
use windowsill::model::{
    Agreement, Assignee, BusinessArea, ChangeFreeze, Duty, Edit, Horizon, LedgerEntry, LedgerKey, MaintenanceWindow,
    Minutes, OccurrenceChange, Person, Plan, Rule, System, UtcMinute, WindowId,
};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, AnswerForAllAreas, BulkChange, Command, Dialog, FileState, Question, QuestionAnswer, Selection, Session,
};
use windowsill::store::ProgramFolders;

use crate::common::dates::date;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

/// Two windows, each Saturday at 22:00 for 4 h, that work on systems of two business areas.
fn plan() -> Plan {
    let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/London").to_parts();
    let area = |id: &str| BusinessArea { id: id.into(), name: id.to_owned(), ..BusinessArea::default() };
    parts.areas = ["pay", "trade"].map(area).into_iter().collect();
    let system =
        |id: &str| System { id: id.into(), name: id.to_owned(), area: Some(id.into()), hosts: 1, ..System::default() };
    parts.systems = ["pay", "trade"].map(system).into_iter().collect();
    let rule = Rule::Weekly { days: vec![chrono::Weekday::Sat], every: 1 };
    let window = |id: &str, name: &str| {
        let systems = vec!["pay".into(), "trade".into()];
        MaintenanceWindow { systems, ..MaintenanceWindow::new(id.into(), name, rule.clone()) }
    };
    parts.windows = [window("db", "Core DB"), window("web", "Web")].into_iter().collect();
    parts.into()
}

fn session_on(plan: Plan) -> Session {
    Session::new(plan, FileState::none(), Box::new(FixedClock(NOW)), None)
}

fn select(session: &mut Session, window: &str, dates: &[&str]) {
    let keys = dates.iter().map(|on| (WindowId::new(window), date(on)));
    session.perform(Action::Select(Selection::several(keys)));
}

fn change(session: &mut Session, change: BulkChange) {
    session.perform(Action::ChangeSeveral(change));
}

/// The start and the length in minutes of the occurrence with that original date.
fn times(session: &Session, on: &str) -> (String, u32) {
    let (_, occurrence) = session.schedule().occurrence(&"db".into(), date(on)).unwrap();
    (occurrence.local_start.to_naive().format("%m-%d %H:%M").to_string(), occurrence.duration.0)
}

fn undo_label(session: &Session) -> Option<&str> {
    session.document.history().undo_label()
}

/// The texts of all messages.
fn said(session: &Session) -> String {
    session.messages.iter().map(|message| message.text.clone()).collect::<Vec<_>>().join("\n")
}

/// The details of the question that is open.
fn details(session: &Session) -> Vec<String> {
    match session.dialog() {
        Some(Dialog::Question(Question::Edit(proposal))) => proposal.details.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_finding_of_the_selected_dates_is_accepted() {
    // The same cause on many dates: one freeze over all of March.
    let freeze = plan().new_freeze_on(date("2027-03-01"), "word");
    let freeze = ChangeFreeze { last_on: date("2027-03-31"), ..freeze };
    let mut session = session_on(plan().apply(&Edit::PutFreeze(freeze)).unwrap());
    let dates = ["2027-03-06", "2027-03-13", "2027-03-20"];
    let open = |session: &Session| {
        let is_here = |on: Option<NaiveDate>| on.is_some_and(|on| dates.iter().any(|each| date(each) == on));
        let here = session.findings().open().filter(|each| is_here(each.on) && each.window == Some("db".into()));
        here.map(|finding| (finding.rule.code, finding.on)).collect::<Vec<_>>()
    };
    let before = open(&session);
    assert!(dates.iter().all(|on| before.iter().any(|(_, found)| *found == Some(date(on)))), "{before:?}");
    select(&mut session, "db", &dates);
    let until = date("2027-12-31");
    change(&mut session, BulkChange::Accept { reason: "Agreed".to_owned(), by: "Bo".to_owned(), until });
    assert_eq!(open(&session), []);
    assert!(session.plan().acceptances().len() >= 3, "one for each date: {:?}", session.plan().acceptances());
    assert_eq!(undo_label(&session), Some("Accept the findings of 3 dates"));
    session.perform(Action::Run(Command::Undo));
    assert_eq!(open(&session), before);
}

#[test]
fn one_start_for_all_keeps_dates_and_lengths_that_are_their_own() {
    let mut session = session_on(plan());
    let own = Edit::MoveOccurrence {
        window: "db".into(),
        on: date("2027-03-13"),
        to: date("2027-03-14"),
        start: chrono::NaiveTime::from_hms_opt(20, 0, 0),
        duration: Some(Minutes::hours(6)),
    };
    session.perform(Action::Edit(own));
    select(&mut session, "db", &["2027-03-06", "2027-03-13", "2027-03-20"]);
    let start = |hour| BulkChange::Start(chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap());
    change(&mut session, start(20));
    assert!(session.dialog().is_none(), "a date that starts then already is not a problem");
    assert_eq!(undo_label(&session), Some("Start 2 dates at 20:00"));
    assert_eq!(times(&session, "2027-03-06"), ("03-06 20:00".to_owned(), 240));
    assert_eq!(times(&session, "2027-03-13"), ("03-14 20:00".to_owned(), 360));
    change(&mut session, start(20));
    assert!(said(&session).contains("Nothing to change"), "{}", said(&session));
    change(&mut session, start(22));
    assert_eq!(times(&session, "2027-03-13"), ("03-14 22:00".to_owned(), 360));
    let exceptions = &session.plan().windows().get(&"db".into()).unwrap().exceptions;
    let has_start = |change: &OccurrenceChange| matches!(change, OccurrenceChange::Moved { start: Some(_), .. });
    let own_start = |on: &str| exceptions.iter().any(|each| each.on == date(on) && has_start(&each.change));
    assert!(!own_start("2027-03-06"), "it follows its window again: {exceptions:?}");
    session.perform(Action::Run(Command::Undo));
    session.perform(Action::Run(Command::Undo));
    assert_eq!(times(&session, "2027-03-06"), ("03-06 22:00".to_owned(), 240));
}

#[test]
fn several_dates_move_by_hours_on_their_clock() {
    let mut session = session_on(plan());
    select(&mut session, "db", &["2027-03-20", "2027-03-27"]);
    change(&mut session, BulkChange::Move(26 * 60));
    // The clocks go forward in the night of the second.
    assert_eq!(times(&session, "2027-03-20").0, "03-22 00:00");
    assert_eq!(times(&session, "2027-03-27").0, "03-29 00:00");
    assert_eq!(undo_label(&session), Some("Move 2 dates 1 day 2 h later"));
    session.perform(Action::Run(Command::StartEarlier));
    assert_eq!(times(&session, "2027-03-27").0, "03-28 23:30");
    assert_eq!(undo_label(&session), Some("Move 2 dates 30 min earlier"));
}

#[test]
fn a_group_is_added_to_windows_and_refused_by_window() {
    let ladder = plan().new_ladder("Servers");
    let group = ladder.groups[0].id.clone();
    let mut plan = plan().apply(&Edit::PutLadder(ladder)).unwrap();
    let mut web = MaintenanceWindow::clone(plan.windows().get(&"web".into()).unwrap());
    web.groups.push(group.clone());
    plan = plan.apply(&Edit::PutWindow(web)).unwrap();
    let skip = Edit::SkipOccurrence { window: "db".into(), on: date("2027-03-13"), reason: "Audit".to_owned() };
    let mut session = session_on(plan.apply(&skip).unwrap());
    let keys = [("db", "2027-03-06"), ("db", "2027-03-13"), ("web", "2027-03-06")];
    let keys = keys.map(|(window, on)| (WindowId::new(window), date(on)));
    session.perform(Action::Select(Selection::several(keys)));
    change(&mut session, BulkChange::AddGroup(group.clone()));
    assert_eq!(details(&session), ["Web (it has this group already)"]);
    let has_group = |session: &Session| session.plan().windows().get(&"db".into()).unwrap().groups.contains(&group);
    assert!(!has_group(&session), "nothing is done before the answer");
    session.perform(Action::Answer(QuestionAnswer::Yes));
    assert!(has_group(&session));
    assert!(undo_label(&session).is_some_and(|label| label.ends_with(" to 1 window")), "{:?}", undo_label(&session));
}

#[test]
fn bookings_of_several_dates_of_a_window_are_all_kept() {
    let plan = plan().apply(&Edit::PutPerson(Person::new("bo".into(), "Bo"))).unwrap();
    let mut session = session_on(plan);
    select(&mut session, "db", &["2027-03-06", "2027-03-13"]);
    change(&mut session, BulkChange::Book(Assignee::Person("bo".into()), Duty::Work));
    let bookings = |session: &Session| session.plan().windows().get(&"db".into()).unwrap().bookings.len();
    assert_eq!(bookings(&session), 2);
    change(&mut session, BulkChange::Book(Assignee::Person("bo".into()), Duty::Work));
    assert!(said(&session).contains("Core DB, Sat 6 Mar 2027 (they are booked already)"), "{}", said(&session));
    assert_eq!(bookings(&session), 2);
}

fn declined(area: &str, on: &str) -> Edit {
    let key = LedgerKey { window: "db".into(), on: date(on), area: area.into() };
    let agreement = Agreement::Declined { on: date("2027-02-01"), by: "Ann".to_owned(), reason: "Quarter".to_owned() };
    let (answered_for, replied_at, reserve_on, notes) = (None, None, None, String::new());
    Edit::PutEntry(LedgerEntry { key, agreement, answered_for, replied_at, reserve_on, notes })
}

#[test]
fn declined_answers_stay_and_are_named() {
    let mut session = session_on(plan());
    session.perform(Action::Edit(declined("pay", "2027-03-13")));
    select(&mut session, "db", &["2027-03-13", "2027-03-20"]);
    change(&mut session, BulkChange::Note(AnswerForAllAreas::Agreed));
    assert_eq!(undo_label(&session), Some("Record 2 dates as agreed"));
    let text = said(&session);
    assert!(text.contains("Declined answers stay: Core DB, Sat 13 Mar 2027 (pay)"), "{text}");
    let key = LedgerKey { window: "db".into(), on: date("2027-03-13"), area: "pay".into() };
    assert!(matches!(session.plan().ledger().get(&key).unwrap().agreement, Agreement::Declined { .. }));
    session.perform(Action::Edit(declined("trade", "2027-03-13")));
    change(&mut session, BulkChange::Note(AnswerForAllAreas::Asked));
    let text = said(&session);
    assert!(text.contains("Core DB, Sat 13 Mar 2027 (pay and trade declined)"), "{text}");
    session.perform(Action::Select(Selection::Window("db".into())));
    session.perform(Action::Run(Command::AgreedAllDates));
    assert!(said(&session).contains(". 2 declined answers stay"), "{}", said(&session));
}

#[test]
fn a_long_list_of_refused_dates_says_how_many_more_there_are() {
    let mut session = session_on(plan());
    let dates: Vec<String> =
        (0..10).map(|week| (date("2027-03-06") + chrono::TimeDelta::weeks(week)).to_string()).collect();
    let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
    select(&mut session, "db", &dates);
    change(&mut session, BulkChange::Restore);
    let text = said(&session);
    assert!(text.contains("Core DB, Sat 6 Mar 2027 (it follows its rule)") && text.contains(" and 2 more"), "{text}");
}

#[test]
fn dates_are_not_pasted_over_others() {
    let mut session = session_on(plan());
    let skip = |on: &str| Edit::SkipOccurrence { window: "db".into(), on: date(on), reason: "Audit".to_owned() };
    session.perform(Action::Edit(skip("2027-04-03")));
    let before = std::sync::Arc::clone(session.plan());
    select(&mut session, "db", &["2027-03-06", "2027-03-13"]);
    session.perform(Action::Run(Command::CopyDates));
    session.perform(Action::Select(Selection::Day(date("2027-04-03"))));
    session.perform(Action::Run(Command::PasteDates));
    let text = said(&session);
    assert!(text.contains("Core DB, Sat 3 Apr 2027 (it skips this date: reset it to the rule instead)"), "{text}");
    assert!(text.contains("Core DB, Sat 10 Apr 2027 (it has this date already)"), "{text}");
    assert!(std::sync::Arc::ptr_eq(session.plan(), &before), "nothing was pasted");
    session.perform(Action::Select(Selection::Occurrence("db".into(), date("2027-04-03"))));
    session.perform(Action::Run(Command::CopyDates));
    assert!(said(&session).contains("Skipped dates cannot be copied"), "{}", said(&session));
}

/// A session on a plan that another session has open.
fn read_only(home: &Path) -> (Session, Session) {
    let folders = || Some(ProgramFolders::inside(home));
    let mut first = Session::new(plan(), FileState::none(), Box::new(FixedClock(NOW)), folders());
    let path = home.join("plan.ron");
    first.perform(Action::SaveAs(path.clone()));
    first.finish_jobs();
    let mut second = Session::new(plan(), FileState::none(), Box::new(FixedClock(NOW)), folders());
    second.mark_saved();
    second.perform(Action::Open(path));
    second.finish_jobs();
    assert!(second.file.read_only_reason().is_some());
    (first, second)
}

#[test]
fn a_read_only_plan_refuses_changes_of_several_dates_pasting_and_dialogs() {
    let home = tempfile::tempdir().unwrap();
    let (_first, mut session) = read_only(home.path());
    select(&mut session, "db", &["2027-03-06", "2027-03-13"]);
    session.perform(Action::Run(Command::CopyDates));
    let selected = session.selection().clone();
    let is_refused = |session: &mut Session, action: Action| {
        session.perform(Action::Dismiss);
        session.perform(action);
        session.finish_jobs();
        assert!(said(session).contains("This plan is read-only"), "{}", said(session));
        assert!(session.dialog().is_none(), "{:?}", session.dialog());
    };
    is_refused(&mut session, Action::ChangeSeveral(BulkChange::Restore));
    is_refused(&mut session, Action::ChangeSeveral(BulkChange::days(400)));
    is_refused(&mut session, Action::Run(Command::PasteDates));
    assert_eq!(*session.selection(), selected, "what was selected stays selected");
    for command in [Command::QuickAdd, Command::DecideMeetings, Command::ImportWindows] {
        is_refused(&mut session, Action::Run(command));
    }
    session.perform(Action::Run(Command::PlanSettings));
    assert!(session.dialog().is_some(), "it can be looked at");
}

#[test]
fn the_message_about_a_change_of_times_names_what_changed() {
    let mut session = session_on(plan());
    session.perform(Action::Select(Selection::Occurrence("db".into(), date("2027-03-13"))));
    for (command, text) in [
        (Command::Lengthen, "Lengthened Core DB, Sat 13 Mar, to 4 h 30"),
        (Command::StartLater, "Moved Core DB, Sat 13 Mar, to 22:30"),
        (Command::Shorten, "Shortened Core DB, Sat 13 Mar, to 4 h"),
        (Command::DayLater, "Moved Core DB to Sun 14 Mar"),
        (Command::StartEarlier, "Moved Core DB, Sun 14 Mar, to 22:00"),
    ] {
        session.perform(Action::Run(command));
        assert!(said(&session).contains(text), "{command:?}: {}", said(&session));
    }
}

#[test]
fn the_dates_that_a_change_of_times_reaches_are_counted_by_making_it() {
    use windowsill::model::Extent;
    let mut db = MaintenanceWindow::clone(plan().windows().get(&"db".into()).unwrap());
    (db.first, db.last) = (Some(date("2027-03-06")), Some(date("2027-03-27")));
    let clock = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0);
    // One date has its own start, one was added with its own times.
    let own = OccurrenceChange::Moved { to: date("2027-03-13"), start: clock(20), duration: None };
    db.set_exception(date("2027-03-13"), own);
    let added = OccurrenceChange::Added { start: clock(9), duration: Some(Minutes::hours(1)) };
    db.set_exception(date("2027-03-17"), added);
    let session = session_on(plan().apply(&Edit::PutWindow(db)).unwrap());
    let (window, occurrence) = session.schedule().occurrence(&"db".into(), date("2027-03-20")).unwrap();
    let counts = |extent, hours: i32| {
        let start = occurrence.local_start.shifted(hours * 60);
        let first = session.plan().horizon().from;
        let edit = window.change_times_of((occurrence, extent), start, occurrence.duration, first);
        let from = (extent != Extent::AllDates).then_some(date("2027-03-20"));
        window.changed_dates(session.plan(), &edit, from)
    };
    assert_eq!(counts(Extent::ThisAndLater, 1), (2, 0));
    assert_eq!(counts(Extent::AllDates, 1), (3, 2), "two keep their own start");
    assert_eq!(counts(Extent::AllDates, -24), (4, 1), "the one with its own start moves along");
}
