//! Workbooks with the tables of connected systems: what they bring is what the same table as CSV brings.

use std::sync::Arc;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use windowsill::connect;
use windowsill::import::{ImportError, Imported, Options, Target, Topic};
use windowsill::model::{Advisory, Edit, Horizon, Plan};
use windowsill::progress::Progress;

use crate::support::importing::{MemoryFile, import_topic, source};
use crate::support::other_workbooks::{Cell, ods, xls, xlsb};

fn plan() -> Plan {
    let advisory = Advisory::new("cve-2026-10001".into(), "An advisory", "2026-11-01".parse().unwrap());
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    plan.apply(&Edit::PutAdvisory(advisory)).unwrap()
}

/// The topic and the rows of a table of every connected kind.
const TABLES: &[(&str, Topic, &[&[&str]])] = &[
    (
        "nessus-csv",
        Topic::Advisories,
        &[
            &["Plugin ID", "CVE", "Risk", "Host", "Name", "CVSS v3.0 Base Score"],
            &["1", "CVE-2026-10001", "Critical", "shop", "x", "9.8"],
            &["2", "CVE-2026-10002", "Low", "10.0.0.7", "a, \"b\"", "3.1"],
        ],
    ),
    (
        "qualys-csv",
        Topic::Advisories,
        &[
            &["IP", "DNS", "QID", "Title", "Severity", "CVE ID", "Ignored", "Patchable"],
            &["10.0.0.1", "a.example", "38170", "Old TLS", "5", "CVE-2026-10001", "No", "Yes"],
            &["10.0.0.2", "b.example", "38171", "Old SSH", "4", "CVE-2026-10002", "Yes", "No"],
        ],
    ),
    (
        "rapid7-csv",
        Topic::Advisories,
        &[
            &["Asset IP Address", "Vulnerability ID", "Vulnerability Title", "Vulnerability CVE IDs", "Severity"],
            &["10.0.0.1", "tls-1", "Old TLS", "CVE-2026-10001", "8"],
        ],
    ),
    ("epss", Topic::Advisories, &[&["cve", "epss", "percentile"], &["CVE-2026-10001", "0.00043", "0.1"]]),
    (
        "prowler-csv",
        Topic::Advisories,
        &[&["CHECK_ID", "STATUS", "SEVERITY", "MUTED"], &["a", "FAIL", "high", "False"], &["b", "PASS", "low", "True"]],
    ),
    (
        "servicenow-cmdb",
        Topic::Systems,
        &[
            &["name", "ip_address", "os", "used_for", "operational_status", "sys_class_name", "sys_id"],
            &["shop", "10.0.0.1", "Linux", "Production", "Operational", "Linux Server", "a1"],
            &["till", "10.0.0.2", "Windows", "Test", "Retired", "Windows Server", "a2"],
        ],
    ),
    (
        "configmgr-devices",
        Topic::Systems,
        &[
            &["Name", "ResourceID", "DeviceOS", "IsObsolete"],
            &["PC1", "16777220", "Microsoft Windows NT Workstation 10.0", "False"],
            &["PC2", "16777221", "Microsoft Windows NT Server 10.0", "True"],
        ],
    ),
    (
        "configmgr-windows",
        Topic::Windows,
        &[
            &["ServiceWindowID", "Name", "IsEnabled", "Duration", "ServiceWindowSchedules"],
            &["{1}", "Servers", "True", "420", "02C24AC0381A2000"],
            &["{2}", "Off", "False", "420", "02C24AC0381A2000"],
        ],
    ),
    (
        "jamf-computers-csv",
        Topic::Systems,
        &[
            &["Computer Name", "Serial Number", "Operating System Version", "Managed"],
            &["mac1", "C02A", "15.1", "Managed"],
            &["mac2", "C02B", "14.2", "Unmanaged"],
        ],
    ),
    (
        "configmgr-compliance",
        Topic::Results,
        &[&["ComputerName", "ComplianceState"], &["shop", "Compliant"], &["till", "Non-compliant"]],
    ),
];

fn csv(rows: &[&[&str]]) -> String {
    let cell = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n").collect()
}

/// Cells as people have them in Excel: numbers and truth values are not texts.
fn typed(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*row) {
            match (cell.parse::<f64>(), *cell) {
                (Ok(number), _) => sheet.write_number(at, column, number).unwrap(),
                (_, "True" | "False") => sheet.write_boolean(at, column, *cell == "True").unwrap(),
                _ => sheet.write_string(at, column, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn other_forms(rows: &'static [&'static [&'static str]]) -> Vec<(&'static str, Vec<u8>)> {
    let cells: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(|text| Cell::Text(text)).collect()).collect();
    let cells: Vec<&[Cell]> = cells.iter().map(Vec::as_slice).collect();
    // These writers take no signs that XML escapes.
    let is_plain = !csv(rows).contains("\"\"b");
    let mut forms = vec![("t.xlsx", typed(rows))];
    if is_plain {
        forms.extend([("t.ods", ods(&cells)), ("t.xls", xls(&cells)), ("t.xlsb", xlsb(&cells))]);
    }
    forms
}

fn read(topic: Topic, name: &str, bytes: Vec<u8>) -> Result<Imported, ImportError> {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new(name, bytes)], &progress);
    let kind = connect::recognise(&source, Some(topic))?[0];
    let target = Target::new(Arc::new(plan()), plan().horizon().from);
    connect::read(&source, kind, &Options::default(), &target)
}

/// The report without the remarks about the form of the file, and what the plan becomes.
fn outcome(imported: &Imported) -> String {
    let after = imported.edit().map(|edit| format!("{edit:?}"));
    // The name of the file is remembered.
    let after = after.unwrap_or_default();
    let forms = ["t.xlsx", "t.ods", "t.xlsb", "t.xls"];
    let after = forms.iter().fold(after, |text, form| text.replace(form, "t.csv"));
    format!("{:?}\n{after}", imported.report)
}

#[test]
fn workbooks_of_connected_tables_bring_what_their_csv_brings() {
    for (kind, topic, rows) in TABLES {
        let expected = read(*topic, "t.csv", csv(rows).into_bytes()).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!(expected.report.as_ref().unwrap().kind, *kind);
        assert!(expected.report.as_ref().unwrap().rows > 0, "{kind}");
        for (name, bytes) in other_forms(rows) {
            let found = read(*topic, name, bytes).unwrap_or_else(|error| panic!("{kind} {name}: {error}"));
            assert_eq!(outcome(&found), outcome(&expected), "{kind} {name}");
        }
    }
}

#[test]
fn titles_may_be_on_any_sheet_and_what_is_not_read_is_named() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Cover").unwrap().write_row(0, 0, ["Scan of January"]).unwrap();
    for (name, host) in [("North", "a"), ("South", "b")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["Report"]).unwrap();
        sheet.write_row(2, 0, ["Plugin ID", "CVE", "Risk", "Host", "Patch Publication Date"]).unwrap();
        sheet.write_row(3, 0, ["1", "CVE-2026-10001", "High", host]).unwrap();
        let (on, day) =
            (ExcelDateTime::parse_from_str("2026-11-03").unwrap(), Format::new().set_num_format("dd/mm/yyyy"));
        sheet.write_datetime_with_format(3, 4, on, &day).unwrap();
    }
    let other = book.add_worksheet().set_name("Other").unwrap();
    other.write_row(0, 0, ["Plugin ID", "Risk", "Host"]).unwrap();
    other.write_row(1, 0, ["2", "High", "c"]).unwrap();
    let hidden = book.add_worksheet().set_name("Old").unwrap().set_hidden(true);
    hidden.write_row(0, 0, ["Plugin ID", "CVE", "Risk", "Host", "Patch Publication Date"]).unwrap();
    hidden.write_row(1, 0, ["3", "CVE-2026-10009", "High", "d", ""]).unwrap();
    let found = read(Topic::Advisories, "n.xlsx", book.save_to_buffer().unwrap()).unwrap();
    let report = found.report.as_ref().unwrap();
    assert_eq!((report.rows, report.hosts, report.cves), (2, 2, 1));
    let told: Vec<&str> = found.warnings.iter().map(|warning| warning.message.as_str()).collect();
    let ignored = "3 sheets ignored (\"Cover\", \"Other\" and \"Old\"): they have other titles, or are hidden";
    assert!(told.contains(&ignored), "{told:?}");
    let after = plan().apply(&found.edit().unwrap()).unwrap();
    let advisory: &Advisory = after.advisories().get(&"cve-2026-10001".into()).unwrap();
    assert!(format!("{:?}", advisory.fix).contains("2026-11-03"), "{:?}", advisory.fix);
}

#[test]
fn rows_with_a_cell_without_a_value_are_skipped_and_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Name", "ResourceID", "DeviceOS"]).unwrap();
    sheet.write_row(1, 0, ["PC1", "1", "Windows Server"]).unwrap();
    sheet.write_row(2, 0, ["", "2", "Windows Server"]).unwrap();
    sheet.write_formula(2, 0, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    let found = read(Topic::Systems, "d.xlsx", book.save_to_buffer().unwrap()).unwrap();
    let report = found.report.as_ref().unwrap();
    assert_eq!((report.rows, report.rows_imported), (2, 1), "{report:?}");
    let told: Vec<&str> = found.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("1 row skipped, as a cell has no value (row 3: ")), "{told:?}");
}

#[test]
fn text_of_another_format_in_the_cells_of_a_workbook_is_refused_by_name() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, line) in (0..).zip(["[web]", "web1 ansible_host=10.0.0.1", "web2 ansible_host=10.0.0.2"]) {
        sheet.write_string(at, 0, line).unwrap();
    }
    let refused = read(Topic::Systems, "hosts.xlsx", book.save_to_buffer().unwrap()).unwrap_err().to_string();
    assert!(refused.starts_with("This is a workbook whose cells have the text of another kind of file"), "{refused}");
    let text = "[web]\nweb1 ansible_host=10.0.0.1\nweb2 ansible_host=10.0.0.2\n";
    assert!(import_topic(Topic::Systems, "hosts", text, &plan()).is_ok());
}
