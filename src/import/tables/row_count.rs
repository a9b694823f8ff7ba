//! Counts rows, so that as many are reported as were read.

use super::table::{Row, Table};
use crate::import::imported::Imported;
use crate::wording::{counted, within_sentence};

#[derive(Clone, Copy, Debug, Default)]
pub struct RowCount {
    pub read: usize,
    pub skipped: usize,
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
                self.read += 1;
                Some(read)
            }
            Err(reason) => {
                self.skipped += 1;
                table.warn(row.line, format!("Row skipped: {}", within_sentence(&reason)), imported);
                None
            }
        }
    }

    /// Says how many of all rows were skipped, if any.
    pub fn report(self, imported: &mut Imported) {
        if self.skipped > 0 {
            let all = counted(self.read + self.skipped, "row");
            imported.warn(None, format!("{} of {all} skipped", self.skipped));
        }
    }
}
