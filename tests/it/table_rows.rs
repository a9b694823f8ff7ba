//! Rows and sheets that hold something else than what is imported, or what the plan has already.

use std::sync::Arc;

use rust_xlsxwriter::{Formula, Workbook};
use windowsill::connect;
use windowsill::import::{Imported, Options, Target, Topic};
use windowsill::model::{Edit, Horizon, Plan};
use windowsill::progress::Progress;

use crate::support::importing::{MemoryFile, import_topic, source};

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

fn read(topic: Topic, text: &str) -> Imported {
    import_topic(topic, "list.csv", text, &plan()).unwrap()
}

/// Recognises and reads a workbook, as the command line does.
fn read_book(topic: Topic, mut book: Workbook) -> Imported {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new("list.xlsx", book.save_to_buffer().unwrap())], &progress);
    let kind = connect::recognise(&source, Some(topic)).unwrap()[0];
    let target = Target::new(Arc::new(plan()), plan().horizon().from);
    connect::read(&source, kind, &Options::default(), &target).unwrap()
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

/// Adds a sheet with rows of text, of which the first has the titles.
fn add(book: &mut Workbook, name: &str, rows: &[&str]) {
    let sheet = book.add_worksheet();
    sheet.set_name(name).unwrap();
    for (row, text) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(text.split(';')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
}

/// A workbook with a sheet for each topic, in this order.
fn yearbook(order: &[&str]) -> Workbook {
    let mut book = Workbook::new();
    for name in order {
        let rows: &[&str] = match *name {
            "Windows" => &["Name;Date;Start;Duration", "Core;2027-03-13;22:00;4h", "Web;2027-03-20;22:00;4h"],
            "Holidays" => &["Date;Name;Region", "2027-12-24;Heiligabend;", "2027-12-27;Company day;"],
            "Freezes" => &["Name;From;To", "Year end;2027-12-13;2027-12-31"],
            "Systems" => &["Name;Environment;Hosts", "db01;Production;2"],
            "Contacts" => &["Name;Email;Phone", "Ann;ann@bank.example;1"],
            _ => &["Ask Ann"],
        };
        add(&mut book, name, rows);
    }
    book
}

#[test]
fn of_a_sheet_for_each_topic_the_one_that_fits_is_read() {
    for order in [
        ["Windows", "Holidays", "Freezes", "Systems", "Contacts"],
        ["Systems", "Freezes", "Holidays", "Contacts", "Windows"],
        ["Contacts", "Holidays", "Windows", "Systems", "Freezes"],
    ] {
        for (topic, sheet, summary) in [
            (Topic::Windows, "Windows", "2 windows with 2 dates"),
            (Topic::Holidays, "Holidays", "2 holidays (list)"),
            (Topic::Freezes, "Freezes", "1 change freeze"),
            (Topic::Systems, "Systems", "1 system"),
            (Topic::People, "Contacts", "1 person"),
        ] {
            let imported = read_book(topic, yearbook(&order));
            assert_eq!(imported.summary, summary, "{order:?} {topic:?}: {:#?}", warnings(&imported));
            let read = format!("Read as {}: sheet \"{sheet}\"", topic.words().id);
            assert!(warnings(&imported).contains(&read), "{:#?}", warnings(&imported));
            let ignored = warnings(&imported).iter().filter(|text| text.contains("ignored (")).count();
            assert_eq!(ignored, 4, "{:#?}", warnings(&imported));
        }
    }
    let told = warnings(&read_book(Topic::Windows, yearbook(&["Windows", "Holidays"])));
    let expected = "Sheet \"Holidays\" ignored (3 rows): its titles fit holidays, import it as holidays";
    assert!(told.contains(&expected.to_owned()), "{told:#?}");
}

#[test]
fn a_sheet_with_the_required_titles_is_read_if_none_fits_better() {
    let mut book = Workbook::new();
    add(&mut book, "A", &["Date;Name;Region", "2027-12-24;Night;"]);
    add(&mut book, "B", &["Something", "else"]);
    assert_eq!(read_book(Topic::Windows, book).summary, "1 window with 1 date");
}

#[test]
fn rows_with_cells_without_a_value_are_skipped_and_said_once_for_each_column() {
    let mut book = Workbook::new();
    let rows = ["Name;Date;Start;Duration;Notes"; 1];
    add(&mut book, "Plan", &rows);
    let sheet = book.worksheet_from_index(0).unwrap();
    for row in 1..5 {
        sheet.write_string(row, 0, format!("W{row}")).unwrap();
        sheet.write_string(row, 1, format!("2027-03-1{row}")).unwrap();
        sheet.write_string(row, 2, "22:00").unwrap();
        sheet.write_string(row, 3, "4h").unwrap();
    }
    sheet.write_formula(2, 0, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_formula(3, 2, Formula::new("=X").set_result("#NAME?")).unwrap();
    sheet.write_formula(4, 2, Formula::new("=X").set_result("#NAME?")).unwrap();
    // A column that is not read may hold anything.
    sheet.write_formula(1, 4, Formula::new("=X").set_result("#REF!")).unwrap();
    let imported = read_book(Topic::Windows, book);
    assert_eq!(imported.summary, "1 window with 1 date");
    assert_eq!(
        warnings(&imported)[1..],
        [
            "Column \"Name\" has the error #N/A (correct it in the workbook) in this row, which is skipped (line 3)",
            "Column \"Start\" has the error #NAME? (correct it in the workbook) in 2 rows, which are skipped (line 4)",
            "3 of 4 rows skipped",
        ]
    );
}

#[test]
fn totals_and_notes_are_not_imported() {
    let imported = read(Topic::Systems, "Name,Hosts\nDB01,1\nTotal,1\n\nStand: 1.1.2026,\n");
    assert_eq!(imported.summary, "1 system");
    assert_eq!(
        warnings(&imported),
        [
            "Row skipped: \"Total\" looks like a total (line 3)",
            "Row skipped: \"Stand: 1.1.2026\" looks like a note: fill another cell if it is not (line 5)",
            "2 of 3 rows skipped",
        ]
    );
    let text = "name,date,start,duration\nCore,2027-03-13,22:00,4h\n\nTotal,1,,4h\n\nNote: all times CET,,,\n\
                \"Prepared by Bob, 3.5.2026\",,,\n";
    let imported = read(Topic::Windows, text);
    assert_eq!(imported.summary, "1 window with 1 date");
    assert_eq!(warnings(&imported).last().unwrap(), "3 of 4 rows skipped");
    // A window may be called so, and a system may have no other cell.
    assert_eq!(read(Topic::Windows, "name,date\nGesamt,2027-03-13\n").summary, "1 window with 1 date");
    assert_eq!(read(Topic::Systems, "Name,Hosts\nDB01,\nDB02,\n").summary, "2 systems");
}

#[test]
fn cancelled_rows_are_skipped_with_any_words_after_the_state() {
    let states = ["Canceled by requestor", "CANCELLED!", "Abgesagt (Kunde)", "annulé", "deleted", "not approved"];
    for state in states {
        let text =
            format!("name,date,start,duration,status\nA,2027-03-13,22:00,4h,{state}\nB,2027-03-13,22:00,4h,Ok\n");
        let imported = read(Topic::Windows, &text);
        assert_eq!(imported.summary, "1 window with 1 date", "{state}");
    }
    let text = "Name,From,To,Status\nA,2027-12-13,2027-12-17,Cancelled\nB,2027-11-13,2027-11-17,Draft\n\
                C,2027-10-13,2027-10-17,Cancelled\n";
    let freezes = read(Topic::Freezes, text);
    assert_eq!(freezes.summary, "1 change freeze");
    let expected = ["2 rows skipped: their state is \"Cancelled\" (lines 2 and 4) (line 2)", "2 of 3 rows skipped"];
    assert_eq!(warnings(&freezes), expected);
    let holidays = read(Topic::Holidays, "Date,Holiday,Status\n2027-12-24,A,\n2027-12-27,B,cancelled\n");
    assert_eq!(holidays.summary, "1 holiday (list)");
}

#[test]
fn invisible_marks_in_cells_do_not_matter() {
    let text = "name,date,start,duration\n\u{200e}Core,\u{200e}2027-03-13,22:00\u{200b},4h\n";
    let imported = read(Topic::Windows, text);
    assert_eq!(imported.summary, "1 window with 1 date", "{:?}", warnings(&imported));
    assert!(matches!(&imported.edits[0], Edit::PutWindow(window) if window.name == "Core"));
}

/// The plan after a first table, and what a second one brings.
fn again(topic: Topic, first: &str, second: &str) -> (Plan, Imported) {
    let plan = plan().apply(&read(topic, first).edit().unwrap()).unwrap();
    let imported = import_topic(topic, "list.csv", second, &plan).unwrap();
    let after = imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap());
    (after, imported)
}

/// The windows with their dates: "Core 22:00 4 h: 2027-03-13 2027-04-10".
fn planned(plan: &Plan) -> Vec<String> {
    let schedule = windowsill::schedule::Schedule::derive(&Arc::new(plan.clone()), None);
    let windows = schedule.windows.iter().zip(plan.windows());
    windows
        .map(|(schedule, window)| {
            let dates = schedule.expansion.occurrences.iter().map(|one| one.on().to_string());
            let dates = dates.collect::<Vec<_>>().join(" ");
            format!("{} {} {}: {dates}", window.name, window.start.format("%H:%M"), window.duration)
        })
        .collect()
}

const HEADER: &str = "name,date,start,duration\n";

#[test]
fn a_changed_table_plans_no_night_twice() {
    let one = "Core,2027-03-13,22:00,4h\n";
    let (plan, imported) =
        again(Topic::Windows, &format!("{HEADER}{one}"), &format!("{HEADER}{one}Core,2027-04-10,22:00,4h\n"));
    assert_eq!(planned(&plan), ["Core 22:00 4 h: 2027-03-13 2027-04-10"]);
    assert_eq!(
        warnings(&imported),
        [
            "\"Core\" is in the plan already with 1 date of the table: 1 date added to it (2027-04-10) (line 2)",
            "1 of 2 rows skipped",
        ]
    );
    for other in ["23:00,4h", "22:00,6h"] {
        let (plan, imported) =
            again(Topic::Windows, &format!("{HEADER}{one}"), &format!("{HEADER}Core,2027-03-13,{other}\n"));
        assert_eq!(planned(&plan), ["Core 22:00 4 h: 2027-03-13"]);
        let message = "Row skipped: \"Core\" is in the plan already with other times on 2027-03-13 (22:00, 4 h): change it in \
                       the plan, or rename it in the table (line 2)";
        assert_eq!(warnings(&imported), [message, "1 of 1 row skipped"]);
    }
    let (plan, imported) = again(
        Topic::Windows,
        &format!("{HEADER}{one}"),
        &format!("{HEADER}Core,2027-03-20,22:00,4h\nX,2027-03-01,22:00,4h\n"),
    );
    assert_eq!(planned(&plan)[0], "Core 22:00 4 h: 2027-03-13 2027-03-20");
    let told = "\"Core\": 2027-03-13 is not in the table and stays planned: skip what does not take place in the plan";
    assert!(warnings(&imported).contains(&told.to_owned()), "{:#?}", warnings(&imported));
}

#[test]
fn a_window_that_is_twice_a_night_in_the_table_stays_so() {
    let rows = "Core,2027-03-13,02:00,1h\nCore,2027-03-13,22:00,4h\n";
    let more = "Core,2027-03-20,02:00,1h\nCore,2027-03-20,22:00,4h\n";
    let (plan, imported) = again(Topic::Windows, &format!("{HEADER}{rows}"), &format!("{HEADER}{rows}{more}"));
    let expected = ["Core 02:00 1 h: 2027-03-13 2027-03-20", "Core 22:00 4 h: 2027-03-13 2027-03-20"];
    assert_eq!(planned(&plan), expected, "{:#?}", warnings(&imported));
}

#[test]
fn a_recurring_window_goes_on_or_gets_an_added_date() {
    let header = "name,rule,date,start,duration\n";
    let two = "Core,second Saturday,2027-03-13,22:00,4h\nCore,second Saturday,2027-04-10,22:00,4h\n";
    for on in ["2027-05-08", "2027-05-15"] {
        let third = format!("Core,second Saturday,{on},22:00,4h\n");
        let (plan, imported) = again(Topic::Windows, &format!("{header}{two}"), &format!("{header}{two}{third}"));
        assert_eq!(planned(&plan), [format!("Core 22:00 4 h: 2027-03-13 2027-04-10 {on}")]);
        assert!(warnings(&imported)[0].contains("1 date added to it"), "{:#?}", warnings(&imported));
    }
    let rule = |rule: &str| format!("name,rule,start,duration\nCore,{rule},22:00,4h\n");
    let (plan, imported) = again(Topic::Windows, &rule("second Saturday"), &rule("third Saturday"));
    assert_eq!(plan.windows().iter().count(), 1);
    assert!(warnings(&imported)[0].contains("with another rule or other times"), "{:#?}", warnings(&imported));
}

#[test]
fn a_cancelled_row_names_what_stays_planned() {
    let table = |state: &str| format!("name,date,start,duration,state,ticket\nCore,2027-03-13,22:00,4h,{state},CHG1\n");
    let (plan, imported) = again(Topic::Windows, &table("Scheduled"), &table("Canceled"));
    assert_eq!(planned(&plan), ["Core 22:00 4 h: 2027-03-13"]);
    let told = "\"Core\" stays planned on 2027-03-13 although it is cancelled: skip it in the plan (line 2)";
    assert!(warnings(&imported).contains(&told.to_owned()), "{:#?}", warnings(&imported));
    let table = |state: &str| format!("Name,From,To,Status\nYE,2027-12-13,2027-12-31,{state}\n");
    let (plan, imported) = again(Topic::Freezes, &table(""), &table("cancelled"));
    assert_eq!(plan.freezes().iter().count(), 1);
    let told = "\"YE\" (2027-12-13 to 2027-12-31) stays in the plan although it is cancelled: remove it there (line 2)";
    assert!(warnings(&imported).contains(&told.to_owned()), "{:#?}", warnings(&imported));
}

#[test]
fn a_freeze_with_other_days_is_not_added_beside_the_old_one() {
    let table = |days: &str| format!("Name,From,To\nYE,{days}\n");
    let (plan, imported) = again(Topic::Freezes, &table("2027-12-13,2027-12-31"), &table("2027-12-20,2027-12-31"));
    assert_eq!(plan.freezes().iter().count(), 1);
    assert!(warnings(&imported)[0].contains("is in the plan already with other days"), "{:#?}", warnings(&imported));
    let (plan, _) = again(Topic::Freezes, &table("2027-03-29,2027-04-02"), &table("2027-06-28,2027-07-02"));
    assert_eq!(plan.freezes().iter().count(), 2, "another quarter");
    let both = "Name,From,To\nYE,2027-12-01,2027-12-31\nYE,2027-12-13,2027-12-17\n";
    let (plan, _) = again(Topic::Freezes, &table("2027-12-01,2027-12-31"), both);
    assert_eq!(plan.freezes().iter().count(), 2, "the table has both");
}

/// The freezes of a plan: "Month end 2027-02-26 2027-03-02", with the interval in months.
fn freezes(plan: &Plan) -> Vec<String> {
    let every = |months: Option<u16>| months.map_or(String::new(), |months| format!(" {months}"));
    let all = plan.freezes().iter();
    all.map(|one| format!("{} {} {}{}", one.name, one.first_on, one.last_on, every(one.every_months))).collect()
}

#[test]
fn freezes_of_one_name_are_compared_one_by_one() {
    let header = "Name,From,To\n";
    let months = "Month end,2027-02-26,2027-03-02\nMonth end,2027-03-29,2027-04-02\nMonth end,2027-04-28,2027-05-02\n";
    let changed = "Month end,2027-02-26,2027-03-02\nMonth end,2027-03-30,2027-04-02\nMonth end,2027-05-28,2027-06-02\n";
    let (plan, imported) = again(Topic::Freezes, &format!("{header}{months}"), &format!("{header}{changed}"));
    assert_eq!(freezes(&plan).len(), 4, "{:?}", freezes(&plan));
    let told = [
        "\"Month end\" from 2027-02-26 is already there",
        "\"Month end\" (2027-03-29 to 2027-04-02) is in the plan already with other days",
        "\"Month end\" is in the plan already on other days: 1 row becomes a freeze of the same name",
        "\"Month end\": 2027-04-28 to 2027-05-02 is not in the table and stays in the plan",
        "2 of 3 rows skipped",
    ];
    for part in told {
        assert!(warnings(&imported).iter().any(|text| text.contains(part)), "{part}: {:#?}", warnings(&imported));
    }
}

#[test]
fn freezes_that_a_later_table_no_longer_has_are_named() {
    let (plan, imported) = again(
        Topic::Freezes,
        "Name,From,To\nYE,2027-12-13,2027-12-31\nQ1,2027-03-29,2027-04-02\n",
        "Name,From,To\nYE,2027-12-13,2027-12-31\n",
    );
    assert_eq!(freezes(&plan).len(), 2);
    let told = "1 other freeze of the plan is not in the table and not changed: \"Q1\" (2027-03-29 to 2027-04-02)";
    assert!(warnings(&imported).contains(&told.to_owned()), "{:#?}", warnings(&imported));
}

#[test]
fn recurring_freezes_are_read_and_compared() {
    let table = |rows: &str| format!("Name,From,To,Recurrence,Scope\n{rows}");
    let quarter = table("Quarter,2027-01-04,2027-01-08,quarterly,\n");
    let (plan, imported) = again(Topic::Freezes, &quarter, &quarter);
    assert_eq!(freezes(&plan), ["Quarter 2027-01-04 2027-01-08 3"]);
    assert!(warnings(&imported)[0].contains("is already there"), "{:#?}", warnings(&imported));
    for (rows, told) in [
        (
            "Quarter,2027-01-04,2027-01-09,quarterly,\n",
            "\"Quarter\" (2027-01-04 to 2027-01-08, every quarter) is in the plan already with other days",
        ),
        ("Quarter,2027-01-04,2027-01-08,monthly,\n", "is in the plan already with other days"),
        ("Quarter,2027-04-04,2027-04-08,quarterly,\n", "is already there"),
        ("Quarter,2027-07-04,2027-07-08,,\n", "is already there"),
        ("Quarter,2027-07-03,2027-07-08,,\n", "is in the plan already with other days"),
        ("Quarter,2027-01-04,2027-01-08,often,\n", "unknown recurrence \"often\""),
        ("Quarter,2027-01-04,2027-02-08,monthly,\n", "it recurs before it ends"),
    ] {
        let (plan, imported) = again(Topic::Freezes, &quarter, &table(rows));
        assert_eq!(freezes(&plan).len(), 1, "{rows}");
        assert!(warnings(&imported).iter().any(|text| text.contains(told)), "{rows}: {:#?}", warnings(&imported));
    }
    let single = "Quarter,2027-01-04,2027-01-08,,\nQuarter,2027-07-04,2027-07-08,,\n";
    let (_, imported) = again(Topic::Freezes, &quarter, &table(single));
    let gone = "\"Quarter\": 2027-04-04 to 2027-04-08 is not in the table and stays in the plan";
    assert!(warnings(&imported).iter().any(|text| text.contains(gone)), "{:#?}", warnings(&imported));
}

#[test]
fn all_rows_are_counted_and_sheets_named() {
    let text = format!(
        "{HEADER}A,2027-03-13,22:00,4h\nA,2027-03-13,22:00,4h\nA,2027-03-13,22:00,4h\nB,bad,22:00,4h\n,,,\n\n ,2027-03-14,22:00,4h\n"
    );
    let imported = read(Topic::Windows, &text);
    assert_eq!(imported.summary, "1 window with 1 date");
    assert_eq!(warnings(&imported).last().unwrap(), "4 of 5 rows skipped", "{:#?}", warnings(&imported));
    let mut book = Workbook::new();
    for name in ["May", "June"] {
        add(&mut book, name, &["Name;Date;Start;Duration", "Core;2027-03-13;22:00;4h"]);
    }
    let told = warnings(&read_book(Topic::Windows, book));
    let repeated = "Sheet \"June\": row skipped: line 2 of sheet \"May\" already has the date 2027-03-13 (line 2)";
    assert!(told.contains(&repeated.to_owned()), "{told:#?}");
    assert_eq!(told.last().unwrap(), "1 of 2 rows skipped: 1 in \"June\"");
    let holidays = read(Topic::Holidays, "Date,Holiday\n2027-12-24,A\n2027-12-24,A\n");
    assert_eq!(warnings(&holidays), ["Row skipped: line 2 already has this holiday (line 3)", "1 of 2 rows skipped"]);
}

#[test]
fn months_are_offered_for_holidays_and_freezes_of_another_year() {
    let holidays = read(Topic::Holidays, "Date,Holiday\n2026-12-25,A\n");
    assert_eq!(holidays.horizon.map(|months| months.from.to_string()).as_deref(), Some("2026-12-01"));
    let freezes = read(Topic::Freezes, "Freeze,From,To\nYE,2028-02-13,2028-02-15\n");
    assert_eq!(freezes.horizon.map(|months| months.last().to_string()).as_deref(), Some("2028-02-29"));
    assert_eq!(read(Topic::Freezes, "Freeze,From,To\nYE,2027-02-13,2027-02-15\n").horizon, None);
}

#[test]
fn files_that_only_look_like_tables_are_named() {
    let plan = plan();
    let refused = |text: &str| import_topic(Topic::Windows, "list.xls", text, &plan).unwrap_err().to_string();
    assert!(refused("<html><body><table><tr><td>name</td></tr></table></body></html>").contains("web page (HTML"));
    assert!(refused("<?xml version=\"1.0\"?><Workbook></Workbook>").contains("web page (HTML or XML)"));
    assert!(refused("name,date\nCore,2027-03-13\nW\0eb,2027-03-20\n").contains("NUL byte (line 3)"));
}

#[test]
fn addresses_are_read_without_mailto_and_invalid_ones_are_said() {
    let text = "Name,Owner,Email\nA,Ann,mailto:ann@bank.example\nB,Al,al[at]example.com\n";
    let imported = read(Topic::Areas, text);
    assert!(matches!(&imported.edits[0], Edit::PutArea(area) if area.email == "ann@bank.example"));
    let told = "Invalid e-mail address \"al[at]example.com\": imported as it is, use e.g. ann@bank.example (line 3)";
    assert_eq!(warnings(&imported), [told]);
    let people = read(Topic::People, "Name,Email,Phone\nAnn,not-an-email,1\n");
    assert!(warnings(&people)[0].starts_with("Invalid e-mail address \"not-an-email\""), "{:?}", warnings(&people));
}
