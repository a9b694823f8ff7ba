//! The whole days that an event covers, for each of its occurrences in the plan's months.

use chrono::{Days, Months, NaiveDate, NaiveDateTime};

use super::rule_text::SeriesRule;
use super::series::Series;
use crate::import::imported::{Imported, OUTSIDE};
use crate::model::{Horizon, LocalMinute, Plan};
use crate::wording::{counted, date};

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

/// What a series has outside the plan's months.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outside {
    /// Days that a plan with other months would have.
    pub days: Option<OutsideDays>,
    /// Whether it has no occurrence after those that a plan can span.
    pub ends: bool,
}

/// Days of a series outside the plan's months.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OutsideDays {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// How many occurrences there are outside the plan's months, and in all; none if the series never ends.
    counts: Option<(usize, usize)>,
}

/// Finds the occurrences of a series that are still to come on `today`, or come after the plan's months, as far as a plan
/// can span them. A series that does not end is only looked at if it begins after the plan's months.
pub(super) fn outside(series: &Series<'_>, plan: &Plan, today: NaiveDate) -> Outside {
    if !series.event.recurs() && series.replacements.is_empty() {
        return Outside { days: None, ends: true };
    }
    let horizon = plan.horizon();
    let months = Months::new(Horizon::MOST_MONTHS.into());
    let Some(to) = horizon.from.checked_add_months(months) else { return Outside::default() };
    let goes_on = || {
        let beyond = to.checked_add_months(months).unwrap_or(to);
        series.originals(to, beyond).is_ok_and(|originals| !originals.is_empty())
    };
    let ends = series.rules.iter().all(SeriesRule::ends) && !goes_on();
    let to = if ends { to } else { series.first() };
    if !ends && to <= horizon.last() {
        return Outside::default();
    }
    let from = horizon.from.min(today).max(horizon.last().checked_sub_months(months).unwrap_or(today));
    let is_to_come = |(first, last): &Span| *first > horizon.last() || *last >= today.min(horizon.from);
    let Ok(instances) = series.instances(from.min(to), to) else { return Outside::default() };
    let spans = instances.into_iter().map(|instance| instance.days(&series.home));
    let spans: Vec<Span> = spans.filter(is_to_come).collect();
    let outside = || spans.iter().filter(|(first, last)| *last < horizon.from || horizon.last() < *first);
    let first_and_last = outside().map(|(first, _)| *first).min().zip(outside().map(|(_, last)| *last).max());
    let counts = ends.then_some((outside().count(), spans.len()));
    Outside { days: first_and_last.map(|(first, last)| OutsideDays { first, last, counts }), ends }
}

impl OutsideDays {
    /// Says so, and lets the plan's months be widened.
    pub fn warn(&self, title: &str, line: Option<usize>, plan: &Plan, imported: &mut Imported) {
        let which = match self.counts {
            None => format!("its first occurrence, {}, is", date(self.first)),
            Some((1, 1)) => "its only occurrence is".to_owned(),
            Some((outside, all)) if outside == all => format!("all {all} occurrences are"),
            Some((1, all)) => format!("1 of {all} occurrences is"),
            Some((outside, all)) => format!("{outside} of {all} occurrences are"),
        };
        let (from, last) = (plan.horizon().from, plan.horizon().last());
        imported.warn(line, format!("{title}: {which} {OUTSIDE} ({from} to {last}) and left out"));
        imported.has_more_in_other_months = true;
    }
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
