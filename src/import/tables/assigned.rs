//! Columns that a person assigned to fields: now, with options, or for an earlier table with the same titles.

use super::sheet::SheetRow;
use crate::import::limits::FIRST_ROWS;
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::model::{MappingKey, TableMapping};

/// Instead of a field: the column is not imported.
pub const IGNORE: &str = "ignore";

/// Where the titles of the columns are, if a person says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleRow {
    /// From 1.
    Line(usize),
    /// The first row is one of the table.
    Missing,
}

/// What is known about columns besides their titles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assigned<'a> {
    /// Fields, and the titles or letters of their columns, as a person chose them now.
    pub chosen: &'a [(String, String)],
    pub title_row: Option<TitleRow>,
    /// What was assigned for earlier tables of the topic.
    pub mappings: &'a [&'a TableMapping],
}

impl Assigned<'_> {
    /// The mapping for tables with these titles.
    pub fn mapping(&self, cells: &[String]) -> Option<&TableMapping> {
        let cells = trimmed(cells);
        let has_titles = |mapping: &&&TableMapping| {
            let titles = &mapping.key.titles;
            titles.len() == cells.len() && titles.iter().zip(cells).all(|(title, cell)| same_title(title, cell))
        };
        self.mappings.iter().find(has_titles).copied()
    }

    /// The mapping for tables with these titles, if it says what the columns hold.
    pub fn columns(&self, cells: &[String]) -> Option<&TableMapping> {
        self.mapping(cells).filter(|mapping| !mapping.fields.is_empty())
    }

    /// The column that was chosen for a field; `Some(None)` if these cells do not have it.
    pub fn column(&self, field: &str, cells: &[String]) -> Option<Option<usize>> {
        let (_, title) = self.chosen.iter().find(|(id, _)| id == field)?;
        Some(find(title, cells))
    }

    /// The columns that a person leaves out.
    pub fn ignored(&self, cells: &[String]) -> Vec<usize> {
        let ignored = self.chosen.iter().filter(|(id, _)| id == IGNORE);
        ignored.filter_map(|(_, title)| find(title, cells)).collect()
    }

    /// Whether a column was chosen by its letter, which any row has.
    pub fn has_letters(&self, rows: &[SheetRow]) -> bool {
        let is_title =
            |title: &str| rows.iter().take(FIRST_ROWS).any(|row| row.cells.iter().any(|cell| same_title(cell, title)));
        self.chosen.iter().any(|(_, title)| letter_index(title).is_some() && !is_title(title))
    }
}

/// The key under which the mapping of a table is remembered.
pub fn mapping_key(topic: Topic, cells: &[String]) -> MappingKey {
    let titles = trimmed(cells).iter().map(|title| words_on_one_line(title)).collect();
    MappingKey { topic: topic.words().id.to_owned(), titles }
}

/// Without empty cells at the end.
fn trimmed(cells: &[String]) -> &[String] {
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    &cells[..end]
}

/// The column with that title, or else with that letter.
fn find(title: &str, cells: &[String]) -> Option<usize> {
    let by_title = cells.iter().position(|cell| same_title(cell, title));
    by_title.or_else(|| letter_index(title).filter(|index| *index < cells.len()))
}

/// Whether two titles are the same but for case and spaces.
pub fn same_title(a: &str, b: &str) -> bool {
    a == b || words_on_one_line(a).to_lowercase() == words_on_one_line(b).to_lowercase()
}

/// The letters of a column, as spreadsheets count: A to Z, AA, AB.
pub fn letters(index: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or_default());
    match index / 26 {
        0 => letter.to_string(),
        rest => letters(rest - 1) + &letter.to_string(),
    }
}

/// The column with these letters, counted from 0. Only capital letters count.
pub fn letter_index(text: &str) -> Option<usize> {
    let is_letters = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_letters.then(|| text.bytes().fold(0, |all, byte| all * 26 + usize::from(byte - b'A') + 1) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_spreadsheets_do() {
        for (index, text) in [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ")] {
            assert_eq!((letters(index), letter_index(text)), (text.to_owned(), Some(index)));
        }
        assert_eq!((letter_index("a"), letter_index("AAA"), letter_index("")), (None, None, None));
    }

    #[test]
    fn a_title_comes_before_a_letter() {
        let cells = ["Was", "A", "B "].map(str::to_owned);
        assert_eq!((find("A", &cells), find("B", &cells), find("C", &cells)), (Some(1), Some(2), Some(2)));
        assert_eq!((find("was", &cells), find("D", &cells), find("x", &cells)), (Some(0), None, None));
    }
}
