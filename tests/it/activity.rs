//! What a SOC asks: which windows are there on a day, and which events of a log do they explain?

use serde_json::Value;
use windowsill::model::{
    Agreement, ChangeFreeze, Edit, Exemption, LedgerEntry, LedgerKey, MaintenanceWindow, Plan, Rule, System,
    SystemScope,
};
use windowsill::store;

use crate::common::harbour;
use crate::support::desk::{self, Desk};

const SYSLOG: &str = "<34>1 2027-10-30T23:00:00Z";

/// The window takes place in the night in which the clocks go back: 22:00 to 02:00, 21:00Z to 02:00Z.
fn desk(is_agreed: bool) -> Desk {
    let window = MaintenanceWindow { rule: Rule::once("2027-10-30".parse().unwrap()), ..harbour::window() };
    let plan = harbour::plan();
    let core = System {
        host_names: vec!["db01.harbour.example".into(), "10.0.0.5".into()],
        ..System::clone(plan.systems().get(&"core-db".into()).unwrap())
    };
    let key = LedgerKey { window: "core-db".into(), on: "2027-10-30".parse().unwrap(), area: "area".into() };
    let agreement = if is_agreed {
        Agreement::Agreed { on: "2027-10-01".parse().unwrap(), by: "A. Osei".into() }
    } else {
        Agreement::NotAsked
    };
    let (answered_for, replied_at, reserve_on) = (None, None, None);
    let entry = LedgerEntry { key, agreement, answered_for, replied_at, reserve_on, notes: String::new() };
    let edits = [Edit::PutWindow(window), Edit::PutSystem(core), Edit::PutEntry(entry)];
    let plan: Plan = edits.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap());
    let desk = Desk::new();
    desk.write("night.ron", &store::to_text(&plan).unwrap());
    desk
}

fn classes(desk: &Desk, log: &str, options: &str) -> Vec<(u64, String, Option<String>)> {
    desk.write("log", log);
    let out = desk.run(&format!("activity night.ron --events log --format json {options}")).fine();
    let report: Value = serde_json::from_str(&out).unwrap();
    let rows = report["rows"].as_array().unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    for class in ["expected", "unapproved", "wrong_system", "outside", "unreadable"] {
        let count = rows.iter().filter(|row| row["class"] == class).count();
        assert_eq!(report[class].as_u64(), Some(count as u64), "{class}");
    }
    rows.iter().map(|row| (row["line"].as_u64().unwrap(), text(&row["class"]).unwrap(), text(&row["window"]))).collect()
}

fn class_names(desk: &Desk, log: &str, options: &str) -> Vec<String> {
    classes(desk, log, options).into_iter().map(|(_, class, _)| class).collect()
}

#[test]
fn events_at_the_edges_of_a_window_are_classified_to_the_second() {
    let line = |time: &str, host: &str| format!("<34>1 {time} {host} kernel - - - reboot\n");
    let log: String = [
        line("2027-10-30T20:57:59Z", "db01.harbour.example"),
        line("2027-10-30T20:58:00Z", "db01.harbour.example"),
        line("2027-10-31T02:01:59Z", "DB01"),
        line("2027-10-31T02:02:00Z", "10.0.0.5"),
        line("2027-10-31T01:00:00+01:00", "ledger"),
        line("2027-10-30T23:00:00Z", "intruder"),
        line("2027-10-30T23:00:00Z", "web"),
        line("-", "ledger"),
        "not syslog\n".to_owned(),
    ]
    .concat();
    let window = || Some("core-db".to_owned());
    let expected = [
        (1, "outside", None),
        (2, "expected", window()),
        (3, "expected", window()),
        (4, "outside", None),
        (5, "expected", window()),
        (6, "wrong_system", window()),
        (7, "wrong_system", window()),
        (8, "unreadable", None),
        (9, "unreadable", None),
    ]
    .map(|(line, class, window)| (line, class.to_owned(), window));
    assert_eq!(classes(&desk(true), &log, ""), expected);
    let unapproved = class_names(&desk(false), &log, "--skew 0");
    assert_eq!(&unapproved[..5], ["outside", "outside", "outside", "outside", "unapproved"]);
}

#[test]
fn tables_and_journals_are_read_in_their_zones() {
    let desk = desk(true);
    // 01:30 was twice that night; 02:30 only after the window.
    let table = "Time,Computer,Message\n2027-10-31 01:30:00,ledger,restart\n2027-10-31 02:30:00,ledger,restart\n";
    assert_eq!(class_names(&desk, table, ""), ["expected", "outside"]);
    assert_eq!(class_names(&desk, table, "--zone Asia/Tokyo"), ["outside", "outside"]);
    let windows = "#TYPE Event\n\"TimeCreated\",\"MachineName\",\"Message\"\n\"10/30/2027 11:15:00 PM\",\"ledger\",\"a\nb\"\n\
                   \"10/30/2027 9:15:00 PM\",\"ledger\",\"c\"\n";
    assert_eq!(classes(&desk, windows, "").iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5]);
    assert_eq!(class_names(&desk, windows, ""), ["expected", "outside"]);
    // 2027-10-30T23:00:00Z
    let journal =
        "{\"__REALTIME_TIMESTAMP\": \"1824937200000000\", \"_HOSTNAME\": \"ledger\", \"MESSAGE\": [1, 2]}\n{}\n";
    assert_eq!(class_names(&desk, journal, ""), ["expected", "unreadable"]);
}

/// The class of each event with its time as it is written.
fn times(desk: &Desk, log: &str, options: &str) -> Vec<(String, String)> {
    desk.write("log", log);
    let out = desk.run(&format!("activity night.ron --events log --format json {options}")).fine();
    let report: Value = serde_json::from_str(&out).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    report["rows"].as_array().unwrap().iter().map(|row| (text(&row["class"]), text(&row["time"]))).collect()
}

#[test]
fn a_skew_has_a_unit() {
    let desk = desk(true);
    // Five minutes before the window.
    let log = "<34>1 2027-10-30T20:55:00Z ledger kernel - - - reboot\n";
    for (skew, class) in
        [("0", "outside"), ("299s", "outside"), ("300s", "expected"), ("5m", "expected"), ("1h", "expected")]
    {
        assert_eq!(class_names(&desk, log, &format!("--skew {skew}")), [class], "{skew}");
    }
    for skew in ["5", "24", "90", "0:05", "5x", "s", "-5m"] {
        desk.run(&format!("activity night.ron --events log --skew={skew}")).fails_saying("use e.g. 90s or 2m");
    }
    desk.run("activity night.ron --skew 5m").fails_saying("--events");
}

#[test]
fn a_date_with_the_same_day_and_month_does_not_decide_the_order() {
    let desk = desk(true);
    // Both ways round, the 30th of October alone decides.
    let us = "Time,Host\n3/3/2027 10:00,ledger\n3/4/2027 10:00,ledger\n10/30/2027 23:00,ledger\n";
    let (day, month) = ("2027-04-03T09:00:00Z", "2027-03-04T10:00:00Z");
    assert_eq!(times(&desk, us, "")[1].1, month);
    let british = us.replace("10/30", "30/10");
    assert_eq!(times(&desk, &british, "")[1].1, day);
    for unclear in ["3/4/2027 10:00,ledger\n3/3/2027 10:00,ledger\n", "12/12/2027 10:00,ledger\n3/4/2027 10:00,web\n"] {
        desk.write("log", &format!("Time,Host\n{unclear}"));
        desk.run("activity night.ron --events log").fails_saying("--dates day-first or --dates month-first");
    }
    assert_eq!(times(&desk, "Time,Host\n3/3/2027 10:00,ledger\n", "")[0].1, "2027-03-03T10:00:00Z");
}

#[test]
fn an_event_on_a_shared_host_is_explained_by_any_of_its_systems() {
    let desk = desk(true);
    let plan = desk.plan("night.ron");
    let shared = |id: &str| System { host_names: vec!["esx7.harbour.example".into()], ..system(&plan, id) };
    let edits = [Edit::PutSystem(shared("web")), Edit::PutSystem(shared("ledger"))];
    let plan = edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap());
    desk.write("night.ron", &store::to_text(&plan).unwrap());
    for host in ["esx7.harbour.example", "ESX7"] {
        let log = format!("{SYSLOG} {host} kernel - - - reboot\n");
        assert_eq!(class_names(&desk, &log, ""), ["expected"], "{host}");
        desk.write("log", &log);
        let ran = desk.run("activity night.ron --events log");
        assert!(!ran.err.contains("known system"), "{}", ran.err);
    }
    let log = format!("{SYSLOG} web kernel - - - reboot\n");
    assert_eq!(class_names(&desk, &log, ""), ["wrong_system"], "only the other system of the host is in scope");
}

fn system(plan: &Plan, id: &str) -> System {
    System::clone(plan.systems().get(&id.into()).unwrap())
}

#[test]
fn a_freeze_forbids_what_it_covers() {
    let log = format!("{SYSLOG} ledger kernel - - - reboot\n");
    let exemption = |approver: &str| Exemption {
        window: "core-db".into(),
        approver: approver.to_owned(),
        reason: "urgent".to_owned(),
    };
    let ledger = SystemScope::Systems(["ledger".into()].into());
    let web = SystemScope::Systems(["web".into()].into());
    for (days, scope, exemptions, class) in [
        (["2027-10-25", "2027-10-30"], SystemScope::Everything, vec![], "unapproved"),
        (["2027-10-31", "2027-11-02"], SystemScope::Everything, vec![], "unapproved"),
        (["2027-11-01", "2027-11-02"], SystemScope::Everything, vec![], "expected"),
        (["2027-10-25", "2027-10-30"], ledger, vec![], "unapproved"),
        (["2027-10-25", "2027-10-30"], web, vec![], "expected"),
        (["2027-10-25", "2027-10-30"], SystemScope::Everything, vec![exemption("A. Osei")], "expected"),
        (["2027-10-25", "2027-10-30"], SystemScope::Everything, vec![exemption(" ")], "unapproved"),
    ] {
        let desk = desk(true);
        let [first_on, last_on] = days.map(|on| on.parse().unwrap());
        let name = format!("{days:?} {scope:?} {exemptions:?}");
        let freeze = ChangeFreeze {
            id: "stop".into(),
            name: "Stop".into(),
            first_on,
            last_on,
            every_months: None,
            scope,
            exemptions,
            notes: String::new(),
            imported: None,
        };
        let plan = desk.plan("night.ron").apply(&Edit::PutFreeze(freeze)).unwrap();
        desk.write("night.ron", &store::to_text(&plan).unwrap());
        assert_eq!(class_names(&desk, &log, ""), [class], "{name}");
        let out = desk.run("activity night.ron --on 2027-10-30 --format json").fine();
        let rows = desk::rows(&out);
        assert_eq!(rows[0]["approved"].as_bool(), Some(class == "expected"), "{name}");
    }
}

#[test]
fn events_are_written_at_the_instant_that_decided_and_never_in_a_skipped_hour() {
    let desk = desk(true);
    // The window begins when the clocks have gone back: at 02:00 GMT. 01:30 was before that at 00:30Z and at 01:30Z.
    let plan = desk.plan("night.ron");
    let window = MaintenanceWindow {
        rule: Rule::once("2027-10-31".parse().unwrap()),
        start: "02:00".parse().unwrap(),
        ..MaintenanceWindow::clone(plan.windows().get(&"core-db".into()).unwrap())
    };
    let plan = plan.apply(&Edit::PutWindow(window)).unwrap();
    desk.write("night.ron", &store::to_text(&plan).unwrap());
    let log = "Time,Host\n2027-10-31 01:30:00,ledger\n2027-10-31 01:10:00,ledger\n";
    for (skew, first, second) in [
        ("0", ("outside", "2027-10-31T00:30:00Z"), ("outside", "2027-10-31T00:10:00Z")),
        ("30m", ("unapproved", "2027-10-31T01:30:00Z"), ("outside", "2027-10-31T00:10:00Z")),
        ("2h", ("unapproved", "2027-10-31T00:30:00Z"), ("unapproved", "2027-10-31T00:10:00Z")),
    ] {
        let expected = [first, second].map(|(class, time)| (class.to_owned(), time.to_owned()));
        assert_eq!(times(&desk, log, &format!("--skew {skew}")), expected, "{skew}");
    }
    let gap = "Time,Host\n2027-03-28 00:59:00,ledger\n2027-03-28 01:30:00,ledger\n2027-03-28 02:00:00,ledger\n";
    let read = times(&desk, gap, "");
    assert_eq!(read.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["outside", "unreadable", "outside"]);
    assert_eq!([&read[0].1, &read[1].1, &read[2].1], ["2027-03-28T00:59:00Z", "", "2027-03-28T01:00:00Z"]);
}

#[test]
fn event_tables_are_safe_to_open_in_spreadsheets() {
    let desk = desk(true);
    let log = format!("{SYSLOG} =cmd()|x kernel - - - a\n{SYSLOG} ledger kernel - - - b\nno time\n");
    desk.write("log", &log);
    let csv = |options: &str| desk.run(&format!("activity night.ron --events log --format csv {options}")).fine();
    assert_eq!(
        csv(""),
        "line,time,host,class,window\n1,2027-10-30T23:00:00Z,'=cmd()|x,wrong_system,core-db\n\
         2,2027-10-30T23:00:00Z,ledger,expected,core-db\n3,,,unreadable,\n"
    );
    assert_eq!(csv("--no-bom"), csv(""));
    assert!(csv("--for excel").starts_with("line;time (UTC);host;class;window\n1;2027-10-30 23:00:00;'=cmd()|x;"));
}

#[test]
fn dates_that_could_be_two_are_refused_without_their_order() {
    let desk = desk(true);
    let log = "time;host\n3/4/2027 10:00;ledger\n";
    desk.write("log", log);
    desk.run("activity night.ron --events log").fails_saying("--dates day-first or --dates month-first");
    assert_eq!(class_names(&desk, log, "--dates day-first"), ["outside"]);
    desk.write("log", "when;what\n1;2\n");
    desk.run("activity night.ron --events log").fails_saying("Missing column \"time\"");
}

#[test]
fn events_are_written_to_a_file_in_the_form_of_its_ending() {
    let desk = desk(true);
    desk.write("log", "time,host\n2027-10-30T22:10:00Z,ledger\n2027-10-31T12:00:00Z,other\n");
    let run = |options: &str| desk.run(&format!("activity night.ron --events log {options}"));
    let json = run("--format json").fine();
    let said = run("-o events.json").fine();
    assert!(said.ends_with(", saved as events.json\n") && said.contains("1 outside any window"), "{said}");
    assert_eq!(desk.read("events.json"), json);
    run("-o events.csv").fine();
    assert_eq!(desk.read("events.csv").lines().count(), 3);
    assert_eq!(run("-o -").fine(), run("").fine());
    run("-o events.xlsx").fails_saying("events.xlsx: events are written as .csv, .json or .txt");
    run("-o log").fails_saying("this is the log");
    run("-o night.ron").fails_saying("night.ron");
}

#[test]
fn the_windows_of_a_day_are_listed_with_what_happens_in_them() {
    let rows = |is_agreed: bool, on: &str| -> Vec<Value> {
        let out = desk(is_agreed).run(&format!("activity night.ron --on {on} --format json")).fine();
        desk::rows(&out)
    };
    let day = rows(true, "2027-10-31");
    assert_eq!(day.len(), 1, "it begins the evening before");
    let row = &day[0];
    assert_eq!(
        (row["start"].as_str(), row["end"].as_str()),
        (Some("2027-10-30T21:00:00Z"), Some("2027-10-31T02:00:00Z"))
    );
    assert_eq!(row["systems"], serde_json::json!(["core-db", "ledger"]));
    assert_eq!(row["hosts"], serde_json::json!(["10.0.0.5", "db01.harbour.example"]));
    assert_eq!((row["ticket"].as_str(), row["approved"].as_bool()), (Some("CHG-20417"), Some(true)));
    assert_eq!(rows(false, "2027-10-30")[0]["approved"].as_bool(), Some(false));
    assert!(rows(true, "2027-11-01").is_empty());
}
