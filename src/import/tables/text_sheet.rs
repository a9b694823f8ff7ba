//! Text of any delimiter as a sheet.

use super::assigned::Assigned;
use super::delimited;
use super::layout::Layout;
use super::sheet::{CellFault, Sheet, SheetRow};
use crate::import::limits::FIRST_ROWS;

/// Taken only if a header with at least [`LEAST_TITLES`] known titles is found with them, and every row from it on has as
/// many cells: all of them are also part of other texts.
const RARE_DELIMITERS: [char; 7] = ['^', '~', '#', '¦', '§', ':', '\u{1f}'];

const LEAST_TITLES: usize = 2;

/// Reads text with at most `most` rows. Its delimiter is the one with which a header is found, else the most frequent
/// one.
pub fn read(text: &str, layout: &Layout, assigned: Assigned<'_>, most: usize) -> Sheet {
    let (text, above, given) = without_hint(text);
    // The titles may follow any number of blank lines.
    let is_blank = |line: &&str| line.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    let blank: Vec<&str> = text.split_inclusive('\n').take_while(is_blank).collect();
    let above = above + blank.len();
    let text = &text[blank.concat().len()..];
    let delimiter = given.unwrap_or_else(|| find_delimiter(text, layout, assigned));
    let read = delimited::read(text, delimiter, most);
    let rows = read.rows.into_iter().map(|(line, cells)| SheetRow { line: line + above, cells });
    let problems = read.problems.into_iter().map(|(line, problem)| (line + above, problem)).collect();
    let has_too_many_cells = read.has_too_many_cells;
    let faults = read.faults.into_iter().map(|fault| CellFault { line: fault.line + above, ..fault }).collect();
    Sheet { name: None, rows: rows.collect(), problems, faults, has_too_many_cells, ..Sheet::default() }
}

/// Removes a line "sep=;", which tells Excel the delimiter. Returns how many lines were removed.
fn without_hint(text: &str) -> (&str, usize, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let hint = first.trim_end_matches('\r').trim_matches('"');
    let delimiter = hint.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| {
        let mut chars = hint[4..].chars();
        chars.next().filter(|_| chars.next().is_none()).filter(|c| !c.is_alphanumeric() && *c != '"')
    });
    match delimiter {
        Some(delimiter) => (rest, 1, Some(delimiter)),
        None => (text, 0, None),
    }
}

fn find_delimiter(text: &str, layout: &Layout, assigned: Assigned<'_>) -> char {
    let judged = |delimiter: &char| {
        if !text.contains(*delimiter) {
            return ((false, 0), 0);
        }
        let rows = delimited::read(text, *delimiter, FIRST_ROWS).rows;
        let named = rows.iter().filter(|(_, cells)| layout.is_wide_enough(cells)).map(|(_, cells)| {
            let columns = layout.columns(cells, assigned);
            (layout.count(&columns).is_some(), columns.iter().flatten().count())
        });
        // Title rows have fewer cells than the table, so the widths of all rows count.
        let widths: usize = rows.iter().map(|(_, cells)| cells.len() - 1).sum();
        (named.max().unwrap_or_default(), widths)
    };
    // The last of equally good ones is taken.
    let best = ['|', '\t', ';', ','].into_iter().max_by_key(judged).unwrap_or(',');
    let is_found = |delimiter: &char| judged(delimiter).0.0;
    let is_table = |delimiter: &char| text.contains(*delimiter) && is_table_of(text, *delimiter, layout, assigned);
    if is_found(&best) { best } else { RARE_DELIMITERS.into_iter().find(is_table).unwrap_or(best) }
}

/// Whether a text is a table with a delimiter that is rare.
fn is_table_of(text: &str, delimiter: char, layout: &Layout, assigned: Assigned<'_>) -> bool {
    let read = delimited::read(text, delimiter, FIRST_ROWS).rows;
    let mut rows = read.iter().map(|(_, cells)| cells).filter(|cells| cells.iter().any(|cell| !cell.is_empty()));
    let is_header = |cells: &&Vec<String>| {
        let columns = layout.columns(cells, assigned);
        layout.count(&columns).is_some_and(|known| known >= LEAST_TITLES)
    };
    rows.find(is_header).is_some_and(|header| rows.all(|cells| cells.len() == header.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables::layout::Field;
    use crate::import::topic::Topic;

    const LAYOUT: Layout = Layout {
        topic: Topic::Windows,
        fields: &[Field { id: "name", titles: &[] }, Field { id: "date", titles: &["datum"] }],
        required: &[&[0], &[1]],
    };

    fn shown(text: &str) -> Vec<String> {
        let sheet = read(text, &LAYOUT, Assigned::default(), 100);
        sheet.rows.iter().map(|row| format!("{} {}", row.line, row.cells.join("_"))).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_with_which_the_header_is_found() {
        for delimiter in [',', ';', '\t', '|', '^'] {
            let text = format!("Plan, draft; 2027\n\nName{delimiter}Datum\nA{delimiter}1,5\n");
            assert_eq!(shown(&text)[2], "3 Name_Datum", "{delimiter:?}");
        }
        assert_eq!(shown("name:datum:x\nA:1,5:y\n"), ["1 name_datum_x", "2 A_1,5_y"]);
        for text in ["x:name:datum\nA:1\n", "name:date\nA:22:00\n", "name: x\ndate: y\n"] {
            assert!(shown(text).iter().all(|row| row.contains(':')), "{text}");
        }
        assert_eq!(shown("sep=^\r\nname^date\r\n"), ["2 name_date"]);
        assert_eq!(shown("\"sep=;\"\nname;date\n"), ["2 name_date"]);
        assert_eq!(shown("sep=\nx\n"), ["1 sep=", "2 x"]);
    }
}
