//! A sheet: rows of cells with their line or row numbers.

use crate::import::limits::FIRST_ROWS;

/// A sheet of a workbook, or a text as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// None for a text.
    pub name: Option<String>,
    /// With blank rows among them, so that gaps are seen.
    pub rows: Vec<SheetRow>,
    /// The number of cells of its rows, if it is of a workbook.
    pub cells: usize,
    /// What is wrong with its quotes or cells, with the line.
    pub problems: Vec<(usize, String)>,
    /// Cells without a value that can be read.
    pub faults: Vec<CellFault>,
    /// In a workbook, a person has hidden it.
    pub is_hidden: bool,
    /// It was not read to its end.
    pub has_too_many_cells: bool,
    /// Its workbook counts days from 1904, not from 1900.
    pub counts_from_1904: bool,
}

/// A cell of a workbook that should have a value but has none, or of a text that is too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    pub line: usize,
    /// From 0.
    pub column: usize,
    /// What it has instead, and the remedy.
    pub what: String,
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetRow {
    /// The line or the row's number, from 1.
    pub line: usize,
    /// Trimmed.
    pub cells: Vec<String>,
}

impl Sheet {
    /// The first rows as text with tabs.
    pub fn first_text(&self) -> String {
        let mut text = String::new();
        for row in self.rows.iter().take(FIRST_ROWS) {
            let cells = row.cells.iter().map(|cell| cell.replace(['\t', '\n', '\r', '"'], " "));
            text.push_str(&cells.collect::<Vec<_>>().join("\t"));
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
impl Sheet {
    /// A sheet whose cells have commas between them.
    pub fn from_lines(lines: &[&str]) -> Self {
        let row =
            |(at, line): (usize, &&str)| SheetRow { line: at + 1, cells: line.split(',').map(str::to_owned).collect() };
        Self { rows: lines.iter().enumerate().map(row).collect(), ..Self::default() }
    }
}

impl SheetRow {
    /// Whether no cell has text.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}
