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

/// The latest of `dates`, which come in any order, on which one more occurrence of the window could take place at its
/// usual start. A date that the window says anything about already is left alone.
pub fn latest_free(
    cx: &Context<'_>,
    window: &WindowSchedule,
    dates: impl IntoIterator<Item = NaiveDate>,
    fits: impl Fn(&Occurrence) -> bool,
) -> Option<NaiveDate> {
    let is_unsaid = |on: &NaiveDate| window.window.exception(*on).is_none() && window.expansion.of_date(*on).is_none();
    let is_possible = |on: &NaiveDate| {
        let added = Occurrence::added(&window.window, &window.expansion.zone, *on);
        fits(&added) && could_take_place(cx, window, &added, |_| true)
    };
    let mut dates: Vec<NaiveDate> = dates.into_iter().collect();
    dates.sort_unstable();
    dates.into_iter().rev().filter(is_unsaid).find(is_possible)
}

/// Whether the occurrence could take place on that date.
fn is_free(cx: &Context<'_>, window: &WindowSchedule, occurrence: &Occurrence, on: NaiveDate) -> bool {
    let zone = &window.expansion.zone;
    let start = LocalMinute::new(on, occurrence.local_start.time());
    let mut moved = *occurrence;
    moved.local_start = start;
    moved.start_at = zone.place(start).at;
    moved.end_at = zone.place(start.plus(window.window.duration)).at;
    could_take_place(cx, window, &moved, |other| other != occurrence)
}

/// Inside the horizon, not at the time of another occurrence of its window that `counts`, not in a freeze that covers
/// the window, not on a holiday that counts for it.
fn could_take_place(
    cx: &Context<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    counts: impl Fn(&Occurrence) -> bool,
) -> bool {
    let is_taken = || window.expansion.occurrences.iter().any(|other| counts(other) && other.overlaps(occurrence));
    let is_holiday = || {
        let (first, last) = super::holidays::days_of(occurrence, window);
        cx.holidays().touch(window, first, last)
    };
    cx.plan().horizon.contains(occurrence.on()) && !is_taken() && !cx.is_frozen(window, occurrence) && !is_holiday()
}
