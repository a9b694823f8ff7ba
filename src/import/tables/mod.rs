//! Tables as spreadsheets write them: a line of column names, then rows.

pub mod cells;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::confidence::Confidence;
use super::error::ImportError;
use super::head::Head;
use super::imported::Imported;
use super::limits::MOST_RECORDS;
use super::text::words_on_one_line;

/// A table whose cells are trimmed. Commas, semicolons or tabs separate them.
pub(super) struct Table {
    pub header: StringRecord,
    /// Each with its line, from 1, without empty rows.
    pub rows: Vec<(usize, StringRecord)>,
}

impl Table {
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let mut reader = records(text);
        let mut records = reader.records().map_while(Result::ok);
        let header = records.next().ok_or(ImportError::Empty)?;
        let mut rows = Vec::new();
        let mut lines = LineCounter { text: text.as_bytes(), position: 0, line: 1 };
        for (index, record) in records.enumerate() {
            if index >= MOST_RECORDS {
                return Err(ImportError::TooMany("rows"));
            }
            if record.iter().all(str::is_empty) {
                continue;
            }
            let line = lines.line_at(record.position().map_or(0, |position| position.byte() as usize));
            rows.push((line, record));
        }
        Ok(Self { header, rows })
    }
}

/// A reader of the rows of `text`, the header among them.
fn records(text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes())
}

/// Which column of a table holds which cell, whatever their order.
pub(super) struct Columns<const N: usize>([Option<usize>; N]);

impl<const N: usize> Columns<N> {
    /// Finds the columns of these names, and warns about those that are ignored.
    ///
    /// # Errors
    /// One of the `required` columns, given by their index in the names, is missing.
    pub fn find(
        names: &[&str; N],
        required: &[usize],
        header: &StringRecord,
        imported: &mut Imported,
    ) -> Result<Self, ImportError> {
        let mut indices = [None; N];
        for (index, title) in header.iter().enumerate() {
            match names.iter().position(|name| title.eq_ignore_ascii_case(name)) {
                Some(column) if indices[column].is_none() => indices[column] = Some(index),
                Some(_) => imported.warn(Some(1), format!("Second column \"{title}\" ignored")),
                // Our own tables end with the release of the zone data, which says nothing about a row.
                None if title.is_empty() || title == "zone_data" => {}
                None => imported.warn(Some(1), format!("Unknown column \"{}\" ignored", words_on_one_line(title))),
            }
        }
        let missing = required.iter().filter(|column| indices[**column].is_none());
        let missing: Vec<String> = missing.map(|column| format!("\"{}\"", names[*column])).collect();
        if missing.is_empty() {
            Ok(Self(indices))
        } else {
            Err(ImportError::MissingColumns { missing: missing.join(" and "), found: titles(header) })
        }
    }

    /// The cells of a row in the order of the names; `None` if a cell is empty.
    pub fn cells<'a>(&self, record: &'a StringRecord) -> [Option<&'a str>; N] {
        self.0.map(|index| index.and_then(|index| record.get(index)).map(cell_text).filter(|text| !text.is_empty()))
    }
}

/// Judges by its first line whether a file is a table with the `required` ones of these columns.
pub(super) fn sniff_columns<const N: usize>(head: &Head, names: &[&str; N], required: &[usize]) -> Confidence {
    if !head.is_text() || is_other_text(head.text()) {
        return Confidence::No;
    }
    let Some(header) = records(head.text()).records().map_while(Result::ok).next() else { return Confidence::No };
    let has = |column: &usize| header.iter().any(|title| title.eq_ignore_ascii_case(names[*column]));
    if required.iter().all(has) { Confidence::Likely } else { Confidence::Unlikely }
}

/// Whether the text begins as calendars and JSON do, which no table does.
fn is_other_text(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with(['{', '[']) || start.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("BEGIN:"))
}

/// The text of a cell, without the apostrophe that our exports put before what a spreadsheet would run as a formula.
fn cell_text(written: &str) -> &str {
    let begins_formula =
        |rest: &&str| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    written.strip_prefix('\'').filter(begins_formula).unwrap_or(written).trim()
}

/// The titles of a table for a message.
fn titles(header: &StringRecord) -> String {
    let titles: Vec<String> = header.iter().map(words_on_one_line).collect();
    titles.join(", ").chars().take(200).collect()
}

/// Counts lines as an editor does. The `csv` reader is off by one after carriage returns.
struct LineCounter<'a> {
    text: &'a [u8],
    position: usize,
    line: usize,
}

impl LineCounter<'_> {
    /// The line of the first character at or after `byte` that is not a line end. Bytes must be asked for in order.
    fn line_at(&mut self, byte: usize) -> usize {
        while let Some(next) = self.text.get(self.position)
            && (self.position < byte || matches!(next, b'\r' | b'\n'))
        {
            self.line += usize::from(*next == b'\n');
            self.position += 1;
        }
        self.line
    }
}

/// Whichever of comma, semicolon and tab occurs most often in the first line.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    // If several are equally frequent, the last one wins.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}
