//! Dates as people type them: a cell is read alone where it can mean one day only, and by its column where not.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::date_names::{month, weekday};
use crate::wording::{iso, weekday as weekday_in_words};

/// Dates of other years are refused: zones are not known there.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2100;
/// What a year of two digits can be: 27 is 2027. Others are more likely to be days or months.
const SHORT_YEARS: std::ops::RangeInclusive<i32> = 20..=79;

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    On(NaiveDate),
    /// Two numbers before the year, with the character between them. At least one of the readings is a date.
    Numbers {
        separator: char,
        day_first: Option<NaiveDate>,
        month_first: Option<NaiveDate>,
    },
}

/// Reads "2027-03-13", "2027/3/13", "20270313", "13.03.2027", "13/03/27", "13-Mar-2027", "Sat 13. März 2027",
/// "March 13, 2027", "2027年3月13日", and 46459, the number that spreadsheets keep for a day.
///
/// # Errors
/// Why it is not a date, as a sentence.
pub fn read(text: &str) -> Result<WrittenDate, String> {
    let wrong = || format!("Invalid date \"{text}\": use e.g. 2027-03-13");
    if text.len() > 60 {
        return Err(format!("Invalid date of {} characters: use e.g. 2027-03-13", text.chars().count()));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let on = number(text).ok_or_else(wrong)?;
        return Ok(WrittenDate::On(in_range(on)?));
    }
    let words = Words::new(text).ok_or_else(wrong)?;
    let readings = words.readings().ok_or_else(|| {
        let has_no_year = words.month.is_some() && words.numbers.len() == 1 && words.numbers[0].len() <= 2;
        if has_no_year { format!("Invalid date \"{text}\": the year is missing, use e.g. 2027-03-13") } else { wrong() }
    })?;
    let fitting = |on: &NaiveDate| words.weekday.is_none_or(|day| on.weekday() == day);
    let (separator, day_first, month_first) = match readings {
        WrittenDate::On(on) if fitting(&on) => return Ok(WrittenDate::On(in_range(on)?)),
        WrittenDate::On(on) => return Err(other_weekday(text, on)),
        WrittenDate::Numbers { separator, day_first, month_first } => (separator, day_first, month_first),
    };
    let sensible = |on: &NaiveDate| fitting(on) && YEARS.contains(&on.year());
    match (day_first.filter(sensible), month_first.filter(sensible)) {
        (None, None) => match day_first.or(month_first) {
            Some(on) if !fitting(&on) => Err(other_weekday(text, on)),
            Some(on) => Err(out_of_range(on)),
            None => Err(wrong()),
        },
        (day_first, month_first) => Ok(WrittenDate::Numbers { separator, day_first, month_first }),
    }
}

fn other_weekday(text: &str, on: NaiveDate) -> String {
    format!("Invalid date \"{text}\": {on} is a {}, correct the date or the weekday", weekday_in_words(on.weekday()))
}

fn in_range(on: NaiveDate) -> Result<NaiveDate, String> {
    if YEARS.contains(&on.year()) { Ok(on) } else { Err(out_of_range(on)) }
}

fn out_of_range(on: NaiveDate) -> String {
    format!("Invalid date {on}: use a date from {} to {}", YEARS.start(), YEARS.end())
}

/// Reads 20270313, or the number of days since 30 December 1899, which is how spreadsheets keep a date.
fn number(digits: &str) -> Option<NaiveDate> {
    match digits.len() {
        8 => iso::read_basic_date(digits),
        5 => NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(digits.parse().ok()?)),
        _ => None,
    }
}

/// A year of four digits, or of two: 27 is 2027.
fn year(digits: &str) -> Option<i32> {
    let number: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(number),
        2 if SHORT_YEARS.contains(&number) => Some(2000 + number),
        _ => None,
    }
}

/// The parts of a date.
#[derive(Debug, Default)]
struct Words<'a> {
    numbers: Vec<&'a str>,
    month: Option<u32>,
    /// How many numbers are before the month's name.
    month_at: usize,
    weekday: Option<Weekday>,
    /// The first character between two numbers.
    separator: Option<char>,
    is_cjk: bool,
}

impl<'a> Words<'a> {
    /// None if there is a word that does not belong to a date.
    fn new(text: &'a str) -> Option<Self> {
        let mut words = Self::default();
        let mut rest = text.trim();
        let mut follows_digit = false;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = if is_digit || first.is_alphabetic() {
                rest.find(|c: char| if is_digit { !c.is_ascii_digit() } else { !c.is_alphabetic() })
            } else {
                Some(first.len_utf8())
            };
            let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            if is_digit {
                words.numbers.push(token);
            } else if first.is_alphabetic() {
                // "13th" is not a Thursday.
                let is_ordinal = matches!(&*token.to_lowercase(), "st" | "nd" | "rd" | "th" | "er" | "º");
                if !(follows_digit && is_ordinal) {
                    words.add_word(token)?;
                }
            } else if !matches!(first, '.' | '/' | '-' | '–' | '‑' | ',' | ' ' | '\u{a0}' | '(' | ')' | '（' | '）')
            {
                return None;
            } else if words.numbers.len() == 1 && words.separator.is_none() && !matches!(first, ' ' | '\u{a0}') {
                words.separator = Some(if matches!(first, '–' | '‑') { '-' } else { first });
            }
            follows_digit = is_digit;
        }
        Some(words)
    }

    fn add_word(&mut self, token: &str) -> Option<()> {
        let word = token.to_lowercase();
        if matches!(&*word, "年" | "月" | "日" | "년" | "월" | "일")
            && !self.numbers.is_empty()
            && self.numbers.len() <= 3
        {
            let is_weekday = word == "日" && self.is_cjk && self.weekday.is_none() && self.separator == Some('日');
            if is_weekday {
                self.weekday = Some(Weekday::Sun);
            }
            self.is_cjk = true;
            self.separator = word.chars().next();
            return Some(());
        }
        // "mar" is March in three languages and Tuesday in three others.
        let named = month(&word).filter(|_| self.month.is_none());
        if let Some(named) = named {
            (self.month, self.month_at) = (Some(named), self.numbers.len());
            return Some(());
        }
        if let Some(day) = weekday(&word) {
            return if self.weekday.replace(day).is_none() { Some(()) } else { None };
        }
        let is_filler =
            matches!(&*word, "of" | "the" | "on" | "den" | "der" | "am" | "le" | "de" | "del" | "el" | "do");
        is_filler.then_some(())
    }

    /// What the numbers and the month mean. None if that is not a date.
    fn readings(&self) -> Option<WrittenDate> {
        let on = |year: i32, month: u32, day: &str| NaiveDate::from_ymd_opt(year, month, day.parse().ok()?);
        let is_day = |digits: &str| digits.len() <= 2;
        match (self.month, self.numbers.as_slice()) {
            (Some(named), [first, second]) if first.len() == 4 && is_day(second) => {
                Some(WrittenDate::On(on(year(first)?, named, second)?))
            }
            (Some(named), [day, last]) if is_day(day) && self.month_at < 2 => {
                Some(WrittenDate::On(on(year(last)?, named, day)?))
            }
            (None, [first, second, day]) if first.len() == 4 && is_day(second) && is_day(day) => {
                Some(WrittenDate::On(on(year(first)?, second.parse().ok()?, day)?))
            }
            (None, [first, second, last]) if is_day(first) && is_day(second) && !self.is_cjk => {
                let separator = self.separator?;
                let year_of = year(last)?;
                // "27-03-28" may begin with the year.
                if separator == '-' && last.len() == 2 && year(first).is_some() {
                    return None;
                }
                let day_first = on(year_of, second.parse().ok()?, first);
                let month_first = on(year_of, first.parse().ok()?, second);
                (day_first.is_some() || month_first.is_some()).then_some(WrittenDate::Numbers {
                    separator,
                    day_first,
                    month_first,
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The date if the cell alone decides it.
    fn on(text: &str) -> Option<NaiveDate> {
        match read(text).ok()? {
            WrittenDate::On(on) => Some(on),
            WrittenDate::Numbers { day_first: Some(a), month_first: Some(b), .. } => Some(a).filter(|_| a == b),
            WrittenDate::Numbers { day_first, month_first, .. } => day_first.or(month_first),
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        for text in [
            "2027-03-13",
            "2027/3/13",
            "2027.03.13",
            "20270313",
            "46459",
            "13.03.2027",
            "13.3.27",
            "13. 3. 2027",
            "13/03/2027",
            "3/13/2027",
            "3/13/27",
            "13-03-27",
            "13-Mar-2027",
            "13-Mar-27",
            "13 MAR 2027",
            "13. März 2027",
            "13. Mrz 27",
            "13.Mär.2027",
            "Mar 13 2027",
            "March 13th, 2027",
            "13th of March 2027",
            "Saturday, March 13, 2027",
            "Sat 2027-03-13",
            "2027-03-13 (Sat)",
            "Sa 13.03.2027",
            "Sa., 13.03.2027",
            "samedi 13 mars 2027",
            "sab 13 mar 2027",
            "13 de marzo de 2027",
            "2027-Mar-13",
            "2027年3月13日",
            "2027年3月13日(土)",
            "2027년 3월 13일",
        ] {
            assert_eq!(on(text), Some(day), "{text}");
        }
        assert_eq!(on("04/04/2027"), NaiveDate::from_ymd_opt(2027, 4, 4));
        assert_eq!(on("1er août 2027"), NaiveDate::from_ymd_opt(2027, 8, 1));
        assert_eq!(on("mar 16 mar 2027"), NaiveDate::from_ymd_opt(2027, 3, 16));
    }

    #[test]
    fn a_missing_year_is_named() {
        for text in ["26 March", "26. März", "March 26"] {
            let problem = format!("Invalid date \"{text}\": the year is missing, use e.g. 2027-03-13");
            assert_eq!(read(text), Err(problem));
        }
    }

    #[test]
    fn what_is_not_one_date_is_refused() {
        for text in [
            "",
            "tomorrow",
            "2027-02-30",
            "32/13/2027",
            "99999-01-01",
            "0027-01-01",
            "€",
            "13 Mar",
            "13/03",
            "Sat",
            "27-03-13",
            "27-03-28",
            "13.03.99",
            "13.03.12",
            "1979-12-31",
            "2101-01-01",
            "31.12.1979",
            "12345",
            "1234567",
            "Sun 2027-03-13",
            "Mon 13/03/2027",
            "13 Mar Apr 2027",
            "30 Feb 2027",
            "13:03:2027",
            "2027-13-03",
            "3.13.2027x",
        ] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
    }
}
