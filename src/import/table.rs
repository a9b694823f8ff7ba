//! Tables as spreadsheets write them: a line of column names, and rows with the lines on which they stand.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{ImportError, Imported, MOST_RECORDS, one_line};

/// A table whose cells are trimmed. Fields are parted by commas, semicolons or tabs.
pub(super) struct Table {
    pub header: StringRecord,
    /// With the line of each, from 1; rows without any content are left out.
    pub rows: Vec<(usize, StringRecord)>,
}

impl Table {
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let mut records = reader.records().map_while(Result::ok);
        let header = records.next().ok_or(ImportError::Empty)?;
        let mut rows = Vec::new();
        let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
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

/// Where each of the columns that are read stands, whatever their order.
pub(super) struct Columns<const N: usize>([Option<usize>; N]);

impl<const N: usize> Columns<N> {
    /// Finds the columns of these names. What is not read is warned about.
    pub fn of(names: &[&str; N], header: &StringRecord, imported: &mut Imported) -> Self {
        let mut places = [None; N];
        for (index, title) in header.iter().enumerate() {
            match names.iter().position(|name| title.eq_ignore_ascii_case(name)) {
                Some(column) if places[column].is_none() => places[column] = Some(index),
                Some(_) => imported.warn(Some(1), format!("The second column \"{title}\" is not read")),
                None if title.is_empty() => {}
                None => imported.warn(Some(1), format!("The column \"{}\" is not known and not read", one_line(title))),
            }
        }
        Self(places)
    }

    /// Whether the column at that place in the names is there.
    pub fn has(&self, column: usize) -> bool {
        self.0[column].is_some()
    }

    /// The cells of a row in the order of the names; none where one is empty.
    pub fn cells<'a>(&self, record: &'a StringRecord) -> [Option<&'a str>; N] {
        self.0.map(|place| place.and_then(|place| record.get(place)).map(cell).filter(|cell| !cell.is_empty()))
    }
}

/// What a cell says, without the apostrophe that our exports put before what a spreadsheet would run as a formula.
fn cell(written: &str) -> &str {
    let begins_formula =
        |rest: &&str| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    written.strip_prefix('\'').filter(begins_formula).unwrap_or(written).trim()
}

/// The titles of a table without the columns that it needs, as an error shows them.
pub(super) fn titles(header: &StringRecord) -> String {
    let titles: Vec<String> = header.iter().map(one_line).collect();
    titles.join(", ").chars().take(200).collect()
}

/// Counts lines as an editor does. The table's reader is one short after each carriage return.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first character at or after `byte` that ends no line. Places must come in order.
    fn line_at(&mut self, byte: usize) -> usize {
        while let Some(next) = self.text.get(self.at)
            && (self.at < byte || matches!(next, b'\r' | b'\n'))
        {
            self.line += usize::from(*next == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// The one of comma, semicolon and tab that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    // Of equals the last one wins.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}
