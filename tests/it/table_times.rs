//! Times, zones, lengths and rules in tables: what a cell says counts, and what is not understood is named.

use std::sync::Arc;

use windowsill::import::{Imported, Topic};
use windowsill::model::{Edit, Horizon, Plan};
use windowsill::schedule::Schedule;

use crate::support::importing::import_topic;

fn plan(zone: &str) -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), zone)
}

fn read(zone: &str, text: &str) -> Imported {
    import_topic(Topic::Windows, "list.csv", text, &plan(zone)).unwrap()
}

/// "2027-03-13T21:00Z/2027-03-14T01:00Z Europe/Berlin" for each occurrence, or what the import says if it has none.
fn told(zone: &str, text: &str) -> String {
    let imported = read(zone, text);
    let warnings = || imported.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    let Some(edit) = imported.edit() else {
        return imported.question.clone().unwrap_or_else(warnings);
    };
    let plan = Arc::new(plan(zone).apply(&edit).unwrap());
    let schedule = Schedule::derive(&plan, None);
    let utc = |at| windowsill::wording::iso::utc_minute(at);
    let mut all = Vec::new();
    for window in &schedule.windows {
        let kept = plan.windows().iter().find(|other| other.id == *window.id()).and_then(|other| other.zone.clone());
        let kept = kept.map_or(String::new(), |zone| format!(" {zone}"));
        let occurrences = window.expansion.occurrences.iter();
        all.extend(occurrences.map(|one| format!("{}/{}{kept}", utc(one.start_at), utc(one.end_at))));
    }
    all.sort();
    all.join(", ")
}

#[track_caller]
fn gives(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert!(told("Europe/Berlin", text).starts_with(expected), "{text}\n{}", told("Europe/Berlin", text));
    }
}

/// 10 July 2027, 22:00 to 02:00 in Berlin.
const JULY: &str = "2027-07-10T20:00Z/2027-07-11T00:00Z";

#[test]
fn a_cell_or_a_title_fixes_the_instant_and_the_column_the_zone_it_is_kept_in() {
    let none = "Name,Start,Duration,Zone\n";
    for (text, expected) in [
        ("Name,Date,Start (UTC),Duration,Zone\nCore,2027-07-10,20:00,4h,Europe/Berlin\n", JULY.to_owned()),
        (
            "start_at (UTC),end_at (UTC),name,zone\n2027-07-10T20:00,2027-07-11T00:00,Core,Europe/London\n",
            format!("{JULY} Europe/London"),
        ),
        ("Name,Start,End,Zone\nCore,2027-07-10T20:00Z,2027-07-11T00:00Z,Asia/Tokyo\n", format!("{JULY} Asia/Tokyo")),
        (
            "Name,Start,End,Zone\nCore,2027-07-10T22:00:00+02:00,2027-07-11T02:00:00+02:00,Europe/Berlin\n",
            JULY.to_owned(),
        ),
        ("Name,Start,Duration,Zone\nCore,2027-07-10 22:00,4h,+02:00\n", format!("{JULY} UTC")),
        ("Name,Start,Duration,Zone\nCore,2027-07-10 22:00,4h,UTC+2\n", format!("{JULY} UTC")),
        ("Name,Start,Duration,Zone\nCore,2027-07-10 16:00,4h,New York\n", format!("{JULY} America/New_York")),
        // 4 hours from 00:00Z are not 4 hours on the clocks of Berlin that night.
        (
            "Name,Start (UTC),Duration,Zone\nA,2027-10-30 23:00,4h,Europe/Berlin\n",
            "2027-10-30T23:00Z/2027-10-31T03:00Z UTC".to_owned(),
        ),
    ] {
        assert_eq!(told("Europe/Berlin", text), expected, "{text}");
    }
    gives(&[(&format!("{none}Core,2027-07-10 22:00,4h,IST\n"), "Row skipped: ambiguous time zone \"IST\"")]);
}

#[test]
fn zones_in_titles_cells_and_notes_are_read_or_refused_by_name() {
    for (name, start) in [
        ("ET", "16:00"),
        ("EDT", "16:00"),
        ("Eastern Time", "16:00"),
        ("New York", "16:00"),
        ("America/New_York", "16:00"),
        ("PT", "13:00"),
        ("CT", "15:00"),
        ("BST", "21:00"),
        ("London", "21:00"),
        ("UK time", "21:00"),
        ("MESZ", "22:00"),
        ("CEST", "22:00"),
        ("GMT+2", "22:00"),
        ("UTC+02:00", "22:00"),
        ("GMT", "20:00"),
    ] {
        let title = format!("Name,Start ({name}),Duration\nCore,2027-07-10 {start},4h\n");
        let cell = format!("Name,Start,Duration\nCore,2027-07-10 {start} {name},4h\n");
        let column = format!("Name,Start,Duration,Time zone\nCore,2027-07-10 {start},4h,{name}\n");
        for text in [title, cell, column] {
            for zone in ["Europe/Berlin", "UTC", "Asia/Tokyo"] {
                assert!(told(zone, &text).starts_with(JULY), "{zone} {text}\n{}", told(zone, &text));
            }
        }
    }
    gives(&[
        ("Name,Start (MEZ),Duration\nCore,2027-07-10 22:00,4h\n", JULY),
        ("All times in UTC,,\nName,Start,Duration\nCore,2027-07-10 20:00,4h\n", JULY),
        ("Name,Date,Start UTC,End UTC\nCore,2027-07-10,20:00,00:00\n", JULY),
        ("name,start_utc,duration\nCore,2027-07-10 20:00,4h\n", JULY),
        ("Name,Start (IST),Duration\nCore,2027-07-10 20:00,4h\n", "Ambiguous time zone \"IST\""),
        ("Name,Start (XYZ),Duration\nCore,2027-07-10 20:00,4h\n", "Unknown time zone \"XYZ\""),
        ("All times in Narnia,,\nName,Start,Duration\nCore,2027-07-10 20:00,4h\n", "Unknown time zone \"Narnia\""),
        ("Name,Start,Duration\nCore,2027-07-10 20:00 XYZ,4h\n", "Row skipped: unknown time zone \"XYZ\""),
        ("Name,Start,Duration\nCore,2027-03-13 22:00 CEST,4h\n", "Row skipped: CEST does not apply at Sat 13 Mar 2027"),
        ("Name,Start,Duration\nCore,2027-07-10 22:00 CET,4h\n", "Row skipped: CET does not apply"),
    ]);
}

#[test]
fn midnight_written_as_a_time_is_a_time() {
    let march = "2027-03-12T23:00Z/2027-03-13T03:00Z";
    gives(&[
        ("Name,Start,Duration\nCore,2027-03-13 00:00,4h\n", march),
        ("Name,Start,Duration\nCore,2027-03-13 00:00:00,4h\n", march),
        ("Name,Start,Duration\nCore,2027-03-13 0:00 Uhr,4h\n", march),
        ("Name,Start,Duration\nCore,2027-03-13 12:00 AM,4h\n", march),
        ("Name,Start,Duration\nCore,2027-03-13T00:00,4h\n", march),
        ("Name,Start,Duration\nCore,2027-03-13T00:00Z,4h\n", "2027-03-13T00:00Z/2027-03-13T04:00Z UTC"),
        ("Name,Start,End\nCore,2027-03-13 00:00,2027-03-13 04:00\n", march),
        ("Name,Start,End\nCore,2027-03-13 20:00,2027-03-14 00:00\n", "2027-03-13T19:00Z/2027-03-13T23:00Z"),
        ("number,short_description,start_date,end_date\nC,Core,2027-07-10 20:00:00,2027-07-11 00:00:00\n", JULY),
        ("Name,Start,End,Zone\nCore,2027-07-10T20:00Z,2027-07-11T00:00Z,Europe/Berlin\n", JULY),
        ("Name,Date,Start,Duration\nCore,2027-07-10 00:00:00,22:00,4h\n", JULY),
        ("Name,Date,Duration\nCore,2027-07-10,4h\n", JULY),
        ("Name,Date,Start,Duration\nCore,2027-07-10T00:00Z,22:00,4h\n", "Row skipped: its date is at a time in UTC"),
    ]);
}

#[test]
fn start_and_end_are_instants_of_their_own_zones() {
    gives(&[
        ("Name,Start (UTC),End (CEST)\nCore,2027-07-10 20:00,2027-07-11 02:00\n", JULY),
        ("Name,Start (UTC),End (local)\nCore,2027-07-10 20:00,2027-07-11 02:00\n", JULY),
        ("Name,Start (Berlin),End (UTC)\nCore,2027-07-10 22:00,2027-07-11 00:00\n", JULY),
        ("Name,Start,End\nCore,2027-07-10 20:00 UTC,02:00 CEST\n", JULY),
        ("Name,Start\nCore,2027-07-10 20:00 - 00:00 UTC\n", JULY),
        (
            "Name,Date,Start,End\nCore,2027-07-10,22:00,00:00 UTC\n",
            "Row skipped: its end is in UTC, but its start names no zone",
        ),
        ("Name,Start,End\nA,2027-10-30T22:00+02:00,2027-10-31T06:00+01:00\n", "2027-10-30T20:00Z/2027-10-31T05:00Z"),
        (
            "Name,Start,End,Zone\nA,2027-10-30T22:00+02:00,2027-10-31T06:00+01:00,Europe/Berlin\n",
            "2027-10-30T20:00Z/2027-10-31T05:00Z",
        ),
        ("Name,Start,End\nB,2027-10-31T02:30+01:00,2027-10-31T05:00+01:00\n", "2027-10-31T01:30Z/2027-10-31T04:00Z"),
        (
            "Name,Start,End,Zone\nB,2027-10-31T02:30+01:00,2027-10-31T05:00+01:00,Europe/Berlin\n",
            "2027-10-31T01:30Z/2027-10-31T04:00Z UTC",
        ),
    ]);
}

#[test]
fn numbers_that_are_times_are_decided_by_their_column() {
    let table = |times: &[&str]| {
        let rows = times.iter().zip(10..).map(|(time, day)| format!("A,2027-07-{day},{time},4h\n"));
        format!("Name,Date,Start,Duration\n{}", rows.collect::<String>())
    };
    gives(&[
        (&table(&["0.25", "0.75"]), "2027-07-10T04:00Z/2027-07-10T08:00Z, 2027-07-11T16:00Z"),
        (&table(&["0.25", "0.5"]), "2027-07-10T04:00Z/2027-07-10T08:00Z, 2027-07-11T10:00Z"),
        (&table(&["0.30", "22.00"]), "2027-07-09T22:30Z/2027-07-10T02:30Z"),
        (&table(&["0.25"]), "Row skipped: its time \"0.25\" may be 00:25 or a share of a day"),
    ]);
}

#[test]
fn ends_after_midnight_and_empty_marks_are_read() {
    gives(&[
        ("Name,Date,Start,End\nA,2027-07-10,22:00,26:00\n", JULY),
        ("Name,Date,Start,End\nA,2027-07-10,22:00,26:00:00\n", JULY),
        ("Name,Date,Start,End,Duration\nA,2027-07-10,22:00,-,4h\n", JULY),
        ("Name,Date,Start,Duration\nA,2027-07-10,noon,4h\n", "Row skipped: invalid time of day \"noon\""),
        ("Name,Date,Start,Duration\nA,2027-07-10,22 Uhr 30,4h\n", "Row skipped: invalid time of day"),
    ]);
}

#[test]
fn a_rule_that_counts_from_a_date_needs_one() {
    for rule in [
        "every other Saturday",
        "jeden 2. Samstag",
        "every three weeks on Sunday",
        "2nd Saturday of every second month",
    ] {
        let text = format!("name,rule,start,duration\nA,{rule},22:00,4h\n");
        gives(&[(
            &text,
            &format!("Row skipped: its rule \"{rule}\" counts from a first date: add a column \"first\" with it"),
        )]);
    }
    gives(&[
        (
            "name,rule,start,duration\nA,last Saturday of the quarter,22:00,4h\n",
            "2027-03-27T21:00Z/2027-03-28T01:00Z, 2027-06-26T20:00Z",
        ),
        ("name,rule,start,duration\nA,letzter Samstag im Quartal,22:00,4h\n", "2027-03-27T21:00Z"),
    ]);
}

#[test]
fn a_unit_in_the_title_of_lengths_counts() {
    for (title, length) in [
        ("Duration (s)", "14400"),
        ("Duration (seconds)", "14400"),
        ("Dauer Std.", "4"),
        ("Duration mins", "240"),
        ("Dauer in Minuten", "240"),
    ] {
        let text = format!("Name,Date,Start,{title}\nA,2027-07-10,22:00,{length}\n");
        assert_eq!(told("Europe/Berlin", &text), JULY, "{title}");
    }
    for title in ["Duration (days)", "Dauer in Tagen"] {
        let text = format!("Name,Date,Start,{title}\nA,2027-07-10,22:00,2\n");
        assert_eq!(told("Europe/Berlin", &text), "2027-07-10T20:00Z/2027-07-12T20:00Z", "{title}");
    }
}

#[test]
fn freezes_in_another_zone_are_on_the_days_of_the_plan() {
    for (zone, text, expected) in [
        ("Asia/Tokyo", "Freeze,From,To\nYE,2027-12-13T20:00Z,2027-12-17T20:00Z\n", "2027-12-14 2027-12-18"),
        ("Asia/Tokyo", "Freeze,Start (UTC),End (UTC)\nYE,2027-12-13 20:00,2027-12-17 20:00\n", "2027-12-14 2027-12-18"),
        ("Europe/Berlin", "Name,Start (UTC),End (UTC)\nA,2027-12-12 23:00,2027-12-17 23:00\n", "2027-12-13 2027-12-17"),
        ("Europe/Berlin", "Name,From,To\nA,2027-12-13,2027-12-17\n", "2027-12-13 2027-12-17"),
    ] {
        let imported = import_topic(Topic::Freezes, "list.csv", text, &plan(zone)).unwrap();
        let days: Vec<String> = imported
            .edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::PutFreeze(freeze) => Some(format!("{} {}", freeze.first_on, freeze.last_on)),
                _ => None,
            })
            .collect();
        assert_eq!(days, [expected], "{text} {:?}", imported.warnings);
    }
}

#[test]
fn a_zone_in_the_cell_beside_its_word_or_in_a_column_of_graph_counts() {
    let body = "Name,Date,Start,Duration\nA,2027-07-03,22:00,4h\n";
    for head in
        ["Time zone,America/New_York,,\n", "Zeitzone:,America/New_York,,\n", "All times in:,America/New_York,,\n"]
    {
        let found = told("Europe/Berlin", &format!("{head}{body}"));
        assert!(found.contains("America/New_York"), "{head}: {found}");
    }
    let graph = "subject,start.dateTime,start.timeZone,end.dateTime,end.timeZone\n\
                 A,2027-03-13T21:00:00.0000000,UTC,2027-03-14T01:00:00.0000000,UTC\n";
    let found = told("Europe/Berlin", graph);
    assert!(found.contains("UTC"), "{found}");
}

#[test]
fn display_values_of_an_export_of_changes_are_in_the_zone_of_a_person() {
    let table = |start: &str, end: &str, state: &str| {
        format!("number,short_description,state,start_date,end_date\nCHG1,Core,{state},{start},{end}\n")
    };
    let warnings = |text: &str| {
        let all = read("Europe/Berlin", text).warnings;
        all.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
    };
    let (start, end) = ("2027-07-16 21:00:00", "2027-07-17 01:00:00");
    let kept = table(start, end, "-2");
    assert!(warnings(&kept).contains("Times are read in UTC") && told("Europe/Berlin", &kept).contains("T21:00Z"));
    for text in [table(start, end, "Scheduled"), table("16.07.2027 21:00:00", "17.07.2027 01:00:00", "-2")] {
        assert!(warnings(&text).contains("display values"), "{}", warnings(&text));
        assert_eq!(told("Europe/Berlin", &text), "2027-07-16T19:00Z/2027-07-16T23:00Z", "{text}");
    }
}
