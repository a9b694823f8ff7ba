//! What was learned in earlier nights: `lessons`, and which notes matter for a window.

use std::sync::Arc;

use windowsill::model::{Ending, MaintenanceWindow, NightKey, NightRecord, Outcome, Plan, UtcMinute, WindowKind};
use windowsill::schedule::Schedule;
use windowsill::schedule::night::lessons::{Lesson, lessons_for};
use windowsill::store;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::desk::Desk;

fn night(window: &str, on: &str, notes: &str) -> NightRecord {
    let key = NightKey { window: window.into(), on: date(on) };
    NightRecord { notes: notes.to_owned(), ..NightRecord::new(key) }
}

/// The harbour plan with another window on another system, and the notes of four nights.
fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let web = MaintenanceWindow {
        id: "web".into(),
        name: "Web patching".into(),
        groups: Vec::new(),
        systems: vec!["web".into()],
        kind: WindowKind::Extended,
        ..harbour::window()
    };
    parts.windows = parts.windows.iter().map(|window| MaintenanceWindow::clone(window)).chain([web]).collect();
    let mut failed = night("core-db", "2027-02-20", "Listener did not start.\nKeep the old one until Monday.");
    let ending = Ending { outcome: Outcome::RolledBack, by: "Ann".into(), at: UtcMinute(30_000_000) };
    failed.ending = Some(ending);
    parts.nights = [
        night("core-db", "2027-01-16", "Bridge opened late"),
        failed,
        night("web", "2027-03-20", "Drain the Listener pool first"),
        night("gone", "2027-01-02", "Window was removed"),
    ]
    .into_iter()
    .collect();
    parts.into()
}

#[test]
fn notes_are_listed_from_the_newest_on_and_found_by_words() {
    let desk = Desk::new();
    store::save(&desk.path("noted.ron"), &plan(), None).unwrap();
    let lines = |words: &str| {
        let listed = desk.run(&format!("lessons noted.ron {words}")).fine();
        listed.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>()
    };
    let all = lines("");
    assert!(
        all[1].contains("Web patching") && all[4].starts_with("Sat 2 Jan 2027") && all[4].contains("gone"),
        "{all:?}"
    );
    assert!(all.last().unwrap().starts_with("4 notes"), "{all:?}");
    // Words of the notes, the window and the outcome, in any case.
    for (words, found) in [("listener", 2), ("LISTENER core", 1), ("rolled", 1), ("nothing", 0)] {
        let nights = lines(words).iter().filter(|line| line.contains(" 2027 ")).count();
        assert_eq!(nights, found, "{words:?}");
    }
    let json = desk.run("lessons noted.ron listener --window web --format json").fine();
    assert!(json.contains("\"Drain the Listener pool first\"") && !json.contains("old one"), "{json}");
}

#[test]
fn a_window_has_its_own_notes_first_and_those_of_similar_windows() {
    let schedule = Schedule::derive(&Arc::new(plan()), None);
    let notes = |id: &str| {
        let window = schedule.window(&id.into()).unwrap();
        lessons_for(&schedule, window).iter().map(|lesson| lesson.record.key.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(notes("core-db"), ["core-db 2027-02-20", "core-db 2027-01-16"]);
    assert_eq!(notes("web"), ["web 2027-03-20"]);

    // With a system in common, its notes come after.
    let mut parts = plan().to_parts();
    let window = parts.windows.get(&"web".into()).unwrap();
    let shared = MaintenanceWindow { systems: vec!["web".into(), "ledger".into()], ..MaintenanceWindow::clone(window) };
    parts.windows = parts.windows.with(shared);
    let schedule = Schedule::derive(&Arc::new(parts.into()), None);
    let found = lessons_for(&schedule, schedule.window(&"core-db".into()).unwrap());
    assert_eq!(
        found.iter().map(Lesson::name).collect::<Vec<_>>(),
        ["Core DB patching", "Core DB patching", "Web patching"]
    );
}
