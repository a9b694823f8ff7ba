//! Judges by the first rows of a file whether it is a table of some kind.

use super::assigned::{Assigned, FIRST_ROWS};
use super::layout::{Layout, plain};
use super::sheet::Sheet;
use super::{delimited, text_sheet, two_lines};
use crate::import::confidence::Confidence;
use crate::import::foreign_content::foreign_content;
use crate::import::head::Head;

/// Judges by its first rows whether a file is a table with the required columns.
pub fn sniff(head: &Head, layout: &Layout) -> Confidence {
    if !head.is_text() || is_other_text(head.text()) {
        return Confidence::No;
    }
    let sheet = first_rows(head, layout);
    if layout.find_header(&sheet.rows, Assigned::default()).is_some() {
        Confidence::Likely
    } else {
        Confidence::Unlikely
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

/// Whether the header of a file has one of these titles.
pub fn has_title(head: &Head, layout: &Layout, titles: &[&str]) -> bool {
    header_titles(head, layout).iter().any(|title| titles.iter().any(|wanted| plain(wanted) == plain(title)))
}

/// Whether the header of a file has a column for that field.
pub fn has_field(head: &Head, layout: &Layout, field: usize) -> bool {
    let columns = layout.columns(&header_titles(head, layout), Assigned::default());
    columns.get(field).is_some_and(Option::is_some)
}

fn header_titles(head: &Head, layout: &Layout) -> Vec<String> {
    let mut sheet = first_rows(head, layout);
    let header = layout.find_header(&sheet.rows, Assigned::default());
    let titles = header.and_then(|header| sheet.rows.get_mut(header.row?));
    titles.map_or_else(Vec::new, |row| std::mem::take(&mut row.cells))
}

fn first_rows(head: &Head, layout: &Layout) -> Sheet {
    let mut sheet = text_sheet::read(head.text(), layout, Assigned::default(), FIRST_ROWS);
    two_lines::join(&mut sheet, layout, Assigned::default());
    sheet
}

/// Whether the text begins as calendars, JSON and other files do that are no tables.
fn is_other_text(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with(['{', '['])
        || foreign_content(start).is_some()
        || start.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("BEGIN:"))
}
