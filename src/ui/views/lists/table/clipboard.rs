//! Copying, pasting, filling and clearing cells. Each change is one step of undo.

use egui::Ui;

use super::{Table, TableState};
use crate::connect::kinds_of_topic;
use crate::import::{Confidence, Head, pasted_cells};
use crate::session::{Action, Proposal};
use crate::sheet::{
    CellChange, CellRange, Position, RecordKind, SheetChange, change_cells, plan_paste, text_from_cells,
};
use crate::ui::parts::cx::Cx;
use crate::wording::{and_more, counted, plural};

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
    let pasted = pasted_cells(text);
    let plan = plan_paste(&pasted.rows, range, table.lines.len(), table.shown.len());
    let mut left_out = pasted.problems;
    // One name is not given to several records.
    let fills = plan.cells.last().is_some_and(|(to, _)| to.row >= range.rows().start() + pasted.rows.len());
    let (repeated, cells): (Vec<_>, Vec<_>) =
        plan.cells.into_iter().partition(|(to, _)| fills && table.info(to.column).is_identifying);
    if let Some((to, _)) = repeated.first() {
        left_out.push(one_for_each(table, to.column));
    }
    let change = |(to, source): &(Position, Position)| CellChange {
        subject: table.lines[to.row].subject.clone(),
        column: table.shown[to.column],
        text: pasted.rows[source.row][source.column].clone(),
        source: *source,
    };
    let changes: Vec<CellChange> = cells.iter().map(change).collect();
    if plan.rows_below > 0 {
        let rows = counted(plan.rows_below as i64, "row");
        left_out
            .push(format!("{rows} would be below the table: add the records first, or paste with a line of titles"));
    }
    if plan.columns_beyond > 0 {
        let columns = counted(plan.columns_beyond as i64, "column");
        left_out
            .push(format!("{columns} would be right of the table: show more columns, or select a cell further left"));
    }
    let renamed = |(to, source): &(Position, Position)| {
        let (old, new) = (table.text(*to), pasted.rows[source.row][source.column].trim());
        (table.info(to.column).is_identifying && old != new).then(|| format!("{old} → {new}"))
    };
    let renames: Vec<String> = cells.iter().filter_map(renamed).collect();
    send(cx, table.kind, &changes, "Paste", Remarks { left_out, renames });
}

/// Why a name is not copied into several rows.
fn one_for_each(table: &Table<'_>, column: usize) -> String {
    let title = table.info(column).title.to_lowercase();
    format!("Two {} should not have the same {title}: type it into each row", plural(table.kind.noun()))
}

/// Copies the first selected row into those below it. A single row gets what is above it.
pub fn fill_down(cx: &Cx<'_>, table: &Table<'_>, range: CellRange) {
    let first = *range.rows().start();
    let (from, rows) = match range.height() {
        1 if first > 0 => (first - 1, first..=first),
        1 => return,
        _ => (first, first + 1..=*range.rows().end()),
    };
    let (names, editable): (Vec<usize>, Vec<usize>) = range
        .columns()
        .filter(|column| table.info(*column).is_editable)
        .partition(|column| table.info(*column).is_identifying);
    let cells = rows.flat_map(|row| editable.iter().map(move |column| Position { row, column: *column }));
    let changes: Vec<CellChange> =
        cells.map(|cell| cell_change(table, cell, table.text(Position { row: from, ..cell }))).collect();
    let left_out = names.first().map(|column| one_for_each(table, *column)).into_iter().collect();
    send(cx, table.kind, &changes, "Fill", Remarks { left_out, ..Remarks::default() });
}

/// Empties the selected cells.
pub fn clear(cx: &Cx<'_>, table: &Table<'_>, range: CellRange) {
    let changes: Vec<CellChange> = editable_cells(table, range).map(|cell| cell_change(table, cell, "")).collect();
    send(cx, table.kind, &changes, "Clear", Remarks::default());
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
    let title = table.all[column].title.to_lowercase();
    let label = |cells: usize| format!("Change {title} of {}", counted(cells as i64, table.kind.noun()));
    let SheetChange { edit, mut problems, .. } = change_cells(cx.plan_pointer(), table.kind, &changes, label);
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
    send(cx, table.kind, &[cell_change(table, cell, text)], "Change", Remarks::default());
}

fn cell_change(table: &Table<'_>, cell: Position, text: &str) -> CellChange {
    let (subject, column) = (table.lines[cell.row].subject.clone(), table.shown[cell.column]);
    CellChange { subject, column, text: text.to_owned(), source: cell }
}

/// What else there is to say about a change of cells.
#[derive(Default)]
struct Remarks {
    /// What is not written, and why.
    left_out: Vec<String>,
    /// "Ledger → General ledger"
    renames: Vec<String>,
}

/// Sends changes of cells as one edit. If some cannot be made, says which and why, and asks whether to make the others. Also
/// asks before records get other names: somebody may have meant to add rows.
fn send(cx: &Cx<'_>, kind: RecordKind, changes: &[CellChange], verb: &str, remarks: Remarks) {
    let label = |cells: usize| format!("{verb} {}", counted(cells as i64, "cell"));
    let SheetChange { edit, cells, same, problems } = change_cells(cx.plan_pointer(), kind, changes, label);
    let mut told: Vec<String> = problems.iter().take(MOST_LISTED).map(crate::sheet::CellProblem::in_words).collect();
    if problems.len() > MOST_LISTED {
        told.push(and_more(problems.len() - MOST_LISTED));
    }
    told.extend(remarks.left_out);
    match edit {
        Some(edit) if told.is_empty() && remarks.renames.is_empty() => cx.edit(edit),
        Some(edit) => {
            let (title, text) = question(kind, (verb, cells, cells + same + problems.len()), &told, &remarks.renames);
            let verb = format!("{verb} {}", counted(cells as i64, "cell"));
            cx.send(Action::Propose(Box::new(Proposal { edit, title, text, details: Vec::new(), verb })));
        }
        None if told.is_empty() => {}
        None => cx.send(Action::ShowError(format!("Nothing was changed.\n{}", told.join("\n")))),
    }
}

/// The title and the text of the question before only some cells are written, or records get other names.
fn question(
    kind: RecordKind,
    (verb, cells, all): (&str, usize, usize),
    told: &[String],
    renames: &[String],
) -> (String, String) {
    let all = counted(all as i64, "cell");
    let some = if told.is_empty() { format!("{verb} {all}") } else { format!("{verb} {cells} of {all}") };
    let rest = format!("The rest stays as it is:\n{}", told.join("\n"));
    if renames.is_empty() {
        return (format!("{some}?"), rest);
    }
    let renamed = counted(renames.len() as i64, kind.noun());
    let mut listed: Vec<&str> = renames.iter().take(MOST_LISTED).map(String::as_str).collect();
    let more = and_more(renames.len().saturating_sub(MOST_LISTED));
    listed.extend((renames.len() > MOST_LISTED).then_some(more.as_str()));
    let advice = format!(
        "To add {} instead, paste them with a line of titles, or press Escape in the table before pasting.",
        plural(kind.noun())
    );
    let rest = if told.is_empty() { advice } else { format!("{advice}\n{rest}") };
    (format!("{some} and rename {renamed}?"), format!("{}\n{rest}", listed.join("\n")))
}
