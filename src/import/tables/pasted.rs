//! The cells of a table on the clipboard: tabs between cells, as spreadsheets put it there.

use super::delimited;
use crate::import::limits::MOST_RECORDS;
use crate::wording::formulas::unguarded;

/// Rows of cells, and what could not be read as it was meant.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PastedCells {
    pub rows: Vec<Vec<String>>,
    /// Sentences with their lines.
    pub problems: Vec<String>,
}

/// Reads pasted cells as a file of them is read.
pub fn pasted_cells(text: &str) -> PastedCells {
    let read = delimited::read(text, '\t', MOST_RECORDS);
    let mut problems: Vec<(usize, String)> = read.problems;
    problems.extend(read.faults.into_iter().map(|fault| (fault.line, fault.what)));
    problems.sort();
    let mut problems: Vec<String> =
        problems.into_iter().map(|(line, problem)| format!("Line {line}: {problem}")).collect();
    if read.has_too_many_cells || read.rows.len() >= MOST_RECORDS {
        problems.push("There are more cells than can be pasted: import them from a file".to_owned());
    }
    let cell = |cell: String| unguarded(&cell).map(str::to_owned).unwrap_or(cell);
    let rows = read.rows.into_iter().map(|(_, cells)| cells.into_iter().map(cell).collect()).collect();
    PastedCells { rows, problems }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_be_empty_quoted_or_guarded() {
        let read = pasted_cells("a\tb\r\nc\t\r\n5\" disk\t\"two\nlines\"\n'=1+1\t-5\n");
        assert_eq!(read.rows, [["a", "b"], ["c", ""], ["5\" disk", "two\nlines"], ["=1+1", "-5"]]);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        assert_eq!(pasted_cells(""), PastedCells::default());
    }

    #[test]
    fn a_quote_without_an_end_is_reported_with_its_line() {
        let read = pasted_cells("a\n\"open\nb\n");
        assert_eq!(read.rows, [["a"], ["open"], ["b"]]);
        assert_eq!(read.problems, ["Line 2: Quote without an end: read as part of the text of one cell"]);
    }
}
