//! When an occurrence was really over, and when the watch after it begins and ends.

use crate::model::{Plan, UtcMinute};
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// The end that the record of the night has, if it is after the start; otherwise the planned end.
pub fn ended_at(plan: &Plan, window: &WindowSchedule, occurrence: &Occurrence) -> UtcMinute {
    let record = plan.nights().for_occurrence(window.id(), occurrence.original_on());
    let ended_at = record.and_then(|night| night.ending.as_ref()).map(|ending| ending.at);
    ended_at.filter(|at| *at > occurrence.start_at).unwrap_or(occurrence.end_at)
}

/// The begin and the end of the watch, which begins when the occurrence [was over](ended_at). None if the window has no
/// watch.
pub fn watch_times(plan: &Plan, window: &WindowSchedule, occurrence: &Occurrence) -> Option<(UtcMinute, UtcMinute)> {
    let watch = window.window.watch.as_ref()?;
    let from = ended_at(plan, window, occurrence);
    Some((from, from.plus(watch.length.signed())))
}
