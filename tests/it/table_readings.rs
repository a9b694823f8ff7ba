//! How cells, titles, notes and names of sheets of tables are read, or why they are refused.

use std::sync::Arc;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use windowsill::connect;
use windowsill::import::{ImportError, Options, Target, Topic};
use windowsill::model::Plan;
use windowsill::progress::Progress;

use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, import_files, import_topic, options, source};
use crate::support::table_plans::{plan, take, warnings, windows};

fn told(topic: Topic, text: &str) -> String {
    take(topic, text, &plan()).1
}

#[test]
fn times_in_the_column_of_names_are_asked_about() {
    for text in [
        "System,Date,Maintenance window\na,2027-03-13,22:00-02:00\n",
        "System;Datum;Wartungsfenster\na;13.03.2027;22:00 - 02:00\n",
    ] {
        assert!(told(Topic::Windows, text).contains("would be the names, but it has times"), "{text}");
    }
    let text = "System,Date,Maintenance window\na,2027-03-13,21:00-02:00\n";
    let values = [("column", "name=System; start=Maintenance window")];
    let options = options("windows-table", &values, &plan());
    let files = [MemoryFile::new("a.csv", text)];
    let imported = import_files("windows-table", &files, &options, &plan(), plan().horizon().from).unwrap();
    let plan = plan().apply(&imported.edit().unwrap()).unwrap();
    assert_eq!(windows(&plan), ["a Standard: 03-13 21:00"]);
}

#[test]
fn zones_below_the_table_and_in_titles_of_all_kinds_are_read() {
    let head = "Name,Date,Start,Duration\nA,2027-03-13,21:00,4h\n";
    for text in [
        format!("{head}\n* all times UTC\n"),
        format!("{head}Note: all times in UTC,,,\n"),
        format!("{head}\n(Zeiten in UTC)\n"),
        head.replace("Start", "UTC Start"),
        head.replace("Start", "Start in UTC"),
        head.replace("Start", "StartUTC"),
        head.replace("Start", "Start/UTC"),
        head.replace("Start", "UTC start time"),
        head.replace("21:00", "21:00+00:00"),
        head.replace("21:00", "UTC 21:00"),
    ] {
        let (plan, told) = take(Topic::Windows, &text, &plan());
        assert_eq!(windows(&plan), ["A Standard: 03-13 22:00"], "{text}: {told}");
    }
    let told = told(Topic::Windows, &format!("{head}\nAll times in IST\n"));
    assert!(told.contains("Ambiguous time zone \"IST\"") || told.contains("Unknown time zone \"IST\""), "{told}");
    let (plan, _) = take(Topic::Windows, &format!("{head}\nNote: times may change in spring\n"), &plan());
    assert_eq!(windows(&plan), ["A Standard: 03-13 21:00"]);
}

#[test]
fn a_rule_beside_one_date_that_says_it_recurs_is_named() {
    let row = |rule: &str| format!("Name,Start,Duration,Recurrence\nA,2027-03-13 22:00,4h,{rule}\n");
    for rule in
        ["Weekly", "Monthly on the second Saturday", "every Saturday", "Monthly", "wöchentlich", "jeden Samstag"]
    {
        let told = told(Topic::Windows, &row(rule));
        assert!(told.contains("takes place on 2027-03-13 only"), "{rule}: {told}");
    }
    for rule in ["second Saturday", "None", "einmalig", ""] {
        assert_eq!(told(Topic::Windows, &row(rule)), "", "{rule}");
    }
    let told = told(Topic::Windows, "Name;Regel;Erster Termin;Start;Dauer\nA;monatlich;13.03.2027;22:00;4h\n");
    assert!(told.contains("its rule \"monatlich\" does not say on which day"), "{told}");
}

#[test]
fn reasons_name_what_is_wrong() {
    for (text, expected) in [
        ("Name;Start\nA;tbd\n", "invalid date or time \"tbd\""),
        ("Name,Month,Day,Start\nA,3,13,22:00\n", "its date \"13\" is only a day"),
        ("Name;Date;Start\nA;2027-03-13;13:00 AM\n", "invalid time of day \"13:00 AM\""),
    ] {
        assert!(told(Topic::Windows, text).contains(expected), "{text}: {}", told(Topic::Windows, text));
    }
    let blank = "\n".repeat(60);
    let (plan, _) = take(Topic::Windows, &format!("{blank}Name,Date,Start,Duration\nA,2027-03-13,22:00,4h\n"), &plan());
    assert_eq!(windows(&plan), ["A Standard: 03-13 22:00"]);
    let options = options("windows-table", &[("titles", "9")], &plan);
    let files = [MemoryFile::new("a.csv", "Name,Date\nA,2027-03-13\n")];
    let error = import_files("windows-table", &files, &options, &plan, plan.horizon().from).unwrap_err();
    assert_eq!(error, ImportError::NoTitleLine(9));
}

#[test]
fn our_own_lists_of_another_kind_are_refused_by_name() {
    for (topic, titles, name) in [
        (Topic::Windows, "person,name,team,duty,window,window_name,original_on,local_start,zone_data", "rota"),
        (Topic::Holidays, "code,name,severity,subject,window,on,other,message,zone_data", "list of findings"),
        (Topic::Windows, "id,title,cvss,published,exploited,systems,standing,due_on,zone_data", "list of advisories"),
        (
            Topic::Holidays,
            "uid,window,name,groups,kind,original_on,start_at,end_at,local_start,zone_data",
            "list of occurrences",
        ),
    ] {
        let cells = titles.split(',').map(|_| "2027-03-13").collect::<Vec<_>>().join(",");
        let error = import_topic(topic, "list.csv", &format!("{titles}\n{cells}\n"), &plan()).unwrap_err();
        let told = error.to_string();
        assert!(told.contains(&format!("This is Windowsill's {name}, which cannot be imported as")), "{told}");
    }
}

#[test]
fn our_own_list_is_known_again_in_a_clock_gap() {
    let rule = "Name,Date,Start,Duration\nA,2027-03-28,02:30,4h\nB,2027-10-31,01:00,4h\n";
    let (first, _) = take(Topic::Windows, rule, &plan());
    let list = "name,zone,start_at,end_at\nA,Europe/Berlin,2027-03-28T01:30:00Z,2027-03-28T04:30:00Z\n\
                B,Europe/Berlin,2027-10-30T23:00:00Z,2027-10-31T04:00:00Z\n";
    let (again, told) = take(Topic::Windows, list, &first);
    assert_eq!(windows(&again), windows(&first), "{told}");
    assert!(!told.contains("other times"), "{told}");
}

#[test]
fn a_time_of_an_advisory_is_on_the_day_of_the_plan() {
    let (plan, _) = take(
        Topic::Advisories,
        "Id,Name,Published\nCVE-2027-1,x,2027-01-12T23:30Z\nCVE-2027-2,y,2027-01-12\n",
        &plan(),
    );
    let days: Vec<String> = plan.advisories().iter().map(|one| one.published_on.to_string()).collect();
    assert_eq!(days, ["2027-01-13", "2027-01-12"]);
}

fn read_book(topic: Topic, mut book: Workbook) -> (Plan, String) {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new("list.xlsx", book.save_to_buffer().unwrap())], &progress);
    let kind = connect::recognise(&source, Some(topic)).unwrap()[0];
    let target = Target::new(Arc::new(plan()), plan().horizon().from);
    let imported = connect::read(&source, kind, &Options::default(), &target).unwrap();
    (imported.edit().map_or_else(plan, |edit| plan().apply(&edit).unwrap()), warnings(&imported))
}

#[test]
fn the_name_of_a_sheet_can_say_the_zone() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Plan (UTC)").unwrap();
    for (row, cells) in (0..).zip([["Name", "Date", "Start", "Duration"], ["A", "2027-03-13", "21:00", "4h"]]) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    let (plan, told) = read_book(Topic::Windows, book);
    assert_eq!(windows(&plan), ["A Standard: 03-13 22:00"], "{told}");
    assert!(told.contains("Times are read in UTC, as \"Plan (UTC)\" says in the name of the sheet"), "{told}");
}

#[test]
fn a_cell_that_shows_only_a_month_is_not_its_first_day() {
    let freezes = |shown: &str, from: &str, to: &str| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["From", "To", "Name"]).unwrap();
        for (column, on) in [(0, from), (1, to)] {
            let format = Format::new().set_num_format(shown);
            sheet.write_datetime_with_format(1, column, ExcelDateTime::parse_from_str(on).unwrap(), &format).unwrap();
        }
        sheet.write_string(1, 2, "Year end").unwrap();
        let (plan, told) = read_book(Topic::Freezes, book);
        (
            plan.freezes().iter().map(|freeze| format!("{}..{}", freeze.first_on, freeze.last_on)).collect::<Vec<_>>(),
            told,
        )
    };
    for shown in ["mmm-yy", "mmmm yyyy", "mm/yyyy", "yyyy", "mmm", "[$-407]mmmm yy"] {
        let (found, told) = freezes(shown, "2027-12-01", "2028-01-01");
        assert!(found.is_empty() && told.contains("2027-12"), "{shown}: {told}");
    }
    for shown in ["d mmm yy", "dd/mm/yyyy", "mmm d"] {
        assert_eq!(freezes(shown, "2027-12-01", "2027-12-31").0, ["2027-12-01..2027-12-31"], "{shown}");
    }
    // A day that is not the first was typed.
    assert_eq!(freezes("mmm-yy", "2027-12-20", "2027-12-31").0, ["2027-12-20..2027-12-31"]);
}

#[test]
fn dates_that_a_program_has_swapped_are_said() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_row(0, 0, ["Name", "Date", "Start", "Duration"]).unwrap();
    for (row, on) in (1..).zip(["2027-04-03", "2027-06-05"]) {
        sheet.write_row(row, 0, [format!("A{row}").as_str(), "", "22:00", "4h"]).unwrap();
        sheet.write_datetime_with_format(row, 1, ExcelDateTime::parse_from_str(on).unwrap(), &day).unwrap();
    }
    sheet.write_row(3, 0, ["B", "04/13/2027", "22:00", "4h"]).unwrap();
    let (_, told) = read_book(Topic::Windows, book);
    assert!(told.contains("a program may have swapped day and month (2027-04-03 would be 2027-03-04)"), "{told}");
}

#[test]
fn people_are_not_read_from_a_sheet_of_servers() {
    let mut book = Workbook::new();
    for (name, rows) in [
        ("Team", [["Name", "Email", "Telefon"], ["Ann", "ann@bank.example", "1"]]),
        ("Server", [["Name", "Anzahl", ""], ["db-1", "4", ""]]),
    ] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        (0..).zip(rows).for_each(|(row, cells)| _ = sheet.write_row(row, 0, cells).unwrap());
    }
    let (plan, told) = read_book(Topic::People, book);
    let names: Vec<&str> = plan.people().iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Ann"], "{told}");
}

#[test]
fn holidays_of_countries_keep_them_as_regions() {
    let (plan, _) = take(Topic::Holidays, "Date,Holiday,Country\n2027-10-03,Unity,DE\n2027-07-04,Fourth,US\n", &plan());
    let days = &plan.holidays().iter().next().unwrap().days;
    assert_eq!(days.iter().map(|day| day.region.as_str()).collect::<Vec<_>>(), ["US", "DE"]);
}

#[test]
fn changes_are_written_for_excel_too() {
    let desk = Desk::new();
    desk.run("new next.ron --from 2027-02-01 --zone Europe/Berlin");
    for (flags, has_mark, has_semicolons) in
        [("", true, false), ("--no-bom", false, false), ("--for excel", true, true)]
    {
        desk.run(&format!("diff plan.ron next.ron -o out.csv {flags}"));
        let text = desk.read("out.csv");
        let titles = text.lines().next().unwrap_or_default();
        assert_eq!(
            (titles.starts_with('\u{feff}'), titles.contains(';')),
            (has_mark, has_semicolons),
            "{flags}: {titles}"
        );
    }
}

#[test]
fn dates_in_three_columns_are_read_in_all_kinds_of_tables() {
    let (planned, told) = take(Topic::Windows, "Name,Year,Month,Day,Start,Duration\nA,2027,3,13,21:00,4h\n", &plan());
    assert_eq!(windows(&planned), ["A Standard: 03-13 21:00"], "{told}");
    let rows = "Freeze;Startjahr;Startmonat;Starttag;Endjahr;Endmonat;Endtag\nYear end;2027;Dez;20;2027;12;31\n";
    let (planned, told) = take(Topic::Freezes, rows, &plan());
    let freeze = planned.freezes().iter().next().unwrap();
    assert_eq!((freeze.first_on.to_string(), freeze.last_on.to_string()), ("2027-12-20".into(), "2027-12-31".into()));
    assert!(!told.contains("ignored"), "{told}");
    let rows = "Holiday,Year,Month,Day\nEaster Monday,2027,March,29\nLost,2027,,5\n";
    let (planned, told) = take(Topic::Holidays, rows, &plan());
    let days = &planned.holidays().iter().next().unwrap().days;
    assert_eq!(days.iter().map(|day| day.on.to_string()).collect::<Vec<_>>(), ["2027-03-29"]);
    assert!(told.contains("Row skipped: invalid date \"year 2027, month missing, day 5\""), "{told}");
    let rows = "CVE,Title,Published year,Published month,Published day\nCVE-2027-1,Overflow,2027,3,9\n";
    let (planned, told) = take(Topic::Advisories, rows, &plan());
    let published: Vec<String> = planned.advisories().iter().map(|each| each.published_on.to_string()).collect();
    assert_eq!(published, ["2027-03-09"], "{told}");
}

#[test]
fn dates_in_three_columns_of_a_workbook_are_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Feiertag", "Jahr", "Monat", "Tag"]).unwrap();
    sheet.write_string(1, 0, "Ostermontag").unwrap();
    for (column, number) in (1..).zip([2027.0, 3.0, 29.0]) {
        sheet.write_number(1, column, number).unwrap();
    }
    let (plan, told) = read_book(Topic::Holidays, book);
    let days = &plan.holidays().iter().next().unwrap().days;
    assert_eq!(days.iter().map(|day| day.on.to_string()).collect::<Vec<_>>(), ["2027-03-29"], "{told}");
}
