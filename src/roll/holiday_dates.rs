//! The holiday that a freeze is about, and its date in a later year.

use chrono::{Datelike as _, NaiveDate};

use super::fixed_days::is_fixed_feast;
use super::name_words::NameWords;
use crate::model::{FreezeSpan, Holiday, Plan};

/// Where the holiday of a freeze is in the later year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SameHoliday {
    /// The freeze begins on this day, as far from the holiday as before; and the holiday in words: "as Ascension Day".
    On(NaiveDate, String),
    /// No calendar has the later year, but the holiday is on the same date each year.
    OnSameDate,
}

/// A longer freeze is not about a single holiday.
const LONGEST_DAYS: i64 = 4;

/// The holiday on one of the days of a freeze that has its name, or that is all that it covers.
pub fn same_holiday(plan: &Plan, name: &str, span: FreezeSpan, years: i32) -> Option<SameHoliday> {
    if (span.last_on - span.first_on).num_days() >= LONGEST_DAYS {
        return None;
    }
    let words = NameWords::new(name);
    let is_about = |day: &Holiday| words.share_with(&NameWords::new(&day.name)) || span.first_on == span.last_on;
    let days = plan.holidays().iter().flat_map(|calendar| calendar.days.iter().map(move |day| (calendar, day)));
    let about: Vec<_> = days.filter(|(_, day)| span.contains(day.on) && is_about(day)).collect();
    let later = about.iter().find_map(|(calendar, day)| {
        let is_same = |other: &&Holiday| {
            other.name == day.name && other.region == day.region && other.on.year() == day.on.year() + years
        };
        let mut found = calendar.days.iter().filter(is_same);
        // A calendar may have several days of that name.
        let (only, None) = (found.next()?, found.next()) else { return None };
        let first_on = only.on.checked_add_signed(span.first_on - day.on)?;
        Some(SameHoliday::On(first_on, format!("as the holiday \"{}\"", day.name)))
    });
    later.or_else(|| about.iter().any(|(_, day)| is_fixed_feast(day.on)).then_some(SameHoliday::OnSameDate))
}
