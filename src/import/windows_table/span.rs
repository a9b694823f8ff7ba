//! When a row takes place: its cells for start, end and length, which may repeat or contradict each other.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::columns::{ALL_DAY, DATE, DURATION, END, END_DATE, START};
use crate::import::tables::cells;
use crate::import::tables::clocks::Clock;
use crate::import::tables::date_order::DateOrder;
use crate::import::tables::lengths::LengthColumn;
use crate::import::tables::moments::{self, CellZone, Moment, Point, local};
use crate::import::tables::table::{Row, Table};
use crate::model::Minutes;
use crate::wording::moment;

/// How the columns of a table are read.
pub struct SpanReader<'a> {
    pub order: &'a DateOrder,
    lengths: LengthColumn,
    /// Whether any cell of these columns has a date with a time other than midnight.
    timed: [bool; 4],
}

/// When a row takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// None if the row has a rule only.
    pub on: Option<NaiveDate>,
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    /// An IANA name, if the cells have one.
    pub zone: Option<String>,
}

const TIMED: [usize; 4] = [DATE, START, END, END_DATE];

/// A point whose date and time are known as far as the cells have them.
#[derive(Clone, Debug, Default)]
struct Known {
    on: Option<NaiveDate>,
    at: Option<Clock>,
    zone: Option<CellZone>,
}

impl<'a> SpanReader<'a> {
    pub fn new(table: &Table, order: &'a DateOrder, lengths: LengthColumn) -> Self {
        let is_timed =
            |column: usize| table.cells(column).any(|text| moments::read(text).is_ok_and(|at| at.has_time()));
        Self { order, lengths, timed: TIMED.map(is_timed) }
    }

    /// # Errors
    /// Why the cells do not say one time, in the middle of a sentence.
    pub fn read(&self, row: &Row) -> Result<Span, String> {
        let cell = |column: usize| row.get(column).map(moments::read).transpose();
        let (date, start) = (cell(DATE)?, cell(START)?);
        let (end, end_date) = (cell(END)?, cell(END_DATE)?);
        let is_timed = |column: usize| TIMED.iter().position(|each| *each == column).is_some_and(|at| self.timed[at]);
        // A date that is known to have an end has its midnight on purpose.
        let date_counts =
            is_timed(DATE) || start.is_none() && end.as_ref().or(end_date.as_ref()).is_some_and(Moment::has_time);
        let from = self.joined(
            [
                (start.as_ref().map(|cell| &cell.from), is_timed(START)),
                (date.as_ref().map(|cell| &cell.from), date_counts),
            ],
            "start",
        )?;
        let in_start = start.as_ref().and_then(|cell| cell.until.as_ref());
        let in_date = date.as_ref().and_then(|cell| cell.until.as_ref());
        let until = self.joined([(in_start, true), (in_date, true)], "end")?;
        let own = self.joined(
            [
                (end.as_ref().map(|cell| &cell.from), is_timed(END)),
                (end_date.as_ref().map(|cell| &cell.from), is_timed(END_DATE)),
            ],
            "end",
        )?;
        let until = joined(own, until, "end")?;
        if row.get(ALL_DAY).and_then(cells::yes_or_no) == Some(true) && from.at.is_none() {
            return Err("it lasts all day: a window needs a start and a length".to_owned());
        }
        let given = row.get(DURATION).map(|text| self.lengths.length(text)).transpose()?;
        span(&from, &until, given)
    }

    /// One point of two cells, of which each may have a part.
    fn joined(&self, cells: [(Option<&Point<'_>>, bool); 2], which: &str) -> Result<Known, String> {
        let [(first, first_counts), (second, second_counts)] = cells;
        let first = first.map(|point| self.known(point, first_counts)).transpose()?.unwrap_or_default();
        let second = second.map(|point| self.known(point, second_counts)).transpose()?.unwrap_or_default();
        joined(first, second, which)
    }

    /// Midnight after a date does not count in a column of dates without times.
    fn known(&self, point: &Point<'_>, midnight_counts: bool) -> Result<Known, String> {
        let is_midnight = |at: &Clock| at.time == NaiveTime::MIN && !at.is_next_day;
        let at = point.clock.filter(|at| point.date.is_none() || midnight_counts || !is_midnight(at));
        Ok(Known { on: point.on(self.order)?, at, zone: point.zone.clone() })
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

fn span(from: &Known, until: &Known, given: Option<Minutes>) -> Result<Span, String> {
    let zone = agreed(from.zone.clone(), until.zone.clone().or_else(|| from.zone.clone()))
        .map_err(|()| "its start and its end are in different zones".to_owned())?;
    let measured = match (from.at, until.at) {
        (Some(start), Some(end)) => Some(measured(from.on, start, until.on, end)?),
        (None, Some(_)) => return Err("it has an end, but no start".to_owned()),
        (_, None) if until.on.is_some() && given.is_none() => {
            return Err("its end has no time of day: add one, or a length".to_owned());
        }
        (_, None) => None,
    };
    if let (Some(measured), Some(given)) = (measured, given)
        && measured != given
    {
        return Err(format!("its length is {given}, but from start to end it is {measured}"));
    }
    let duration = given.or(measured);
    let Some(at) = from.at else { return Ok(Span { on: from.on, start: None, duration, zone: None }) };
    let Some(on) = from.on else {
        return match zone {
            Some(CellZone::Offset(_)) => Err("a time with an offset needs a date".to_owned()),
            _ if at.is_next_day => Err("24:00 needs a date: use 00:00".to_owned()),
            zone => Ok(Span { on: None, start: Some(at.time), duration, zone: zone.map(name) }),
        };
    };
    let mut start = local(on, at);
    if let Some(CellZone::Offset(minutes)) = zone {
        start -= TimeDelta::minutes(minutes.into());
    }
    Ok(Span { on: Some(start.date()), start: Some(start.time()), duration, zone: zone.map(name) })
}

fn name(zone: CellZone) -> String {
    match zone {
        CellZone::Named(name) => name,
        CellZone::Offset(_) => "UTC".to_owned(),
    }
}

/// The time on the clock from a start to an end, which is on the next day if it has no date and is not later.
fn measured(on: Option<NaiveDate>, start: Clock, end_on: Option<NaiveDate>, end: Clock) -> Result<Minutes, String> {
    let on = on.or(end_on).unwrap_or_default();
    let begins = local(on, start);
    let mut ends: NaiveDateTime = local(end_on.unwrap_or(on), end);
    if ends == begins {
        return Err("it ends when it starts: add a length".to_owned());
    }
    if end_on.is_none() && ends < begins {
        ends += TimeDelta::days(1);
    }
    let minutes = (ends - begins).num_minutes();
    if minutes < 0 {
        return Err(format!("it ends before it starts ({})", moment(ends)));
    }
    u32::try_from(minutes)
        .ok()
        .map(Minutes)
        .filter(|length| *length <= Minutes::LONGEST)
        .ok_or_else(|| format!("it lasts longer than {}", Minutes::LONGEST))
}
