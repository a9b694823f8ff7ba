//! Tables of holidays that are imported again, and workbooks that have none.

use std::sync::Arc;

use rust_xlsxwriter::Workbook;
use windowsill::connect;
use windowsill::import::{Imported, Options, Target, Topic};
use windowsill::model::{Edit, Horizon, Plan};
use windowsill::progress::Progress;

use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, import_files, import_topic, options, source};

const TITLES: &str = "Date,Holiday,Region,Status\n";

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

fn read(rows: &str, removes_gone: bool, plan: &Plan) -> Imported {
    let id = "holidays-table";
    let values: &[(&str, &str)] = if removes_gone { &[("remove-gone", "yes")] } else { &[] };
    let files = [MemoryFile::new("Works.csv", format!("{TITLES}{rows}"))];
    import_files(id, &files, &options(id, values, plan), plan, plan.horizon().from).unwrap()
}

/// The days of a calendar after two tables of the same name, and what the second import says.
fn after(first: &str, second: &str, removes_gone: bool) -> (String, Imported) {
    let plan = plan().apply(&read(first, false, &plan()).edit().unwrap()).unwrap();
    let imported = read(second, removes_gone, &plan);
    let plan = imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap());
    assert_eq!(plan.holidays().len(), 1);
    let days = plan.holidays().iter().flat_map(|calendar| &calendar.days);
    let days: Vec<String> =
        days.map(|day| format!("{} {}[{}]", day.on.format("%m-%d"), day.name, day.region)).collect();
    (days.join(" "), imported)
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_later_table_of_holidays_adds_and_changes_days_and_removes_none_unasked() {
    let old = "2027-01-06,Epiphany,Bavaria,\n2027-05-01,Labour Day,,\n";
    let both = "01-06 Epiphany[Bavaria] 05-01 Labour Day[]";
    for (first, second, removes_gone, days, summary) in [
        (old, "2027-05-01,Labour Day,,\n", false, both, ""),
        (old, "2027-05-01,Labour Day,,\n", true, "05-01 Labour Day[]", "1 removal"),
        (
            old,
            "2027-05-01,May Day,,\n2027-01-06,Epiphany,Bavaria,\n",
            false,
            "01-06 Epiphany[Bavaria] 05-01 May Day[]",
            "1 change",
        ),
        (
            old,
            "2027-01-06,Epiphany,\"Bavaria, Hesse\",\n2027-05-01,Labour Day,,\n",
            false,
            "01-06 Epiphany[Bavaria, Hesse] 05-01 Labour Day[]",
            "1 change",
        ),
        (
            old,
            "2027-12-27,Works day,,\n",
            false,
            "01-06 Epiphany[Bavaria] 05-01 Labour Day[] 12-27 Works day[]",
            "1 new holiday",
        ),
        (old, "2027-12-27,Works day,,\n", true, "12-27 Works day[]", "1 new holiday and 2 removals"),
        // Tables of other years say nothing about this one.
        (
            old,
            "2028-05-01,Labour Day,,\n",
            true,
            "01-06 Epiphany[Bavaria] 05-01 Labour Day[] 05-01 Labour Day[]",
            "1 new holiday",
        ),
        // One of two regions on a date is gone; the other stays as it is.
        (
            "2027-01-06,Epiphany,Bavaria,\n2027-01-06,Epiphany,Saxony,\n",
            "2027-01-06,Epiphany,Bavaria,\n",
            false,
            "01-06 Epiphany[Bavaria] 01-06 Epiphany[Saxony]",
            "",
        ),
        (
            "2027-01-06,Epiphany,Bavaria,\n2027-01-06,Epiphany,Saxony,\n",
            "2027-01-06,Epiphany,Bavaria,\n",
            true,
            "01-06 Epiphany[Bavaria]",
            "1 removal",
        ),
        // A row that cannot be read may be the day.
        (old, "2027-05-01,Labour Day,,\n6 Janu 2027,Epiphany,Bavaria,\n", true, both, ""),
        // Cancelled rows name their days, but nothing is removed unasked.
        (old, "2027-01-06,Epiphany,Bavaria,cancelled\n2027-05-01,Labour Day,,\n", false, both, ""),
        (
            old,
            "2027-01-06,Epiphany,Bavaria,cancelled\n2027-05-01,Labour Day,,\nx,y,,\n",
            true,
            "05-01 Labour Day[]",
            "1 removal",
        ),
        (old, old, true, both, ""),
    ] {
        let (found, imported) = after(first, second, removes_gone);
        assert_eq!(found, days, "{second} {imported:#?}");
        assert_eq!(imported.summary.strip_suffix(" (Works)"), Some(summary), "{second}");
        assert_eq!(imported.edit().is_none(), summary.is_empty(), "{second}");
    }
}

#[test]
fn days_that_a_later_table_lacks_are_listed() {
    let old = "2027-01-06,Epiphany,Bavaria,\n2027-05-01,Labour Day,,\n";
    let (_, kept) = after(old, "2027-05-01,Labour Day,,\n", false);
    let expected = "1 holiday of the plan is not in the table or cancelled there, but stays: choose \"Remove gone\" \
                    (--remove-gone) to remove it";
    assert_eq!(warnings(&kept), [expected]);
    let section = kept.other_sections().next().unwrap();
    assert_eq!(section.heading, "Not in the table; stays in the plan");
    assert_eq!(section.items[0].text, "Epiphany (Bavaria) on Wed 6 Jan 2027");
    let (_, unread) = after(old, "2027-05-01,Labour Day,,\n6 Janu 2027,Epiphany,Bavaria,\n", true);
    let told = "1 row of the table could not be read: correct or delete what was skipped, and import it again";
    assert!(warnings(&unread).iter().any(|warning| warning.ends_with(told)), "{:?}", warnings(&unread));
}

#[test]
fn regions_are_chosen_for_tables_too() {
    let desk = Desk::new();
    let rows = "Date,Holiday,Region\n2027-01-01,New Year,\n2027-01-06,Epiphany,\"Bavaria, Saxony-Anhalt\"\n\
                2027-06-03,Corpus Christi,Hesse\n2027-10-31,Reformation Day,Saxony\n";
    desk.write("Works.csv", rows);
    let days = || {
        let plan = desk.plan("plan.ron");
        let all = plan.holidays().iter().find(|all| all.name == "Works").unwrap();
        all.days.iter().map(|day| day.name.clone()).collect::<Vec<_>>().join(", ")
    };
    let first = desk.run("import holidays Works.csv --into plan.ron --regions bavaria,Hesse,Narnia");
    assert!(first.err.contains("1 holiday of other regions left out"), "{}", first.err);
    let unknown = "no holiday is one of the region \"Narnia\": the file names Bavaria, Hesse, Saxony, Saxony-Anhalt";
    assert!(first.err.contains(unknown), "{}", first.err);
    assert_eq!(days(), "New Year, Epiphany, Corpus Christi");
    // What was imported for other regions stays unless a person says otherwise.
    let kept = desk.run("import holidays Works.csv --into plan.ron --regions Saxony");
    assert!(
        kept.err.contains("2 holidays of regions that are not chosen stay: choose \"Remove gone\""),
        "{}",
        kept.err
    );
    assert!(kept.out.contains("Of regions that are not chosen; stays in the plan (2)"), "{}", kept.out);
    assert_eq!(days(), "New Year, Epiphany, Corpus Christi, Reformation Day");
    desk.run("import holidays Works.csv --into plan.ron --regions Saxony --remove-gone").fine();
    assert_eq!(days(), "New Year, Reformation Day");
}

#[test]
fn the_command_line_lists_what_it_keeps_and_what_it_removes() {
    let desk = Desk::new();
    desk.write("Works.csv", "Date,Holiday\n2027-01-06,Epiphany\n2027-05-01,Labour Day\n");
    desk.run("import holidays Works.csv --into plan.ron").fine();
    desk.write("Works.csv", "Date,Holiday\n2027-05-01,Labour Day\n");
    let kept = desk.run("import holidays Works.csv --into plan.ron");
    assert!(kept.code == 0 && kept.err.contains("(--remove-gone) to remove it"), "{}", kept.err);
    let heading = "Not in the table; stays in the plan (1)\n  Epiphany on Wed 6 Jan 2027\n    Not in the table\n";
    assert!(kept.out.contains(heading) && kept.out.ends_with("Nothing to import\n"), "{}", kept.out);
    let days = || desk.plan("plan.ron").holidays().iter().find(|all| all.name == "Works").unwrap().days.len();
    let shown = desk.run("import holidays Works.csv --into plan.ron --remove-gone --dry-run").fine();
    assert!(shown.contains("Would import 1 removal (Works)") && shown.contains("Epiphany"), "{shown}");
    assert_eq!(days(), 2);
    let removed = desk.run("import holidays Works.csv --into plan.ron --remove-gone").fine();
    assert!(removed.contains("Removed holidays (1)") && removed.contains("Not in the table"), "{removed}");
    assert_eq!(days(), 1);
}

/// Imports a workbook of sheets with rows of text, of which the first has the titles.
fn import_book(topic: Topic, sheets: &[(&str, &[&str])]) -> Imported {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, text) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(text.split(';')) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    let progress = Progress::default();
    let source = source(&[MemoryFile::new("book.xlsx", book.save_to_buffer().unwrap())], &progress);
    let kind = connect::recognise(&source, Some(topic)).unwrap()[0];
    let target = Target::new(Arc::new(plan()), plan().horizon().from);
    connect::read(&source, kind, &Options::default(), &target).unwrap()
}

#[test]
fn a_workbook_whose_sheets_are_about_something_else_is_refused() {
    let timed: &[&str] = &["Name;Date;Start;End", "Core;2027-03-13;22:00;02:00"];
    let dated: &[&str] = &["Name;Date", "Core;2027-03-13"];
    let notes: (&str, &[&str]) = ("Notes", &["Ask Ann"]);
    for (sheets, sheet) in [
        (vec![("Windows", timed), notes], "sheet \"Windows\" (windows) is"),
        (vec![("Windows", timed)], "sheet \"Windows\" (windows) is"),
        (vec![("Wartungsfenster", dated), notes], "sheet \"Wartungsfenster\" (windows) is"),
        (vec![("Q1", timed), ("Q2", timed)], "sheets \"Q1\" (windows) and \"Q2\" (windows) are"),
    ] {
        let imported = import_book(Topic::Holidays, &sheets);
        let question = imported.question.clone().unwrap_or_default();
        assert!(question.starts_with(&format!("No sheet has holidays, and {sheet}")), "{imported:#?}");
        assert!(question.contains("or assign the columns with the option column"), "{question}");
        assert!(imported.edit().is_none() && imported.table.is_some());
    }
}

#[test]
fn sheets_that_may_be_of_holidays_are_read() {
    let dated: &[&str] = &["Datum;Name", "2027-12-24;A"];
    let outlook: &[&str] =
        &["Subject;Start Date;Start Time;End Date;All day event", "A;24/12/2027;00:00;24/12/2027;True"];
    let timed: &[&str] = &["Name;Date;Start;End", "Core;2027-03-13;22:00;02:00"];
    for sheets in [
        vec![("2027", dated), ("Notes", &["Ask Ann"][..])],
        vec![("2027", &["Datum;Name;Bemerkung", "2027-12-24;A;half a day"][..])],
        vec![("Outlook", outlook)],
        vec![("2027", dated), ("Windows", timed)],
    ] {
        let imported = import_book(Topic::Holidays, &sheets);
        assert!(imported.summary.starts_with("1 holiday"), "{sheets:?} {imported:#?}");
    }
}

#[test]
fn months_are_widened_for_a_table_of_freezes_and_its_scope_is_read() {
    let desk = Desk::new();
    let last = desk.plan("plan.ron").horizon().last();
    let on = last.checked_add_days(chrono::Days::new(60)).unwrap();
    desk.write("later.csv", &format!("Name,First,Last,Applies to\nAudit,{on},{on},everything\n"));
    let said = desk.run("import freezes later.csv --into plan.ron --widen");
    assert!(said.code == 0 && said.out.contains("now spans"), "{} {}", said.out, said.err);
    assert!(!said.err.contains("\"Applies to\" ignored"), "{}", said.err);
    assert!(desk.plan("plan.ron").horizon().contains(on));
}

#[test]
fn the_table_of_cisas_catalogue_counts_as_exploited_and_numbers_are_ids() {
    for (titles, is_exploited) in [("cveID,vulnerabilityName,dateAdded", true), ("Nummer,Title,Published", false)] {
        let file = MemoryFile::new("list.csv", format!("{titles}\nCVE-2027-1,Overflow,2027-03-09\n"));
        let progress = Progress::default();
        let source = source(&[file], &progress);
        let kind = connect::recognise(&source, Some(Topic::Advisories)).unwrap()[0];
        let target = Target::new(Arc::new(plan()), plan().horizon().from);
        let imported = connect::read(&source, kind, &Options::default(), &target).unwrap();
        let plan = plan().apply(&imported.edit().unwrap()).unwrap();
        let advisory = plan.advisories().iter().next().unwrap();
        assert_eq!((advisory.id.as_str(), advisory.is_exploited), ("cve-2027-1", is_exploited), "{titles}");
        assert_eq!(
            warnings(&imported).iter().any(|text| text.starts_with("All rows count as exploited")),
            is_exploited
        );
    }
}

/// The first and last days of the freezes of a table, or what the import asks.
fn freeze_days(rows: &str) -> String {
    let imported = import_topic(Topic::Freezes, "list.csv", rows, &plan()).unwrap();
    let days = imported.edits.iter().filter_map(|edit| match edit {
        Edit::PutFreeze(freeze) => Some(format!("{} {}", freeze.first_on, freeze.last_on)),
        _ => None,
    });
    imported.question.clone().unwrap_or_else(|| days.collect::<Vec<_>>().join("|"))
}

#[test]
fn a_freeze_never_loses_days_because_of_a_title_or_of_another_row() {
    for title in
        ["Finish", "Stop", "Till", "To date", "Thru", "bis einschließlich", "Planned end", "Last date", "Endtermin"]
    {
        let rows = format!("Freeze,Begin,{title}\nYE,2027-12-20,2028-01-06\n");
        assert_eq!(freeze_days(&rows), "2027-12-20 2028-01-06", "{title}");
    }
    let asked = freeze_days("Freeze,From,Open for changes\nYE,2027-12-20,2028-01-06\n");
    assert!(asked.contains("\"Open for changes\" has dates") && asked.contains("last=Open for changes"), "{asked}");
    let created = freeze_days("Freeze,From,Created\nYE,2027-12-20,2026-01-06\n");
    assert_eq!(created, "2027-12-20 2027-12-20");
    let in_two_rows = freeze_days("Freeze,Period,\n,From,To\nYE,2027-12-20,2028-01-06\n");
    assert_eq!(in_two_rows, "2027-12-20 2028-01-06");
    for title in ["End (not included)", "To (exclusive)"] {
        let rows = format!("Freeze,From,{title}\nYE,2027-12-20,2028-01-06\n");
        assert_eq!(freeze_days(&rows), "2027-12-20 2028-01-05", "{title}");
    }
    let mixed = "Freeze;Start;End\nYE;2027-12-20 00:00;2027-12-31 00:00\nQ1;2027-03-29 18:00;2027-04-02 08:00\n\
                 Q2;2027-06-29 18:00;2027-07-02 00:00\n";
    assert_eq!(freeze_days(mixed), "2027-12-20 2027-12-31|2027-03-29 2027-04-02|2027-06-29 2027-07-01");
}

#[test]
fn a_holiday_with_an_unknown_end_is_asked_for() {
    let rows = "Date,Holiday,Back at work\n2027-12-24,Xmas,2027-12-28\n";
    let question = import_topic(Topic::Holidays, "list.csv", rows, &plan()).unwrap().question;
    assert!(question.unwrap().contains("each holiday would be one day"));
}
