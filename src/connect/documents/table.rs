//! Tables whose columns are known by their titles, in any order: text, and the sheets of a workbook. Lines may come before
//! the titles.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::titles::Titles;
use super::utf8::{Utf8Reader, Watch};
use super::workbook_rows::WorkbookRows;
use crate::import::{Head, ImportError, Input, words_on_one_line};
use crate::wording::{counted, list_in_sentence};

/// The titles are in one of these records.
const FIRST_RECORDS: usize = 50;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Usual endings of such tables.
pub const ENDINGS: &[&str] = &["csv", "xlsx", "xlsm", "xlsb", "xls", "ods"];
/// How many lines of skipped rows a warning names.
const MOST_NAMED_LINES: usize = 10;

/// Where the titles of a table are, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    delimiter: u8,
    /// How many records come before.
    before: usize,
    titles: Titles,
}

impl Header {
    /// Finds the first record near the beginning whose titles `are_titles` accepts.
    pub fn find(head: &str, are_titles: fn(&Titles) -> bool) -> Option<Self> {
        let head = head.trim_start_matches('\u{feff}');
        DELIMITERS.into_iter().find_map(|delimiter| {
            let records = builder(delimiter).from_reader(head.as_bytes()).into_records();
            let titles = records.take(FIRST_RECORDS).map_while(Result::ok).map(|record| Titles::new(record.iter()));
            let found = titles.enumerate().find(|(_, titles)| titles.width() > 1 && are_titles(titles));
            found.map(|(before, titles)| Self { delimiter, before, titles })
        })
    }

    /// Whether the head of a file is a table with such titles.
    pub fn is_in(head: &Head, are_titles: fn(&Titles) -> bool) -> bool {
        head.is_text() && Self::find(head.text(), are_titles).is_some()
    }
}

/// The columns with one of several titles.
#[derive(Clone, Debug)]
pub struct Column(Vec<usize>);

/// A table that is read row by row.
pub struct TableReader<'a> {
    records: Records<'a>,
    record: StringRecord,
    titles: Titles,
    name: &'static str,
    input: &'a Input<'a>,
    /// The lines of rows with another number of cells than the titles.
    skipped: Vec<u64>,
}

/// Where the rows come from.
enum Records<'a> {
    Text { reader: Box<csv::Reader<Utf8Reader<Box<dyn Read + 'a>>>>, watch: Watch },
    Workbook(WorkbookRows),
}

/// A row of a table.
pub struct Row<'r>(&'r StringRecord);

impl<'a> TableReader<'a> {
    /// `name`: what it should be, "a report of Nessus (CSV)".
    ///
    /// # Errors
    /// The file cannot be read or has no such titles.
    pub fn new(input: &'a Input<'a>, name: &'static str, are_titles: fn(&Titles) -> bool) -> Result<Self, ImportError> {
        let file = input.file()?;
        let missing = || ImportError::BrokenDocument { name, problem: "its titles are missing".to_owned() };
        let head = file.head()?;
        let record = StringRecord::new();
        if head.is_workbook() {
            let rows = WorkbookRows::find(file.sheets()?, are_titles).ok_or_else(missing)?;
            let titles = rows.titles.clone();
            return Ok(Self { records: Records::Workbook(rows), record, titles, name, input, skipped: Vec::new() });
        }
        let header = Header::find(head.text(), are_titles).ok_or_else(missing)?;
        let inner: Box<dyn Read> = Box::new(file.reader()?);
        let decoded = Utf8Reader::new(inner).map_err(|error| broken(name, &error.to_string()))?;
        let watch = decoded.watch();
        let records = Records::Text { reader: Box::new(builder(header.delimiter).from_reader(decoded)), watch };
        let mut table = Self { records, record, titles: header.titles, name, input, skipped: Vec::new() };
        for _ in 0..=header.before {
            table.read_record()?;
        }
        Ok(table)
    }

    /// The columns with one of these titles; those of the first count before those of the others.
    pub fn column(&self, titles: &[&str]) -> Column {
        Column(titles.iter().flat_map(|title| self.titles.positions(title)).collect())
    }

    fn read_record(&mut self) -> Result<bool, ImportError> {
        let read = match &mut self.records {
            Records::Text { reader, watch } => {
                watch.end_record();
                reader.read_record(&mut self.record)
            }
            Records::Workbook(workbook) => {
                let row = workbook.rows.next();
                let has_row = row.is_some();
                self.record = row.unwrap_or_default().into();
                Ok(has_row)
            }
        };
        self.input.source.check_cancelled()?;
        read.map_err(|error| broken(self.name, &words_on_one_line(&error.to_string())))
    }

    /// The next row that has as many cells as there are titles. Empty cells at its end do not count.
    ///
    /// # Errors
    /// The file cannot be read, or the import was cancelled.
    pub fn next(&mut self) -> Result<Option<Row<'_>>, ImportError> {
        while self.read_record()? {
            let width = self.titles.width();
            let is_whole = self.record.len() >= width && self.record.iter().skip(width).all(str::is_empty);
            if is_whole {
                return Ok(Some(Row(&self.record)));
            }
            self.skipped.push(self.record.position().map_or(0, csv::Position::line));
        }
        Ok(None)
    }

    /// How many rows were skipped: those with another number of cells than the titles, and those of a workbook with a cell
    /// that has no value.
    pub fn skipped(&self) -> usize {
        let unread = if let Records::Workbook(workbook) = &self.records { workbook.skipped } else { 0 };
        self.skipped.len() + unread
    }

    /// What should be known about how it was read.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.skipped.is_empty() {
            let lines = list_in_sentence(self.skipped.iter().map(u64::to_string), MOST_NAMED_LINES);
            let (rows, width) = (counted(self.skipped.len(), "row"), self.titles.width());
            remarks.push(format!("{rows} skipped: not {width} cells, as the titles have (lines {lines})"));
        }
        match &self.records {
            Records::Text { watch, .. } if watch.is_guessed() => remarks.push(GUESSED.to_owned()),
            Records::Text { .. } => {}
            Records::Workbook(workbook) => remarks.extend(workbook.remarks.iter().cloned()),
        }
        remarks
    }
}

/// Said of files whose encoding was guessed.
pub const GUESSED: &str = "The file is not UTF-8: read as Windows-1252. Check names with special characters";

impl Row<'_> {
    /// The first cell of the columns that says something. Signs for "nothing" are empty.
    pub fn text(&self, column: &Column) -> &str {
        let cells = column.0.iter().filter_map(|at| self.0.get(*at));
        cells.map(without_nothing).find(|cell| !cell.is_empty()).unwrap_or_default()
    }
}

/// A cell without blanks around it; empty if it is a sign for "nothing".
fn without_nothing(cell: &str) -> &str {
    let cell = cell.trim();
    if matches!(cell, "-" | "'-" | "N/A" | "n/a" | "NULL" | "null") { "" } else { cell }
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder
}

/// Whether a cell says yes. Workbooks keep it as a value, and programs write it in several words.
pub fn says_yes(cell: &str) -> bool {
    ["true", "yes", "1"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a cell says no.
pub fn says_no(cell: &str) -> bool {
    ["false", "no", "0"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

fn broken(name: &'static str, problem: &str) -> ImportError {
    ImportError::BrokenDocument { name, problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_after_other_lines_with_any_delimiter() {
        let are_titles = |titles: &Titles| titles.has(&["cve"]) && titles.has(&["cvssv30basescore"]);
        for (text, expected) in [
            ("CVE,CVSS v3.0 Base Score\n", Some((b',', 0))),
            ("\u{feff}\"CVE\";\"CVSS v3.0 Base Score\";x\n", Some((b';', 0))),
            ("Report\n\"A\nB\"\ncve\tCVSS V3.0 base score\n", Some((b'\t', 2))),
            ("name,date\n", None),
        ] {
            let found = Header::find(text, are_titles).map(|header| (header.delimiter, header.before));
            assert_eq!(found, expected, "{text}");
        }
    }
}
