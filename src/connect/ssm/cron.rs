//! The days of a cron expression of AWS. Days of the week are 1 to 7 or SUN to SAT; one of the two day fields is "?"; "L",
//! "W" and "#" are known (<https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html>).

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use crate::model::{MonthDay, Rule};
use crate::wording::WEEK;

/// A cron expression that fires once on each of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    pub start: NaiveTime,
    days: Days,
    /// Empty for all.
    months: Vec<u32>,
    years: Vec<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Days {
    Every,
    OfMonth(Vec<u32>),
    /// So many days before the last one of the month.
    BeforeLast(u32),
    /// The weekday nearest to that day, in the same month.
    Nearest(u32),
    LastWeekday,
    OfWeek(Vec<Weekday>),
    Nth(u8, Weekday),
    Last(Weekday),
}

impl Cron {
    /// Reads what is between the brackets of "cron(0 22 ? * TUE#2 *)".
    ///
    /// # Errors
    /// What is wrong or cannot be said in a plan, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fields: Vec<String> = text.split_whitespace().map(str::to_uppercase).collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let (minute, hour, day, month, weekday, year) = match fields.as_slice() {
            [minute, hour, day, month, weekday, year] => (minute, hour, day, month, weekday, year),
            // With seconds first.
            ["0", minute, hour, day, month, weekday, year] => (minute, hour, day, month, weekday, year),
            [_, _, _, _, _, _, _] => return Err("seconds other than 0 cannot be planned".to_owned()),
            _ => return Err(format!("\"cron({text})\" has {} fields instead of 6", fields.len())),
        };
        let number = |field: &str, most: u32, what: &str| match field.parse::<u32>() {
            Ok(number) if number <= most => Ok(number),
            Ok(_) => Err(format!("{what} {field} does not exist")),
            Err(_) => Err(format!("it starts several times a day ({what} \"{field}\")")),
        };
        let start = NaiveTime::from_hms_opt(number(hour, 23, "hour")?, number(minute, 59, "minute")?, 0);
        Ok(Self {
            start: start.ok_or_else(|| format!("invalid time in \"cron({text})\""))?,
            days: days(day, weekday)?,
            months: list(month, 1, 12, month_number, "month")?,
            years: list(year, 1970, 2199, |_| None, "year")?.into_iter().map(|year| year as i32).collect(),
        })
    }

    /// Whether it fires on that day.
    pub fn fires_on(&self, on: NaiveDate) -> bool {
        let is_month = self.months.is_empty() || self.months.contains(&on.month());
        let is_year = self.years.is_empty() || self.years.contains(&on.year());
        is_month && is_year && self.days.contain(on)
    }

    /// The rule of a plan with the same days, `offset_days` later. None if no rule says that.
    pub fn rule(&self, offset_days: i32) -> Option<Rule> {
        if !self.years.is_empty() {
            return None;
        }
        let every = interval(&self.months)?;
        let monthly = |on| Some(Rule::Monthly { on, every, offset_days });
        let later = |day: &Weekday| {
            let number = (i64::from(day.num_days_from_monday()) + i64::from(offset_days)).rem_euclid(7);
            Weekday::try_from(number as u8).unwrap_or(*day)
        };
        match &self.days {
            Days::OfWeek(days) if every == 1 => {
                let mut days: Vec<Weekday> = days.iter().map(later).collect();
                days.sort_by_key(Weekday::num_days_from_monday);
                Some(Rule::Weekly { days, every: 1 })
            }
            Days::Every if every == 1 => Some(Rule::Weekly { days: WEEK.to_vec(), every: 1 }),
            Days::OfMonth(days) => match days.as_slice() {
                [day] => monthly(MonthDay::Day(*day as u8)),
                _ => None,
            },
            Days::Nth(nth, day) => monthly(MonthDay::Nth(*nth, *day)),
            Days::Last(day) => monthly(MonthDay::Last(*day)),
            _ => None,
        }
    }

    /// Whether its months are those that an interval counts from January. A rule that counts them from another month needs
    /// the date of its first occurrence.
    pub fn counts_from_january(&self) -> bool {
        self.months.is_empty() || self.months.contains(&1)
    }

    /// The days of a period, `offset_days` later.
    pub fn dates(&self, from: NaiveDate, last: NaiveDate, offset_days: i32) -> Vec<NaiveDate> {
        let offset = TimeDelta::days(i64::from(offset_days));
        let base = from.checked_sub_signed(offset).unwrap_or(from);
        let days = base.iter_days().take_while(|on| on.checked_add_signed(offset).is_some_and(|on| on <= last));
        days.filter(|on| self.fires_on(*on)).filter_map(|on| on.checked_add_signed(offset)).collect()
    }
}

/// 1 for all months, 3 for those of every quarter. None if the distances between the months differ.
fn interval(months: &[u32]) -> Option<u16> {
    let mut months = months.to_vec();
    months.sort_unstable();
    months.dedup();
    let Some(first) = months.first().copied() else { return Some(1) };
    let count = months.len() as u32;
    let every = 12 / count;
    let is_regular = 12_u32.is_multiple_of(count) && (0..).zip(&months).all(|(at, month)| *month == first + at * every);
    is_regular.then_some(every as u16)
}

impl Days {
    fn contain(&self, on: NaiveDate) -> bool {
        let last = last_day(on);
        match self {
            Self::Every => true,
            Self::OfMonth(days) => days.contains(&on.day()),
            Self::BeforeLast(days) => on.day() + days == last,
            Self::Nearest(day) => nearest(on, (*day).min(last)) == Some(on.day()),
            Self::LastWeekday => nearest_before(on, last) == on.day(),
            Self::OfWeek(days) => days.contains(&on.weekday()),
            Self::Nth(nth, day) => on.weekday() == *day && (on.day() - 1) / 7 + 1 == u32::from(*nth),
            Self::Last(day) => on.weekday() == *day && on.day() + 7 > last,
        }
    }
}

/// The number of days of the month.
fn last_day(on: NaiveDate) -> u32 {
    u32::from(on.num_days_in_month())
}

/// The weekday nearest to a day of the same month, which never leaves the month.
fn nearest(on: NaiveDate, day: u32) -> Option<u32> {
    let date = on.with_day(day)?;
    Some(match date.weekday() {
        Weekday::Sat if day > 1 => day - 1,
        Weekday::Sat => day + 2,
        Weekday::Sun if day < last_day(on) => day + 1,
        Weekday::Sun => day - 2,
        _ => day,
    })
}

/// The last weekday up to a day of the month.
fn nearest_before(on: NaiveDate, day: u32) -> u32 {
    match on.with_day(day).map(|date| date.weekday()) {
        Some(Weekday::Sat) => day - 1,
        Some(Weekday::Sun) => day - 2,
        _ => day,
    }
}

fn days(day: &str, weekday: &str) -> Result<Days, String> {
    let is_open = |field: &str| matches!(field, "?" | "*");
    match (day, weekday) {
        (day, weekday) if is_open(day) && is_open(weekday) => Ok(Days::Every),
        (day, weekday) if is_open(day) => days_of_week(weekday),
        (day, weekday) if is_open(weekday) => days_of_month(day),
        _ => Err("a day of the month and a day of the week are given: one must be ?".to_owned()),
    }
}

fn days_of_month(field: &str) -> Result<Days, String> {
    let wrong = || format!("invalid day of the month \"{field}\"");
    match field {
        "L" => Ok(Days::BeforeLast(0)),
        "LW" => Ok(Days::LastWeekday),
        field if field.starts_with("L-") => field[2..].parse().map(Days::BeforeLast).map_err(|_| wrong()),
        field if field.ends_with('W') => {
            let day = field[..field.len() - 1].parse().ok().filter(|day| (1..=31).contains(day));
            day.map(Days::Nearest).ok_or_else(wrong)
        }
        field => list(field, 1, 31, |_| None, "day of the month").map(Days::OfMonth),
    }
}

fn days_of_week(field: &str) -> Result<Days, String> {
    let wrong = || format!("invalid day of the week \"{field}\"");
    let day = |text: &str| weekday_number(text).or_else(|| text.parse().ok()).and_then(weekday);
    if let Some((name, nth)) = field.split_once('#') {
        let nth = nth.parse().ok().filter(|nth| (1..=5).contains(nth));
        return day(name).zip(nth).map(|(day, nth)| Days::Nth(nth, day)).ok_or_else(wrong);
    }
    // "L" alone is the last day of the week.
    if field == "L" {
        return Ok(Days::OfWeek(vec![Weekday::Sat]));
    }
    if let Some(name) = field.strip_suffix('L') {
        return day(name).map(Days::Last).ok_or_else(wrong);
    }
    let numbers = list(field, 1, 7, weekday_number, "day of the week")?;
    Ok(Days::OfWeek(numbers.into_iter().filter_map(weekday).collect()))
}

/// 1 is Sunday.
fn weekday(number: u32) -> Option<Weekday> {
    Weekday::try_from(u8::try_from((number + 5) % 7).ok()?).ok().filter(|_| (1..=7).contains(&number))
}

fn weekday_number(name: &str) -> Option<u32> {
    let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    names.iter().position(|known| *known == name).map(|at| at as u32 + 1)
}

fn month_number(name: &str) -> Option<u32> {
    let names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    names.iter().position(|known| *known == name).map(|at| at as u32 + 1)
}

/// The numbers of "1,3", "2-5", "1/3" or names; empty for "*".
fn list(
    field: &str,
    least: u32,
    most: u32,
    named: impl Fn(&str) -> Option<u32>,
    what: &str,
) -> Result<Vec<u32>, String> {
    if matches!(field, "*" | "?") {
        return Ok(Vec::new());
    }
    let wrong = || format!("invalid {what} \"{field}\"");
    let number =
        |text: &str| named(text).or_else(|| text.parse().ok()).filter(|number| (least..=most).contains(number));
    let mut numbers = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse().ok().filter(|step| *step > 0).ok_or_else(wrong)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (number(from).ok_or_else(wrong)?, number(to).ok_or_else(wrong)?),
            None if range == "*" => (least, most),
            None if part.contains('/') => (number(range).ok_or_else(wrong)?, most),
            None => number(range).map(|one| (one, one)).ok_or_else(wrong)?,
        };
        // "FRI-MON" goes over the end of the week.
        let all: Vec<u32> = if from <= to { (from..=to).collect() } else { (from..=most).chain(least..=to).collect() };
        numbers.extend(all.into_iter().step_by(step));
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dates(text: &str, from: &str, last: &str, offset: i32) -> Vec<String> {
        let cron = Cron::parse(text).unwrap();
        cron.dates(date(from), date(last), offset).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn days_are_those_of_the_manual() {
        let january = |text: &str, offset: i32| dates(text, "2027-01-01", "2027-01-31", offset);
        assert_eq!(january("0 22 ? * TUE#2 *", 0), ["2027-01-12"]);
        assert_eq!(january("0 22 ? * 3#2 *", 4), ["2027-01-16"]);
        assert_eq!(january("0 22 ? * 2#1 *", 0), ["2027-01-04"], "2 is Monday");
        assert_eq!(january("0 22 ? * SATL *", 0), ["2027-01-30"]);
        assert_eq!(january("0 22 ? * 7L *", 0), ["2027-01-30"]);
        assert_eq!(january("0 22 L * ? *", 0), ["2027-01-31"]);
        assert_eq!(january("0 22 L-2 * ? *", 0), ["2027-01-29"]);
        assert_eq!(january("0 22 LW * ? *", 0), ["2027-01-29"]);
        assert_eq!(january("0 22 2W * ? *", 0), ["2027-01-01"], "the 2nd is a Saturday");
        assert_eq!(january("0 22 1,15 JAN,MAR ? *", 0), ["2027-01-01", "2027-01-15"]);
        assert_eq!(january("0 22 ? 2 TUE *", 0), Vec::<String>::new());
        assert_eq!(january("0 22 1/14 * ? 2027", 0), ["2027-01-01", "2027-01-15", "2027-01-29"]);
        assert_eq!(january("0 0 22 ? * FRI-MON *", 0).len(), 19);
        // A base day of the month before counts, too.
        assert_eq!(dates("0 22 ? * SATL *", "2027-02-01", "2027-02-28", 6), ["2027-02-05"]);
    }

    #[test]
    fn rules_have_the_same_days() {
        for (text, offset) in [
            ("0 9 * * ? *", 0),
            ("0 22 ? * TUE#2 *", 4),
            ("0 22 ? * SAT,SUN *", 3),
            ("30 1 15 * ? *", 2),
            ("0 1 ? * 6L *", 0),
        ] {
            let cron = Cron::parse(text).unwrap();
            let rule = cron.rule(offset).unwrap();
            let expected = match &rule {
                Rule::Weekly { days, .. } => {
                    let all = date("2027-01-01").iter_days().take(365);
                    all.filter(|on| days.contains(&on.weekday())).collect::<Vec<_>>()
                }
                Rule::Monthly { on, offset_days, .. } => {
                    let is_base = |base: &NaiveDate| match on {
                        MonthDay::Nth(nth, day) => {
                            base.weekday() == *day && (base.day() - 1) / 7 + 1 == u32::from(*nth)
                        }
                        MonthDay::Last(day) => base.weekday() == *day && base.day() + 7 > last_day(*base),
                        MonthDay::Day(day) => base.day() == u32::from(*day),
                    };
                    let offset = TimeDelta::days(i64::from(*offset_days));
                    let all = date("2027-01-01").iter_days().take(365);
                    all.filter(|on| is_base(&(*on - offset))).collect()
                }
                rule => panic!("{rule:?}"),
            };
            assert_eq!(cron.dates(date("2027-01-01"), date("2027-12-31"), offset), expected, "{text}");
        }
        for text in ["0 22 1,15 * ? *", "0 22 ? 1,4 TUE#2 *", "0 22 L * ? *", "0 22 ? * TUE 2027"] {
            assert_eq!(Cron::parse(text).unwrap().rule(0), None, "{text}");
        }
    }

    #[test]
    fn what_a_plan_cannot_say_is_refused_with_the_reason() {
        for (text, part) in [
            ("0 22,23 ? * TUE *", "several times a day"),
            ("*/5 22 ? * TUE *", "several times a day"),
            ("0 25 ? * TUE *", "hour 25"),
            ("0 22 ? * TUE", "5 fields"),
            ("30 0 22 ? * TUE *", "seconds"),
            ("0 22 1 * TUE *", "one must be ?"),
            ("0 22 ? * TUE#6 *", "day of the week"),
            ("0 22 ? * FOO *", "day of the week"),
            ("0 22 32 * ? *", "day of the month"),
            ("0 22 1 13 ? *", "month"),
        ] {
            let error = Cron::parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
