//! What calendars hold: the occurrences and freezes that can be written.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::model::{ChangeFreeze, FreezeSpan, Horizon};
use crate::schedule::{Schedule, WindowOccurrence};

/// A freeze, and one of its recurrences.
pub type FreezeRecurrence<'a> = (&'a Arc<ChangeFreeze>, FreezeSpan);

/// The occurrences that can be written, skipped ones too, sorted by start.
pub fn writable(schedule: &Schedule) -> Vec<WindowOccurrence<'_>> {
    let mut all = schedule.in_order(true);
    all.retain(|(_, occurrence)| has_writable_year(occurrence.on()) && has_writable_year(occurrence.original_on()));
    all
}

/// Each recurrence of each freeze that can be written, in the order of the plan.
pub fn freeze_times(schedule: &Schedule) -> Vec<FreezeRecurrence<'_>> {
    let plan = &*schedule.plan;
    let mut all = Vec::new();
    for freeze in plan.freezes() {
        all.extend(times(freeze, plan.horizon()).into_iter().map(|span| (freeze, span)));
    }
    all.retain(|(_, span)| has_writable_year(span.first_on) && has_writable_year(span.last_on));
    all
}

/// A freeze that does not recur is always written; of a recurring one, the recurrences within the plan's
/// months.
fn times(freeze: &ChangeFreeze, horizon: Horizon) -> Vec<FreezeSpan> {
    match freeze.period() {
        Some(_) => freeze.spans(horizon.from, horizon.last()),
        None => freeze.spans(freeze.first_on, freeze.last_on),
    }
}

/// Years that can be written. RFC 5545 has four digits, and the local date may be in the year before; our minutes since 1970
/// reach into 6053, which leaves room for long occurrences.
const YEARS: RangeInclusive<i32> = 2..=6_050;

pub fn has_writable_year(on: NaiveDate) -> bool {
    YEARS.contains(&on.year())
}
