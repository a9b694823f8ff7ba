//! Titles in two rows: "Start" above "Date" and "Time" is "Start Date" and "Start Time".

use super::assigned::Assigned;
use super::layout::Layout;
use super::sheet::Sheet;
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
        let joined = joined(&upper.cells, &lower.cells);
        let alone = count(&upper.cells);
        let is_better = count(&joined).is_some_and(|together| match alone {
            Some(alone) => together > alone || (together == alone && are_units(&lower.cells)),
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

/// "(hh:mm)", "[min]"
fn are_units(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.is_empty() || (cell.starts_with(['(', '[']) && cell.ends_with([')', ']'])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables::layout::Field;
    use crate::import::tables::sheet::SheetRow;
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
        let row =
            |(at, text): (usize, &&str)| SheetRow { line: at + 1, cells: text.split(',').map(str::to_owned).collect() };
        let mut sheet = Sheet { rows: rows.iter().enumerate().map(row).collect(), ..Sheet::default() };
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
            (&["name,date,length", ",(d),(min)"], &["", "name,date (d),length (min)"]),
        ] {
            assert_eq!(after(rows), expected, "{rows:?}");
        }
    }
}
