//! Changes of a series from a date on (RANGE=THISANDFUTURE), as dated changes of its window.

use chrono::NaiveDate;

use super::events::Event;
use super::series::Series;
use crate::model::{DatedChange, MaintenanceWindow, Minutes};

/// Adds what the series changes from a date on to its window. If it is cancelled from a date on, the window ends before.
pub(super) fn add_dated_changes(series: &Series<'_>, window: &mut MaintenanceWindow) {
    let later = series.changed_later();
    if let Some((at, other)) = later.last()
        && other.is_cancelled
        && let Some(last) = at.date().pred_opt()
    {
        window.last = Some(window.last.map_or(last, |own| own.min(last)));
    }
    let (mut start, mut duration) = (window.start, window.duration);
    for (at, other) in later.into_iter().filter(|(_, other)| !other.is_cancelled) {
        let from = at.date();
        let by = other.start.in_zone(&series.zone) - at;
        let Some(moved) = from.and_time(window.start).checked_add_signed(by) else { continue };
        let length = length(series, other).unwrap_or(window.duration);
        let change = DatedChange {
            from,
            start: Some(moved.time()).filter(|time| *time != start),
            duration: Some(length).filter(|length| *length != duration),
            shift_days: shift_days(from, moved.date()),
        };
        (start, duration) = (moved.time(), length);
        window.changes.push(change);
    }
    window.changes.dedup_by_key(|change| change.from);
}

fn shift_days(from: NaiveDate, to: NaiveDate) -> i32 {
    let limit = i64::from(DatedChange::LONGEST_SHIFT);
    i32::try_from((to - from).num_days().clamp(-limit, limit)).unwrap_or(0)
}

/// The length of an event on the clock of the series; none without a valid end.
fn length(series: &Series<'_>, event: &Event) -> Option<Minutes> {
    let on_clock = event.end.in_zone(&series.zone) - event.start.in_zone(&series.zone);
    let length = event.exact_length.unwrap_or(on_clock).num_minutes();
    let minutes = Minutes(u32::try_from(length).ok().filter(|_| event.has_end())?);
    (!minutes.is_zero() && minutes <= Minutes::LONGEST).then_some(minutes)
}
