//! The whole days that an event covers, for each of its occurrences in the plan's months.

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::series::Series;
use crate::model::{LocalMinute, Plan};
use crate::wording::counted;

/// The longest event that is imported, in days.
const LONGEST_DAYS: i64 = 366;
/// The most recurring events of one file, since each may take some milliseconds to expand.
pub(super) const MOST_SERIES: usize = 1_000;
/// Clocks of zones differ by up to a day.
const MARGIN_DAYS: u64 = 2;

/// First and last day, both included.
pub(super) type Span = (NaiveDate, NaiveDate);

/// The days of one occurrence, with the name and the description that it has.
pub(super) struct NamedSpan<'a> {
    pub span: Span,
    /// The date on which the series gives it.
    pub original_on: NaiveDate,
    /// The same as a time in UTC.
    pub original_at: NaiveDateTime,
    pub event: &'a super::events::Event,
}

/// The days of each occurrence in the plan's zone. A single event always counts, an occurrence of a series only if it
/// belongs to the plan's months.
///
/// # Errors
/// Why the event cannot be imported, in the middle of a sentence.
pub(super) fn spans<'a>(series: &Series<'a>, plan: &Plan) -> Result<Vec<NamedSpan<'a>>, String> {
    let horizon = plan.horizon();
    let is_single = !series.event.recurs() && series.replacements.is_empty();
    let (first, last) = days_of(series)?;
    let (from, to) = if is_single {
        (series.first(), series.first())
    } else {
        let length = Days::new((last - first).num_days().unsigned_abs() + MARGIN_DAYS);
        let from = horizon.from.checked_sub_days(length).unwrap_or(horizon.from);
        (from, horizon.last().checked_add_days(Days::new(MARGIN_DAYS)).unwrap_or(horizon.last()))
    };
    let mut spans = Vec::new();
    for instance in series.instances(from, to)? {
        let span = instance.days(&series.home);
        check_length(span)?;
        let touches = span.0 <= horizon.last() && horizon.from <= span.1;
        if is_single || touches || horizon.contains(instance.original.date()) {
            let original_at = series.zone.resolve(LocalMinute::from_naive(instance.original)).at;
            spans.push(NamedSpan {
                span,
                original_on: instance.original.date(),
                original_at: original_at.to_utc().naive_utc(),
                event: instance.event,
            });
        }
    }
    Ok(spans)
}

/// The days of the event itself.
///
/// # Errors
/// The event is too long.
pub(super) fn days_of(series: &Series<'_>) -> Result<Span, String> {
    let span = series.first_instance().days(&series.home);
    check_length(span)?;
    Ok(span)
}

fn check_length((first, last): Span) -> Result<(), String> {
    match (last - first).num_days() {
        days if days >= LONGEST_DAYS => {
            Err(format!("it lasts {}, and at most {LONGEST_DAYS} are possible", counted(days, "day")))
        }
        _ => Ok(()),
    }
}
