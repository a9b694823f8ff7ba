//! Days as scanners write them.

use chrono::{DateTime, Datelike, NaiveDate};

use crate::model::DayOrder;

/// The years in which advisories are published. Others stand for "unknown": OSV and Nexpose write the years 1 and 1970.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2200;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A day as a file writes it: "03/04/2027" is one of two days until the order of the file's dates is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenDay {
    day_first: NaiveDate,
    month_first: NaiveDate,
    shows: Option<DayOrder>,
}

impl WrittenDay {
    /// The order that it shows, as only one of its numbers can be a month: "13/03/2027".
    pub fn shows(self) -> Option<DayOrder> {
        self.shows
    }

    /// The day, in dates of this order. The later one if the order is not known.
    pub fn on(self, order: Option<DayOrder>) -> NaiveDate {
        match order {
            Some(DayOrder::DayFirst) => self.day_first,
            Some(DayOrder::MonthFirst) => self.month_first,
            None => self.day_first.max(self.month_first),
        }
    }

    /// Both days that it can be, the earlier one first. None if it can be only one.
    pub fn two_days(self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = (self.day_first.min(self.month_first), self.day_first.max(self.month_first));
        (first != last).then_some((first, last))
    }

    /// The earlier one of two, in either order.
    pub fn earliest(self, other: Self) -> Self {
        Self {
            day_first: self.day_first.min(other.day_first),
            month_first: self.month_first.min(other.month_first),
            shows: self.shows.or(other.shows),
        }
    }
}

impl From<NaiveDate> for WrittenDay {
    fn from(on: NaiveDate) -> Self {
        Self { day_first: on, month_first: on, shows: None }
    }
}

/// The day of a date or a time that can be only one; see [`written_day`].
pub fn day(text: &str) -> Option<NaiveDate> {
    let written = written_day(text)?;
    written.two_days().is_none().then(|| written.on(None))
}

/// The day of a date or a time. Times with a zone are read in UTC.
///
/// Known forms: "2027-03-13", "2027/03/13", "2027-03-13T10:00:00Z", "20270313T100000000", "Sat Mar 13 10:00:00 2027",
/// "Mar 13, 2027 10:00 AM", "13 Mar 2027", "13/03/2027", and seconds or milliseconds since 1970.
pub fn written_day(text: &str) -> Option<WrittenDay> {
    let text = text.trim().trim_matches(['\'', '"']);
    let found = DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc().date_naive())
        .ok()
        .or_else(|| compact(text))
        .or_else(|| since_1970(text))
        .map(WrittenDay::from)
        .or_else(|| numeric(text))
        .or_else(|| with_month_name(text).map(WrittenDay::from));
    found.filter(|day| YEARS.contains(&day.day_first.year()))
}

/// "20270313T100000000"
fn compact(text: &str) -> Option<NaiveDate> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    if !text[8..].is_empty() && !text[8..].starts_with(['T', ' ']) {
        return None;
    }
    NaiveDate::from_ymd_opt(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

fn since_1970(text: &str) -> Option<NaiveDate> {
    let seconds = match (text.len(), text.parse::<i64>().ok()?) {
        (9..=10, seconds) => seconds,
        (12..=13, milliseconds) => milliseconds / 1000,
        _ => return None,
    };
    DateTime::from_timestamp(seconds, 0).map(|at| at.date_naive())
}

/// Three numbers at the beginning: the year first or last.
fn numeric(text: &str) -> Option<WrittenDay> {
    let date = text.split([' ', 'T']).next()?;
    let numbers: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [first, second, third] = numbers.as_slice() else { return None };
    let number = |text: &str| text.parse::<u32>().ok();
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 {
        return NaiveDate::from_ymd_opt(a as i32, b, c).map(WrittenDay::from);
    }
    if third.len() != 4 {
        return None;
    }
    let (day_first, month_first) = (NaiveDate::from_ymd_opt(c as i32, b, a), NaiveDate::from_ymd_opt(c as i32, a, b));
    if date.contains('.') {
        return day_first.map(WrittenDay::from);
    }
    match (day_first, month_first) {
        (Some(day_first), Some(month_first)) => Some(WrittenDay { day_first, month_first, shows: None }),
        (Some(on), None) => Some(WrittenDay { shows: Some(DayOrder::DayFirst), ..on.into() }),
        (None, Some(on)) => Some(WrittenDay { shows: Some(DayOrder::MonthFirst), ..on.into() }),
        (None, None) => None,
    }
}

/// A month by its name, a day and a year, in any order.
fn with_month_name(text: &str) -> Option<NaiveDate> {
    let words = || text.split([' ', ',', '-', '/']).filter(|word| !word.is_empty());
    let month = |word: &str| {
        let begin = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|name| *name == begin && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    let found = words().find_map(month)? as u32 + 1;
    let numbers = || words().filter_map(|word| word.parse::<u32>().ok());
    let year = numbers().find(|number| *number > 31)?;
    let day = numbers().find(|number| (1..=31).contains(number))?;
    NaiveDate::from_ymd_opt(year as i32, found, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_scanners_are_read() {
        for text in [
            "2027-03-13",
            "2027/03/13",
            "2027-03-13T10:00:00Z",
            "2027-03-13T10:00:00.123",
            "2027-03-14T00:30:00+01:00",
            "2027-03-13 10:00:00 +0000",
            "20270313T100000000",
            "20270313",
            "Sat Mar 13 10:00:00 2027",
            "Mar 13, 2027 10:00 AM",
            "March 13, 2027",
            "13 Mar 2027 10:00AM GMT-0500",
            "13-Mar-2027",
            "13/03/2027",
            "03/13/2027 07:08:28",
            "13.03.2027",
            "1804932000",
            "1804932000000",
        ] {
            assert_eq!(day(text), NaiveDate::from_ymd_opt(2027, 3, 13), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_days_is_none() {
        for text in
            ["", "N/A", "None", "0001-01-01T00:00:00Z", "03/04/2027", "2027-13-40", "19700101T000000000", "1.2.3", "0"]
        {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(day("04.03.2027"), NaiveDate::from_ymd_opt(2027, 3, 4));
    }

    #[test]
    fn the_order_decides_between_two_days() {
        let on = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
        let written = |text: &str| written_day(text).unwrap();
        for text in ["03/04/2027", "03-04-2027 10:00", "3/4/2027"] {
            let orders = [Some(DayOrder::DayFirst), Some(DayOrder::MonthFirst), None];
            assert_eq!(orders.map(|order| written(text).on(order)), [on(4, 3), on(3, 4), on(4, 3)], "{text}");
            assert_eq!((written(text).two_days(), written(text).shows()), (Some((on(3, 4), on(4, 3))), None));
        }
        for (text, shows) in [
            ("13/03/2027", Some(DayOrder::DayFirst)),
            ("03/13/2027", Some(DayOrder::MonthFirst)),
            ("13.03.2027", None),
            ("2027-03-13", None),
        ] {
            assert_eq!((written(text).shows(), written(text).two_days()), (shows, None), "{text}");
            assert_eq!(written(text).on(Some(DayOrder::DayFirst)), on(3, 13), "{text}");
        }
        assert_eq!(written("05/05/2027").two_days(), None);
        let earliest = written("03/04/2027").earliest(written("02/06/2027"));
        assert_eq!(
            (earliest.on(Some(DayOrder::DayFirst)), earliest.on(Some(DayOrder::MonthFirst))),
            (on(4, 3), on(2, 6))
        );
    }
}
