//! What people write in tables instead of one date: rules in words, nights, intervals, units below titles, kinds.

use std::sync::Arc;

use windowsill::import::{Imported, Topic};
use windowsill::model::{
    DeploymentGroup, Edit, Horizon, Ladder, MaintenanceWindow, Plan, Stage, SystemClass, WindowKind,
};
use windowsill::schedule::Schedule;

use crate::support::importing::{MemoryFile, import_files, import_topic, options};

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

fn read(topic: Topic, text: &str) -> Imported {
    import_topic(topic, "list.csv", text, &plan()).unwrap()
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

fn windows(imported: &Imported) -> Vec<&MaintenanceWindow> {
    imported
        .edits
        .iter()
        .filter_map(|edit| if let Edit::PutWindow(window) = edit { Some(window) } else { None })
        .collect()
}

/// The local dates on which windows take place, or what the import says if there are none.
fn dates(text: &str) -> String {
    let imported = read(Topic::Windows, text);
    let Some(edit) = imported.edit() else { return warnings(&imported).join("|") };
    let schedule = Schedule::derive(&Arc::new(plan().apply(&edit).unwrap()), None);
    let all = schedule.windows.iter().flat_map(|window| &window.expansion.occurrences);
    let mut all: Vec<String> = all.map(|one| one.local_start.date().to_string()).collect();
    all.sort();
    all.join(" ")
}

#[test]
fn rules_with_months_and_working_days_give_their_dates() {
    for (rule, expected) in [
        ("\"first Saturday in January, April, July and October\"", "2027-01-02 2027-04-03 2027-07-03 2027-10-02"),
        ("\"erster Samstag im Januar, April, Juli und Oktober\"", "2027-01-02 2027-04-03 2027-07-03 2027-10-02"),
        ("letzter Sonntag im März und September", "2027-03-28 2027-09-26"),
        ("Friday after the second Tuesday in March and June", "2027-03-12 2027-06-11"),
        ("last working day of June", "2027-06-30"),
        ("last working day of the quarter", "2027-03-31 2027-06-30 2027-09-30 2027-12-31"),
        (
            "Saturday after Patch Tuesday in March",
            "Row skipped: it has no date, and its rule \"Saturday after Patch Tuesday in March\" is unknown (line 2)|\
             1 of 1 row skipped",
        ),
    ] {
        let text = format!("name,rule,start,duration\nA,{rule},22:00,4h\n");
        assert_eq!(dates(&text), expected, "{rule}");
    }
    let text = "name,rule,start,duration\nA,last working day of the month,22:00,4h\n";
    assert!(dates(text).starts_with("2027-01-29 2027-02-26 2027-03-31 2027-04-30"), "{}", dates(text));
    assert_eq!(
        warnings(&read(Topic::Windows, text)),
        ["Rule \"last working day of the month\" counts Monday to Friday: public holidays are not left out (line 2)"]
    );
}

#[test]
fn a_written_rule_is_judged_as_in_a_calendar() {
    let from_first = "counts from a first date";
    for (rule, expected) in [
        ("FREQ=WEEKLY;BYDAY=2SA", "weeks and days have no numbered weekdays"),
        ("FREQ=DAILY;BYDAY=2SA", "weeks and days have no numbered weekdays"),
        ("FREQ=WEEKLY;BYMONTHDAY=13", "which FREQ=WEEKLY cannot have"),
        ("FREQ=MONTHLY;BYDAY=6SA", "no month has that weekday 6 times"),
        ("FREQ=MONTHLY;BYDAY=2SA;BYHOUR=3", "its rule begins at 03:00, but its start is 22:00"),
        ("FREQ=MONTHLY;BYDAY=2SA;EXDATE=20270313", "its rule has an EXDATE"),
        ("FREQ=HOURLY", "use daily or less often"),
        ("FREQ=WEEKLY", from_first),
        ("FREQ=MONTHLY", from_first),
        ("FREQ=YEARLY", from_first),
        ("FREQ=YEARLY;BYMONTH=3", from_first),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=2SA", from_first),
        ("FREQ=MONTHLY;BYMONTH=3;INTERVAL=1;BYDAY=2SA", "2027-03-13"),
        (
            "RRULE:freq=yearly;bymonth=3;byday=2MO,TU",
            "2027-03-02 2027-03-08 2027-03-09 2027-03-16 2027-03-23 2027-03-30",
        ),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=13;BYHOUR=22", "2027-03-13"),
    ] {
        let found = dates(&format!("name;rule;start;duration\nA;\"{rule}\";22:00;4h\n"));
        assert!(found.contains(expected), "{rule}: {found}");
    }
    for rule in ["FREQ=WEEKLY;BYDAY=2SA", "FREQ=WEEKLY;BYMONTHDAY=13"] {
        let found = dates(&format!("name;rule;first;start;duration\nA;\"{rule}\";2027-03-13;22:00;4h\n"));
        assert!(found.contains("Row skipped: its rule has"), "{rule}: {found}");
    }
}

#[test]
fn a_column_of_first_dates_tells_from_when_a_rule_counts() {
    for (rule, first) in [
        ("every other Saturday", "2027-01-09"),
        ("fortnightly", "2027-01-09"),
        ("biweekly", "09.01.2027"),
        ("14-tägig samstags", "2027-01-09"),
        ("alle 14 Tage", "2027-01-09"),
    ] {
        let text = format!("name,rule,first date,last date,start,duration\nA,{rule},{first},2027-02-28,22:00,4h\n");
        assert_eq!(dates(&text), "2027-01-09 2027-01-23 2027-02-06 2027-02-20", "{rule}");
    }
    let wrong = "name,rule,first,start\nA,every other Saturday,2027-01-10,22:00\n";
    assert!(dates(wrong).contains("its first date 2027-01-10 is a Sunday that its rule"), "{}", dates(wrong));
    for rule in ["jeden 2. Samstag", "every second Saturday"] {
        let text = |first: &str| format!("name,rule,first,last,start\nA,{rule},{first},2027-02-28,22:00\n");
        assert!(dates(&text("2027-01-09")).contains("may count weeks or be a day of each month"), "{rule}");
        assert_eq!(dates(&text("2027-01-30")), "2027-01-30 2027-02-13 2027-02-27", "{rule}");
    }
    let both = "name,rule,date,first,start\nA,every other Saturday,2027-01-09,2027-01-09,22:00\n";
    assert!(dates(both).contains("leave one of them empty"), "{}", dates(both));
    let single = read(Topic::Windows, "name,rule,date,start,duration\nA,every other Saturday,2027-01-09,22:00,4h\n");
    let expected = "\"A\" takes place on 2027-01-09 only: if \"every other Saturday\" goes on from there, call the column \"first\" instead \
         (line 2)";
    assert_eq!(warnings(&single), [expected]);
}

#[test]
fn a_table_of_rules_with_first_dates_is_known_again() {
    let text = "name,rule,first,start,duration\nA,every other Saturday,2027-01-09,22:00,4h\n";
    let once = plan().apply(&read(Topic::Windows, text).edit().unwrap()).unwrap();
    let again = import_topic(Topic::Windows, "list.csv", text, &once).unwrap();
    assert!(again.edits.is_empty() && warnings(&again)[0].contains("the plan already has it"), "{again:?}");
    let later = import_topic(Topic::Windows, "list.csv", &text.replace("01-09", "01-16"), &once).unwrap();
    assert!(later.edits.is_empty() && warnings(&later)[0].contains("another rule or other times"), "{later:?}");
}

#[test]
fn dates_of_a_rule_with_months_are_not_planned_twice() {
    let rule = "name,rule,start,duration\nA,\"first Saturday in March, April\",22:00,4h\n";
    let once = plan().apply(&read(Topic::Windows, rule).edit().unwrap()).unwrap();
    let dates = "name,date,start,duration\nA,2027-03-06,22:00,4h\nA,2027-04-03,22:00,4h\n";
    let again = import_topic(Topic::Windows, "list.csv", dates, &once).unwrap();
    assert!(again.edits.is_empty(), "{again:?}");
    assert_eq!(warnings(&again)[0], "\"A\" skipped: the plan already has it");
}

#[test]
fn a_night_or_an_interval_in_one_cell_is_read() {
    for text in [
        "name;date;start;end\nCore;13./14.03.2027;22:00;02:00\n",
        "name;date;start\nCore;13./14.03.2027;22:00 - 02:00\n",
        "name;date;start;duration\nCore;13/14.03.2027;22:00;4h\n",
        "name;date\nCore;13./14. März 2027 22:00-02:00\n",
        "name;date;start;end\nCore;13.03.2027 - 14.03.2027;22:00;02:00\n",
        "name;date;start;end\nCore;Sa/So 13./14.03.2027;22:00;02:00\n",
        "name;date;start;end\nCore;2027-03-13/14;22:00;02:00\n",
        "name;start\nCore;13./14.03.2027, 22:00 - 02:00\n",
        "name;start\nCore;2027-03-13T22:00/2027-03-14T02:00\n",
        "name;start\nCore;2027-03-13T22:00/PT4H\n",
        "name;start\nCore;20270313T210000Z/PT4H\n",
    ] {
        let imported = read(Topic::Windows, text);
        let all = windows(&imported);
        assert_eq!(all.len(), 1, "{text} {:?}", warnings(&imported));
        let edit = imported.edit().unwrap();
        let schedule = Schedule::derive(&Arc::new(plan().apply(&edit).unwrap()), None);
        let one = &schedule.windows[0].expansion.occurrences[0];
        let utc = |at| windowsill::wording::iso::utc_minute(at);
        assert_eq!(
            (utc(one.start_at), utc(one.end_at)),
            ("2027-03-13T21:00Z".into(), "2027-03-14T01:00Z".into()),
            "{text}"
        );
    }
    for (text, problem) in [
        ("name;date;start;end\nCore;13.-15.03.2027;22:00;02:00\n", "is more than one night: give each night a row"),
        (
            "name;date;start;end\nCore;13./14.03.2027;06:00;08:00\n",
            "06:00 to 08:00 is on one day: give each date a row",
        ),
        ("name;date;start;duration\nCore;13./14.03.2027;06:00;2h\n", "its length is 2 h, but it ends on 2027-03-14"),
        ("name;start;duration\nCore;2027-03-13T22:00/PT4H;5h\n", "it has two lengths"),
    ] {
        assert!(dates(text).contains(problem), "{}", dates(text));
    }
    let christmas = read(Topic::Holidays, "date;holiday\n24.-26.12.2027;Weihnachten\n");
    assert_eq!(christmas.summary, "3 holidays (list)");
}

#[test]
fn a_row_of_units_below_the_titles_decides_what_numbers_count() {
    for (units, minutes) in
        [(";;;min", 20), (";;;[min]", 20), ("text;dd.mm.yyyy;hh:mm;h", 1200), ("-;-;-;Std", 1200), (";;;in min", 20)]
    {
        let text = format!("Name;Date;Start;Duration\n{units}\nA;2027-03-13;22:00;20\n");
        let imported = read(Topic::Windows, &text);
        assert_eq!(windows(&imported)[0].duration.0, minutes, "{units}");
        let expected = "Row of units below the column titles: read as part of the titles (line 2)";
        assert_eq!(warnings(&imported), [expected], "{units}");
    }
    let utc = read(Topic::Windows, "Name;Date;Start;Duration\n;;UTC;h\nA;2027-03-13;22:00;4\n");
    assert_eq!(windows(&utc)[0].zone.as_deref(), Some("UTC"));
}

#[test]
fn titles_of_utc_columns_and_of_jira_are_known() {
    for titles in [
        "Summary,Custom field (Planned start),Custom field (Planned end)",
        "Summary,Custom field (Change start date),Custom field (Change completion date)",
        "Was,Wann,bis",
    ] {
        let imported = read(Topic::Windows, &format!("{titles}\nA,2027-03-13 22:00,2027-03-14 02:00\n"));
        assert_eq!(imported.summary, "1 window with 1 date", "{titles}: {:?}", warnings(&imported));
        assert_eq!((windows(&imported)[0].duration.0, imported.warnings.len()), (240, 0), "{titles}");
    }
    for titles in ["name,start_utc,end_utc", "name,Start time UTC,End time UTC", "name,Start UTC,End UTC"] {
        let imported = read(Topic::Windows, &format!("{titles}\nA,2027-03-13 22:00,2027-03-14 02:00\n"));
        assert_eq!(windows(&imported)[0].zone.as_deref(), Some("UTC"), "{titles}: {:?}", warnings(&imported));
    }
}

#[test]
fn kinds_are_known_in_english_and_german() {
    for (kind, expected) in [
        ("Notfall", WindowKind::Emergency),
        ("Erweitert", WindowKind::Extended),
        ("rollierend", WindowKind::Rolling),
        ("emergency", WindowKind::Emergency),
        ("regular", WindowKind::Standard),
    ] {
        let imported = read(Topic::Windows, &format!("name,date,start,duration,kind\nA,2027-03-13,22:00,4h,{kind}\n"));
        assert_eq!((windows(&imported)[0].kind, imported.warnings.len()), (expected, 0), "{kind}");
    }
}

#[test]
fn the_order_of_dates_is_remembered_without_assigned_columns() {
    let text = "name,date,start,duration,colour\nA,03/04/2027,22:00,4h,red\n";
    let file = |text: &str| [MemoryFile::new("a.csv", text)];
    let chosen = options("windows-table", &[("dates", "day-first")], &plan());
    let first = import_files("windows-table", &file(text), &chosen, &plan(), plan().horizon().from).unwrap();
    let plan = plan().apply(&first.edit().unwrap()).unwrap();
    let next = text.replace("A,03/04", "B,05/06");
    let again =
        import_files("windows-table", &file(&next), &options("windows-table", &[], &plan), &plan, plan.horizon().from);
    let again = again.unwrap();
    assert_eq!(again.question, None);
    let told = warnings(&again);
    assert!(told.iter().any(|text| text.starts_with("\"05/06/2027\" is read day first")), "{told:?}");
    assert!(told.contains(&"Unknown column \"colour\" ignored (line 1)".to_owned()), "{told:?}");
    let forget = options("windows-table", &[("column", "titles")], &plan);
    let forgotten = import_files("windows-table", &file(&next), &forget, &plan, plan.horizon().from).unwrap();
    assert!(forgotten.question.is_some());
}

#[test]
fn a_title_that_names_the_order_of_dates_decides_it() {
    for (format, expected) in [("dd/mm/yyyy", "2027-04-03"), ("mm/dd/yyyy", "2027-03-04")] {
        let text = format!("name;Date ({format});start;duration\nA;03/04/2027;22:00;4h\n");
        assert_eq!(dates(&text), expected, "{format}");
        let told = warnings(&read(Topic::Windows, &text));
        assert!(told.len() == 1 && told[0].ends_with(", as the title says"), "{told:?}");
    }
}

#[test]
fn a_sentence_below_the_table_is_skipped_although_it_has_a_date() {
    for note in ["Prepared by Bob, 3.5.2026", "\nErstellt am 3.5.2026, 2027-05-03, Ann, Bob", "Stand: Mai, 3.5.2026"] {
        let imported = read(Topic::Windows, &format!("name,date,start,duration\nCore,2027-03-13,22:00,4h\n{note}\n"));
        assert_eq!(imported.summary, "1 window with 1 date", "{note}");
        let told = warnings(&imported);
        assert!(told.len() == 2 && told[0].contains("looks like a note: rename it if it is not"), "{note}: {told:?}");
    }
    let imported = read(Topic::Windows, "name,date,start,duration\nUpdated router,2027-03-13,22:00,4h\n");
    assert_eq!(imported.summary, "1 window with 1 date");
}

#[test]
fn a_table_in_a_code_page_of_dos_is_read_and_named() {
    for (bytes, name) in
        [(&b"Wartungsfenster f\x81r K\x94ln"[..], "Wartungsfenster für Köln"), (b"Montr\x82al", "Montréal")]
    {
        let file = [&b"name;date;start;duration\r\n"[..], bytes, b";2027-03-13;22:00;4h\r\n"].concat();
        let file = [MemoryFile::new("a.csv", file)];
        let none = options("windows-table", &[], &plan());
        let imported = import_files("windows-table", &file, &none, &plan(), plan().horizon().from).unwrap();
        assert_eq!(windows(&imported)[0].name, name);
        let expected =
            "The file is not UTF-8 and was read as DOS code page 850 (Western European): check letters such as é and ü";
        assert_eq!(warnings(&imported), [expected]);
    }
}

#[test]
fn an_unknown_column_of_times_or_lengths_is_asked_for_before_a_default_is_used() {
    for (text, expected) in [
        ("name,date,start,Restzeit\nA,2027-03-13,20:00,90 min\n", "\"Restzeit\" has lengths (\"90 min\")"),
        ("name,date,Fensteranfang\nA,2027-03-13,20:00\n", "22:00 would be the start"),
        ("name,date,start,Abpfiff\nA,2027-03-13,20:00,21:00\n", "4 h would be the length"),
    ] {
        let question = read(Topic::Windows, text).question.unwrap_or_default();
        assert!(question.contains(expected), "{text}: {question}");
    }
    for text in [
        "name,date,start,Till\nA,2027-03-13,20:00,21:00\n",
        "name,date,start,Est. duration\nA,2027-03-13,20:00,1h\n",
        "name,date,Time from,Time to\nA,2027-03-13,20:00,21:00\n",
    ] {
        let imported = read(Topic::Windows, text);
        let found: Vec<String> = windows(&imported).iter().map(|w| format!("{} {}", w.start, w.duration)).collect();
        assert_eq!(found, ["20:00:00 1 h"], "{text} {:?}", imported.question);
    }
}

#[test]
fn a_column_or_a_number_can_say_that_a_row_is_cancelled() {
    for (text, expected) in [
        ("Name,Date,Start,Duration,Cancelled\nA,2027-03-13,22:00,4h,Yes\nB,2027-03-13,22:00,4h,No\n", "\"Cancelled\""),
        ("Name;Datum;Beginn;Dauer;Storniert\nA;13.03.2027;22:00;4h;ja\nB;13.03.2027;22:00;4h;\n", "\"Storniert\""),
        (
            "number,short_description,start_date,end_date,state\n\
             C1,A,2027-03-13 21:00:00,2027-03-14 01:00:00,4\nC2,B,2027-03-13 21:00:00,2027-03-14 01:00:00,3\n",
            "\"4\"",
        ),
    ] {
        let imported = read(Topic::Windows, text);
        let told = warnings(&imported).join("|");
        assert_eq!(imported.edits.len(), 1, "{text}: {told}");
        assert!(told.contains(&format!("Row skipped: its state is {expected}")), "{text}: {told}");
    }
}

#[test]
fn a_row_at_known_times_with_other_values_is_not_called_known() {
    let head = "Name,Date,Start,Duration,Kind,Ticket\n";
    let first = read(Topic::Windows, &format!("{head}A,2027-03-13,22:00,4h,Standard,\n")).edit().unwrap();
    let plan = plan().apply(&first).unwrap();
    let again = |row: &str| {
        let imported = import_topic(Topic::Windows, "list.csv", &format!("{head}{row}"), &plan).unwrap();
        warnings(&imported).join("|")
    };
    let told = again("A,2027-03-13,22:00,4h,Emergency,C9\n");
    assert!(!told.contains("skipped"), "{told}");
    let told = again("A,2027-03-13,22:00,4h,,\n");
    assert!(told.contains("\"A\" skipped: the plan already has it"), "{told}");
}

#[test]
fn groups_that_the_plan_has_by_now_are_added_to_windows_with_the_same_rule() {
    let text = "name,rule,start,duration,group\nA,every Saturday,22:00,4h,Web\nB,every Sunday,22:00,4h,\n";
    let once = plan().apply(&read(Topic::Windows, text).edit().unwrap()).unwrap();
    let group = |id: &str, name: &str| DeploymentGroup::new(id.into(), name, Stage::Rest);
    let ladder = Ladder {
        id: "l".into(),
        name: "L".into(),
        class: SystemClass::Server,
        release: None,
        groups: vec![group("web", "Web"), group("db", "Databases")],
    };
    let later = once.apply(&Edit::PutLadder(ladder)).unwrap();
    let import = |plan: &Plan| import_topic(Topic::Windows, "list.csv", text, plan).unwrap();
    let again = import(&later);
    let changed: Vec<_> = windows(&again).into_iter().map(|window| (&*window.name, window.groups.clone())).collect();
    assert_eq!(changed, [("A", vec!["web".into()])]);
    assert_eq!(again.summary, "1 window");
    assert!(warnings(&again).join("|").contains("\"B\" skipped: the plan already has it"), "{:?}", warnings(&again));
    let third = import(&later.apply(&again.edit().unwrap()).unwrap());
    assert!(third.edits.is_empty());
    let mut moved = later.windows().iter().find(|window| window.name == "A").unwrap().as_ref().clone();
    moved.groups = vec!["db".into()];
    let kept = import(&later.apply(&Edit::PutWindow(moved)).unwrap());
    assert!(kept.edits.is_empty(), "a person chose another group");
    assert!(warnings(&kept).join("|").contains("\"A\" keeps what was changed in the plan"), "{:?}", warnings(&kept));
}
