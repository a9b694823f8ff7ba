//! Rows of tables whose columns have known titles, in any order. Lines may come before the titles.

use csv::{ReaderBuilder, StringRecord};

use crate::import::{Head, ImportError, Input, checked, words_on_one_line};
use crate::wording::{counted, list_in_sentence};

/// The titles are in one of these records.
const FIRST_RECORDS: usize = 20;
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// How many lines of skipped rows a warning names.
const MOST_NAMED_LINES: usize = 10;

/// Titles as letters and digits in lower case: "Computer Name" is "computername".
pub struct Titles(Vec<String>);

impl Titles {
    fn new(record: &StringRecord) -> Self {
        let folded = |title: &str| title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self(record.iter().map(folded).collect())
    }

    /// Whether there is a column with one of these titles.
    pub fn has(&self, titles: &[&str]) -> bool {
        self.0.iter().any(|own| titles.contains(&own.as_str()))
    }

    /// The columns with one of these titles; the first title counts most.
    pub fn columns(&self, titles: &[&str]) -> Vec<usize> {
        let with = |title: &&str| self.0.iter().position(|own| own == title);
        titles.iter().filter_map(with).collect()
    }
}

/// A table that was read.
pub struct DeviceRows {
    pub titles: Titles,
    pub rows: Vec<StringRecord>,
    /// How many rows were skipped, since they have another number of cells than the titles.
    pub skipped: usize,
    /// What should be known about how it was read.
    pub remarks: Vec<String>,
}

/// Whether the head of a file is a table with such titles.
pub fn has_titles(head: &Head, are_titles: fn(&Titles) -> bool) -> bool {
    head.is_text() && find_titles(head.text(), are_titles).is_some()
}

/// The delimiter and the number of records before the titles.
fn find_titles(text: &str, are_titles: fn(&Titles) -> bool) -> Option<(u8, usize)> {
    let text = text.trim_start_matches('\u{feff}');
    DELIMITERS.into_iter().find_map(|delimiter| {
        let records = builder(delimiter).from_reader(text.as_bytes()).into_records();
        let titles = records.take(FIRST_RECORDS).map_while(Result::ok).map(|record| Titles::new(&record));
        let before = titles.into_iter().position(|titles| titles.0.len() > 1 && are_titles(&titles))?;
        Some((delimiter, before))
    })
}

/// Reads the only file. `name`: what it should be.
///
/// # Errors
/// The file cannot be read or has no such titles.
pub fn read(input: &Input<'_>, name: &'static str, are_titles: fn(&Titles) -> bool) -> Result<DeviceRows, ImportError> {
    let text = input.text()?;
    let text = checked(&text)?;
    let broken = |problem: String| ImportError::BrokenDocument { name, problem };
    let (delimiter, before) =
        find_titles(text, are_titles).ok_or_else(|| broken("its titles are missing".to_owned()))?;
    let mut reader = builder(delimiter).from_reader(text.as_bytes());
    let mut records = reader.records().skip(before);
    let titles = records.next().and_then(Result::ok).map_or_else(|| Titles(Vec::new()), |record| Titles::new(&record));
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    for record in records {
        input.source.check_cancelled()?;
        let record = record.map_err(|error| broken(words_on_one_line(&error.to_string())))?;
        let width = titles.0.len();
        let is_whole = record.len() >= width && record.iter().skip(width).all(str::is_empty);
        if is_whole {
            rows.push(record);
        } else {
            skipped.push(record.position().map_or(0, csv::Position::line));
        }
    }
    let mut remarks = Vec::new();
    if !skipped.is_empty() {
        let lines = list_in_sentence(skipped.iter().map(u64::to_string), MOST_NAMED_LINES);
        let (count, width) = (counted(skipped.len(), "row"), titles.0.len());
        remarks.push(format!("{count} skipped: not {width} cells, as the titles have (lines {lines})"));
    }
    Ok(DeviceRows { titles, rows, skipped: skipped.len(), remarks })
}

/// The first cell of these columns that says something. Signs for "nothing" are empty.
pub fn cell<'r>(row: &'r StringRecord, columns: &[usize]) -> &'r str {
    let mut cells = columns.iter().filter_map(|at| row.get(*at)).map(str::trim);
    cells.find(|cell| !matches!(*cell, "" | "-" | "N/A" | "NULL" | "null")).unwrap_or_default()
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_after_other_lines_with_any_delimiter() {
        let are_titles = |titles: &Titles| titles.has(&["name"]) && titles.has(&["sysclassname"]);
        for (text, expected) in [
            ("name,sys_class_name\n", Some((b',', 0))),
            ("\u{feff}#TYPE x\n\"Sys class name\";Name\n", Some((b';', 1))),
            ("name,date\n", None),
        ] {
            assert_eq!(find_titles(text, are_titles), expected, "{text}");
        }
    }
}
