//! Whole days in cells, and what a person must decide about their order.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::date_order::{DateOrder, order_in_title};
use super::dates::{self, WrittenDate};
use super::layout::{Field, Layout};
use super::moments::{self, local};
use super::options::DATES;
use super::shared_dates;
use super::table::Table;
use super::table_preview::AmbiguousDate;
use super::unread_columns::{UnreadCells, question};
use super::written_zones::WrittenZone;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::model::Plan;
use crate::wording::clocks;

/// The day that a cell means. A time after it is not used.
///
/// # Errors
/// Why it does not mean one day.
pub fn day(text: &str, order: &DateOrder) -> Result<NaiveDate, String> {
    let wrong = || format!("Invalid date \"{text}\": use e.g. 2027-03-13");
    let point = moments::read(text)?.from;
    point.on(order)?.ok_or_else(wrong)
}

/// Reads the days of periods. A time with a zone is on the day that it is in the plan's zone.
#[derive(Clone, Copy, Debug)]
pub struct DayReader<'a> {
    pub order: &'a DateOrder,
    pub plan: &'a Plan,
}

impl DayReader<'_> {
    /// The first day that a cell means, and the last one if it has both: "13 Dec 2027 - 9 Jan 2028", "24.-26.12.2027". `zone` is that of
    /// times without one.
    ///
    /// # Errors
    /// Why the cell does not mean one day or two.
    pub fn span_of_days(
        &self,
        text: &str,
        zone: Option<&WrittenZone>,
    ) -> Result<(NaiveDate, Option<NaiveDate>), String> {
        match two_days(text) {
            Some((first, last)) => Ok((self.order.date(first)?, Some(self.order.date(last)?))),
            None => match shared_dates::both(text) {
                Some([(_, first), (_, last)]) => Ok((first, Some(last))),
                None => Ok((self.moment(text, zone)?.0, None)),
            },
        }
    }

    /// The last day of a period. In a column with times, a period that ends at midnight does not touch the day that
    /// begins then.
    ///
    /// # Errors
    /// Why the cell does not mean one day.
    pub fn last_day(&self, text: &str, zone: Option<&WrittenZone>, has_times: bool) -> Result<NaiveDate, String> {
        let (on, at) = self.moment(text, zone)?;
        Ok(if has_times && at == Some(NaiveTime::MIN) { on.pred_opt().unwrap_or(on) } else { on })
    }

    /// The day and the time in the plan's zone.
    fn moment(&self, text: &str, zone: Option<&WrittenZone>) -> Result<(NaiveDate, Option<NaiveTime>), String> {
        let on = day(text, self.order)?;
        let from = moments::read(text)?.from;
        let Some(clock) = from.clock else { return Ok((on, None)) };
        match from.zone.as_ref().or(zone).filter(|zone| **zone != WrittenZone::Local) {
            Some(zone) => {
                let at = zone.utc(local(on, clock), self.plan)?;
                let here = WrittenZone::Local.local(at, self.plan);
                Ok((here.date(), Some(here.time())))
            }
            None => Ok((on, Some(clock.time).filter(|_| !clock.is_next_day))),
        }
    }
}

/// The two dates of a cell that is neither a date nor a time.
fn two_days(text: &str) -> Option<(&str, &str)> {
    if moments::read(text).is_ok() {
        return None;
    }
    let text = ["vom ", "von ", "from "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let at_words = [" bis ", " to ", " until ", " through "].iter().filter_map(|word| text.split_once(word));
    let dashes = text.match_indices(['-', '–', '—', '−']).map(|(at, dash)| (&text[..at], &text[at + dash.len()..]));
    let both = at_words.chain(dashes).map(|(first, last)| (first.trim(), last.trim()));
    both.into_iter().find(|(first, last)| dates::read(first).is_ok() && dates::read(last).is_ok())
}

/// The day before, if a period ends at midnight, as the calendars of Outlook write whole days.
pub fn before_midnight(last: NaiveDate, first: NaiveDate, end_time: Option<&str>) -> NaiveDate {
    let at = end_time.and_then(|text| clocks::read(text).ok());
    let is_midnight = at.is_some_and(|at| at.time == NaiveTime::MIN && !at.is_next_day);
    if is_midnight && last > first { last.pred_opt().unwrap_or(last) } else { last }
}

/// Whether a column has dates with times other than midnight.
pub fn has_times(table: &Table, column: usize) -> bool {
    table.cells(column).any(has_time)
}

/// Whether a cell has a date with a time other than midnight.
pub fn has_time(text: &str) -> bool {
    moments::read(text).is_ok_and(|cell| cell.has_time())
}

/// Whether a title says that its day is the first one after a period: "End (not included)", "Working again".
pub fn names_day_after(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words = ["exclusive", "not incl", "excluded", "exklusiv", "ausschließlich", "nicht enthalten", "working again"];
    words.iter().any(|word| lower.contains(word))
}

/// The question what an unknown column of dates is, if rows have one day only in the field `first`.
pub fn unread_end(table: &Table, first: usize, last: &Field, days: DayReader<'_>, instead: &str) -> Option<String> {
    let is_one_day = |text: &str| days.span_of_days(text, None).is_ok_and(|(_, last)| last.is_none());
    let column = table.unread.iter().find(|column| column.cells != UnreadCells::Lengths && column.has_dates)?;
    table.cells(first).any(is_one_day).then(|| question(column, &[last], instead))
}

/// All dates in these columns.
fn dates_in<'a>(tables: &'a [Table], columns: &'a [usize]) -> impl Iterator<Item = &'a str> {
    let cells = tables.iter().flat_map(|table| columns.iter().flat_map(|column| table.cells(*column)));
    cells
        .flat_map(|text| match moments::read(text) {
            Ok(cell) => [cell.from.date, cell.until.and_then(|until| until.date)],
            Err(_) => two_days(text).map_or([None; 2], |(first, last)| [Some(first), Some(last)]),
        })
        .flatten()
}

/// Why dates are read in an order that the table does not show.
const AS_BEFORE: &str = "as in the last table with these titles";
const AS_TITLED: &str = "as the title says";

/// How the dates in these fields are read, noted at their columns. None if a person must choose: the import then has a
/// question.
pub fn date_order(
    tables: &[Table],
    layout: &Layout,
    fields: &[usize],
    input: &Input<'_>,
    imported: &mut Imported,
) -> Option<DateOrder> {
    let before = tables.iter().find_map(|table| table.usual_dates).map(|order| (order, AS_BEFORE));
    let titles = || tables.iter().flat_map(|table| fields.iter().filter_map(|field| table.title(*field)));
    let usual = before.or_else(|| titles().find_map(order_in_title).map(|order| (order, AS_TITLED)));
    let order = DateOrder::new(dates_in(tables, fields), input.options.day_order(&DATES), usual);
    for field in fields {
        let dates = || dates_in(tables, std::slice::from_ref(field));
        if let Some(column) = imported.table.as_mut().and_then(|table| table.column_mut(layout.fields[*field].id)) {
            column.reading = order.reading(dates()).map(|order| order.to_string());
            column.dates = order.ambiguous(dates());
        }
    }
    if let Some(question) = open_question(&order) {
        imported.ask(question);
        return None;
    }
    for reading in order.readings() {
        imported.warn(None, reading);
    }
    for table in tables.iter().filter(|table| !table.is_text) {
        for message in fields.iter().filter_map(|field| swapped_dates(table, *field)) {
            table.note(message, imported);
        }
    }
    Some(order)
}

/// Warns about dates of a workbook in which a program has probably swapped day and month: it leaves those as text whose
/// day cannot be a month, so no typed date is after the 12th.
fn swapped_dates(table: &Table, field: usize) -> Option<String> {
    let title = table.title(field)?;
    let is_one_way = |text: &&str| {
        matches!(
            dates::read(text),
            Ok(WrittenDate::Numbers { day_first: Some(_), month_first: None, .. }
                | WrittenDate::Numbers { day_first: None, month_first: Some(_), .. })
        )
    };
    let text = table.cells(field).find(is_one_way)?;
    let typed = table.cells(field).filter(|text| text.as_bytes().get(4) == Some(&b'-'));
    let typed: Vec<NaiveDate> = typed.filter_map(|text| text.get(..10)?.parse().ok()).collect();
    let on = typed.iter().find(|on| on.day() != on.month())?;
    let other = NaiveDate::from_ymd_opt(on.year(), on.day(), on.month())?;
    typed.iter().all(|on| on.day() <= 12).then(|| {
        format!(
            "Check the dates in the column \"{title}\": \"{text}\" is text, and no typed date is after the 12th of its \
             month, so a program may have swapped day and month ({on} would be {other})"
        )
    })
}

/// The question that a person must answer before the dates of a table can be read.
fn open_question(order: &DateOrder) -> Option<String> {
    let AmbiguousDate { text, day_first, month_first, .. } = order.ambiguous(order.open().into_iter())?;
    Some(format!(
        "Ambiguous date \"{text}\": {day_first} if the day comes first, {month_first} if the month does. Choose one with \
         the option dates (day-first or month-first)"
    ))
}
