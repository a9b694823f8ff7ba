//! Dates in the palette: "13 mar" finds the day and what takes place on it.

use chrono::{Datelike, NaiveDate};

use super::entries::{Entry, Target, split};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::occurrence_text;
use crate::wording;

/// The days that `query` names within the plan's months, each with its occurrences.
pub fn entries_on(cx: &Cx<'_>, query: &str) -> Vec<Entry> {
    let horizon = cx.plan().horizon();
    let Some(named) = NamedDate::read(query) else { return Vec::new() };
    let days = named.days(horizon.from.year()..=horizon.last().year()).filter(|day| horizon.contains(*day));
    days.flat_map(|day| {
        let mut found = vec![Entry::new("Day", wording::date(day), "", Target::Destination(Destination::Day(day)))];
        found.extend(occurrences_on(cx, day));
        found
    })
    .collect()
}

fn occurrences_on(cx: &Cx<'_>, day: NaiveDate) -> Vec<Entry> {
    const MOST: usize = 50;
    let on_day = cx.schedule().windows.iter().flat_map(|window| {
        let occurrences = window.expansion.occurrences.iter();
        occurrences.filter(move |occurrence| occurrence.on() == day).map(move |occurrence| (window, occurrence))
    });
    let mut found: Vec<_> = on_day.collect();
    found.sort_by_key(|(window, occurrence)| (occurrence.start_at, window.id().clone()));
    let entry =
        |(window, occurrence): (&std::sync::Arc<crate::schedule::WindowSchedule>, &crate::schedule::Occurrence)| {
            let destination = Destination::Occurrence(window.id().clone(), occurrence.original_on());
            let detail = format!("{}, {}", wording::short_date(day), occurrence_text::hours(window, occurrence));
            Entry::new("Occurrence", &*window.window.name, detail, Target::Destination(destination))
        };
    found.into_iter().take(MOST).map(entry).collect()
}

/// A day and month, and possibly a year.
#[derive(Debug, PartialEq)]
struct NamedDate {
    day: u32,
    month: u32,
    year: Option<i32>,
}

impl NamedDate {
    /// Reads "13 mar", "Sat 13 March 2027", "mar 13" and "2027-03-13"; returns `None` for anything else.
    fn read(query: &str) -> Option<Self> {
        if let Ok(date) = query.trim().parse::<NaiveDate>() {
            return Some(Self { day: date.day(), month: date.month(), year: Some(date.year()) });
        }
        let (mut day, mut month, mut year) = (None, None, None);
        for word in split(query) {
            match word.parse::<u32>() {
                Ok(number @ 1..=31) if day.is_none() => day = Some(number),
                Ok(number @ 1971..=2200) if year.is_none() => year = Some(number as i32),
                Ok(_) => return None,
                Err(_) if month.is_none() && month_of(&word).is_some() => month = month_of(&word),
                Err(_) if word.parse::<chrono::Weekday>().is_ok() => {}
                Err(_) => return None,
            }
        }
        Some(Self { day: day?, month: month?, year })
    }

    fn days(&self, years: std::ops::RangeInclusive<i32>) -> impl Iterator<Item = NaiveDate> {
        let years = self.year.map_or(years, |year| year..=year);
        years.filter_map(|year| NaiveDate::from_ymd_opt(year, self.month, self.day))
    }
}

/// The month whose name starts with `word`, which needs at least three letters.
fn month_of(word: &str) -> Option<u32> {
    (1..=12).find(|month| {
        word.len() >= 3 && wording::month_name(*month).is_some_and(|name| name.to_lowercase().starts_with(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_usual_ways() {
        let named = |day, month, year| Some(NamedDate { day, month, year });
        for (query, expected) in [
            ("13 mar", named(13, 3, None)),
            ("Sat 13 March 2027", named(13, 3, Some(2027))),
            ("mar 13", named(13, 3, None)),
            ("2027-03-13", named(13, 3, Some(2027))),
            ("13", None),
            ("13 ma", None),
            ("core db 13 mar", None),
            ("32 mar", None),
            ("", None),
        ] {
            assert_eq!(NamedDate::read(query), expected, "{query}");
        }
    }

    #[test]
    fn a_leap_day_is_in_leap_years_only() {
        let leap = NamedDate { day: 29, month: 2, year: None };
        assert_eq!(leap.days(2027..=2028).collect::<Vec<_>>(), [NaiveDate::from_ymd_opt(2028, 2, 29).unwrap()]);
    }
}
