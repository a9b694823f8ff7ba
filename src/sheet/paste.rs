//! Where pasted cells go: from the selection's first cell on, or repeated to fill the selection, as spreadsheets do.

use super::selection::{CellRange, Position};

/// The cells that a paste fills, and what does not fit into the table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PastePlan {
    /// Each with the row and the column of the pasted cells that it gets, from 0.
    pub cells: Vec<(Position, Position)>,
    /// How many pasted rows lie below the last row of the table.
    pub rows_below: usize,
    /// How many pasted columns lie beyond the last column of the table.
    pub columns_beyond: usize,
}

/// Plans a paste of rows of cells into a table with that number of rows and columns.
pub fn plan_paste(pasted: &[Vec<String>], selection: CellRange, rows: usize, columns: usize) -> PastePlan {
    let (height, width) = (pasted.len(), pasted.iter().map(Vec::len).max().unwrap_or(0));
    if height == 0 || width == 0 {
        return PastePlan::default();
    }
    let first = Position { row: *selection.rows().start(), column: *selection.columns().start() };
    let repeated = |selected: usize, size: usize| if selected.is_multiple_of(size) { selected } else { size };
    let wanted_rows = repeated(selection.height(), height);
    let wanted_columns = repeated(selection.columns().count(), width);
    let fitting_rows = wanted_rows.min(rows.saturating_sub(first.row));
    let fitting_columns = wanted_columns.min(columns.saturating_sub(first.column));
    let mut cells = Vec::new();
    for row in 0..fitting_rows {
        for column in 0..fitting_columns {
            let source = Position { row: row % height, column: column % width };
            if source.column < pasted[source.row].len() {
                cells.push((Position { row: first.row + row, column: first.column + column }, source));
            }
        }
    }
    PastePlan { cells, rows_below: wanted_rows - fitting_rows, columns_beyond: wanted_columns - fitting_columns }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(row: usize, column: usize) -> Position {
        Position { row, column }
    }

    fn pasted(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn one_cell_fills_the_selection_and_a_block_begins_at_its_first_cell() {
        let selection = CellRange { from: at(2, 1), at: at(1, 1) };
        let plan = plan_paste(&pasted(&[&["x"]]), selection, 5, 3);
        assert_eq!(plan.cells, [(at(1, 1), at(0, 0)), (at(2, 1), at(0, 0))]);
        let plan = plan_paste(&pasted(&[&["a", "b"], &["c"]]), CellRange::cell(at(0, 1)), 5, 3);
        assert_eq!(plan.cells, [(at(0, 1), at(0, 0)), (at(0, 2), at(0, 1)), (at(1, 1), at(1, 0))]);
        assert_eq!((plan.rows_below, plan.columns_beyond), (0, 0));
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let plan = plan_paste(&pasted(&[&["a", "b"], &["c", "d"], &["e", "f"]]), CellRange::cell(at(3, 2)), 5, 3);
        assert_eq!(plan.cells.len(), 2);
        assert_eq!((plan.rows_below, plan.columns_beyond), (1, 1));
        assert_eq!(plan_paste(&[], CellRange::cell(at(0, 0)), 5, 3), PastePlan::default());
    }
}
