//! Change freezes from a calendar.

use std::collections::HashSet;

use super::day_spans::{MOST_SERIES, days_of, spans};
use super::event_reader::read_events;
use super::month_period::every_months;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::model::{ChangeFreeze, Edit, FreezeId, FreezeScope};
use crate::schedule::Zone;
use crate::wording::counted;

/// Reads each event as a freeze of everything, on the whole days that it touches in the plan's zone. An event that
/// recurs every few months for ever becomes one recurring freeze; of any other series, each occurrence in the plan's
/// months becomes a freeze. Freezes that the plan already has are skipped.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let (calendar, warnings) = read_events(&input.text()?)?;
    let mut imported = Imported { warnings, ..Imported::default() };
    let zone = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let mut ids = FreshIds::default();
    let mut found = Vec::new();
    let mut series = 0;
    for event in calendar.events.iter().filter(|event| !event.is_cancelled) {
        input.source.check_cancelled()?;
        series += usize::from(event.rrule.is_some());
        if series > MOST_SERIES {
            return Err(ImportError::TooMany("events or recurring freezes"));
        }
        let name = if event.summary.is_empty() { "Change freeze" } else { &event.summary };
        let every_months = every_months(event, &zone);
        let times = match every_months {
            Some(_) => days_of(event, &zone).map(|span| vec![span]),
            None => spans(event, plan, &zone),
        };
        match times {
            Ok(spans) => found.extend(spans.into_iter().map(|span| (span, every_months, name, &*event.description))),
            Err(reason) => imported.warn(event.line, format!("\"{name}\" skipped: {reason}")),
        }
        if found.len() > MOST_RECORDS {
            return Err(ImportError::TooMany("freezes"));
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(span, every_months, name, _)| (*span, *every_months, *name));
    let all = found.len();
    let key = |freeze: &'_ ChangeFreeze| ((freeze.first_on, freeze.last_on), freeze.every_months);
    let known: HashSet<_> = plan.freezes().iter().map(|freeze| (key(freeze), freeze.name.as_str())).collect();
    found.retain(|(span, every_months, name, _)| !known.contains(&((*span, *every_months), *name)));
    if found.len() < all {
        imported.warn(None, format!("{} skipped: the plan already has them", counted(all - found.len(), "freeze")));
    }
    imported.summary = counted(found.len(), "change freeze");
    imported.edits = found
        .into_iter()
        .map(|((first_on, last_on), every_months, name, notes)| {
            let id = FreezeId::new(&ids.fresh(name, |id| plan.freezes().contains(&id.into())));
            let (name, notes) = (name.to_owned(), notes.to_owned());
            let scope = FreezeScope::Everything;
            Edit::PutFreeze(ChangeFreeze {
                id,
                name,
                first_on,
                last_on,
                every_months,
                scope,
                exemptions: Vec::new(),
                notes,
            })
        })
        .collect();
    Ok(imported.in_order())
}
