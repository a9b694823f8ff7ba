//! The table behind a list: named columns and typed cells.

use std::fmt;

use chrono::NaiveDate;

use crate::export::iso_times::{IsoInstant, IsoLocalTime};
use crate::schedule::time::zone_data::ZoneData;

/// The name of the last column of every table.
const ZONE_DATA: &str = "zone_data";

/// A list as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Names that stay the same from version to version.
    pub columns: Vec<&'static str>,
    /// A cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of rows of type `R`: its name, and the function that fills its cells.
pub struct Column<R>(pub &'static str, pub fn(&R) -> Cell);

impl Table {
    /// A table of these columns and one more: the release of the zone data that the times were calculated with.
    pub fn new<R>(columns: &[Column<R>], rows: &[R]) -> Self {
        let release = ZoneData::in_use().release();
        let cells = |row: &R| columns.iter().map(|Column(_, cell)| cell(row)).chain([release.into()]).collect();
        let names = columns.iter().map(|Column(name, _)| *name).chain([ZONE_DATA]).collect();
        Self { columns: names, rows: rows.iter().map(cells).collect() }
    }
}

impl Table {
    /// The titles for a spreadsheet, in which times have no zone: "`start_at` (UTC)".
    pub fn spreadsheet_titles(&self) -> impl Iterator<Item = String> {
        self.columns.iter().enumerate().map(|(at, title)| {
            let is_instant = |row: &Vec<Cell>| matches!(row.get(at), Some(Cell::IsoInstant(_)));
            let is_unclear = !title.contains("utc") && self.rows.iter().any(is_instant);
            if is_unclear { format!("{title} (UTC)") } else { (*title).to_owned() }
        })
    }
}

/// A typed cell, so that a spreadsheet can sort and calculate with it. As text it reads as in the JSON of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(i64),
    /// A number with one decimal: 78 is 7.8.
    Tenths(u16),
    Date(NaiveDate),
    IsoInstant(IsoInstant),
    IsoLocalTime(IsoLocalTime),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Tenths(tenths) => write!(f, "{}.{}", tenths / 10, tenths % 10),
            Self::Date(on) => on.fmt(f),
            Self::IsoInstant(at) => at.fmt(f),
            Self::IsoLocalTime(at) => at.fmt(f),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<NaiveDate> for Cell {
    fn from(on: NaiveDate) -> Self {
        Self::Date(on)
    }
}

impl From<IsoInstant> for Cell {
    fn from(at: IsoInstant) -> Self {
        Self::IsoInstant(at)
    }
}

impl From<IsoLocalTime> for Cell {
    fn from(at: IsoLocalTime) -> Self {
        Self::IsoLocalTime(at)
    }
}

impl<T: Clone + Into<Cell>> From<&Option<T>> for Cell {
    fn from(value: &Option<T>) -> Self {
        value.clone().map_or(Self::Empty, Into::into)
    }
}
