//! Which days of a later year correspond to days of this one. There is more than one answer, so all are options.

use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta, Weekday};

use super::feasts::Feast;
use crate::model::{FreezeSpan, MonthDay};
use crate::wording::{month, short_weekday};

/// What becomes of something with dates of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It moves to these days.
    Days(FreezeSpan),
    /// It stays behind in the earlier plan.
    LeftOut,
    /// A window that ended with the earlier plan goes on without an end.
    WithoutEnd,
}

/// One way to roll something with dates of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateOption {
    pub outcome: Outcome,
    /// What the days have in common with the earlier ones: "fourth Friday of November", "same dates".
    pub basis: String,
}

impl DateOption {
    fn days(first_on: NaiveDate, last_on: NaiveDate, basis: impl Into<String>) -> Self {
        Self { outcome: Outcome::Days(FreezeSpan { first_on, last_on }), basis: basis.into() }
    }

    /// To leave it behind.
    pub fn left_out(basis: &str) -> Self {
        Self { outcome: Outcome::LeftOut, basis: basis.to_owned() }
    }

    /// Its days, unless it has none.
    pub fn span(&self) -> Option<FreezeSpan> {
        match self.outcome {
            Outcome::Days(span) => Some(span),
            Outcome::LeftOut | Outcome::WithoutEnd => None,
        }
    }
}

/// The days `years` later that correspond to those of a freeze called `name`, the most likely first.
///
/// Whole weeks, weekends and a few days keep their weekdays; other freezes keep their dates.
pub fn options_for_freeze(name: &str, span: FreezeSpan, years: i32) -> Vec<DateOption> {
    let length = (span.last_on - span.first_on).num_days();
    let weekday_options = weekday_options(span, years);
    let date_options = date_options(span, years);
    let options = if keeps_weekdays(span, length) {
        weekday_options.into_iter().chain(date_options)
    } else {
        date_options.into_iter().chain(weekday_options)
    };
    unique(feast_option(name, span, years).into_iter().chain(options))
}

/// The dates `years` later that correspond to a listed date of a window. `by_words` is the date that the words beside it
/// give.
pub fn options_for_listed(
    on: NaiveDate,
    words: &str,
    by_words: Option<NaiveDate>,
    name: &str,
    years: i32,
) -> Vec<DateOption> {
    let span = FreezeSpan { first_on: on, last_on: on };
    let said = by_words.map(|later| DateOption::days(later, later, format!("\"{words}\"")));
    let feast = feast_option(&format!("{words} {name}"), span, years);
    let options = weekday_options(span, years).into_iter().chain(date_options(span, years));
    unique(said.into_iter().chain(feast).chain(options))
}

/// Whether a freeze is about weekdays rather than dates.
fn keeps_weekdays(span: FreezeSpan, length: i64) -> bool {
    const FEW_DAYS: i64 = 4;
    let is_month_end = |on: NaiveDate| on.succ_opt().is_none_or(|next| next.day() == 1);
    let is_by_month = span.first_on.day() == 1 || is_month_end(span.last_on);
    let (first, last) = (span.first_on.weekday(), span.last_on.weekday());
    let is_in_weeks = matches!(first, Weekday::Sat | Weekday::Sun | Weekday::Mon)
        && matches!(last, Weekday::Fri | Weekday::Sat | Weekday::Sun)
        && length < 28;
    // A freeze over the new year is about the dates, on whatever weekdays they are.
    let crosses_year = span.first_on.year() != span.last_on.year();
    !is_by_month && !crosses_year && (length < FEW_DAYS || is_in_weeks)
}

fn feast_option(name: &str, span: FreezeSpan, years: i32) -> Option<DateOption> {
    let (first_on, words) = Feast::named_in(name)?.later(span.first_on, years)?;
    Some(lasting(span, first_on, words))
}

/// From that day on, as long as before.
fn lasting(span: FreezeSpan, first_on: NaiveDate, basis: impl Into<String>) -> DateOption {
    let length = span.last_on - span.first_on;
    let last_on = first_on.checked_add_signed(length).unwrap_or(first_on);
    DateOption::days(first_on, last_on, basis)
}

fn date_options(span: FreezeSpan, years: i32) -> Vec<DateOption> {
    let (Some(first_on), Some(last_on)) = (years_later(span.first_on, years), years_later(span.last_on, years)) else {
        return Vec::new();
    };
    let is_leap_day = |from: NaiveDate, to: NaiveDate| from.day() != to.day();
    let basis = if is_leap_day(span.first_on, first_on) || is_leap_day(span.last_on, last_on) {
        "same dates; 29 February becomes the 28th"
    } else {
        "same dates"
    };
    let same = DateOption::days(first_on, last_on, basis);
    // Of February 2027 the last day is the 28th, of February 2028 the 29th.
    let month_end =
        |on: NaiveDate| MonthDay::Day(31).in_month(on.year(), on.month()).unwrap_or_else(|| last_of_month(on));
    if span.last_on == last_of_month(span.last_on) && last_on != month_end(last_on) {
        return vec![DateOption::days(first_on, month_end(last_on), "same dates, to the end of the month"), same];
    }
    vec![same]
}

/// The date in that later year; 28 February for 29 February.
fn years_later(on: NaiveDate, years: i32) -> Option<NaiveDate> {
    on.checked_add_months(Months::new(u32::try_from(years).ok()? * 12))
}

fn last_of_month(on: NaiveDate) -> NaiveDate {
    let next = on.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    next.and_then(|next| next.pred_opt()).unwrap_or(on)
}

fn weekday_options(span: FreezeSpan, years: i32) -> Vec<DateOption> {
    let on = span.first_on;
    let (weekday, nth) = (on.weekday(), u8::try_from((on.day() - 1) / 7 + 1).unwrap_or(5));
    let is_last = on.checked_add_days(Days::new(7)).is_none_or(|next| next.month() != on.month());
    let in_month = |day: MonthDay| {
        let later = day.in_month(on.year() + years, on.month())?;
        Some(lasting(span, later, format!("{} of {}", day.in_words(), month(on))))
    };
    // A fifth weekday is always the last one, and most months have none.
    let nth = if nth < 5 { in_month(MonthDay::Nth(nth, weekday)) } else { None };
    let last = if is_last { in_month(MonthDay::Last(weekday)) } else { None };
    let nearest = years_later(on, years).and_then(|later| {
        let ahead = i64::from((weekday.num_days_from_monday() + 7 - later.weekday().num_days_from_monday()) % 7);
        let days = if ahead > 3 { ahead - 7 } else { ahead };
        later.checked_add_signed(TimeDelta::try_days(days)?)
    });
    let nearest =
        nearest.map(|later| lasting(span, later, format!("{} nearest to the same date", short_weekday(weekday))));
    nth.into_iter().chain(last).chain(nearest).collect()
}

/// Without options that give the same days as an earlier one.
fn unique(options: impl Iterator<Item = DateOption>) -> Vec<DateOption> {
    let mut all: Vec<DateOption> = Vec::new();
    for option in options {
        if !all.iter().any(|known| known.outcome == option.outcome) {
            all.push(option);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, last: &str) -> FreezeSpan {
        FreezeSpan { first_on: first.parse().unwrap(), last_on: last.parse().unwrap() }
    }

    fn words(options: &[DateOption]) -> Vec<String> {
        let words = |option: &DateOption| {
            let span = option.span().unwrap();
            format!("{} to {}: {}", span.first_on, span.last_on, option.basis)
        };
        options.iter().map(words).collect()
    }

    #[test]
    fn a_freeze_over_the_new_year_keeps_its_dates() {
        let options = words(&options_for_freeze("Year end", span("2027-12-24", "2028-01-06"), 1));
        assert_eq!(options[0], "2028-12-24 to 2029-01-06: same dates");
        assert_eq!(options[1], "2028-12-22 to 2029-01-04: fourth Friday of December");
    }

    #[test]
    fn a_freeze_after_thanksgiving_keeps_its_distance() {
        let options = words(&options_for_freeze("Fri after Thanksgiving", span("2027-11-26", "2027-11-29"), 1));
        assert_eq!(options[0], "2028-11-24 to 2028-11-27: 1 day after Thanksgiving");
        assert!(options.contains(&"2028-11-26 to 2028-11-29: same dates".to_owned()), "{options:?}");
        // Without the name, the weekday decides.
        let options = words(&options_for_freeze("Sale", span("2027-11-26", "2027-11-28"), 3));
        assert_eq!(options[0], "2030-11-22 to 2030-11-24: fourth Friday of November");
        assert_eq!(options[1], "2030-11-29 to 2030-12-01: last Friday of November");
    }

    #[test]
    fn a_freeze_at_easter_follows_easter() {
        let options = words(&options_for_freeze("Easter", span("2027-03-26", "2027-03-29"), 1));
        assert_eq!(options[0], "2028-04-14 to 2028-04-17: 2 days before Easter Sunday");
    }

    #[test]
    fn the_end_of_february_stays_the_end_of_the_month() {
        let options = words(&options_for_freeze("Closing", span("2027-02-22", "2027-02-28"), 1));
        assert_eq!(options[0], "2028-02-22 to 2028-02-29: same dates, to the end of the month");
        assert_eq!(options[1], "2028-02-22 to 2028-02-28: same dates");
        let options = words(&options_for_freeze("Closing", span("2028-02-10", "2028-02-29"), 1));
        assert_eq!(options[0], "2029-02-10 to 2029-02-28: same dates; 29 February becomes the 28th");
    }

    #[test]
    fn a_listed_date_keeps_its_weekday_and_a_fifth_one_is_the_last() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let options = words(&options_for_listed(day("2027-03-13"), "", None, "Core DB", 1));
        assert_eq!(options[0], "2028-03-11 to 2028-03-11: second Saturday of March");
        assert!(options.contains(&"2028-03-13 to 2028-03-13: same dates".to_owned()), "{options:?}");
        let options = words(&options_for_listed(day("2027-01-30"), "", None, "Core DB", 1));
        assert_eq!(options[0], "2028-01-29 to 2028-01-29: last Saturday of January");
        let options = words(&options_for_listed(day("2027-03-06"), "first Saturday", Some(day("2028-03-04")), "", 1));
        assert_eq!(options[0], "2028-03-04 to 2028-03-04: \"first Saturday\"");
    }
}
