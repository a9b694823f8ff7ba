//! The recurrence of a maintenance configuration: "Day", "3Weeks", "Week Saturday,Sunday", "Month day23,day24", "Month
//! Second Tuesday Offset4" (<https://learn.microsoft.com/rest/api/maintenance/maintenance-configurations/create-or-update>).

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use crate::model::{MonthDay, Rule};
use crate::wording::WEEK;

/// The largest interval, in units of its recurrence.
const MOST: u16 = 35;

/// The rule of a recurrence that begins on `first`.
///
/// # Errors
/// What is wrong, as the end of a sentence.
pub fn rule(text: &str, first: NaiveDate) -> Result<Rule, String> {
    let wrong = || format!("invalid recurEvery \"{text}\"");
    let lower = text.trim().to_lowercase();
    let digits = lower.find(|c: char| !c.is_ascii_digit()).unwrap_or(lower.len());
    let every: u16 = match &lower[..digits] {
        "" => 1,
        number => number.parse().ok().filter(|every| (1..=MOST).contains(every)).ok_or_else(wrong)?,
    };
    let (unit, rest) = lower[digits..].trim_start().split_once(' ').unwrap_or((lower[digits..].trim(), ""));
    let words: Vec<&str> =
        rest.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    match (unit.trim_end_matches('s'), words.as_slice()) {
        ("day", []) => Ok(daily(every)),
        ("week", []) => Ok(Rule::Weekly { days: vec![first.weekday()], every }),
        ("week", days) => {
            let days = days.iter().map(|day| weekday(day)).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
            Ok(Rule::Weekly { days: in_order(days), every })
        }
        ("month", []) => Err(format!("\"{text}\" names no day of the month, which Azure refuses")),
        ("month", words) if words[0].starts_with("day") => {
            let day = |word: &&str| word.strip_prefix("day")?.parse::<i8>().ok().filter(|day| is_day(*day));
            let days = words.iter().map(day).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
            Ok(days_of_month(&days, every))
        }
        ("month", [nth, day, offset @ ..]) => {
            let day = weekday(day).ok_or_else(wrong)?;
            let on = match *nth {
                "first" => MonthDay::Nth(1, day),
                "second" => MonthDay::Nth(2, day),
                "third" => MonthDay::Nth(3, day),
                "fourth" => MonthDay::Nth(4, day),
                "last" => MonthDay::Last(day),
                _ => return Err(wrong()),
            };
            let offset_days = match offset {
                [] => 0,
                [offset] => {
                    let days = offset.strip_prefix("offset").and_then(|days| days.parse().ok());
                    days.filter(|days| (-6..=6).contains(days)).ok_or_else(wrong)?
                }
                _ => return Err(wrong()),
            };
            Ok(Rule::Monthly { on, every, offset_days })
        }
        _ => Err(wrong()),
    }
}

/// From where a plan counts the months of a rule that begins at `start`, so that the month of the start is the first: a
/// plan's first month is that of the first date.
pub fn first_counted(rule: &Rule, start: NaiveDate) -> NaiveDate {
    let Rule::Monthly { on, every, offset_days } = *rule else { return start };
    if every <= 1 {
        return start;
    }
    let date_in = |months: u32| {
        let month = start.with_day(1)?.checked_add_months(Months::new(months))?;
        on.in_month(month.year(), month.month())?.checked_add_signed(TimeDelta::days(offset_days.into()))
    };
    // A day 31 may miss some of these months, and February of a leap year comes within eight years.
    let months = (0..=12 * 8 * u32::from(every)).step_by(every.into());
    months.filter_map(date_in).find(|on| *on >= start).unwrap_or(start)
}

/// −1 is the last day.
fn is_day(day: i8) -> bool {
    day == -1 || (1..=31).contains(&day)
}

fn daily(every: u16) -> Rule {
    match every {
        1 => Rule::Weekly { days: in_order(WEEK.to_vec()), every: 1 },
        every => Rule::Foreign(format!("FREQ=DAILY;INTERVAL={every}")),
    }
}

fn days_of_month(days: &[i8], every: u16) -> Rule {
    match days {
        [day] if *day > 0 => Rule::Monthly { on: MonthDay::Day(*day as u8), every, offset_days: 0 },
        days => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            Rule::Foreign(format!("FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={}", days.join(",")))
        }
    }
}

fn in_order(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    days
}

fn weekday(word: &str) -> Option<Weekday> {
    word.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_months_are_counted_from_the_month_of_the_start() {
        for (text, start, first) in [
            ("2Months Second Tuesday", "2027-01-01", "2027-01-12"),
            ("2Months Second Tuesday", "2027-01-12", "2027-01-12"),
            ("2Months Second Tuesday", "2027-01-13", "2027-03-09"),
            ("3Months Last Sunday Offset6", "2027-01-31", "2027-02-06"),
            ("2Months First Tuesday Offset-6", "2027-01-28", "2027-02-24"),
            ("6Months day31", "2027-02-01", "2027-08-31"),
            ("Month Second Tuesday", "2027-01-13", "2027-01-13"),
            ("3Weeks", "2027-01-13", "2027-01-13"),
        ] {
            let start = start.parse().unwrap();
            let rule = rule(text, start).unwrap();
            assert_eq!(first_counted(&rule, start).to_string(), first, "{text} from {start}");
        }
    }

    #[test]
    fn recurrences_are_read_as_azure_writes_them() {
        let first: NaiveDate = "2027-01-16".parse().unwrap();
        for (text, expected) in [
            ("Day", daily(1)),
            ("3Days", Rule::Foreign("FREQ=DAILY;INTERVAL=3".to_owned())),
            ("3Weeks", Rule::Weekly { days: vec![Weekday::Sat], every: 3 }),
            ("Week Saturday,Sunday", Rule::Weekly { days: vec![Weekday::Sat, Weekday::Sun], every: 1 }),
            ("2Week Sunday, Saturday", Rule::Weekly { days: vec![Weekday::Sat, Weekday::Sun], every: 2 }),
            ("Month Fourth Monday", Rule::Monthly { on: MonthDay::Nth(4, Weekday::Mon), every: 1, offset_days: 0 }),
            (
                "1Month Second Tuesday Offset4",
                Rule::Monthly { on: MonthDay::Nth(2, Weekday::Tue), every: 1, offset_days: 4 },
            ),
            (
                "2Months Last Sunday Offset-3",
                Rule::Monthly { on: MonthDay::Last(Weekday::Sun), every: 2, offset_days: -3 },
            ),
            ("Month day23", Rule::Monthly { on: MonthDay::Day(23), every: 1, offset_days: 0 }),
            ("Month day23,day24", Rule::Foreign("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=23,24".to_owned())),
            ("Month day-1", Rule::Foreign("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1".to_owned())),
        ] {
            assert_eq!(rule(text, first), Ok(expected), "{text}");
        }
        for text in [
            "",
            "gzkvxskx",
            "0Days",
            "Month",
            "Month Fifth Tuesday",
            "Month Second Tuesday Offset7",
            "Week Caturday",
            "P1W",
        ] {
            assert!(rule(text, first).is_err(), "{text}");
        }
    }
}
