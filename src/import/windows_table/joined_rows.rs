//! Tables with a row for each system: rows of one window that differ only in systems and groups are one.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::NaiveDate;

use super::date_row::{DateRow, RuleRow, WindowSettings};
use crate::import::imported::Imported;
use crate::import::tables::table::Table;
use crate::wording::counted;

/// A row of either kind.
trait Joinable {
    /// What rows of one window and night have in common.
    type Key: Eq + Hash;
    fn key(&self) -> Self::Key;
    fn settings(&mut self) -> &mut WindowSettings;
    fn at(&self) -> (usize, usize);
    fn joined(&mut self) -> &mut Vec<usize>;
}

/// Joins such rows into the first of them, which gets the systems and groups of all. Says how many there are.
pub(super) fn join(rows: &mut Vec<DateRow>, rules: &mut Vec<RuleRow>, tables: &[Table], imported: &mut Imported) {
    let mut settings = rows.iter().map(|row| &row.settings).chain(rules.iter().map(|row| &row.settings));
    let Some(first) = settings.next() else { return };
    // Most tables have no systems, and a table may have 100,000 rows.
    if settings.all(|other| other.systems == first.systems && other.groups == first.groups) {
        return;
    }
    let joined = [join_all(rows), join_all(rules)];
    let count: usize = joined.iter().map(|(count, _)| count).sum();
    let first = joined.iter().filter_map(|(_, first)| *first).min();
    if let Some((table, line)) = first
        && let Some(table) = tables.get(table)
    {
        let repeat =
            if count == 1 { "repeats a date or rule of its window" } else { "repeat dates or rules of their windows" };
        let message = format!(
            "{} {repeat} with other systems or groups: the window gets those of all its rows",
            counted(count, "row")
        );
        table.warn(line, message, imported);
    }
}

/// How many rows are joined to others, and where the first of them is.
fn join_all<R: Joinable>(rows: &mut Vec<R>) -> (usize, Option<(usize, usize)>) {
    let mut first_of: HashMap<R::Key, usize> = HashMap::with_capacity(rows.len());
    let mut kept: Vec<R> = Vec::with_capacity(rows.len());
    let (mut count, mut first) = (0, None);
    for mut row in std::mem::take(rows) {
        let index = *first_of.entry(row.key()).or_insert(kept.len());
        let Some(earlier) = kept.get_mut(index) else {
            kept.push(row);
            continue;
        };
        if !differ(earlier.settings(), row.settings()) {
            kept.push(row);
            continue;
        }
        let settings = std::mem::take(row.settings());
        let into = earlier.settings();
        into.systems.extend(settings.systems);
        into.systems.sort();
        into.systems.dedup();
        into.groups.extend(settings.groups);
        into.groups.sort();
        into.groups.dedup();
        let (table, line) = row.at();
        earlier.joined().push(table);
        count += 1;
        first.get_or_insert((table, line));
    }
    *rows = kept;
    (count, first)
}

/// Whether rows of one window and night are about different systems or groups. Without systems, a row is about all of a
/// group's.
fn differ(one: &WindowSettings, other: &WindowSettings) -> bool {
    let has_all =
        one.systems.is_empty() == other.systems.is_empty() && one.groups.is_empty() == other.groups.is_empty();
    has_all && (one.systems != other.systems || one.groups != other.groups)
}

/// The settings without systems and groups.
pub(super) fn common(settings: &WindowSettings) -> WindowSettings {
    WindowSettings {
        name: settings.name.to_lowercase(),
        kind: Some(settings.kind.unwrap_or_default()),
        systems: Vec::new(),
        groups: Vec::new(),
        ..settings.clone()
    }
}

impl Joinable for DateRow {
    type Key = (WindowSettings, NaiveDate);

    fn key(&self) -> Self::Key {
        (common(&self.settings), self.on)
    }

    fn settings(&mut self) -> &mut WindowSettings {
        &mut self.settings
    }

    fn at(&self) -> (usize, usize) {
        (self.table, self.line)
    }

    fn joined(&mut self) -> &mut Vec<usize> {
        &mut self.joined
    }
}

impl Joinable for RuleRow {
    type Key = (WindowSettings, String);

    fn key(&self) -> Self::Key {
        (common(&self.settings), format!("{:?} {:?} {:?}", self.rule, self.first, self.last))
    }

    fn settings(&mut self) -> &mut WindowSettings {
        &mut self.settings
    }

    fn at(&self) -> (usize, usize) {
        (self.table, self.line)
    }

    fn joined(&mut self) -> &mut Vec<usize> {
        &mut self.joined
    }
}
