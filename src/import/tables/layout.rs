//! What the columns of a table are called, in the languages and programs that people export from.

use crate::import::error::ImportError;
use crate::import::text::words_on_one_line;

/// Something that a column can hold.
#[derive(Debug)]
pub struct Field {
    /// Its usual title, and its name in the option that assigns columns: "start".
    pub id: &'static str,
    /// Other titles, in lower case and without spaces and signs, the best first.
    pub titles: &'static [&'static str],
}

/// The fields of a kind of table.
#[derive(Debug)]
pub struct Layout {
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
    /// Its index among the rows.
    pub row: usize,
    /// In the order of the layout's fields.
    pub columns: Vec<Option<Column>>,
}

/// A field, and the title of the column that holds it, as a person assigned them.
pub type Assigned<'a> = &'a [(String, String)];

/// The titles are in one of the first rows.
pub const FIRST_ROWS: usize = 50;

impl Layout {
    /// The columns that the cells of a row name.
    pub fn columns(&self, cells: &[String], assigned: Assigned<'_>) -> Vec<Option<Column>> {
        let titles: Vec<String> = cells.iter().map(|title| plain(title)).collect();
        let column = |index: usize| Column { index, title: words_on_one_line(&cells[index]) };
        let by_person = |field: &Field| {
            let (_, title) = assigned.iter().find(|(id, _)| id == field.id)?;
            let is_it =
                |cell: &&String| words_on_one_line(cell).to_lowercase() == words_on_one_line(title).to_lowercase();
            cells.iter().position(|cell| is_it(&cell))
        };
        let mut taken: Vec<Option<usize>> = self.fields.iter().map(by_person).collect();
        let is_assigned = |field: &Field| assigned.iter().any(|(id, _)| id == field.id);
        for (at, field) in self.fields.iter().enumerate().filter(|(_, field)| !is_assigned(field)) {
            let names = || std::iter::once(field.id).chain(field.titles.iter().copied());
            let free = |name: &str| {
                let is_free = |index: &usize| titles[*index] == plain(name) && !taken.contains(&Some(*index));
                (0..titles.len()).find(is_free)
            };
            taken[at] = names().find_map(free);
        }
        taken.into_iter().map(|index| index.map(column)).collect()
    }

    /// How many fields the cells of a row name; none if a required one is missing.
    pub fn count(&self, columns: &[Option<Column>]) -> Option<usize> {
        let has = |field: &usize| columns.get(*field).is_some_and(Option::is_some);
        let is_complete = self.required.iter().all(|any| any.iter().any(has));
        is_complete.then(|| columns.iter().flatten().count())
    }

    /// The first of the first rows that names the required columns.
    pub fn find_header<'a>(&self, rows: impl Iterator<Item = &'a [String]>, assigned: Assigned<'_>) -> Option<Header> {
        let headers = rows.take(FIRST_ROWS).enumerate().map(|(row, cells)| (row, self.columns(cells, assigned)));
        headers.map(|(row, columns)| Header { row, columns }).find(|header| self.count(&header.columns).is_some())
    }

    /// Says which columns the best of the first rows lacks.
    pub fn missing<'a>(&self, rows: impl Iterator<Item = &'a [String]>, assigned: Assigned<'_>) -> ImportError {
        let filled = rows.take(FIRST_ROWS).filter(|cells| cells.iter().any(|cell| !cell.is_empty()));
        let named = filled.map(|cells| (cells, self.columns(cells, assigned)));
        let best = named.reduce(|best, next| {
            let count = |columns: &[Option<Column>]| columns.iter().flatten().count();
            if count(&next.1) > count(&best.1) { next } else { best }
        });
        let Some((cells, columns)) = best else { return ImportError::Empty };
        let unknown = assigned.iter().find(|(id, _)| {
            let at = self.fields.iter().position(|field| field.id == id);
            at.is_some_and(|at| columns[at].is_none())
        });
        let found: String =
            cells.iter().map(|cell| words_on_one_line(cell)).collect::<Vec<_>>().join(", ").chars().take(200).collect();
        if let Some((_, title)) = unknown {
            return ImportError::NoSuchColumn { title: title.clone(), found };
        }
        let lacks = |any: &&&[usize]| any.iter().all(|field| columns[*field].is_none());
        let missing = self.required.iter().filter(lacks).filter_map(|any| any.first());
        let missing: Vec<String> = missing.map(|field| format!("\"{}\"", self.fields[*field].id)).collect();
        ImportError::MissingColumns { missing: missing.join(" and "), found }
    }
}

/// A title in lower case, without spaces, signs and what is in brackets: "Start Date (local)" is "startdate".
pub fn plain(title: &str) -> String {
    let end = title.find(['(', '[']).filter(|end| *end > 0).unwrap_or(title.len());
    title[..end].chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a title has in brackets: "UTC" of "Start (UTC)".
pub fn in_brackets(title: &str) -> Option<&str> {
    let (_, rest) = title.split_once(['(', '['])?;
    Some(rest.trim_end().trim_end_matches([')', ']']).trim())
}
