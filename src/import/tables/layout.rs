//! What the columns of a table are called, in the languages and programs that people export from.

use std::collections::HashMap;

use super::assigned::{Assigned, TitleRow, letter_index, same_title};
use super::sheet::{Sheet, SheetRow};
use super::title_zones::{custom_field, zone_word};
use crate::import::limits::FIRST_ROWS;
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::wording::{list_in_sentence, list_of_choices};

/// In bytes. All known titles are shorter.
const LONGEST_TITLE: usize = 200;

/// Something that a column can hold.
#[derive(Debug)]
pub struct Field {
    /// Its usual title, and its name in the option that assigns columns: "start".
    pub id: &'static str,
    /// Other titles, as [`plain`] leaves them, the best first.
    pub titles: &'static [&'static str],
}

/// The fields of a kind of table.
#[derive(Debug)]
pub struct Layout {
    pub topic: Topic,
    pub fields: &'static [Field],
    /// Fields, by their index, of which one in each row must be there.
    pub required: &'static [&'static [usize]],
}

/// A column of a table that holds a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub index: usize,
    pub title: String,
}

/// The row with the titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its index among the rows. None if the table has no titles.
    pub row: Option<usize>,
    /// In the order of the layout's fields.
    pub columns: Vec<Option<Column>>,
}

impl Layout {
    /// The columns that the cells of a row name.
    pub fn columns(&self, cells: &[String], assigned: Assigned<'_>) -> Vec<Option<Column>> {
        let mut indices: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, title) in cells.iter().enumerate().filter(|(_, title)| title.len() <= LONGEST_TITLE) {
            indices.entry(plain(title)).or_default().push(index);
        }
        for (index, title) in cells.iter().enumerate().filter(|(_, title)| title.len() <= LONGEST_TITLE) {
            if let Some(own) = custom_field(title) {
                indices.entry(plain(own)).or_default().push(index);
            }
        }
        // "Start UTC" is a start, unless another column is called so.
        for (index, title) in cells.iter().enumerate().filter(|(_, title)| title.len() <= LONGEST_TITLE) {
            if let Some((rest, _)) = zone_word(title) {
                indices.entry(plain(rest)).or_default().push(index);
            }
        }
        let mapping = assigned.columns(cells);
        let ignored = assigned.ignored(cells);
        let mut taken: Vec<Option<usize>> =
            self.fields.iter().map(|field| assigned.column(field.id, cells).flatten()).collect();
        for (at, field) in self.fields.iter().enumerate() {
            if assigned.column(field.id, cells).is_some() {
                continue;
            }
            let is_free = |index: &usize| !taken.contains(&Some(*index)) && !ignored.contains(index);
            let named = |name: &str| indices.get(name)?.iter().copied().find(is_free);
            let known = || named(&plain(field.id)).or_else(|| field.titles.iter().find_map(|title| named(title)));
            taken[at] = mapping
                .map_or_else(known, |mapping| mapping.fields.iter().position(|id| id == field.id).filter(is_free));
        }
        let column = |index: usize| Column { index, title: words_on_one_line(&cells[index]) };
        taken.into_iter().map(|index| index.map(column)).collect()
    }

    /// Whether a row has cells for the required fields. Most rows of other text do not, and need no closer look.
    pub fn is_wide_enough(&self, cells: &[String]) -> bool {
        cells.iter().filter(|cell| !cell.is_empty()).nth(self.required.len().saturating_sub(1)).is_some()
    }

    /// How many fields the cells of a row name; none if a required one is missing.
    pub fn count(&self, columns: &[Option<Column>]) -> Option<usize> {
        self.lacking(columns).next().is_none().then(|| columns.iter().flatten().count())
    }

    /// The required fields that no column holds. Each is a list of which one is enough.
    pub fn lacking<'a>(&self, columns: &'a [Option<Column>]) -> impl Iterator<Item = &'static [usize]> + use<'a> {
        let has = |field: &usize| columns.get(*field).is_some_and(Option::is_some);
        self.required.iter().copied().filter(move |any| !any.iter().any(has))
    }

    /// The row with the titles, if it names the required columns: the one that a person chose, one with titles that were
    /// assigned before, or the first that is complete.
    pub fn find_header(&self, rows: &[SheetRow], assigned: Assigned<'_>) -> Option<Header> {
        let is_complete = |header: &Header| self.count(&header.columns).is_some();
        if assigned.title_row.is_some() || assigned.has_letters(rows) {
            return self.chosen_or_likely(rows, assigned).filter(is_complete);
        }
        let header =
            |(at, row): (usize, &SheetRow)| Header { row: Some(at), columns: self.columns(&row.cells, assigned) };
        let first = || rows.iter().take(FIRST_ROWS).enumerate().filter(|(_, row)| self.is_wide_enough(&row.cells));
        let known = first().filter(|(_, row)| assigned.columns(&row.cells).is_some()).map(header).find(is_complete);
        known.or_else(|| {
            let mut most = 0;
            first().map(header).find(|header| {
                let count = header.columns.iter().flatten().count();
                // A cell of the table can read like a title, so the titles above it must not know more.
                let is_best = is_complete(header) && count > most;
                most = most.max(count);
                is_best
            })
        })
    }

    /// The row that a person chose, or the one that looks most like titles. None for an empty sheet.
    pub fn chosen_or_likely(&self, rows: &[SheetRow], assigned: Assigned<'_>) -> Option<Header> {
        let at = match assigned.title_row {
            Some(TitleRow::Missing) => {
                let widest =
                    rows.iter().take(FIRST_ROWS).map(|row| row.cells.len()).max().filter(|width| *width > 0)?;
                let columns = self.columns(&vec![String::new(); widest], assigned);
                return Some(Header { row: None, columns });
            }
            Some(TitleRow::Line(line)) => rows.iter().position(|row| row.line == line)?,
            None => self.likely_titles(rows, assigned)?,
        };
        Some(Header { row: Some(at), columns: self.columns(&rows[at].cells, assigned) })
    }

    /// The first row with the most known titles. If no title is known, the first of the widest rows without numbers.
    fn likely_titles(&self, rows: &[SheetRow], assigned: Assigned<'_>) -> Option<usize> {
        let first = || rows.iter().take(FIRST_ROWS).enumerate().filter(|(_, row)| !row.is_blank());
        let known = |row: &SheetRow| self.columns(&row.cells, assigned).iter().flatten().count();
        let best = first().map(|(at, row)| (known(row), at)).max_by_key(|(count, at)| (*count, usize::MAX - at))?;
        if best.0 > 0 {
            return Some(best.1);
        }
        let filled = |row: &SheetRow| row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let has_number = |row: &SheetRow| row.cells.iter().any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()));
        let widest = first().map(|(_, row)| filled(row)).max()?;
        let is_wide = |row: &SheetRow| filled(row) * 5 >= widest * 4;
        let likely = first().find(|(_, row)| is_wide(row) && !has_number(row));
        likely.or_else(|| first().next()).map(|(at, _)| at)
    }

    /// The fields of which one must be there, as in `"date", "start" or "rule"`.
    pub fn names(&self, any: &[usize]) -> String {
        let names: Vec<String> = any.iter().map(|field| format!("\"{}\"", self.fields[*field].id)).collect();
        list_of_choices(&names)
    }

    /// All fields, in a sentence.
    pub fn all_names(&self) -> String {
        list_in_sentence(self.fields.iter().map(|field| field.id), self.fields.len())
    }
}

/// The assigned title that no row of the sheets has.
pub fn unknown_title<'a>(sheets: &[Sheet], assigned: Assigned<'a>) -> Option<&'a str> {
    let has = |title: &str| {
        let rows = || sheets.iter().flat_map(|sheet| sheet.rows.iter().take(FIRST_ROWS));
        let is_letter = letter_index(title).is_some_and(|index| rows().any(|row| index < row.cells.len()));
        is_letter || rows().any(|row| row.cells.iter().any(|cell| same_title(cell, title)))
    };
    assigned.chosen.iter().map(|(_, title)| title.as_str()).find(|title| !has(title))
}

/// A title in lower case, without spaces, signs and what is in brackets: "Start Date (local)" is "startdate".
pub fn plain(title: &str) -> String {
    let end = title.find(['(', '[']).filter(|end| *end > 0).unwrap_or(title.len());
    title[..end].chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
