//! The selected cells of a table: a rectangle between the cell where it began and the one where it ends.

use std::ops::RangeInclusive;

/// A cell by its row and its column among those shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub row: usize,
    pub column: usize,
}

/// A rectangle of cells. `at` is the cell that keys act on; the rectangle reaches from there to `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRange {
    pub from: Position,
    pub at: Position,
}

/// A way to another cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
    PageUp(usize),
    PageDown(usize),
    FirstColumn,
    LastColumn,
    FirstRow,
    LastRow,
    Stay,
}

impl CellRange {
    /// One cell.
    pub fn cell(at: Position) -> Self {
        Self { from: at, at }
    }

    pub fn rows(&self) -> RangeInclusive<usize> {
        self.from.row.min(self.at.row)..=self.from.row.max(self.at.row)
    }

    pub fn columns(&self) -> RangeInclusive<usize> {
        self.from.column.min(self.at.column)..=self.from.column.max(self.at.column)
    }

    pub fn has(&self, cell: Position) -> bool {
        self.rows().contains(&cell.row) && self.columns().contains(&cell.column)
    }

    pub fn height(&self) -> usize {
        self.rows().count()
    }

    pub fn is_one_cell(&self) -> bool {
        self.from == self.at
    }

    /// The selection after a step in a table of that size; `extends` keeps the cell where it began.
    #[must_use]
    pub fn stepped(&self, step: Step, extends: bool, rows: usize, columns: usize) -> Self {
        let (last_row, last_column) = (rows.saturating_sub(1), columns.saturating_sub(1));
        let Position { row, column } = self.at;
        let at = match step {
            Step::Up => Position { row: row.saturating_sub(1), column },
            Step::Down => Position { row: (row + 1).min(last_row), column },
            Step::Left => Position { row, column: column.saturating_sub(1) },
            Step::Right => Position { row, column: (column + 1).min(last_column) },
            Step::PageUp(rows) => Position { row: row.saturating_sub(rows), column },
            Step::PageDown(rows) => Position { row: (row + rows).min(last_row), column },
            Step::FirstColumn => Position { row, column: 0 },
            Step::LastColumn => Position { row, column: last_column },
            Step::FirstRow => Position { row: 0, column },
            Step::LastRow => Position { row: last_row, column },
            Step::Stay => self.at,
        };
        if extends { Self { from: self.from, at } } else { Self::cell(at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(row: usize, column: usize) -> Position {
        Position { row, column }
    }

    #[test]
    fn steps_stay_inside_the_table_and_shift_keeps_the_beginning() {
        let start = CellRange::cell(at(1, 1));
        assert_eq!(start.stepped(Step::Up, false, 3, 2), CellRange::cell(at(0, 1)));
        assert_eq!(start.stepped(Step::Right, false, 3, 2), CellRange::cell(at(1, 1)));
        assert_eq!(start.stepped(Step::PageDown(20), false, 3, 2), CellRange::cell(at(2, 1)));
        let wider = start.stepped(Step::Up, true, 3, 2).stepped(Step::FirstColumn, true, 3, 2);
        assert_eq!((wider.rows(), wider.columns()), (0..=1, 0..=1));
        assert!(wider.has(at(0, 0)) && wider.has(at(1, 1)) && !wider.has(at(2, 0)));
        assert_eq!(wider.stepped(Step::Down, false, 3, 2), CellRange::cell(at(1, 0)));
    }
}
