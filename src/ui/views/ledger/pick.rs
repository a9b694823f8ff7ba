//! The selection in the ledger's table: cells, the cursor, and the start of a range.

use std::sync::Arc;

use super::board::{Board, Cell, LedgerRow};
use super::layout::Grid;
use crate::schedule::agreement::ledger::{AnswerIndex, Ledger};

/// More dates than this cannot be recorded at once.
pub const MOST_DATES: usize = 20_000;

/// The selected cells.
#[derive(Default)]
pub struct CellSelection {
    /// Sorted.
    cells: Vec<Cell>,
    pub cursor: Option<Cell>,
    anchor: Option<Cell>,
    /// The ledger that the cells' indices refer to.
    ledger: Option<Arc<Ledger>>,
    /// The dates selected within these cells, sorted. If empty, actions apply to all of them.
    pub single: Vec<AnswerIndex>,
    dates: Option<Dates>,
}

/// The dates in the selected cells.
pub struct Dates {
    /// Sorted by start.
    pub all: Vec<AnswerIndex>,
    /// Whether there are more than can be recorded at once.
    pub is_cut: bool,
}

impl CellSelection {
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub fn has(&self, cell: Cell) -> bool {
        self.cells.binary_search(&cell).is_ok()
    }

    pub fn clear(&mut self) {
        *self = Self { ledger: self.ledger.take(), ..Self::default() };
    }

    /// Selects nothing, but keeps the cursor, from which the arrow keys go on.
    pub fn clear_cells(&mut self) {
        self.set(Vec::new());
    }

    /// Switches to a new ledger. If its areas, windows or months differ, the selection is cleared.
    pub fn follow(&mut self, ledger: &Arc<Ledger>) {
        if self.ledger.as_ref().is_some_and(|before| Arc::ptr_eq(before, ledger)) {
            return;
        }
        let is_alike = self.ledger.as_ref().is_some_and(|before| {
            let (old, new) = (&before.plan, &ledger.plan);
            old.areas().same_ids(new.areas()) && old.windows().same_ids(new.windows()) && old.horizon() == new.horizon()
        });
        if !is_alike {
            self.clear();
        }
        self.ledger = Some(Arc::clone(ledger));
        self.forget_dates();
    }

    /// Recalculates the dates in the cells next time; dates that still exist stay selected.
    pub fn forget_dates(&mut self) {
        self.dates = None;
    }

    fn set(&mut self, mut cells: Vec<Cell>) {
        cells.sort_unstable();
        cells.dedup();
        self.cells = cells;
        self.single.clear();
        self.dates = None;
    }

    /// Selects only this cell.
    pub fn only(&mut self, cell: Cell) {
        self.set(vec![cell]);
        (self.cursor, self.anchor) = (Some(cell), Some(cell));
    }

    /// Adds this cell to the selection, or removes it.
    pub fn toggle(&mut self, cell: Cell) {
        let mut cells = std::mem::take(&mut self.cells);
        match cells.binary_search(&cell) {
            Ok(index) => drop(cells.remove(index)),
            Err(index) => cells.insert(index, cell),
        }
        self.set(cells);
        (self.cursor, self.anchor) = (Some(cell), Some(cell));
    }

    /// Selects all cells between the start of the range and this one.
    pub fn extend(&mut self, board: &Board, cell: Cell) {
        let anchor = self.anchor.unwrap_or(cell);
        let index_of = |row: LedgerRow| board.rows.iter().position(|each| *each == row);
        let (Some(from), Some(to)) = (index_of(anchor.row), index_of(cell.row)) else { return self.only(cell) };
        let months = anchor.month.min(cell.month)..=anchor.month.max(cell.month);
        let rows = &board.rows[from.min(to)..=from.max(to)];
        let cells = rows.iter().flat_map(|row| months.clone().map(|month| Cell { row: *row, month }));
        self.set(cells.collect());
        (self.cursor, self.anchor) = (Some(cell), Some(anchor));
    }

    /// Selects all months of a row; `adds` keeps the current selection.
    pub fn row(&mut self, row: LedgerRow, grid: &Grid, adds: bool) {
        let mut cells = if adds { std::mem::take(&mut self.cells) } else { Vec::new() };
        cells.extend(grid.months().map(|month| Cell { row, month: month as u8 }));
        self.set(cells);
        self.cursor = Some(Cell { row, month: grid.first as u8 });
        self.anchor = self.cursor;
    }

    /// Selects a month in all rows; `adds` keeps the current selection.
    pub fn month(&mut self, board: &Board, month: usize, adds: bool) {
        let mut cells = if adds { std::mem::take(&mut self.cells) } else { Vec::new() };
        cells.extend(board.rows.iter().map(|row| Cell { row: *row, month: month as u8 }));
        self.set(cells);
        self.cursor = board.rows.first().map(|row| Cell { row: *row, month: month as u8 });
        self.anchor = self.cursor;
    }

    /// Selects every cell that has dates.
    pub fn all(&mut self, board: &Board, grid: &Grid) {
        let cells = board.rows.iter().flat_map(|row| grid.months().map(|month| Cell { row: *row, month: month as u8 }));
        self.set(cells.filter(|cell| board.tally(*cell).all() > 0).collect());
    }

    /// The dates in the selected cells, in the states that the board shows.
    pub fn dates(&mut self, board: &Board) -> &Dates {
        let (cells, single) = (&self.cells, &mut self.single);
        self.dates.get_or_insert_with(|| {
            let (all, is_cut) = board.dates(cells, MOST_DATES);
            single.retain(|dated| all.contains(dated));
            Dates { all, is_cut }
        })
    }
}
