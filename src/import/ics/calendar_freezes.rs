//! Change freezes from a calendar.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::calendar_source::read_calendar;
use super::cancellations;
use super::day_spans::{MOST_SERIES, Span, days_of, spans};
use super::month_period::every_months;
use super::revisions::{EventGroup, resolve};
use super::series::Series;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::model::{ChangeFreeze, Edit, FreezeId, FreezeScope, Plan};
use crate::schedule::Zone;
use crate::wording::counted;

/// One freeze: its days, the months after which it recurs, its name and its notes.
type Found<'a> = (Span, Option<u16>, &'a str, &'a str);

/// Reads each event as a freeze of everything, on the whole days that it touches in the plan's zone. An event that
/// recurs every few months for ever becomes one recurring freeze; of any other series, each occurrence in the plan's
/// months becomes a freeze. Freezes that the plan already has are skipped.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let home = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let (calendar, mut imported) = read_calendar(input, &home)?;
    let resolved = resolve(calendar.events, &mut imported);
    cancellations::tell_freezes(&resolved, plan, &mut imported);
    let mut found = Vec::new();
    let mut series = 0;
    for group in &resolved.groups {
        input.source.check_cancelled()?;
        series += usize::from(!group.event.rules.is_empty());
        if series > MOST_SERIES {
            return Err(ImportError::TooMany("events or recurring freezes"));
        }
        if let Err(reason) = add(group, plan, &home, &mut found, &mut imported) {
            imported.warn(group.event.line, format!("\"{}\" skipped: {reason}", name_of(&group.event.summary)));
        }
        if found.len() > MOST_RECORDS {
            return Err(ImportError::TooMany("freezes"));
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(span, every_months, name, _)| (*span, *every_months, *name));
    warn_about_outside(&found, plan, &mut imported);
    skip_known(&mut found, plan, &mut imported);
    imported.summary = counted(found.len(), "change freeze");
    imported.edits = edits(found, plan);
    Ok(imported.in_order())
}

fn name_of(summary: &str) -> &str {
    if summary.is_empty() { "Change freeze" } else { summary }
}

/// Adds the freezes of an event.
///
/// # Errors
/// Why the event is skipped, in the middle of a sentence.
fn add<'a>(
    group: &'a EventGroup,
    plan: &Plan,
    home: &std::sync::Arc<Zone>,
    found: &mut Vec<Found<'a>>,
    imported: &mut Imported,
) -> Result<(), String> {
    let event = &group.event;
    let series = Series::new(group, home, TimeDelta::zero())?;
    series.warn(imported);
    if let Some(months) = every_months(&series) {
        found.push((days_of(&series)?, Some(months), name_of(&event.summary), &*event.description));
        return Ok(());
    }
    let spans = spans(&series, plan)?;
    if spans.is_empty() {
        imported.warn(event.line, format!("\"{}\" has no day in the plan's months", name_of(&event.summary)));
    }
    found.extend(
        spans.into_iter().map(|each| (each.span, None, name_of(&each.event.summary), &*each.event.description)),
    );
    Ok(())
}

/// Warns about freezes outside the plan's months: they have no effect there.
fn warn_about_outside(found: &[Found<'_>], plan: &Plan, imported: &mut Imported) {
    let horizon = plan.horizon();
    let is_outside =
        |((first, last), every, ..): &&Found<'_>| every.is_none() && (*last < horizon.from || horizon.last() < *first);
    let outside = found.iter().filter(is_outside).count();
    if outside > 0 {
        let months = format!("{} to {}", horizon.from, horizon.last());
        let (all, verb) = (counted(found.len(), "freeze"), if outside == 1 { "is" } else { "are" });
        imported
            .warn(None, format!("{outside} of {all} {verb} outside the plan's months ({months}) and without effect"));
    }
}

fn skip_known(found: &mut Vec<Found<'_>>, plan: &Plan, imported: &mut Imported) {
    let all = found.len();
    let key = |freeze: &'_ ChangeFreeze| ((freeze.first_on, freeze.last_on), freeze.every_months);
    let known: HashSet<_> = plan.freezes().iter().map(|freeze| (key(freeze), freeze.name.as_str())).collect();
    found.retain(|(span, every_months, name, _)| !known.contains(&((*span, *every_months), *name)));
    if found.len() < all {
        imported.warn(None, format!("{} skipped: the plan already has them", counted(all - found.len(), "freeze")));
    }
}

fn edits(found: Vec<Found<'_>>, plan: &Plan) -> Vec<Edit> {
    let mut ids = FreshIds::default();
    found
        .into_iter()
        .map(|((first_on, last_on), every_months, name, notes)| {
            Edit::PutFreeze(ChangeFreeze {
                id: FreezeId::new(&ids.fresh(name, |id| plan.freezes().contains(&id.into()))),
                name: name.to_owned(),
                first_on,
                last_on,
                every_months,
                scope: FreezeScope::Everything,
                exemptions: Vec::new(),
                notes: notes.to_owned(),
            })
        })
        .collect()
}
