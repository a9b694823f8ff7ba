//! A sheet: rows of cells with their line or row numbers.

/// A sheet of a workbook, or a text as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// None for a text.
    pub name: Option<String>,
    /// With blank rows among them, so that gaps are seen.
    pub rows: Vec<SheetRow>,
    /// What is wrong with its quotes or cells, with the line.
    pub problems: Vec<(usize, String)>,
    /// In a workbook, a person has hidden it.
    pub is_hidden: bool,
    /// Its workbook counts days from 1904, not from 1900.
    pub counts_from_1904: bool,
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetRow {
    /// The line or the row's number, from 1.
    pub line: usize,
    /// Trimmed.
    pub cells: Vec<String>,
}

impl SheetRow {
    /// Whether no cell has text.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}
