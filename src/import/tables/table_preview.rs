//! The first rows of a table and what its columns hold, for the person who assigns them.

use chrono::NaiveDate;

use super::assigned::letters;
use super::layout::{Header, Layout};
use super::sheet::{Sheet, SheetRow};
use crate::import::text::words_on_one_line;
use crate::model::{DayOrder, MappingKey};

/// How many rows below the titles are shown.
const SHOWN_ROWS: usize = 6;
/// How many rows are offered as titles.
const TITLE_ROWS: usize = 20;
/// More columns are not shown.
const SHOWN_COLUMNS: usize = 60;
/// Longer cells are shortened, in characters.
const LONGEST_CELL: usize = 120;

/// The first rows of a table, and what its columns hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TablePreview {
    /// The sheet's name in a workbook.
    pub sheet: Option<String>,
    /// How many other sheets are read in the same way.
    pub other_sheets: usize,
    /// The line of the titles; none if the table has no titles.
    pub title_line: Option<usize>,
    /// The lines that may have the titles, with their text.
    pub title_rows: Vec<(usize, String)>,
    pub columns: Vec<ColumnPreview>,
    /// Rows below the titles, with their line.
    pub rows: Vec<(usize, Vec<String>)>,
    pub fields: Vec<FieldPreview>,
    /// Required fields that no column holds. Each is a list of which one is enough.
    pub missing: Vec<Vec<&'static str>>,
    /// The mapping of an earlier import that was used.
    pub mapping: Option<MappingKey>,
}

/// A column, and what it holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnPreview {
    /// "A"
    pub letters: String,
    /// May be empty.
    pub title: String,
    /// How the option that assigns columns names it: its title, or its letters if that is unclear.
    pub name: String,
    /// The field that it holds; none if it is not imported.
    pub field: Option<&'static str>,
    /// How its cells are read: "hours".
    pub reading: Option<String>,
    /// Set if dates in it can be read both ways.
    pub dates: Option<AmbiguousDate>,
}

/// A field that a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldPreview {
    pub id: &'static str,
    /// It is required, or one of those of which one is.
    pub is_required: bool,
}

/// A date that a column leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmbiguousDate {
    /// "03/04/2027"
    pub text: String,
    pub day_first: NaiveDate,
    pub month_first: NaiveDate,
    /// What a person chose, now or for an earlier table. None if they must choose.
    pub order: Option<DayOrder>,
}

impl TablePreview {
    pub(super) fn new(sheet: &Sheet, header: &Header, layout: &Layout) -> Self {
        let below = header.row.map_or(0, |row| row + 1);
        let filled = |rows: &[SheetRow], most: usize| -> Vec<(usize, Vec<String>)> {
            let rows = rows.iter().filter(|row| !row.is_blank()).take(most);
            rows.map(|row| (row.line, row.cells.iter().take(SHOWN_COLUMNS).map(|cell| shown(cell)).collect())).collect()
        };
        let rows = filled(&sheet.rows[below.min(sheet.rows.len())..], SHOWN_ROWS);
        let titles = header.row.and_then(|row| sheet.rows.get(row)).map_or(&[][..], |row| &row.cells);
        let width = rows.iter().map(|(_, cells)| cells.len()).chain([titles.len()]).max().unwrap_or_default();
        let columns = (0..width.min(SHOWN_COLUMNS)).map(|index| {
            let title = titles.get(index).map(|title| words_on_one_line(title)).unwrap_or_default();
            let is_unique = titles.iter().filter(|other| words_on_one_line(other) == title).count() == 1;
            let letters = letters(index);
            let name = if title.is_empty() || !is_unique { letters.clone() } else { title.clone() };
            let holds = |field: &usize| header.columns[*field].as_ref().is_some_and(|column| column.index == index);
            let field = (0..layout.fields.len()).find(holds).map(|field| layout.fields[field].id);
            ColumnPreview { letters, title, name, field, ..ColumnPreview::default() }
        });
        let fields = layout.fields.iter().enumerate().map(|(at, field)| FieldPreview {
            id: field.id,
            is_required: layout.required.iter().any(|any| any.contains(&at)),
        });
        let missing = layout.lacking(&header.columns).map(|any| any.iter().map(|at| layout.fields[*at].id).collect());
        let title_rows = filled(&sheet.rows, TITLE_ROWS).into_iter().map(|(line, cells)| {
            let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
            (line, cells.join(" · ").chars().take(LONGEST_CELL).collect())
        });
        Self {
            sheet: sheet.name.clone(),
            other_sheets: 0,
            title_line: header.row.and_then(|row| sheet.rows.get(row)).map(|row| row.line),
            title_rows: title_rows.collect(),
            columns: columns.collect(),
            fields: fields.collect(),
            missing: missing.collect(),
            mapping: None,
            rows,
        }
    }

    /// The column that holds a field.
    pub fn column_mut(&mut self, field: &str) -> Option<&mut ColumnPreview> {
        self.columns.iter_mut().find(|column| column.field == Some(field))
    }
}

/// A cell on one line. Midnight after a date is how spreadsheets keep a date alone.
fn shown(cell: &str) -> String {
    let cell = cell.strip_suffix(" 00:00:00").unwrap_or(cell);
    words_on_one_line(cell).chars().take(LONGEST_CELL).collect()
}
