//! What is true of all occurrences of a day, or of a month: calculated once per plan, since a year has a hundred thousand.

use std::collections::HashMap;

use chrono::Datelike;

use super::day_entry::{Entry, worse};
use crate::checks::Severity;
use crate::model::{Stage, date_of_day};
use crate::schedule::Schedule;

/// The occurrences of a day that take place.
#[derive(Clone, Debug, Default)]
pub struct DaySummary {
    /// The worst finding on one of them.
    pub worst: Option<Severity>,
    /// Their stages, sorted.
    pub stages: Vec<Option<Stage>>,
}

impl DaySummary {
    pub fn new(schedule: &Schedule, day: &[Entry]) -> Self {
        let mut stages: Vec<_> = day.iter().map(|entry| schedule.windows[entry.window as usize].scope.stage).collect();
        stages.sort_unstable();
        stages.dedup();
        Self { worst: day.iter().fold(None, |worst, entry| worse(worst, entry.trouble)), stages }
    }
}

/// The occurrences that start in a month.
#[derive(Clone, Debug, Default)]
pub struct MonthSummary {
    pub count: usize,
    /// How many have each severity as their worst finding, the worst first; those with none are left out.
    pub troubles: Vec<(Severity, usize)>,
}

impl MonthSummary {
    /// The worst finding on one of them.
    pub fn worst(&self) -> Option<Severity> {
        self.troubles.first().map(|(severity, _)| *severity)
    }

    fn add(&mut self, entry: &Entry) {
        self.count += 1;
        let Some(severity) = entry.trouble else { return };
        match self.troubles.binary_search_by_key(&severity, |(severity, _)| *severity) {
            Ok(at) => self.troubles[at].1 += 1,
            Err(at) => self.troubles.insert(at, (severity, 1)),
        }
    }
}

/// The months by year and number. `days` are the occurrences of each day from `first_day` on.
pub fn months<'a>(first_day: i32, days: impl Iterator<Item = &'a [Entry]>) -> HashMap<(i32, u32), MonthSummary> {
    let mut months: HashMap<(i32, u32), MonthSummary> = HashMap::new();
    for (on, day) in (first_day..).map(date_of_day).zip(days) {
        let begun = day.iter().filter(|entry| !entry.is_continued);
        begun.for_each(|entry| months.entry((on.year(), on.month())).or_default().add(entry));
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day_number;

    #[test]
    fn a_month_counts_what_starts_in_it_by_its_worst_finding() {
        let entry = |trouble, is_continued| Entry { trouble, is_continued, ..Entry::plain() };
        let last = [entry(Some(Severity::Warning), false), entry(None, false)];
        let first = [entry(Some(Severity::Error), true), entry(Some(Severity::Error), false)];
        let january = day_number("2027-01-31".parse().unwrap());
        let months = months(january, [&last[..], &first[..]].into_iter());
        let (january, february) = (&months[&(2027, 1)], &months[&(2027, 2)]);
        assert_eq!((january.count, january.worst()), (2, Some(Severity::Warning)));
        assert_eq!((february.count, &february.troubles[..]), (1, &[(Severity::Error, 1)][..]), "one began before");
    }
}
