//! The schedule against an independent source: clocks as Python's zoneinfo has them, recurrences as dateutil does.
//!
//! `tests/reference/make_fixtures.py` wrote what is compared here; `tests/reference/check` writes it again. The numbers
//! of the trade (Patch Tuesdays, nights of clock changes) stand here as data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use common::full::{date, empty_plan};
use windowsill::model::{
    Change, Exception, Horizon, LocalMinute, MaintenanceWindow, Minutes, MonthDay, Plan, ReleaseCadence,
    ReleaseCalendar, Rule, Table, UtcMinute,
};
use windowsill::schedule::zone::{Placed, data_version, names};
use windowsill::schedule::{Clock, Expansion, Occurrence, Zone, rule_dates};

/// The lines of a fixture without its remarks.
fn fixture(name: &str) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}, {}", path.display()));
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// Fails with the first differences, if there are any.
#[track_caller]
fn assert_none(what: &str, differences: &[String]) {
    let mut shown = String::new();
    for difference in differences.iter().take(12) {
        let _ = writeln!(shown, "  {difference}");
    }
    let release = fixture("zones.txt")[0].clone();
    let compared = format!("reference: {release}, program: {}", data_version());
    assert!(differences.is_empty(), "{} {what} ({compared}):\n{shown}", differences.len());
}

fn number(text: &str) -> i32 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn clock(letter: &str) -> Clock {
    match letter {
        "p" => Clock::Plain,
        "g" => Clock::Gap,
        "f" => Clock::Fold,
        other => panic!("{other} is none of p, g, f"),
    }
}

/// Zones that change their clocks alike, and what the reference says of them.
struct Pattern {
    zones: Vec<String>,
    first_offset: i32,
    changes: Vec<ClockChange>,
}

struct ClockChange {
    at: UtcMinute,
    offset: i32,
    /// For five readings around the change: minutes ahead of the instant, and how the reading met the change.
    placements: Vec<(i32, Clock)>,
}

impl Pattern {
    fn all() -> Vec<Self> {
        fixture("zones.txt").split(String::is_empty).skip(1).map(Self::read).collect()
    }

    fn read(lines: &[String]) -> Self {
        let [zones, first_offset, changes @ ..] = lines else {
            panic!("a paragraph of zones.txt has two lines or more")
        };
        Self {
            zones: zones.split(' ').map(str::to_owned).collect(),
            first_offset: number(first_offset),
            changes: changes.iter().map(|line| ClockChange::read(line)).collect(),
        }
    }

    /// Each change with the offset before it.
    fn steps(&self) -> impl Iterator<Item = (i32, &ClockChange)> {
        let before = std::iter::once(self.first_offset).chain(self.changes.iter().map(|change| change.offset));
        before.zip(&self.changes)
    }

    fn zones(&self) -> impl Iterator<Item = std::sync::Arc<Zone>> + '_ {
        self.zones.iter().filter_map(|name| Zone::named(name))
    }
}

impl ClockChange {
    fn read(line: &str) -> Self {
        let mut words = line.split(' ');
        let (at, offset) = (number(words.next().unwrap()), number(words.next().unwrap()));
        let placement = |word: &str| (number(&word[..word.len() - 1]), clock(&word[word.len() - 1..]));
        Self { at: UtcMinute(at), offset, placements: words.map(placement).collect() }
    }

    /// The readings that `placements` are for: a minute before the skipped or repeated time, its first minute, its
    /// middle, its last minute, its end.
    fn readings(&self, before: i32) -> [LocalMinute; 5] {
        let first = self.at.0 + before.min(self.offset);
        let width = (self.offset - before).abs();
        [-1, 0, width / 2, width - 1, width].map(|minutes| LocalMinute(first + minutes))
    }
}

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
    let (from, to) = (UtcMinute::from_utc("2020-01-01T00:00:00Z".parse().unwrap()), utc("2038-01-01T00:00Z"));
    let (mut zones, mut changes, mut differences) = (0, 0, Vec::new());
    for pattern in Pattern::all() {
        let expected: Vec<_> = pattern.steps().map(|(before, change)| (change.at, before, change.offset)).collect();
        for zone in pattern.zones() {
            let onsets = zone.onsets(from, to);
            let found: Vec<_> = onsets
                .iter()
                .filter(|onset| onset.offset != onset.offset_before)
                .map(|onset| (onset.at, onset.offset_before, onset.offset))
                .collect();
            if zone.offset(from) != pattern.first_offset || onsets[0].offset != pattern.first_offset {
                differences.push(format!("{} is {} ahead on 2020-01-01", zone.name(), zone.offset(from)));
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
fn readings_around_every_clock_change_are_placed_as_the_reference_places_them() {
    let (mut readings, mut differences) = (0, Vec::new());
    for pattern in Pattern::all() {
        for zone in pattern.zones() {
            for (before, change) in pattern.steps() {
                assert_eq!(change.placements.len(), 5, "{}", zone.name());
                for (local, (ahead, clock)) in change.readings(before).into_iter().zip(&change.placements) {
                    let expected = Placed { at: UtcMinute(local.0 - ahead), clock: *clock };
                    let found = zone.place(local);
                    let shown = zone.local(found.at);
                    // What a gap skipped is shown as much later as the clock jumped; anything else as it was meant.
                    let jump = if *clock == Clock::Gap { change.offset - before } else { 0 };
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
    println!("{readings} readings placed");
    assert_none("readings are placed elsewhere", &differences);
}

/// A rule of rules.txt with the dates that the reference gives.
struct Expected {
    line: String,
    rule: Rule,
    releases: Table<ReleaseCalendar>,
    zone: String,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    dates: Vec<NaiveDate>,
}

impl Expected {
    fn read(line: &str) -> Self {
        let [words, bounds, dates] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("three parts: {line}") };
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let (first, last) = bounds.split_once(' ').unwrap();
        let mut all = Self {
            line: words.to_owned() + " | " + bounds,
            rule: Rule::Dates(Vec::new()),
            releases: Table::default(),
            zone: "UTC".to_owned(),
            first: day(first),
            last: day(last),
            dates: read_dates(dates),
        };
        all.rule = match words.split(' ').collect::<Vec<_>>()[..] {
            ["weekly", every, days] => {
                Rule::Weekly { days: days.split(',').map(weekday).collect(), every: every.parse().unwrap() }
            }
            ["monthly", every, on, offset] => {
                Rule::Monthly { on: month_day(on), every: every.parse().unwrap(), offset_days: number(offset) }
            }
            ["release", on, vendor, time, window, offset, then] => {
                all.releases = [release(month_day(on), vendor, time)].into_iter().collect();
                window.clone_into(&mut all.zone);
                let then = (then != "-").then(|| weekday(then));
                Rule::AfterRelease { release: "vendor".into(), offset_days: number(offset), then }
            }
            _ => panic!("no rule: {words}"),
        };
        all
    }

    /// The original dates of the window's occurrences, in horizons of at most five years.
    fn expanded(&self) -> Vec<NaiveDate> {
        let mut window = MaintenanceWindow::new("core-db".into(), "Core DB", self.rule.clone());
        (window.first, window.last, window.zone) = (self.first, self.last, Some(self.zone.clone()));
        let horizon = |(year, months)| Horizon { months, ..Horizon::year(year) };
        [(2024, 60), (2029, 60), (2034, 36)]
            .map(horizon)
            .into_iter()
            .flat_map(|horizon| originals(&Plan { horizon, releases: self.releases.clone(), ..empty_plan() }, &window))
            .collect()
    }
}

fn originals(plan: &Plan, window: &MaintenanceWindow) -> Vec<NaiveDate> {
    Expansion::of(window, plan).occurrences.iter().map(Occurrence::original_on).collect()
}

/// "3 2027-01-12 2*28": 12 January and twice 28 days later.
fn read_dates(text: &str) -> Vec<NaiveDate> {
    let mut words = text.split(' ');
    let count: usize = words.next().unwrap().parse().unwrap();
    let mut dates: Vec<NaiveDate> = words.next().map(|on| on.parse().unwrap()).into_iter().collect();
    for word in words {
        let (times, days) = word.split_once('*').unwrap_or(("1", word));
        for _ in 0..number(times) {
            let next = *dates.last().unwrap() + Days::new(days.parse().unwrap());
            dates.push(next);
        }
    }
    assert_eq!(dates.len(), count, "{text}");
    dates
}

fn weekday(name: &str) -> Weekday {
    name.parse().unwrap_or_else(|_| panic!("{name} is no weekday"))
}

/// "2Tue", "lastFri", "day31".
fn month_day(name: &str) -> MonthDay {
    if let Some(day) = name.strip_prefix("day") {
        return MonthDay::Day(day.parse().unwrap());
    }
    match name.strip_prefix("last") {
        Some(day) => MonthDay::Last(weekday(day)),
        None => MonthDay::Nth(name[..1].parse().unwrap(), weekday(&name[1..])),
    }
}

fn release(on: MonthDay, zone: &str, time: &str) -> ReleaseCalendar {
    let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
    let cadence =
        ReleaseCadence { on, months: Vec::new(), time, zone: zone.to_owned(), valid_from: None, valid_to: None };
    ReleaseCalendar { id: "vendor".into(), name: "Patch day".into(), vendor: "Vendor".into(), cadences: vec![cadence] }
}

#[test]
fn rules_give_the_dates_that_the_reference_gives_over_thirteen_years() {
    let (mut dates, mut differences) = (0, Vec::new());
    let rules: Vec<Expected> = fixture("rules.txt").iter().map(|line| Expected::read(line)).collect();
    for each in &rules {
        let zone = Zone::named(&each.zone).unwrap();
        let to = each.last.unwrap_or(date(2036, 12, 31));
        let given = rule_dates(&each.rule, each.first, &each.releases, &zone, date(2024, 1, 1), to);
        for (way, found) in [("rule_dates", given), ("Expansion", each.expanded())] {
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
    let plan = Plan { horizon: Horizon::year(start.year()), ..empty_plan() };
    let expansion = Expansion::of(&window, &plan);
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
    assert_none("windows lie elsewhere", &differences);
    assert!(lines.len() >= 300, "{} windows are too few", lines.len());
}
