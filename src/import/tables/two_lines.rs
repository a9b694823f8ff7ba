//! Titles in two rows: "Start" above "Date" and "Time" is "Start Date" and "Start Time", and "Duration" above "min" is
//! "Duration (min)".

use super::assigned::Assigned;
use super::date_order::order_in_title;
use super::layout::Layout;
use super::lengths::{is_unit, names_hours_and_minutes};
use super::sheet::Sheet;
use super::title_zones::{NamedInTitle, in_title};
use crate::import::limits::FIRST_ROWS;

/// Joins two rows of titles into the second one, if they name more fields together than alone.
pub fn join(sheet: &mut Sheet, layout: &Layout, assigned: Assigned<'_>) {
    let count = |cells: &[String]| {
        let columns = || layout.columns(cells, assigned);
        layout.is_wide_enough(cells).then(columns).and_then(|columns| layout.count(&columns))
    };
    for at in 1..sheet.rows.len().min(FIRST_ROWS) {
        let (upper, lower) = (&sheet.rows[at - 1], &sheet.rows[at]);
        if upper.is_blank() || lower.is_blank() {
            continue;
        }
        let (joined, completed) = (joined(&upper.cells, &lower.cells), completed(&upper.cells, &lower.cells));
        let joined = if count(&completed) > count(&joined) { completed } else { joined };
        let (alone, together) = (count(&upper.cells), count(&joined));
        if alone.is_some() && together <= alone && are_units(&lower.cells) {
            let line = lower.line;
            sheet.rows[at].cells = with_units(&upper.cells, &lower.cells);
            sheet.rows[at - 1].cells.clear();
            sheet.problems.push((line, "Row of units below the column titles: read as part of the titles".to_owned()));
            return;
        }
        let is_better = together.is_some_and(|together| match alone {
            Some(alone) => together > alone,
            None => count(&lower.cells).is_none_or(|lower| together > lower),
        });
        if is_better {
            sheet.rows[at].cells = joined;
            sheet.rows[at - 1].cells.clear();
            return;
        }
        if alone.is_some() {
            return;
        }
    }
}

/// An upper title counts for the blank cells on its right, as it does in merged cells.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut above = "";
    let join = |index: usize| {
        let (own, below) = (upper.get(index).map_or("", String::as_str), lower.get(index).map_or("", String::as_str));
        if !own.is_empty() {
            above = own;
        }
        match (own, below) {
            (own, "") => own.to_owned(),
            (_, below) if above.is_empty() || above.eq_ignore_ascii_case(below) => below.to_owned(),
            (_, below) => format!("{above} {below}"),
        }
    };
    (0..upper.len().max(lower.len())).map(join).collect()
}

/// The lower titles, and upper ones where they are blank: "From" and "To" need no "Period" above them.
fn completed(upper: &[String], lower: &[String]) -> Vec<String> {
    let cell = |cells: &[String], index: usize| cells.get(index).cloned().filter(|cell| !cell.is_empty());
    let title = |index: usize| cell(lower, index).or_else(|| cell(upper, index)).unwrap_or_default();
    (0..upper.len().max(lower.len())).map(title).collect()
}

/// What a row below the titles says about the cells of a column.
enum Below {
    /// "min", "UTC"
    Unit(String),
    /// "hh:mm", "(text)", "-"
    Format,
}

/// Reads a cell of a row of units. None if it is something else.
fn below(cell: &str) -> Option<Below> {
    const FORMATS: [&str; 14] = [
        "-", "–", "—", "text", "string", "date", "datum", "time", "uhrzeit", "number", "zahl", "yes/no", "ja/nein", "#",
    ];
    let text = cell.trim_matches(['(', ')', '[', ']', ' ']);
    let lower = text.to_lowercase();
    let is_pattern = lower.chars().any(char::is_alphabetic)
        && lower.len() > 1
        && lower.chars().all(|c| matches!(c, 'd' | 'm' | 'y' | 'j' | 't' | 'h' | 's' | '.' | '-' | '/' | ':' | ' '));
    let is_zone = || matches!(in_title(&format!("x ({text})")), NamedInTitle::Zone(_));
    if is_unit(&lower) || is_unit(lower.strip_prefix("in ").unwrap_or_default()) {
        Some(Below::Unit(text.to_owned()))
    } else if is_pattern && (order_in_title(text).is_some() || names_hours_and_minutes(text)) {
        // The order of dates, and what a dot in a length separates.
        Some(Below::Unit(text.to_owned()))
    } else if FORMATS.contains(&&*lower) || is_pattern || (cell.starts_with(['(', '[']) && !is_zone()) {
        Some(Below::Format)
    } else {
        is_zone().then(|| Below::Unit(text.to_owned()))
    }
}

/// Whether a row has nothing but units and formats.
fn are_units(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.is_empty()) && cells.iter().all(|cell| cell.is_empty() || below(cell).is_some())
}

/// The titles with the units below them in brackets.
fn with_units(titles: &[String], units: &[String]) -> Vec<String> {
    let title = |index: usize| {
        let title = titles.get(index).map_or("", String::as_str);
        match units.get(index).and_then(|cell| below(cell)) {
            Some(Below::Unit(unit)) if !title.is_empty() => format!("{title} ({unit})"),
            _ => title.to_owned(),
        }
    };
    (0..titles.len().max(units.len())).map(title).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables::layout::Field;
    use crate::import::topic::Topic;

    const LAYOUT: Layout = Layout {
        topic: Topic::Windows,
        fields: &[
            Field { id: "name", titles: &[] },
            Field { id: "date", titles: &["startdate"] },
            Field { id: "length", titles: &[] },
        ],
        required: &[&[0], &[1]],
    };

    fn after(rows: &[&str]) -> Vec<String> {
        let mut sheet = Sheet::from_lines(rows);
        join(&mut sheet, &LAYOUT, Assigned::default());
        sheet.rows.iter().map(|row| row.cells.join(",")).collect()
    }

    #[test]
    fn two_rows_are_joined_only_if_they_say_more_together() {
        for (rows, expected) in [
            (&["Name,Start,", ",Date,Time", "A,1,2"][..], &["", "Name,Start Date,Start Time", "A,1,2"][..]),
            (&["Name,Start", ",Date"], &["", "Name,Start Date"]),
            (&["Name,Start", "Name,Date"], &["Name,Start", "Name,Date"]),
            (&["Plan 2027,,", "name,date,length"], &["Plan 2027,,", "name,date,length"]),
            (&["name,date,length", "A,1,2"], &["name,date,length", "A,1,2"]),
            (&["name,date,length", ",(hh:mm),(min)"], &["", "name,date (hh:mm),length (min)"]),
            (&["name,date,length", "text,dd.mm.yyyy,min"], &["", "name,date (dd.mm.yyyy),length (min)"]),
            (&["name,date,length", "-,UTC,h"], &["", "name,date (UTC),length (h)"]),
            (&["name,date,length", "Mins,2027-03-13,4"], &["name,date,length", "Mins,2027-03-13,4"]),
        ] {
            assert_eq!(after(rows), expected, "{rows:?}");
        }
    }
}
