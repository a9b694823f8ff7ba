//! Rows that are not imported although their cells fit the header: totals, notes, cancelled ones, and rows whose cells have
//! no value. What many rows share is said once.

use std::collections::HashMap;

use super::cancelled::{asks_whether_cancelled, is_cancelled, says_yes};
use super::dates;
use super::layout::{Column, Layout};
use super::sheet::CellFault;
use crate::import::text::{cancelling_word, words_on_one_line};
use crate::wording::{counted, list_in_sentence};

/// A warning names at most this many lines.
const MOST_LINES: usize = 10;

/// Why a row is not imported.
#[derive(Debug)]
pub struct Verdict {
    pub problem: String,
    /// A warning about several rows says it.
    pub is_reported: bool,
    /// The state, if the row is about something that does not take place.
    pub cancelled: Option<String>,
}

/// Judges the rows of a table.
pub struct RowJudge<'a> {
    /// The titles of the columns that are read, by their index.
    titles: HashMap<usize, &'a str>,
    /// The field that holds the state.
    state: Option<usize>,
    /// The field that holds the name.
    name: Option<usize>,
    /// The column that says of each row whether it is cancelled, with its title.
    flag: Option<(usize, String)>,
    /// The numbers of states are those that `ServiceNow` keeps.
    has_numbers: bool,
    faults: HashMap<usize, Vec<CellFault>>,
    /// The rows with each fault.
    faulty: Vec<((usize, String), Vec<usize>)>,
    /// The rows with each state.
    cancelled: Vec<(String, Vec<usize>)>,
    /// Rows with several filled cells were seen: a row with one may be a note.
    is_table: bool,
    /// The row above is a note.
    is_in_notes: bool,
}

impl<'a> RowJudge<'a> {
    /// `all` are the titles of all columns.
    pub fn new(layout: &Layout, columns: &'a [Option<Column>], all: &[String], faults: Vec<CellFault>) -> Self {
        let flag = all.iter().enumerate().find(|(_, title)| asks_whether_cancelled(title));
        let flag = flag.map(|(index, title)| (index, words_on_one_line(title)));
        let has_numbers = columns.iter().flatten().any(|column| column.title == "start_date");
        let titles: HashMap<usize, &str> =
            columns.iter().flatten().map(|column| (column.index, column.title.as_str())).collect();
        let state = layout.fields.iter().position(|field| matches!(field.id, "state" | "status"));
        let name = layout.fields.iter().position(|field| field.id == "name");
        let mut by_line: HashMap<usize, Vec<CellFault>> = HashMap::new();
        for fault in faults.into_iter().filter(|fault| titles.contains_key(&fault.column)) {
            by_line.entry(fault.line).or_default().push(fault);
        }
        let (faulty, cancelled) = (Vec::new(), Vec::new());
        Self {
            titles,
            state,
            name,
            flag,
            has_numbers,
            faults: by_line,
            faulty,
            cancelled,
            is_table: false,
            is_in_notes: false,
        }
    }

    /// Whether a row has a cell without a value in a column that is read.
    pub fn has_fault(&self, line: usize) -> bool {
        self.faults.contains_key(&line)
    }

    /// Why a row is not imported, if so. `all` are its cells as written, `cells` those of the fields.
    pub fn judge(&mut self, line: usize, all: &[String], cells: &[String], follows_blank: bool) -> Option<Verdict> {
        if let Some(faults) = self.faults.remove(&line) {
            let problem = faults.first().map(|fault| fault.what.clone()).unwrap_or_default();
            for fault in faults {
                push(&mut self.faulty, (fault.column, fault.what), line);
            }
            return Some(Verdict { problem, is_reported: true, cancelled: None });
        }
        if let Some(problem) = self.note(all, follows_blank) {
            return Some(Verdict { problem, is_reported: false, cancelled: None });
        }
        let state = self.state.and_then(|field| cells.get(field));
        let flag = self.flag.as_ref().filter(|(index, _)| all.get(*index).is_some_and(|cell| says_yes(cell)));
        let state = match (state.filter(|state| is_cancelled(state)), flag) {
            (Some(state), _) => words_on_one_line(state),
            (None, Some((_, title))) => title.clone(),
            // Canceled, in the table change_request.
            (None, None) if self.has_numbers && state.is_some_and(|state| state == "4") => "4".to_owned(),
            // Outlook's table has no state.
            (None, None) => cancelling_word(self.name.and_then(|field| cells.get(field))?)?.to_owned(),
        };
        push(&mut self.cancelled, state.clone(), line);
        Some(Verdict { problem: format!("its state is \"{state}\""), is_reported: true, cancelled: Some(state) })
    }

    /// What a row says, if it is a total or a note below a table.
    fn note(&mut self, all: &[String], follows_blank: bool) -> Option<String> {
        let mut filled = all.iter().filter(|cell| !cell.is_empty());
        let first = filled.next()?;
        let others: Vec<&String> = filled.collect();
        let width = all.len().max(self.titles.len());
        let is_alone = others.is_empty() && width > 1;
        let is_total = is_total(first) && !others.iter().any(|cell| is_date(cell));
        // A delimiter in a sentence makes several cells of it: "Prepared by Bob, 3.5.2026".
        let is_sentence = (follows_blank || self.is_in_notes || others.len() + 1 < width) && names_author(first);
        let is_note = self.is_table
            && !is_date(first)
            && (is_sentence || is_alone && (follows_blank || self.is_in_notes || begins_note(first)));
        self.is_table |= !others.is_empty();
        self.is_in_notes = is_note || is_total;
        let text = words_on_one_line(first);
        match (is_total, is_note) {
            (true, _) => Some(format!("\"{text}\" looks like a total")),
            (false, true) if is_alone => Some(format!("\"{text}\" looks like a note: fill another cell if it is not")),
            (false, true) => Some(format!("\"{text}\" looks like a note: rename it if it is not")),
            (false, false) => None,
        }
    }

    /// Says once what several rows share, each with the line of the first.
    pub fn report(self, mut warn: impl FnMut(usize, String)) {
        for ((column, what), lines) in self.faulty {
            let title = self.titles.get(&column).copied().unwrap_or_default();
            let rows = match lines.len() {
                1 => "this row, which is skipped".to_owned(),
                all => format!("{}, which are skipped", counted(all, "row")),
            };
            warn(lines[0], format!("Column \"{title}\" has {what} in {rows}"));
        }
        for (state, lines) in self.cancelled {
            let message = match lines.len() {
                1 => format!("Row skipped: its state is \"{state}\""),
                all => {
                    let numbers = list_in_sentence(lines.iter().map(ToString::to_string), MOST_LINES);
                    format!("{} skipped: their state is \"{state}\" (lines {numbers})", counted(all, "row"))
                }
            };
            warn(lines[0], message);
        }
    }
}

/// Adds a line to what has the same key, in the order of first appearance.
fn push<K: PartialEq>(groups: &mut Vec<(K, Vec<usize>)>, key: K, line: usize) {
    match groups.iter_mut().find(|(known, _)| *known == key) {
        Some((_, lines)) => lines.push(line),
        None => groups.push((key, vec![line])),
    }
}

/// "Total", "Summe:", "Total windows: 3".
fn is_total(cell: &str) -> bool {
    const WORDS: [&str; 14] = [
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sum",
        "sums",
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "insgesamt",
        "somme",
        "anzahl",
    ];
    let (before, after) = cell.split_once([':', '=']).unwrap_or((cell, ""));
    let is_number = after.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | 'h'));
    let words = words_on_one_line(before).to_lowercase();
    let first = words.split(' ').next().unwrap_or_default();
    is_number && (WORDS.contains(&&*words) || !after.trim().is_empty() && WORDS.contains(&first))
}

/// "Stand: 1.1.2027", "Prepared by Bob".
fn begins_note(cell: &str) -> bool {
    const BEGINNINGS: [&str; 27] = [
        "stand:",
        "stand ",
        "prepared by",
        "created by",
        "created on",
        "printed",
        "erstellt",
        "note:",
        "notes:",
        "hinweis",
        "anmerkung",
        "source:",
        "quelle:",
        "as of ",
        "updated",
        "last updated",
        "legend",
        "all times",
        "alle zeiten",
        "times are",
        "times in",
        "zeiten in",
        "zeitangaben",
        "time zone",
        "timezone",
        "zeitzone",
        "exported",
    ];
    let cell = cell.trim_start_matches(['*', '#', '-', '•', '¹', '(', '†', ' ']).to_lowercase();
    BEGINNINGS.iter().any(|beginning| cell.starts_with(beginning))
}

/// "Prepared by Bob", "Erstellt am 3.5.2026", "Stand: Mai": says who made the table, or when.
fn names_author(cell: &str) -> bool {
    const VERBS: [&str; 12] = [
        "prepared",
        "created",
        "printed",
        "exported",
        "compiled",
        "generated",
        "last updated",
        "last changed",
        "erstellt",
        "exportiert",
        "gedruckt",
        "zuletzt geändert",
    ];
    const NEXT: [&str; 10] = [" by", " on", " at", " from", ":", " von", " am", " durch", " um", " mit"];
    let cell = cell.to_lowercase();
    let follows =
        |verb: &&str| cell.strip_prefix(verb).is_some_and(|rest| NEXT.iter().any(|next| rest.starts_with(next)));
    cell.starts_with("stand:") || cell.starts_with("as of ") || VERBS.iter().any(follows)
}

/// Whether a cell is a date that is written as one: a number may be a count.
fn is_date(cell: &str) -> bool {
    let is_number = cell.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let has_parts = cell.matches(['.', '-', '/']).count() > 1;
    (!is_number || has_parts)
        && (dates::read(cell).is_ok() || cell.get(..10).is_some_and(|day| dates::read(day).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_notes_are_no_records() {
        for cell in ["Total", "SUMME:", "Gesamt", "Total windows: 1", "Sum = 24", "Gesamt: 12 h"] {
            assert!(is_total(cell), "{cell}");
        }
        for cell in ["Total Commander", "Sum of parts", "Core", "Gesamtsystem", "Total: see below"] {
            assert!(!is_total(cell), "{cell}");
        }
        assert!(begins_note("* all times UTC") && begins_note("(Zeiten in UTC)"));
        assert!(begins_note("Stand: 1.1.2027") && begins_note("Prepared by Bob") && !begins_note("Core"));
        for cell in ["Prepared by Bob", "Erstellt am 3.5.2026", "Stand: Mai", "exported from Remedy"] {
            assert!(names_author(cell), "{cell}");
        }
        for cell in ["Prepared failover", "Created", "Standby", "Exporters", "Updated by vendor"] {
            assert!(!names_author(cell), "{cell}");
        }
        assert!(is_date("2027-03-13") && is_date("2027-03-13 00:00:00") && is_date("13.03.2027"));
        assert!(!is_date("24") && !is_date("4h") && !is_date("46459") && !is_date("1.5"));
    }
}
