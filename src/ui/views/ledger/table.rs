//! The ledger's table: names on the left, months above, a cell for each month of a row. Converts input to a selection.

use egui::{CornerRadius, Id, Modifiers, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2};

use super::LedgerState;
use super::board::{Board, Cell, LedgerRow};
use super::layout::{Grid, HEADER, NAMES, ROW};
use super::look::{color, sign};
use super::paint::{RowName, Style};
use crate::schedule::agreement::ledger::AnswerState;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::scroll::rows_between;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, row_line, strong};
use crate::ui::views::ledger::paint;
use crate::wording::{month_and_year, short_month_and_year};

pub fn table_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board) {
    let (whole, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let canvas = ui.interact(whole, Id::unique("ledger"), Sense::focusable_noninteractive());
    name(&canvas, Role::Group, || "Who agreed to what".to_owned());
    let body = Rect::from_min_max(whole.min + Vec2::new(NAMES, HEADER), whole.max);
    let grid = Grid::new(&state.choice.filter.range(board.ledger.months.len()), body.width());
    super::keys::keyboard_ui(ui, cx, state, board, &grid, &canvas);
    let follows = std::mem::take(&mut state.follows_cursor);
    let builder = UiBuilder::new().max_rect(body).id_salt("answers");
    let output = ui.scope_builder(builder, |ui| {
        ScrollArea::both().id_salt("answers").auto_shrink(false).show_viewport(ui, |ui, view| {
            ui.set_min_size(Vec2::new(grid.width(), board.rows.len() as f32 * ROW));
            let origin = ui.min_rect().min;
            let cursor = state.pick.cursor.filter(|_| follows).and_then(|cursor| cell_rect(board, &grid, cursor));
            if let Some(rect) = cursor {
                ui.scroll_to_rect(rect.translate(origin.to_vec2()), None);
            }
            cells_ui(ui, cx, state, board, &grid, origin, view);
        })
    });
    let offset = output.inner.state.clamped_offset();
    let above = Rect::from_min_max(Pos2::new(body.left(), whole.top()), body.right_top());
    header_ui(ui, cx, state, board, &grid, body.left() - offset.x, above);
    names_ui(ui, cx, state, board, &grid, Rect::from_min_max(whole.min, body.left_bottom()), offset.y);
}

fn cell_rect(board: &Board, grid: &Grid, cell: Cell) -> Option<Rect> {
    let row = board.rows.iter().position(|row| *row == cell.row)?;
    Some(grid.cell(row, usize::from(cell.month)))
}

/// Draws the cells inside `view`, which is in points from `origin`.
fn cells_ui(ui: &Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, grid: &Grid, origin: Pos2, view: Rect) {
    let painter = ui.painter();
    let rows = view.with_max_y(view.bottom().min(board.rows.len() as f32 * ROW));
    paint::ground(painter, cx, &board.ledger, grid, origin, rows.translate(origin.to_vec2()));
    for index in rows_between(view.top(), view.bottom(), ROW, board.rows.len()) {
        let row = board.rows[index];
        for month in grid.months_between(view.left(), view.right()) {
            let rect = grid.cell(index, month).translate(origin.to_vec2());
            cell_ui(ui, cx, state, board, Cell { row, month: month as u8 }, rect);
        }
        let top = index as f32 * ROW;
        let line = Rect::from_min_max(Pos2::new(view.left(), top), Pos2::new(view.right(), top + ROW));
        row_line(painter, cx, line.translate(origin.to_vec2()));
    }
}

fn cell_ui(ui: &Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, cell: Cell, rect: Rect) {
    let tally = board.tally(cell);
    let key = (cell.row.area, cell.row.window, cell.month);
    let response = ui.interact(rect, Id::unique(("ledger cell", key)), Sense::CLICK);
    if tally.all() > 0 {
        let words =
            || format!("{}: {}", cell_name(board, cell), tally.in_words(board.ledger.plan.policy().silent_after_days));
        name(&response, Role::Cell, words);
    }
    let style = Style {
        is_selected: state.pick.has(cell),
        has_cursor: state.pick.cursor == Some(cell),
        is_hovered: response.hovered(),
        is_inner: cell.row.is_inner(),
    };
    paint::cell(ui.painter(), cx, rect, &tally, style);
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        click(state, board, cell, modifiers);
    }
    if tally.all() > 0 && response.hovered() {
        response.on_hover_ui(|ui| {
            ui.set_max_width(280.0);
            ui.label(strong(cell_name(board, cell)));
            for each in AnswerState::ALL.into_iter().rev().filter(|each| tally.count(*each) > 0) {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 6.0;
                    let ink = color(cx, each);
                    ui.label(egui::RichText::new(char::from(sign(each))).font(theme::icon(12.0)).color(ink));
                    ui.label(format!("{} {}", tally.count(each), each.name().to_lowercase()));
                });
            }
        });
    }
}

fn click(state: &mut LedgerState, board: &Board, cell: Cell, modifiers: Modifiers) {
    if modifiers.shift {
        state.pick.extend(board, cell);
    } else if modifiers.command {
        state.pick.toggle(cell);
    } else {
        state.pick.only(cell);
    }
}

/// "Payments, Mar 2027"; for a window inside the area, "Payments, Core DB, Mar 2027".
pub fn cell_name(board: &Board, cell: Cell) -> String {
    let month = board.ledger.months.get(usize::from(cell.month));
    format!("{}, {}", row_words(board, cell.row), month.map_or_else(String::new, |on| short_month_and_year(*on)))
}

/// "Payments", "Payments, Core DB"
pub fn row_words(board: &Board, row: LedgerRow) -> String {
    let area = row.area.map(|area| board.area(area).name.as_str());
    let window = row.window.map(|window| board.window(window).schedule.window.name.as_str());
    area.into_iter().chain(window).collect::<Vec<_>>().join(", ")
}

/// The months above the rows: a click selects a month in all rows.
fn header_ui(ui: &Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, grid: &Grid, left: f32, rect: Rect) {
    let selected = state.pick.cursor.map(|cursor| usize::from(cursor.month));
    paint::header(&ui.painter().with_clip_rect(rect), cx, &board.ledger, grid, left, rect, selected);
    for month in grid.months_between(rect.left() - left, rect.right() - left) {
        let at = Pos2::new(left + grid.left(month), rect.top());
        let head = Rect::from_min_size(at, Vec2::new(grid.month, HEADER)).intersect(rect);
        let response = ui.interact(head, Id::unique(("ledger month", month)), Sense::CLICK);
        let word = || board.ledger.months.get(month).map_or_else(String::new, |on| month_and_year(*on));
        name(&response, Role::ColumnHeader, word);
        if response.clicked() {
            let adds = ui.input(|input| input.modifiers.command);
            state.pick.month(board, month, adds);
        }
    }
}

/// The names on the left: a click selects the row, a click on the arrow unfolds it.
fn names_ui(ui: &Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, grid: &Grid, rect: Rect, offset: f32) {
    let below = rect.with_min_y(rect.top() + HEADER);
    let painter = ui.painter().with_clip_rect(below);
    let rows = (board.rows.len() as f32 * ROW - offset).max(0.0);
    let rect = rect.with_max_y(rect.bottom().min(below.top() + rows));
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.panel);
    for index in rows_between(offset, offset + below.height(), ROW, board.rows.len()) {
        let top = below.top() + index as f32 * ROW - offset;
        let line = Rect::from_min_size(Pos2::new(rect.left(), top), Vec2::new(rect.width(), ROW));
        name_ui(ui, cx, state, board, grid, board.rows[index], (line, line.intersect(below)));
        row_line(&painter, cx, line);
    }
    let edge = egui::Stroke::new(1.0, cx.colors.line);
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), edge);
    ui.painter().hline(rect.x_range(), below.top() - 0.5, edge);
}

/// The name of one row. Only the second rectangle, which is part of the first, is visible.
fn name_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    state: &mut LedgerState,
    board: &Board,
    grid: &Grid,
    row: LedgerRow,
    (line, seen): (Rect, Rect),
) {
    let painter = ui.painter().with_clip_rect(seen);
    let response = ui.interact(seen, Id::unique(("ledger row", row)), Sense::CLICK);
    name(&response, Role::RowHeader, || row_words(board, row));
    if response.hovered() {
        painter.rect_filled(line, CornerRadius::ZERO, cx.colors.hover);
    }
    let is_unfolded = (!row.is_inner()).then(|| state.choice.unfolded.contains(&row));
    if let Some(is_unfolded) = is_unfolded {
        let fold = Rect::from_min_size(line.min, Vec2::new(24.0, ROW)).intersect(seen);
        let fold = ui.interact(fold, Id::unique(("ledger fold", row)), Sense::CLICK);
        let verb = if is_unfolded { "Collapse" } else { "Expand" };
        name(&fold, Role::Button, || format!("{verb} {}", row_words(board, row)));
        if fold.clicked() {
            state.fold(row);
        }
    }
    let total = board.total_of(row);
    let about = about(board, row);
    let (title, agreed) = (title(board, row), Some((total.count(AnswerState::Agreed), total.wanted())));
    let shown = RowName { title, about: &about, agreed, is_unfolded, is_inner: row.is_inner() };
    paint::row_name(&painter, cx, line, &shown);
    if response.clicked() {
        let adds = ui.input(|input| input.modifiers.command);
        state.pick.row(row, grid, adds);
    }
    if response.double_clicked() {
        state.fold(row);
    }
}

/// The name of a row; for an inner row, only the name of the inner record.
fn title(board: &Board, row: LedgerRow) -> &str {
    let of_window = |window: u32| board.window(window).schedule.window.name.as_str();
    let of_area = |area: u32| board.area(area).name.as_str();
    let outer_is_area = board.is_by_area();
    match row {
        LedgerRow { area: Some(_), window: Some(window) } if outer_is_area => of_window(window),
        LedgerRow { area: Some(area), .. } => of_area(area),
        LedgerRow { window: Some(window), .. } => of_window(window),
        LedgerRow { area: None, window: None } => "",
    }
}

/// An area's owner, a window's rule.
fn about(board: &Board, row: LedgerRow) -> String {
    let rule = |window: u32| board.ledger.plan.rule_in_words(&board.window(window).schedule.window);
    let owner = |area: u32| match board.area(area).owner.trim() {
        "" => "No owner".to_owned(),
        owner => owner.to_owned(),
    };
    match row {
        LedgerRow { area: Some(_), window: Some(window) } if board.is_by_area() => rule(window),
        LedgerRow { area: Some(area), .. } => owner(area),
        LedgerRow { window: Some(window), .. } => rule(window),
        LedgerRow { area: None, window: None } => String::new(),
    }
}
