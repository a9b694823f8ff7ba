//! Times of day and moments, on a 24-hour clock.

use chrono::{NaiveDateTime, NaiveTime, Timelike};

use super::dates::{last_digit, push_date, push_short_date};

/// What a clock shows, and the short name of its zone at that moment: 13 March 2027 22:00, "GMT".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZonedTime<'a> {
    pub local: NaiveDateTime,
    pub zone: &'a str,
}

/// "22:05"
pub fn time(time: NaiveTime) -> String {
    let mut text = String::with_capacity(5);
    push_time(&mut text, time);
    text
}

/// "22:05 GMT"
pub fn time_with_zone(at: ZonedTime<'_>) -> String {
    format!("{} {}", time(at.local.time()), at.zone)
}

/// "Sat 13 Mar 2027 22:05"
pub fn moment(at: impl Into<NaiveDateTime>) -> String {
    let at = at.into();
    let mut text = String::with_capacity(24);
    push_date(&mut text, at.date());
    text.push(' ');
    push_time(&mut text, at.time());
    text
}

/// "Sat 13 Mar 2027 22:05 GMT"
pub fn moment_with_zone(at: ZonedTime<'_>) -> String {
    format!("{} {}", moment(at.local), at.zone)
}

/// A moment whose year is clear from its surroundings: "Sat 13 Mar 22:05".
pub fn short_moment(at: impl Into<NaiveDateTime>) -> String {
    let at = at.into();
    let mut text = String::with_capacity(16);
    push_short_date(&mut text, at.date());
    text.push(' ');
    push_time(&mut text, at.time());
    text
}

/// "Sat 13 Mar 22:05 GMT"
pub fn short_moment_with_zone(at: ZonedTime<'_>) -> String {
    format!("{} {}", short_moment(at.local), at.zone)
}

fn push_time(text: &mut String, time: NaiveTime) {
    let (hour, minute) = (time.hour(), time.minute());
    text.extend([last_digit(hour / 10), last_digit(hour), ':', last_digit(minute / 10), last_digit(minute)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENTS: [&str; 3] = ["2027-03-13T22:05:00", "2027-08-01T00:00:59", "2028-02-29T23:59:00"];

    #[track_caller]
    fn writes(as_text: impl Fn(NaiveDateTime) -> String, texts: [&str; 3]) {
        assert_eq!(MOMENTS.map(|at| as_text(at.parse().unwrap())), texts);
    }

    #[test]
    fn time_has_two_digits_each_and_no_seconds() {
        writes(|at| time(at.time()), ["22:05", "00:00", "23:59"]);
    }

    #[test]
    fn moment_is_a_date_and_a_time() {
        writes(moment, ["Sat 13 Mar 2027 22:05", "Sun 1 Aug 2027 00:00", "Tue 29 Feb 2028 23:59"]);
    }

    #[test]
    fn short_moment_leaves_out_the_year() {
        writes(short_moment, ["Sat 13 Mar 22:05", "Sun 1 Aug 00:00", "Tue 29 Feb 23:59"]);
    }

    #[test]
    fn the_zone_comes_last() {
        let at = ZonedTime { local: MOMENTS[0].parse().unwrap(), zone: "GMT" };
        for (text, expected) in [
            (time_with_zone(at), "22:05 GMT"),
            (moment_with_zone(at), "Sat 13 Mar 2027 22:05 GMT"),
            (short_moment_with_zone(at), "Sat 13 Mar 22:05 GMT"),
        ] {
            assert_eq!(text, expected);
        }
    }
}
