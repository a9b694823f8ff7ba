//! From when to when: spans of days, hours and moments.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{ZonedTime, date, moment, time};

/// "Sat 13 Mar 2027 to Sun 14 Mar 2027"; "Sat 13 Mar 2027" for a single day
pub fn dates(first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        return date(first);
    }
    format!("{} to {}", date(first), date(last))
}

/// "22:00 – 02:00"
pub fn hours(from: NaiveTime, to: NaiveTime) -> String {
    format!("{} – {}", time(from), time(to))
}

/// "22:00 – 02:00"; "00:00 GMT – 05:00 BST" when the clocks change in between. An end more than a day after the start
/// has its date.
pub fn hours_with_zones_that_differ(from: ZonedTime<'_>, to: ZonedTime<'_>) -> String {
    let (start, end) = (time(from.local.time()), end(from, to));
    if from.zone == to.zone {
        format!("{start} – {end}")
    } else {
        format!("{start} {} – {end} {}", from.zone, to.zone)
    }
}

/// The same, but always with the zone: "22:00 – 02:00 GMT".
pub fn hours_with_zone(from: ZonedTime<'_>, to: ZonedTime<'_>) -> String {
    let hours = hours_with_zones_that_differ(from, to);
    if from.zone == to.zone { format!("{hours} {}", to.zone) } else { hours }
}

fn end(from: ZonedTime<'_>, to: ZonedTime<'_>) -> String {
    if to.local - from.local > TimeDelta::days(1) { moment(to.local) } else { time(to.local.time()) }
}

/// "Sat 13 Mar 2027 22:00 – 02:00". An end a day or more after the start has its date.
pub fn moments(from: impl Into<NaiveDateTime>, to: impl Into<NaiveDateTime>) -> String {
    let (from, to) = (from.into(), to.into());
    let end = if to - from < TimeDelta::days(1) { time(to.time()) } else { moment(to) };
    format!("{} – {end}", moment(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned<'a>(local: &str, zone: &'a str) -> ZonedTime<'a> {
        ZonedTime { local: local.parse().unwrap(), zone }
    }

    #[test]
    fn dates_have_to_between_them() {
        let (first, last) = ("2027-03-13".parse().unwrap(), "2028-01-01".parse().unwrap());
        assert_eq!(dates(first, last), "Sat 13 Mar 2027 to Sat 1 Jan 2028");
    }

    #[test]
    fn hours_have_a_dash_between_them() {
        assert_eq!(hours("22:00:00".parse().unwrap(), "02:30:00".parse().unwrap()), "22:00 – 02:30");
    }

    #[test]
    fn hours_with_zones_that_differ_name_them_only_then() {
        for (from, to, text) in [
            (("2027-03-13T22:00:00", "GMT"), ("2027-03-14T02:00:00", "GMT"), "22:00 – 02:00"),
            (("2027-03-28T00:00:00", "GMT"), ("2027-03-28T05:00:00", "BST"), "00:00 GMT – 05:00 BST"),
            (("2027-06-12T22:00:00", "BST"), ("2027-06-13T22:00:00", "BST"), "22:00 – 22:00"),
            (("2027-06-12T22:00:00", "BST"), ("2027-06-15T22:00:00", "BST"), "22:00 – Tue 15 Jun 2027 22:00"),
        ] {
            assert_eq!(hours_with_zones_that_differ(zoned(from.0, from.1), zoned(to.0, to.1)), text);
        }
    }

    #[test]
    fn hours_with_zone_always_name_it() {
        for (from, to, text) in [
            (("2027-03-13T22:00:00", "GMT"), ("2027-03-14T02:00:00", "GMT"), "22:00 – 02:00 GMT"),
            (("2027-03-28T00:00:00", "GMT"), ("2027-03-28T05:00:00", "BST"), "00:00 GMT – 05:00 BST"),
            (("2027-06-12T22:00:00", "BST"), ("2027-06-15T22:00:00", "BST"), "22:00 – Tue 15 Jun 2027 22:00 BST"),
        ] {
            assert_eq!(hours_with_zone(zoned(from.0, from.1), zoned(to.0, to.1)), text);
        }
    }

    #[test]
    fn moments_say_the_date_once_when_they_are_less_than_a_day_apart() {
        for (to, text) in [
            ("2027-03-14T02:00:00", "Sat 13 Mar 2027 22:00 – 02:00"),
            ("2027-03-14T21:59:00", "Sat 13 Mar 2027 22:00 – 21:59"),
            ("2027-03-14T22:00:00", "Sat 13 Mar 2027 22:00 – Sun 14 Mar 2027 22:00"),
        ] {
            let from: NaiveDateTime = "2027-03-13T22:00:00".parse().unwrap();
            assert_eq!(moments(from, to.parse::<NaiveDateTime>().unwrap()), text);
        }
    }
}
