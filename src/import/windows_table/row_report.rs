//! Reports rows that were read, but are not imported after all.

use chrono::NaiveDate;

use super::date_row::{DateRow, RuleRow};
use super::in_plan::{Fate, KnownWindows};
use crate::import::imported::Imported;
use crate::import::tables::row_count::RowCount;
use crate::import::tables::table::Table;
use crate::import::text::words_on_one_line;
use crate::model::{Edit, Plan};

/// The tables that rows come from, and how many of their rows were read.
pub(super) struct RowReport<'a> {
    pub tables: &'a [Table],
    pub count: RowCount,
}

impl RowReport<'_> {
    /// Says why a row of a table is skipped.
    pub fn skip(&mut self, (table, line): (usize, usize), why: &str, imported: &mut Imported) {
        self.skip_silently(table);
        if let Some(table) = self.tables.get(table) {
            table.warn(line, format!("Row skipped: {why}"), imported);
        }
    }

    /// Counts a row as skipped, if a warning about its window says why.
    pub fn skip_silently(&mut self, table: usize) {
        if let Some(table) = self.tables.get(table) {
            self.count.skip(table);
        }
    }

    /// "line 2", with its sheet if that is another one.
    pub fn line_in(&self, own: usize, (table, line): (usize, usize)) -> String {
        let sheet = self.tables.get(table).and_then(|table| table.sheet.as_deref()).filter(|_| table != own);
        sheet.map_or_else(
            || format!("line {line}"),
            |sheet| format!("line {line} of sheet \"{}\"", words_on_one_line(sheet)),
        )
    }
}

/// Removes rows that the plan has already, or has with other times, and adds new dates to the windows of the plan. Returns
/// these dates, and those that the plan has already.
pub(super) fn remove_known(
    (rows, rules): (&mut Vec<DateRow>, &mut Vec<RuleRow>),
    cancelled: &[DateRow],
    plan: &Plan,
    report: &mut RowReport<'_>,
    imported: &mut Imported,
) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    let (mut added, mut known) = (Vec::new(), Vec::new());
    let mut windows = KnownWindows::new(plan, rows, rules, cancelled);
    rows.retain(|row| match windows.judge(row) {
        Fate::New => true,
        Fate::Known => {
            known.push(row.on);
            report.skip_silently(row.table);
            false
        }
        Fate::Added => {
            added.push(row.on);
            false
        }
        Fate::Refused(why) => {
            report.skip((row.table, row.line), &why, imported);
            false
        }
    });
    rules.retain(|row| match windows.judge_rule(row) {
        Fate::New | Fate::Added => true,
        Fate::Known => {
            report.skip_silently(row.table);
            imported.warn(None, format!("\"{}\" skipped: the plan already has it", row.settings.name));
            false
        }
        Fate::Refused(why) => {
            report.skip((row.table, row.line), &why, imported);
            false
        }
    });
    for row in cancelled {
        if let (Some(message), Some(table)) = (windows.cancelled(row), report.tables.get(row.table)) {
            table.warn(row.line, message, imported);
        }
    }
    let (edits, messages): (Vec<Edit>, _) = windows.finish();
    imported.edits.extend(edits);
    for (line, message) in messages {
        imported.warn(line, message);
    }
    (added, known)
}
