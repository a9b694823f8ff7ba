//! Counts rows, so that as many are reported as were read.

use super::table::{Row, Table};
use crate::import::imported::{Imported, SKIPPED};
use crate::import::text::words_on_one_line;
use crate::wording::{counted, list_in_sentence, within_sentence};

/// How many rows were read and how many skipped, for each sheet.
#[derive(Clone, Debug, Default)]
pub struct RowCount {
    sheets: Vec<SheetCount>,
}

#[derive(Clone, Debug, Default)]
struct SheetCount {
    /// Set if several sheets are read.
    sheet: Option<String>,
    read: usize,
    skipped: usize,
}

impl RowCount {
    /// Counts a row, and warns if it could not be read.
    pub fn count<T>(
        &mut self,
        read: Result<T, String>,
        table: &Table,
        row: &Row,
        imported: &mut Imported,
    ) -> Option<T> {
        match read {
            Ok(read) => {
                self.sheet(table).read += 1;
                Some(read)
            }
            Err(reason) => {
                self.sheet(table).skipped += 1;
                if !row.is_reported {
                    table.warn(row.line, format!("Row skipped: {}", within_sentence(&reason)), imported);
                }
                None
            }
        }
    }

    /// A row that was read is not imported after all. Something else says why.
    pub fn skip(&mut self, table: &Table) {
        let sheet = self.sheet(table);
        sheet.read = sheet.read.saturating_sub(1);
        sheet.skipped += 1;
    }

    fn sheet(&mut self, table: &Table) -> &mut SheetCount {
        let index = self.sheets.iter().position(|count| count.sheet == table.sheet).unwrap_or_else(|| {
            self.sheets.push(SheetCount { sheet: table.sheet.clone(), ..SheetCount::default() });
            self.sheets.len() - 1
        });
        &mut self.sheets[index]
    }

    /// How many rows were read, and how many skipped.
    pub fn totals(&self) -> (usize, usize) {
        (self.sheets.iter().map(|count| count.read).sum(), self.sheets.iter().map(|count| count.skipped).sum())
    }

    /// Says how many of all rows were skipped, if any, and in which sheets.
    pub fn report(self, imported: &mut Imported) {
        let (read, skipped) = self.totals();
        if imported.report.as_ref().is_none_or(|report| report.kind.is_empty()) {
            imported.leave_out(SKIPPED, skipped);
            imported.report.get_or_insert_default().rows = read + skipped;
        }
        if skipped == 0 {
            return;
        }
        let of_sheet = |count: &SheetCount| {
            let sheet = words_on_one_line(count.sheet.as_deref()?);
            (count.skipped > 0).then(|| format!("{} in \"{sheet}\"", count.skipped))
        };
        let sheets: Vec<String> = self.sheets.iter().filter_map(of_sheet).collect();
        let number = sheets.len();
        let sheets = if number == 0 { String::new() } else { format!(": {}", list_in_sentence(sheets, number)) };
        imported.warn(None, format!("{skipped} of {} skipped{sheets}", counted(read + skipped, "row")));
    }
}
