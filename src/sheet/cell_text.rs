//! Cells as spreadsheets put them on the clipboard: rows in lines, cells separated by tabs, quotes around cells with either.

/// The text of rows of cells.
pub fn text_from_cells(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        let needs_quotes = cell.contains(['\t', '\n', '\r']) || cell.starts_with('"');
        if needs_quotes { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The rows of cells in a text. A line end at its end begins no row.
pub fn cells_from_text(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (cell, after) = next_cell(rest);
        row.push(cell);
        if let Some(next) = after.strip_prefix('\t') {
            rest = next;
            if next.is_empty() {
                row.push(String::new());
            }
            continue;
        }
        rows.push(std::mem::take(&mut row));
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or("");
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// The first cell, and the text from its end on.
fn next_cell(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"').and_then(quoted_cell) {
        return quoted;
    }
    let end = text.find(['\t', '\n', '\r']).unwrap_or(text.len());
    (text[..end].trim().to_owned(), &text[end..])
}

/// A quoted cell after its first quote. None if no quote ends it before a tab or a line end: then the quote is text.
fn quoted_cell(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let quote = rest.find('"')?;
        cell.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        if let Some(more) = rest.strip_prefix('"') {
            cell.push('"');
            rest = more;
        } else {
            let is_end = rest.is_empty() || rest.starts_with(['\t', '\n', '\r']);
            return is_end.then_some((cell, rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn what_is_copied_is_read_back() {
        let cells = rows(&[&["Core DB", "a\tb", ""], &["\"Web\"", "two\nlines", "4"]]);
        assert_eq!(cells_from_text(&text_from_cells(&cells)), cells);
    }

    #[test]
    fn spreadsheets_end_the_last_row_and_cells_may_be_empty_or_begin_with_a_quote() {
        assert_eq!(cells_from_text("a\tb\r\nc\t\r\n"), rows(&[&["a", "b"], &["c", ""]]));
        assert_eq!(cells_from_text("\n5\" disk\t\"open"), rows(&[&[""], &["5\" disk", "\"open"]]));
        assert!(cells_from_text("").is_empty());
    }
}
