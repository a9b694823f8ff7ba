//! Dates, months and weekdays.

use chrono::{Datelike, NaiveDate, Weekday};

/// Monday to Sunday: the order in which weekdays are offered and listed.
pub const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as it is written almost everywhere: "Sat 13 Mar 2027".
pub fn date(on: NaiveDate) -> String {
    let mut text = String::with_capacity(24);
    push_date(&mut text, on);
    text
}

/// A date whose year is clear from its surroundings: "Sat 13 Mar".
pub fn short_date(on: NaiveDate) -> String {
    let mut text = String::with_capacity(16);
    push_short_date(&mut text, on);
    text
}

/// A date whose weekday and year do not matter: "13 Mar".
pub fn day_and_month(on: NaiveDate) -> String {
    let mut text = String::with_capacity(8);
    push_day_and_month(&mut text, on);
    text
}

/// "March 2027"
pub fn month_and_year(on: NaiveDate) -> String {
    format!("{} {}", month(on), on.year())
}

/// "Mar 2027"
pub fn short_month_and_year(on: NaiveDate) -> String {
    format!("{} {}", short_month(on), on.year())
}

/// "Mar ’27", where room is scarce.
pub fn narrow_month_and_year(on: NaiveDate) -> String {
    format!("{} ’{:02}", short_month(on), on.year().rem_euclid(100))
}

/// "March"
pub fn month(on: NaiveDate) -> &'static str {
    MONTHS[on.month0() as usize]
}

/// "March" is the third month. `None` if `number` is not from 1 to 12.
pub fn month_name(number: u32) -> Option<&'static str> {
    MONTHS.get(number.checked_sub(1)? as usize).copied()
}

/// "Mar"
pub fn short_month(on: NaiveDate) -> &'static str {
    &month(on)[..3]
}

/// "Saturday"
pub fn weekday(day: Weekday) -> &'static str {
    WEEKDAYS[day.num_days_from_monday() as usize]
}

/// "Sat"
pub fn short_weekday(day: Weekday) -> &'static str {
    &weekday(day)[..3]
}

// A large plan shows tens of thousands of dates. Pushing digits takes a tenth of the time that a format string does.

pub(super) fn push_date(text: &mut String, on: NaiveDate) {
    push_short_date(text, on);
    text.push(' ');
    match u32::try_from(on.year()) {
        Ok(year @ 1_000..=9_999) => text.extend([year / 1_000, year / 100, year / 10, year].map(last_digit)),
        _ => text.push_str(&on.year().to_string()),
    }
}

pub(super) fn push_short_date(text: &mut String, on: NaiveDate) {
    text.push_str(short_weekday(on.weekday()));
    text.push(' ');
    push_day_and_month(text, on);
}

fn push_day_and_month(text: &mut String, on: NaiveDate) {
    if on.day() >= 10 {
        text.push(last_digit(on.day() / 10));
    }
    text.push(last_digit(on.day()));
    text.push(' ');
    text.push_str(short_month(on));
}

pub(super) fn last_digit(number: u32) -> char {
    char::from(b'0' + (number % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn writes(as_text: fn(NaiveDate) -> String, table: [(&str, &str); 3]) {
        for (on, text) in table {
            assert_eq!(as_text(on.parse().unwrap()), text, "{on}");
        }
    }

    #[test]
    fn date_has_weekday_day_month_and_year() {
        writes(
            date,
            [("2027-03-13", "Sat 13 Mar 2027"), ("2027-08-01", "Sun 1 Aug 2027"), ("0999-12-31", "Tue 31 Dec 999")],
        );
    }

    #[test]
    fn short_date_leaves_out_the_year() {
        writes(short_date, [("2027-03-13", "Sat 13 Mar"), ("2027-08-01", "Sun 1 Aug"), ("2028-02-29", "Tue 29 Feb")]);
    }

    #[test]
    fn day_and_month_leaves_out_weekday_and_year() {
        writes(day_and_month, [("2027-03-13", "13 Mar"), ("2027-08-01", "1 Aug"), ("2027-05-30", "30 May")]);
    }

    #[test]
    fn month_and_year_has_the_whole_name() {
        writes(
            month_and_year,
            [("2027-03-13", "March 2027"), ("2027-05-01", "May 2027"), ("2028-12-31", "December 2028")],
        );
    }

    #[test]
    fn short_month_and_year_has_three_letters() {
        writes(
            short_month_and_year,
            [("2027-03-13", "Mar 2027"), ("2027-09-01", "Sep 2027"), ("2028-12-31", "Dec 2028")],
        );
    }

    #[test]
    fn narrow_month_and_year_has_two_digits() {
        writes(
            narrow_month_and_year,
            [("2027-03-13", "Mar ’27"), ("2105-09-01", "Sep ’05"), ("2030-12-31", "Dec ’30")],
        );
    }

    #[test]
    fn names_of_months_and_weekdays_are_those_of_chrono() {
        for month_of_year in 1..=12 {
            let on = NaiveDate::from_ymd_opt(2027, month_of_year, month_of_year).unwrap();
            assert_eq!(month(on), on.format("%B").to_string());
            assert_eq!(month_name(month_of_year), Some(month(on)));
            assert_eq!(short_month(on), on.format("%b").to_string());
            assert_eq!(weekday(on.weekday()), on.format("%A").to_string());
            assert_eq!(short_weekday(on.weekday()), on.format("%a").to_string());
        }
    }

    #[test]
    fn only_twelve_months_have_names() {
        assert_eq!([0, 13].map(month_name), [None, None]);
    }

    #[test]
    fn dates_of_all_centuries_are_those_of_chrono() {
        for day in (-80_000..3_000_000).step_by(997) {
            let on = NaiveDate::from_num_days_from_ce_opt(day).unwrap();
            assert_eq!(date(on), format!("{} {}", on.format("%a %-d %b"), on.year()));
        }
    }
}
