//! What a SOC asks: which windows are there on a day, and which events of a log do they explain?

use serde_json::Value;
use windowsill::model::{Agreement, Edit, LedgerEntry, LedgerKey, MaintenanceWindow, Plan, Rule, System};
use windowsill::store;

use crate::common::harbour;
use crate::support::desk::Desk;

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
    store::save(&desk.path("night.ron"), &plan, None).unwrap();
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
fn the_windows_of_a_day_are_listed_with_what_happens_in_them() {
    let rows = |is_agreed: bool, on: &str| -> Vec<Value> {
        let out = desk(is_agreed).run(&format!("activity night.ron --on {on} --format json")).fine();
        serde_json::from_str(&out).unwrap()
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
