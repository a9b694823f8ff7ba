//! What is written down during a night: with name and time, undone by name, saved, and kept when the date goes.

use windowsill::model::{ChecklistBlock, Edit, NightKey, NightRecord, Outcome, Plan, Tick, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, Command, Destination, FileState, NightStep, Selection, Session, Settings, View, ViewKind,
};
use windowsill::store::{open, parse, to_text};

use crate::common::harbour;

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(format!("{text}:00Z").parse().unwrap())
}

fn key(on: &str) -> NightKey {
    NightKey { window: "core-db".into(), on: on.parse().unwrap() }
}

const BACKUP: &str = "Final backup completed";

fn session(plan: Plan, now: &str) -> Session {
    let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(at(now))), None);
    session.mark_saved();
    session
}

fn named(plan: Plan, now: &str) -> Session {
    let mut session = session(plan, now);
    session.perform(Action::Set(Settings { name: "Lena Fox".into(), ..session.settings.clone() }));
    session
}

fn note(session: &mut Session, step: NightStep) {
    session.perform(Action::Note(key("2027-03-20"), step));
}

fn backup() -> NightStep {
    NightStep::Tick(ChecklistBlock::HoursBefore, BACKUP.into())
}

fn kept(session: &Session) -> Option<NightRecord> {
    session.plan().nights().get(&key("2027-03-20")).map(|record| NightRecord::clone(record))
}

#[test]
fn a_tick_gets_name_and_time_and_is_undone_by_name() {
    let mut session = named(harbour::plan(), "2027-03-20T20:12");
    note(&mut session, backup());
    let tick = Tick {
        block: ChecklistBlock::HoursBefore,
        item: BACKUP.into(),
        by: "Lena Fox".into(),
        at: at("2027-03-20T20:12"),
    };
    assert_eq!(kept(&session).unwrap().ticks, [tick]);
    assert_eq!(session.label(Command::Undo), "Undo Tick Final backup completed: Core DB patching, 20 Mar");
    session.perform(Action::Run(Command::Undo));
    assert_eq!(kept(&session), None);
}

#[test]
fn an_undone_tick_leaves_no_empty_record() {
    let mut session = named(harbour::plan(), "2027-03-20T20:12");
    note(&mut session, backup());
    note(&mut session, NightStep::Untick { block: ChecklistBlock::HoursBefore, item: BACKUP.into(), nth: 0 });
    assert_eq!(kept(&session), None);
    assert_eq!(session.label(Command::Undo), "Undo Untick Final backup completed: Core DB patching, 20 Mar");
    note(&mut session, NightStep::Untick { block: ChecklistBlock::After, item: "Never ticked".into(), nth: 7 });
    assert_eq!(kept(&session), None);
}

#[test]
fn without_a_name_nothing_is_ticked_and_the_program_says_why() {
    let mut session = session(harbour::plan(), "2027-03-20T20:12");
    note(&mut session, backup());
    assert_eq!(kept(&session), None);
    assert!(session.navigation.names_selection && session.messages.is_empty(), "the cursor moves to the name");
    note(&mut session, NightStep::Notes("Anybody may write notes".into()));
    assert_eq!(kept(&session).unwrap().notes, "Anybody may write notes");
    session.perform(Action::Set(Settings { answers: "M. Lind".into(), ..session.settings.clone() }));
    note(&mut session, backup());
    assert_eq!(kept(&session).unwrap().ticks[0].by, "M. Lind", "who accepts findings here sits here");
}

#[test]
fn a_status_update_is_sent_corrected_and_removed() {
    let mut session = named(harbour::plan(), "2027-03-20T22:31");
    let tell = |due: &str, text: &str| NightStep::UpdateStatus(at(due), text.to_owned());
    note(&mut session, tell("2027-03-20T23:00", "Second"));
    note(&mut session, tell("2027-03-20T22:30", "First"));
    note(&mut session, tell("2027-03-20T22:30", "First batch in"));
    let texts: Vec<String> = kept(&session).unwrap().status_updates.into_iter().map(|update| update.text).collect();
    assert_eq!(texts, ["First batch in", "Second"], "sorted by when they were due");
    note(&mut session, tell("2027-03-20T22:30", ""));
    assert_eq!(kept(&session).unwrap().status_updates.len(), 1);
}

#[test]
fn a_night_ends_and_goes_on_after_all() {
    let mut session = named(harbour::plan(), "2027-03-21T01:40");
    session.refresh_running_nights();
    assert_eq!(session.tonight.running(), [key("2027-03-20")]);
    note(&mut session, NightStep::End(Outcome::Done));
    session.refresh_running_nights();
    assert_eq!(session.tonight.running(), []);
    assert_eq!(kept(&session).unwrap().ending.unwrap().by, "Lena Fox");
    assert_eq!(session.label(Command::Undo), "Undo Done: Core DB patching, 20 Mar");
    note(&mut session, NightStep::Reopen);
    assert_eq!(kept(&session), None);
}

#[test]
fn a_record_is_saved_and_read_again() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    let mut session = named(harbour::plan(), "2027-03-20T22:31");
    note(&mut session, backup());
    note(&mut session, NightStep::UpdateStatus(at("2027-03-20T22:30"), "All well".into()));
    note(&mut session, NightStep::End(Outcome::Overran));
    session.perform(Action::SaveAs(path.clone()));
    session.finish_jobs();
    let read = open(&path).unwrap().plan;
    assert_eq!(read.nights().as_slice(), session.plan().nights().as_slice());
    assert_eq!(parse(&to_text(&read).unwrap()).unwrap().plan.nights(), read.nights());
}

#[test]
fn the_command_goes_to_the_selected_night_then_to_the_one_that_runs_then_to_the_next() {
    let mut session = named(harbour::plan(), "2027-03-20T22:31");
    session.perform(Action::Run(Command::Show(ViewKind::Night)));
    assert_eq!((session.navigation.view, session.navigation.night.clone()), (View::Night, Some(key("2027-03-20"))));
    assert!(session.is_enabled(Command::Print), "the night is what commands are about");
    session.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-06-19".parse().unwrap())));
    session.perform(Action::Run(Command::Show(ViewKind::Night)));
    assert_eq!(session.navigation.night, Some(key("2027-06-19")));
    let mut early = named(harbour::plan(), "2027-03-01T10:00");
    early.perform(Action::Run(Command::Show(ViewKind::Night)));
    assert_eq!(early.navigation.night, Some(key("2027-03-20")));
}

#[test]
fn the_screen_is_woken_only_while_a_minute_counts_or_for_the_next_start() {
    let wait = |now: &str| named(harbour::plan(), now).refresh_running_nights().map(|wait| wait.as_secs() / 60);
    assert_eq!(wait("2027-03-01T10:00"), None, "nothing comes for weeks");
    assert_eq!(wait("2027-03-20T20:00"), Some(120), "until the start");
    assert_eq!(wait("2027-03-20T22:31"), Some(1));
    let mut session = named(harbour::plan(), "2027-03-20T20:00");
    session.perform(Action::Reveal(Destination::Night(key("2027-03-20"))));
    assert_eq!(session.refresh_running_nights().map(|wait| wait.as_secs()), Some(60), "its figures are in sight");
}

#[test]
fn a_record_outlives_its_occurrence_and_its_window() {
    let mut session = named(harbour::plan(), "2027-03-20T22:31");
    note(&mut session, backup());
    session.perform(Action::Edit(Edit::RemoveWindow("core-db".into())));
    assert_eq!(kept(&session).unwrap().ticks.len(), 1);
    session.perform(Action::Reveal(Destination::Night(key("2027-03-20"))));
    assert_eq!((session.navigation.view, session.navigation.night.clone()), (View::Night, Some(key("2027-03-20"))));
    assert_eq!(session.navigation.selection, Selection::Nothing);
    session.perform(Action::Edit(Edit::RemoveNight(key("2027-03-20"))));
    assert_eq!(kept(&session), None);
}
