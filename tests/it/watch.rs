//! The watch after a window: when it is, who has it, what is missing, and plans that say nothing or nonsense about it.

use serde_json::Value;
use windowsill::merge::merge_plans;
use windowsill::model::*;

use crate::support::desk::{Desk, rows};
use crate::support::full::date;

/// Saturdays from 22:00 to 02:00 with a watch of two days; on 28 March 2027 the clocks change.
const PLAN: &str = r#"(
    format: 2,
    id: "p",
    title: "Plan",
    horizon: (from: "2027-01-01", months: 12),
    zone: "Europe/Berlin",
    policy: (recording_from: "2027-03-01"),
    systems: [(id: "a", name: "Alpha", hosts: 4)],
    windows: [
        (
            id: "w",
            name: "Weekend",
            systems: ["a"],
            rule: Dates([(on: "2027-03-06"), (on: "2027-03-13"), (on: "2027-03-20"), (on: "2027-03-26")]),
            start: "22:00",
            duration: "4h",
            watch: (length: "48h"),
            bookings: [(duty: Watch, who: Person("ann"))],
        ),
    ],
    people: [(id: "ann", name: "Ann", email: "ann@bank.example", informed_of: Bookings)],
)
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk
}

/// The findings of C011 at a time, without the name of the window.
fn findings(desk: &Desk, now: &str) -> Vec<String> {
    let ran = desk.run(&format!("check p.ron --each --select C011 --format json --now {now}"));
    let message = |row: Value| row["message"].as_str().unwrap().replace("Weekend, ", "");
    rows(&ran.out).into_iter().map(message).collect()
}

/// From when to when somebody is on watch, on the plan's clock.
fn watches(desk: &Desk) -> Vec<String> {
    let out = desk.run("rota p.ron --format json").fine();
    let times = |row: &Value| {
        let [name, from, to] = ["name", "local_start", "local_end"].map(|field| row[field].as_str().unwrap());
        format!("{name} {from} {to}")
    };
    rows(&out).iter().filter(|row| row["duty"] == "watch").map(times).collect()
}

const LATER: &str = "2027-04-10T12:00:00Z";

#[test]
fn a_watch_follows_its_occurrence_and_lasts_in_real_time() {
    let desk = desk();
    let usual = [
        "Ann 2027-03-07T02:00 2027-03-09T02:00",
        "Ann 2027-03-14T02:00 2027-03-16T02:00",
        "Ann 2027-03-21T02:00 2027-03-23T02:00",
        "Ann 2027-03-27T02:00 2027-03-29T03:00",
    ];
    assert_eq!(watches(&desk), usual, "48 hours, although the clocks go forward");
    desk.run("move p.ron w 2027-03-13 --to 2027-03-15").fine();
    desk.run("skip p.ron w 2027-03-20 --reason Audit").fine();
    assert_eq!(watches(&desk), [usual[0], "Ann 2027-03-16T02:00 2027-03-18T02:00", usual[3]]);
    assert_eq!(
        findings(&desk, LATER),
        [
            "Sat 6 Mar 2027: the watch ended on Tue 9 Mar 2027, and nothing was written down",
            "Mon 15 Mar 2027: the watch ended on Thu 18 Mar 2027, and nothing was written down",
            "Fri 26 Mar 2027: the watch ended on Mon 29 Mar 2027, and nothing was written down",
        ]
    );
    // By its date in the rule or by its new one, it is the same occurrence.
    desk.run("record watch p.ron --window w --on 2027-03-15 --by Ann --outcome quiet --at 2027-03-18T09:00").fine();
    assert_eq!(findings(&desk, LATER).len(), 2);
    assert!(desk.plan("p.ron").nights().for_occurrence(&"w".into(), date(2027, 3, 13)).is_some());
}

#[test]
fn a_watch_begins_when_the_night_was_over() {
    let desk = desk();
    let plan = desk.plan("p.ron");
    let end = |outcome, at: &str| {
        let at = UtcMinute::from_utc(at.parse().unwrap());
        let key = NightKey { window: "w".into(), on: date(2027, 3, 6) };
        NightRecord { ending: Some(Ending { outcome, by: "Ann".into(), at }), ..NightRecord::new(key) }
    };
    // It ended at 02:00 and at 05:00 on the clock of the plan.
    for (outcome, at, now, is_over) in [
        (Outcome::Overran, "2027-03-07T04:00:00Z", "2027-03-09T12:00:00Z", false),
        (Outcome::Overran, "2027-03-07T04:00:00Z", "2027-03-10T12:00:00Z", true),
        (Outcome::Done, "2027-03-06T22:30:00Z", "2027-03-09T12:00:00Z", true),
        (Outcome::RolledBack, "2027-03-07T00:30:00Z", "2027-03-10T12:00:00Z", false),
    ] {
        // Until 23:00 of the day before, so that midnight decides.
        let watch = Watch::new(Minutes::hours(if outcome == Outcome::Overran { 44 } else { 48 }));
        let window = plan.windows().get(&"w".into()).unwrap();
        let window = MaintenanceWindow { watch: Some(watch), ..MaintenanceWindow::clone(window) };
        let plan = plan.apply(&Edit::PutWindow(window)).unwrap().apply(&Edit::PutNight(end(outcome, at))).unwrap();
        desk.write("p.ron", &windowsill::store::to_text(&plan).unwrap());
        assert_eq!(!findings(&desk, now).is_empty(), is_over, "{outcome:?} {at} {now}");
    }
    desk.write("p.ron", PLAN);
    let early = "record watch p.ron --window w --on 2027-03-06 --by Ann --logs Quiet --at 2027-03-07T01:30";
    desk.run(early).fails_saying("the watch begins at the end, Sun 7 Mar 2027 02:00: use a later --at");
    let over = plan.apply(&Edit::PutNight(end(Outcome::Done, "2027-03-07T00:10:00Z"))).unwrap();
    desk.write("p.ron", &windowsill::store::to_text(&over).unwrap());
    desk.run(early).fine();
}

#[test]
fn watches_may_be_longer_than_the_time_to_the_next_occurrence() {
    let desk = desk();
    desk.write("p.ron", &PLAN.replace("length: \"48h\"", "length: \"10d\""));
    assert_eq!(watches(&desk)[..2], ["Ann 2027-03-07T02:00 2027-03-17T02:00", "Ann 2027-03-14T02:00 2027-03-24T02:00"]);
    let codes = desk.run("check p.ron --select C005,C006 --format json --now 2027-03-01T12:00:00Z");
    assert_eq!(rows(&codes.out).len(), 0, "two watches at once do not conflict: {}", codes.out);
    assert_eq!(findings(&desk, "2027-03-20T12:00:00Z").len(), 1, "only the first is over");
    assert_eq!(findings(&desk, LATER).len(), 4, "each needs its own result");
}

#[test]
fn a_watch_without_anybody_is_reported_and_one_booked_without_a_watch_has_no_effect() {
    let desk = desk();
    desk.write("p.ron", &PLAN.replace("(duty: Watch, who: Person(\"ann\"))", ""));
    let now = "2027-03-10T12:00:00Z";
    let missing = "Weekend: nobody is booked for the watch afterwards, 3 occurrences from Sat 13 Mar 2027 on";
    assert_eq!(findings(&desk, now)[0], missing);
    desk.write("p.ron", &PLAN.replace("who: Person(\"ann\")", "who: Person(\"ann\"), on: \"2027-03-20\""));
    let found = findings(&desk, now);
    let dates = found.iter().filter(|line| line.ends_with("nobody is booked for the watch afterwards"));
    let dates: Vec<&str> = dates.map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(dates, ["Sat 13 Mar 2027", "Fri 26 Mar 2027"]);
    // Plans that were written before the field existed.
    desk.write("p.ron", &PLAN.replace("watch: (length: \"48h\"),", ""));
    assert!(findings(&desk, LATER).is_empty() && watches(&desk).is_empty());
    assert!(!windowsill::store::to_text(&desk.plan("p.ron")).unwrap().contains("watch:"));
    desk.run("export invites p.ron -o out --from 2027-03-01 --now 2027-03-01T00:00:00Z");
    assert!(!desk.path("out").exists() || std::fs::read_dir(desk.path("out")).unwrap().next().is_none());
}

#[test]
fn an_unknown_length_or_result_of_a_watch_is_an_error_with_its_line() {
    let desk = desk();
    for (from, to, message) in [
        ("\"48h\"", "\"soon\"", "p.ron:17:30: invalid duration \"soon\""),
        ("\"48h\"", "\"400d\"", "p.ron:17:30: invalid duration \"400d\""),
        ("length: \"48h\"", "baseline: \"x\"", "missing"),
        (
            "people: [",
            "nights: [(of: (window: \"w\", on: \"2027-03-06\"), watch: (outcome: Calm, by: \"\", at: \"2027-03-08T09:00Z\"))], people: [",
            "Calm",
        ),
    ] {
        desk.write("p.ron", &PLAN.replace(from, to));
        let ran = desk.run("check p.ron");
        assert!(ran.code == 2 && ran.err.contains(message), "{}", ran.err);
    }
    for (typed, length) in [("48", Some(48)), (" 72 ", Some(72)), ("3d", Some(72)), ("36 h", Some(36))] {
        assert_eq!(Watch::read_length(typed).ok(), length.map(Minutes::hours), "{typed}");
    }
    for typed in ["", "0", "0m", "soon", "-3", "99999999999"] {
        assert!(Watch::read_length(typed).unwrap_err().starts_with(&format!("Invalid length \"{typed}\"")), "{typed}");
    }
}

#[test]
fn two_people_write_about_one_watch_and_change_the_window_beside_it() {
    let desk = desk();
    let base = desk.plan("p.ron");
    let window = |watch: Option<Watch>, notes: &str| {
        let window = base.windows().get(&"w".into()).unwrap();
        Edit::PutWindow(MaintenanceWindow { watch, notes: notes.into(), ..MaintenanceWindow::clone(window) })
    };
    let length = |hours| Watch::new(Minutes::hours(hours));
    let ours = base.apply(&window(Some(length(72)), "")).unwrap();
    let theirs = base.apply(&window(Some(Watch { baseline: "300 ms".into(), ..length(48) }), "Key")).unwrap();
    let merged = merge_plans(Some(&base), &ours, &theirs).unwrap().plan;
    let together = merged.windows().get(&"w".into()).unwrap();
    assert_eq!(together.watch, Some(Watch { baseline: "300 ms".into(), ..length(72) }));
    assert_eq!((merged.conflicts().len(), &*together.notes), (0, "Key"));
    let other = base.apply(&window(Some(length(24)), "")).unwrap();
    assert_eq!(merge_plans(Some(&base), &ours, &other).unwrap().plan.conflicts().len(), 1);
    desk.write("ours.ron", &windowsill::store::to_text(&ours).unwrap());
    let out = desk.run("diff p.ron ours.ron").out;
    assert!(out.contains("Watch") && out.contains("72 h") || out.contains("3 days"), "{out}");
}
