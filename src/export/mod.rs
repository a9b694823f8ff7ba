//! What others read: the year calendar, one night's checklist, lists. Data in, text out; no files, no clock.

pub mod advisories;
pub mod cab;
pub mod checklist;
pub mod cycles;
mod escape;
pub mod findings;
pub mod ics;
pub mod invites;
pub mod ledger;
pub mod list;
mod page;
pub mod paper;
mod phrases;
pub mod planner;
pub mod print;
pub mod reach;
pub mod revision;
pub mod rota;
mod text;
pub mod translation;
pub mod year;

pub use crate::model::{freeze_uid, is_uid_of_plan, occurrence_uid};
pub use text::{clean, one_line};

/// Indented JSON with a line end. What is exported serialises always: plain records of text, numbers and lists.
fn json(rows: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(rows).unwrap_or_default();
    format!("{text}\n")
}

/// CSV with a line of column names. Cells that a spreadsheet would run as a formula are guarded.
fn csv<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row.map(guarded));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell as spreadsheets show it: an apostrophe stands before what would begin a formula, as OWASP advises ("CSV
/// Injection"). Numbers stay numbers. Our imports take the apostrophe away again.
fn guarded(cell: String) -> String {
    let is_number = cell.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    if begins_formula(cell.trim_start_matches('\'')) && !is_number { format!("'{cell}") } else { cell }
}

/// Whether spreadsheets take a cell that begins like this for a formula; some skip white space before it.
fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// Lines whose columns start below one another, two spaces apart. Widths are counted in characters.
fn aligned<const N: usize>(lines: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_as_a_formula() {
        for cell in ["=1+1", "+1-800", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "--1x"]
        {
            let written = guarded(cell.to_owned());
            assert!(written.starts_with('\'') && written != cell, "{cell:?}");
        }
    }

    #[test]
    fn numbers_names_and_dates_are_written_as_they_are() {
        for cell in ["-16", "224", "", "O'Neill", "'quoted'", "2027-03-13", "Web + API", "a=b"] {
            assert_eq!(guarded(cell.to_owned()), cell);
        }
    }

    #[test]
    fn a_table_guards_its_rows() {
        assert_eq!(
            csv(["name", "margin"], [["=HYPERLINK(1)".to_owned(), "-5".to_owned()]]),
            "name,margin\n'=HYPERLINK(1),-5\n"
        );
    }
}
