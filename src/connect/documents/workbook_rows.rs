//! The rows of the sheets of a workbook that have the titles of a table.

use std::collections::HashMap;

use super::titles::Titles;
use crate::import::{Sheet, words_on_one_line};
use crate::wording::{counted, list_in_sentence};

/// The titles are in one of these rows.
const FIRST_ROWS: usize = 50;
/// A remark names at most this many cells or sheets.
const MOST_NAMED: usize = 10;

/// The rows below the titles, each with a cell for every title.
#[derive(Debug)]
pub struct WorkbookRows {
    pub titles: Titles,
    pub rows: std::vec::IntoIter<Vec<String>>,
    /// How many rows are left out, since a cell has no value.
    pub skipped: usize,
    /// What should be known about how it was read.
    pub remarks: Vec<String>,
}

impl WorkbookRows {
    /// Takes the rows of the first sheet that is not hidden and whose titles `are_titles` accepts, and those of all other
    /// sheets with the same titles. The others are named in the remarks.
    pub fn find(sheets: Vec<Sheet>, are_titles: fn(&Titles) -> bool) -> Option<Self> {
        let mut found: Option<Self> = None;
        let mut others = Vec::new();
        for sheet in sheets {
            let Some((at, titles)) = header(&sheet, are_titles).filter(|_| !sheet.is_hidden) else {
                others.push(sheet);
                continue;
            };
            let rows = match &mut found {
                Some(rows) if rows.titles != titles => {
                    others.push(sheet);
                    continue;
                }
                Some(rows) => rows,
                None => found.insert(Self { titles, rows: Vec::new().into_iter(), skipped: 0, remarks: Vec::new() }),
            };
            rows.add(sheet, at);
        }
        let mut found = found?;
        let others = others.iter().filter(|sheet| sheet.rows.iter().any(|row| !row.is_blank())).map(quoted);
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            let (sheets, have) =
                (counted(others.len(), "sheet"), if others.len() == 1 { "it has" } else { "they have" });
            let names = list_in_sentence(others, MOST_NAMED);
            found.remarks.push(format!("{sheets} ignored ({names}): {have} other titles, or are hidden"));
        }
        Some(found)
    }

    /// Adds the rows below the one with the titles.
    fn add(&mut self, sheet: Sheet, header: usize) {
        let name = quoted(&sheet);
        let width = self.titles.width();
        let mut faults: HashMap<usize, String> = HashMap::new();
        for fault in sheet.faults.into_iter().filter(|fault| fault.column < width) {
            faults.entry(fault.line).or_insert(fault.what);
        }
        let mut rows: Vec<Vec<String>> = std::mem::take(&mut self.rows).collect();
        let mut skipped = Vec::new();
        for mut row in sheet.rows.into_iter().skip(header + 1) {
            if let Some(what) = faults.remove(&row.line) {
                skipped.push(format!("row {}: {what}", row.line));
            } else if !row.is_blank() {
                row.cells.resize(width, String::new());
                rows.push(row.cells);
            }
        }
        if !skipped.is_empty() {
            self.skipped += skipped.len();
            let count = counted(skipped.len(), "row");
            let cells = list_in_sentence(skipped, MOST_NAMED);
            self.remarks.push(format!("Sheet {name}: {count} skipped, as a cell has no value ({cells})"));
        }
        self.remarks
            .extend(sheet.problems.into_iter().map(|(line, problem)| format!("Sheet {name}, row {line}: {problem}")));
        self.rows = rows.into_iter();
    }
}

/// The row with the titles.
fn header(sheet: &Sheet, are_titles: fn(&Titles) -> bool) -> Option<(usize, Titles)> {
    let titles = sheet.rows.iter().take(FIRST_ROWS).map(|row| Titles::new(row.cells.iter().map(String::as_str)));
    titles.enumerate().find(|(_, titles)| titles.width() > 1 && are_titles(titles))
}

fn quoted(sheet: &Sheet) -> String {
    format!("\"{}\"", words_on_one_line(sheet.name.as_deref().unwrap_or_default()))
}
