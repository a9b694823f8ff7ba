//! The table of one kind of record: sorted, filtered, and edited like a spreadsheet.
//!
//! Each row is one stop of the Tab key. The arrow keys move a cursor among the cells, which begins the selected rectangle. What
//! the columns are and what typing into a cell means is declared in `sheet/`.

mod bulk;
mod clipboard;
mod columns;
mod editor;
mod grid;
mod keyboard;

use egui::{Id, Ui};

use crate::model::{Plan, Subject};
use crate::session::Destination;
use crate::sheet::{CellRange, ColumnInfo, Line, Position, RecordKind, SortOrder, lines, sheet};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::search::SearchWords;

pub use columns::columns_button;

/// The lines of a table and what they were made from.
type LinesKey = (Pointer<Plan>, RecordKind, String, Vec<usize>, SortOrder);

/// What the order of the rows depends on.
type RowsKey = (RecordKind, String, SortOrder);

/// The state of the table between frames. It belongs to one kind of records of one plan.
#[derive(Default)]
pub struct TableState {
    lines: Memo<LinesKey, Vec<Line>>,
    order: SortOrder,
    /// What the order of the rows depends on, and the rows in that order.
    rows: (Option<RowsKey>, Vec<Subject>),
    /// The plan of the last frame.
    plan: Option<Pointer<Plan>>,
    /// Whether it was drawn before: otherwise it begins at its first row.
    was_drawn: bool,
    /// The pass in which the table was drawn last.
    drawn_in: u64,
    selection: Option<Selected>,
    /// Where the cursor was last: if its row goes away, the keys go on from there.
    last: Option<Position>,
    /// The record that the cursor moves to in the next frame.
    wanted: Option<Subject>,
    editor: Option<editor::Editor>,
    bulk: bulk::BulkState,
    /// Whether the cell of the cursor must be scrolled into sight.
    scrolls: bool,
    /// The width of its visible part in the last frame.
    width: f32,
}

/// The corners of the selected rectangle by record and column, so that it stays when rows come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Selected {
    from: (Subject, usize),
    at: (Subject, usize),
}

/// What one frame draws.
struct Table<'a> {
    kind: RecordKind,
    /// All columns of the kind.
    all: &'a [ColumnInfo],
    /// The indices of those that are shown.
    shown: &'a [usize],
    lines: &'a [Line],
}

impl Table<'_> {
    fn info(&self, column: usize) -> ColumnInfo {
        self.all[self.shown[column]]
    }

    /// "Hosts of Core DB"
    fn cell_name(&self, cell: Position) -> String {
        let name = self.lines[cell.row].cells.first().map_or("", String::as_str);
        format!("{} of {name}", self.info(cell.column).title)
    }

    fn text(&self, cell: Position) -> &str {
        &self.lines[cell.row].cells[cell.column]
    }

    fn row(&self, subject: &Subject) -> Option<usize> {
        self.lines.iter().position(|line| line.subject == *subject)
    }

    fn range(&self, selected: &Selected) -> Option<CellRange> {
        let position = |(subject, column): &(Subject, usize)| {
            let column = self.shown.iter().position(|shown| shown == column)?;
            Some(Position { row: self.row(subject)?, column })
        };
        Some(CellRange { from: position(&selected.from)?, at: position(&selected.at)? })
    }

    fn selected(&self, range: CellRange) -> Selected {
        let corner = |at: Position| (self.lines[at.row].subject.clone(), self.shown[at.column]);
        Selected { from: corner(range.from), at: corner(range.at) }
    }
}

impl TableState {
    /// Whether a cell is being edited.
    pub fn is_editing(&self) -> bool {
        self.editor.is_some()
    }

    /// The selected cells as far as they are in the table.
    fn range(&self, table: &Table<'_>) -> Option<CellRange> {
        table.range(self.selection.as_ref()?)
    }

    fn select(&mut self, table: &Table<'_>, range: CellRange) {
        self.selection = Some(table.selected(range));
        self.last = Some(range.at);
    }

    /// Where the cursor is, or would be after its row has gone.
    fn cursor(&self, table: &Table<'_>) -> Position {
        let Position { row, column } = self.last.unwrap_or(Position { row: 0, column: 0 });
        Position { row: row.min(table.lines.len().saturating_sub(1)), column: column.min(table.shown.len() - 1) }
    }

    /// Follows records that have got another id: by their first naming, or by undoing it.
    fn follow_ids(&mut self, cx: &Cx<'_>) {
        let plan = Pointer::to(cx.plan_pointer());
        if self.plan.as_ref() == Some(&plan) {
            return;
        }
        self.plan = Some(plan);
        for (old, new) in cx.navigation().new_records.changed_ids(cx.plan()) {
            let corners = self.selection.iter_mut().flat_map(|selected| [&mut selected.from.0, &mut selected.at.0]);
            let edited = self.editor.iter_mut().map(editor::Editor::subject_mut);
            let all = self.rows.1.iter_mut().chain(corners).chain(edited);
            all.filter(|subject| **subject == old).for_each(|subject| subject.clone_from(&new));
        }
    }

    /// After another filter or order, other rows are between the corners of the selection: only the cursor stays.
    fn keep_only_cursor(&mut self) {
        if let Some(selected) = &mut self.selection {
            selected.from = selected.at.clone();
        }
    }

    /// Moves the cursor to a record whose form was opened elsewhere.
    pub fn go_to(&mut self, subject: &Subject) {
        self.wanted = Some(subject.clone());
    }

    /// Nothing stays selected or open that no row shows. Goes to the record that was asked for.
    fn follow_rows(&mut self, table: &Table<'_>) {
        self.selection.take_if(|selected| table.range(selected).is_none());
        if editor::edited_cell(table, self).is_none() {
            self.editor = None;
        }
        if let Some(row) = self.wanted.take().and_then(|subject| table.row(&subject))
            && self.range(table).is_none_or(|range| range.at.row != row)
        {
            self.select(table, CellRange::cell(Position { row, column: 0 }));
            self.scrolls = true;
        }
    }
}

/// The widget of the table, which has the focus while its keys work.
fn table_id() -> Id {
    Id::unique("table of records")
}

/// Draws the table; a click opens the record's form.
pub fn table_ui(ui: &mut Ui, cx: &Cx<'_>, kind: RecordKind, filter: &str, state: &mut TableState) {
    let all = sheet(kind).columns();
    let shown = columns::shown(cx, kind, &all);
    state.follow_ids(cx);
    let lines = current_lines(ui, cx, kind, filter, &shown, state);
    let table = Table { kind, all: &all, shown: &shown, lines: &lines };
    state.follow_rows(&table);
    bulk::bulk_ui(ui, cx, &table, state, filter);
    keyboard::keys_ui(ui, cx, &table, state);
    grid::grid_ui(ui, cx, &table, state);
}

/// Imports a table that is pasted into a list without records.
pub fn paste_ui(ui: &Ui, cx: &Cx<'_>, kind: RecordKind) {
    if cx.is_editable()
        && let Some(text) = keyboard::pasted_without_focus(ui, cx)
    {
        clipboard::import(cx, kind, &text);
    }
}

/// The rows: sorted when the table is opened or its order is changed; later they stay where they are.
fn current_lines(
    ui: &Ui,
    cx: &Cx<'_>,
    kind: RecordKind,
    filter: &str,
    shown: &[usize],
    state: &mut TableState,
) -> std::rc::Rc<Vec<Line>> {
    let pass = ui.ctx().cumulative_pass_nr();
    let was_shown = state.drawn_in + 1 >= pass;
    state.drawn_in = pass;
    let order_key = (kind, filter.to_owned(), state.order);
    if !was_shown || state.rows.0.as_ref() != Some(&order_key) {
        state.rows = (Some(order_key), Vec::new());
        state.lines.clear();
        state.keep_only_cursor();
    }
    let plan = cx.plan_pointer();
    let key = (Pointer::to(plan), kind, filter.to_owned(), shown.to_vec(), state.order);
    let words = SearchWords::new(filter);
    let before = &state.rows.1;
    let lines = state.lines.get(key, || lines(plan, kind, shown, state.order, before, |text| words.are_in(text)));
    if state.rows.1.len() != lines.len() || state.rows.1.iter().zip(lines.iter()).any(|(a, b)| *a != b.subject) {
        state.rows.1 = lines.iter().map(|line| line.subject.clone()).collect();
    }
    lines
}

/// Opens the form of the row of the cursor.
fn reveal(cx: &Cx<'_>, table: &Table<'_>, row: usize) {
    let subject = &table.lines[row].subject;
    if cx.navigation().listed.as_ref() != Some(subject) {
        cx.reveal(Destination::List(subject.clone()));
    }
}
