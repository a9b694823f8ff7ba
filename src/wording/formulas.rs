//! Cells that spreadsheets would run as formulas: written with an apostrophe, read without it.

/// A cell that spreadsheets show instead of running it: a leading apostrophe marks a formula as text, as OWASP advises
/// ("CSV Injection"). Whole numbers stay numbers. [`unguarded`] removes the apostrophe.
pub fn guarded(text: String) -> String {
    let is_number = text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    if begins_formula(text.trim_start_matches('\'')) && !is_number { format!("'{text}") } else { text }
}

/// The text of a cell without the apostrophe of [`guarded`]; none if it has none.
pub fn unguarded(written: &str) -> Option<&str> {
    written.strip_prefix('\'').filter(|rest| begins_formula(rest.trim_start_matches('\'')))
}

/// Whether spreadsheets take a cell for a formula; some skip white space at its beginning.
fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_as_a_formula_and_all_are_read_back() {
        for cell in ["=1+1", "+1-800", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "--1x"]
        {
            let written = guarded(cell.to_owned());
            assert!(written.starts_with('\'') && written != cell, "{cell:?}");
            assert_eq!(unguarded(&written), Some(cell));
        }
    }

    #[test]
    fn numbers_names_and_dates_are_written_as_they_are() {
        for cell in ["-16", "224", "", "O'Neill", "'quoted'", "2027-03-13", "Web + API", "a=b"] {
            assert_eq!(guarded(cell.to_owned()), cell);
            assert_eq!(unguarded(cell), None);
        }
    }
}
