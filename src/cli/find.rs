//! Finding the record or the occurrence that an argument names.

use std::sync::Arc;

use chrono::NaiveDate;

use super::reply::Failure;
use crate::model::{
    AreaId, BusinessArea, DeploymentGroup, Ladder, MaintenanceWindow, Person, Plan, Record, ScanRoutine, System, Table,
    Team,
};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{list, plural};

/// At most this many ids are listed in a message.
pub const MOST_IDS: usize = 12;
/// At most this many dates are listed in a message.
const MOST_DATES: usize = 6;

/// A record that an argument may name by its name instead of its id.
pub trait Named: Record {
    fn name(&self) -> &str;
}

impl Named for BusinessArea {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Person {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Team {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for MaintenanceWindow {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for ScanRoutine {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for System {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Ladder {
    fn name(&self) -> &str {
        &self.name
    }
}

/// Finds the record with this id, or else the only one with this name, ignoring case.
///
/// # Errors
/// No such record, or several with this name.
pub fn record<'a, T>(all: &'a Table<T>, wanted: &str) -> Result<&'a Arc<T>, Failure>
where
    T: Named,
    T::Id: for<'w> From<&'w str>,
{
    if let Some(record) = all.get(&wanted.into()) {
        return Ok(record);
    }
    let lower = wanted.to_lowercase();
    let named: Vec<&Arc<T>> = all.iter().filter(|record| record.name().to_lowercase() == lower).collect();
    let noun = T::NOUN;
    match named.as_slice() {
        [record] => Ok(record),
        [] => Err(Failure(format!("Unknown {noun} \"{wanted}\". {}", known(all)))),
        several => {
            let ids = list(several.iter().map(|record| record.id().to_string()), MOST_IDS);
            let nouns = plural(noun);
            Err(Failure(format!("Several {nouns} are called \"{wanted}\". Use an id: {ids}")))
        }
    }
}

/// "Known business areas: a, b, c": the ids of a table.
pub fn known<T: Record>(all: &Table<T>) -> String {
    if all.is_empty() {
        return format!("The plan has no {}", plural(T::NOUN));
    }
    format!("Known {}: {}", plural(T::NOUN), list(all.iter().map(|record| record.id().to_string()), MOST_IDS))
}

/// The group with this id, or else the only one with this name, ignoring case, and its ladder. If a ladder is given, one
/// of its groups.
///
/// # Errors
/// No such group, or several with this name.
pub fn group<'a>(
    plan: &'a Plan,
    within: Option<&Ladder>,
    wanted: &str,
) -> Result<(&'a Arc<Ladder>, &'a DeploymentGroup), Failure> {
    let lower = wanted.to_lowercase();
    let ladders = plan.ladders().iter().filter(|each| within.is_none_or(|ladder| ladder.id == each.id));
    let all: Vec<(&Arc<Ladder>, &DeploymentGroup)> =
        ladders.flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group))).collect();
    let with_id = all.iter().find(|(_, group)| group.id.as_str() == wanted);
    let named: Vec<&(&Arc<Ladder>, &DeploymentGroup)> =
        all.iter().filter(|(_, group)| group.name.to_lowercase() == lower).collect();
    let ids = |groups: &[&(&Arc<Ladder>, &DeploymentGroup)]| {
        list(groups.iter().map(|(_, group)| group.id.to_string()), MOST_IDS)
    };
    match (with_id, named.as_slice()) {
        (Some(found), _) => Ok(*found),
        (None, [found]) => Ok(**found),
        (None, []) if all.is_empty() => Err(Failure(format!("Unknown group \"{wanted}\". There are no groups"))),
        (None, []) => {
            let known = ids(&all.iter().collect::<Vec<_>>());
            Err(Failure(format!("Unknown group \"{wanted}\". Known groups: {known}")))
        }
        (None, several) => {
            let known = ids(several);
            Err(Failure(format!("Several groups are called \"{wanted}\". Use an id: {known}")))
        }
    }
}

/// The id of the business area that an optional argument names.
///
/// # Errors
/// No such business area, or several with this name.
pub fn optional_area(plan: &Plan, wanted: Option<&str>) -> Result<Option<AreaId>, Failure> {
    Ok(wanted.map(|wanted| record(plan.areas(), wanted)).transpose()?.map(|area| area.id.clone()))
}

/// Finds the occurrence with this original date, or else the one that takes place on this date.
///
/// # Errors
/// An unknown window, or a date without an occurrence.
pub fn occurrence<'a>(
    schedule: &'a Schedule,
    window: &str,
    on: NaiveDate,
) -> Result<(&'a WindowSchedule, &'a Occurrence), Failure> {
    let record = record(schedule.plan.windows(), window)?;
    let missing = || Failure(format!("Unknown window \"{window}\""));
    let window = schedule.window(&record.id).ok_or_else(missing)?;
    let all = &window.expansion.occurrences;
    let found = window.expansion.occurrence_on(on).or_else(|| all.iter().find(|occurrence| occurrence.on() == on));
    let found = found.ok_or_else(|| {
        let mut near: Vec<NaiveDate> = all.iter().map(Occurrence::original_on).collect();
        near.sort_by_key(|date| (*date - on).num_days().abs());
        near.truncate(MOST_DATES);
        near.sort();
        let near: Vec<String> = near.iter().map(ToString::to_string).collect();
        let advice = if near.is_empty() {
            "It has no occurrences at all".to_owned()
        } else {
            format!("Nearest: {}", near.join(", "))
        };
        Failure(format!("No occurrence of {} on {on}. {advice}", record.name))
    })?;
    Ok((window, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(named: &[(&str, &str)]) -> Table<BusinessArea> {
        let area = |&(id, name): &(&str, &str)| BusinessArea { id: id.into(), name: name.into(), ..Default::default() };
        named.iter().map(area).collect()
    }

    fn found(all: &Table<BusinessArea>, wanted: &str) -> Result<String, String> {
        record(all, wanted).map(|area| area.id.to_string()).map_err(|Failure(message)| message)
    }

    #[test]
    fn an_id_wins_over_a_name_and_names_ignore_case() {
        let all = areas(&[("pay", "Trading"), ("trading", "Über"), ("x", "Payments")]);
        assert_eq!(found(&all, "trading").unwrap(), "trading");
        assert_eq!(found(&all, "TRADING").unwrap(), "pay");
        assert_eq!(found(&all, "über").unwrap(), "trading");
    }

    #[test]
    fn an_ambiguous_name_is_refused_with_the_ids() {
        let all = areas(&[("a", "Sales"), ("b", "sales"), ("c", "Trading")]);
        assert_eq!(found(&all, "Sales").unwrap_err(), "Several business areas are called \"Sales\". Use an id: a, b");
        assert_eq!(found(&all, "b").unwrap(), "b");
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ids() {
        assert_eq!(found(&areas(&[]), "x").unwrap_err(), "Unknown business area \"x\". The plan has no business areas");
        let ids: Vec<String> = (10..24).map(|n| format!("a{n}")).collect();
        let named: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), "")).collect();
        let said = found(&areas(&named), "x").unwrap_err();
        assert!(said.contains("Known business areas: a10, a11,") && said.ends_with("a21 and 2 more"), "{said}");
    }
}
