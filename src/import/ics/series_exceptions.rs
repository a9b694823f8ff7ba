//! The exceptions of a series: dates that are excluded, added or moved.

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::events::{Event, EventTime, wall_clock_length};
use crate::import::imported::Imported;
use crate::model::{Exception, MaintenanceWindow, OccurrenceChange, Rule};
use crate::schedule::Zone;
use crate::schedule::time::foreign;

const EXCLUDED: &str = "Excluded in the imported calendar";
const CANCELLED: &str = "Cancelled in the imported calendar";

/// The window and the zones that the exceptions of a series refer to.
pub(super) struct SeriesContext<'a> {
    pub window: &'a MaintenanceWindow,
    /// The window's zone.
    pub zone: &'a Zone,
    /// The plan's zone, in which whole days begin at midnight.
    pub home: &'a Zone,
}

type Changes = BTreeMap<NaiveDate, OccurrenceChange>;

/// The exceptions of the event's window, sorted by date. If a date is both replaced and excluded, the replacement counts,
/// unless the exclusion is newer.
pub(super) fn exceptions(
    event: &Event,
    replacements: &[&Event],
    context: &SeriesContext<'_>,
    imported: &mut Imported,
) -> Vec<Exception> {
    let first = event.start.in_zone(context.zone).date();
    let mut replaced: Vec<(NaiveDate, &Event)> = replacements
        .iter()
        .filter_map(|other| Some((context.original_date(other.replaces.as_ref()?, event), *other)))
        .collect();
    // Of several revisions, the last one counts (RFC 5546, 2.1.4).
    replaced.sort_by_key(|(on, other)| (*on, other.sequence));
    let by_rule = context.dates_of_rule(first, replaced.last().map_or(first, |(on, _)| *on));
    let is_by_rule = |on: NaiveDate| by_rule.as_ref().is_none_or(|dates| dates.contains(&on));

    let mut changes = Changes::new();
    if !is_by_rule(first) && !context.is_over_before(first) {
        // DTSTART is always the first instance of the series, even if the rule does not give it (RFC 5545, 3.8.5.3).
        changes.insert(first, OccurrenceChange::Added { start: None });
    }
    context.add_dates(event, first, &mut changes, imported);
    let excluded: HashSet<NaiveDate> = event.excluded.iter().map(|at| context.original_date(at, event)).collect();
    for on in &excluded {
        changes.insert(*on, OccurrenceChange::Skipped { reason: EXCLUDED.to_owned() });
    }
    for (on, other) in replaced {
        if excluded.contains(&on) && other.sequence < event.sequence {
            continue;
        }
        match context.replacement(on, other, is_by_rule(on), imported) {
            Some(change) => changes.insert(on, change),
            None => changes.remove(&on),
        };
    }
    changes.into_iter().map(|(on, change)| Exception { on, change, sequence: 1, was_added: false }).collect()
}

impl SeriesContext<'_> {
    /// Adds the dates of RDATE. A window takes place at most once a day.
    fn add_dates(&self, event: &Event, first: NaiveDate, changes: &mut Changes, imported: &mut Imported) {
        for at in &event.added {
            let at = match at {
                EventTime::Date(on) => on.and_time(self.window.start),
                at => at.in_zone(self.zone),
            };
            let added = OccurrenceChange::Added { start: self.different_start(at) };
            let is_second = match changes.get(&at.date()) {
                Some(other) => *other != added,
                None => at.date() == first && self.different_start(at).is_some(),
            };
            if is_second {
                let message =
                    format!("\"{}\" on {}: a second occurrence on one day is skipped", self.window.name, at.date());
                imported.warn(event.line, message);
            } else if at.date() != first {
                changes.insert(at.date(), added);
            }
        }
    }

    /// The change that `other` makes to the occurrence of that date; `None` if it takes place as the rule gives it.
    fn replacement(
        &self,
        on: NaiveDate,
        other: &Event,
        is_by_rule: bool,
        imported: &mut Imported,
    ) -> Option<OccurrenceChange> {
        if other.is_cancelled {
            return Some(OccurrenceChange::Skipped { reason: CANCELLED.to_owned() });
        }
        let name = &self.window.name;
        let start = other.start.in_zone_for_reader(self.home, self.zone);
        let own_length = wall_clock_length(start, other.end.in_zone_for_reader(self.home, self.zone));
        if other.end != other.start && own_length.as_ref() != Ok(&self.window.duration) {
            imported
                .warn(other.line, format!("\"{name}\" on {on}: its different length is not imported, only its start"));
        }
        if other.replaces_later {
            imported.warn(other.line, format!("\"{name}\" from {on}: only this date is moved, not the later ones"));
        }
        let new_start = self.different_start(start);
        match (start.date() == on, is_by_rule) {
            (true, true) if new_start.is_none() => None,
            // Some programs write an occurrence that the rule no longer gives as a replacement of itself.
            (true, false) => Some(OccurrenceChange::Added { start: new_start }),
            _ => Some(OccurrenceChange::Moved { to: start.date(), start: new_start }),
        }
    }

    /// The time of day, if it differs from the window's.
    fn different_start(&self, at: NaiveDateTime) -> Option<NaiveTime> {
        let time = at.time().with_second(0).unwrap_or(at.time());
        Some(time).filter(|time| *time != self.window.start)
    }

    /// The date of the occurrence that is meant. In a series with times, a date means the occurrence of that day. In a
    /// series of whole days, a time means the day in the time's own zone: RFC 5545 (3.8.4.4) forbids that, but Exchange
    /// writes it.
    fn original_date(&self, at: &EventTime, event: &Event) -> NaiveDate {
        match at {
            EventTime::Date(on) => *on,
            EventTime::Local { at, .. } if event.start.is_date() => at.date(),
            at => at.in_zone(self.zone).date(),
        }
    }

    fn is_over_before(&self, first: NaiveDate) -> bool {
        let Rule::Foreign(rrule) = &self.window.rule else { return false };
        self.window.last.map_or_else(|| foreign::is_over_before(rrule, first), |last| last < first)
    }

    /// The dates that the window's rule gives from `first` to `last`; `None` if there are too many.
    fn dates_of_rule(&self, first: NaiveDate, last: NaiveDate) -> Option<HashSet<NaiveDate>> {
        let Rule::Foreign(rrule) = &self.window.rule else { return Some(HashSet::from([first])) };
        let last = last.max(first).min(self.window.last.unwrap_or(NaiveDate::MAX));
        foreign::dates(rrule, first, self.window.start, first, last).ok().map(HashSet::from_iter)
    }
}
