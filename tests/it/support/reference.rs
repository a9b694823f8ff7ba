//! Reads what the independent source says: `tests/fixtures/reference/*.txt`, written by `make_fixtures.py`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use windowsill::model::{LocalMinute, MonthDay, ReleaseCadence, ReleaseCalendar, Rule, Table, UtcMinute};
use windowsill::schedule::time::zone_data::ZoneData;
use windowsill::schedule::{LocalTimeKind, Zone};

/// The lines of a fixture without its remarks.
pub fn fixture(name: &str) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}, {}", path.display()));
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// Fails with the first differences, if there are any.
#[track_caller]
pub fn assert_none(what: &str, differences: &[String]) {
    let mut shown = String::new();
    for difference in differences.iter().take(12) {
        let _ = writeln!(shown, "  {difference}");
    }
    let release = fixture("zones.txt")[0].clone();
    let compared = format!("reference: {release}, program: {}", ZoneData::in_use().release());
    assert!(differences.is_empty(), "{} {what} ({compared}):\n{shown}", differences.len());
}

fn number(text: &str) -> i32 {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a number"))
}

pub fn clock(letter: &str) -> LocalTimeKind {
    match letter {
        "p" => LocalTimeKind::Plain,
        "g" => LocalTimeKind::Gap,
        "f" => LocalTimeKind::Fold,
        other => panic!("{other} is none of p, g, f"),
    }
}

/// Zones that change their clocks alike, and what the reference says of them.
pub struct Pattern {
    pub zones: Vec<String>,
    pub first_offset: i32,
    pub changes: Vec<ClockChange>,
}

pub struct ClockChange {
    pub at: UtcMinute,
    pub offset: i32,
    /// For five readings around the change: minutes ahead of the instant, and how the reading met the change.
    pub placements: Vec<(i32, LocalTimeKind)>,
}

impl Pattern {
    pub fn all() -> Vec<Self> {
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
    pub fn steps(&self) -> impl Iterator<Item = (i32, &ClockChange)> {
        let before = std::iter::once(self.first_offset).chain(self.changes.iter().map(|change| change.offset));
        before.zip(&self.changes)
    }

    pub fn zones(&self) -> impl Iterator<Item = Arc<Zone>> + '_ {
        self.zones.iter().filter_map(|name| Zone::named(name))
    }
}

impl ClockChange {
    pub fn read(line: &str) -> Self {
        let mut words = line.split(' ');
        let (at, offset) = (number(words.next().unwrap()), number(words.next().unwrap()));
        let placement = |word: &str| (number(&word[..word.len() - 1]), clock(&word[word.len() - 1..]));
        Self { at: UtcMinute(at), offset, placements: words.map(placement).collect() }
    }

    /// The readings that `placements` are for: a minute before the skipped or repeated time, its first minute, its
    /// middle, its last minute, its end.
    pub fn readings(&self, before: i32) -> [LocalMinute; 5] {
        let first = self.at.0 + before.min(self.offset);
        let width = (self.offset - before).abs();
        [-1, 0, width / 2, width - 1, width].map(|minutes| LocalMinute(first + minutes))
    }
}

/// A rule of rules.txt with the dates that the reference gives.
pub struct Expected {
    pub line: String,
    pub rule: Rule,
    pub releases: Table<ReleaseCalendar>,
    pub zone: String,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
    pub dates: Vec<NaiveDate>,
}

impl Expected {
    pub fn read(line: &str) -> Self {
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

pub fn weekday(name: &str) -> Weekday {
    name.parse().unwrap_or_else(|_| panic!("{name} is not a weekday"))
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

pub fn release(on: MonthDay, zone: &str, time: &str) -> ReleaseCalendar {
    let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
    let cadence =
        ReleaseCadence { on, months: Vec::new(), time, zone: zone.to_owned(), valid_from: None, valid_to: None };
    ReleaseCalendar { id: "vendor".into(), name: "Patch day".into(), vendor: "Vendor".into(), cadences: vec![cadence] }
}
