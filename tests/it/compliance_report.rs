//! The compliance report for auditors: PDF, HTML, Excel and lists of the same figures, and the command that writes them.

use std::fs;

use calamine::{Data, Reader, Xlsx};

use crate::support::desk::{Desk, rows};
#[cfg(feature = "pdf")]
use crate::support::poppler::{Pdf, are_readers_here, squeezed};

/// A folder with the sample as `p.ron`.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("p.ron", include_str!("../../assets/sample.ron"));
    desk
}

const AT: &str = "--at 2027-04-01";

/// What every form of the report says about the sample.
const SAID: [&str; 8] = [
    "the end of Thu 1 Apr 2027",
    "Critical in time",
    "60.0 %",
    "Overdue by 1 day",
    "ht-2027-010",
    "Rolled back",
    "Portal is closed to the internet",
    "Forecast",
];

#[test]
fn the_report_says_the_same_in_html_and_markdown() {
    let desk = desk();
    for ending in ["html", "md"] {
        desk.run(&format!("compliance p.ron {AT} -o report.{ending}")).fine();
        // Markdown escapes what could be a sign.
        let text = desk.read(&format!("report.{ending}")).to_lowercase().replace('\\', "");
        for said in SAID {
            assert!(text.contains(&said.to_lowercase()), "{said:?} is not in the {ending}");
        }
    }
    let html = desk.run(&format!("compliance p.ron {AT} --format html")).fine();
    assert_eq!(html, desk.read("report.html"), "standard output gets the same");
}

#[cfg(feature = "pdf")]
#[test]
fn the_report_is_a_valid_pdf_and_says_what_html_and_markdown_say() {
    let desk = desk();
    desk.run(&format!("compliance p.ron {AT} -o report.pdf")).fine();
    if are_readers_here() {
        let pdf = Pdf::new(&fs::read(desk.path("report.pdf")).unwrap());
        pdf.check();
        let text = pdf.text().to_lowercase();
        for said in SAID {
            assert!(text.contains(&squeezed(said).to_lowercase()), "{said:?} is not in the PDF");
        }
    }
}

#[test]
fn what_people_typed_is_never_markup_or_a_formula() {
    let desk = Desk::new();
    let hostile = "<script>alert(1)</script>";
    let plan = r#"(
    format: 2, id: "p", title: "TEXT", horizon: (from: "2027-01-01", months: 12), zone: "UTC",
    areas: [(id: "pay", name: "TEXT")],
    systems: [(id: "a", name: "=1+1 TEXT", hosts: 4, area: "pay")],
    windows: [(id: "w", name: "TEXT", systems: ["a"], rule: Weekly(days: ["Sat"], every: 1), start: "22:00",
        duration: "4h")],
    advisories: [(id: "x", title: "=HYPERLINK(1) TEXT", cvss_tenths: 75, published_on: "2027-03-09", systems: ["a"],
        decisions: [(verdict: Deploy, by: "TEXT", on: "2027-03-09", reason: "TEXT")])],
    results: [(of: (window: "w", on: "2027-03-13", system: "a"), hosts: 4, attempted: 4, failed: 4, notes: "TEXT")],
)"#;
    desk.write("p.ron", &plan.replace("TEXT", hostile));
    let html = desk.run("compliance p.ron --at 2027-03-31 --format html").fine();
    assert!(!html.contains("<script"), "{html}");
    assert!(html.matches("&lt;script&gt;").count() >= 5, "it is there as text");
    let csv = desk.run("compliance p.ron --at 2027-03-31 --items --format csv").fine();
    assert!(csv.contains("'=HYPERLINK(1)"), "{csv}");
    desk.run("compliance p.ron --at 2027-03-31 --items -o items.xlsx").fine();
    let mut book: Xlsx<_> = calamine::open_workbook(desk.path("items.xlsx")).unwrap();
    assert_eq!(book.worksheet_formula("List").unwrap().used_cells().count(), 0);
}

#[test]
fn figures_and_items_are_lists_for_excel_and_scripts() {
    let desk = desk();
    desk.run(&format!("compliance p.ron {AT} -o figures.xlsx")).fine();
    let mut book: Xlsx<_> = calamine::open_workbook(desk.path("figures.xlsx")).unwrap();
    let sheet = book.worksheet_range("List").unwrap();
    assert_eq!(sheet.get((1, 0)), Some(&Data::String("overall".to_owned())));
    assert_eq!((sheet.get((1, 2)), sheet.get((1, 10))), (Some(&Data::Float(56.0)), Some(&Data::Float(80.4))));
    let json = desk.run(&format!("compliance p.ron {AT} --items --format json")).fine();
    let items = rows(&json);
    let count = |state: &str| items.iter().filter(|item| item["state"] == state).count();
    assert_eq!((items.len(), count("in time"), count("late"), count("overdue")), (61, 45, 9, 2));
    let late = items.iter().find(|item| item["advisory"] == "ht-2026-044" && item["system"] == "payments-hub").unwrap();
    assert_eq!(
        (&late["state"], &late["window"], &late["on"]),
        (&serde_json::json!("late"), &serde_json::json!("payments-hub"), &serde_json::json!("2027-01-24"),)
    );
    let text = desk.run(&format!("compliance p.ron {AT} --items")).fine();
    assert!(text.contains("61 items"), "{text}");
    desk.run(&format!("compliance p.ron {AT} --hosts -o hosts.json")).fine();
    let hosts: serde_json::Value = serde_json::from_str(&desk.read("hosts.json")).unwrap();
    assert!(hosts["overall"]["due"].as_u64().is_some_and(|due| due > 3000), "hosts are counted");
}

#[test]
fn a_form_that_does_not_fit_is_refused_and_nothing_is_written() {
    let desk = desk();
    for (words, part) in [
        ("--format pdf", "pdf needs a file (add -o FILE.pdf)"),
        ("--format xlsx", "xlsx needs a file"),
        ("--format html -o report.pdf", "the ending is not that of --format (use .html)"),
        ("--format csv -o report", "use .csv"),
        ("-o report.doc", "unknown ending (use .pdf, .html"),
        ("--items --format html", "--items is a list"),
        ("--items -o report.md", "--items is a list"),
    ] {
        desk.run(&format!("compliance p.ron {AT} {words}")).fails_saying(part);
    }
    let files = fs::read_dir(desk.path("")).unwrap().count();
    assert_eq!(files, 2, "the two plans");
    desk.write("p.json", &desk.read("p.ron"));
    desk.run("compliance p.json -o p.json").fails_saying("this is the plan itself");
    assert_eq!(desk.read("p.json"), desk.read("p.ron"));
}
