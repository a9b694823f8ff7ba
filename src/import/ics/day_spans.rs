//! The whole days that an event covers, for each of its occurrences in the plan's months.

use std::collections::HashSet;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use super::events::{Event, EventTime};
use crate::model::Plan;
use crate::schedule::Zone;
use crate::schedule::time::foreign;
use crate::wording::{counted, within_sentence};

/// The longest event that is imported, in days.
const LONGEST_DAYS: i64 = 366;
/// The most recurring events of one file, since each may take some milliseconds to expand.
pub(super) const MOST_SERIES: usize = 1_000;

/// First and last day, both included.
pub(super) type Span = (NaiveDate, NaiveDate);

/// The days of each occurrence in `zone`, the plan's. A single event always counts, an occurrence of a series only if it
/// touches the plan's months.
///
/// # Errors
/// Why the event cannot be imported, in the middle of a sentence.
pub(super) fn spans(event: &Event, plan: &Plan, zone: &Zone) -> Result<Vec<Span>, String> {
    let (first, last) = days_of(event, zone)?;
    let length = Days::new((last - first).num_days().unsigned_abs());
    let mut starts = match &event.rrule {
        None => vec![first],
        Some(rrule) => {
            let time = event.start.in_zone(zone).time();
            let from = plan.horizon().from.checked_sub_days(length).unwrap_or(plan.horizon().from);
            let mut starts = foreign::dates(rrule, first, time, from, plan.horizon().last())
                .map_err(|error| within_sentence(&error.to_string()))?;
            // DTSTART is always the first instance of the series, even if the rule does not give it (RFC 5545, 3.8.5.3).
            if (from..=plan.horizon().last()).contains(&first) && !foreign::is_over_before(rrule, first) {
                starts.push(first);
            }
            starts
        }
    };
    starts.extend(event.added.iter().map(|at| at.in_zone(zone).date()));
    let excluded: HashSet<NaiveDate> = event.excluded.iter().map(|at| at.in_zone(zone).date()).collect();
    starts.retain(|start| !excluded.contains(start));
    starts.sort_unstable();
    starts.dedup();
    Ok(starts.into_iter().filter_map(|start| Some((start, start.checked_add_days(length)?))).collect())
}

/// The days of the event's first occurrence in `zone`.
///
/// # Errors
/// The event is too long.
pub(super) fn days_of(event: &Event, zone: &Zone) -> Result<Span, String> {
    let first = event.start.in_zone(zone).date();
    let last = match &event.end {
        EventTime::Date(day_after) => day_after.pred_opt().unwrap_or(first),
        end => {
            let end = end.in_zone(zone);
            // An event that ends at midnight does not touch the next day.
            let last = if end.time() == NaiveTime::MIN { end - TimeDelta::minutes(1) } else { end };
            last.date().max(first)
        }
    };
    match (last - first).num_days() {
        days if days >= LONGEST_DAYS => {
            Err(format!("it lasts {}, and at most {LONGEST_DAYS} are possible", counted(days, "day")))
        }
        _ => Ok((first, last)),
    }
}
