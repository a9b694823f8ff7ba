//! The schedule against an independent source, and against numbers that are easy to check.
//!
//! Clocks are compared with Python's zoneinfo, recurrences with dateutil: `tests/reference/make_fixtures.py` wrote what
//! is read here, and `tests/reference/check` writes it again.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use windowsill::model::{
    Exception, Horizon, MaintenanceWindow, Minutes, MonthDay, OccurrenceChange, Plan, PlanParts, Rule, UtcMinute,
    built_in_releases,
};
use windowsill::schedule::time::zone::{ResolvedTime, names};
use windowsill::schedule::{Expansion, LocalTimeKind, Occurrence, Origin, Zone, rule_dates};

use crate::support::full::{clock as time, date, empty_plan};
use crate::support::reference::{Expected, Pattern, assert_none, clock, fixture};

#[test]
fn both_databases_know_the_same_zones() {
    let reference: BTreeSet<String> = Pattern::all().into_iter().flat_map(|pattern| pattern.zones).collect();
    let ours: BTreeSet<String> = names().into_iter().collect();
    assert!(reference.len() > 590, "{} zones in the reference", reference.len());
    let only_there: Vec<_> = reference.iter().filter(|name| Zone::named(name).is_none()).collect();
    let only_here: Vec<_> = ours.difference(&reference).collect();
    println!("only in the reference {only_there:?}, only in the program {only_here:?}");
    assert!(only_there.is_empty() && only_here.len() <= 2, "only there {only_there:?}, only here {only_here:?}");
}

#[test]
fn every_zone_changes_its_clock_when_the_reference_says() {
    let (from, to) = (UtcMinute::from_utc("1980-01-01T00:00:00Z".parse().unwrap()), utc("2038-01-01T00:00Z"));
    let (mut zones, mut changes, mut differences) = (0, 0, Vec::new());
    for pattern in Pattern::all() {
        let expected: Vec<_> = pattern.steps().map(|(before, change)| (change.at, before, change.offset)).collect();
        for zone in pattern.zones() {
            let onsets = zone.transitions(from, to);
            let found: Vec<_> = onsets
                .iter()
                .filter(|onset| onset.offset != onset.offset_before)
                .map(|onset| (onset.at, onset.offset_before, onset.offset))
                .collect();
            if zone.offset(from) != pattern.first_offset || onsets[0].offset != pattern.first_offset {
                differences.push(format!("{} is {} ahead on 1980-01-01", zone.name(), zone.offset(from)));
            }
            for only in expected.iter().filter(|each| !found.contains(each)) {
                differences.push(format!("{} does not change {}", zone.name(), change_in_words(*only)));
            }
            for only in found.iter().filter(|each| !expected.contains(each)) {
                differences.push(format!("{} changes {}", zone.name(), change_in_words(*only)));
            }
            zones += 1;
            changes += expected.len();
        }
    }
    println!("{zones} zones, {changes} clock changes");
    assert_none("clock changes differ", &differences);
    assert!(zones > 590 && changes > 5_000, "{zones} zones and {changes} changes are too few to prove anything");
}

fn change_in_words((at, before, after): (UtcMinute, i32, i32)) -> String {
    format!("at {} from {before} to {after} minutes ahead", at.to_utc().format("%Y-%m-%d %H:%M"))
}

#[test]
fn readings_around_every_clock_change_are_resolved_as_the_reference_resolves_them() {
    let (mut readings, mut differences) = (0, Vec::new());
    for pattern in Pattern::all() {
        for zone in pattern.zones() {
            for (before, change) in pattern.steps() {
                assert_eq!(change.placements.len(), 5, "{}", zone.name());
                for (local, (ahead, clock)) in change.readings(before).into_iter().zip(&change.placements) {
                    let expected = ResolvedTime { at: UtcMinute(local.0 - ahead), clock: *clock };
                    let found = zone.resolve(local);
                    let shown = zone.local(found.at);
                    // What a gap skipped is shown as much later as the clock jumped; anything else as it was meant.
                    let jump = if *clock == LocalTimeKind::Gap { change.offset - before } else { 0 };
                    if found != expected || shown.0 != local.0 + jump {
                        let name = zone.name();
                        differences.push(format!("{name} {}: {found:?} instead of {expected:?}", local.to_naive()));
                    }
                    readings += 1;
                }
                let offsets = (zone.offset(change.at.plus(-1)), zone.offset(change.at));
                assert_eq!(offsets, (before, change.offset), "{} at {:?}", zone.name(), change.at);
            }
        }
    }
    println!("{readings} readings resolved");
    assert_none("readings are resolved differently", &differences);
}

/// The original dates of the window's occurrences from 2024 to 2036, in horizons of at most five years.
fn expanded(expected: &Expected) -> Vec<NaiveDate> {
    let mut window = MaintenanceWindow::new("core-db".into(), "Core DB", expected.rule.clone());
    (window.first, window.last, window.zone) = (expected.first, expected.last, Some(expected.zone.clone()));
    let horizons = [(2024, 60), (2029, 60), (2034, 36)].map(|(year, months)| Horizon { months, ..Horizon::year(year) });
    let plan =
        |horizon| Plan::from(PlanParts { horizon, releases: expected.releases.clone(), ..empty_plan().to_parts() });
    let of_horizon = |horizon| Expansion::new(&window, &plan(horizon)).occurrences;
    horizons.into_iter().flat_map(of_horizon).map(|occurrence| occurrence.original_on()).collect()
}

#[test]
fn rules_give_the_dates_that_the_reference_gives_over_thirteen_years() {
    let (mut dates, mut differences) = (0, Vec::new());
    let rules: Vec<Expected> = fixture("rules.txt").iter().map(|line| Expected::read(line)).collect();
    for each in &rules {
        let zone = Zone::named(&each.zone).unwrap();
        let to = each.last.unwrap_or(date(2036, 12, 31));
        let given = rule_dates(&each.rule, each.first, &each.releases, &zone, date(2024, 1, 1), to);
        for (way, found) in [("rule_dates", given), ("Expansion", expanded(each))] {
            if found != each.dates {
                let extra = found.iter().find(|on| !each.dates.contains(on));
                let missing = each.dates.iter().find(|on| !found.contains(on));
                let line = &each.line;
                differences.push(format!("{way}, {line}: first too many {extra:?}, first missing {missing:?}"));
            }
        }
        dates += each.dates.len();
    }
    println!("{} rules, {dates} dates", rules.len());
    assert_none("rules give other dates", &differences);
    assert!(rules.len() >= 400 && dates > 40_000, "{} rules, {dates} dates are too few", rules.len());
}

fn utc(text: &str) -> UtcMinute {
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%MZ").unwrap();
    UtcMinute::from_utc(at.and_utc())
}

/// The one occurrence of a window that begins there on the clock and lasts that many minutes on the clock.
fn once(zone: &str, start: &str, minutes: u32) -> Occurrence {
    let start = NaiveDateTime::parse_from_str(start, "%Y-%m-%dT%H:%M").unwrap();
    let mut window = MaintenanceWindow::new("core-db".into(), "Core DB", Rule::once(start.date()));
    (window.start, window.duration, window.zone) = (start.time(), Minutes(minutes), Some(zone.to_owned()));
    let plan = Plan::from(PlanParts { horizon: Horizon::year(start.year()), ..empty_plan().to_parts() });
    let expansion = Expansion::new(&window, &plan);
    assert!(expansion.zone_is_known, "{zone}");
    expansion.occurrences[0]
}

#[test]
fn windows_in_nights_of_clock_changes_begin_end_and_last_as_the_reference_says() {
    let lines = fixture("days.txt");
    let mut differences = Vec::new();
    for line in &lines {
        let (window, expected) = line.split_once(" | ").unwrap();
        let [zone, start, minutes] = window.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let [start_at, end_at, length, clocks] = expected.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = once(zone, start, minutes.parse().unwrap());
        let (start_clock, end_clock) = (clock(&clocks[..1]), clock(&clocks[1..]));
        if (found.start_at, found.end_at, found.start_clock, found.end_clock)
            != (utc(start_at), utc(end_at), start_clock, end_clock)
            || found.real_length() != Minutes(length.parse().unwrap())
        {
            let (start, end) = (found.start_at.to_utc(), found.end_at.to_utc());
            let clocks = (found.start_clock, found.end_clock);
            differences.push(format!("{line}: found {start} to {end}, {} {clocks:?}", found.real_length()));
        }
    }
    println!("{} windows in nights of clock changes", lines.len());
    assert_none("times differ", &differences);
    assert!(lines.len() >= 300, "{} windows are too few", lines.len());
}

/// The dates of a rule in that year, in Berlin, with the built-in release calendars.
fn dates_in(year: i32, rule: &Rule) -> Vec<NaiveDate> {
    let releases = built_in_releases().into_iter().collect();
    let berlin = Zone::named("Europe/Berlin").unwrap();
    rule_dates(rule, None, &releases, &berlin, date(year, 1, 1), date(year, 12, 31))
}

fn patch_tuesday(offset_days: i32, then: Option<Weekday>) -> Rule {
    Rule::AfterRelease { release: "microsoft".into(), offset_days, then }
}

fn second_saturday() -> Rule {
    Rule::Monthly { on: MonthDay::Nth(2, Weekday::Sat), every: 1, offset_days: 0 }
}

#[test]
fn the_patch_tuesdays_and_saturdays_of_2027_are_those_of_the_calendar_on_the_wall() {
    for (rule, days) in [
        (patch_tuesday(0, None), [12, 9, 9, 13, 11, 8, 13, 10, 14, 12, 9, 14]),
        (patch_tuesday(1, Some(Weekday::Sat)), [16, 13, 13, 17, 15, 12, 17, 14, 18, 16, 13, 18]),
        (second_saturday(), [9, 13, 13, 10, 8, 12, 10, 14, 11, 9, 13, 11]),
    ] {
        let expected: Vec<_> = (1..=12).zip(days).map(|(month, day)| date(2027, month, day)).collect();
        assert_eq!(dates_in(2027, &rule), expected, "{rule:?}");
    }
}

#[test]
fn the_second_saturday_comes_before_patch_tuesday_in_6_7_and_8_months_of_the_years_2026_to_2028() {
    for (year, months) in [(2026, 6), (2027, 7), (2028, 8)] {
        let tuesdays = dates_in(year, &patch_tuesday(0, None));
        let saturdays = dates_in(year, &second_saturday());
        let before = saturdays.iter().zip(&tuesdays).filter(|(saturday, tuesday)| saturday < tuesday).count();
        assert_eq!((saturdays.len(), tuesdays.len(), before), (12, 12, months), "{year}");
    }
}

#[test]
fn four_hours_on_the_clock_last_three_or_five_in_the_nights_of_clock_changes() {
    for (zone, start, hours) in [
        ("Europe/Berlin", "2027-03-28T01:00", 3),
        ("Europe/Berlin", "2027-10-31T01:00", 5),
        ("Europe/Berlin", "2027-03-27T01:00", 4),
        ("America/New_York", "2027-03-14T00:00", 3),
        ("America/New_York", "2027-11-07T00:00", 5),
        ("Australia/Sydney", "2027-04-04T01:00", 5),
        ("Australia/Sydney", "2027-10-03T01:00", 3),
    ] {
        assert_eq!(once(zone, start, 240).real_length(), Minutes::hours(hours), "{zone} {start}");
    }
}

#[test]
fn an_occurrence_that_is_moved_skipped_or_added_keeps_its_original_date() {
    let mut window = MaintenanceWindow::new("core-db".into(), "Core DB", second_saturday());
    let exception = |on, change| Exception { on, change, sequence: 1 };
    window.exceptions = vec![
        exception(
            date(2027, 2, 13),
            OccurrenceChange::Moved { to: date(2027, 3, 20), start: Some(time(1, 30)), duration: None },
        ),
        exception(date(2027, 3, 13), OccurrenceChange::Skipped { reason: "Year-end closing".into() }),
        exception(date(2027, 4, 4), OccurrenceChange::Added { start: None, duration: None }),
    ];
    let expansion = Expansion::new(&window, &empty_plan());
    let told: Vec<_> = expansion
        .occurrences
        .iter()
        .take(4)
        .map(|each| (each.original_on(), each.local_start.to_naive().to_string(), each.origin))
        .collect();
    let row = |on, start: &str, origin| (on, start.to_owned(), origin);
    assert_eq!(
        told,
        [
            row(date(2027, 1, 9), "2027-01-09 22:00:00", Origin::Rule),
            row(date(2027, 2, 13), "2027-03-20 01:30:00", Origin::Moved),
            row(date(2027, 4, 4), "2027-04-04 22:00:00", Origin::Added),
            row(date(2027, 4, 10), "2027-04-10 22:00:00", Origin::Rule),
        ]
    );
    let skipped = expansion.occurrence_on(date(2027, 3, 13)).unwrap();
    assert_eq!((skipped.origin, skipped.on()), (Origin::Skipped, date(2027, 3, 13)));
    assert_eq!((expansion.occurrences.len(), expansion.skipped.len()), (12, 1));
}
