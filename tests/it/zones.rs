//! The zones in our calendars agree with the zone database at every event, in the form that Outlook reads.
//!
//! The offsets come from the text of the file, by an evaluator that knows nothing of the code that writes it; the truth
//! comes from the same zone data through jiff.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use windowsill::export::Source;
use windowsill::export::ics::TimeForm;
use windowsill::export::profiles::{CalendarOrder, Calendars};
use windowsill::model::{Horizon, ListedDate, MaintenanceWindow, Minutes, Plan, Rule};
use windowsill::schedule::Schedule;
use windowsill::schedule::time::zone;
use windowsill::schedule::time::zone_data::ZoneData;

use crate::support::strict;

/// 2026 to 2030.
const FIRST_YEAR: i32 = 2026;
const YEARS: i32 = 5;

/// Zones whose clock changes between 2026 and 2030 are not on an nth weekday of a month, or end: what Outlook reads cannot say
/// them, they are written one by one, and the export check says so.
const UNREADABLE: [&str; 25] = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Edmonton",
    "America/Godthab",
    "America/Havana",
    "America/Inuvik",
    "America/Nuuk",
    "America/Rainy_River",
    "America/Santiago",
    "America/Scoresbysund",
    "America/Vancouver",
    "America/Winnipeg",
    "America/Yellowknife",
    "Asia/Gaza",
    "Asia/Hebron",
    "Asia/Jerusalem",
    "Asia/Tel_Aviv",
    "Canada/Central",
    "Canada/Mountain",
    "Canada/Pacific",
    "Chile/Continental",
    "Cuba",
    "Egypt",
    "Israel",
];

/// Since when which offset holds, in minutes.
type Onsets = Vec<(NaiveDateTime, i64)>;

/// The onsets that a VTIMEZONE gives up to the end of 2031 (RFC 5545 §3.6.5), and whether it has the form that Outlook
/// reads (MS-STANOICAL 2.2.47): one STANDARD, or one of each with a yearly rule.
fn onsets(definition: &strict::Component) -> (Onsets, bool) {
    let mut onsets = Onsets::new();
    for block in &definition.inside {
        let start = local(block.value("DTSTART").unwrap());
        let (before, after) =
            (offset(block.value("TZOFFSETFROM").unwrap()), offset(block.value("TZOFFSETTO").unwrap()));
        let starts = match block.value("RRULE") {
            None => vec![start],
            Some(rule) => yearly(rule, start),
        };
        onsets.extend(starts.into_iter().map(|start| (start - TimeDelta::minutes(before), after)));
    }
    onsets.sort_unstable();
    let rules = definition.inside.iter().filter(|block| block.value("RRULE").is_some()).count();
    let names: BTreeSet<&str> = definition.inside.iter().map(|block| block.name.as_str()).collect();
    let is_single = definition.inside.len() == 1 && names.contains("STANDARD") && rules == 0;
    let is_pair = definition.inside.len() == 2 && names.len() == 2 && rules == 2;
    (onsets, is_single || is_pair)
}

/// FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU and no other.
fn yearly(rule: &str, start: NaiveDateTime) -> Vec<NaiveDateTime> {
    let rest = rule.strip_prefix("FREQ=YEARLY;BYMONTH=").unwrap();
    let (month, day) = rest.split_once(";BYDAY=").unwrap();
    let (month, nth) = (month.parse().unwrap(), &day[..day.len() - 2]);
    let weekday: Weekday = match &day[day.len() - 2..] {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        other => panic!("{other}"),
    };
    let in_year = |year: i32| {
        let days: Vec<NaiveDate> = NaiveDate::from_ymd_opt(year, month, 1)
            .unwrap()
            .iter_days()
            .take_while(|day| day.month() == month)
            .filter(|day| day.weekday() == weekday)
            .collect();
        match nth.parse::<i32>().unwrap() {
            -1 => *days.last().unwrap(),
            nth => days[usize::try_from(nth).unwrap() - 1],
        }
    };
    assert_eq!(in_year(start.year()), start.date(), "DTSTART is not a day of its rule");
    (start.year()..=FIRST_YEAR + YEARS).map(|year| in_year(year).and_time(start.time())).collect()
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()
}

fn offset(text: &str) -> i64 {
    let minutes = text[1..3].parse::<i64>().unwrap() * 60 + text[3..].parse::<i64>().unwrap();
    if text.starts_with('-') { -minutes } else { minutes }
}

fn offset_at(onsets: &Onsets, at: NaiveDateTime) -> i64 {
    onsets[onsets.partition_point(|(from, _)| *from <= at).checked_sub(1).expect("an onset before")].1
}

fn truth(zone: &TimeZone, at: NaiveDateTime) -> i64 {
    let at = Timestamp::from_second(at.and_utc().timestamp()).unwrap();
    i64::from(zone.to_offset(at).seconds()).div_euclid(60)
}

/// The clock changes of a zone in those years.
fn changes(zone: &TimeZone) -> Vec<DateTime<Utc>> {
    let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap().and_time(NaiveTime::MIN).and_utc();
    let last = first + Days::new(366 * YEARS as u64);
    let from = Timestamp::from_second(first.timestamp()).unwrap();
    let seconds = zone.following(from).map(|change| change.timestamp().as_second());
    seconds.take_while(|at| *at < last.timestamp()).map(|at| DateTime::from_timestamp(at, 0).unwrap()).collect()
}

/// A window for each hour of the day on the days around the clock changes, and a weekly one at another hour.
fn plan(name: &str, zone: &TimeZone) -> Plan {
    let from = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap();
    let mut parts = Plan::new("zones".into(), "Zones", Horizon { from, months: 12 * YEARS as u16 }, name).to_parts();
    let around = |at: &DateTime<Utc>| [-1, 0, 1].map(|days| at.date_naive() + TimeDelta::days(days));
    let near: BTreeSet<NaiveDate> = changes(zone).iter().flat_map(around).collect();
    let listed: Vec<ListedDate> = near.into_iter().map(|on| ListedDate { on, words: String::new() }).collect();
    let hourly = |hour: u32| {
        let id = format!("h{hour}");
        let start = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let window = MaintenanceWindow::new(id.as_str().into(), &id, Rule::Dates(listed.clone()));
        MaintenanceWindow { start, duration: Minutes::hours(1), ..window }
    };
    let weekly = Rule::Weekly { days: vec![Weekday::Wed], every: 1 };
    let start = NaiveTime::from_hms_opt(name.len() as u32 % 24, 30, 0).unwrap();
    let weekly = MaintenanceWindow { start, ..MaintenanceWindow::new("weekly".into(), "Weekly", weekly) };
    parts.windows = (0..24).map(hourly).chain([weekly]).collect();
    parts.into()
}

#[test]
fn in_all_zones_the_file_says_the_offsets_of_the_database_at_every_event() {
    let (mut unreadable, database) = (Vec::new(), ZoneData::bundled());
    for name in zone::names() {
        let zone = TimeZone::tzif(&name, database.zone(&name).unwrap()).unwrap();
        let schedule = Schedule::derive(&Arc::new(plan(&name, &zone)), None);
        let today = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap();
        let order = CalendarOrder { times: TimeForm::Local, ..CalendarOrder::default() };
        let Calendars { files, complaints } = order.calendars(&Source::new(&schedule, today));
        let read = strict::read(&files[0].bytes).unwrap();
        let definition = read.inside.iter().find(|component| component.name == "VTIMEZONE");
        let Some(definition) = definition else {
            assert!(read.events().all(|event| event.zone("DTSTART").is_none()), "{name}");
            continue;
        };
        let (onsets, is_readable) = onsets(definition);
        assert_eq!(
            complaints
                .iter()
                .any(|complaint| complaint.about == format!("Zone {name}") && complaint.what.contains("Outlook")),
            !is_readable,
            "{name}"
        );
        if !is_readable {
            unreadable.push(name.clone());
        }
        let mut count = 0;
        for event in read.events() {
            for property in ["DTSTART", "DTEND"] {
                let Some(tzid) = event.zone(property) else { continue };
                assert_eq!(tzid, definition.value("TZID").unwrap());
                let clock = local(event.value(property).unwrap());
                let fits = |offset: &i64| offset_at(&onsets, clock - TimeDelta::minutes(*offset)) == *offset;
                let offsets: BTreeSet<i64> = onsets.iter().map(|(_, offset)| *offset).filter(fits).collect();
                let only: Vec<i64> = offsets.into_iter().collect();
                assert_eq!(only.len(), 1, "{name} {clock} is skipped or repeated");
                let at = clock - TimeDelta::minutes(only[0]);
                assert_eq!(truth(&zone, at), only[0], "{name} {clock}");
                count += 1;
            }
        }
        assert!(count > 500, "{name}: {count}");
    }
    assert_eq!(unreadable, UNREADABLE);
}
