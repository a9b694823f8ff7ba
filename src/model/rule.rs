//! The rules by which a window recurs. They give dates only; `schedule` adds clocks and zones.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::ReleaseId;
use crate::wording::{capitalised, counted, list_in_sentence, ordinal, weekday};

/// The dates of a window, before exceptions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// A list of dates, often only one.
    Dates(Vec<ListedDate>),
    /// On these weekdays, in every `every`th ISO week counted from the window's first date, or from Monday 3 January
    /// 2000 if it has none.
    Weekly { days: Vec<Weekday>, every: u16 },
    /// `offset_days` after a day of every `every`th month: "second Tuesday + 11 days". The months are those of the day
    /// before the offset, counted from the one that gives the first date on or after the window's first date, or from
    /// January 2000 if it has none.
    Monthly { on: MonthDay, every: u16, offset_days: i32 },
    /// `offset_days` after the local date of a vendor's release in the window's zone, then on the next such weekday,
    /// which may be the same day: the Saturday after Patch Tuesday is an offset of 1, then Saturday.
    AfterRelease { release: ReleaseId, offset_days: i32, then: Option<Weekday> },
    /// An RFC 5545 RRULE, kept as it was imported. It starts on the window's first date.
    Foreign(String),
}

/// A date of a list, and the wording that came with it: "first Saturday".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedDate {
    pub on: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MonthDay {
    /// The first (1) to fifth (5) such weekday. Months without a fifth have no occurrence.
    Nth(u8, Weekday),
    /// The last such weekday.
    Last(Weekday),
    /// Day 1 to 31. Months that are too short have no occurrence.
    Day(u8),
}

impl Rule {
    /// Once, on that date.
    pub fn once(on: NaiveDate) -> Self {
        Self::Dates(vec![ListedDate { on, words: String::new() }])
    }

    pub fn is_recurring(&self) -> bool {
        !matches!(self, Self::Dates(_))
    }

    /// The rule in words: "Second Tuesday + 11 days, every month". `release_name` gives the name of
    /// a release calendar.
    pub fn in_words(&self, release_name: impl Fn(&ReleaseId) -> String) -> String {
        match self {
            Self::Dates(dates) => match dates.as_slice() {
                [] => "No date yet".to_owned(),
                [_] => "Once".to_owned(),
                dates => counted(dates.len(), "listed date"),
            },
            Self::Weekly { days, every } => {
                if days.is_empty() {
                    return "No weekday chosen".to_owned();
                }
                let days = list_in_sentence(days.iter().map(|day| weekday(*day)), days.len());
                match every {
                    0 | 1 => format!("Every {days}"),
                    2 => format!("Every second {days}"),
                    n => format!("{days}, every {}", counted(*n, "week")),
                }
            }
            Self::Monthly { on, every, offset_days } => {
                format!("{}{}, {}", capitalised(&on.in_words()), offset_in_words(*offset_days), months_in_words(*every))
            }
            Self::AfterRelease { release, offset_days, then } => {
                let name = release_name(release);
                match (then, offset_days) {
                    (Some(day), 1) => format!("{} after {name}", weekday(*day)),
                    (Some(day), -7) => format!("{} before {name}", weekday(*day)),
                    (Some(day), n) => format!("{} on or after {name}{}", weekday(*day), offset_in_words(*n)),
                    (None, 0) => format!("On {name}"),
                    (None, n) => format!("{name}{}", offset_in_words(*n)),
                }
            }
            Self::Foreign(rrule) => format!("As imported: {rrule}"),
        }
    }
}

impl MonthDay {
    /// "second Tuesday", "last Friday", "day 15".
    pub fn in_words(self) -> String {
        match self {
            Self::Nth(n, day) => format!("{} {}", ordinal(n), weekday(day)),
            Self::Last(day) => format!("last {}", weekday(day)),
            Self::Day(day) => format!("day {day}"),
        }
    }

    /// The day in that month, if there is one.
    pub fn in_month(self, year: i32, month: u32) -> Option<NaiveDate> {
        match self {
            Self::Nth(n, day) => NaiveDate::from_weekday_of_month_opt(year, month, day, n),
            Self::Last(day) => {
                [5, 4].into_iter().find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, day, n))
            }
            Self::Day(day) => NaiveDate::from_ymd_opt(year, month, day.into()),
        }
    }
}

fn offset_in_words(days: i32) -> String {
    match days {
        0 => String::new(),
        n => format!(" {} {}", if n < 0 { '−' } else { '+' }, counted(n.unsigned_abs(), "day")),
    }
}

fn months_in_words(every: u16) -> String {
    match every {
        0 | 1 => "every month".to_owned(),
        2 => "every second month".to_owned(),
        3 => "every third month".to_owned(),
        12 => "once a year".to_owned(),
        n => format!("every {}", counted(n, "month")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(rule: &Rule) -> String {
        rule.in_words(|id| if id.as_str() == "microsoft" { "Patch Tuesday".into() } else { id.to_string() })
    }

    #[test]
    fn rules_are_described_in_words() {
        let second_tuesday = MonthDay::Nth(2, Weekday::Tue);
        let after = |offset_days, then| Rule::AfterRelease { release: "microsoft".into(), offset_days, then };
        for (rule, text) in [
            (Rule::Weekly { days: vec![Weekday::Sun], every: 2 }, "Every second Sunday"),
            (Rule::Monthly { on: second_tuesday, every: 1, offset_days: 11 }, "Second Tuesday + 11 days, every month"),
            (
                Rule::Monthly { on: MonthDay::Last(Weekday::Fri), every: 3, offset_days: 0 },
                "Last Friday, every third month",
            ),
            (Rule::Weekly { days: vec![Weekday::Mon, Weekday::Tue], every: 1 }, "Every Monday and Tuesday"),
            (Rule::Weekly { days: vec![], every: 1 }, "No weekday chosen"),
            (after(1, Some(Weekday::Sat)), "Saturday after Patch Tuesday"),
            (after(0, Some(Weekday::Tue)), "Tuesday on or after Patch Tuesday"),
            (after(3, None), "Patch Tuesday + 3 days"),
            (after(-7, Some(Weekday::Sat)), "Saturday before Patch Tuesday"),
            (after(-6, Some(Weekday::Sat)), "Saturday on or after Patch Tuesday − 6 days"),
        ] {
            assert_eq!(words(&rule), text);
        }
    }

    #[test]
    fn a_month_without_a_fifth_monday_has_none() {
        assert_eq!(MonthDay::Nth(5, Weekday::Mon).in_month(2027, 2), None);
        assert_eq!(MonthDay::Last(Weekday::Mon).in_month(2027, 2), NaiveDate::from_ymd_opt(2027, 2, 22));
        assert_eq!(MonthDay::Day(31).in_month(2027, 4), None);
        assert_eq!(MonthDay::Nth(2, Weekday::Tue).in_month(2027, 3), NaiveDate::from_ymd_opt(2027, 3, 9));
    }
}
