//! What is selected in the ledger's table: cells, the one with the cursor, and where a range begins.

use std::sync::Arc;

use super::board::{Board, Cell, LedgerRow};
use super::layout::Grid;
use crate::schedule::agreement::ledger::{AnswerIndex, Ledger};

/// More dates than these are not noted at once.
pub const MOST_DATES: usize = 20_000;

/// The selected cells.
#[derive(Default)]
pub struct Pick {
    /// Sorted.
    cells: Vec<Cell>,
    pub cursor: Option<Cell>,
    anchor: Option<Cell>,
    /// The ledger whose places they are.
    of: Option<Arc<Ledger>>,
    /// Dates of these cells that are noted alone; all where there are none. Sorted.
    pub single: Vec<AnswerIndex>,
    dates: Option<Dates>,
}

/// What lies in the selected cells.
pub struct Dates {
    /// Sorted by start.
    pub all: Vec<AnswerIndex>,
    /// There are more than can be noted at once.
    pub is_cut: bool,
}

impl Pick {
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub fn has(&self, cell: Cell) -> bool {
        self.cells.binary_search(&cell).is_ok()
    }

    pub fn clear(&mut self) {
        *self = Self { of: self.of.take(), ..Self::default() };
    }

    /// Takes note of another ledger. Where its places are others, nothing is selected any more.
    pub fn follow(&mut self, ledger: &Arc<Ledger>) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, ledger)) {
            return;
        }
        let is_alike = self.of.as_ref().is_some_and(|of| {
            let (old, new) = (&of.plan, &ledger.plan);
            old.areas().same_ids(new.areas()) && old.windows().same_ids(new.windows()) && old.horizon() == new.horizon()
        });
        if !is_alike {
            self.clear();
        }
        self.of = Some(Arc::clone(ledger));
        self.forget_dates();
    }

    /// The dates in the cells are others now; those that still stand there stay picked.
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

    /// That cell alone.
    pub fn only(&mut self, cell: Cell) {
        self.set(vec![cell]);
        (self.cursor, self.anchor) = (Some(cell), Some(cell));
    }

    /// That cell as well, or no longer.
    pub fn toggle(&mut self, cell: Cell) {
        let mut cells = std::mem::take(&mut self.cells);
        match cells.binary_search(&cell) {
            Ok(place) => drop(cells.remove(place)),
            Err(place) => cells.insert(place, cell),
        }
        self.set(cells);
        (self.cursor, self.anchor) = (Some(cell), Some(cell));
    }

    /// All cells between the one that was selected first and that one.
    pub fn extend(&mut self, board: &Board, cell: Cell) {
        let anchor = self.anchor.unwrap_or(cell);
        let place = |row: LedgerRow| board.rows.iter().position(|each| *each == row);
        let (Some(from), Some(to)) = (place(anchor.row), place(cell.row)) else { return self.only(cell) };
        let months = anchor.month.min(cell.month)..=anchor.month.max(cell.month);
        let rows = &board.rows[from.min(to)..=from.max(to)];
        let cells = rows.iter().flat_map(|row| months.clone().map(|month| Cell { row: *row, month }));
        self.set(cells.collect());
        (self.cursor, self.anchor) = (Some(cell), Some(anchor));
    }

    /// All months of a row; together with what is selected where `adds`.
    pub fn row(&mut self, row: LedgerRow, grid: &Grid, adds: bool) {
        let mut cells = if adds { std::mem::take(&mut self.cells) } else { Vec::new() };
        cells.extend(grid.months().map(|month| Cell { row, month: month as u8 }));
        self.set(cells);
        self.cursor = Some(Cell { row, month: grid.first as u8 });
        self.anchor = self.cursor;
    }

    /// That month of all rows; together with what is selected where `adds`.
    pub fn month(&mut self, board: &Board, month: usize, adds: bool) {
        let mut cells = if adds { std::mem::take(&mut self.cells) } else { Vec::new() };
        cells.extend(board.rows.iter().map(|row| Cell { row: *row, month: month as u8 }));
        self.set(cells);
        self.cursor = board.rows.first().map(|row| Cell { row: *row, month: month as u8 });
        self.anchor = self.cursor;
    }

    pub fn all(&mut self, board: &Board, grid: &Grid) {
        let cells = board.rows.iter().flat_map(|row| grid.months().map(|month| Cell { row: *row, month: month as u8 }));
        self.set(cells.collect());
    }

    /// What lies in the cells, in the states that the board shows.
    pub fn dates(&mut self, board: &Board) -> &Dates {
        let (cells, single) = (&self.cells, &mut self.single);
        self.dates.get_or_insert_with(|| {
            let (all, is_cut) = board.dates(cells, MOST_DATES);
            single.retain(|dated| all.contains(dated));
            Dates { all, is_cut }
        })
    }
}
