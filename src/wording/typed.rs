//! Dates as people type them, and the years in which a plan can have dates.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

/// The years in which dates can be: those for which the rules of time zones are known.
pub const YEARS: RangeInclusive<i32> = 1980..=2100;

/// Whether the date is in one of the [`YEARS`].
pub fn is_in_range(on: NaiveDate) -> bool {
    YEARS.contains(&on.year())
}

/// Reads ISO 8601 and the forms that the program writes. Two digits at the end are a year from 2000 to 2099. Rejects forms
/// that mean different days in different countries, and years out of range.
pub fn read_date(text: &str) -> Result<NaiveDate, String> {
    const FORMS: [&str; 6] = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%a %d %b %Y", "%d.%m.%Y", "%Y%m%d"];
    let text = text.trim();
    let full = with_century(text);
    let read = FORMS.iter().find_map(|form| NaiveDate::parse_from_str(&full, form).ok());
    match read {
        Some(on) if is_in_range(on) => Ok(on),
        Some(_) => Err(format!("Invalid date \"{text}\": {}, e.g. 2027-03-13", year_advice())),
        None => Err(format!("Invalid date \"{text}\": use e.g. 2027-03-13 or 13 Mar 2027")),
    }
}

/// Reads ISO 8601, as arguments of commands are written. The error says what to write instead.
pub fn read_iso_date(text: &str) -> Result<NaiveDate, String> {
    let on: NaiveDate = text.parse().map_err(|_| "use e.g. 2027-03-01".to_owned())?;
    if is_in_range(on) { Ok(on) } else { Err(format!("{}, e.g. 2027-03-01", year_advice())) }
}

/// "use a year from 1980 to 2100 with four digits"
fn year_advice() -> String {
    format!("use a year from {} to {} with four digits", YEARS.start(), YEARS.end())
}

/// "10.12.27" and "13 Mar ’27" with all digits of the year. Other texts stay as they are.
fn with_century(text: &str) -> String {
    let Some(at) = text.rfind([' ', '.']) else { return text.to_owned() };
    let (head, year) = text.split_at(at + 1);
    let digits = year.trim_start_matches(['’', '\'']);
    let is_short = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_short { format!("{head}20{digits}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_read_in_the_forms_that_mean_one_day_only() {
        for typed in ["2027-03-13", "13 Mar 2027", "Sat 13 Mar 2027", "13 March 2027", "13.03.2027", "20270313"] {
            assert_eq!(read_date(typed), Ok(date("2027-03-13")), "{typed}");
        }
        assert!(read_date("03/04/2027").is_err() && read_date("Sun 13 Mar 2027").is_err());
    }

    #[test]
    fn two_digits_at_the_end_are_a_year_of_this_century() {
        for (typed, on) in [
            ("10.12.27", "2027-12-10"),
            ("1.2.28", "2028-02-01"),
            ("13 Mar 27", "2027-03-13"),
            ("Sat 13 Mar 27", "2027-03-13"),
            ("13 March ’27", "2027-03-13"),
            ("13 Mar '27", "2027-03-13"),
            ("29.02.28", "2028-02-29"),
            ("01.01.85", "2085-01-01"),
        ] {
            assert_eq!(read_date(typed), Ok(date(on)), "{typed}");
        }
    }

    #[test]
    fn years_that_are_not_clear_or_out_of_range_are_refused() {
        for typed in [
            "27-03-13",
            "27-3-13",
            "0027-12-10",
            "10.12.027",
            "10.12.7",
            "10.12.0027",
            "1979-12-31",
            "2101-01-01",
            "13.03.20271",
            "-2027-03-13",
            "10.12.",
            "29.02.27",
        ] {
            assert!(read_date(typed).is_err(), "{typed}");
        }
        assert_eq!(
            read_date("27-03-13").unwrap_err(),
            "Invalid date \"27-03-13\": use a year from 1980 to 2100 with four digits, e.g. 2027-03-13"
        );
        assert_eq!([read_date("1980-01-01").is_ok(), read_date("31 Dec 2100").is_ok()], [true; 2]);
    }

    #[test]
    fn arguments_of_commands_have_all_digits_of_the_year() {
        assert_eq!(read_iso_date("2027-03-01"), Ok(date("2027-03-01")));
        for (text, advice) in [
            ("27-01-01", "use a year from 1980 to 2100 with four digits, e.g. 2027-03-01"),
            ("2101-01-01", "use a year from 1980 to 2100 with four digits, e.g. 2027-03-01"),
            ("1 Mar 2027", "use e.g. 2027-03-01"),
        ] {
            assert_eq!(read_iso_date(text), Err(advice.to_owned()), "{text}");
        }
    }
}
