//! The forms that lists are written in: a row and a writer each. A new form needs nothing else.

use std::fmt;
use std::path::Path;

use super::columns::{Cell, Table};
use super::listing::{Listing, Page, aligned};
use super::workbook::workbook;
use crate::export::file::FileType;
use crate::schedule::time::zone_data::ZoneData;
use crate::wording::formulas;

/// A form of lists.
pub struct ListForm {
    /// "csv": what the command line calls it.
    pub id: &'static str,
    pub file_type: FileType,
    /// Whether it is text, which standard output can show.
    pub is_text: bool,
    /// None for a list that is too long for the form.
    pub write: fn(&dyn Listing, CsvStyle) -> Option<Vec<u8>>,
}

/// What spreadsheets and scripts expect of CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvStyle {
    /// A byte-order mark at the beginning. Without it Excel takes UTF-8 for the system's code page.
    pub has_bom: bool,
    /// Between cells. Excel expects a semicolon where the comma is the decimal sign.
    pub delimiter: u8,
}

impl CsvStyle {
    /// For scripts and standard output.
    pub const PLAIN: Self = Self { has_bom: false, delimiter: b',' };
    /// For files that people open.
    pub const FILE: Self = Self { has_bom: true, delimiter: b',' };
    /// For Excel in countries with a decimal comma.
    pub const EXCEL: Self = Self { has_bom: true, delimiter: b';' };

    /// The same with or without a byte-order mark.
    #[must_use]
    pub const fn with_bom(self, has_bom: bool) -> Self {
        Self { has_bom, ..self }
    }

    /// Whether it is for Excel, which misreads numbers and times as scripts write them.
    pub fn is_for_excel(self) -> bool {
        self == Self::EXCEL.with_bom(self.has_bom)
    }
}

/// All forms, as file dialogs offer them.
pub const FORMS: [&ListForm; 4] = [&CSV, &XLSX, &JSON, &TEXT];

pub static CSV: ListForm = ListForm {
    id: "csv",
    file_type: FileType { name: "CSV", endings: &["csv"] },
    is_text: true,
    write: |list, style| Some(csv(&list.table(), style)),
};

pub static XLSX: ListForm = ListForm {
    id: "xlsx",
    file_type: FileType { name: "Excel", endings: &["xlsx"] },
    is_text: false,
    write: |list, _| workbook(&list.table(), "List"),
};

pub static JSON: ListForm = ListForm {
    id: "json",
    file_type: FileType { name: "JSON", endings: &["json"] },
    is_text: true,
    write: |list, _| Some(list.json().into_bytes()),
};

pub static TEXT: ListForm = ListForm {
    id: "text",
    file_type: FileType { name: "Text", endings: &["txt"] },
    is_text: true,
    write: |list, _| Some(text(&list.page()).into_bytes()),
};

impl ListForm {
    /// The form that the ending of `path` asks for.
    pub fn for_path(path: &Path) -> Option<&'static Self> {
        FORMS.into_iter().find(|form| form.file_type.is_type_of(path))
    }
}

impl PartialEq for ListForm {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ListForm {}

impl fmt::Debug for ListForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Aligned columns, and the closing sentence with the release of the zone data below an empty line.
fn text(page: &Page) -> String {
    let Page { lines, closing } = page;
    let closing = format!("{closing} · zone data {}\n", ZoneData::in_use().release());
    if lines.is_empty() { closing } else { format!("{}\n{closing}", aligned(lines)) }
}

/// A line of column names, then a line for each row. Cells that a spreadsheet would run as a formula are guarded.
fn csv(table: &Table, style: CsvStyle) -> Vec<u8> {
    let begin = if style.has_bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = ::csv::WriterBuilder::new().delimiter(style.delimiter).from_writer(begin);
    // Writing into memory does not fail.
    if style.is_for_excel() {
        let _ = writer.write_record(table.spreadsheet_titles());
        for row in &table.rows {
            let _ = writer.write_record(row.iter().map(|cell| in_excel(cell).unwrap_or_else(|| guarded(cell))));
        }
    } else {
        let _ = writer.write_record(&table.columns);
        for row in &table.rows {
            let _ = writer.write_record(row.iter().map(guarded));
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that Excel would misread as scripts write it: with a decimal comma, 7.8 is a date in August, and it knows no
/// time with a T or a Z.
fn in_excel(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Tenths(_) => Some(cell.to_string().replace('.', ",")),
        Cell::IsoInstant(_) | Cell::IsoLocalTime(_) => Some(time_in_excel(&cell.to_string())),
        Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Date(_) => None,
    }
}

/// A time as Excel reads it: "2027-03-13T21:00:07Z" becomes "2027-03-13 21:00:07".
pub fn time_in_excel(time: &str) -> String {
    time.replacen('T', " ", 1).trim_end_matches('Z').to_owned()
}

/// The text of a cell that no spreadsheet runs as a formula.
fn guarded(cell: &Cell) -> String {
    formulas::guarded(cell.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_guards_its_rows() {
        let rows = vec![vec!["=HYPERLINK(1)".into(), Cell::Number(-5), Cell::Empty]];
        let table = Table { columns: vec!["name", "margin", "until"], rows };
        assert_eq!(csv(&table, CsvStyle::PLAIN), b"name,margin,until\n'=HYPERLINK(1),-5,\n");
        assert_eq!(csv(&table, CsvStyle::EXCEL), b"\xEF\xBB\xBFname;margin;until\n'=HYPERLINK(1);-5;\n");
    }

    #[test]
    fn excel_gets_decimal_commas_and_times_that_it_knows() {
        let at = crate::model::UtcMinute::from_utc("2027-03-13T21:00:00Z".parse().unwrap());
        let rows = vec![vec![Cell::Tenths(78), Cell::IsoInstant(crate::export::iso_times::IsoInstant(at))]];
        let table = Table { columns: vec!["cvss", "due_at"], rows };
        assert_eq!(csv(&table, CsvStyle::PLAIN), b"cvss,due_at\n7.8,2027-03-13T21:00:00Z\n");
        let written = csv(&table, CsvStyle::EXCEL.with_bom(false));
        assert_eq!(written, b"cvss;due_at (UTC)\n7,8;2027-03-13 21:00:00\n");
    }

    #[test]
    fn no_two_forms_have_an_id_or_an_ending_in_common() {
        let mut ids: Vec<&str> = FORMS.iter().map(|form| form.id).collect();
        let mut endings: Vec<&str> = FORMS.iter().flat_map(|form| form.file_type.endings).copied().collect();
        let counts = (ids.len(), endings.len());
        ids.sort_unstable();
        ids.dedup();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!((ids.len(), endings.len()), counts);
    }
}
