//! Starts and lengths of single occurrences, and changes of a window from a date on: what follows from them everywhere.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::checks::{Context, Finding, Findings};
use windowsill::export::ics::{CalendarOptions, calendar};
use windowsill::model::{DatedChange, Edit, EditError, MaintenanceWindow, Minutes, Plan, UtcMinute};
use windowsill::schedule::{Expansion, Origin, Schedule};

use crate::common::harbour;
use crate::support::full::{clock, date};

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn applied(plan: &Plan, edits: &[Edit]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap())
}

/// The window of the harbour plan with dated changes.
fn with_changes(changes: &[DatedChange]) -> Plan {
    let window = MaintenanceWindow { changes: changes.to_vec(), ..harbour::window() };
    harbour::plan().apply(&Edit::PutWindow(window)).unwrap()
}

fn change(from: &str, start: Option<u32>, hours: Option<u32>, shift_days: i32) -> DatedChange {
    let start = start.map(|hour| clock(hour, 0));
    DatedChange { from: on(from), start, duration: hours.map(Minutes::hours), shift_days }
}

fn lengthened(day: &str, hours: u32) -> Edit {
    let (on, duration) = (on(day), Some(Minutes::hours(hours)));
    Edit::MoveOccurrence { window: "core-db".into(), on, to: on, start: None, duration }
}

/// Each occurrence of the only window: original date, start, length, origin.
fn told(plan: &Plan) -> Vec<String> {
    let expansion = Expansion::new(&plan.windows().as_slice()[0], plan);
    let line = |each: &windowsill::schedule::Occurrence| {
        format!("{} {} {} {}", each.original_on(), each.local_start.to_naive(), each.duration, each.origin.name())
    };
    expansion.occurrences.iter().map(line).collect()
}

fn schedule(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

fn found(schedule: &Schedule, code: &str) -> Vec<Arc<Finding>> {
    let findings = Findings::check(schedule, date(2026, 11, 21), None);
    findings.list.iter().filter(|finding| finding.rule.code == code).cloned().collect()
}

#[test]
fn the_length_of_one_occurrence_changes_until_it_is_moved_back() {
    let plan = applied(&harbour::plan(), &[lengthened("2027-03-20", 6)]);
    assert_eq!(told(&plan)[2], "2027-03-20 2027-03-20 22:00:00 6 h moved");
    let schedule = schedule(plan.clone());
    let (window, occurrence) = schedule.occurrence(&"core-db".into(), on("2027-03-20")).unwrap();
    assert_eq!(window.fit(occurrence).unwrap().length, Minutes::hours(6));
    assert_eq!(window.usual_fit().unwrap().length, Minutes::hours(4));
    let later = window.move_to_date(occurrence, on("2027-03-21"));
    let moved = applied(&plan, &[later]);
    assert_eq!(told(&moved)[2], "2027-03-20 2027-03-21 22:00:00 6 h moved", "moving it keeps its length");
    let usual = window.change_times(occurrence, occurrence.local_start, Minutes::hours(4));
    assert_eq!(told(&applied(&moved, &[usual])), told(&harbour::plan()));
    assert_eq!(plan.apply(&lengthened("2027-03-20", 0)), Err(EditError::NoDuration));
}

#[test]
fn an_added_occurrence_stays_when_its_length_is_reset() {
    let add = Edit::AddOccurrence { window: "core-db".into(), on: on("2027-03-06"), start: None, duration: None };
    let plan = applied(&harbour::plan(), &[add, lengthened("2027-03-06", 2)]);
    assert_eq!(told(&plan)[2], "2027-03-06 2027-03-06 22:00:00 2 h added");
    let schedule = schedule(plan.clone());
    let (window, occurrence) = schedule.occurrence(&"core-db".into(), on("2027-03-06")).unwrap();
    let usual = window.change_times(occurrence, occurrence.local_start, Minutes::hours(4));
    assert_eq!(told(&applied(&plan, &[usual]))[2], "2027-03-06 2027-03-06 22:00:00 4 h added");
}

#[test]
fn dated_changes_apply_from_their_date_on_and_exceptions_win() {
    let changes = [change("2027-03-20", Some(23), None, 0), change("2027-07-01", None, Some(6), 1)];
    let plan = with_changes(&changes);
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: on("2027-08-21"), reason: String::new() };
    let to = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: on("2027-09-18"),
        to: on("2027-09-25"),
        start: Some(clock(20, 0)),
        duration: None,
    };
    let plan = applied(&plan, &[skip, to, lengthened("2027-06-19", 5)]);
    let expected = [
        "2027-02-20 2027-02-20 22:00:00 4 h planned",
        "2027-03-20 2027-03-20 23:00:00 4 h planned",
        "2027-04-17 2027-04-17 23:00:00 4 h planned",
        "2027-05-15 2027-05-15 23:00:00 4 h planned",
        "2027-06-19 2027-06-19 23:00:00 5 h moved",
        "2027-07-17 2027-07-18 23:00:00 6 h planned",
        "2027-09-18 2027-09-25 20:00:00 6 h moved",
        "2027-10-16 2027-10-17 23:00:00 6 h planned",
    ];
    assert_eq!(told(&plan)[1..9], expected);
    let expansion = Expansion::new(&plan.windows().as_slice()[0], &plan);
    assert_eq!(expansion.skipped[0].local_start.to_naive().to_string(), "2027-08-22 23:00:00");
    // Moved back to where the change puts it, it follows the window again.
    let back = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: on("2027-09-18"),
        to: on("2027-09-19"),
        start: None,
        duration: None,
    };
    assert!(told(&applied(&plan, &[back])).contains(&"2027-09-18 2027-09-19 23:00:00 6 h planned".to_owned()));
}

#[test]
fn a_shift_brings_dates_into_the_months_and_keeps_those_that_leave() {
    // The third Saturday before the months is 19 Dec 2026.
    for (shift, first, last) in [
        (0, "2027-01-16 2027-01-16 22:00:00 4 h planned", "2027-12-18 2027-12-18 22:00:00 4 h planned"),
        (13, "2026-12-19 2027-01-01 22:00:00 4 h planned", "2027-12-18 2027-12-31 22:00:00 4 h planned"),
        (14, "2026-12-19 2027-01-02 22:00:00 4 h planned", "2027-12-18 2028-01-01 22:00:00 4 h planned"),
        (-15, "2027-01-16 2027-01-01 22:00:00 4 h planned", "2028-01-15 2027-12-31 22:00:00 4 h planned"),
        (-16, "2027-01-16 2026-12-31 22:00:00 4 h planned", "2028-01-15 2027-12-30 22:00:00 4 h planned"),
    ] {
        let told = told(&with_changes(&[change("2026-01-01", None, None, shift)]));
        assert_eq!((told.first().unwrap().as_str(), told.last().unwrap().as_str()), (first, last), "{shift}");
    }
}

#[test]
fn two_changes_from_one_date_are_refused_and_others_sorted() {
    let put = |changes: &[DatedChange]| {
        let window = MaintenanceWindow { changes: changes.to_vec(), ..harbour::window() };
        harbour::plan().apply(&Edit::PutWindow(window))
    };
    let (early, late) = (change("2027-03-01", Some(23), None, 0), change("2027-07-01", Some(20), None, 0));
    let plan = put(&[late.clone(), early.clone()]).unwrap();
    let window = &plan.windows().as_slice()[0];
    assert_eq!((&window.changes[..], window.sequence), (&[early.clone(), late][..], 1));
    assert_eq!(put(&[early.clone(), early]), Err(EditError::TwoChanges(on("2027-03-01"))));
    assert_eq!(put(&[change("2027-03-01", None, Some(0), 0)]), Err(EditError::NoDuration));
}

#[test]
fn calendars_have_the_own_end_and_a_higher_sequence() {
    let plan = applied(&with_changes(&[change("2027-06-01", Some(23), Some(5), 1)]), &[lengthened("2027-03-20", 6)]);
    let text = calendar(&schedule(plan), CalendarOptions::default());
    let event = |uid: &str| text.split("BEGIN:VEVENT").find(|event| event.contains(uid)).unwrap().to_owned();
    for (uid, start, end, sequence) in [
        ("UID:20270220.", "20270220T220000", "20270221T020000", 1),
        ("UID:20270320.", "20270320T220000", "20270321T040000", 2),
        ("UID:20270619.", "20270620T230000", "20270621T040000", 1),
    ] {
        let event = event(uid);
        for line in [format!("DTSTART;TZID=Europe/London:{start}"), format!("DTEND;TZID=Europe/London:{end}")] {
            assert!(event.contains(&line), "{line}: {event}");
        }
        assert!(event.contains(&format!("SEQUENCE:{sequence}\r\n")), "{event}");
    }
    assert!(event("UID:20270320.").contains("Lasts 6 h instead of 4 h"));
    assert!(!text.contains("RRULE:FREQ=MONTHLY") && !text.contains("RANGE="), "one event for each occurrence");
}

#[test]
fn checks_judge_the_own_length_and_fixes_change_it() {
    let plan = applied(&harbour::plan(), &[lengthened("2027-02-20", 2), lengthened("2027-03-20", 12)]);
    let derived = schedule(plan.clone());
    let short = found(&derived, "B001");
    assert_eq!(short.iter().map(|finding| finding.on).collect::<Vec<_>>(), [Some(on("2027-02-20"))]);
    let cx = Context::new(&derived, date(2026, 11, 21));
    let fix = short[0].fix(&cx).unwrap();
    assert!(fix.label.starts_with("Lengthen occurrence to 4 h"), "{}", fix.label);
    assert!(matches!(&fix.edit, Edit::MoveOccurrence { .. }), "{:?}", fix.edit);
    assert!(found(&schedule(applied(&plan, &[fix.edit])), "B001").is_empty());
    let outside: Vec<_> = found(&derived, "W003").iter().map(|finding| finding.message.clone()).collect();
    assert_eq!(outside, ["Core DB patching, Sat 20 Mar 2027, lasts 12 h; a Standard window lasts 2 h to 4 h"]);
    assert!(found(&derived, "T003").is_empty(), "no clock changes, so each lasts what it should");
}

#[test]
fn a_fix_lengthens_the_dated_change_that_gives_the_length() {
    let plan = with_changes(&[change("2027-06-01", None, Some(2), 0), change("2027-09-01", Some(21), None, 0)]);
    let derived = schedule(plan.clone());
    let short = found(&derived, "B001");
    assert_eq!(short.len(), 7, "June to December");
    let fix = short[5].fix(&Context::new(&derived, date(2026, 11, 21))).unwrap();
    assert!(fix.label.starts_with("Lengthen window to 4 h") && fix.label.ends_with(" from 1 Jun on"), "{}", fix.label);
    let longer = applied(&plan, std::slice::from_ref(&fix.edit));
    assert!(found(&schedule(longer), "B001").is_empty());
    assert_eq!(fix.edit.label(&plan), "Change Core DB patching from 1 Jun on");
}

#[test]
fn a_longer_occurrence_reaches_freezes_and_holidays_that_the_window_does_not() {
    // The freeze begins on Mon 13 Dec 2027; the last occurrence before it starts on Sat 20 Nov.
    let plan = applied(&harbour::plan(), &[lengthened("2027-11-20", 24 * 23)]);
    let frozen = found(&schedule(plan.clone()), "F001");
    assert!(frozen.iter().any(|finding| finding.on == Some(on("2027-11-20"))), "{frozen:?}");
    assert!(!found(&schedule(harbour::plan()), "F001").iter().any(|finding| finding.on == Some(on("2027-11-20"))));
}

#[test]
fn labels_say_whether_the_time_or_the_length_changes() {
    let plan = harbour::plan();
    assert_eq!(lengthened("2027-03-20", 6).label(&plan), "Change length of Core DB patching, 20 Mar");
    let start = Some(clock(20, 0));
    let earlier = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: on("2027-03-20"),
        to: on("2027-03-20"),
        start,
        duration: Some(Minutes::hours(6)),
    };
    assert_eq!(earlier.label(&plan), "Move Core DB patching, 20 Mar");
    let put =
        |changes: &[DatedChange]| Edit::PutWindow(MaintenanceWindow { changes: changes.to_vec(), ..harbour::window() });
    let changes = [change("2027-03-01", Some(23), None, 0), change("2027-07-01", Some(20), None, 0)];
    assert_eq!(put(&changes[..1]).label(&plan), "Change Core DB patching from 1 Mar on");
    assert_eq!(put(&changes).label(&plan), "Change dated changes of Core DB patching");
    let plan = with_changes(&changes);
    assert_eq!(put(&changes[1..]).label(&plan), "Remove change of Core DB patching from 1 Mar on");
}

#[test]
fn added_occurrences_have_the_usual_times_of_their_date() {
    let plan = with_changes(&[change("2027-06-01", Some(23), Some(5), 1)]);
    let add = Edit::AddOccurrence { window: "core-db".into(), on: on("2027-06-05"), start: None, duration: None };
    let derived = schedule(applied(&plan, &[add]));
    let (_, added) = derived.occurrence(&"core-db".into(), on("2027-06-05")).unwrap();
    assert_eq!((added.origin, added.duration), (Origin::Added, Minutes::hours(5)));
    assert_eq!(
        added.local_start.to_naive().to_string(),
        "2027-06-05 23:00:00",
        "it is added on the date that is given"
    );
    assert_eq!(added.end_at, UtcMinute::from_utc("2027-06-06T03:00:00Z".parse().unwrap()));
}
