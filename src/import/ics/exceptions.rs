//! What a series says about single dates: left out, added, moved.

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::event::{Event, EventTime};
use super::windows::length;
use crate::import::Imported;
use crate::model::{Exception, MaintenanceWindow, OccurrenceChange, Rule};
use crate::schedule::Zone;
use crate::schedule::time::foreign;

const LEFT_OUT: &str = "Left out in the imported calendar";
const CANCELLED: &str = "Cancelled in the imported calendar";

/// What the exceptions of a series belong to.
pub(super) struct Around<'a> {
    pub window: &'a MaintenanceWindow,
    /// Of the window.
    pub zone: &'a Zone,
    /// Of the plan: where whole days begin.
    pub home: &'a Zone,
}

type Changes = BTreeMap<NaiveDate, OccurrenceChange>;

/// The exceptions of `event`'s window, sorted by date. Of several about one date the replacement counts most, then the
/// exclusion, unless that was written later.
pub(super) fn exceptions(
    event: &Event,
    replacements: &[&Event],
    around: &Around<'_>,
    imported: &mut Imported,
) -> Vec<Exception> {
    let first = event.start.in_zone(around.zone).date();
    let mut replaced: Vec<(NaiveDate, &Event)> =
        replacements.iter().filter_map(|other| Some((around.date(other.replaces.as_ref()?, event), *other))).collect();
    // Of several revisions the last counts (RFC 5546, 2.1.4).
    replaced.sort_by_key(|(on, other)| (*on, other.sequence));
    let by_rule = around.dates_of_rule(first, replaced.last().map_or(first, |(on, _)| *on));
    let is_by_rule = |on: NaiveDate| by_rule.as_ref().is_none_or(|dates| dates.contains(&on));

    let mut changes = Changes::new();
    if !is_by_rule(first) && !around.is_over_before(first) {
        // DTSTART is the first instance of the series, whatever the rule says (RFC 5545, 3.8.5.3).
        changes.insert(first, OccurrenceChange::Added { start: None });
    }
    around.add(event, first, &mut changes, imported);
    let excluded: HashSet<NaiveDate> = event.excluded.iter().map(|at| around.date(at, event)).collect();
    for on in &excluded {
        changes.insert(*on, OccurrenceChange::Skipped { reason: LEFT_OUT.to_owned() });
    }
    for (on, other) in replaced {
        if excluded.contains(&on) && other.sequence < event.sequence {
            continue;
        }
        match around.replacement(on, other, is_by_rule(on), imported) {
            Some(change) => changes.insert(on, change),
            None => changes.remove(&on),
        };
    }
    changes.into_iter().map(|(on, change)| Exception { on, change, sequence: 1 }).collect()
}

impl Around<'_> {
    /// Adds what RDATE says. A window takes place once a day.
    fn add(&self, event: &Event, first: NaiveDate, changes: &mut Changes, imported: &mut Imported) {
        for at in &event.added {
            let at = match at {
                EventTime::Date(on) => on.and_time(self.window.start),
                at => at.in_zone(self.zone),
            };
            let added = OccurrenceChange::Added { start: self.clock(at) };
            let is_second = match changes.get(&at.date()) {
                Some(other) => *other != added,
                None => at.date() == first && self.clock(at).is_some(),
            };
            if is_second {
                let message =
                    format!("{} on {}: a second occurrence on one day is not kept", self.window.name, at.date());
                imported.warn(event.line, message);
            } else if at.date() != first {
                changes.insert(at.date(), added);
            }
        }
    }

    /// What `other` makes of the occurrence of that date; none where it leaves it as the rule gives it.
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
        let start = other.start.seen_from(self.home, self.zone);
        let own_length = length(start, other.end.seen_from(self.home, self.zone));
        if other.end != other.start && own_length.as_ref() != Ok(&self.window.duration) {
            imported.warn(other.line, format!("{name} on {on}: a length of its own is not kept, only its start"));
        }
        if other.replaces_later {
            imported.warn(other.line, format!("{name} from {on}: only that one date is moved, not the later ones"));
        }
        let clock = self.clock(start);
        match (start.date() == on, is_by_rule) {
            (true, true) if clock.is_none() => None,
            // Programs write an occurrence that the rule no longer gives as a replacement of itself.
            (true, false) => Some(OccurrenceChange::Added { start: clock }),
            _ => Some(OccurrenceChange::Moved { to: start.date(), start: clock }),
        }
    }

    /// The time of day where it is not the usual one.
    fn clock(&self, at: NaiveDateTime) -> Option<NaiveTime> {
        let time = at.time().with_second(0).unwrap_or(at.time());
        Some(time).filter(|time| *time != self.window.start)
    }

    /// Which occurrence is meant. A mere date among the exceptions of a timed series means the one of that day; a time
    /// among those of a series of whole days, which RFC 5545 does not allow (3.8.4.4) and Exchange writes, the one of
    /// the day on its own clock.
    fn date(&self, at: &EventTime, event: &Event) -> NaiveDate {
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

    /// The dates that the window's own rule gives from `first` to `last`; none where they are too many to tell.
    fn dates_of_rule(&self, first: NaiveDate, last: NaiveDate) -> Option<HashSet<NaiveDate>> {
        let Rule::Foreign(rrule) = &self.window.rule else { return Some(HashSet::from([first])) };
        let last = last.max(first).min(self.window.last.unwrap_or(NaiveDate::MAX));
        foreign::dates(rrule, first, self.window.start, first, last).ok().map(HashSet::from_iter)
    }
}
