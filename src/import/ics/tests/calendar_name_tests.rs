//! The same series in files of other names, and calendars of a name that the plan has.

use super::later_tests::{after, frozen, starts, told};
use super::*;
use crate::model::{Holiday, HolidayCalendar};

fn named(name: &str, events: &[&str]) -> String {
    calendar(events).replace("VERSION:2.0", &format!("VERSION:2.0\nX-WR-CALNAME:{name}"))
}

fn series(stamp: &str) -> String {
    format!(
        "UID:s@a.example\nSUMMARY:N\nDTSTAMP:{stamp}\nDTSTART;TZID=Europe/Berlin:20270104T220000\nDURATION:PT2H\n\
         RRULE:FREQ=WEEKLY;COUNT=3"
    )
}

const MOVED: &str = "UID:s@a.example\nSUMMARY:N\nDTSTAMP:20261101T090000Z\n\
                     RECURRENCE-ID;TZID=Europe/Berlin:20270111T220000\nDTSTART;TZID=Europe/Berlin:20270112T220000\n\
                     DURATION:PT2H";

#[test]
fn a_newer_file_of_another_name_says_which_occurrences_differ() {
    let first = named("feed", &[&series("20261101T090000Z"), MOVED]);
    let (newer, same) = (named("2", &[&series("20261102T090000Z")]), named("2", &[&series("20261101T090000Z")]));
    let known = after(&ics::WINDOWS, &first, &plan()).0;
    assert_eq!(starts(&known), ["01-04 21:00", "01-12 21:00", "01-18 21:00"]);
    let (reset, imported) = after(&ics::WINDOWS, &newer, &known);
    assert_eq!(starts(&reset), ["01-04 21:00", "01-11 21:00", "01-18 21:00"], "{:?}", told(&imported));
    assert_eq!(starts(&after(&ics::WINDOWS, &same, &known).0), starts(&known));
    let cancelled = MOVED.replace("SUMMARY:N", "SUMMARY:N\nSTATUS:CANCELLED");
    let known = after(&ics::WINDOWS, &first.replace(MOVED, &cancelled), &plan()).0;
    assert_eq!(starts(&known), ["01-04 21:00", "01-18 21:00"]);
    assert_eq!(starts(&after(&ics::WINDOWS, &newer, &known).0).len(), 3);
    let frozen_on = |text: &str, plan: &Plan| frozen(&after(&ics::FREEZES, text, plan).0);
    let known = after(&ics::FREEZES, &first, &plan()).0;
    assert_eq!(frozen_on(&first, &plan())[1], "2027-01-12..2027-01-12");
    assert_eq!(frozen_on(&newer, &known)[1], "2027-01-11..2027-01-11");
    let days = |plan: &Plan| {
        plan.holidays().iter().flat_map(|calendar| &calendar.days).map(|day| day.on.to_string()).collect::<Vec<_>>()
    };
    let known = after(&ics::HOLIDAYS, &first, &plan()).0;
    assert_eq!(days(&known), ["2027-01-04", "2027-01-12", "2027-01-18"]);
    assert_eq!(days(&after(&ics::HOLIDAYS, &newer, &known).0), ["2027-01-04", "2027-01-11", "2027-01-18"]);
}

#[test]
fn holidays_that_a_person_entered_stay_in_a_calendar_of_that_name() {
    let day = |on: &str, name: &str| Holiday { on: on.parse().unwrap(), name: name.to_owned(), region: String::new() };
    let entered = HolidayCalendar {
        id: "bank".into(),
        name: "Bank".to_owned(),
        days: vec![day("2027-01-01", "New Year"), day("2027-06-01", "Founders"), day("2028-06-01", "Founders")],
        imported: None,
    };
    let known = plan().apply(&Edit::PutHolidays(entered)).unwrap();
    let event =
        |uid: &str, on: &str, name: &str| format!("UID:{uid}@h.example\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{on}");
    let (one, two) = (event("a", "20270101", "Neujahr"), event("b", "20271225", "Christmas"));
    let (both, imported) = after(&ics::HOLIDAYS, &named("Bank", &[&one, &two]), &known);
    let names = |plan: &Plan| {
        let days = plan.holidays().iter().flat_map(|calendar| &calendar.days);
        days.map(|day| format!("{} {}", day.on, day.name)).collect::<Vec<_>>()
    };
    let merged = ["2027-01-01 New Year", "2027-06-01 Founders", "2027-12-25 Christmas", "2028-06-01 Founders"];
    assert_eq!((names(&both), both.holidays().len()), (merged.map(str::to_owned).to_vec(), 1));
    assert_eq!(warnings(&imported), ["\"Bank\" keeps 1 day that the file does not have: Tue 1 Jun 2027"]);
    assert_eq!(told(&imported).len(), 2, "{:?}", told(&imported));
    let (moved, _) = after(&ics::HOLIDAYS, &named("Bank", &[&one, &two.replace("20271225", "20271226")]), &both);
    assert_eq!(names(&moved)[2], "2027-12-26 Christmas");
}
