//! When an occurrence takes place, on its window's clock, and its name for screen readers.

use crate::model::{OccurrenceChange, Plan, UtcMinute};
use crate::schedule::{Fit, FitVerdict, Occurrence, Origin, WindowSchedule};
use crate::wording;

/// "22:00"
pub fn clock(window: &WindowSchedule, at: UtcMinute) -> String {
    wording::time(window.local(at).time())
}

/// "01:30"; "01:30 GMT" in an occurrence during which the clocks change, because that time may come twice.
pub fn clock_within(window: &WindowSchedule, occurrence: &Occurrence, at: UtcMinute) -> String {
    let is_ambiguous = window.zoned(occurrence.start_at).zone != window.zoned(occurrence.end_at).zone;
    if is_ambiguous { wording::time_with_zone(window.zoned(at)) } else { clock(window, at) }
}

/// "22:00 – 02:00"; "00:00 GMT – 05:00 BST" when the clocks change in between.
pub fn hours(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    wording::hours_with_zones_that_differ(window.zoned(occurrence.start_at), window.zoned(occurrence.end_at))
}

/// "Core DB patching, Sat 13 Mar 2027 22:00, The rest, rolls back by 01:15, does not fit, 32 min short"
pub fn occurrence_name(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let stage = window.scope.stage.map_or_else(String::new, |stage| format!(", {}", stage.name()));
    let deadline = window
        .rollback_deadline_at(occurrence)
        .map_or_else(String::new, |at| format!(", rolls back by {}", clock_within(window, occurrence, at)));
    let start = wording::moment(window.local(occurrence.start_at));
    if let Some(reason) = skip_reason(window, occurrence) {
        return format!("{}, {start}{stage}, {reason}", window.window.name);
    }
    format!("{}, {start}{stage}{deadline}{}", window.window.name, shortage(window, occurrence))
}

/// ", does not fit, 32 min short"; nothing if the work fits or is unknown.
fn shortage(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    match window.fit(occurrence).map(|fit| fit.margin()) {
        Ok(margin) if margin < 0 => format!(", does not fit, {} short", wording::duration(margin.unsigned_abs())),
        Ok(_) | Err(_) => String::new(),
    }
}

/// "skipped: no change window in December", or only "skipped"; none if the occurrence takes place.
pub fn skip_reason(window: &WindowSchedule, occurrence: &Occurrence) -> Option<String> {
    if occurrence.origin != Origin::Skipped {
        return None;
    }
    match window.window.exception(occurrence.original_on()).map(|exception| &exception.change) {
        Some(OccurrenceChange::Skipped { reason }) if !reason.trim().is_empty() => Some(format!("skipped: {reason}")),
        _ => Some("skipped".to_owned()),
    }
}

/// "1 h 20 to spare", or "32 min short"
pub fn margin(minutes: i32) -> String {
    let side = if minutes < 0 { "short" } else { "to spare" };
    format!("{} {side}", wording::duration(minutes.unsigned_abs()))
}

/// "Fits", "Thin margin", "Does not fit"
pub fn verdict_in_words(verdict: FitVerdict) -> &'static str {
    match verdict {
        FitVerdict::Fits => "Fits",
        FitVerdict::Thin => "Thin margin",
        FitVerdict::DoesNotFit => "Does not fit",
    }
}

/// "Fits, 1 h 20 to spare", "Does not fit, 32 min short". Every view says it like this.
pub fn fit_in_words(plan: &Plan, fit: &Fit) -> (String, FitVerdict) {
    let verdict = fit.verdict(plan.policy().buffer_percent);
    (format!("{}, {}", verdict_in_words(verdict), margin(fit.margin())), verdict)
}
