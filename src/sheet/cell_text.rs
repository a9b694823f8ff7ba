//! Cells as spreadsheets put them on the clipboard: rows in lines, cells separated by tabs, quotes around cells with either.
//! [`crate::import::pasted_cells`] reads them.

use crate::wording::formulas::guarded;

/// The text of rows of cells. What a spreadsheet would run as a formula is marked as text.
pub fn text_from_cells(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        let cell = guarded(cell.clone());
        let needs_quotes = cell.contains(['\t', '\n', '\r']) || cell.starts_with('"');
        if needs_quotes { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pasted_cells;

    #[test]
    fn what_is_copied_is_read_back() {
        let rows = [["Core DB", "a\tb", ""], ["\"Web\"", "two\nlines", "4"], ["=1+1", "-5", "'@x"]];
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let text = text_from_cells(&rows);
        assert!(text.contains("'=1+1\t-5\t''@x"), "{text}");
        let read = pasted_cells(&text);
        assert_eq!(read.rows, rows);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
    }
}
