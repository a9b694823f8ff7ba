//! Dates to which an occurrence can be moved, for quick fixes.

use chrono::{NaiveDate, TimeDelta};

use crate::checks::facts::carrier_work::AffectedSystem;
use crate::checks::{Context, Fix};
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::date;

/// Moves the occurrence to the first of `dates` that is free, at the same time of day.
pub fn to_free_date(
    cx: &Context<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    dates: impl IntoIterator<Item = NaiveDate>,
) -> Option<Fix> {
    let free = FreeTimes::new(cx, window, occurrence);
    let is_free = |on: &NaiveDate| free.has(&moved_to(window, occurrence, *on));
    Some(move_to(window, occurrence, dates.into_iter().find(is_free)?))
}

/// Those of `dates` to which the occurrence can be moved at the same time of day. Its own date is one of them.
pub fn free_days(
    cx: &Context<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    dates: impl IntoIterator<Item = NaiveDate>,
) -> Vec<NaiveDate> {
    let free = FreeTimes::new(cx, window, occurrence);
    let is_free = |on: &NaiveDate| *on == occurrence.on() || free.has(&moved_to(window, occurrence, *on));
    dates.into_iter().filter(is_free).collect()
}

/// Moves the occurrence to a date, at the same time of day.
pub fn move_to(window: &WindowSchedule, occurrence: &Occurrence, to: NaiveDate) -> Fix {
    Fix { label: format!("Move to {}", date(to)), edit: window.move_to_date(occurrence, to) }
}

/// The occurrence as it would be on another date, at the same time of day.
pub fn moved_to(window: &WindowSchedule, occurrence: &Occurrence, on: NaiveDate) -> Occurrence {
    moved_at(window, occurrence, LocalMinute::new(on, occurrence.local_start.time()))
}

/// The occurrence as it would be with another start.
pub fn moved_at(window: &WindowSchedule, occurrence: &Occurrence, start: LocalMinute) -> Occurrence {
    occurrence.starting_at(&window.expansion.zone, start)
}

/// The dates that are whole weeks away from an occurrence.
pub fn by_weeks(occurrence: &Occurrence, weeks: impl Iterator<Item = i64>) -> impl Iterator<Item = NaiveDate> {
    let on = occurrence.on();
    weeks.filter_map(move |weeks| on.checked_add_signed(TimeDelta::try_weeks(weeks)?))
}

/// The latest of `dates` on which another occurrence of the window fits at its usual start. Dates with an occurrence or an
/// exception are not considered.
pub fn latest_free(
    cx: &Context<'_>,
    window: &WindowSchedule,
    dates: impl IntoIterator<Item = NaiveDate>,
    fits: impl Fn(&Occurrence) -> bool,
) -> Option<NaiveDate> {
    let is_unused =
        |on: &NaiveDate| window.window.exception(*on).is_none() && window.expansion.occurrence_on(*on).is_none();
    let is_possible = |on: &NaiveDate| {
        let added = Occurrence::added(&window.window, &window.expansion.zone, *on);
        fits(&added) && is_free(cx, window, &added, &added)
    };
    let mut dates: Vec<NaiveDate> = dates.into_iter().collect();
    dates.sort_unstable();
    dates.into_iter().rev().filter(is_unused).find(is_possible)
}

/// Whether the occurrence could be moved to `moved`. See [`FreeTimes::has`].
pub fn is_free(cx: &Context<'_>, window: &WindowSchedule, occurrence: &Occurrence, moved: &Occurrence) -> bool {
    FreeTimes::new(cx, window, occurrence).has(moved)
}

/// The times to which an occurrence could be moved: what does not depend on them is found once.
pub struct FreeTimes<'a, 'p> {
    cx: &'a Context<'p>,
    window: &'a WindowSchedule,
    occurrence: &'a Occurrence,
    /// The work of carriers that affects systems of the window.
    work: Vec<AffectedSystem<'a>>,
    /// When the latest release is published that the occurrence brings; before that it would bring nothing new.
    released_at: Option<UtcMinute>,
}

impl<'a, 'p> FreeTimes<'a, 'p> {
    pub fn new(cx: &'a Context<'p>, window: &'a WindowSchedule, occurrence: &'a Occurrence) -> Self {
        let brought = cx.followed_releases().for_rule_and_systems(window).into_iter().filter_map(|release| {
            let published = cx.followed_releases().published(release);
            published[..published.partition_point(|at| *at <= occurrence.start_at)].last().copied()
        });
        Self { cx, window, occurrence, work: cx.carrier_work().for_window(window), released_at: brought.max() }
    }

    /// Whether the occurrence could be moved to `moved`: within the horizon, no overlap with other occurrences of its
    /// window or with windows on the same systems, no freeze that covers it, no holiday that counts for it, no work of a
    /// carrier on its circuits, not before a release that it brings.
    pub fn has(&self, moved: &Occurrence) -> bool {
        let Self { cx, window, occurrence, work, released_at } = self;
        let is_taken =
            || window.expansion.occurrences.iter().any(|other| other != *occurrence && other.overlaps(moved));
        let is_frozen = || {
            cx.freezes().iter().any(|each| each.touched(moved.start_at, moved.end_at).is_some() && each.covers(window))
        };
        let is_holiday = || {
            let (first, last) = crate::checks::facts::holidays::days_of(moved);
            cx.holidays().is_holiday_between(window, first, last)
        };
        cx.plan().horizon().contains(moved.on())
            && released_at.is_none_or(|released_at| released_at <= moved.start_at)
            && !is_frozen()
            && !is_holiday()
            && !work.iter().any(|each| each.meets(moved))
            && !is_taken()
            && !meets_others(cx, window, moved)
    }
}

/// Whether another window works on one of the same systems at that time.
fn meets_others(cx: &Context<'_>, window: &WindowSchedule, moved: &Occurrence) -> bool {
    let covering =
        window.scope.positions.iter().flat_map(|position| cx.schedule.covering.windows_covering(*position as usize));
    let mut others =
        covering.map(|index| &cx.schedule.windows[*index as usize]).filter(|each| each.id() != window.id());
    others.any(|other| {
        let longest = other.lengths().max().unwrap_or_default().signed();
        let near = other.expansion.starting_from(moved.start_at.plus(-longest));
        near.iter().take_while(|each| each.start_at < moved.end_at).any(|each| each.overlaps(moved))
    })
}
