//! From rules to dates. Whole days only; `occurrence` adds clocks and time zones.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::model::{MonthDay, Rule, date_of_day, day_number, month_number};
use crate::wording::typed::YEARS;

/// Monday 3 January 2000. "Every second week" counts from here if a window has no first date.
const FIRST_WEEK_DAY: i32 = 10_959;
/// The maximum offset, in days. A larger one in a file is limited to this.
const LONGEST_OFFSET: i32 = 3_660;

/// Whole days from `from` to `to`, both included, as day numbers (days since 1970-01-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: i32,
    pub to: i32,
}

impl Days {
    pub fn between(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from: day_number(from), to: day_number(to) }
    }

    pub fn contains(self, day: i32) -> bool {
        self.from <= day && day <= self.to
    }

    /// These days, limited to `first` and `last` if they are set. Empty (`to` before `from`) if none remain.
    fn bounded(self, first: Option<NaiveDate>, last: Option<NaiveDate>) -> Self {
        Self {
            from: first.map_or(self.from, |first| self.from.max(day_number(first))),
            to: last.map_or(self.to, |last| self.to.min(day_number(last))),
        }
    }

    /// Those of these days that are in the years of plans.
    pub fn in_range(self) -> Self {
        let end = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        self.bounded(end(*YEARS.start(), 1, 1), end(*YEARS.end(), 12, 31))
    }

    /// These days and `more` on both sides.
    pub fn wider(self, more: i32) -> Self {
        Self { from: self.from.saturating_sub(more), to: self.to.saturating_add(more) }
    }
}

/// Returns the days of `rule` within `days` and between the window's first and last date, ascending and without
/// duplicates.
///
/// `released` returns the local dates of a rule's releases, as ascending day numbers. [`Rule::Foreign`] gives no days
/// here; it is expanded where its time of day is known.
pub fn days(
    rule: &Rule,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    days: Days,
    released: impl Fn(Days) -> Vec<i32>,
) -> Vec<i32> {
    let within = days.bounded(first, last);
    let mut out = match rule {
        Rule::Dates(dates) => {
            let mut out: Vec<i32> =
                dates.iter().map(|date| day_number(date.on)).filter(|day| within.contains(*day)).collect();
            out.sort_unstable();
            out
        }
        Rule::Weekly { days, every } => weekly(days, *every, first, within),
        Rule::Monthly { on, every, offset_days } => monthly(*on, *every, *offset_days, first, within),
        Rule::AfterRelease { offset_days, then, .. } => {
            let offset = offset_days.clamp(&-LONGEST_OFFSET, &LONGEST_OFFSET);
            released(within.wider(offset.abs() + 7))
                .into_iter()
                .map(|day| on_or_after(day + offset, *then))
                .filter(|day| within.contains(*day))
                .collect()
        }
        Rule::Foreign(_) => Vec::new(),
    };
    out.dedup();
    out
}

fn weekly(weekdays: &[Weekday], every: u16, first: Option<NaiveDate>, within: Days) -> Vec<i32> {
    let period = 7 * i32::from(every.max(1));
    let anchor = first.map_or(FIRST_WEEK_DAY, |first| day_number(first) - weekday_of(day_number(first)));
    let mut in_week: Vec<i32> = weekdays.iter().map(|day| day.num_days_from_monday() as i32).collect();
    in_week.sort_unstable();
    in_week.dedup();
    let count = (within.to - within.from).max(0) / period + 2;
    let mut out = Vec::with_capacity(count as usize * in_week.len());
    let mut monday = anchor + (within.from - anchor).div_euclid(period) * period;
    while monday <= within.to && !in_week.is_empty() {
        out.extend(in_week.iter().map(|day| monday + day).filter(|day| within.contains(*day)));
        monday += period;
    }
    out
}

fn monthly(on: MonthDay, every: u16, offset: i32, first: Option<NaiveDate>, within: Days) -> Vec<i32> {
    let offset = offset.clamp(-LONGEST_OFFSET, LONGEST_OFFSET);
    months(on, every, offset, first, within)
        .filter_map(|month| day_in_month(on, offset, month))
        .filter(|day| within.contains(*day))
        .collect()
}

/// The day that a monthly rule gives for a month, as a day number. The offset may take it into another month.
fn day_in_month(on: MonthDay, offset: i32, month: i32) -> Option<i32> {
    on.in_month(month.div_euclid(12), month.rem_euclid(12) as u32 + 1).map(|date| day_number(date) + offset)
}

/// The months of a monthly rule, counted from the year 0. There may be one more before the first.
fn months(on: MonthDay, every: u16, offset: i32, first: Option<NaiveDate>, within: Days) -> impl Iterator<Item = i32> {
    let every = i32::from(every.max(1));
    let anchor = first.map_or(2000 * 12, |first| first_month(on, offset, day_number(first)));
    let earliest = month_of(within.from.saturating_sub(offset)) - 1;
    let last = if within.to < within.from { i32::MIN } else { month_of(within.to.saturating_sub(offset)) };
    (earliest + (anchor - earliest).rem_euclid(every)..=last).step_by(every as usize)
}

/// The first month for which the rule gives a day on or after `first`. The interval is counted from it.
fn first_month(on: MonthDay, offset: i32, first: i32) -> i32 {
    /// Every valid day of a month comes at least once in this many months.
    const LONGEST_WAIT: i32 = 12;
    let month = month_of(first.saturating_sub(offset));
    let reaches = |month: &i32| day_in_month(on, offset, *month).is_some_and(|day| day >= first);
    (month..=month + LONGEST_WAIT).find(reaches).unwrap_or(month)
}

/// The first days of the months in which a monthly rule should have an occurrence within `days` but has none, because
/// they lack such a day: a fifth Monday, day 31.
pub fn months_without(
    on: MonthDay,
    every: u16,
    offset_days: i32,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    days: Days,
) -> Vec<NaiveDate> {
    let within = days.bounded(first, last);
    let offset = offset_days.clamp(-LONGEST_OFFSET, LONGEST_OFFSET);
    let begin = |month: i32| NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1);
    let is_whole = |month: i32| {
        let last = begin(month + 1).map(|next| day_number(next) - 1 + offset);
        last.is_some_and(|last| within.contains(last))
    };
    months(on, every, offset, first, within)
        .filter(|month| is_whole(*month))
        .filter_map(begin)
        .filter(|begin| on.in_month(begin.year(), begin.month()).is_none())
        .collect()
}

/// The day itself, or the next one with this weekday.
fn on_or_after(day: i32, weekday: Option<Weekday>) -> i32 {
    weekday.map_or(day, |weekday| day + (weekday.num_days_from_monday() as i32 - weekday_of(day)).rem_euclid(7))
}

/// 0 for Monday. 1970-01-01 was a Thursday.
fn weekday_of(day: i32) -> i32 {
    (day + 3).rem_euclid(7)
}

fn month_of(day: i32) -> i32 {
    month_number(date_of_day(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ListedDate;
    use Weekday::{Fri, Mon, Sat, Sun, Tue};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Dates of 2027 as "01-12 02-09 …".
    fn dates_of(rule: &Rule, first: Option<&str>, last: Option<&str>) -> String {
        let year = Days::between(date("2027-01-01"), date("2027-12-31"));
        let patch_tuesdays = |days: Days| monthly(MonthDay::Nth(2, Tue), 1, 0, None, days);
        let found = days(rule, first.map(date), last.map(date), year, patch_tuesdays);
        found.into_iter().map(|day| date_of_day(day).format("%m-%d").to_string()).collect::<Vec<_>>().join(" ")
    }

    fn monthly_rule(on: MonthDay, every: u16, offset_days: i32) -> Rule {
        Rule::Monthly { on, every, offset_days }
    }

    #[test]
    fn patch_tuesday_the_saturday_after_it_and_the_second_saturday_differ() {
        assert_eq!(
            dates_of(&monthly_rule(MonthDay::Nth(2, Tue), 1, 0), None, None),
            "01-12 02-09 03-09 04-13 05-11 06-08 07-13 08-10 09-14 10-12 11-09 12-14"
        );
        let after = Rule::AfterRelease { release: "microsoft".into(), offset_days: 1, then: Some(Sat) };
        let saturdays_after = "01-16 02-13 03-13 04-17 05-15 06-12 07-17 08-14 09-18 10-16 11-13 12-18";
        assert_eq!(dates_of(&after, None, None), saturdays_after);
        assert_eq!(dates_of(&monthly_rule(MonthDay::Nth(2, Tue), 1, 4), None, None), saturdays_after);
        assert_eq!(
            dates_of(&monthly_rule(MonthDay::Nth(2, Sat), 1, 0), None, None),
            "01-09 02-13 03-13 04-10 05-08 06-12 07-10 08-14 09-11 10-09 11-13 12-11"
        );
    }

    #[test]
    fn months_without_the_day_are_left_out() {
        assert_eq!(dates_of(&monthly_rule(MonthDay::Nth(5, Mon), 1, 0), None, None), "03-29 05-31 08-30 11-29");
        assert_eq!(
            dates_of(&monthly_rule(MonthDay::Day(31), 2, 0), Some("2027-01-01"), None),
            "01-31 03-31 05-31 07-31"
        );
    }

    #[test]
    fn every_third_month_counts_from_the_first_date() {
        let last_friday = monthly_rule(MonthDay::Last(Fri), 3, 0);
        assert_eq!(dates_of(&last_friday, None, None), "01-29 04-30 07-30 10-29");
        assert_eq!(dates_of(&last_friday, Some("2027-02-01"), Some("2027-10-31")), "02-26 05-28 08-27");
    }

    #[test]
    fn every_other_month_begins_with_the_first_date_on_or_after_the_first_day() {
        let second_tuesday = |every, offset| monthly_rule(MonthDay::Nth(2, Tue), every, offset);
        for (rule, first, expected) in [
            (second_tuesday(2, 4), "2027-01-01", "01-16 03-13 05-15 07-17 09-18 11-13"),
            (second_tuesday(2, 4), "2027-01-05", "01-16 03-13 05-15 07-17 09-18 11-13"),
            (second_tuesday(2, 4), "2027-01-16", "01-16 03-13 05-15 07-17 09-18 11-13"),
            (second_tuesday(2, 4), "2027-01-17", "02-13 04-17 06-12 08-14 10-16 12-18"),
            (second_tuesday(2, 0), "2027-01-01", "01-12 03-09 05-11 07-13 09-14 11-09"),
            (second_tuesday(2, 0), "2027-01-20", "02-09 04-13 06-08 08-10 10-12 12-14"),
            (second_tuesday(2, -4), "2027-01-31", "02-05 04-09 06-04 08-06 10-08 12-10"),
            (second_tuesday(3, 11), "2027-01-01", "01-23 04-24 07-24 10-23"),
            // The date that the rule gives for December 2026 is in January.
            (second_tuesday(3, 30), "2027-01-01", "01-07 04-08 07-08 10-14"),
            // February has no day 31, and neither has every second month from there.
            (monthly_rule(MonthDay::Day(31), 2, 0), "2027-02-01", "03-31 05-31 07-31"),
            (monthly_rule(MonthDay::Nth(5, Mon), 2, 0), "2027-01-01", "03-29 05-31 11-29"),
        ] {
            assert_eq!(dates_of(&rule, Some(first), None), expected, "{rule:?} from {first}");
        }
    }

    #[test]
    fn offsets_reach_over_the_end_of_the_year() {
        assert_eq!(dates_of(&monthly_rule(MonthDay::Nth(2, Tue), 6, 25), Some("2027-01-02"), None), "01-02 07-03");
        assert_eq!(dates_of(&monthly_rule(MonthDay::Day(1), 12, -2), Some("2025-12-01"), None), "12-30");
        assert_eq!(dates_of(&monthly_rule(MonthDay::Day(1), 12, -2), Some("2026-01-01"), None), "01-30");
    }

    #[test]
    fn every_second_sunday_counts_from_the_first_date() {
        let rule = Rule::Weekly { days: vec![Sun, Sun], every: 2 };
        assert_eq!(dates_of(&rule, Some("2027-02-03"), Some("2027-03-20")), "02-07 02-21 03-07");
        assert_eq!(dates_of(&Rule::Weekly { days: vec![], every: 1 }, None, None), "");
    }

    #[test]
    fn listed_dates_are_sorted_without_duplicates() {
        let listed = |on| ListedDate { on: date(on), words: String::new() };
        let rule =
            Rule::Dates(vec![listed("2027-05-01"), listed("2027-03-13"), listed("2027-05-01"), listed("2029-01-01")]);
        assert_eq!(dates_of(&rule, None, None), "03-13 05-01");
    }

    #[test]
    fn absurd_numbers_from_a_file_give_no_dates_and_do_not_hang() {
        assert_eq!(dates_of(&monthly_rule(MonthDay::Nth(0, Mon), 0, i32::MAX), None, None), "");
        assert_eq!(dates_of(&monthly_rule(MonthDay::Nth(9, Mon), 1, 0), None, None), "");
        assert_eq!(dates_of(&Rule::Weekly { days: vec![Mon], every: u16::MAX }, None, None), "");
    }
}
