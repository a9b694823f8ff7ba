//! Where an occurrence could be moved: what the quick fixes that move one have in common.

use chrono::{NaiveDate, TimeDelta};

use super::words::date;
use super::{Context, Fix};
use crate::model::{Edit, LocalMinute};
use crate::schedule::{Occurrence, WindowSchedule};

/// A fix that moves the occurrence to the first of `dates` that is free, at the same hour.
pub fn to_free_date(
    cx: &Context<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    dates: impl IntoIterator<Item = NaiveDate>,
) -> Option<Fix> {
    let to = dates.into_iter().find(|on| is_free(cx, window, occurrence, *on))?;
    let time = occurrence.local_start.time();
    let start = Some(time).filter(|time| *time != window.window.start);
    let edit = Edit::MoveOccurrence { window: window.id().clone(), on: occurrence.original_on(), to, start };
    Some(Fix { label: format!("Move to {}", date(to)), edit })
}

/// The dates whole weeks away from that occurrence.
pub fn by_weeks(occurrence: &Occurrence, weeks: impl Iterator<Item = i64>) -> impl Iterator<Item = NaiveDate> {
    let on = occurrence.on();
    weeks.filter_map(move |weeks| on.checked_add_signed(TimeDelta::try_weeks(weeks)?))
}

/// Whether the occurrence could take place on that date: inside the horizon, not at the time of another occurrence of
/// its window, not in a freeze that covers the window, not on a holiday that counts for it.
fn is_free(cx: &Context<'_>, window: &WindowSchedule, occurrence: &Occurrence, on: NaiveDate) -> bool {
    let zone = &window.expansion.zone;
    let start = LocalMinute::new(on, occurrence.local_start.time());
    let mut moved = *occurrence;
    moved.local_start = start;
    moved.start_at = zone.place(start).at;
    moved.end_at = zone.place(start.plus(window.window.duration)).at;
    let is_taken = || window.expansion.occurrences.iter().any(|other| other != occurrence && other.overlaps(&moved));
    let is_frozen =
        || cx.freezes().iter().any(|each| each.touched(moved.start_at, moved.end_at).is_some() && each.covers(window));
    let is_holiday = || {
        let (first, last) = super::holidays::days_of(&moved, window);
        cx.holidays().touch(window, first, last)
    };
    cx.plan().horizon.contains(on) && !is_taken() && !is_frozen() && !is_holiday()
}
