//! Change freezes from a calendar.

use std::collections::HashSet;

use super::period::every_months;
use super::read::read;
use super::span::{MOST_SERIES, days_of, spans};
use crate::import::fresh_ids::FreshIds;
use crate::import::{ImportError, Imported, MOST_RECORDS};
use crate::model::{ChangeFreeze, Edit, FreezeId, FreezeScope, Plan};
use crate::schedule::Zone;
use crate::wording::counted;

/// Reads each event as a freeze of everything, on the whole days in the plan's zone that it touches. One that comes
/// again every so many months for good stays one freeze; of any other series the occurrences in the plan's months are
/// taken. A freeze that the plan has already is left out.
pub fn freezes(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let (calendar, warnings) = read(text)?;
    let mut imported = Imported { warnings, ..Imported::default() };
    let zone = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let mut ids = FreshIds::default();
    let mut found = Vec::new();
    let mut series = 0;
    for event in calendar.events.iter().filter(|event| !event.is_cancelled) {
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
            Err(reason) => imported.warn(event.line, format!("{name} is left out: {reason}")),
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
        imported
            .warn(None, format!("{} left out, since the plan has it already", counted(all - found.len(), "freeze")));
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
