//! The content of a list, for all forms.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::Table;
use crate::export::json_list;
use crate::schedule::time::zone_data::ZoneData;
use crate::wording::visible_line;

/// A list, ready to be written.
pub trait Listing {
    /// Short columns in words, for a terminal.
    fn page(&self) -> Page;

    /// JSON with a line end: an array of records whose keys stay the same from version to version. See `json_rows`.
    fn json(&self) -> String;

    /// Rows of typed cells, for spreadsheets. Nested records are spread over rows.
    fn table(&self) -> Table;
}

/// A list in words.
pub struct Page {
    /// Lines of as many cells each, the names of the columns first if they have names. Empty if the list is empty.
    pub lines: Vec<Vec<String>>,
    /// The sentence below the lines, such as how many there are.
    pub closing: String,
}

impl Page {
    /// A page with `columns` above its lines; without any lines, the sentence alone.
    pub fn new<const N: usize>(columns: [&str; N], lines: Vec<[String; N]>, closing: String) -> Self {
        if lines.is_empty() {
            return Self { lines: Vec::new(), closing };
        }
        let lines = [columns.map(str::to_owned)].into_iter().chain(lines).map(Vec::from).collect();
        Self { lines, closing }
    }
}

/// A record with the release of the zone data that its times were calculated with.
#[derive(Serialize)]
struct DatedRow<'a, R> {
    #[serde(flatten)]
    row: &'a R,
    zone_data: &'static str,
}

/// The records as indented JSON, each with the number of its form and the release of the zone data.
pub fn json_rows<R: Serialize>(rows: &[R]) -> String {
    let zone_data = ZoneData::in_use().release();
    json_list(&rows.iter().map(|row| DatedRow { row, zone_data }).collect::<Vec<_>>())
}

/// The widest column. Longer cells are written in full; only what follows them in their line is not aligned.
const WIDEST: usize = 80;

/// Lines with their columns aligned, two spaces apart. Widths are counted in characters.
pub fn aligned(lines: &[impl AsRef<[String]>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for line in lines {
        let line = line.as_ref();
        widths.resize(widths.len().max(line.len()), 0);
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(visible_line(cell).chars().count()).min(WIDEST);
        }
    }
    let mut out = String::new();
    for line in lines {
        let cells: Vec<String> = line
            .as_ref()
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{:width$}", visible_line(cell), width = *width))
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// Local start dates, both ends included; without an end, everything on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Span {
    pub fn contains(self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_long_cell_is_written_in_full_and_widens_nothing_else() {
        let long = "x".repeat(70_000);
        let text = aligned(&[[long.clone(), "a".to_owned()], ["short".to_owned(), "b".to_owned()]]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("{long}  a"));
        assert_eq!(lines[1], format!("{:80}  b", "short"));
    }
}
