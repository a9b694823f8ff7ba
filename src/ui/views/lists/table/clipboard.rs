//! Copying, pasting, filling and clearing cells. Each change is one step of undo.

use egui::Ui;

use super::{Table, TableState};
use crate::connect::kinds_of_topic;
use crate::import::{Confidence, Head};
use crate::session::{Action, Proposal};
use crate::sheet::{
    CellChange, CellRange, Position, RecordKind, SheetChange, cells_from_text, change_cells, plan_paste,
    text_from_cells,
};
use crate::ui::parts::cx::Cx;
use crate::wording::counted;

/// A question or a message lists at most this many cells.
const MOST_LISTED: usize = 8;

/// Puts the selected cells on the clipboard, as spreadsheets do.
pub fn copy(ui: &Ui, table: &Table<'_>, range: CellRange) {
    let row = |row: usize| range.columns().map(|column| table.text(Position { row, column }).to_owned()).collect();
    let rows: Vec<Vec<String>> = range.rows().map(row).collect();
    ui.ctx().copy_text(text_from_cells(&rows));
}

/// Pastes cells: a table with titles, or one that no selected cell says where to put, is imported; other cells fill those of
/// the table.
pub fn paste(cx: &Cx<'_>, table: &Table<'_>, state: &TableState, text: &str) {
    if !cx.is_editable() || text.trim().is_empty() {
        return;
    }
    match state.range(table).filter(|_| !has_titles(table.kind, text)) {
        Some(range) => paste_cells(cx, table, range, text),
        None => import(cx, table.kind, text),
    }
}

/// Imports a pasted table, with the same steps as a file.
pub fn import(cx: &Cx<'_>, kind: RecordKind, text: &str) {
    match kind.topic() {
        Some(topic) => cx.send(Action::ImportText(topic, text.to_owned())),
        None => cx.send(Action::ShowError(format!(
            "{} cannot be imported from a table: select a cell to paste into, or add them one by one",
            kind.name()
        ))),
    }
}

/// Whether the first line of a table names its columns.
fn has_titles(kind: RecordKind, text: &str) -> bool {
    let head = Head::new(text.as_bytes());
    let is_table_of =
        |kind: &crate::import::ImportKind| kind.layout.is_some() && (kind.sniff)(&head) >= Confidence::Likely;
    kind.topic().is_some_and(|topic| kinds_of_topic(topic).any(is_table_of))
}

fn paste_cells(cx: &Cx<'_>, table: &Table<'_>, range: CellRange, text: &str) {
    let pasted = cells_from_text(text);
    let plan = plan_paste(&pasted, range, table.lines.len(), table.shown.len());
    let change = |(to, source): &(Position, Position)| CellChange {
        subject: table.lines[to.row].subject.clone(),
        column: table.shown[to.column],
        text: pasted[source.row][source.column].clone(),
        source: *source,
    };
    let changes: Vec<CellChange> = plan.cells.iter().map(change).collect();
    let mut outside = Vec::new();
    if plan.rows_below > 0 {
        let rows = counted(plan.rows_below as i64, "row");
        outside.push(format!("{rows} would be below the table: add the records first, or paste with a line of titles"));
    }
    if plan.columns_beyond > 0 {
        let columns = counted(plan.columns_beyond as i64, "column");
        outside
            .push(format!("{columns} would be right of the table: show more columns, or select a cell further left"));
    }
    send(cx, table.kind, &changes, "Paste", outside);
}

/// Copies the first selected row into those below it. A single row gets what is above it.
pub fn fill_down(cx: &Cx<'_>, table: &Table<'_>, range: CellRange) {
    let first = *range.rows().start();
    let (from, rows) = match range.height() {
        1 if first > 0 => (first - 1, first..=first),
        1 => return,
        _ => (first, first + 1..=*range.rows().end()),
    };
    let editable: Vec<usize> = range.columns().filter(|column| table.info(*column).is_editable).collect();
    let cells = rows.flat_map(|row| editable.iter().map(move |column| Position { row, column: *column }));
    let changes: Vec<CellChange> =
        cells.map(|cell| cell_change(table, cell, table.text(Position { row: from, ..cell }))).collect();
    send(cx, table.kind, &changes, "Fill", Vec::new());
}

/// Empties the selected cells.
pub fn clear(cx: &Cx<'_>, table: &Table<'_>, range: CellRange) {
    let changes: Vec<CellChange> = editable_cells(table, range).map(|cell| cell_change(table, cell, "")).collect();
    send(cx, table.kind, &changes, "Clear", Vec::new());
}

/// The selected cells that can be edited.
fn editable_cells(table: &Table<'_>, range: CellRange) -> impl Iterator<Item = Position> {
    let columns = move |row: usize| range.columns().map(move |column| Position { row, column });
    range.rows().flat_map(columns).filter(|cell| table.info(cell.column).is_editable)
}

/// Writes one text into a column of all selected rows. Returns what is wrong with the text.
pub fn change_rows(cx: &Cx<'_>, table: &Table<'_>, range: CellRange, column: usize, text: &str) -> Result<(), String> {
    let change = |row: usize| CellChange {
        subject: table.lines[row].subject.clone(),
        column,
        text: text.to_owned(),
        source: Position { row, column: 0 },
    };
    let changes: Vec<CellChange> = range.rows().map(change).collect();
    let label = format!(
        "Change {} of {}",
        table.all[column].title.to_lowercase(),
        counted(changes.len() as i64, table.kind.noun())
    );
    let SheetChange { edit, mut problems, .. } = change_cells(cx.plan_pointer(), table.kind, &changes, &label);
    if let Some(problem) = problems.pop() {
        return Err(problem.problem);
    }
    if let Some(edit) = edit {
        cx.edit(edit);
    }
    Ok(())
}

/// Writes a text into a cell. The text was read before.
pub fn write_cell(cx: &Cx<'_>, table: &Table<'_>, cell: Position, text: &str) {
    send(cx, table.kind, &[cell_change(table, cell, text)], "Change", Vec::new());
}

fn cell_change(table: &Table<'_>, cell: Position, text: &str) -> CellChange {
    let (subject, column) = (table.lines[cell.row].subject.clone(), table.shown[cell.column]);
    CellChange { subject, column, text: text.to_owned(), source: cell }
}

/// Sends changes of cells as one edit. If some cannot be made, says which and why, and asks whether to make the others.
fn send(cx: &Cx<'_>, kind: RecordKind, changes: &[CellChange], verb: &str, outside: Vec<String>) {
    let all = changes.len();
    let label = format!("{verb} {}", counted(all as i64, "cell"));
    let SheetChange { edit, cells, problems } = change_cells(cx.plan_pointer(), kind, changes, &label);
    let mut told: Vec<String> = problems.iter().take(MOST_LISTED).map(crate::sheet::CellProblem::in_words).collect();
    if problems.len() > MOST_LISTED {
        told.push(format!("and {} more", problems.len() - MOST_LISTED));
    }
    told.extend(outside);
    match edit {
        Some(edit) if told.is_empty() => cx.edit(edit),
        Some(edit) => cx.send(Action::Propose(Box::new(Proposal {
            edit,
            title: format!("{verb} {cells} of {}?", counted(all as i64, "cell")),
            text: format!("The rest stays as it is:\n{}", told.join("\n")),
            details: Vec::new(),
            verb: format!("{verb} {}", counted(cells as i64, "cell")),
        }))),
        None if told.is_empty() => {}
        None => cx.send(Action::ShowError(format!("Nothing was changed.\n{}", told.join("\n")))),
    }
}
