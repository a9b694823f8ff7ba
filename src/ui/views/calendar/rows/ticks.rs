//! The two lines of marks above the rows: years and months, months and days, or days and hours. Pure.

use chrono::{Datelike, Months, NaiveDate, Timelike, Weekday};

use super::axis::{Axis, midnight};
use crate::model::UtcMinute;
use crate::schedule::time::zone::Zone;
use crate::wording;

/// A stretch of the axis with its label, at its left end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    pub from: UtcMinute,
    pub label: String,
    /// Whether a line through all rows begins here.
    pub is_line: bool,
}

/// The upper and the lower line of marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    pub upper: Vec<Tick>,
    pub lower: Vec<Tick>,
}

/// The least width of a day in which its number is readable.
const NUMBERED_DAY: f32 = 17.0;
/// The least width of a day in which hours are shown.
const DAY_WITH_HOURS: f32 = 150.0;
/// The least distance of two hours.
const HOUR: f32 = 44.0;

/// The marks that fit at the zoom of the axis.
pub fn ticks(axis: &Axis, zone: &Zone) -> Ticks {
    let (first, last) = axis.dates(zone);
    match axis.day() {
        day if day >= DAY_WITH_HOURS => Ticks { upper: days(first, last, zone, true), lower: hours(axis, zone) },
        day if day >= NUMBERED_DAY => {
            Ticks { upper: months(first, last, zone, true), lower: numbers(first, last, zone, day) }
        }
        day if day >= 4.0 => Ticks { upper: months(first, last, zone, true), lower: mondays(first, last, zone) },
        day => Ticks {
            upper: years(first, last, zone),
            lower: months(first, last, zone, false).into_iter().map(|tick| shortened(tick, day)).collect(),
        },
    }
}

/// A month's name, by the width of its first letters.
fn shortened(mut tick: Tick, day: f32) -> Tick {
    if day * 28.0 < 26.0 {
        tick.label.truncate(1);
    }
    tick
}

fn tick(on: NaiveDate, zone: &Zone, label: String, is_line: bool) -> Tick {
    Tick { from: midnight(on, zone), label, is_line }
}

fn years(first: NaiveDate, last: NaiveDate, zone: &Zone) -> Vec<Tick> {
    let start = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
    (first.year()..=last.year())
        .filter_map(|year| Some(tick(start(year)?.max(first), zone, year.to_string(), true)))
        .collect()
}

/// The months, with their year if there is no line of years above them.
fn months(first: NaiveDate, last: NaiveDate, zone: &Zone, with_year: bool) -> Vec<Tick> {
    let start = first.with_day(1).unwrap_or(first);
    let label = |on: NaiveDate| {
        if with_year { wording::month_and_year(on) } else { wording::short_month(on).to_owned() }
    };
    let all = (0..).map_while(|month| start.checked_add_months(Months::new(month)));
    all.take_while(|on| *on <= last).map(|on| tick(on, zone, label(on), true)).collect()
}

fn mondays(first: NaiveDate, last: NaiveDate, zone: &Zone) -> Vec<Tick> {
    let all = first.iter_days().take_while(|on| *on <= last);
    all.filter(|on| on.weekday() == Weekday::Mon).map(|on| tick(on, zone, on.day().to_string(), false)).collect()
}

/// Each day's number, with its weekday as far as that fits.
fn numbers(first: NaiveDate, last: NaiveDate, zone: &Zone, width: f32) -> Vec<Tick> {
    let label = |on: NaiveDate| match width {
        wide if wide >= 46.0 => format!("{} {}", wording::short_weekday(on.weekday()), on.day()),
        wide if wide >= 30.0 => format!("{} {}", &wording::short_weekday(on.weekday())[..1], on.day()),
        _ => on.day().to_string(),
    };
    let all = first.iter_days().take_while(|on| *on <= last);
    all.map(|on| tick(on, zone, label(on), on.weekday() == Weekday::Mon || width >= 46.0)).collect()
}

fn days(first: NaiveDate, last: NaiveDate, zone: &Zone, is_line: bool) -> Vec<Tick> {
    first.iter_days().take_while(|on| *on <= last).map(|on| tick(on, zone, wording::date(on), is_line)).collect()
}

/// Times of the day at even distances on the clock. On a night on which the clock changes, an hour is missing or comes
/// twice, as on the clock.
fn hours(axis: &Axis, zone: &Zone) -> Vec<Tick> {
    let minute = f64::from(axis.width) / axis.visible.minutes;
    let step = [5, 15, 30, 60, 120, 180, 360]
        .into_iter()
        .find(|step| f64::from(*step) * minute >= f64::from(HOUR))
        .unwrap_or(720);
    let first = (axis.visible.from as i32).div_euclid(5) * 5;
    let all = (first..axis.visible.to() as i32).step_by(5).map(UtcMinute);
    let is_shown = |at: &UtcMinute| {
        let time = zone.local(*at).time();
        (time.hour() * 60 + time.minute()).is_multiple_of(step)
    };
    let mark = |at: UtcMinute| Tick { from: at, label: wording::time(zone.local(at).time()), is_line: true };
    all.filter(is_shown).map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::super::axis::{DAY, Visible};
    use super::*;

    fn zone() -> std::sync::Arc<Zone> {
        Zone::named("Europe/London").unwrap()
    }

    /// The labels of both lines, for that many days from a date in 1,000 points.
    fn labels(from: &str, days: f64) -> (Vec<String>, Vec<String>) {
        let from = f64::from(midnight(from.parse().unwrap(), &zone()).0);
        let axis = Axis { left: 0.0, width: 1_000.0, visible: Visible { from, minutes: days * DAY } };
        let ticks = ticks(&axis, &zone());
        let texts = |ticks: Vec<Tick>| ticks.into_iter().map(|tick| tick.label).collect();
        (texts(ticks.upper), texts(ticks.lower))
    }

    #[test]
    fn marks_follow_the_zoom() {
        let (upper, lower) = labels("2027-01-01", 730.0);
        assert_eq!((upper.join(" "), lower.len(), &*lower[0]), ("2027 2028".to_owned(), 24, "Jan"));
        let (upper, lower) = labels("2027-03-01", 90.0);
        assert_eq!((&*upper[0], &*lower[0], &*lower[1]), ("March 2027", "1", "8"));
        let (upper, lower) = labels("2027-03-01", 14.0);
        assert_eq!((&*upper[0], &*lower[12]), ("March 2027", "Sat 13"));
        let (upper, lower) = labels("2027-03-13", 1.0);
        assert_eq!((&*upper[0], &*lower[1]), ("Sat 13 Mar 2027", "02:00"));
    }

    #[test]
    fn the_hours_of_a_clock_change_are_those_of_the_clock() {
        let (_, spring) = labels("2027-03-28", 0.25);
        assert_eq!(spring[..5].join(" "), "00:00 00:30 02:00 02:30 03:00");
        let (_, autumn) = labels("2027-10-31", 0.25);
        assert_eq!(autumn[..6].join(" "), "00:00 00:30 01:00 01:30 01:00 01:30");
    }
}
