//! What a real server holds after publishing.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use std::{fs, io::Write as _};

use chrono::Weekday;
use windowsill::export::ics::{CalendarOptions, TimeForm};
use windowsill::model::{Edit, Horizon, MaintenanceWindow, Plan, Rule};
use windowsill::progress::Progress;
use windowsill::publish::{Credentials, Mode, Order, Secret};

use crate::common::harbour;
use crate::common::publish::server::Radicale;
use crate::common::publish::{moved, numbers, order, publish, schedule};

const MARCH: &str = "20270320.core-db@harbour.windowsill.ics";

#[test]
fn only_what_changed_is_sent_and_what_is_gone_is_deleted() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("year")));
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [12, 0, 0, 0]);
    assert_eq!(server.names().len(), 12);
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [0, 0, 12, 0]);

    let plan = moved(&plan);
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [1, 0, 11, 0]);
    assert!(server.request("GET", &format!("year/{MARCH}"), "").text.contains("20270321T220000"));

    let options = CalendarOptions { with_freezes: true, ..CalendarOptions::default() };
    let with_freezes = Order { options, ..to.clone() };
    assert_eq!(numbers(&publish(&plan, &with_freezes, &server.state())), [1, 0, 12, 0]);
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [0, 1, 12, 0]);

    let plan = plan.apply(&Edit::SetHorizon(Horizon { months: 2, ..plan.horizon() })).unwrap();
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [0, 10, 2, 0]);
    assert_eq!(server.names().len(), 2);
}

#[test]
fn other_peoples_changes_are_reported_and_not_overwritten() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("year/")));
    publish(&plan, &to, &server.state());
    let (march, april) = (format!("year/{MARCH}"), "year/20270417.core-db@harbour.windowsill.ics");
    for path in [&*march, april] {
        let theirs = server.request("GET", path, "").text.replace("SUMMARY:Core DB", "SUMMARY:Postponed? Core DB");
        assert!(matches!(server.request("PUT", path, &theirs).status, 200..=204));
    }
    let moved = moved(&plan);
    let report = publish(&moved, &to, &server.state());
    assert_eq!(numbers(&report), [0, 0, 10, 2]);
    assert_eq!((report.conflicts[0].name.as_str(), report.is_complete()), (MARCH, false));
    assert_eq!(report.conflicts[0].title, "Core DB patching, Sun 21 Mar 2027");
    assert!(server.request("GET", &march, "").text.contains("SUMMARY:Postponed?"));

    // Also what is to be deleted stays as long as nobody has decided.
    let none = moved.apply(&Edit::RemoveWindow("core-db".into())).unwrap();
    assert_eq!(numbers(&publish(&none, &to, &server.state())), [0, 10, 0, 2]);
    assert_eq!(server.names().len(), 2);

    let overwriting = Order { mode: Mode { overwrites: true, ..Mode::default() }, ..to };
    assert_eq!(numbers(&publish(&moved, &overwriting, &server.state())), [12, 0, 0, 0]);
    assert!(!server.request("GET", &march, "").text.contains("Postponed?"));
}

#[test]
fn what_others_keep_in_the_calendar_is_never_touched() {
    let Some(server) = Radicale::start() else { return };
    let to = order(&server.url("year/"));
    let event = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:UID\r\nDTSTAMP:20270101T000000Z\r\n\
                 DTSTART:20270101T000000Z\r\nSUMMARY:Party\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    // One of them looks as if it were the plan's.
    for uid in ["party", "20260101.gone@harbour.windowsill"] {
        assert_eq!(
            server.request("PUT", &format!("year/{uid}.ics"), &event.replace("UID:UID", &format!("UID:{uid}"))).status,
            201
        );
    }
    assert_eq!(numbers(&publish(&harbour::plan(), &to, &server.state())), [12, 0, 0, 0]);
    let none = harbour::plan().apply(&Edit::RemoveWindow("core-db".into())).unwrap();
    let overwriting = Order { mode: Mode { overwrites: true, ..Mode::default() }, ..to };
    assert_eq!(numbers(&publish(&none, &overwriting, &server.state())), [0, 12, 0, 0]);
    assert_eq!(server.names(), ["20260101.gone@harbour.windowsill.ics", "party.ics"]);
}

#[test]
fn removed_events_are_restored_and_reported() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("year/")));
    publish(&plan, &to, &server.state());
    assert!(matches!(server.request("DELETE", &format!("year/{MARCH}"), "").status, 200..=204));
    let report = publish(&plan, &to, &server.state());
    assert_eq!((numbers(&report), report.counts.restored), ([1, 0, 11, 0], 1));
}

#[test]
fn a_lost_memory_overwrites_nothing_but_what_was_published() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("year/")));
    publish(&plan, &to, &server.state());
    fs::remove_dir_all(server.state()).unwrap();
    // What says the same is ours again, and so is what nobody has changed since it was published.
    assert_eq!(numbers(&publish(&moved(&plan), &to, &server.state())), [1, 0, 11, 0]);
    fs::remove_dir_all(server.state()).unwrap();
    // What somebody has changed is not.
    let march = format!("year/{MARCH}");
    let theirs = server.request("GET", &march, "").text.replace("SUMMARY:Core DB", "SUMMARY:Postponed? Core DB");
    assert!(matches!(server.request("PUT", &march, &theirs).status, 200..=204));
    assert_eq!(numbers(&publish(&moved(&plan), &to, &server.state())), [0, 0, 11, 1]);
}

#[test]
fn a_colleague_on_another_machine_goes_on_from_what_was_published() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("year/")));
    let [mine, theirs] = ["mine", "theirs"].map(|name| server.state().join(name));
    assert_eq!(numbers(&publish(&plan, &to, &mine)), [12, 0, 0, 0]);
    let renamed = |plan: &Plan, name: &str| {
        let window =
            MaintenanceWindow { name: name.to_owned(), ..MaintenanceWindow::clone(&plan.windows().as_slice()[0]) };
        plan.apply(&Edit::PutWindow(window)).unwrap()
    };
    // Both change the same plan in turn, and each knows only what was published from the own machine.
    assert_eq!(numbers(&publish(&renamed(&plan, "Two"), &to, &theirs)), [12, 0, 0, 0]);
    assert_eq!(numbers(&publish(&renamed(&plan, "Three"), &to, &mine)), [12, 0, 0, 0]);
    assert_eq!(numbers(&publish(&moved(&plan), &to, &theirs)), [12, 0, 0, 0]);
    // An older copy of the plan does not undo the move, and says so once.
    let report = publish(&renamed(&plan, "Three"), &to, &mine);
    assert_eq!((numbers(&report), report.conflicts.len()), ([11, 0, 0, 1], 1));
    assert!(report.conflicts[0].reason.contains("newer version of this plan"), "{report:?}");
}

#[test]
fn another_form_of_the_times_is_sent_only_on_request() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("year/")));
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [12, 0, 0, 0]);
    let utc = Order { options: CalendarOptions { times: TimeForm::Utc, ..CalendarOptions::default() }, ..to };
    assert_eq!(numbers(&publish(&plan, &utc, &server.state())), [0, 0, 12, 0]);
    fs::remove_dir_all(server.state()).unwrap();
    assert_eq!(numbers(&publish(&plan, &utc, &server.state())), [0, 0, 12, 0], "without a memory, too");
    let overwriting = Order { mode: Mode { overwrites: true, ..Mode::default() }, ..utc };
    assert_eq!(numbers(&publish(&plan, &overwriting, &server.state())), [12, 0, 0, 0]);
    assert!(server.request("GET", &format!("year/{MARCH}"), "").text.contains("DTSTART:20270320T220000Z"));
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let Some(server) = Radicale::start() else { return };
    let dry = |to: Order| Order { mode: Mode { is_dry: true, ..Mode::default() }, ..to };
    let to = order(&server.url("year/"));
    assert_eq!(numbers(&publish(&harbour::plan(), &dry(to.clone()), &server.state())), [12, 0, 0, 0]);
    assert_eq!(server.names().len(), 0);
    assert_eq!(numbers(&publish(&harbour::plan(), &to, &server.state())), [12, 0, 0, 0]);
    assert_eq!(numbers(&publish(&moved(&harbour::plan()), &dry(to), &server.state())), [1, 0, 11, 0]);
}

#[test]
fn a_whole_calendar_goes_to_one_address_by_one_put() {
    let Some(server) = Radicale::start() else { return };
    let (plan, to) = (harbour::plan(), order(&server.url("whole.ics")));
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [1, 0, 0, 0]);
    assert_eq!(server.request("GET", "whole.ics", "").text.matches("BEGIN:VEVENT").count(), 12);
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [0, 0, 1, 0]);
    assert_eq!(numbers(&publish(&moved(&plan), &to, &server.state())), [1, 0, 0, 0]);
    assert!(server.request("GET", "whole.ics", "").text.contains("20270321T220000"));

    let theirs = server.request("GET", "whole.ics", "").text.replace("SUMMARY:Core DB", "SUMMARY:Theirs");
    assert_eq!(server.request("PUT", "whole.ics", &theirs).status, 201);
    assert_eq!(numbers(&publish(&plan, &to, &server.state())), [0, 0, 0, 1]);
    assert!(server.request("GET", "whole.ics", "").text.contains("SUMMARY:Theirs"));
}

#[test]
fn wrong_passwords_and_missing_calendars_are_reported() {
    let Some(server) = Radicale::start() else { return };
    let stopped = |to: Order| publish(&harbour::plan(), &to, &server.state()).stopped.unwrap().to_string();
    let wrong = Credentials { user: "anna".into(), password: Secret::new("guess") };
    assert!(
        stopped(Order { credentials: Some(wrong), ..order(&server.url("year/")) })
            .contains("Wrong user name or password")
    );
    assert!(stopped(Order { credentials: None, ..order(&server.url("year/")) }).contains("Sign-in required"));
    assert!(stopped(order(&server.url("missing/"))).contains("No calendar at this address (404)"));
    let bens = order(&server.url("year/").replace("anna", "ben"));
    assert!(stopped(bens).contains("No permission to write here (403)"));
    assert_eq!(server.names().len(), 0);
}

/// A window on each of 500 days.
fn long() -> Plan {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let mut parts = harbour::plan().to_parts();
    parts.horizon = Horizon { months: 24, ..parts.horizon };
    let days = vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let rule = Rule::Weekly { days, every: 1 };
    let last = "2028-05-14".parse().ok();
    let window = MaintenanceWindow { rule, last, ..harbour::window() };
    parts.windows = [window].into_iter().collect();
    parts.into()
}

#[test]
fn a_stopped_run_continues_where_it_ended() {
    let Some(server) = Radicale::start() else { return };
    let to = order(&server.url("year/"));
    let schedule = schedule(long());
    let progress = Progress::default();
    let report = thread::scope(|scope| {
        scope.spawn(|| {
            let has_begun = || progress.share().is_some_and(|share| share >= 0.1);
            (0..60_000).take_while(|_| !has_begun()).for_each(|_| thread::sleep(Duration::from_millis(1)));
            progress.cancel();
        });
        windowsill::publish::publish(&schedule, &to, Some(&server.state()), &progress)
    });
    let sent = report.counts.sent;
    assert!((50..500).contains(&sent), "{sent} were sent before it was stopped");
    assert_eq!(report.stopped.map(|reason| reason.to_string()).as_deref(), Some("Publishing was stopped"));
    assert_eq!(server.names().len(), sent);
    assert_eq!(numbers(&publish(&long(), &to, &server.state())), [500 - sent, 0, sent, 0]);
    assert_eq!(server.names().len(), 500);
    assert_eq!(numbers(&publish(&long(), &to, &server.state())), [0, 0, 500, 0]);
}

#[test]
fn the_command_line_publishes_with_a_password_from_standard_input() {
    let Some(server) = Radicale::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    windowsill::store::save(&folder.path().join("plan.ron"), &harbour::plan(), None).unwrap();
    let run = |password: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_windowsill"))
            .env("WINDOWSILL_ZONE_DATA", "bundled")
            .args(["publish", "plan.ron", "--user", "anna", "--password-stdin", "--to", &server.url("year/")])
            .current_dir(folder.path())
            .env("WINDOWSILL_HOME", folder.path().join("home"))
            .env("WINDOWSILL_KEYRING", "off")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        command.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        let output = command.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run("pass wörd:1\n");
    assert_eq!((code, &*err), (0, ""));
    assert_eq!(out, format!("Published to {}: 12 sent\n", server.url("year/")));
    assert_eq!(run("pass wörd:1\n").1, format!("Published to {}: 12 unchanged\n", server.url("year/")));
    let (code, out, err) = run("guess\n");
    assert_eq!((code, &*out), (2, ""));
    assert!(err.contains("(401)") && !err.contains("guess"), "{err}");
    let kept = fs::read_to_string(folder.path().join("plan.ron")).unwrap();
    assert!(!kept.contains("wörd") && !kept.contains("127.0.0.1"));
}
