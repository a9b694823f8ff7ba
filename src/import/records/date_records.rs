//! Freezes and holidays as rows.

use std::collections::BTreeSet;

use super::record_kind::RecordKind;
use super::record_list::{Outcome, RecordColumn};
use crate::model::{ChangeFreeze, Holiday, HolidayCalendar, Plan, SystemScope};
use crate::wording::{counted, date, list};

/// How many names of a scope are written.
const MOST_NAMES: usize = 4;

pub(super) const FREEZES: RecordKind<ChangeFreeze> = RecordKind {
    noun: "change freeze",
    columns: &[
        RecordColumn::new("Change freeze", &["name"]),
        RecordColumn::new("First day", &["first_on"]),
        RecordColumn::new("Last day", &["last_on"]),
        RecordColumn::new("Recurs", &["every_months"]),
        RecordColumn::new("Affects", &["scope"]),
        RecordColumn::new("Notes", &["notes"]),
    ],
    cells: freeze_cells,
};

pub(super) const HOLIDAYS: RecordKind<Holiday> = RecordKind {
    noun: "holiday",
    columns: &[
        RecordColumn::new("Holiday", &["name"]),
        RecordColumn::new("Date", &["on"]),
        RecordColumn::new("Region", &["region"]),
    ],
    cells: holiday_cells,
};

fn freeze_cells(freeze: &ChangeFreeze, plan: &Plan) -> Vec<String> {
    let recurs = match freeze.every_months {
        None => String::new(),
        Some(12) => "Every year".to_owned(),
        Some(months) => format!("Every {}", counted(months, "month")),
    };
    let scope = match &freeze.scope {
        SystemScope::Everything => "Everything".to_owned(),
        SystemScope::Areas(ids) => list(ids.iter().map(|id| plan.areas().name_of(id)), MOST_NAMES),
        SystemScope::Ladders(ids) => list(ids.iter().map(|id| plan.ladders().name_of(id)), MOST_NAMES),
        SystemScope::Systems(ids) => list(ids.iter().map(|id| plan.systems().name_of(id)), MOST_NAMES),
    };
    let notes = freeze.notes.lines().next().unwrap_or_default().to_owned();
    vec![freeze.name.clone(), date(freeze.first_on), date(freeze.last_on), recurs, scope, notes]
}

fn holiday_cells(day: &Holiday, _: &Plan) -> Vec<String> {
    vec![day.name.clone(), date(day.on), day.region.clone()]
}

/// The days that a calendar gets and loses, in order of their dates.
pub(super) fn changed_days(old: Option<&HolidayCalendar>, new: &HolidayCalendar) -> Vec<(Outcome, Holiday)> {
    let days = |calendar: Option<&HolidayCalendar>| -> BTreeSet<Holiday> {
        calendar.into_iter().flat_map(|calendar| &calendar.days).cloned().collect()
    };
    let (before, after) = (days(old), days(Some(new)));
    let added = after.difference(&before).map(|day| (Outcome::New, day.clone()));
    added.chain(before.difference(&after).map(|day| (Outcome::Removed, day.clone()))).collect()
}
