//! Counts what a table of records adds, changes and leaves as it is, and finds the record that a row is about.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::import::imported::Imported;
use crate::import::tables::table::{Row, Table as ReadTable};
use crate::import::text::words_on_one_line;
use crate::model::{Edit, HasName, Table, address};
use crate::wording::counted;

#[derive(Default)]
pub struct RecordTally {
    new: usize,
    changed: usize,
    same: usize,
    /// The line of each record that had a row.
    seen: HashMap<String, usize>,
    /// The line of each id, and of each name with whether its row has an id. In lower case.
    ids: HashMap<String, usize>,
    names: HashMap<String, (usize, bool)>,
}

impl RecordTally {
    /// Notes the id and the name of a row.
    ///
    /// # Errors
    /// An earlier row has its id, or its name and one of the two has no id.
    pub fn claim(
        &mut self,
        (id, name): (Option<&str>, &str),
        line: usize,
        warn: &mut dyn FnMut(String),
    ) -> Result<(), String> {
        if let Some(id) = id
            && let Some(first) = self.ids.insert(id.to_lowercase(), line)
        {
            self.ids.insert(id.to_lowercase(), first);
            return Err(format!("line {first} already has its id \"{id}\""));
        }
        match self.names.get(&name.to_lowercase()) {
            Some((first, true)) if id.is_some() => {
                warn(format!("\"{name}\" is also the name in line {first}: both are imported, since their ids differ"));
            }
            Some((first, _)) => {
                return Err(format!("line {first} already has its name: give both an id if they differ"));
            }
            None => _ = self.names.insert(name.to_lowercase(), (line, id.is_some())),
        }
        Ok(())
    }

    /// How many records are new.
    pub fn count_new(&self) -> usize {
        self.new
    }

    /// Counts a record as changed whose own fields are unchanged, because something else about it changes.
    pub fn is_changed_otherwise(&mut self) {
        self.same = self.same.saturating_sub(1);
        self.changed += 1;
    }

    /// Adds a record, unless the plan already has exactly this one.
    ///
    /// # Errors
    /// Another row is about the same record.
    pub fn put<T: PartialEq>(
        &mut self,
        (id, line): (&str, usize),
        record: T,
        old: Option<&T>,
        edit: impl FnOnce(T) -> Edit,
        imported: &mut Imported,
    ) -> Result<(), String> {
        if let Some(first) = self.seen.insert(id.to_owned(), line) {
            return Err(format!("line {first} is about the same record"));
        }
        match old {
            Some(old) if *old == record => self.same += 1,
            old => {
                if old.is_some() {
                    self.changed += 1;
                } else {
                    self.new += 1;
                }
                imported.edits.push(edit(record));
            }
        }
        Ok(())
    }

    /// Sums up: "12 systems (3 of them updated)".
    pub fn report(&self, noun: &str, imported: &mut Imported) {
        let all = self.new + self.changed;
        imported.summary = match self.changed {
            0 => counted(all, noun),
            changed if changed == all => format!("{} (updated)", counted(all, noun)),
            changed => format!("{} ({changed} of them updated)", counted(all, noun)),
        };
        if self.same > 0 {
            imported.warn(None, format!("{} unchanged: the plan already says the same", counted(self.same, "row")));
        }
    }
}

/// All ids of a column, in lower case: a record that has one of them is not found by its name.
pub fn ids(tables: &[ReadTable], field: usize) -> HashSet<String> {
    tables.iter().flat_map(|table| table.cells(field)).map(str::to_lowercase).collect()
}

/// The record of the plan that a row is about: by its id, or by its name if no other row has the id of that record.
pub fn find<'a, T: HasName>(
    table: &'a Table<T>,
    id: Option<&str>,
    name: &str,
    given: &HashSet<String>,
) -> Option<&'a Arc<T>> {
    let lower = |text: &dyn ToString| text.to_string().to_lowercase();
    let by_id = id.and_then(|id| table.iter().find(|record| lower(record.id()) == id.to_lowercase()));
    let is_free = |record: &Arc<T>| id.is_none() || !given.contains(&lower(record.id()));
    let has_name = |record: &Arc<T>| record.name().to_lowercase() == name.to_lowercase();
    by_id.or_else(|| table.iter().find(|record| has_name(record) && is_free(record)))
}

/// What a cell says. None if it is empty, or cannot be read: then a warning says why.
pub fn read_cell<T>(
    row: &Row,
    field: usize,
    warn: &mut dyn FnMut(String),
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    match read(row.get(field)?) {
        Ok(value) => Some(value),
        Err(problem) => {
            warn(format!("{problem} (ignored)"));
            None
        }
    }
}

/// The name in a row.
///
/// # Errors
/// The row is skipped.
pub fn name(row: &Row, field: usize) -> Result<String, String> {
    if let Some(problem) = &row.problem {
        return Err(problem.clone());
    }
    let name = words_on_one_line(row.get(field).unwrap_or_default());
    if name.is_empty() { Err("the name is missing".to_owned()) } else { Ok(name) }
}

/// Sets an e-mail address if the cell has one, without "mailto:". One that no mail could be sent to is kept with a warning.
pub fn set_email(email: &mut String, row: &Row, field: usize, warn: &mut dyn FnMut(String)) {
    let Some(cell) = row.get(field).map(words_on_one_line) else { return };
    let is_link = cell.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let plain = if is_link { cell[7..].trim() } else { cell.as_str() };
    if address(plain).is_none() {
        warn(format!("Invalid e-mail address \"{plain}\": imported as it is, use e.g. ann@bank.example"));
    }
    plain.clone_into(email);
}

/// Sets a text if the cell has one.
pub fn set(text: &mut String, row: &Row, field: usize) {
    if let Some(cell) = row.get(field) {
        *text = words_on_one_line(cell);
    }
}
