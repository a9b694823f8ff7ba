//! Days on which work is forbidden or undesirable: change freezes and public holidays.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    AreaId, FreezeId, HolidayId, ImportSource, LadderId, Record, SystemId, WindowId, is_default, month_number,
};
use crate::wording::counted;
use crate::wording::typed::{YEARS, is_in_range};

/// A period in which changes are forbidden: whole days in the plan's zone, first and last day included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeFreeze {
    pub id: FreezeId,
    pub name: String,
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
    /// It recurs at this interval in months: 12 is yearly, 3 quarterly. None if it does not recur.
    #[serde(default, skip_serializing_if = "is_default")]
    pub every_months: Option<u16>,
    #[serde(default)]
    pub scope: SystemScope,
    #[serde(default, skip_serializing_if = "is_default")]
    pub exemptions: Vec<Exemption>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
    /// What it was imported from. None for a freeze that a person made.
    #[serde(default, skip_serializing_if = "is_default")]
    pub imported: Option<ImportSource>,
}

impl Record for ChangeFreeze {
    type Id = FreezeId;
    const NOUN: &'static str = "freeze";
    fn id(&self) -> &FreezeId {
        &self.id
    }
}

/// The number of days from one recurrence to the next repeats after at most this many recurrences, since four years have 48
/// months.
const CYCLE: u32 = 48;

/// The last day on which a plan can have dates.
fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(NaiveDate::MAX)
}

impl ChangeFreeze {
    /// A freeze of one week for everything.
    pub fn week(id: FreezeId, first_on: NaiveDate) -> Self {
        Self {
            id,
            name: "New freeze".to_owned(),
            first_on,
            last_on: first_on.checked_add_days(Days::new(6)).unwrap_or(first_on),
            every_months: None,
            scope: SystemScope::Everything,
            exemptions: Vec::new(),
            notes: String::new(),
            imported: None,
        }
    }

    /// The interval in months at which it recurs; none if it does not recur.
    pub fn period(&self) -> Option<u32> {
        self.every_months.filter(|months| *months > 0).map(u32::from)
    }

    /// "every year"; none if it does not recur.
    pub fn period_in_words(&self) -> Option<String> {
        Some(match self.period()? {
            1 => "every month".to_owned(),
            3 => "every quarter".to_owned(),
            12 => "every year".to_owned(),
            months => format!("every {}", counted(months, "month")),
        })
    }

    /// The spans of its days that overlap the days from `from` to `to`, sorted. Spans without a day between them are
    /// merged, so a freeze that never ends has a single one. What a span is does not depend on `from` and `to`. Empty if
    /// its last day is before its first, or if one of the two is not in the years of plans.
    pub fn spans(&self, from: NaiveDate, to: NaiveDate) -> Vec<FreezeSpan> {
        if !is_in_range(self.first_on) || !is_in_range(self.last_on) {
            return Vec::new();
        }
        let Ok(length) = u64::try_from((self.last_on - self.first_on).num_days()) else { return Vec::new() };
        let mut spans: Vec<FreezeSpan> = Vec::new();
        if self.never_ends() {
            spans.push(FreezeSpan { first_on: self.first_on, last_on: last_day() });
        } else {
            let first = self.first_recurrence(from, length);
            for span in (first..).map_while(|number| self.recurrence(number, length)) {
                match spans.last_mut().filter(|before| before.last_on.succ_opt() >= Some(span.first_on)) {
                    Some(before) => before.last_on = span.last_on,
                    None if span.first_on > to => break,
                    None => spans.push(span),
                }
            }
        }
        spans.retain(|span| span.first_on <= to && span.last_on >= from);
        spans
    }

    /// Whether it always recurs before it ends or on the day after, so that it never ends once it has begun.
    pub fn never_ends(&self) -> bool {
        let Ok(length) = u64::try_from((self.last_on - self.first_on).num_days()) else { return false };
        let span = |number| self.recurrence(number, length);
        let is_followed = |number: u32| {
            let next = span(number).zip(span(number + 1));
            next.is_some_and(|(this, next)| this.last_on.succ_opt() >= Some(next.first_on))
        };
        self.period().is_some() && (0..CYCLE).all(is_followed)
    }

    /// The number of the first recurrence that can overlap `from` or a later day. A few earlier ones are included,
    /// because their spans may be merged with it. 0 is the freeze itself.
    fn first_recurrence(&self, from: NaiveDate, length: u64) -> u32 {
        let Some(period) = self.period() else { return 0 };
        // If a freeze is longer than its interval, the next recurrence has begun by then, so looking back one interval
        // is enough.
        let begins_by = from.checked_sub_days(Days::new(length.min(u64::from(period) * 31)));
        let months = begins_by.map_or(0, |on| month_number(on) - month_number(self.first_on));
        (u32::try_from(months).unwrap_or(0) / period).saturating_sub(CYCLE)
    }

    /// The span of a recurrence; none if it is beyond the range of dates, or if the freeze does not recur.
    fn recurrence(&self, number: u32, length: u64) -> Option<FreezeSpan> {
        if number > 0 && self.period().is_none() {
            return None;
        }
        let months = self.period().unwrap_or(0).checked_mul(number)?;
        let first_on = self.first_on.checked_add_months(Months::new(months))?;
        Some(FreezeSpan { first_on, last_on: first_on.checked_add_days(Days::new(length)).unwrap_or(NaiveDate::MAX) })
    }

    /// The freeze moved by that many days, which may be negative. Unchanged if that is beyond the range of dates.
    #[must_use]
    pub fn moved(&self, days: i64) -> Self {
        let to = |on: NaiveDate| on.checked_add_signed(chrono::TimeDelta::try_days(days)?);
        match to(self.first_on).zip(to(self.last_on)) {
            Some((first_on, last_on)) => Self { first_on, last_on, ..self.clone() },
            None => self.clone(),
        }
    }
}

/// The first and the last day of a freeze, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FreezeSpan {
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
}

impl FreezeSpan {
    pub fn contains(self, on: NaiveDate) -> bool {
        self.first_on <= on && on <= self.last_on
    }
}

/// What a freeze covers. It covers a window if it covers one of the window's systems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SystemScope {
    #[default]
    Everything,
    Areas(Vec<AreaId>),
    Ladders(Vec<LadderId>),
    Systems(Vec<SystemId>),
}

/// A window that may take place in spite of the freeze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    pub window: WindowId,
    /// Who approved it. A finding reports a missing approver.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approver: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: String,
}

/// The public holidays of a country or region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HolidayCalendar {
    pub id: HolidayId,
    pub name: String,
    /// Sorted by date, then name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub days: Vec<Holiday>,
    /// What it was imported from. None for a calendar that a person made.
    #[serde(default, skip_serializing_if = "is_default")]
    pub imported: Option<ImportSource>,
}

impl Record for HolidayCalendar {
    type Id = HolidayId;
    const NOUN: &'static str = "holiday calendar";
    fn id(&self) -> &HolidayId {
        &self.id
    }
}

/// One public holiday.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holiday {
    pub on: NaiveDate,
    pub name: String,
    /// The region that observes it, if not the whole area of the calendar: "Bavaria".
    #[serde(default, skip_serializing_if = "is_default")]
    pub region: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// First and last days of the spans of a freeze in the years 2027 and 2028.
    fn spans(first: &str, last: &str, every_months: Option<u16>) -> Vec<(String, String)> {
        let freeze = ChangeFreeze { last_on: date(last), every_months, ..ChangeFreeze::week("f".into(), date(first)) };
        let spans = freeze.spans(date("2027-01-01"), date("2028-12-31"));
        spans.iter().map(|span| (span.first_on.to_string(), span.last_on.to_string())).collect()
    }

    fn are(spans: &[(String, String)], expected: &[(&str, &str)]) {
        let spans: Vec<_> = spans.iter().map(|(first, last)| (first.as_str(), last.as_str())).collect();
        assert_eq!(spans, expected);
    }

    #[test]
    fn a_freeze_without_an_interval_does_not_recur() {
        are(&spans("2027-12-13", "2028-01-03", None), &[("2027-12-13", "2028-01-03")]);
        are(&spans("2027-12-13", "2028-01-03", Some(0)), &[("2027-12-13", "2028-01-03")]);
        are(&spans("2025-12-13", "2026-01-03", None), &[]);
        are(&spans("2029-01-01", "2029-01-03", None), &[]);
    }

    #[test]
    fn a_yearly_freeze_recurs_each_year() {
        let every = [("2026-12-13", "2027-01-03"), ("2027-12-13", "2028-01-03"), ("2028-12-13", "2029-01-03")];
        are(&spans("2019-12-13", "2020-01-03", Some(12)), &every);
        are(&spans("2027-12-13", "2028-01-03", Some(12)), &every[1..]);
    }

    #[test]
    fn the_end_of_a_month_stays_the_end_of_a_month() {
        let quarters = spans("2026-11-30", "2026-12-02", Some(3));
        are(&quarters[..2], &[("2027-02-28", "2027-03-02"), ("2027-05-30", "2027-06-01")]);
        are(&quarters[4..5], &[("2028-02-29", "2028-03-02")]);
    }

    #[test]
    fn spans_without_a_day_between_are_merged() {
        are(
            &spans("2027-02-01", "2027-03-02", Some(1))[..2],
            &[("2027-02-01", "2027-03-30"), ("2027-04-01", "2027-05-30")],
        );
        let endless = spans("1983-05-01", "1990-05-01", Some(1));
        assert_eq!((endless.len(), endless[0].0.as_str()), (1, "1983-05-01"));
        assert_eq!(endless[0].1.as_str(), "2100-12-31");
    }

    #[test]
    fn a_freeze_never_ends_if_it_always_recurs_in_time() {
        for (last, months, expected) in [
            ("2027-01-31", 1, true),
            ("2027-01-30", 1, false),
            ("2027-04-02", 3, true),
            ("2027-04-01", 3, false),
            ("2028-01-01", 12, true),
            ("2027-12-31", 12, false),
            ("2026-12-31", 1, false),
        ] {
            let freeze = ChangeFreeze {
                last_on: date(last),
                every_months: Some(months),
                ..ChangeFreeze::week("f".into(), date("2027-01-01"))
            };
            assert_eq!(freeze.never_ends(), expected, "to {last} every {months} months");
        }
    }

    #[test]
    fn a_span_does_not_depend_on_the_days_that_are_asked_for() {
        let (from, to) = (date("2027-03-01"), date("2029-03-01"));
        for days in [1, 27, 28, 29, 30, 31, 89, 90, 91, 92, 336, 364, 365, 366] {
            for months in [1, 3, 11, 12] {
                for first in ["2015-01-01", "2026-10-31", "2027-02-28", "2028-02-29"] {
                    let first = date(first);
                    let last_on = first.checked_add_days(Days::new(days - 1)).unwrap();
                    let freeze =
                        ChangeFreeze { last_on, every_months: Some(months), ..ChangeFreeze::week("f".into(), first) };
                    let all = freeze.spans(from, to);
                    for on in from.iter_days().take_while(|on| *on <= to).step_by(7) {
                        let here: Vec<_> = all.iter().copied().filter(|span| span.contains(on)).collect();
                        assert_eq!(freeze.spans(on, on), here, "{days} days from {first} every {months} months: {on}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_freeze_that_ends_before_it_begins_has_no_days() {
        are(&spans("2027-12-13", "2027-12-12", Some(12)), &[]);
    }

    #[test]
    fn recurrences_stop_at_the_last_date() {
        let freeze =
            ChangeFreeze { every_months: Some(u16::MAX), ..ChangeFreeze::week("f".into(), date("2100-12-01")) };
        assert_eq!(freeze.spans(date("2027-01-01"), date("2100-12-31")).len(), 1);
        let early = ChangeFreeze { every_months: Some(1), ..ChangeFreeze::week("f".into(), date("1980-01-01")) };
        assert_eq!(early.spans(date("2027-01-01"), date("2027-12-31")).len(), 12);
    }

    #[test]
    fn a_freeze_in_a_year_that_was_typed_wrong_has_no_days() {
        are(&spans("0027-12-13", "2027-12-20", None), &[]);
        are(&spans("0027-12-13", "0027-12-20", Some(12)), &[]);
        are(&spans("2027-12-13", "2207-12-20", None), &[]);
        let max = ChangeFreeze::week("f".into(), NaiveDate::MAX);
        assert_eq!(max.spans(date("2027-01-01"), NaiveDate::MAX), []);
    }
}
