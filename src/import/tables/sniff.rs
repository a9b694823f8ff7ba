//! Judges by the first rows of a file whether it is a table of some kind.

use super::assigned::Assigned;
use super::layout::{Column, Layout, plain};
use super::{date_parts, delimited, text_sheet, two_lines};
use crate::import::confidence::Confidence;
use crate::import::foreign_content::foreign_content;
use crate::import::head::Head;
use crate::import::limits::FIRST_ROWS;
use crate::import::mail_files::other_mail_file;
use crate::import::mail_parts::looks_like_mail;
use crate::import::prose_and_code::prose_or_code;

/// The titles in the first rows of a file.
#[derive(Debug, Default)]
pub struct SniffedTitles {
    titles: Vec<String>,
    /// In the order of the layout's fields; none if a required one is missing.
    columns: Vec<Option<Column>>,
    is_table: bool,
}

impl SniffedTitles {
    pub fn read(head: &Head, layout: &Layout) -> Self {
        if !head.is_text() || is_other_text(head.text()) {
            return Self::default();
        }
        let mut sheet = text_sheet::read(head.text(), layout, Assigned::default(), FIRST_ROWS);
        two_lines::join(&mut sheet, layout, Assigned::default());
        date_parts::join(&mut sheet, layout, Assigned::default());
        let Some(header) = layout.find_header(&sheet.rows, Assigned::default()) else {
            return Self { is_table: true, ..Self::default() };
        };
        let titles = header.row.and_then(|row| sheet.rows.get_mut(row)).map(|row| std::mem::take(&mut row.cells));
        Self { titles: titles.unwrap_or_default(), columns: header.columns, is_table: true }
    }

    /// How sure it is that the file is a table with the required columns.
    pub fn confidence(&self) -> Confidence {
        match (self.is_table, self.columns.is_empty()) {
            (false, _) => Confidence::No,
            (true, true) => Confidence::Unlikely,
            (true, false) => Confidence::Likely,
        }
    }

    /// How many columns are known.
    pub fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Whether one of the titles is one of these.
    pub fn has_title(&self, titles: &[&str]) -> bool {
        self.titles.iter().any(|title| titles.iter().any(|wanted| plain(wanted) == plain(title)))
    }

    /// Whether there is a column for that field.
    pub fn has_field(&self, field: usize) -> bool {
        self.columns.get(field).is_some_and(Option::is_some)
    }
}

/// Whether a file is a table of some kind: its first rows have as many cells.
pub fn looks_like_table(head: &Head) -> bool {
    let widths = |(delimiter, least): (char, usize)| {
        let rows = delimited::read(head.text(), delimiter, FIRST_ROWS).rows;
        let widths =
            rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).map(|(_, cells)| cells.len());
        let widths: Vec<usize> = widths.take(5).collect();
        widths.len() > 1 && widths.iter().all(|width| *width >= least && Some(width) == widths.first())
    };
    // A comma may also be part of a sentence.
    head.is_text() && !is_other_text(head.text()) && [('\t', 2), (';', 2), ('|', 2), (',', 3)].into_iter().any(widths)
}

/// Whether the text begins as calendars, mails, JSON and other files do that are not tables.
fn is_other_text(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_calendar = start.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("BEGIN:"));
    start.starts_with(['{', '['])
        || is_calendar
        || foreign_content(start).is_some()
        || prose_or_code(text).is_some()
        || looks_like_mail(text)
        || other_mail_file(text) == Confidence::Certain
}
