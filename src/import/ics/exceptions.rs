//! What a series says about single dates: left out, added, moved.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::event::{Event, EventTime};
use super::windows::length;
use crate::import::Imported;
use crate::model::{Change, Exception, MaintenanceWindow};
use crate::schedule::Zone;

const LEFT_OUT: &str = "Left out in the imported calendar";
const CANCELLED: &str = "Cancelled in the imported calendar";

/// The exceptions of `event`'s window, sorted by date. Of several about one date the replacement counts most, then the
/// exclusion.
pub(super) fn exceptions(
    event: &Event,
    replacements: &[&Event],
    window: &MaintenanceWindow,
    zone: &Zone,
    imported: &mut Imported,
) -> Vec<Exception> {
    let first = event.start.in_zone(zone).date();
    let clock = |at: NaiveDateTime| Some(minute(at.time())).filter(|time| *time != window.start);
    let mut changes: BTreeMap<NaiveDate, Change> = BTreeMap::new();
    for at in &event.added {
        let at = local(at, window, zone);
        let added = Change::Added { start: clock(at) };
        let is_second = match changes.get(&at.date()) {
            Some(other) => *other != added,
            None => at.date() == first && clock(at).is_some(),
        };
        if is_second {
            let message = format!("{} on {}: a second occurrence on one day is not kept", window.name, at.date());
            imported.warn(event.line, message);
        } else if at.date() != first {
            changes.insert(at.date(), added);
        }
    }
    for at in &event.excluded {
        changes.insert(local(at, window, zone).date(), Change::Skipped { reason: LEFT_OUT.to_owned() });
    }
    for other in replacements {
        let Some(on) = other.replaces.as_ref().map(|at| local(at, window, zone).date()) else { continue };
        if other.is_cancelled {
            changes.insert(on, Change::Skipped { reason: CANCELLED.to_owned() });
            continue;
        }
        let start = other.start.in_zone(zone);
        let own_length = length(start, other.end.in_zone(zone));
        if other.end != other.start && own_length.as_ref() != Ok(&window.duration) {
            let message = format!("{} on {on}: a length of its own is not kept, only its start", window.name);
            imported.warn(other.line, message);
        }
        if other.replaces_later {
            let message = format!("{} from {on}: only that one date is moved, not the later ones", window.name);
            imported.warn(other.line, message);
        }
        if start.date() != on || clock(start).is_some() {
            changes.insert(on, Change::Moved { to: start.date(), start: clock(start) });
        } else {
            changes.remove(&on);
        }
    }
    changes.into_iter().map(|(on, change)| Exception { on, change, sequence: 1 }).collect()
}

/// A mere date among the exceptions of a timed series means the occurrence of that day.
fn local(at: &EventTime, window: &MaintenanceWindow, zone: &Zone) -> NaiveDateTime {
    match at {
        EventTime::Date(on) => on.and_time(window.start),
        at => at.in_zone(zone),
    }
}

fn minute(time: NaiveTime) -> NaiveTime {
    time.with_second(0).unwrap_or(time)
}
