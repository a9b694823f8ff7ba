//! The table of one kind of record: sorted, filtered, and edited like a spreadsheet.
//!
//! The table is one stop of the Tab key. Inside it the arrow keys move a cursor, which begins the selected rectangle of cells.
//! What its columns are and what typing into a cell means is declared in `sheet/`.

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
use crate::ui::parts::widgets::muted;

pub use columns::columns_button;

/// The lines of a table and what they were made from.
type LinesKey = (Pointer<Plan>, RecordKind, String, Vec<usize>, SortOrder);

/// The state of the table between frames.
#[derive(Default)]
pub struct TableState {
    lines: Memo<LinesKey, Vec<Line>>,
    order: SortOrder,
    /// What the order of the rows depends on, and the rows in that order.
    rows: (Option<(RecordKind, String, SortOrder)>, Vec<Subject>),
    /// The pass in which the table was drawn last.
    drawn_in: u64,
    selection: Option<Selected>,
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
    /// Forgets sorting and selection, for another kind of records.
    pub fn reset(&mut self) {
        self.order = SortOrder::default();
        self.selection = None;
        self.editor = None;
    }

    /// The selected cells as far as they are in the table.
    fn range(&self, table: &Table<'_>) -> Option<CellRange> {
        table.range(self.selection.as_ref()?)
    }

    fn select(&mut self, table: &Table<'_>, range: CellRange) {
        self.selection = Some(table.selected(range));
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
    let lines = current_lines(ui, cx, kind, filter, &shown, state);
    if lines.is_empty() && !filter.is_empty() {
        ui.label(muted(cx, format!("No match for \"{filter}\"")));
    }
    let table = Table { kind, all: &all, shown: &shown, lines: &lines };
    bulk::bulk_ui(ui, cx, &table, state);
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
