//! Measures the import of an .xlsx of 100,000 rows. Budget: 2 s.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use divan::{Bencher, black_box};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use windowsill::connect;
use windowsill::import::{MemoryFile, Options, Source, Target, Topic};
use windowsill::model::{Horizon, Plan};
use windowsill::progress::Progress;

fn main() {
    divan::main();
}

const ROWS: u32 = 100_000;

/// 1,000 windows on 100 dates each.
fn workbook() -> Vec<u8> {
    let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["Name", "Datum", "Beginn", "Dauer"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    for row in 0..ROWS {
        let on = first + Days::new(u64::from(row % 100) * 3);
        sheet.write_string(row + 1, 0, format!("Window {}", row / 100)).unwrap();
        let serial = ExcelDateTime::parse_from_str(&on.to_string()).unwrap();
        sheet.write_datetime_with_format(row + 1, 1, &serial, &date).unwrap();
        sheet.write_string(row + 1, 2, "22:00").unwrap();
        sheet.write_number(row + 1, 3, 4).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[divan::bench(sample_count = 5)]
fn an_xlsx_of_100_000_rows(bencher: Bencher<'_, '_>) {
    let plan = Arc::new(Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin"));
    let bytes = workbook();
    bencher.bench(|| {
        let progress = Progress::default();
        let source = Source::new(vec![Box::new(MemoryFile::new("windows.xlsx", bytes.clone()))], &progress);
        let kind = connect::recognise(&source, Some(Topic::Windows)).unwrap()[0];
        let target = Target::new(Arc::clone(&plan), plan.horizon().from);
        let imported = connect::read(&source, kind, &Options::default(), &target).unwrap();
        assert_eq!(imported.edits.len(), 1_000);
        black_box(imported)
    });
}
