//! Reports rows that were read, but are not imported after all.

use chrono::NaiveDate;

use super::date_row::{DateRow, RuleRow};
use super::in_plan::{Fate, KnownWindows};
use crate::import::imported::Imported;
use crate::import::tables::row_count::RowCount;
use crate::import::tables::table::Table;
use crate::import::text::words_on_one_line;
use crate::model::{Plan, WindowId};

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

/// Rows that are about windows of the plan.
#[derive(Default)]
pub(super) struct KnownDates {
    /// Those that change the plan.
    pub added: Vec<NaiveDate>,
    /// Those that the plan has already.
    pub known: Vec<NaiveDate>,
}

/// Removes rows that the plan has already, or has with other times. New dates are added to the windows of the plan, and
/// what rows at known times say otherwise changes them.
pub(super) fn remove_known(
    (rows, rules): (&mut Vec<DateRow>, &mut Vec<RuleRow>),
    cancelled: &[DateRow],
    (plan, file_name): (&Plan, &str),
    report: &mut RowReport<'_>,
    imported: &mut Imported,
) -> KnownDates {
    let mut dates = KnownDates::default();
    let mut unlike: Vec<(WindowId, Vec<usize>)> = Vec::new();
    let mut windows = KnownWindows::new(plan, file_name, rows, rules, cancelled);
    let mut is_new = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let tables = || std::iter::once(row.table).chain(row.joined.iter().copied());
        let fate = windows.judge(row);
        is_new.push(matches!(fate, Fate::New));
        match fate {
            Fate::New => {}
            Fate::Known => {
                dates.known.push(row.on);
                tables().for_each(|table| report.skip_silently(table));
            }
            Fate::Unlike(window) => {
                dates.known.push(row.on);
                unlike.push((window, tables().collect()));
            }
            Fate::Added => dates.added.push(row.on),
            Fate::Refused(why) => {
                report.skip((row.table, row.line), &why, imported);
                row.joined.iter().for_each(|table| report.skip_silently(*table));
            }
        }
    }
    rules.retain(|row| {
        let fate = windows.judge_rule(row);
        match &fate {
            Fate::New | Fate::Added => return true,
            Fate::Unlike(window) => {
                unlike.push((window.clone(), std::iter::once(row.table).chain(row.joined.iter().copied()).collect()));
                return false;
            }
            Fate::Known => {
                report.skip_silently(row.table);
                imported.warn(None, format!("\"{}\" skipped: the plan already has it", row.settings.name));
            }
            Fate::Refused(why) => report.skip((row.table, row.line), why, imported),
        }
        row.joined.iter().for_each(|table| report.skip_silently(*table));
        false
    });
    for row in cancelled {
        if let (Some(message), Some(table)) = (windows.cancelled(row), report.tables.get(row.table)) {
            table.warn(row.line, message, imported);
        }
    }
    let finished = windows.finish();
    let mut is_new = is_new.into_iter();
    rows.retain(|_| is_new.next().unwrap_or(true));
    for (_, tables) in unlike.into_iter().filter(|(window, _)| !finished.changed.contains(window)) {
        for table in tables {
            report.skip_silently(table);
        }
    }
    imported.edits.extend(finished.edits);
    for (line, message) in finished.messages {
        imported.warn(line, message);
    }
    dates
}
