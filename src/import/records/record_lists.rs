//! Sorts the edits of an import into lists of records.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::comparison::{changed_fields, differences};
use super::date_records::{FREEZES, HOLIDAYS, changed_days};
use super::plan_records::{ADVISORIES, AREAS, NOTICES, PEOPLE, RESULTS, SYSTEMS, TEAMS, ZONES};
use super::record_kind::RecordKind;
use super::record_list::{Outcome, RecordColumn, RecordList, RecordRow};
use super::window_records::WINDOWS;
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::model::{Edit, Plan};

/// The lists while they are filled.
struct Lists<'a> {
    /// Before the import.
    plan: &'a Plan,
    /// With the zones and the months that the import brings.
    after: Plan,
    /// What was said about records, by their id.
    remarks: HashMap<&'a str, &'a str>,
    found: Vec<RecordList>,
}

/// What the edits of an import add, change and remove. `check` ends that if it fails.
///
/// # Errors
/// What `check` returns.
pub(in crate::import) fn record_lists(
    imported: &Imported,
    plan: &Plan,
    check: &dyn Fn() -> Result<(), ImportError>,
) -> Result<Vec<RecordList>, ImportError> {
    let items = imported.sections.iter().flat_map(|section| &section.items);
    let remarks = items.filter(|item| !item.record.is_empty()).map(|item| (&*item.record, &*item.remark)).collect();
    let mut lists = Lists { plan, after: widened(imported, plan), remarks, found: Vec::new() };
    for edit in &imported.edits {
        check()?;
        lists.add(edit);
    }
    for list in &mut lists.found {
        list.drop_empty_columns();
    }
    Ok(lists.found)
}

/// The plan with what decides which dates its windows have, and with the names that its records use.
fn widened(imported: &Imported, plan: &Plan) -> Plan {
    let is_needed = |edit: &&Edit| matches!(edit, Edit::PutZone(_) | Edit::PutArea(_) | Edit::PutLadder(_));
    let needed = imported.edits.iter().filter(is_needed).cloned();
    let edits = imported.horizon.map(Edit::SetHorizon).into_iter().chain(needed).collect();
    // An edit that cannot be applied is refused when it is imported.
    plan.apply(&Edit::Together { label: String::new(), edits }).unwrap_or_else(|_| plan.clone())
}

impl Lists<'_> {
    fn add(&mut self, edit: &Edit) {
        let plan = self.plan;
        match edit {
            Edit::PutWindow(new) => self.put(&WINDOWS, plan.windows().get(&new.id), new, new.id.as_str()),
            Edit::RemoveWindow(id) => self.remove(&WINDOWS, plan.windows().get(id), id.as_str()),
            Edit::PutFreeze(new) => self.put(&FREEZES, plan.freezes().get(&new.id), new, new.id.as_str()),
            Edit::RemoveFreeze(id) => self.remove(&FREEZES, plan.freezes().get(id), id.as_str()),
            Edit::PutHolidays(new) => {
                for (outcome, day) in changed_days(plan.holidays().get(&new.id).map(|old| &**old), new) {
                    if outcome == Outcome::Removed {
                        self.remove(&HOLIDAYS, Some(&Arc::new(day.clone())), &day.on.to_string());
                    } else {
                        self.put(&HOLIDAYS, None, &day, &day.on.to_string());
                    }
                }
            }
            Edit::PutSystem(new) => self.put(&SYSTEMS, plan.systems().get(&new.id), new, new.id.as_str()),
            Edit::RemoveSystem(id) => self.remove(&SYSTEMS, plan.systems().get(id), id.as_str()),
            Edit::RemoveNotice(id) => self.remove(&NOTICES, plan.notices().get(id), id.as_str()),
            Edit::PutNotice(new) => self.put(&NOTICES, plan.notices().get(&new.id), new, new.id.as_str()),
            Edit::PutArea(new) => self.put(&AREAS, plan.areas().get(&new.id), new, new.id.as_str()),
            Edit::PutPerson(new) => self.put(&PEOPLE, plan.people().get(&new.id), new, new.id.as_str()),
            Edit::PutTeam(new) => self.put(&TEAMS, plan.teams().get(&new.id), new, new.id.as_str()),
            Edit::PutAdvisory(new) => self.put(&ADVISORIES, plan.advisories().get(&new.id), new, new.id.as_str()),
            Edit::PutResult(new) => {
                self.put(&RESULTS, plan.results().get(&new.key), new, new.key.system.as_str());
            }
            Edit::PutZone(new) => self.put(&ZONES, plan.zones().get(&new.id), new, new.id.as_str()),
            Edit::Together { edits, .. } => edits.iter().for_each(|edit| self.add(edit)),
            // The sections list every answer.
            Edit::PutEntry(_) => {}
            other => {
                // Groups of a ladder that is added have names only in the plan after it.
                let named = if matches!(other, Edit::Assign { .. }) { &self.after } else { plan };
                let row = || RecordRow { cells: vec![other.label(named)], remark: String::new() };
                list(&mut self.found, "change", &[RecordColumn::new("Change", &[])]).add(Outcome::Other, row);
            }
        }
    }

    fn put<R: Serialize>(&mut self, kind: &RecordKind<R>, old: Option<&Arc<R>>, new: &R, id: &str) {
        let Self { plan, after, remarks, found } = self;
        let remark = remarks.get(id).copied().unwrap_or_default().to_owned();
        let Some(old) = old else {
            let row = || RecordRow { cells: (kind.cells)(new, after), remark };
            return list(found, kind.noun, kind.columns).add(Outcome::New, row);
        };
        let changed = changed_fields(&**old, new);
        if changed.is_empty() {
            return;
        }
        list(found, kind.noun, kind.columns).add(Outcome::Changed, || {
            let cells = (kind.cells)(new, after);
            let differences = || differences(kind.columns, &(kind.cells)(old, plan), &cells, &changed);
            let remark = if remark.is_empty() { differences() } else { remark };
            RecordRow { cells, remark }
        });
    }

    fn remove<R>(&mut self, kind: &RecordKind<R>, old: Option<&Arc<R>>, id: &str) {
        let Some(old) = old else { return };
        let (plan, remark) = (self.plan, self.remarks.get(id).copied().unwrap_or_default().to_owned());
        let row = || RecordRow { cells: (kind.cells)(old, plan), remark };
        list(&mut self.found, kind.noun, kind.columns).add(Outcome::Removed, row);
    }
}

/// The list of these records, which is added if it is the first.
fn list<'a>(lists: &'a mut Vec<RecordList>, noun: &'static str, columns: &[RecordColumn]) -> &'a mut RecordList {
    let at = lists.iter().position(|list| list.noun == noun).unwrap_or_else(|| {
        lists.push(RecordList { noun, columns: columns.to_vec(), groups: Vec::new() });
        lists.len() - 1
    });
    &mut lists[at]
}
