//! The keyboard in the ledger's table: arrow keys move between cells, Shift extends the selection, Enter unfolds a row.

use egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::LedgerState;
use super::board::{Board, Cell};
use super::layout::Grid;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;

pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, grid: &Grid, canvas: &Response) {
    if board.rows.is_empty() || !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let page = 10;
    let ways = [
        (Key::ArrowUp, (-1, 0)),
        (Key::ArrowDown, (1, 0)),
        (Key::PageUp, (-page, 0)),
        (Key::PageDown, (page, 0)),
        (Key::ArrowLeft, (0, -1)),
        (Key::ArrowRight, (0, 1)),
    ];
    for (key, way) in ways {
        let extends = ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, key));
        if extends || pressed(ui, key) {
            let to = step(state.pick.cursor, board, grid, way);
            if extends {
                state.pick.extend(board, to);
            } else {
                state.pick.only(to);
            }
            state.follows_cursor = true;
        }
    }
    if pressed(ui, Key::Space)
        && let Some(cursor) = state.pick.cursor
    {
        state.pick.toggle(cursor);
    }
    if pressed(ui, Key::Enter)
        && let Some(cursor) = state.pick.cursor
    {
        state.fold(cursor.row);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        state.pick.all(board, grid);
    }
    if pressed(ui, Key::Escape) {
        state.pick.clear_cells();
    }
}

/// The cell that many rows and months from the cursor; without a cursor, the first cell.
fn step(cursor: Option<Cell>, board: &Board, grid: &Grid, (rows, months): (isize, isize)) -> Cell {
    let here = cursor.and_then(|cursor| {
        let row = board.rows.iter().position(|row| *row == cursor.row)?;
        grid.months().contains(&usize::from(cursor.month)).then_some((row, usize::from(cursor.month)))
    });
    let (row, month) = match here {
        Some((row, month)) => {
            let last = grid.months().end.saturating_sub(1);
            let row = row.saturating_add_signed(rows).min(board.rows.len() - 1);
            (row, month.saturating_add_signed(months).clamp(grid.first, last.max(grid.first)))
        }
        None => (0, grid.first),
    };
    Cell { row: board.rows[row], month: month as u8 }
}
