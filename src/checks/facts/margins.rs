//! How tight occurrences are, and quick fixes that lengthen their window.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{CommonCause, Context, Finding, Fix};
use crate::model::{DatedChange, Edit, MaintenanceWindow, Minutes};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::day_and_month;

/// The smallest margin of the occurrences of these findings, and the first date that has it.
pub fn smallest_margin(cx: &Context<'_>, cause: &CommonCause) -> Option<(i32, NaiveDate)> {
    let margin = |finding: &Arc<Finding>| {
        let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
        Some((window.fit(occurrence).ok()?.margin(), occurrence.on()))
    };
    cause.findings.iter().filter_map(margin).min()
}

/// Lengthens the finding's window so that its occurrence has `buffer_percent` of its length to spare.
pub fn lengthen_with_buffer(cx: &Context<'_>, finding: &Finding, buffer_percent: u8) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let need = window.fit(occurrence).ok()?.need();
    let share = 100_u32.checked_sub(buffer_percent.into()).filter(|share| *share > 0)?;
    lengthen_to(cx, finding, Minutes(need.0.checked_mul(100)?.div_ceil(share)))
}

/// Lengthens the finding's window so that its occurrence really lasts `wanted`. If the occurrence has its length from a
/// dated change, that is changed. Only the occurrence is lengthened if its exception gives a length, or if the clocks go
/// forward during it: the others are longer already, and their owners need not agree again.
pub fn lengthen_to(cx: &Context<'_>, finding: &Finding, wanted: Minutes) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let duration = duration_on_clock(window, occurrence, wanted)?;
    if duration <= occurrence.duration {
        return None;
    }
    let original_on = occurrence.original_on();
    let has_own_length = window.window.exception(original_on).is_some_and(|each| each.change.duration().is_some());
    let is_shortened = occurrence.end_at.since(occurrence.start_at) < occurrence.duration.signed();
    if has_own_length || is_shortened {
        let label = format!("Lengthen occurrence to {duration}");
        return Some(Fix { label, edit: window.change_times(occurrence, occurrence.local_start, duration) });
    }
    let mut longer = MaintenanceWindow::clone(&window.window);
    let gives_it = |change: &&mut DatedChange| change.from <= original_on && change.duration.is_some();
    let label = if let Some(change) = longer.changes.iter_mut().rfind(gives_it) {
        change.duration = Some(duration);
        format!("Lengthen window to {duration} from {} on", day_and_month(change.from))
    } else {
        longer.duration = duration;
        format!("Lengthen window to {duration}")
    };
    Some(Fix { label, edit: Edit::PutWindow(longer) })
}

/// The duration on the clock, rounded up to a quarter of an hour, with which an occurrence really lasts `wanted`. If the
/// clocks go forward during the occurrence, it needs an hour more on the clock.
fn duration_on_clock(window: &WindowSchedule, occurrence: &Occurrence, wanted: Minutes) -> Option<Minutes> {
    let zone = &window.expansion.zone;
    let mut duration = wanted;
    // A longer window may reach into a clock change that the shorter one ended before, so this can take several steps.
    for _ in 0..4 {
        if duration > Minutes::LONGEST {
            return None;
        }
        duration = duration.up_to_quarter();
        let (_, end) = zone.resolve_period(occurrence.local_start, duration, &mut [0; 2]);
        let missing = wanted.signed() - end.at.since(occurrence.start_at);
        match u32::try_from(missing) {
            Ok(missing) if missing > 0 => duration = duration + Minutes(missing),
            _ => return Some(duration),
        }
    }
    None
}
