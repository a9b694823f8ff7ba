//! Text tables: rows of cells that a comma, a semicolon, a tab or another character separates.

use super::sheet::CellFault;
use crate::import::limits::{LONGEST_CELL, MOST_CELLS, MOST_COLUMNS};
use crate::wording::counted;

/// Rows of cells, and what is wrong with their quotes.
#[derive(Debug, Default)]
pub struct Delimited {
    /// Each with the line that it begins in, from 1.
    pub rows: Vec<(usize, Vec<String>)>,
    /// What is wrong, with its line.
    pub problems: Vec<(usize, String)>,
    /// Cells that are too long to be read; their rows are not imported.
    pub faults: Vec<CellFault>,
    /// It was not read to its end, because it has more than [`MOST_CELLS`].
    pub has_too_many_cells: bool,
}

/// Reads at most `most` rows, blank ones among them. Cells are trimmed, and quotes around them removed.
///
/// A quoted cell may contain line ends. A quote without an end is read as an ordinary character, so that it does not
/// swallow the rows below it.
pub fn read(text: &str, delimiter: char, most: usize) -> Delimited {
    let mut reader = Reader::new(text, delimiter);
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    // How many cells the last row has that is not blank.
    let mut width = 0;
    let mut cells = 0;
    while reader.at < text.len() && rows.len() < most && cells <= MOST_CELLS {
        let (at, line, known) = (reader.at, reader.line, reader.problems.len());
        let row = reader.row();
        let read = text[at..reader.at].trim_end_matches(['\r', '\n']);
        if read.contains(['\r', '\n'])
            && let Some(apart) = rows_apart(read, line, delimiter, width)
        {
            reader.problems.truncate(known);
            let count = counted(apart.len(), "line");
            let message = format!("The quotes of a cell would join {count} that are rows: read as part of the text");
            reader.problems.push((line, message));
            cells += apart.iter().map(|(_, row)| row.len()).sum::<usize>();
            rows.extend(apart);
            continue;
        }
        if row.iter().any(|cell| !cell.is_empty()) {
            width = row.len();
        }
        cells += row.len();
        rows.push((line, row));
    }
    let Reader { problems, faults, .. } = reader;
    Delimited { rows, problems, faults, has_too_many_cells: cells > MOST_CELLS }
}

/// The lines that a quoted cell joins, each as a row, if each has as many cells as the rows above: then the two quotes are
/// strays. A cell of several lines rarely has the same number of delimiters in each.
fn rows_apart(text: &str, first: usize, delimiter: char, width: usize) -> Option<Vec<(usize, Vec<String>)>> {
    if width < 2 {
        return None;
    }
    let lines: Vec<&str> = text.lines().flat_map(|line| line.split('\r')).collect();
    let apart = |line: &&str| {
        let mut reader = Reader::new(line, delimiter);
        reader.row().into_iter().map(without_stray_quote).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = lines.iter().map(apart).collect();
    // In two columns, a text of several lines may have a comma in each: numbers are a better sign.
    let has_number = |row: &Vec<String>| row.last().is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_digit()));
    let is_clear = rows.len() > 1 && rows.iter().all(|row| row.len() == width && (width > 2 || has_number(row)));
    is_clear.then(|| (first..).zip(rows).collect())
}

/// A cell without the quote that ended another one.
fn without_stray_quote(cell: String) -> String {
    match cell.strip_suffix('"') {
        Some(text) if !text.contains('"') => text.trim_end().to_owned(),
        _ => cell,
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    delimiter: char,
    problems: Vec<(usize, String)>,
    faults: Vec<CellFault>,
    /// The length of the cell that was read last, if it is too long.
    too_long: Option<usize>,
    /// Whether it still has to warn of columns that are not read: once per table.
    warns_of_columns: bool,
}

/// A quoted cell.
struct Quoted {
    text: String,
    /// Where the text after it begins.
    end: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, delimiter: char) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            delimiter,
            problems: Vec::new(),
            faults: Vec::new(),
            too_long: None,
            warns_of_columns: true,
        }
    }

    fn row(&mut self) -> Vec<String> {
        let mut cells = Vec::new();
        let mut spanning = None;
        let (first, mut count) = (self.line, 0_usize);
        loop {
            let line = self.line;
            let cell = self.cell();
            if self.line > line {
                spanning = spanning.or(Some((line, cell.clone())));
            }
            if let Some(length) = self.too_long.take() {
                let what = format!("a cell of {length} bytes: shorten it to {LONGEST_CELL}");
                self.faults.push(CellFault { line: first, column: count, what });
            }
            count += 1;
            if count <= MOST_COLUMNS {
                cells.push(cell);
            }
            let rest = &self.text[self.at..];
            if let Some(after) = rest.strip_prefix(self.delimiter) {
                self.at = self.text.len() - after.len();
                continue;
            }
            self.at += line_end(rest);
            self.line += usize::from(!rest.is_empty());
            break;
        }
        if count > MOST_COLUMNS && self.warns_of_columns {
            self.warns_of_columns = false;
            let message = format!("Cells from column {} on ignored: {MOST_COLUMNS} are read", MOST_COLUMNS + 1);
            self.problems.push((first, message));
        }
        if let Some((line, cell)) = spanning {
            self.judge_spanning(line, &cell, cells.len());
        }
        cells
    }

    /// The next cell, up to its delimiter or the end of its line.
    fn cell(&mut self) -> String {
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
        if rest[blank..].starts_with('"') {
            let open = self.at + blank;
            if let Some(Quoted { text, end }) = self.quoted(open + 1) {
                self.line += count_line_ends(&self.text[open..end]);
                self.at = end;
                return text.trim().to_owned();
            }
            self.problems.push((self.line, "Quote without an end: read as part of the text of one cell".to_owned()));
        }
        let end = rest.find([self.delimiter, '\r', '\n']).unwrap_or(rest.len());
        self.at += end;
        let cell = rest[..end].trim();
        if cell.len() > LONGEST_CELL {
            self.too_long = Some(cell.len());
            return String::new();
        }
        // Without its stray quote the cell is what was meant.
        cell.strip_prefix('"').filter(|text| !text.contains('"')).unwrap_or(cell).trim().to_owned()
    }

    /// The quoted cell whose text begins at `start`. None if no quote ends it just before a delimiter or a line end. A
    /// longer cell than the longest has lost its closing quote.
    fn quoted(&self, start: usize) -> Option<Quoted> {
        let mut text = String::new();
        let mut at = start;
        loop {
            let rest = self.text.get(at..)?;
            let quote = rest.find('"').filter(|quote| at + quote - start <= LONGEST_CELL)?;
            text.push_str(&rest[..quote]);
            let after = &rest[quote + 1..];
            if after.starts_with('"') {
                text.push('"');
                at += quote + 2;
                continue;
            }
            let blank = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
            let ends = after[blank..].chars().next().is_none_or(|c| c == self.delimiter || c == '\r' || c == '\n');
            return ends.then_some(Quoted { text, end: at + quote + 1 + blank });
        }
    }

    /// Warns about a cell of several lines that look like rows: two stray quotes may have joined them.
    fn judge_spanning(&mut self, line: usize, cell: &str, columns: usize) {
        let delimiters = |text: &str| text.matches(self.delimiter).count();
        let least = columns.saturating_sub(2).max(1);
        let like_rows = cell.lines().skip(1).filter(|text| delimiters(text) >= least).count();
        if like_rows > 0 {
            let like_rows = counted(like_rows, "line");
            let message = format!("The quotes of a cell enclose {like_rows} that look like rows: check them");
            self.problems.push((line, message));
        }
    }
}

/// How many bytes the line end takes that `text` begins with.
fn line_end(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    }
}

/// Counts line ends of any program.
fn count_line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let rows = read(text, ',', 1000).rows;
        rows.into_iter()
            .map(|(line, cells)| format!("{line}: {}", cells.join("|").replace("\r\n", "/").replace(['\r', '\n'], "/")))
            .collect()
    }

    fn problems(text: &str) -> Vec<usize> {
        read(text, ',', 1000).problems.into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn rows_know_their_line_after_any_line_end_and_after_cells_of_several_lines() {
        for text in ["a,b\n\nc,\"d\n e\"\nf", "a,b\r\n\r\nc,\"d\r\n e\"\r\nf\r\n", "a,b\r\rc,\"d\r e\"\rf"] {
            assert_eq!(rows(text), ["1: a|b", "2: ", "3: c|d/ e", "5: f"], "{text:?}");
            assert!(problems(text).is_empty());
        }
    }

    #[test]
    fn quotes_enclose_delimiters_and_quotes() {
        assert_eq!(rows("\"a,b\" , \"say \"\"no\"\"\",19\" rack\n"), ["1: a,b|say \"no\"|19\" rack"]);
        assert!(problems("\"a,b\" , \"say \"\"no\"\"\",19\" rack\n").is_empty());
    }

    #[test]
    fn a_quote_without_an_end_swallows_no_rows() {
        for text in
            ["a,\"19in\nb,c\nd,e\n", "a,\"19in\nb,\"c\"\nd,e\n", "a,\"19in\nb,\"\"\nd,e\n", "a,\"19in\nb,c\nd,\"e\n"]
        {
            let found: Vec<String> = rows(text).iter().map(|row| row.chars().take(4).collect()).collect();
            assert_eq!(found, ["1: a", "2: b", "3: d"], "{text}");
            assert_eq!(problems(text)[0], 1, "{text}");
        }
        assert_eq!(rows("a,\"19in\n"), ["1: a|19in"]);
        assert_eq!(rows("\"19\" rack,b"), ["1: \"19\" rack|b"]);
    }

    #[test]
    fn two_stray_quotes_do_not_join_rows() {
        for (text, line) in [
            ("n,d,x\n\"a,1,p\nb\",2,q\nc,3,r\n", 2),
            ("n,d,x\na,\"1,p\nb,2,q\nc,3\",r\nd,4,s\n", 2),
            ("n,d,x\r\n\"a,1,p\r\nb\",2,q\r\n", 2),
        ] {
            let found = rows(text);
            assert_eq!(found[1..3], ["2: a|1|p", "3: b|2|q"], "{text}");
            assert_eq!(found.len(), text.lines().count(), "{text}");
            assert_eq!(problems(text), [line], "{text}");
        }
        let text = "n,d,x\na,1,\"first, second\nthird\"\nb,2,q\n";
        assert_eq!(rows(text), ["1: n|d|x", "2: a|1|first, second/third", "4: b|2|q"]);
        assert!(problems(text).is_empty());
    }

    #[test]
    fn tables_of_any_shape_are_read_within_limits() {
        let wide = read(&format!("{}\n{}", "a,".repeat(2_000), "b,".repeat(2_000)), ',', 10);
        assert_eq!(wide.rows.iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [MOST_COLUMNS; 2]);
        assert_eq!(wide.problems, [(1, "Cells from column 1001 on ignored: 1000 are read".to_owned())]);
        let long = read(&format!("a,b\n{},c\n", "x".repeat(LONGEST_CELL + 1)), ',', 10);
        assert_eq!(long.rows[1].1, ["", "c"]);
        let what = "a cell of 65537 bytes: shorten it to 65536".to_owned();
        assert_eq!(long.faults, [CellFault { line: 2, column: 0, what }]);
        let many = read(&format!("{}\n", ",".repeat(999)).repeat(MOST_CELLS / 1_000 + 5), ',', usize::MAX);
        assert!(many.has_too_many_cells && many.rows.len() < MOST_CELLS / 1_000 + 5);
    }

    #[test]
    fn quotes_around_what_looks_like_rows_are_reported() {
        assert_eq!(problems("n,d,x\na,1,\"19in\nb,2,\nc,3,\"\nd,4,\n"), [2]);
        assert!(problems("n,d,x\na,1,\"two lines,\nof text\"\n").is_empty());
    }
}
