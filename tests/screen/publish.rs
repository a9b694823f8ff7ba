//! Publishing from the running program: the dialog, what is remembered, stopping.

use std::fs;
use std::path::Path;

use windowsill::model::{Plan, UtcMinute};
use windowsill::publish::Secret;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Command, FileState, Publication, PublishedTarget, Session, View};
use windowsill::store::ProgramFolders;

use crate::common::harbour;
use crate::common::publish::server::Radicale;
use crate::common::publish::web::{Web, sleep};
use crate::driver::Screen;

fn session(plan: Plan, home: &Path) -> Session {
    let now = UtcMinute::from_utc("2027-03-01T12:00:00Z".parse().unwrap());
    Session::new(plan, FileState::none(), Box::new(FixedClock(now)), Some(ProgramFolders::inside(home)))
}

fn to(address: &str) -> Publication {
    Publication {
        calendar: PublishedTarget { to: address.into(), user: "anna".into(), with_freezes: false },
        password: Secret::new("pass wörd:1"),
        ..Publication::default()
    }
}

#[test]
fn a_calendar_is_published_to_a_file_by_the_dialog_and_again_by_its_button() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("year.ics");
    let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner));
    screen.perform(Action::Run(Command::Publish));
    screen.absent("Password");
    screen.write("Publish to", path.to_str().unwrap());
    screen.click("Publish");
    screen.finish_jobs();
    screen.expect_part("Published Mon 1 Mar 2027");
    assert_eq!(fs::read_to_string(&path).unwrap().matches("BEGIN:VEVENT").count(), 13);
    screen.click("Publish again");
    screen.finish_jobs();
    screen.expect_part("Published Mon 1 Mar 2027 10:00: 1 unchanged");
}

#[test]
fn an_address_asks_for_user_and_password_and_encryption_for_a_confirmation() {
    let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner));
    screen.perform(Action::Run(Command::Publish));
    screen.write("Publish to", "year.txt");
    screen.expect_part("A calendar file must end in .ics");
    screen.write("Publish to", "http://dav.example.org/year/");
    screen.write("User", "anna");
    screen.write("Password", "guess");
    screen.expect_part("unencrypted");
    screen.click("Publish");
    assert!(screen.session(|session| session.jobs.is_idle() && session.published().is_empty()));
    screen.write("Publish to", "https://dav.example.org/year/");
    screen.absent("This network is safe");
}

#[test]
fn where_it_was_published_is_remembered_and_the_password_is_not() {
    let Some(server) = Radicale::start() else { return };
    let home = tempfile::tempdir().unwrap();
    let mut first = session(harbour::plan(), home.path());
    first.perform(Action::Publish(to(&server.url("year/"))));
    first.finish_jobs();
    let outcome = first.publishing.outcome.clone().unwrap();
    assert_eq!((outcome.report.counts.sent, outcome.report.is_complete()), (12, true));
    drop(first);

    let mut second = session(harbour::plan(), home.path());
    assert_eq!(second.published(), [to(&server.url("year/")).calendar]);
    second.perform(Action::Run(Command::Publish));
    second.finish_jobs();
    let (at, last) = second.publishing.last.clone().unwrap();
    assert_eq!((at, last.counts.sent), (server.url("year/"), 12));
    for folder in ["config", "state/published"] {
        for entry in fs::read_dir(home.path().join(folder)).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(!text.contains("wörd"), "{text}");
        }
    }
}

#[test]
fn a_conflict_is_shown_and_can_be_overwritten() {
    let Some(server) = Radicale::start() else { return };
    let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner));
    let path = "year/20270320.core-db@harbour.windowsill.ics";
    screen.perform(Action::Publish(to(&server.url("year/"))));
    screen.finish_jobs();
    let theirs = server.request("GET", path, "").text.replace("SUMMARY:Core DB", "SUMMARY:Postponed? Core DB");
    server.request("PUT", path, &theirs);
    screen.perform(Action::Run(Command::Publish));
    screen.write("Password", "pass wörd:1");
    screen.click("Publish again");
    screen.finish_jobs();
    screen.expect_part("somebody else changed it there");
    screen.click("Overwrite their changes");
    screen.finish_jobs();
    screen.expect_part("10:00: 1 sent, 11 unchanged");
    assert!(!server.request("GET", path, "").text.contains("Postponed?"));
}

#[test]
fn stopped_publishing_is_reported_and_can_be_restarted() {
    let web = Web::new(|_| sleep());
    let home = tempfile::tempdir().unwrap();
    let mut session = session(harbour::plan(), home.path());
    session.perform(Action::Publish(to(&web.url("/year/"))));
    let job = session.publishing_job().unwrap().id;
    assert!(session.is_publishing() && !session.is_enabled(Command::PublishAgain));
    session.perform(Action::CancelJob(job));
    assert!(session.has_stopped_publishing() && session.is_enabled(Command::PublishAgain));
}

#[test]
fn the_plan_itself_is_never_a_target() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ics");
    windowsill::store::save_anyway(&path, &harbour::plan()).unwrap();
    let mut session = session(harbour::plan(), &folder.path().join("home"));
    session.mark_saved();
    session.perform(Action::Open(path.clone()));
    session.finish_jobs();
    session.perform(Action::Publish(to(path.to_str().unwrap())));
    session.finish_jobs();
    assert!(session.publishing.outcome.unwrap().report.stopped.unwrap().to_string().contains("the plan itself"));
    assert!(windowsill::store::open(&path).is_ok());
}
