//! A list as a workbook for Excel: typed cells, a frozen header with filters, and columns as wide as their contents.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::columns::{Cell, Table};
use crate::wording::iso;

/// Excel's limit for the text of a cell, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// In characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;

/// The formats of the cells.
struct Formats {
    header: Format,
    date: Format,
    time: Format,
    decimal: Format,
    instant: Format,
}

/// The workbook's bytes. None if the table is larger than a sheet can be.
pub fn workbook(table: &Table, name: &str) -> Option<Vec<u8>> {
    written(table, name).ok()
}

fn written(table: &Table, name: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same plan gives the same bytes.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let formats = Formats {
        header: Format::new().set_bold(),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        decimal: Format::new().set_num_format("0.0"),
        time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        instant: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    };
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    for (column, title) in (0_u16..).zip(table.spreadsheet_titles()) {
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = cells.map(width).chain([title.chars().count() + 3]).max().unwrap_or_default();
        sheet.write_string_with_format(0, column, title, &formats.header)?;
        sheet.set_column_width(column, widest.clamp(*WIDTHS.start(), *WIDTHS.end()) as f64)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write(sheet, (row, column), cell, &formats)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(rows), Some(last)) = (u32::try_from(table.rows.len()), table.columns.len().checked_sub(1)) {
        sheet.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    workbook.save_to_buffer()
}

/// Texts are written as such: Excel runs none of them as a formula.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, shortened(text))?;
        }
        // Beyond 2^53 the digits would not be exact; no list has such numbers.
        Cell::Number(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Tenths(tenths) => {
            sheet.write_number_with_format(row, column, f64::from(*tenths) / 10.0, &formats.decimal)?;
        }
        Cell::Date(on) => {
            let serial = ExcelDateTime::parse_from_str(&on.to_string())?;
            sheet.write_datetime_with_format(row, column, &serial, &formats.date)?;
        }
        Cell::IsoLocalTime(at) => {
            let serial = ExcelDateTime::parse_from_str(&at.to_string())?;
            sheet.write_datetime_with_format(row, column, &serial, &formats.time)?;
        }
        Cell::IsoInstant(at) => {
            let serial = ExcelDateTime::parse_from_str(iso::utc_minute(at.0).trim_end_matches('Z'))?;
            sheet.write_datetime_with_format(row, column, &serial, &formats.instant)?;
        }
    }
    Ok(())
}

/// The text up to Excel's limit.
fn shortened(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= LONGEST_CELL
        })
        .collect()
}

/// The longest line of a cell, in characters.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Date(_) => 11,
        Cell::IsoLocalTime(_) | Cell::IsoInstant(_) => 17,
        Cell::Text(text) => text.lines().map(|line| line.chars().count() + 1).max().unwrap_or_default(),
        Cell::Number(number) => number.to_string().len() + 1,
        Cell::Tenths(_) => 6,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::export::iso_times::{IsoInstant, IsoLocalTime};
    use crate::model::UtcMinute;

    #[test]
    fn cells_keep_their_types_and_no_text_becomes_a_formula() {
        let on = chrono::NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        let at = UtcMinute::from_utc("2027-03-13T21:00:00Z".parse().unwrap());
        let local = crate::schedule::Zone::utc().local(at);
        let rows = vec![vec![
            Cell::from("=1+1"),
            Cell::Number(-5),
            Cell::Date(on),
            Cell::IsoInstant(IsoInstant(at)),
            Cell::IsoLocalTime(IsoLocalTime(local)),
            Cell::Empty,
            Cell::from("x".repeat(40_000)),
            Cell::Tenths(78),
        ]];
        let table = Table { columns: vec!["name", "margin", "date", "start", "local", "until", "notes", "cvss"], rows };
        let bytes = workbook(&table, "Ledger").unwrap();
        assert_eq!(bytes, workbook(&table, "Ledger").unwrap(), "the same list gives the same bytes");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("Ledger").unwrap();
        let cell = |column: usize| sheet.get((1, column)).unwrap().clone();
        assert_eq!(sheet.get((0, 3)), Some(&Data::String("start (UTC)".to_owned())));
        assert_eq!((cell(0), cell(1)), (Data::String("=1+1".to_owned()), Data::Float(-5.0)));
        assert_eq!(cell(7), Data::Float(7.8));
        let serial = |data: Data| match data {
            Data::DateTime(at) => at.as_f64(),
            other => panic!("{other:?}"),
        };
        assert!((serial(cell(2)) - 46_459.0).abs() < 1e-6 && (serial(cell(3)) - 46_459.875).abs() < 1e-6);
        assert!((serial(cell(4)) - 46_459.875).abs() < 1e-6);
        assert_eq!(book.worksheet_formula("Ledger").unwrap().used_cells().count(), 0);
    }
}
