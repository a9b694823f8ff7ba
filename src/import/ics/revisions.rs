//! Which of several revisions of an event counts (RFC 5546, 2.1.5).

use std::collections::{HashMap, HashSet};

use super::event_time::EventTime;
use super::events::{AddedTime, Event};
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::source::Source;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::wording::counted;

/// An event or a series, with the events that replace some of its occurrences.
#[derive(Debug)]
pub(super) struct EventGroup {
    pub event: Event,
    /// The newest revision for each occurrence; some are cancelled.
    pub replacements: Vec<Event>,
}

/// What counts in a file.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// In the order of the file.
    pub groups: Vec<EventGroup>,
    /// Events that are cancelled, and cancelled occurrences of series that are not in the file.
    pub cancelled: Vec<Event>,
}

impl EventGroup {
    fn is_series(&self) -> bool {
        self.event.replaces.is_none() && !self.event.is_addition
    }
}

#[derive(Default)]
struct Resolver {
    found: Vec<(usize, EventGroup)>,
    cancelled: Vec<Event>,
    repeated: usize,
    outdated: usize,
}

/// Finds the newest revision of each event: of those with one UID and RECURRENCE-ID the highest SEQUENCE counts, then the
/// latest DTSTAMP. RECURRENCE-IDs are compared as instants, since programs write them in UTC or in any zone. Different events
/// that a program gave the same UID stay apart. `home` is the plan's zone.
///
/// # Errors
/// Only [`ImportError::Cancelled`].
pub(super) fn resolve(
    events: Vec<Event>,
    home: &Zone,
    source: &Source<'_>,
    imported: &mut Imported,
) -> Result<Resolved, ImportError> {
    let mut resolver = Resolver::default();
    let mut by_uid: HashMap<String, Vec<(usize, Event)>> = HashMap::new();
    let mut additions = Vec::new();
    for (index, event) in events.into_iter().enumerate() {
        source.check_cancelled()?;
        if event.uid.is_empty() {
            resolver.add_alone(index, event);
        } else if event.is_addition && !event.is_cancelled {
            additions.push((index, event));
        } else {
            // Nearly all have one event, for which an empty list would reserve room for four.
            by_uid.entry(event.uid.clone()).or_insert_with(|| Vec::with_capacity(1)).push((index, event));
        }
    }
    for events in by_uid.into_values() {
        source.check_cancelled()?;
        resolver.add_all(events, home, imported);
    }
    resolver.add_additions(additions, home);
    if resolver.repeated > 0 {
        imported.warn(None, format!("{} skipped because repeated", counted(resolver.repeated, "event")));
        imported.leave_out("repeated", resolver.repeated);
    }
    if resolver.outdated > 0 {
        let events = counted(resolver.outdated, "event");
        imported.warn(None, format!("{events} skipped because the file has a newer revision"));
        imported.leave_out("replaced by a newer revision", resolver.outdated);
    }
    resolver.found.sort_by_key(|(index, _)| *index);
    resolver.cancelled.sort_by_key(|event| event.line);
    let tentative = resolver.found.iter().filter(|(_, group)| group.event.is_tentative).count();
    if tentative > 0 {
        imported.warn(None, format!("Imported although only tentative: {}", counted(tentative, "event")));
    }
    let groups = resolver.found.into_iter().map(|(_, group)| group).collect();
    Ok(Resolved { groups, cancelled: resolver.cancelled })
}

/// Warns about cancelled events that the plan does not have.
pub(super) fn warn_about_cancelled(resolved: &Resolved, imported: &mut Imported) {
    if !resolved.cancelled.is_empty() {
        imported.warn(None, format!("{} skipped because cancelled", counted(resolved.cancelled.len(), "event")));
        imported.leave_out("cancelled", resolved.cancelled.len());
    }
}

impl Resolver {
    fn add_alone(&mut self, index: usize, event: Event) {
        if event.is_cancelled {
            self.cancelled.push(event);
        } else {
            self.found.push((index, EventGroup { event, replacements: Vec::new() }));
        }
    }

    /// Adds dates to series of the file; those of others stay apart, the newest revision of each.
    fn add_additions(&mut self, mut additions: Vec<(usize, Event)>, home: &Zone) {
        additions.sort_by_key(|(_, event)| (event.sequence, event.written));
        let mut known = HashSet::new();
        for (index, event) in additions.into_iter().rev() {
            if !known.insert((event.uid.clone(), event.start.instant(home))) {
                self.outdated += 1;
                continue;
            }
            let series = self.found.iter_mut().find(|(_, group)| group.event.uid == event.uid && group.is_series());
            match series.filter(|_| !event.recurs()) {
                Some((_, group)) => {
                    let end = Some(event.end.clone()).filter(|_| event.has_end());
                    group.event.added.push(AddedTime { start: event.start, end });
                }
                None => self.add_alone(index, event),
            }
        }
    }

    /// Adds the events of one UID.
    fn add_all(&mut self, events: Vec<(usize, Event)>, home: &Zone, imported: &mut Imported) {
        if events.len() == 1 {
            return events.into_iter().for_each(|(index, event)| self.add_alone(index, event));
        }
        let (masters, replacements): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|(_, event)| event.replaces.is_none());
        let masters = self.newest(masters);
        let series = masters.iter().map(|(_, event)| event).find(|event| event.recurs());
        let mut replacements = self.newest_replacements(replacements, series, home);
        let (cancelled, mut alive): (Vec<_>, Vec<_>) = masters.into_iter().partition(|(_, event)| event.is_cancelled);
        // What was cancelled as a whole has no occurrences left, except those that were written later.
        if let Some(sequence) = cancelled.iter().map(|(_, event)| event.sequence).max().filter(|_| alive.is_empty()) {
            replacements.retain(|(_, event)| event.sequence > sequence);
        }
        self.cancelled.extend(cancelled.into_iter().map(|(_, event)| event));
        if alive.is_empty() {
            return replacements.into_iter().for_each(|(index, event)| self.add_alone(index, event));
        }
        if alive.len() > 1 {
            alive.sort_by_key(|(index, _)| *index);
            let lines: Vec<String> =
                alive.iter().filter_map(|(_, event)| event.line).map(|at| at.to_string()).collect();
            let title = alive[0].1.quoted_title();
            let message = format!("{title}: {} different events have its UID, and all are imported", alive.len());
            let numbers = if lines.len() > 1 { format!(" (lines {})", lines.join(", ")) } else { String::new() };
            imported.warn(alive[0].1.line, message + &numbers);
        }
        let owner = alive.iter().position(|(_, event)| event.recurs()).unwrap_or(0);
        let mut replacements: Vec<Event> = replacements.into_iter().map(|(_, event)| event).collect();
        for (at, (index, event)) in alive.into_iter().enumerate() {
            let replacements = if at == owner { std::mem::take(&mut replacements) } else { Vec::new() };
            self.found.push((index, EventGroup { event, replacements }));
        }
    }

    /// The newest revisions of events without RECURRENCE-ID. Usually there is one.
    fn newest(&mut self, events: Vec<(usize, Event)>) -> Vec<(usize, Event)> {
        let Some(highest) = events.iter().map(|(_, event)| event.sequence).max() else { return Vec::new() };
        let mut kept: Vec<(usize, Event)> = Vec::new();
        for (index, event) in events {
            if event.sequence < highest {
                self.outdated += 1;
                continue;
            }
            match kept.iter_mut().find(|(_, other)| is_revision(other, &event)) {
                None => kept.push((index, event)),
                Some((_, other)) if is_same(other, &event) => self.repeated += 1,
                Some(other) => {
                    self.outdated += 1;
                    if is_newer(&event, &other.1) {
                        *other = (index, event);
                    }
                }
            }
        }
        kept
    }

    /// The newest revision for each RECURRENCE-ID.
    fn newest_replacements(
        &mut self,
        events: Vec<(usize, Event)>,
        series: Option<&Event>,
        home: &Zone,
    ) -> Vec<(usize, Event)> {
        let mut kept: HashMap<Option<UtcMinute>, (usize, Event)> = HashMap::new();
        for (index, event) in events {
            match kept.entry(event.replaces.as_ref().map(|at| replaced_at(at, series, home))) {
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert((index, event));
                }
                std::collections::hash_map::Entry::Occupied(mut entry) => {
                    let other = &entry.get().1;
                    if is_same(other, &event) {
                        self.repeated += 1;
                        continue;
                    }
                    self.outdated += 1;
                    let rank = |event: &Event| (event.sequence, event.is_from_cancellation, event.written);
                    if rank(&event) >= rank(other) {
                        entry.insert((index, event));
                    }
                }
            }
        }
        let mut kept: Vec<_> = kept.into_values().collect();
        kept.sort_by_key(|(index, _)| *index);
        kept
    }
}

/// The instant of the occurrence that a RECURRENCE-ID names. A date names that of a day, and so does a time in a series of
/// whole days.
fn replaced_at(at: &EventTime, series: Option<&Event>, home: &Zone) -> UtcMinute {
    let date = |on| EventTime::Date(on).instant(home);
    match (at, series.map(|series| &series.start)) {
        (EventTime::Date(on), Some(start)) if !start.is_date() => {
            start.at_local(on.and_time(start.written_at().time())).instant(home)
        }
        (EventTime::Local { .. }, Some(EventTime::Date(_))) => date(at.written_on()),
        (EventTime::Utc(_), Some(EventTime::Date(_))) => date(at.in_zone(home).date()),
        _ => at.instant(home),
    }
}

/// Whether two events of one UID and SEQUENCE are the same event: one cancels the other, they have the same start, or the
/// same name and different DTSTAMPs.
fn is_revision(one: &Event, other: &Event) -> bool {
    let same_start = one.start == other.start;
    if one.is_from_cancellation || other.is_from_cancellation || is_same(one, other) {
        return true;
    }
    let same_stamp = one.written == other.written;
    let same_name = one.summary == other.summary;
    match (same_start, same_stamp) {
        (true, _) => same_name || !same_stamp || one.is_cancelled != other.is_cancelled,
        (false, false) => same_name,
        (false, true) => false,
    }
}

/// Whether an event of the same SEQUENCE counts instead of an earlier one in the file.
fn is_newer(event: &Event, earlier: &Event) -> bool {
    if event.is_cancelled != earlier.is_cancelled && event.written == earlier.written {
        return event.is_cancelled;
    }
    (event.is_from_cancellation, event.written) >= (earlier.is_from_cancellation, earlier.written)
}

fn is_same(one: &Event, other: &Event) -> bool {
    let what = |event: &Event| (event.start.clone(), event.end.clone(), event.is_cancelled, event.rules.clone());
    what(one) == what(other) && one.summary == other.summary && one.description == other.description
}
