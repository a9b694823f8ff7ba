//! Workbooks in and out: Excel's tables are read like text tables, and lists are written as Excel expects them.

use std::sync::Arc;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use windowsill::connect;
use windowsill::import::{Imported, Options, Target, Topic};
use windowsill::model::{Edit, Horizon, Plan, Rule};
use windowsill::progress::Progress;

use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, kind, source};
use crate::support::other_workbooks::{Cell, ods, xls, xlsb};

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

/// Recognises and reads a workbook, as the command line does.
fn read(topic: Topic, bytes: Vec<u8>) -> Imported {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new("list.xlsx", bytes)], &progress);
    let kind = connect::recognise(&source, Some(topic)).unwrap()[0];
    let target = Target::new(Arc::new(plan()), plan().horizon().from);
    connect::read(&source, kind, &Options::default(), &target).unwrap()
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

/// "Core 2027-03-13 22:00 4 h" for each date.
fn nights(imported: &Imported) -> Vec<String> {
    let windows = imported.edits.iter().filter_map(|edit| match edit {
        Edit::PutWindow(window) => Some(window),
        _ => None,
    });
    windows
        .flat_map(|window| {
            let Rule::Dates(dates) = &window.rule else { panic!("{:?}", window.rule) };
            let start = window.start.format("%H:%M");
            dates.iter().map(move |date| format!("{} {} {start} {}", window.name, date.on, window.duration))
        })
        .collect()
}

fn write_at(sheet: &mut Worksheet, row: u32, column: u16, at: &str, format: &str) {
    let serial = ExcelDateTime::parse_from_str(at).unwrap();
    sheet.write_datetime_with_format(row, column, &serial, &Format::new().set_num_format(format)).unwrap();
}

fn titles(sheet: &mut Worksheet, row: u32, titles: &[&str]) {
    for (column, title) in (0..).zip(titles) {
        sheet.write_string(row, column, *title).unwrap();
    }
}

#[test]
fn typed_cells_of_a_workbook_are_read_below_title_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Wartungsfenster 2027").unwrap();
    titles(sheet, 2, &["Name", "Datum", "Beginn", "Dauer", "Ende"]);
    sheet.write_string(3, 0, "Core").unwrap();
    write_at(sheet, 3, 1, "2027-03-13", "dd.mm.yyyy");
    write_at(sheet, 3, 2, "22:00", "hh:mm");
    write_at(sheet, 3, 3, "04:00", "[h]:mm");
    sheet.write_string(4, 0, "Core").unwrap();
    sheet.write_number(4, 1, 46_466.0).unwrap();
    write_at(sheet, 4, 2, "22:00", "hh:mm");
    write_at(sheet, 4, 4, "02:00", "hh:mm");
    let imported = read(Topic::Windows, book.save_to_buffer().unwrap());
    assert_eq!(nights(&imported), ["Core 2027-03-13 22:00 4 h", "Core 2027-03-20 22:00 4 h"]);
    assert_eq!(warnings(&imported), ["1 row above the column titles ignored (line 3)"]);
}

#[test]
fn all_sheets_with_the_titles_are_read_and_others_named() {
    let mut book = Workbook::new();
    for (name, on) in [("May", "2027-05-08"), ("June", "2027-06-12")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        titles(sheet, 0, &["Window", "Start", "End"]);
        sheet.write_string(1, 0, "Core").unwrap();
        write_at(sheet, 1, 1, &format!("{on}T22:00"), "yyyy-mm-dd hh:mm");
        let next = on.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap();
        write_at(sheet, 1, 2, &format!("{next}T02:00"), "yyyy-mm-dd hh:mm");
    }
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes.write_string(0, 0, "Ask Ann").unwrap();
    let imported = read(Topic::Windows, book.save_to_buffer().unwrap());
    assert_eq!(nights(&imported), ["Core 2027-05-08 22:00 4 h", "Core 2027-06-12 22:00 4 h"]);
    assert!(warnings(&imported)[0].starts_with("Sheet \"Notes\" ignored (1 row)"), "{:?}", warnings(&imported));
}

#[test]
fn merged_cells_apply_to_all_their_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    titles(sheet, 0, &["name", "date", "start", "duration"]);
    sheet.merge_range(1, 0, 3, 0, "Core", &Format::new()).unwrap();
    for (row, on) in (1..).zip(["2027-03-13", "2027-04-10", "2027-05-15"]) {
        write_at(sheet, row, 1, on, "d/m/yy");
        sheet.write_string(row, 2, "22:00").unwrap();
        sheet.write_number(row, 3, 4.0).unwrap();
    }
    let imported = read(Topic::Windows, book.save_to_buffer().unwrap());
    assert_eq!(imported.summary, "1 window with 3 dates");
    assert_eq!(nights(&imported)[2], "Core 2027-05-15 22:00 4 h");
}

#[test]
fn titles_in_two_rows_of_merged_cells_are_joined() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    titles(sheet, 0, &["Window", "Start", "", "End", ""]);
    titles(sheet, 1, &["", "Date", "Time", "Date", "Time"]);
    sheet.merge_range(0, 1, 0, 2, "Start", &Format::new()).unwrap();
    sheet.merge_range(0, 0, 1, 0, "Window", &Format::new()).unwrap();
    sheet.write_string(2, 0, "Core").unwrap();
    write_at(sheet, 2, 1, "2027-03-13", "d/m/yy");
    write_at(sheet, 2, 2, "22:00", "hh:mm");
    write_at(sheet, 2, 3, "2027-03-14", "d/m/yy");
    write_at(sheet, 2, 4, "02:00", "hh:mm");
    let imported = read(Topic::Windows, book.save_to_buffer().unwrap());
    assert_eq!(nights(&imported), ["Core 2027-03-13 22:00 4 h"]);
    assert!(warnings(&imported).is_empty(), "{:?}", warnings(&imported));
}

#[test]
fn a_broken_workbook_is_refused_and_damage_never_panics() {
    let mut book = Workbook::new();
    titles(book.add_worksheet(), 0, &["name", "date"]);
    let bytes = book.save_to_buffer().unwrap();
    let target = Target::new(Arc::new(plan()), plan().horizon().from);
    for cut in (0..bytes.len()).step_by(97) {
        let progress = Progress::default();
        let mut flipped = bytes.clone();
        flipped[cut] ^= 0x55;
        for bytes in [bytes[..cut].to_vec(), flipped] {
            let source = source(&[MemoryFile::new("a.xlsx", bytes)], &progress);
            let _ = connect::recognise(&source, Some(Topic::Windows));
            let _ = connect::read(&source, kind("windows-table"), &Options::default(), &target);
        }
    }
}

#[test]
fn lists_are_written_for_excel_and_for_scripts() {
    let desk = Desk::new();
    desk.write("rows.csv", "name,date,start,duration\nZürich,2027-02-06,22:00,4h\n");
    desk.run("import windows rows.csv --into plan.ron").fine();
    let bytes = |name: &str| std::fs::read(desk.path(name)).unwrap();
    desk.run("list plan.ron -o all.csv").fine();
    assert!(bytes("all.csv").starts_with("\u{feff}uid,".as_bytes()));
    desk.run("list plan.ron -o plain.csv --no-bom").fine();
    assert!(bytes("plain.csv").starts_with(b"uid,"));
    desk.run("list plan.ron -o excel.csv --for excel").fine();
    assert!(bytes("excel.csv").starts_with("\u{feff}uid;".as_bytes()));
    assert!(desk.run("list plan.ron --format csv").fine().starts_with("uid,"));
    desk.run("export ledger plan.ron -o ledger.csv").fine();
    assert!(bytes("ledger.csv").starts_with("\u{feff}".as_bytes()));
    desk.run("export ledger plan.ron -o ledger.xlsx").fine();
    desk.run("list plan.ron -o all.xlsx").fine();
    assert!(bytes("all.xlsx").starts_with(b"PK") && bytes("ledger.xlsx").starts_with(b"PK"));
    desk.run("check plan.ron -o check.xlsx");
    assert!(bytes("check.xlsx").starts_with(b"PK"));
    for command in ["cycles", "reach", "rota", "notices", "advisories", "ledger"] {
        let file = format!("{command}.xlsx");
        desk.run(&format!("{command} plan.ron -o {file}"));
        assert!(bytes(&file).starts_with(b"PK"), "{command}");
        assert!(!desk.run(&format!("{command} plan.ron --format csv")).fine().starts_with('\u{feff}'), "{command}");
    }
    desk.run("new empty.ron --from 2027-01-01 --title Empty").fine();
    desk.run("diff empty.ron plan.ron -o changes.xlsx");
    assert!(bytes("changes.xlsx").starts_with(b"PK"));
    desk.run("diff empty.ron plan.ron -o changes.csv");
    assert!(bytes("changes.csv").starts_with("\u{feff}kind,id,name,change,".as_bytes()));
    let changes = String::from_utf8(bytes("changes.csv")).unwrap();
    assert!(changes.lines().any(|line| line.starts_with("window,") && line.contains("2027-02-06")), "{changes}");
    desk.run("list plan.ron --format xlsx").fails_saying("xlsx");
    desk.run("list plan.ron -o all.doc").fails_saying(".csv, .xlsx, .json or .txt");
}

/// A workbook with the titles Name, Start, End and Duration and one row.
fn row(write: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    titles(sheet, 0, &["Name", "Start", "End", "Duration"]);
    sheet.write_string(1, 0, "Core").unwrap();
    write(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn the_format_of_a_cell_says_whether_midnight_is_a_time() {
    for (format, expected) in [
        ("yyyy-mm-dd hh:mm", "Core 2027-03-13 00:00 4 h"),
        ("dd.mm.yyyy", "Core 2027-03-13 22:00 4 h"),
        ("m/d/yyyy", "Core 2027-03-13 22:00 4 h"),
    ] {
        let bytes = row(|sheet| {
            write_at(sheet, 1, 1, "2027-03-13", format);
            sheet.write_string(1, 3, "4h").unwrap();
        });
        assert_eq!(nights(&read(Topic::Windows, bytes)), [expected], "{format}");
    }
    let bytes = row(|sheet| {
        write_at(sheet, 1, 1, "2027-03-13T20:00:00", "yyyy-mm-dd hh:mm");
        write_at(sheet, 1, 2, "2027-03-14", "yyyy-mm-dd hh:mm");
    });
    assert_eq!(nights(&read(Topic::Windows, bytes)), ["Core 2027-03-13 20:00 4 h"]);
}

#[test]
fn numbers_of_cells_mean_what_they_show() {
    let minutes = row(|sheet| {
        write_at(sheet, 1, 1, "2027-03-13T22:00:00", "yyyy-mm-dd hh:mm");
        let format = Format::new().set_num_format("0\" min\"");
        sheet.write_number_with_format(1, 3, 20.0, &format).unwrap();
    });
    assert_eq!(nights(&read(Topic::Windows, minutes)), ["Core 2027-03-13 22:00 20 min"]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    titles(sheet, 0, &["Name", "Date", "Start", "End"]);
    for (row, start) in [(1, 0.25), (2, 0.5), (3, 0.75)] {
        sheet.write_string(row, 0, "Core").unwrap();
        write_at(sheet, row, 1, &format!("2027-03-{:02}", 12 + row), "dd.mm.yyyy");
        sheet.write_number(row, 2, start).unwrap();
        let end = Format::new().set_num_format("hh:mm");
        sheet.write_number_with_format(row, 3, start + 1.0, &end).unwrap();
    }
    let imported = read(Topic::Windows, book.save_to_buffer().unwrap());
    let expected = ["Core 2027-03-13 06:00 24 h", "Core 2027-03-14 12:00 24 h", "Core 2027-03-15 18:00 24 h"];
    assert_eq!(nights(&imported), expected);
}

#[test]
fn a_freeze_without_a_time_keeps_its_last_day() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    titles(sheet, 0, &["Freeze", "From", "To"]);
    sheet.write_string(1, 0, "YE").unwrap();
    write_at(sheet, 1, 1, "2027-12-13", "dd.mm.yyyy");
    write_at(sheet, 1, 2, "2027-12-31", "dd.mm.yyyy");
    sheet.write_string(2, 0, "Q").unwrap();
    write_at(sheet, 2, 1, "2027-03-29", "dd.mm.yyyy");
    write_at(sheet, 2, 2, "2027-04-02T18:00:00", "dd.mm.yyyy hh:mm");
    let imported = read(Topic::Freezes, book.save_to_buffer().unwrap());
    let last = |edit: &Edit| match edit {
        Edit::PutFreeze(freeze) => Some(freeze.last_on.to_string()),
        _ => None,
    };
    assert_eq!(imported.edits.iter().filter_map(last).collect::<Vec<_>>(), ["2027-12-31", "2027-04-02"]);
}

#[test]
fn formulas_without_a_value_are_named_in_all_formats_of_workbooks() {
    use Cell::{Formula, Text};
    let titles = [Text("Name"), Text("Date"), Text("Start"), Text("Duration")];
    let core = [Text("Core"), Text("2027-03-13"), Text("22:00"), Text("4h")];
    let web = [Text("Web"), Text("2027-03-14"), Formula(None), Text("4h")];
    let app = [Text("App"), Text("2027-03-15"), Formula(None), Text("4h")];
    let known = [Text("DB"), Text("2027-03-16"), Formula(Some(22.0)), Text("4h")];
    for (name, write) in [("ods", ods as fn(&[&[Cell]]) -> Vec<u8>), ("xls", xls), ("xlsb", xlsb)] {
        let imported = read(Topic::Windows, write(&[&titles, &core, &web, &app]));
        assert_eq!(imported.summary, "1 window with 1 date", "{name}: {:#?}", warnings(&imported));
        let expected = [
            "2 of 3 rows skipped",
            "Column \"Start\" has a formula without a value (open the workbook in Excel and save it) in 2 rows, which are \
             skipped (line 3)",
        ];
        let mut told = warnings(&imported);
        told.sort();
        assert_eq!(told, expected, "{name}");
        let imported = read(Topic::Windows, write(&[&titles, &core, &known]));
        assert_eq!(imported.summary, "2 windows with 2 dates", "{name}: {:#?}", warnings(&imported));
    }
    // A mark beside the cell tells an empty result from a missing one in .ods only.
    let mixed = |write: fn(&[&[Cell]]) -> Vec<u8>| read(Topic::Windows, write(&[&titles, &web, &known])).summary;
    assert_eq!((mixed(ods), mixed(xls)), ("1 window with 1 date".to_owned(), "2 windows with 2 dates".to_owned()));
}
