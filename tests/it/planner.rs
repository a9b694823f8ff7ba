//! The wall planner: every occurrence, freeze, holiday and release is on its day, and the weeks are those of ISO 8601.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use windowsill::checks::Findings;
use windowsill::export::paper::{Day, Document, Entry, Part, Planner};
use windowsill::export::planner;
use windowsill::model::*;
use windowsill::schedule::Schedule;
use windowsill::store::parse;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::plans::any_plan;
use crate::support::printed_text::{no_control_characters, texts};

fn sample() -> Schedule {
    derived(parse(include_str!("../../assets/sample.ron")).unwrap().plan)
}

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

fn planners(document: &Document) -> Vec<&Planner> {
    let parts = document.sheets.iter().flat_map(|sheet| &sheet.parts);
    parts
        .map(|part| match part {
            Part::Planner(planner) => planner,
            other => panic!("{other:?} on a planner"),
        })
        .collect()
}

/// All days with their dates, counted from the plan's first day.
fn days(document: &Document, from: NaiveDate) -> Vec<(NaiveDate, &Day)> {
    let days = planners(document).into_iter().flat_map(|planner| &planner.months).flat_map(|month| &month.days);
    days.zip(0..).map(|(day, count)| (from.checked_add_days(Days::new(count)).unwrap(), day)).collect()
}

fn day<'a>(days: &[(NaiveDate, &'a Day)], text: &str) -> &'a Day {
    days.iter().find(|(each, _)| *each == date(text)).unwrap().1
}

fn plain(plan: Plan) -> Document {
    planner::document(&derived(plan), None, "4f1c22a9")
}

#[test]
fn each_occurrence_of_the_sample_is_on_its_day_with_its_time_and_the_key_names_it() {
    let schedule = sample();
    let document = planner::document(&schedule, None, "4f1c22a9");
    let days = days(&document, schedule.plan.horizon().from);
    let planner = planners(&document)[0];
    for (window, occurrence) in schedule.in_order(false) {
        let local = window.local(occurrence.start_at);
        let clock = windowsill::wording::time(local.time());
        let entries = &day(&days, &local.date().to_string()).entries;
        let is_it = |entry: &&Entry| entry.name == window.window.name && entry.clock == clock;
        let entry = entries.iter().find(is_it).unwrap_or_else(|| panic!("{} on {local:?}", window.window.name));
        let key = planner.windows.iter().find(|line| line.label == entry.number).unwrap();
        assert!(key.text.starts_with(&entry.name), "{key:?}");
        assert_eq!(entry.letter, window.scope.stage.map_or_else(String::new, |stage| stage.letter().to_string()));
    }
    let entries = days.iter().map(|(_, day)| day.entries.len()).sum::<usize>();
    assert_eq!(entries, schedule.occurrence_count());
}

#[test]
fn the_days_are_those_of_the_horizon_without_a_gap() {
    for (from, months) in [("2027-01-01", 12), ("2027-01-15", 24), ("2028-02-29", 60), ("1999-12-31", 1)] {
        let plan =
            Plan::from(PlanParts { horizon: Horizon { from: date(from), months }, ..harbour::plan().to_parts() });
        let horizon = plan.horizon();
        let document = plain(plan);
        let days = days(&document, date(from));
        assert_eq!(days.last().unwrap().0, horizon.last());
        for (date, day) in &days {
            assert_eq!(u32::from(day.number), date.day());
            assert_eq!(day.weekday, date.weekday().to_string());
            assert_eq!(day.is_weekend, matches!(date.weekday(), Weekday::Sat | Weekday::Sun));
        }
        assert!(planners(&document).iter().all(|planner| (1..=13).contains(&planner.months.len())));
    }
}

#[test]
fn weeks_are_those_of_iso_8601_on_mondays_and_the_first_day() {
    let years = Plan::from(PlanParts {
        horizon: Horizon { from: date("2020-01-01"), months: 60 },
        ..harbour::plan().to_parts()
    });
    let document = plain(years);
    let days = days(&document, date("2020-01-01"));
    for (date, day) in &days {
        // The week belongs to the year of its Thursday, and is numbered by that Thursday's day of the year.
        let from_monday = i64::from(date.weekday().num_days_from_monday());
        let thursday = *date + chrono::TimeDelta::days(3 - from_monday);
        let week = thursday.ordinal0() / 7 + 1;
        let is_told = date.weekday() == Weekday::Mon || *date == "2020-01-01".parse().unwrap();
        assert_eq!(day.week.map(u32::from), is_told.then_some(week), "{date}");
    }
    let week = |date| day(&days, date).week.unwrap();
    assert_eq!([week("2020-12-28"), week("2021-01-04"), week("2024-12-30")], [53, 1, 1]);
}

#[test]
fn freezes_holidays_and_releases_stand_on_their_days_and_in_words_below() {
    let mut parts = harbour::plan().to_parts();
    let holiday =
        |day: &str, name: &str, region: &str| Holiday { on: date(day), name: name.into(), region: region.into() };
    let calendar =
        |id: &str, days| HolidayCalendar { id: id.into(), name: format!("Days of {id}"), days, imported: None };
    parts.holidays = [
        calendar("gb", vec![holiday("2027-03-26", "Good Friday", ""), holiday("2027-12-25", "Christmas Day", "")]),
        calendar("de", vec![holiday("2027-01-06", "Epiphany", "Bavaria"), holiday("2027-03-26", "Good Friday", "")]),
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let document = plain(plan);
    let days = days(&document, date("2027-01-01"));
    assert_eq!(day(&days, "2027-03-26").holiday.as_deref(), Some("Good Friday"));
    assert_eq!(day(&days, "2027-01-06").holiday.as_deref(), Some("Epiphany (Bavaria)"));
    assert_eq!(day(&days, "2027-12-13").freeze.as_deref(), Some("Year end"));
    assert_eq!(day(&days, "2027-12-14").freeze, None);
    let frozen: Vec<_> = days.iter().filter(|(_, day)| day.is_frozen).map(|(date, _)| *date).collect();
    assert_eq!((frozen.len(), frozen[0], frozen[18]), (19, date("2027-12-13"), date("2027-12-31")));
    assert!(day(&days, "2027-03-09").releases.contains(&"Patch Tuesday".to_owned()));
    let words = texts(&planners(&document)[0].remarks);
    for expected in [
        "Mon 13 Dec 2027 to Fri 31 Dec 2027; everything",
        "12 Jan, 9 Feb, 9 Mar, 13 Apr, 11 May, 8 Jun, 13 Jul, 10 Aug, 14 Sep, 12 Oct, 9 Nov, 14 Dec",
        "6 Jan Epiphany (Bavaria), 26 Mar Good Friday",
        "26 Mar Good Friday, 25 Dec Christmas Day",
    ] {
        assert!(words.iter().any(|text| text == expected), "{expected}: {words:?}");
    }
}

#[test]
fn a_night_is_on_the_day_it_starts_and_a_moved_one_is_noted_below() {
    let mut parts = harbour::plan().to_parts();
    let mut window = harbour::window();
    let moved = |on_: &str, to: &str| Exception {
        on: date(on_),
        change: OccurrenceChange::Moved { to: date(to), start: None, duration: None },
        sequence: 1,
    };
    window.exceptions = vec![moved("2027-03-20", "2027-03-22"), moved("2027-12-18", "2028-01-08")];
    parts.windows = [window].into_iter().collect();
    let plan = Plan::from(parts);
    let document = plain(plan);
    let days = days(&document, date("2027-01-01"));
    assert!(day(&days, "2027-03-20").entries.is_empty() && day(&days, "2027-03-23").entries.is_empty());
    assert_eq!(day(&days, "2027-03-22").entries[0].clock, "22:00");
    let remark = planners(&document)[0].remarks.iter().find(|remark| remark.label == "Outside these months").unwrap();
    assert_eq!(remark.text, "Core DB patching, Sat 8 Jan 2028 22:00");
}

#[test]
fn marks_are_there_when_they_are_wanted() {
    let schedule = sample();
    let findings = Findings::check(&schedule, date("2026-11-21"), None);
    let marks = |document: &Document| {
        let days = days(document, schedule.plan.horizon().from);
        days.iter().flat_map(|(_, day)| &day.entries).filter(|entry| !entry.mark.is_empty()).count()
    };
    let marked = planner::document(&schedule, Some(&findings), "4f1c22a9");
    let plain = planner::document(&schedule, None, "4f1c22a9");
    assert!(marks(&marked) > 0);
    assert_eq!(marks(&plain), 0);
    assert!(planners(&marked)[0].legend.mark.is_some() && planners(&plain)[0].legend.mark.is_none());
}

#[test]
fn an_empty_plan_says_that_nothing_takes_place() {
    let document = plain(Plan::from(PlanParts { windows: Table::default(), ..harbour::plan().to_parts() }));
    let planner = planners(&document)[0];
    assert_eq!(planner.remarks[0].text, "No maintenance window takes place in these months");
    assert!(planner.windows.is_empty() && planner.legend.stages.is_empty());
}

#[test]
fn names_from_hostile_plans_are_one_line_each() {
    for name in harbour::hostile_names() {
        let mut parts = harbour::plan().to_parts();
        parts.title.clone_from(&name);
        parts.windows = [MaintenanceWindow { name: name.clone(), ..harbour::window() }].into_iter().collect();
        parts.freezes = [ChangeFreeze::week("f".into(), date("2027-06-01"))].into_iter().collect();
        let plan = Plan::from(parts);
        no_control_characters(&plain(plan));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_has_a_planner_and_always_the_same(plan in any_plan()) {
        let schedule = derived(plan.clone());
        let findings = Findings::check(&schedule, date("2027-03-01"), None);
        let bytes = |schedule: &Schedule| {
            let document = planner::document(schedule, Some(&findings), "4f1c22a9");
            no_control_characters(&document);
            serde_json::to_string(&document).unwrap()
        };
        prop_assert_eq!(bytes(&schedule), bytes(&derived(plan)));
    }
}
