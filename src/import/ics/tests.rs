//! Small calendars as other programs write them, and hostile ones, become records.

mod addition_tests;
mod apart_tests;
mod calendar_name_tests;
mod case_tests;
mod later_tests;
mod message_tests;
mod new_uid_tests;
mod outside_tests;
mod reading_tests;
mod recognition_tests;
mod twin_tests;

use std::sync::Arc;

use crate::connect::read;
use crate::import::{ImportError, ImportKind, Imported, MemoryFile, Options, Source, Target, ics};
use crate::model::{Edit, Horizon, MaintenanceWindow, OccurrenceChange, Plan, Rule};
use crate::progress::Progress;
use crate::schedule::Schedule;

fn plan() -> Plan {
    Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

fn import(kind: &'static ImportKind, text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let progress = Progress::default();
    let source = Source::new(vec![Box::new(MemoryFile::new("Somewhere.ics", text))], &progress);
    read(&source, kind, &Options::default(), &Target::new(Arc::new(plan.clone()), plan.horizon().from))
}

fn windows(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    import(&ics::WINDOWS, text, plan)
}

fn holidays(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    import(&ics::HOLIDAYS, text, plan)
}

fn freezes(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    import(&ics::FREEZES, text, plan)
}

/// A calendar of events, each given by its lines.
fn calendar(events: &[&str]) -> String {
    let events = events.iter().map(|lines| format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n")).collect::<Vec<_>>().concat();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

fn window(lines: &[&str]) -> MaintenanceWindow {
    let imported = windows(&calendar(lines), &plan()).unwrap();
    match imported.edits.as_slice() {
        [Edit::PutWindow(window)] => window.clone(),
        other => panic!("{other:?} {:?}", imported.warnings),
    }
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

/// Date, length in days and name of each freeze.
fn freezes_of(text: &str) -> Vec<String> {
    let imported = freezes(text, &plan()).unwrap();
    let freeze = |edit: &Edit| match edit {
        Edit::PutFreeze(freeze) => format!("{} {} {}", freeze.first_on, freeze.last_on, freeze.name),
        other => panic!("{other:?}"),
    };
    imported.edits.iter().map(freeze).collect()
}

fn holidays_of(text: &str) -> Vec<String> {
    let imported = holidays(text, &plan()).unwrap();
    match imported.edits.as_slice() {
        [Edit::PutHolidays(calendar)] => {
            calendar.days.iter().map(|day| format!("{} {} [{}]", day.on, day.name, day.region)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_event_becomes_a_window_in_its_own_zone() {
    let lines = "UID:1\nSUMMARY:Core switch\nDTSTART;TZID=Pacific Standard Time:20270313T220000\n\
                 DTEND;TZID=Pacific Standard Time:20270314T020000\nDESCRIPTION:Tell\\, in time\\nthe owner";
    let window = window(&[lines]);
    assert_eq!((window.id.as_str(), window.name.as_str()), ("core-switch", "Core switch"));
    assert_eq!(window.rule, Rule::once("2027-03-13".parse().unwrap()));
    assert_eq!(window.start.to_string(), "22:00:00");
    assert_eq!(window.duration.to_string(), "4 h");
    assert_eq!(window.zone.as_deref(), Some("America/Los_Angeles"));
    assert_eq!(window.notes, "Tell, in time\nthe owner");
}

#[test]
fn a_single_event_in_utc_moves_to_the_zone_of_the_plan_or_the_calendar() {
    let event = "UID:1\nSUMMARY:A\nDTSTART:20270713T200000Z\nDURATION:PT90M";
    let berlin = window(&[event]);
    assert_eq!((berlin.start.to_string(), berlin.zone, berlin.duration.0), ("22:00:00".into(), None, 90));
    let text = calendar(&[event]).replace("VERSION:2.0", "X-WR-TIMEZONE:America/New_York");
    let imported = windows(&text, &plan()).unwrap();
    let Some(Edit::PutWindow(window)) = imported.edits.first() else { panic!() };
    assert_eq!((window.start.to_string(), window.zone.as_deref()), ("16:00:00".into(), Some("America/New_York")));
}

#[test]
fn a_series_keeps_its_rule_and_its_exceptions() {
    let series = "UID:s\nSUMMARY:Patch\nDTSTART;TZID=Europe/Berlin:20270105T220000\n\
                  DTEND;TZID=Europe/Berlin:20270106T020000\nRRULE:FREQ=WEEKLY;UNTIL=20270629T210000Z\n\
                  EXDATE;TZID=Europe/Berlin:20270112T220000\nRDATE;TZID=Europe/Berlin:20270114T230000";
    let moved = "UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20270119T220000\nSUMMARY:Patch\n\
                 DTSTART;TZID=Europe/Berlin:20270120T220000\nDTEND;TZID=Europe/Berlin:20270121T020000";
    let cancelled = "UID:s\nRECURRENCE-ID:20270126T210000Z\nSTATUS:CANCELLED\n\
                     DTSTART;TZID=Europe/Berlin:20270126T220000";
    let window = window(&[series, moved, cancelled]);
    assert!(matches!(&window.rule, Rule::Foreign(rrule) if rrule.starts_with("FREQ=WEEKLY")));
    assert_eq!(window.first.map(|on| on.to_string()).as_deref(), Some("2027-01-05"));
    // 21:00 UTC on 29 June is 23:00 in Berlin: the occurrence at 22:00 still belongs to the series.
    assert_eq!(window.last.map(|on| on.to_string()).as_deref(), Some("2027-06-29"));
    let changes: Vec<String> = window
        .exceptions
        .iter()
        .map(|exception| match &exception.change {
            OccurrenceChange::Moved { to, start, .. } => format!("{} to {to} {start:?}", exception.on),
            OccurrenceChange::Skipped { reason } => format!("{} {reason}", exception.on),
            OccurrenceChange::Added { start, .. } => format!("{} added {start:?}", exception.on),
            OccurrenceChange::Restored => "restored".to_owned(),
        })
        .collect();
    assert_eq!(
        changes,
        [
            "2027-01-12 Excluded in the imported calendar",
            "2027-01-14 added Some(23:00:00)",
            "2027-01-19 to 2027-01-20 None",
            "2027-01-26 Cancelled in the imported calendar",
        ]
    );
}

#[test]
fn one_bad_event_is_left_out_with_its_reason_and_its_line() {
    let text = calendar(&[
        "UID:1\nSUMMARY:No start",
        "UID:2\nSUMMARY:Nonsense\nDTSTART:tomorrow",
        "UID:3\nSUMMARY:Backwards\nDTSTART:20270105T220000\nDTEND:20270105T210000",
        "UID:4\nSUMMARY:Hourly\nDTSTART:20270105T220000\nRRULE:FREQ=HOURLY",
        "UID:5\nSUMMARY:Good\nDTSTART:20270105T220000\nDTEND:20270105T230000",
        "UID:5\nSUMMARY:Good\nDTSTART:20270105T220000\nDTEND:20270105T230000",
        "UID:6\nSUMMARY:Endless\nDTSTART;TZID=Middle Earth:20270106T220000",
    ]);
    let imported = windows(&text, &plan()).unwrap();
    assert_eq!(imported.summary, "2 windows");
    assert_eq!(
        warnings(&imported),
        [
            "\"No start\" skipped: DTSTART is missing (line 3)",
            "\"Nonsense\" skipped: invalid DTSTART \"tomorrow\" (expected e.g. 20270105 or 20270105T220000) (line 7)",
            "\"Backwards\" skipped: it ends before it begins (line 12)",
            "\"Hourly\" skipped: a window cannot recur every hour: use daily or less often (line 18)",
            "\"Endless\": unknown time zone \"Middle Earth\", so the plan's is used (line 36)",
            "\"Endless\" has no end, so 4 h is used (line 36)",
            "1 event skipped because repeated",
        ]
    );
}

#[test]
fn a_freeze_covers_the_days_that_its_event_touches() {
    let text = calendar(&[
        "SUMMARY:Year end\nDTSTART;VALUE=DATE:20271220\nDTEND;VALUE=DATE:20280104",
        "SUMMARY:Quarter\nDTSTART;VALUE=DATE:20270329\nDTEND;VALUE=DATE:20270401\nRRULE:FREQ=MONTHLY;INTERVAL=3;COUNT=2",
        "SUMMARY:Night\nDTSTART:20270504T200000Z\nDTEND:20270504T220000Z",
    ]);
    let expected = [
        "2027-03-29 2027-03-31 Quarter",
        "2027-05-04 2027-05-04 Night",
        "2027-06-29 2027-07-01 Quarter",
        "2027-12-20 2028-01-03 Year end",
    ];
    assert_eq!(freezes_of(&text), expected);
    let mut with_them = plan();
    for edit in freezes(&text, &plan()).unwrap().edits {
        with_them = with_them.apply(&edit).unwrap();
    }
    assert!(freezes(&text, &with_them).unwrap().edits.is_empty());
}

/// The months after which the freeze of such an event comes again; none where its times are read one by one.
fn period_of(start: &str, rrule: &str) -> Option<u16> {
    let text = calendar(&[&format!("SUMMARY:Freeze\n{start}\nRRULE:{rrule}")]);
    let edits = freezes(&text, &plan()).unwrap().edits;
    match edits.first() {
        Some(Edit::PutFreeze(freeze)) => freeze.every_months,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_freeze_that_comes_again_for_good_stays_one() {
    let day = "DTSTART;VALUE=DATE:20191213\nDTEND;VALUE=DATE:20200104";
    assert_eq!(period_of(day, "FREQ=YEARLY"), Some(12));
    assert_eq!(period_of(day, "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=13"), Some(24));
    assert_eq!(period_of(day, "FREQ=MONTHLY;INTERVAL=3;WKST=MO"), Some(3));
    let text = calendar(&[&format!("SUMMARY:Freeze\n{day}\nRRULE:FREQ=YEARLY")]);
    assert_eq!(freezes_of(&text), ["2019-12-13 2020-01-03 Freeze"]);
}

#[test]
fn a_freeze_whose_times_a_period_cannot_say_is_read_one_by_one() {
    let day = "DTSTART;VALUE=DATE:20261213\nDTEND;VALUE=DATE:20261220";
    for rrule in
        ["FREQ=YEARLY;BYMONTHDAY=13", "FREQ=YEARLY;COUNT=3", "FREQ=YEARLY;UNTIL=20281231", "FREQ=MONTHLY;BYDAY=2SU"]
    {
        assert_eq!(period_of(day, rrule), None, "{rrule}");
    }
    assert_eq!(period_of("DTSTART;VALUE=DATE:20270131", "FREQ=MONTHLY"), None, "a calendar leaves short months out");
    assert_eq!(period_of("DTSTART:20270104T230000Z", "FREQ=MONTHLY"), None, "the day depends on summer time");
}

#[test]
fn regions_of_holidays_are_read() {
    let text = calendar(&[
        "SUMMARY:New Year\nDTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270102\nCLASS:public\nDESCRIPTION:National Holiday - All",
        "SUMMARY:Epiphany  (BW\\, SN (community))\nDTSTART;VALUE=DATE:20270106\nDESCRIPTION:Common local holiday -  Three",
        "SUMMARY:Fair\nDTSTART;VALUE=DATE:20270601\nDTEND;VALUE=DATE:20270603\nDESCRIPTION:Local holiday",
        "SUMMARY:Day off (observed)\nDTSTART;VALUE=DATE:20270705\nDTEND;VALUE=DATE:20270705",
        "SUMMARY:Day off (observed)\nDTSTART;VALUE=DATE:20270705",
        "SUMMARY:Each year\nDTSTART;VALUE=DATE:19701003\nRRULE:FREQ=YEARLY",
    ]);
    assert_eq!(
        holidays_of(&text),
        [
            "2027-01-01 New Year []",
            "2027-01-06 Epiphany [BW, SN (community)]",
            "2027-06-01 Fair [some places (local holiday)]",
            "2027-06-02 Fair [some places (local holiday)]",
            "2027-07-05 Day off (observed) []",
            "2027-10-03 Each year []",
        ]
    );
}

#[test]
fn untidy_files_are_read() {
    let tidy = calendar(&["SUMMARY:A\nDTSTART;VALUE=DATE:20270101"]);
    let expected = ["2027-01-01 A []"];
    for text in [
        tidy.clone(),
        format!("\u{feff}{tidy}"),
        tidy.replace('\n', "\r\n"),
        tidy.replace("SUMMARY", "Summary").replace("BEGIN:VEVENT", "begin:vevent").replace("DTSTART", "dtstart"),
        format!("garbage\n\n{tidy}{tidy}"),
        tidy.replace("END:VCALENDAR\n", ""),
        tidy.replace("DTSTART;VALUE=DATE:2027", "DTSTART;VALUE=DA\n TE:2027"),
    ] {
        assert_eq!(holidays_of(&text), expected, "{text}");
    }
}

#[test]
fn hostile_files_end_soon_with_a_reason() {
    let deep = "BEGIN:VCALENDAR\n".repeat(100_000);
    assert!(matches!(windows(&deep, &plan()), Err(ImportError::TooDeep { .. })));
    let counting = "SUMMARY:A\nDTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY;COUNT=1000000000";
    assert!(holidays(&calendar(&[counting]), &plan()).unwrap().warnings.is_empty());
    let series = calendar(&vec!["DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY"; 1_001]);
    assert!(matches!(holidays(&series, &plan()), Err(ImportError::TooMany(_))));
    let long = calendar(&["SUMMARY:Age\nDTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:99991231"]);
    let imported = freezes(&long, &plan()).unwrap();
    assert_eq!(warnings(&imported), ["\"Age\" skipped: it lasts 2912076 days, and at most 366 are possible (line 3)"]);
    let unclosed = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nEND:VEVENT\n:;=\"\n".repeat(1_000));
    assert_eq!(windows(&unclosed, &plan()).unwrap().warnings.len(), 1_001);
    assert_eq!(windows("no calendar", &plan()), Err(ImportError::NotCalendar));
}

/// Starts of the window's occurrences in UTC, in the plan of this module, and what the import says.
fn starts(text: &str) -> (Vec<String>, Vec<String>) {
    let imported = windows(text, &plan()).unwrap();
    let told = warnings(&imported);
    let full = Arc::new(plan().apply(&imported.edit().unwrap()).unwrap());
    let schedule = Schedule::derive(&full, None);
    let occurrences = schedule.windows.iter().flat_map(|window| &window.expansion.occurrences);
    let mut starts: Vec<String> =
        occurrences.map(|each| each.start_at.to_utc().format("%Y-%m-%dT%H:%MZ").to_string()).collect();
    starts.sort();
    (starts, told)
}

#[test]
fn a_series_begins_with_its_start_also_where_its_rule_gives_another_date() {
    let day = "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20270115T120000\nDURATION:PT1H\n\
               RRULE:FREQ=MONTHLY;BYMONTHDAY=10;COUNT=2";
    let expected = ["2027-01-15T11:00Z", "2027-02-10T11:00Z", "2027-03-10T11:00Z"];
    assert_eq!(starts(&calendar(&[day])), (expected.map(str::to_owned).to_vec(), vec![]));
    let without = format!("{day}\nEXDATE;TZID=Europe/Berlin:20270115T120000");
    assert_eq!(starts(&calendar(&[&without])).0, expected[1..]);
    let over = day.replace("COUNT=2", "UNTIL=20270109T110000Z");
    assert!(starts(&calendar(&[&over])).0.is_empty(), "nothing remained of it");
}

#[test]
fn a_holiday_and_a_freeze_begin_with_their_start_too() {
    let day = "SUMMARY:Citizens\nDTSTART;VALUE=DATE:20271215\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15";
    assert_eq!(holidays_of(&calendar(&[day])), ["2027-12-15 Citizens []"]);
    assert_eq!(freezes_of(&calendar(&[day])), ["2027-12-15 2027-12-15 Citizens"]);
}

#[test]
fn a_replacement_that_the_rule_no_longer_gives_takes_place() {
    let series = "UID:h\nSUMMARY:Holi\nDTSTART;VALUE=DATE:20270322\nRRULE:FREQ=YEARLY";
    let own = "UID:h\nSUMMARY:Holi\nRECURRENCE-ID;VALUE=DATE:20270410\nDTSTART;VALUE=DATE:20270410";
    assert_eq!(starts(&calendar(&[series, own])).0, ["2027-03-21T23:00Z", "2027-04-09T22:00Z"]);
}

#[test]
fn a_time_among_the_exceptions_of_whole_days_means_its_own_day() {
    let series = "UID:b\nSUMMARY:Bins\nDTSTART;VALUE=DATE:20270401\nRRULE:FREQ=WEEKLY;COUNT=3";
    let moved = "UID:b\nSUMMARY:Bins\nRECURRENCE-ID;TZID=Asia/Tokyo:20270408T000000\nDTSTART;VALUE=DATE:20270409";
    assert_eq!(starts(&calendar(&[series, moved])).0, ["2027-03-31T22:00Z", "2027-04-08T22:00Z", "2027-04-14T22:00Z"]);
}

#[test]
fn a_whole_day_in_a_series_of_another_zone_is_the_readers_day() {
    let series = "UID:t\nSUMMARY:T\nDTSTART;TZID=Asia/Tokyo:20270401T150000\n\
                  DTEND;TZID=Asia/Tokyo:20270401T160000\nRRULE:FREQ=DAILY;COUNT=2";
    let day = "UID:t\nSUMMARY:T\nRECURRENCE-ID;TZID=Asia/Tokyo:20270402T150000\nDTSTART;VALUE=DATE:20270402";
    let (starts, told) = starts(&calendar(&[series, day]));
    assert_eq!(starts, ["2027-04-01T06:00Z", "2027-04-01T22:00Z"]);
    assert_eq!(told, [""; 0]);
}

#[test]
fn of_several_revisions_the_last_counts() {
    let series = "UID:r\nSUMMARY:R\nDTSTART:20270401T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3";
    let old = format!("{series}\nSEQUENCE:1");
    let new = format!("{series}\nEXDATE:20270402T100000Z\nSEQUENCE:3");
    let moved = "UID:r\nRECURRENCE-ID:20270402T100000Z\nDTSTART:20270402T180000Z\nDURATION:PT1H\nSEQUENCE:2";
    let expected = ["2027-04-01T10:00Z", "2027-04-03T10:00Z"];
    for order in [[&*old, moved, &*new], [&*new, moved, &*old]] {
        let (starts, told) = starts(&calendar(&order));
        assert_eq!(starts, expected);
        assert_eq!(told, ["1 event skipped because the file has a newer revision"]);
    }
}

/// An event at noon in the middle of summer, in a zone with that definition.
fn defined(id: &str, parts: &str) -> String {
    let event = format!("SUMMARY:A\nDTSTART;TZID={id}:20270713T120000\nDURATION:PT1H");
    let zone = format!("BEGIN:VTIMEZONE\nTZID:{id}\n{parts}\nEND:VTIMEZONE\n");
    calendar(&[&event]).replacen("BEGIN:VEVENT", &format!("{zone}BEGIN:VEVENT"), 1)
}

const CENTRAL_EUROPE: &str = "BEGIN:STANDARD\nDTSTART:16010101T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n\
                              TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n\
                              BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n\
                              TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT";

#[test]
fn a_zone_with_a_custom_name_is_found_by_its_offsets() {
    let fixed = "BEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD";
    for (id, parts, expected) in [
        ("Western/Central Europe", CENTRAL_EUROPE, "2027-07-13T10:00Z"),
        ("Half past", fixed, "2027-07-13T06:30Z"),
        // An IANA name means that zone, even if its definition is incomplete.
        ("America/New_York", fixed, "2027-07-13T16:00Z"),
    ] {
        assert_eq!(starts(&defined(id, parts)), (vec![expected.to_owned()], vec![]), "{id}");
    }
    let lisbon = starts(&defined("Europe/lisbon", CENTRAL_EUROPE));
    let said = "\"A\": the file defines \"Europe/lisbon\" with the clock of Europe/Berlin, so that is used (line 18)";
    assert_eq!(lisbon, (vec!["2027-07-13T10:00Z".to_owned()], vec![said.to_owned()]));
    let odd = fixed.replace("+0530", "+0507");
    for id in ["GMT Standard Time", "Nowhere"] {
        let said = format!(
            "\"A\": no known time zone has the offsets of \"{id}\", so its definition in the file is used (line 11)"
        );
        assert_eq!(starts(&defined(id, &odd)), (vec!["2027-07-13T06:53Z".to_owned()], vec![said]));
    }
}
