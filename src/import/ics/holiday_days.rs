//! The days of a holiday calendar, as a file gives them and as they are compared.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::events::Event;
use crate::import::reconcile::{FieldValue, Fields};
use crate::model::{Holiday, ImportedEvent};
use crate::schedule::Zone;

/// A day of the file.
pub(super) struct FoundDay {
    pub day: Holiday,
    pub event: ImportedEvent,
    /// When its series gives it, in UTC.
    pub original_at: NaiveDateTime,
}

/// An occurrence of a series that the file replaces or cancels.
pub(super) struct ReplacedDay {
    pub version: ImportedEvent,
    /// The dates that it may have, on the clocks of the file and the plan.
    pub dates: [NaiveDate; 2],
    /// The days after the first, if it has several.
    pub further: Vec<NaiveDate>,
    pub and_later: bool,
    pub is_cancelled: bool,
}

impl ReplacedDay {
    pub fn is(&self, known: &ImportedEvent) -> bool {
        let is_then = match (self.version.occurrence_at, known.occurrence_at) {
            (Some(from), Some(at)) if self.and_later => from <= at,
            (at, Some(known)) => at == Some(known),
            (_, None) if self.and_later => known.on.is_some_and(|on| self.dates[0] <= on),
            (_, None) => known.on.is_some_and(|on| self.dates.contains(&on) || self.further.contains(&on)),
        };
        self.version.uid == known.uid && is_then
    }
}

/// The days of an event in the plan that follow the first without a gap; none if the day before is one of them too.
pub(super) fn following(known: &BTreeSet<NaiveDate>, first: NaiveDate) -> Vec<NaiveDate> {
    let begins = known.contains(&first) && first.pred_opt().is_none_or(|before| !known.contains(&before));
    if begins { first.iter_days().skip(1).take_while(|on| known.contains(on)).collect() } else { Vec::new() }
}

/// How many days an event has after its first, if it says when it is.
pub(super) fn days_after_first(event: &Event, home: &Zone) -> Option<usize> {
    let (start, mut end) = (event.start.in_zone(home), event.end.in_zone(home));
    if event.has_end() {
        // An end at midnight is that of the day before.
        end -= TimeDelta::minutes(1);
    }
    let days = (end.date() - start.date()).num_days().max(0);
    usize::try_from(days).ok().filter(|_| event.has_start)
}

/// The holidays of each date.
pub(super) fn fields(days: &[Holiday]) -> Fields {
    let mut by_date: BTreeMap<NaiveDate, Vec<(&str, &str)>> = BTreeMap::new();
    for day in days {
        by_date.entry(day.on).or_default().push((&day.name, &day.region));
    }
    let value =
        |(on, named): (NaiveDate, Vec<(&str, &str)>)| (on.to_string(), FieldValue::new(&named, names_on(days, on)));
    by_date.into_iter().map(value).collect()
}

/// "Epiphany (Bavaria, Saxony-Anhalt)"
pub(super) fn names_on(days: &[Holiday], on: NaiveDate) -> String {
    let from = days.partition_point(|day| day.on < on);
    let named = days[from..].iter().take_while(|day| day.on == on).map(|day| match day.region.as_str() {
        "" => day.name.clone(),
        region => format!("{} ({region})", day.name),
    });
    named.collect::<Vec<_>>().join(", ")
}
