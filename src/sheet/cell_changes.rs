//! Changes of cells as one edit, and what is wrong with the cells that cannot be changed.

use std::sync::Arc;

use super::record_kind::RecordKind;
use super::selection::Position;
use super::sheets::sheet;
use crate::model::{Edit, Plan, Subject};

/// A text for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub subject: Subject,
    /// By its index among all columns of the kind.
    pub column: usize,
    pub text: String,
    /// Where the text comes from: its row and column in what was pasted, or in the table.
    pub source: Position,
}

/// Why a cell cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    pub source: Position,
    /// The title of the column.
    pub column: &'static str,
    pub text: String,
    /// What is wrong, and what to write instead.
    pub problem: String,
}

impl CellProblem {
    /// "Row 3, Hosts: Invalid number "many": use …"
    pub fn in_words(&self) -> String {
        format!("Row {}, {}: {}", self.source.row + 1, self.column, self.problem)
    }
}

/// What a change of cells means.
#[derive(Clone, Debug, Default)]
pub struct SheetChange {
    /// None if it changes nothing.
    pub edit: Option<Edit>,
    /// How many cells it writes.
    pub cells: usize,
    pub problems: Vec<CellProblem>,
}

/// Writes texts into cells, in their order, as one edit with that label.
pub fn change_cells(plan: &Arc<Plan>, kind: RecordKind, changes: &[CellChange], label: &str) -> SheetChange {
    let sheet = sheet(kind);
    let columns = sheet.columns();
    let mut result = SheetChange::default();
    let mut edits: Vec<Edit> = Vec::new();
    // Edits of other records build on those before them.
    let mut current = Arc::clone(plan);
    for run in changes.chunk_by(|a, b| a.subject == b.subject) {
        let cells: Vec<(usize, &str)> = run.iter().map(|change| (change.column, change.text.as_str())).collect();
        let written = sheet.write(&current, &run[0].subject, &cells);
        result.cells += run.len() - written.problems.len();
        for (column, problem) in written.problems {
            let Some(change) = run.iter().find(|change| change.column == column) else { continue };
            let title = columns.get(column).map_or("", |column| column.title);
            let (source, text) = (change.source, change.text.clone());
            result.problems.push(CellProblem { source, column: title, text, problem });
        }
        for edit in written.edits.iter().filter(|_| written.has_others) {
            if let Ok(next) = current.apply(edit) {
                current = Arc::new(next);
            }
        }
        edits.extend(written.edits);
    }
    result.edit = match edits.len() {
        0 => None,
        // So that the first name of a new record gives it its id.
        1 => edits.pop(),
        _ => Some(Edit::Together { label: label.to_owned(), edits }),
    };
    result
}
