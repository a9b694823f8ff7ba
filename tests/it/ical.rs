//! The year calendar, read back by another program: same instants, stable names, bytes as RFC 5545 wants them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use chrono::NaiveDate;
use windowsill::export::ics::{CalendarOptions, calendar, resources};
use windowsill::model::{Edit, Horizon, MaintenanceWindow, Minutes, Plan, UtcMinute, occurrence_uid};
use windowsill::schedule::Schedule;

use crate::common::dates::date;
use crate::common::harbour;

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

fn exported(plan: Plan) -> String {
    calendar(&derived(plan), CalendarOptions { with_freezes: true, ..CalendarOptions::default() })
}

/// What a stranger understands of one event.
struct Read {
    start: i32,
    end: i32,
    status: String,
    sequence: String,
}

/// The events by UID, with their times resolved by the VTIMEZONEs of the file itself.
fn read(text: &str) -> BTreeMap<String, Read> {
    let parsed = ICalendar::parse(text).expect("a calendar");
    let zones = offsets(text);
    let mut events = BTreeMap::new();
    for event in parsed.components.iter().filter(|each| each.component_type == ICalendarComponentType::VEvent) {
        let text_of = |property| first(event, property).map_or_else(String::new, |value| format!("{value:?}"));
        let read = Read {
            start: instant(event, &ICalendarProperty::Dtstart, &zones),
            end: instant(event, &ICalendarProperty::Dtend, &zones),
            status: text_of(&ICalendarProperty::Status),
            sequence: text_of(&ICalendarProperty::Sequence),
        };
        let uid = match first(event, &ICalendarProperty::Uid) {
            Some(ICalendarValue::Text(uid)) => uid.clone(),
            other => panic!("{other:?}"),
        };
        assert!(events.insert(uid.clone(), read).is_none(), "twice: {uid}");
    }
    events
}

fn first<'a>(event: &'a ICalendarComponent, property: &ICalendarProperty) -> Option<&'a ICalendarValue> {
    event.entries.iter().find(|entry| entry.name == *property).and_then(|entry| entry.values.first())
}

fn instant(event: &ICalendarComponent, property: &ICalendarProperty, zones: &BTreeMap<String, Vec<(i32, i32)>>) -> i32 {
    let entry = event.entries.iter().find(|entry| entry.name == *property).expect("a time");
    let Some(ICalendarValue::PartialDateTime(value)) = entry.values.first() else { panic!("{entry:?}") };
    let Some(hour) = value.hour else { return 0 };
    let date =
        NaiveDate::from_ymd_opt(value.year.unwrap().into(), value.month.unwrap().into(), value.day.unwrap().into());
    let local = date.unwrap().and_hms_opt(hour.into(), value.minute.unwrap().into(), 0).unwrap();
    let local = (local.and_utc().timestamp() / 60) as i32;
    if let Some(tzid) = entry.tz_id() {
        let zone = &zones[tzid];
        // The offset whose own reading of the clock is this one.
        let fits = |offset: &i32| {
            let at = local - offset;
            zone[zone.partition_point(|(from, _)| *from <= at) - 1].1 == *offset
        };
        let offsets: BTreeSet<i32> = zone.iter().map(|(_, offset)| *offset).collect();
        let fitting: Vec<i32> = offsets.into_iter().filter(fits).collect();
        assert_eq!(fitting.len(), 1, "skipped or repeated: {entry:?}");
        local - fitting[0]
    } else {
        assert!(value.tz_hour == Some(0), "a floating time: {entry:?}");
        local
    }
}

/// For each VTIMEZONE the offsets and since when they hold, in minutes: read from the text by RFC 5545 §3.6.5.
fn offsets(text: &str) -> BTreeMap<String, Vec<(i32, i32)>> {
    let mut zones = BTreeMap::new();
    for block in text.split("BEGIN:VTIMEZONE\r\n").skip(1) {
        let block = block.split("END:VTIMEZONE").next().unwrap();
        let mut onsets = Vec::new();
        for part in block.split("BEGIN:").skip(1) {
            let value = |name: &str| part.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            let start = value("DTSTART").unwrap();
            let start = chrono::NaiveDateTime::parse_from_str(start, "%Y%m%dT%H%M%S").unwrap();
            let (before, after) = (offset(value("TZOFFSETFROM").unwrap()), offset(value("TZOFFSETTO").unwrap()));
            let at = |local: chrono::NaiveDateTime| (local.and_utc().timestamp() / 60) as i32 - before;
            match value("RRULE") {
                None => onsets.push((at(start), after)),
                Some(rule) => {
                    let set: rrule::RRuleSet =
                        format!("DTSTART:{}Z\nRRULE:{rule}", start.format("%Y%m%dT%H%M%S")).parse().unwrap();
                    let last = rrule::Tz::UTC;
                    let until = chrono::TimeZone::with_ymd_and_hms(&last, 2035, 1, 1, 0, 0, 0).unwrap();
                    onsets
                        .extend(set.before(until).all(200).dates.into_iter().map(|each| (at(each.naive_utc()), after)));
                }
            }
        }
        onsets.sort_unstable();
        zones.insert(block.lines().next().unwrap().strip_prefix("TZID:").unwrap().to_owned(), onsets);
    }
    zones
}

fn offset(text: &str) -> i32 {
    let minutes = text[1..3].parse::<i32>().unwrap() * 60 + text[3..5].parse::<i32>().unwrap();
    if text.starts_with('-') { -minutes } else { minutes }
}

#[track_caller]
fn has_good_bytes(text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches("\r\nEND:VCALENDAR\r\n").count(), 1);
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.is_empty() && !line.chars().any(char::is_control), "{line:?}");
    }
    assert!(!text.contains(['\u{2028}', '\u{2029}', '\u{feff}']));
}

#[track_caller]
fn says_the_same_as(schedule: &Schedule, text: &str) {
    let events = read(text);
    let all = schedule.in_order(true);
    for (window, occurrence) in &all {
        let event = &events[&occurrence_uid(schedule.plan.id(), window.id(), occurrence.original_on())];
        assert_eq!(
            (UtcMinute(event.start), UtcMinute(event.end)),
            (occurrence.start_at, occurrence.end_at),
            "{} {:?}",
            window.expansion.zone.name(),
            occurrence
        );
    }
    let occurrences = events.keys().filter(|uid| !uid.starts_with("freeze.")).count();
    assert_eq!(occurrences, all.len());
}

#[test]
fn every_occurrence_is_read_back_at_the_same_instants() {
    let schedule = derived(harbour::plan());
    let text = calendar(&schedule, CalendarOptions::default());
    has_good_bytes(&text);
    says_the_same_as(&schedule, &text);
    for forbidden in ["\r\nRRULE:FREQ=DAILY", "ATTENDEE", "LOCATION", "DURATION:P"] {
        assert!(!text.replace("VALUE=DURATION:PT12H", "").contains(forbidden), "{forbidden}");
    }
    assert!(text.find("BEGIN:VTIMEZONE") < text.find("BEGIN:VEVENT"));
}

#[test]
fn moved_occurrences_keep_their_name_and_skipped_ones_are_cancelled() {
    let window = || "core-db".into();
    let edits = [
        Edit::MoveOccurrence {
            window: window(),
            on: date("2027-03-20"),
            to: date("2027-03-27"),
            start: None,
            duration: None,
        },
        Edit::SkipOccurrence { window: window(), on: date("2027-04-17"), reason: "Easter".into() },
        Edit::AddOccurrence { window: window(), on: date("2027-05-01"), start: None, duration: None },
    ];
    let plan = edits.iter().fold(harbour::plan(), |plan, edit| plan.apply(edit).unwrap());
    let schedule = derived(plan);
    let text = calendar(&schedule, CalendarOptions::default());
    says_the_same_as(&schedule, &text);
    let events = read(&text);
    let moved = &events["20270320.core-db@harbour.windowsill"];
    assert_eq!(UtcMinute(moved.start).to_utc().to_string(), "2027-03-27 22:00:00 UTC");
    assert!(moved.sequence.contains('1') && moved.status.contains("Confirmed"), "{} {}", moved.sequence, moved.status);
    let skipped = &events["20270417.core-db@harbour.windowsill"];
    assert!(skipped.sequence.contains('1') && skipped.status.contains("Cancelled"), "{}", skipped.status);
    assert_eq!(text.matches("TRANSP:TRANSPARENT").count(), 1);
    assert!(events.contains_key("20270501.core-db@harbour.windowsill"));
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_wording_no_other_sequence() {
    let text = exported(harbour::plan());
    assert_eq!(text, exported(harbour::plan()));
    let renamed = MaintenanceWindow { name: "Core".into(), ..harbour::window() };
    let renamed = exported(harbour::plan().apply(&Edit::PutWindow(renamed)).unwrap());
    assert!(renamed != text && !renamed.contains("SEQUENCE:1"));
    let later = MaintenanceWindow { duration: Minutes::hours(5), ..harbour::window() };
    assert!(exported(harbour::plan().apply(&Edit::PutWindow(later)).unwrap()).contains("SEQUENCE:1"));
}

#[test]
fn freezes_are_whole_days_that_block_no_time() {
    let text = exported(harbour::plan());
    let freeze = text.split("BEGIN:VEVENT").find(|event| event.contains("UID:freeze.year-end@")).unwrap();
    for line in ["DTSTART;VALUE=DATE:20271213", "DTEND;VALUE=DATE:20280101", "TRANSP:TRANSPARENT"] {
        assert!(freeze.contains(line), "{freeze}");
    }
    assert!(!calendar(&derived(harbour::plan()), CalendarOptions::default()).contains("freeze."));
}

#[test]
fn hostile_names_and_ids_stay_inside_their_values() {
    for name in harbour::hostile_names() {
        let mut parts = harbour::plan().to_parts();
        parts.id = name.as_str().into_id();
        parts.title = name.clone();
        let window = harbour::window();
        parts.windows = [MaintenanceWindow {
            id: name.as_str().into(),
            impact: name.clone(),
            change_ticket: name.clone(),
            name: name.clone(),
            ..window
        }]
        .into_iter()
        .collect();
        let plan = Plan::from(parts);
        let schedule = derived(plan);
        let text = calendar(&schedule, CalendarOptions { with_freezes: true, ..CalendarOptions::default() });
        has_good_bytes(&text);
        says_the_same_as(&schedule, &text);
    }
}

trait IntoId {
    fn into_id(self) -> windowsill::model::PlanId;
}

impl IntoId for &str {
    fn into_id(self) -> windowsill::model::PlanId {
        windowsill::model::PlanId::new(self)
    }
}

#[test]
fn a_caldav_store_gets_each_event_separately_and_only_changed_ones_change() {
    let schedule = derived(harbour::plan());
    let options = CalendarOptions { with_freezes: true, ..CalendarOptions::default() };
    let before = resources(&schedule, options);
    assert_eq!(before.len(), schedule.in_order(true).len() + 1);
    assert!(before.is_sorted_by(|a, b| a.name < b.name));
    for resource in &before {
        has_good_bytes(&resource.text);
        assert!(!resource.text.contains("METHOD") && resource.text.matches("BEGIN:VEVENT").count() == 1);
        assert!(read(&resource.text).contains_key(&resource.uid) && resource.name == format!("{}.ics", resource.uid));
    }
    let edit = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: date("2027-03-20"),
        to: date("2028-02-05"),
        start: None,
        duration: None,
    };
    let after = resources(&derived(harbour::plan().apply(&edit).unwrap()), options);
    let changed: Vec<&str> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.name.as_str()).collect();
    assert_eq!(changed, ["20270320.core-db@harbour.windowsill.ics"]);
}

#[test]
fn a_zone_in_another_spelling_is_written_as_the_database_spells_it() {
    let mut parts = harbour::plan().to_parts();
    parts.zone = "europe/london".into();
    let plan = Plan::from(parts);
    let text = exported(plan);
    assert!(text.contains("TZID:Europe/London\r\n") && !text.contains("europe/"));
}

#[test]
fn an_empty_plan_is_a_calendar_too() {
    let text = exported(Plan::new("empty".into(), "Empty", Horizon::year(2027), "Europe/Atlantis"));
    has_good_bytes(&text);
    assert!(text.contains("BEGIN:VTIMEZONE"));
}
