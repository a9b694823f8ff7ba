//! The first and the last day of a window, from the instants between which another system starts it.

use chrono::{Days, NaiveDate, NaiveTime};

use crate::model::LocalMinute;

/// The first day on which a window that starts at `start` does so at or after `begin`.
pub fn first_day(begin: LocalMinute, start: NaiveTime) -> NaiveDate {
    let day = begin.date();
    if start < begin.time() { day.checked_add_days(Days::new(1)).unwrap_or(day) } else { day }
}

/// The last day on which it starts before `end`.
pub fn last_day(end: LocalMinute, start: NaiveTime) -> NaiveDate {
    let day = end.date();
    if start < end.time() { day } else { day.checked_sub_days(Days::new(1)).unwrap_or(day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_counts_only_if_the_window_starts_between_the_bounds() {
        let at = |time: &str| LocalMinute::new("2027-01-16".parse().unwrap(), time.parse().unwrap());
        let start: NaiveTime = "22:00".parse().unwrap();
        let day = |on: NaiveDate| on.to_string();
        for (time, first, last) in [
            ("00:00", "2027-01-16", "2027-01-15"),
            ("21:59", "2027-01-16", "2027-01-15"),
            ("22:00", "2027-01-16", "2027-01-15"),
            ("22:01", "2027-01-17", "2027-01-16"),
            ("23:59", "2027-01-17", "2027-01-16"),
        ] {
            assert_eq!((day(first_day(at(time), start)), day(last_day(at(time), start))), (first.into(), last.into()));
        }
    }
}
