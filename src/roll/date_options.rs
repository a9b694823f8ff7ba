//! Which days of a later year correspond to days of this one. There is more than one answer, so all are options.

use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta, Weekday};

use super::feasts::{Feast, feast_of_a_calendar};
use super::fixed_days::{includes_turn_of_year, is_named_by_date};
use super::holiday_dates::SameHoliday;
use crate::model::{FreezeSpan, MonthDay};
use crate::wording::{date, dates, month, short_weekday};

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

/// "Sat 13 Mar 2027", or "Fri 24 Dec 2027 to Thu 6 Jan 2028".
pub fn days_in_words(span: FreezeSpan) -> String {
    if span.first_on == span.last_on { date(span.first_on) } else { dates(span.first_on, span.last_on) }
}

impl DateOption {
    /// "Sat 11 Mar 2028 (second Saturday of March)", "not again".
    pub fn in_words(&self) -> String {
        match self.span() {
            Some(span) => format!("{} ({})", days_in_words(span), self.basis),
            None => self.basis.clone(),
        }
    }
}

/// The days `years` later that correspond to those of a freeze called `name`, the most likely first.
///
/// Days around Christmas and New Year, and those that the name gives, keep their dates. Other whole weeks, weekends and
/// few days keep their weekdays; longer freezes keep their dates. `holiday` is the holiday that the freeze is about.
pub fn options_for_freeze(name: &str, span: FreezeSpan, years: i32, holiday: Option<&SameHoliday>) -> Vec<DateOption> {
    let is_fixed =
        includes_turn_of_year(span) || is_named_by_date(name, span) || holiday == Some(&SameHoliday::OnSameDate);
    let keeps_dates = is_fixed || !keeps_weekdays(span);
    let as_holiday = match holiday {
        Some(SameHoliday::On(on, words)) => Some(lasting(span, *on, words.as_str())),
        _ => None,
    };
    let known = as_holiday.into_iter().chain(feast_option(name, span, years));
    unique(known.chain(by_dates_or_weekdays(span, years, keeps_dates)))
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
    let name = format!("{words} {name}");
    let feast = feast_option(&name, span, years);
    let others = by_dates_or_weekdays(span, years, is_named_by_date(&name, span));
    unique(said.into_iter().chain(feast).chain(others))
}

fn by_dates_or_weekdays(span: FreezeSpan, years: i32, keeps_dates: bool) -> Vec<DateOption> {
    let (by_date, by_weekday) = (date_options(span, years), weekday_options(span, years));
    let (first, second) = if keeps_dates { (by_date, by_weekday) } else { (by_weekday, by_date) };
    first.into_iter().chain(second).collect()
}

/// Whether a freeze is about weekdays rather than dates.
fn keeps_weekdays(span: FreezeSpan) -> bool {
    const FEW_DAYS: i64 = 4;
    let length = (span.last_on - span.first_on).num_days();
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

/// The days that the feast in the name gives. Without a proposal for one whose date must be looked up.
fn feast_option(name: &str, span: FreezeSpan, years: i32) -> Option<DateOption> {
    if let Some(feast) = feast_of_a_calendar(name) {
        return Some(DateOption::left_out(&format!("the date of \"{feast}\" is not known: enter it in the new plan")));
    }
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
        let options = words(&options_for_freeze("Year end", span("2027-12-24", "2028-01-06"), 1, None));
        assert_eq!(options[0], "2028-12-24 to 2029-01-06: same dates");
        assert_eq!(options[1], "2028-12-22 to 2029-01-04: fourth Friday of December");
    }

    #[test]
    fn a_freeze_after_thanksgiving_keeps_its_distance() {
        let options = words(&options_for_freeze("Fri after Thanksgiving", span("2027-11-26", "2027-11-29"), 1, None));
        assert_eq!(options[0], "2028-11-24 to 2028-11-27: 1 day after Thanksgiving");
        assert!(options.contains(&"2028-11-26 to 2028-11-29: same dates".to_owned()), "{options:?}");
        // Without the name, the weekday decides.
        let options = words(&options_for_freeze("Sale", span("2027-11-26", "2027-11-28"), 3, None));
        assert_eq!(options[0], "2030-11-22 to 2030-11-24: fourth Friday of November");
        assert_eq!(options[1], "2030-11-29 to 2030-12-01: last Friday of November");
    }

    #[test]
    fn a_freeze_at_easter_follows_easter() {
        let options = words(&options_for_freeze("Easter", span("2027-03-26", "2027-03-29"), 1, None));
        assert_eq!(options[0], "2028-04-14 to 2028-04-17: 2 days before Easter Sunday");
    }

    #[test]
    fn days_around_christmas_and_new_year_keep_their_dates() {
        for (name, first, last, expected) in [
            ("Christmas", "2027-12-24", "2027-12-26", "2028-12-24 to 2028-12-26: same dates"),
            ("Change freeze", "2027-12-24", "2027-12-26", "2028-12-24 to 2028-12-26: same dates"),
            ("Change freeze", "2027-12-25", "2027-12-26", "2028-12-25 to 2028-12-26: same dates"),
            ("Change freeze", "2027-12-31", "2027-12-31", "2028-12-31 to 2028-12-31: same dates"),
            ("Change freeze", "2027-01-01", "2027-01-03", "2028-01-01 to 2028-01-03: same dates"),
            ("Change freeze", "2027-12-20", "2027-12-26", "2028-12-20 to 2028-12-26: same dates"),
            ("Easter data center", "2027-12-25", "2027-12-25", "2028-12-25 to 2028-12-25: same dates"),
            ("4 July", "2027-07-03", "2027-07-04", "2028-07-03 to 2028-07-04: same dates"),
            ("Eastern datacenter", "2027-04-03", "2027-04-04", "2028-04-01 to 2028-04-02: first Saturday of April"),
            ("Whitehall", "2027-05-15", "2027-05-16", "2028-05-20 to 2028-05-21: third Saturday of May"),
            ("Sale", "2027-12-18", "2027-12-19", "2028-12-16 to 2028-12-17: third Saturday of December"),
        ] {
            let options = words(&options_for_freeze(name, span(first, last), 1, None));
            assert_eq!(options[0], expected, "{name}");
            assert!(options.len() > 1, "{options:?}");
        }
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let options = words(&options_for_listed(day("2027-12-24"), "", None, "Christmas closing", 1));
        assert_eq!(options[0], "2028-12-24 to 2028-12-24: same dates");
    }

    #[test]
    fn a_feast_that_follows_the_moon_gets_no_date() {
        let options = options_for_freeze("Lunar New Year", span("2027-02-06", "2027-02-08"), 1, None);
        assert_eq!(options[0].outcome, Outcome::LeftOut);
        assert!(options[0].basis.contains("lunar new year") && options.len() > 2, "{options:?}");
    }

    #[test]
    fn the_end_of_february_stays_the_end_of_the_month() {
        let options = words(&options_for_freeze("Closing", span("2027-02-22", "2027-02-28"), 1, None));
        assert_eq!(options[0], "2028-02-22 to 2028-02-29: same dates, to the end of the month");
        assert_eq!(options[1], "2028-02-22 to 2028-02-28: same dates");
        let options = words(&options_for_freeze("Closing", span("2028-02-10", "2028-02-29"), 1, None));
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
