//! The painted table: heads that sort and can be dragged wider, and the visible rows.

use std::ops::Range;

use egui::style::ScrollAnimation;
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Id, PointerButton, Pos2, Rect, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use super::columns::{MARGIN, forget_width, keep_width, widths};
use super::{Table, TableState, editor, keyboard, reveal, table_id};
use crate::sheet::{CellRange, Position, SortOrder};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::scroll::rows_between;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{self, text_in};

const HEAD: f32 = 26.0;
const ROW: f32 = 26.0;
/// The width in which the line between two heads can be dragged.
const GRIP: f32 = 8.0;

/// Where the columns are, relative to the left of the table.
struct Layout {
    /// The left of each column, and the right of the last one.
    edges: Vec<f32>,
}

impl Layout {
    fn new(widths: &[f32]) -> Self {
        let mut edges = vec![0.0];
        for width in widths {
            edges.push(edges[edges.len() - 1] + width);
        }
        Self { edges }
    }

    fn width(&self) -> f32 {
        self.edges[self.edges.len() - 1]
    }

    fn cell(&self, origin: Pos2, row: usize, column: usize) -> Rect {
        let (left, right) = (self.edges[column], self.edges[column + 1]);
        Rect::from_min_size(origin + vec2(left, row as f32 * ROW), vec2(right - left, ROW))
    }

    /// The cell at a point, or the nearest one.
    fn cell_at(&self, origin: Pos2, point: Pos2, rows: usize) -> Option<Position> {
        let last = rows.checked_sub(1)?;
        let row = ((point.y - origin.y) / ROW).floor().max(0.0) as usize;
        let right_of = self.edges.iter().filter(|edge| **edge <= point.x - origin.x).count();
        let column = right_of.saturating_sub(1).min(self.edges.len().saturating_sub(2));
        Some(Position { row: row.min(last), column })
    }
}

/// Draws heads and rows, and takes clicks and drags.
pub fn grid_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState) {
    let layout = Layout::new(&widths(ui, cx, table));
    let outer = ui.available_rect_before_wrap();
    let heads = outer.with_max_y(outer.top() + HEAD);
    ui.add_space(HEAD);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::both().id_salt(("table", table.kind.name())).auto_shrink(false);
    if !std::mem::replace(&mut state.was_drawn, true) {
        area = area.scroll_offset(Vec2::ZERO);
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        let origin = ui.min_rect().min;
        ui.set_min_size(vec2(layout.width(), table.lines.len() as f32 * ROW));
        body_ui(ui, cx, table, state, &layout, origin, viewport);
    });
    heads_ui(ui, cx, table, state, &layout, heads, output.state.clamped_offset().x);
}

fn heads_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    table: &Table<'_>,
    state: &mut TableState,
    layout: &Layout,
    heads: Rect,
    scrolled: f32,
) {
    let mut ui = ui.new_child(egui::UiBuilder::new().id_salt("heads").max_rect(heads));
    ui.set_clip_rect(heads.intersect(ui.clip_rect()));
    ui.painter().hline(heads.x_range(), heads.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
    let origin = heads.min - vec2(scrolled, 0.0);
    for column in 0..table.shown.len() {
        let rect = layout.cell(origin, 0, column);
        // The Tab key skips heads that are out of sight.
        if rect.right() < heads.left() + GRIP || rect.left() > heads.right() - GRIP {
            continue;
        }
        head_ui(&mut ui, cx, table, state, column, rect);
        grip_ui(&mut ui, cx, table, column, rect);
    }
}

/// The head of a column, which sorts by it.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState, column: usize, rect: Rect) {
    let info = table.info(column);
    let seen = rect.intersect(ui.clip_rect());
    let response = ui.interact(seen, ui.scope_id().with(("head", info.title)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("Sort by {}", info.title)));
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink(2.0), CornerRadius::same(theme::BAR_RADIUS), cx.colors.hover);
    }
    let is_sorted = state.order.column == table.shown[column];
    let mark = match (is_sorted, state.order.is_descending) {
        (false, _) => "",
        (true, false) => " ↑",
        (true, true) => " ↓",
    };
    cell_text(ui, rect, &format!("{}{mark}", info.title), theme::strong(theme::SMALL), cx.colors.muted, info.is_number);
    if response.clicked() {
        let is_descending = is_sorted && !state.order.is_descending;
        state.order = SortOrder { column: table.shown[column], is_descending };
    }
}

/// The line at the right of a head: dragged, it changes the width; a double click makes the column as wide as its texts.
fn grip_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, column: usize, head: Rect) {
    let title = table.info(column).title;
    let grip = Rect::from_center_size(head.right_center(), vec2(GRIP, HEAD));
    let response = ui.interact(grip, ui.scope_id().with(("grip", title)), Sense::DRAG | Sense::CLICK);
    let response = response.on_hover_cursor(CursorIcon::ResizeColumn);
    let color = if response.hovered() || response.dragged() { cx.colors.accent } else { cx.colors.line };
    ui.painter().vline(head.right() - 0.5, head.shrink2(vec2(0.0, 5.0)).y_range(), Stroke::new(1.0, color));
    if response.double_clicked() {
        forget_width(cx, table.kind, title);
    } else if response.dragged()
        && response.drag_delta().x != 0.0
        && let Some(pointer) = response.interact_pointer_pos()
    {
        keep_width(cx, table.kind, title, pointer.x - head.left());
    }
}

fn body_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    table: &Table<'_>,
    state: &mut TableState,
    layout: &Layout,
    origin: Pos2,
    viewport: Rect,
) {
    let range = state.range(table);
    let edited = editor::edited_cell(table, state);
    let is_listed = |row: usize| cx.navigation().listed.as_ref() == Some(&table.lines[row].subject);
    let rows = rows_between(viewport.top(), viewport.bottom(), ROW, table.lines.len());
    for row in rows.clone() {
        let line = &table.lines[row];
        let rect = Rect::from_min_size(origin + vec2(0.0, row as f32 * ROW), vec2(layout.width(), ROW));
        // The widget above all rows has the focus.
        let response = ui.interact(rect, row_id(line.subject.id()), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_listed(row), line.name()));
        if response.clicked() {
            state.select(table, CellRange::cell(Position { row, column: 0 }));
            reveal(cx, table, row);
        }
        row_ground(ui.painter(), cx, &response, is_listed(row), Color32::TRANSPARENT);
        for column in 0..table.shown.len() {
            let cell = Position { row, column };
            if edited != Some(cell) {
                cell_ui(ui, cx, table, cell, layout.cell(origin, row, column));
            }
        }
        widgets::row_line(ui.painter(), cx, rect);
    }
    if let Some(range) = range {
        selection_ui(ui, cx, layout, origin, range);
    }
    pointer_ui(ui, cx, table, state, layout, (origin, rows));
    if let Some(cell) = edited {
        let rect = layout.cell(origin, cell.row, cell.column);
        ui.scroll_to_rect_animation(rect, None, ScrollAnimation::none());
        editor::editor_ui(ui, cx, table, state, cell, rect);
    }
    // The form that opens beside the table must not hide the cursor.
    let width = ui.clip_rect().width();
    let is_resized = (std::mem::replace(&mut state.width, width) - width).abs() > 1.0;
    if (std::mem::take(&mut state.scrolls) || is_resized)
        && let Some(range) = state.range(table)
    {
        let cell = layout.cell(origin, range.at.row, range.at.column);
        ui.scroll_to_rect_animation(cell, None, ScrollAnimation::none());
    }
}

fn row_id(subject: &str) -> Id {
    table_id().with(("row", subject))
}

fn cell_id(table: &Table<'_>, cell: Position) -> Id {
    row_id(table.lines[cell.row].subject.id()).with(table.info(cell.column).title)
}

fn cell_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, cell: Position, rect: Rect) {
    let info = table.info(cell.column);
    let response = ui.interact(rect, cell_id(table, cell), Sense::hover());
    response.widget_info(|| {
        let mut about = WidgetInfo::labeled(Role::Cell, true, table.cell_name(cell));
        about.current_text_value = Some(table.text(cell).to_owned());
        about
    });
    let font = if cell.column == 0 { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
    cell_text(ui, rect, table.text(cell), font, cx.colors.text, info.is_number);
}

/// A text in its cell, numbers at the right.
fn cell_text(ui: &Ui, rect: Rect, text: &str, font: egui::FontId, color: Color32, is_right: bool) {
    let inner = rect.shrink2(vec2(MARGIN, 0.0));
    let line = text.lines().next().unwrap_or("");
    let width = || ui.fonts_mut(|fonts| fonts.layout_no_wrap(line.to_owned(), font.clone(), color).size().x);
    if is_right && width() <= inner.width() {
        ui.painter().text(inner.right_center(), Align2::RIGHT_CENTER, line, font, color);
    } else {
        text_in(ui.painter(), inner, line, font, color);
    }
}

fn selection_ui(ui: &Ui, cx: &Cx<'_>, layout: &Layout, origin: Pos2, range: CellRange) {
    let first = layout.cell(origin, *range.rows().start(), *range.columns().start());
    let last = layout.cell(origin, *range.rows().end(), *range.columns().end());
    let has_focus = ui.memory(|memory| memory.has_focus(table_id()));
    let color = if has_focus { cx.colors.accent } else { cx.colors.muted };
    if !range.is_one_cell() {
        ui.painter().rect_filled(first.union(last), CornerRadius::ZERO, cx.colors.accent.gamma_multiply(0.10));
        ui.painter().rect_stroke(first.union(last), CornerRadius::ZERO, Stroke::new(1.0, color), StrokeKind::Inside);
    }
    let at = layout.cell(origin, range.at.row, range.at.column);
    ui.painter().rect_stroke(at, CornerRadius::same(2), Stroke::new(2.0, color), StrokeKind::Inside);
}

/// Selects cells with the pointer. The widget lies over the drawn rows and has the focus of the table.
fn pointer_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    table: &Table<'_>,
    state: &mut TableState,
    layout: &Layout,
    (origin, drawn): (Pos2, Range<usize>),
) {
    let size = Vec2::new(layout.width(), table.lines.len() as f32 * ROW);
    let rect = Rect::from_min_size(origin, size).intersect(ui.clip_rect());
    let response = ui.interact(rect, table_id(), Sense::click_and_drag());
    response.widget_info(|| {
        let at = state.range(table).map(|range| range.at);
        let about = at
            .map_or_else(|| table.kind.name().to_owned(), |at| format!("{}: {}", table.cell_name(at), table.text(at)));
        WidgetInfo::labeled(Role::Grid, true, format!("Table of {}: {about}", table.kind.name().to_lowercase()))
    });
    if response.gained_focus() {
        keyboard::arrive(table, state);
    }
    // Screen readers say the cell of the cursor, as far as it is drawn.
    if let Some(range) = state.range(table).filter(|range| drawn.contains(&range.at.row) && state.editor.is_none()) {
        let cell = cell_id(table, range.at).accesskit_id();
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_active_descendant(cell));
    }
    let Some(cell) = response.interact_pointer_pos().and_then(|at| layout.cell_at(origin, at, table.lines.len()))
    else {
        return;
    };
    let (is_pressed, extends) =
        ui.input(|input| (input.pointer.button_pressed(PointerButton::Primary), input.modifiers.shift));
    let range = state.range(table);
    if is_pressed {
        response.request_focus();
        let begun = range.filter(|_| extends).map_or(cell, |range| range.from);
        state.select(table, CellRange { from: begun, at: cell });
    } else if response.dragged()
        && let Some(range) = range
    {
        state.select(table, CellRange { from: range.from, at: cell });
        state.scrolls = true;
    }
    if response.double_clicked() {
        editor::begin(cx, table, state);
    } else if response.clicked() && !extends {
        reveal(cx, table, cell.row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_belong_to_the_nearest_cell() {
        let layout = Layout::new(&[100.0, 50.0]);
        let origin = Pos2::new(10.0, 20.0);
        let at = |x, y| layout.cell_at(origin, Pos2::new(x, y), 3).map(|cell| (cell.row, cell.column));
        assert_eq!(at(15.0, 21.0), Some((0, 0)));
        assert_eq!(at(111.0, 20.0 + ROW * 2.5), Some((2, 1)));
        assert_eq!(at(900.0, 900.0), Some((2, 1)));
        assert_eq!(at(-5.0, -5.0), Some((0, 0)));
        assert_eq!(layout.cell_at(origin, origin, 0), None);
        assert_eq!(layout.cell(origin, 1, 1), Rect::from_min_size(Pos2::new(110.0, 20.0 + ROW), vec2(50.0, ROW)));
    }
}
