//! Days as scanners write them.

use chrono::{DateTime, NaiveDate};

/// The years in which advisories are published. Others stand for "unknown": OSV and Nexpose write the years 1 and 1970.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2200;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day of a date or a time. Times with a zone are read in UTC. "03/04/2027" can be in March or in April, so it is
/// none unless one of them cannot be.
///
/// Known forms: "2027-03-13", "2027/03/13", "2027-03-13T10:00:00Z", "20270313T100000000", "Sat Mar 13 10:00:00 2027",
/// "Mar 13, 2027 10:00 AM", "13 Mar 2027", "13/03/2027", and seconds or milliseconds since 1970.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_matches(['\'', '"']);
    let found = DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc().date_naive())
        .ok()
        .or_else(|| compact(text))
        .or_else(|| since_1970(text))
        .or_else(|| numeric(text))
        .or_else(|| with_month_name(text));
    found.filter(|day| YEARS.contains(&chrono::Datelike::year(day)))
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
fn numeric(text: &str) -> Option<NaiveDate> {
    let date = text.split([' ', 'T']).next()?;
    let numbers: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [first, second, third] = numbers.as_slice() else { return None };
    let number = |text: &str| text.parse::<u32>().ok();
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 {
        return NaiveDate::from_ymd_opt(a as i32, b, c);
    }
    if third.len() != 4 {
        return None;
    }
    match (a, b) {
        _ if date.contains('.') || a > 12 => NaiveDate::from_ymd_opt(c as i32, b, a),
        _ if b > 12 || a == b => NaiveDate::from_ymd_opt(c as i32, a, b),
        _ => None,
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
}
