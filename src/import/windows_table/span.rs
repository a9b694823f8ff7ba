//! When a row takes place: its cells for start, end and length, which may repeat or contradict each other.

use chrono::NaiveTime;

use super::columns::{ALL_DAY, DATE, DURATION, END, END_DATE, START, ZONE};
use super::row_zones::{Known, RowZones, Span};
use super::zones::TableZones;
use crate::import::tables::cells;
use crate::import::tables::date_order::DateOrder;
use crate::import::tables::lengths::LengthColumn;
use crate::import::tables::moments::{self, Moment, Point};
use crate::import::tables::table::Row;
use crate::import::tables::written_zones;
use crate::model::Plan;
use crate::wording::clocks::Clock;

/// How the columns of a table are read.
pub struct SpanReader<'a> {
    pub plan: &'a Plan,
    pub order: &'a DateOrder,
    pub lengths: LengthColumn,
    pub zones: TableZones,
}

impl SpanReader<'_> {
    /// # Errors
    /// Why the cells do not say one time, in the middle of a sentence.
    pub fn read(&self, row: &Row) -> Result<Span, String> {
        let cell = |column: usize| row.get(column).map(moments::read).transpose();
        check_day(row.get(DATE))?;
        let (date, start) = (cell(DATE)?, cell(START)?);
        let (end, end_date) = (cell(END)?, cell(END_DATE)?);
        check_zones(date.as_ref(), start.as_ref(), "start")?;
        check_zones(end_date.as_ref(), end.as_ref(), "end")?;
        let mut begins = self.joined(from(start.as_ref()), from(date.as_ref()), "start")?;
        let mut ends_there = self.joined(to(start.as_ref()), to(date.as_ref()), "end")?;
        let mut ends = self.joined(from(end.as_ref()), from(end_date.as_ref()), "end")?;
        if row.get(ALL_DAY).and_then(cells::yes_or_no) == Some(true) && begins.at.is_none() {
            return Err("it lasts all day: a window needs a start and a length".to_owned());
        }
        // In "22:00 - 02:00 UTC", the zone is that of both.
        begins.zone = begins.zone.or_else(|| ends_there.zone.clone()).or_else(|| self.zones.start.clone());
        if ends_there.at.is_some() {
            ends_there.zone = ends_there.zone.or_else(|| begins.zone.clone());
        }
        if ends.at.is_some() {
            ends.zone = ends.zone.or_else(|| self.zones.end.clone());
        }
        let ends = joined(ends, ends_there, "end")?;
        let given = row.get(DURATION).map(|text| self.lengths.length(text)).transpose()?;
        let column = row.get(ZONE).map(written_zones::for_column).transpose()?;
        let zones = RowZones { column, usual: self.zones.rows.clone(), plan: self.plan };
        zones.span(&begins, &ends, given)
    }

    /// One point of a cell for the time and one for the day, each of which may have both. A day at midnight is a day
    /// only, if the other cell has a time.
    fn joined(&self, time: Option<Point<'_>>, day: Option<Point<'_>>, which: &str) -> Result<Known, String> {
        let is_midnight = |at: &Clock| at.time == NaiveTime::MIN && !at.is_next_day;
        let has_time = time.as_ref().is_some_and(|point| point.clock.is_some());
        let known = |point: Option<Point<'_>>, midnight_counts: bool| match point {
            Some(point) => {
                let at = point.clock.filter(|at| point.date.is_none() || midnight_counts || !is_midnight(at));
                Ok(Known { on: point.on(self.order)?, at, zone: point.zone })
            }
            None => Ok::<_, String>(Known::default()),
        };
        joined(known(time, true)?, known(day, !has_time)?, which)
    }
}

/// # Errors
/// The cell for the date has only the day of a month, whose month and year are in other columns.
fn check_day(cell: Option<&str>) -> Result<(), String> {
    match cell.filter(|text| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(day) => {
            Err(format!("its date \"{day}\" is only a day: put year, month and day into one column, e.g. 2027-03-13"))
        }
        None => Ok(()),
    }
}

fn from<'a>(cell: Option<&Moment<'a>>) -> Option<Point<'a>> {
    cell.map(|cell| cell.from.clone())
}

fn to<'a>(cell: Option<&Moment<'a>>) -> Option<Point<'a>> {
    cell.and_then(|cell| cell.until.clone())
}

/// # Errors
/// The day is in one zone, and the time of day beside it is not.
fn check_zones(day: Option<&Moment<'_>>, time: Option<&Moment<'_>>, which: &str) -> Result<(), String> {
    let (Some(day), Some(time)) = (day, time) else { return Ok(()) };
    match &day.from.zone {
        Some(zone) if time.from.clock.is_some() && time.from.zone.as_ref() != Some(zone) => {
            Err(format!("its date is at a time in {zone}, but the time of its {which} is not: put both into one cell"))
        }
        _ => Ok(()),
    }
}

/// # Errors
/// The two contradict each other.
fn joined(first: Known, second: Known, which: &str) -> Result<Known, String> {
    let differ = |what: &str| format!("two cells have different {what} for its {which}");
    let on = agreed(first.on, second.on).map_err(|()| differ("dates"))?;
    let at = agreed(first.at, second.at).map_err(|()| differ("times of day"))?;
    let zone = agreed(first.zone, second.zone).map_err(|()| differ("zones"))?;
    Ok(Known { on, at, zone })
}

fn agreed<T: PartialEq>(first: Option<T>, second: Option<T>) -> Result<Option<T>, ()> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => Err(()),
        (first, second) => Ok(first.or(second)),
    }
}
