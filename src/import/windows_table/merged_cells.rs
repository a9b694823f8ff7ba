//! Rows whose name is in the row above them: tables with merged cells, saved as text.

use super::columns::{DATE, DURATION, END, GROUP, KIND, NAME, RULE, START, SYSTEMS, ZONE};
use crate::import::imported::Imported;
use crate::import::tables::moments;
use crate::import::tables::table::{Row, Table};
use crate::import::text::words_on_one_line;
use crate::wording::counted;

/// What the rows of a block have in common.
const SHARED: [usize; 6] = [NAME, RULE, ZONE, KIND, GROUP, SYSTEMS];

/// Gives rows without a name, directly below one with a name, what they leave out. Says how many rows that are.
pub(super) fn fill_names(table: &mut Table, imported: &mut Imported) {
    let mut filled: Vec<(usize, String)> = Vec::new();
    let mut above: Option<Row> = None;
    for row in &mut table.rows {
        if row.follows_gap {
            above = None;
        }
        let is_nameless =
            row.problem.is_none() && row.get(NAME).is_none() && (row.get(DATE).is_some() || row.get(START).is_some());
        if let Some(above) = above.as_ref().filter(|_| is_nameless) {
            fill(row, above);
            filled.push((row.line, words_on_one_line(row.get(NAME).unwrap_or_default())));
        }
        above = row.get(NAME).is_some().then(|| row.clone());
    }
    if let Some((line, name)) = filled.first() {
        let rows = counted(filled.len(), "row");
        table.warn(*line, format!("{rows} without a name continue the row above: this one is \"{name}\""), imported);
    }
}

fn fill(row: &mut Row, above: &Row) {
    let fill = |row: &mut Row, field: usize| {
        if let Some(text) = above.get(field) {
            row.fill(field, text);
        }
    };
    for field in SHARED {
        fill(row, field);
    }
    let is_undated =
        |field: usize| above.get(field).is_some_and(|text| moments::read(text).is_ok_and(|at| at.from.date.is_none()));
    let has_length = row.get(DURATION).is_some() || row.get(END).is_some();
    if row.get(START).is_none() && is_undated(START) {
        fill(row, START);
    }
    if !has_length {
        fill(row, DURATION);
        if is_undated(END) {
            fill(row, END);
        }
    }
}
