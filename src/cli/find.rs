//! What an argument names: a record by its id, or by its name where only one has it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Failure;
use crate::model::{BusinessArea, Ladder, MaintenanceWindow, Record, Table};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::list;

/// Records that a message names.
pub const MOST_NAMES: usize = 12;
/// Dates that a message names.
const MOST_DATES: usize = 6;

/// A record that a person may call by its name.
pub trait Named: Record {
    fn name(&self) -> &str;
}

impl Named for BusinessArea {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for MaintenanceWindow {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Ladder {
    fn name(&self) -> &str {
        &self.name
    }
}

/// The record of that id, else the only one of that name, whatever the case of its letters.
pub fn one<'a, T>(all: &'a Table<T>, wanted: &str) -> Result<&'a Arc<T>, Failure>
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
        [] => Err(Failure(format!("There is no {noun} \"{wanted}\". {}", there_are(all)))),
        several => {
            let ids = list(several.iter().map(|record| record.id().to_string()), MOST_NAMES);
            Err(Failure(format!("Several {noun}s are called \"{wanted}\". Name one by its id: {ids}")))
        }
    }
}

/// "There are a, b, c": the ids of a table.
pub fn there_are<T: Record>(all: &Table<T>) -> String {
    if all.is_empty() {
        return format!("The plan has no {}s", T::NOUN);
    }
    format!("There are {}", list(all.iter().map(|record| record.id().to_string()), MOST_NAMES))
}

/// The occurrence of that original date, else the one that takes place on that date.
pub fn occurrence<'a>(
    schedule: &'a Schedule,
    window: &str,
    on: NaiveDate,
) -> Result<(&'a WindowSchedule, &'a Occurrence), Failure> {
    let record = one(&schedule.plan.windows, window)?;
    let missing = || Failure(format!("There is no window \"{window}\" in the plan"));
    let window = schedule.window(&record.id).ok_or_else(missing)?;
    let all = &window.expansion.occurrences;
    let found = window.expansion.of_date(on).or_else(|| all.iter().find(|occurrence| occurrence.on() == on));
    let found = found.ok_or_else(|| {
        let mut near: Vec<NaiveDate> = all.iter().map(Occurrence::original_on).collect();
        near.sort_by_key(|date| (*date - on).num_days().abs());
        near.truncate(MOST_DATES);
        near.sort();
        let near: Vec<String> = near.iter().map(ToString::to_string).collect();
        let advice =
            if near.is_empty() { "It has none at all".to_owned() } else { format!("Near it are {}", near.join(", ")) };
        Failure(format!("{} has no occurrence on {on}. {advice}", record.name))
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
        one(all, wanted).map(|area| area.id.to_string()).map_err(|Failure(message)| message)
    }

    #[test]
    fn an_id_wins_over_a_name_and_a_name_counts_in_any_case() {
        let all = areas(&[("pay", "Trading"), ("trading", "Über"), ("x", "Payments")]);
        assert_eq!(found(&all, "trading").unwrap(), "trading");
        assert_eq!(found(&all, "TRADING").unwrap(), "pay");
        assert_eq!(found(&all, "über").unwrap(), "trading");
    }

    #[test]
    fn a_name_that_several_have_is_refused_with_their_ids() {
        let all = areas(&[("a", "Sales"), ("b", "sales"), ("c", "Trading")]);
        assert_eq!(
            found(&all, "Sales").unwrap_err(),
            "Several business areas are called \"Sales\". Name one by its id: a, b"
        );
        assert_eq!(found(&all, "b").unwrap(), "b");
    }

    #[test]
    fn what_is_not_there_is_answered_with_what_is() {
        assert_eq!(
            found(&areas(&[]), "x").unwrap_err(),
            "There is no business area \"x\". The plan has no business areas"
        );
        let ids: Vec<String> = (10..24).map(|n| format!("a{n}")).collect();
        let named: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), "")).collect();
        let said = found(&areas(&named), "x").unwrap_err();
        assert!(said.contains("There are a10, a11,") && said.ends_with("a21 and 2 more"), "{said}");
    }
}
