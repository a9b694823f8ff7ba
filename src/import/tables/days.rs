//! Whole days in cells, and what a person must decide about their order.

use chrono::{NaiveDate, NaiveTime};

use super::date_order::DateOrder;
use super::dates::DayOrder;
use super::moments;
use super::table::Table;
use crate::import::imported::Imported;
use crate::import::option::{OptionSpec, ValueKind};

/// Decides what the table leaves open.
pub const DATES: OptionSpec = OptionSpec {
    id: "dates",
    name: "Dates",
    help: "Which part of a date such as 03/04/2027 comes first, if the table does not show it: day-first or month-first",
    value: ValueKind::DayOrder,
    default_text: "by the table",
};

/// The day that a cell means. A time after it is not used.
///
/// # Errors
/// Why it does not mean one day.
pub fn day(text: &str, order: &DateOrder) -> Result<NaiveDate, String> {
    let wrong = || format!("Invalid date \"{text}\": use e.g. 2027-03-13");
    let point = moments::read(text)?.from;
    point.on(order)?.ok_or_else(wrong)
}

/// The last day of a period. In a column with times, a period that ends at midnight does not touch the day that begins
/// then.
///
/// # Errors
/// Why the cell does not mean one day.
pub fn last_day(text: &str, order: &DateOrder, has_times: bool) -> Result<NaiveDate, String> {
    let on = day(text, order)?;
    let at = moments::read(text)?.from.clock;
    let is_midnight = at.is_some_and(|at| at.time == NaiveTime::MIN && !at.is_next_day);
    Ok(if has_times && is_midnight { on.pred_opt().unwrap_or(on) } else { on })
}

/// Whether a column has dates with times other than midnight.
pub fn has_times(table: &Table, column: usize) -> bool {
    table.cells(column).any(|text| moments::read(text).is_ok_and(|cell| cell.has_time()))
}

/// All dates in these columns.
pub fn dates_in<'a>(tables: &'a [Table], columns: &'a [usize]) -> impl Iterator<Item = &'a str> {
    let cells = tables.iter().flat_map(|table| columns.iter().flat_map(|column| table.cells(*column)));
    let points = cells.filter_map(|text| moments::read(text).ok()).flat_map(|cell| [Some(cell.from), cell.until]);
    points.flatten().filter_map(|point| point.date)
}

/// The question that a person must answer before the dates of a table can be read.
pub fn open_question(order: &DateOrder) -> Option<String> {
    let text = order.open()?;
    let as_one = |order| DateOrder::new(std::iter::empty(), Some(order)).date(text).ok();
    let (day_first, month_first) = (as_one(DayOrder::DayFirst)?, as_one(DayOrder::MonthFirst)?);
    Some(format!(
        "Ambiguous date \"{text}\": {day_first} if the day comes first, {month_first} if the month does. Choose one with \
         the option dates (day-first or month-first)"
    ))
}

/// Notes how dates are read that could be read otherwise.
pub fn note_readings(order: &DateOrder, imported: &mut Imported) {
    for reading in order.readings() {
        imported.warn(None, reading);
    }
}
