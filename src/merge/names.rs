//! The names of the records that the ids in a conflict mean.

use crate::model::{HasName, Plan, Rule, Table};

/// Finds names. Two records may have the same one, so ids can be added to them.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    plan: &'a Plan,
    has_ids: bool,
}

impl<'a> Names<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Self { plan, has_ids: false }
    }

    /// "Core DB (core-db)" instead of "Core DB".
    pub fn with_ids(self) -> Self {
        Self { has_ids: true, ..self }
    }

    /// The name of the record that an id in this field means.
    pub fn find(self, field: &str, id: &str) -> Option<String> {
        let plan = self.plan;
        let name = match field {
            "systems" | "depends_on" | "twin" | "counterpart" | "Systems" | "System" | "Tracks" => {
                plan.systems().name_of(&id.into())
            }
            "groups" | "Group" => plan.group(&id.into()).map(|(_, group)| group.name.clone())?,
            "people" | "Person" => plan.people().name_of(&id.into()),
            "Team" => plan.teams().name_of(&id.into()),
            "area" | "areas" | "Areas" | "Area" => plan.areas().name_of(&id.into()),
            "Ladders" | "Ladder" => plan.ladders().name_of(&id.into()),
            "holidays" | "Holidays" => plan.holidays().name_of(&id.into()),
            "checklist" | "Template" | "Checklist" => plan.checklists().name_of(&id.into()),
            "release" | "Release" => plan.releases().name_of(&id.into()),
            "window" | "exemptions" | "Window" => plan.windows().name_of(&id.into()),
            "ScanRoutine" => plan.scan_routines().name_of(&id.into()),
            "BulletinDuty" => plan.bulletin_duties().name_of(&id.into()),
            "Freeze" => plan.freezes().name_of(&id.into()),
            _ => return None,
        };
        Some(self.with_id(name, id))
    }

    /// The same, with the id if another record of that kind has the same name.
    pub fn find_unique(self, field: &str, id: &str) -> Option<String> {
        let name = self.find(field, id)?;
        let mut groups = self.plan.ladders().iter().flat_map(|ladder| &ladder.groups);
        match field {
            "groups" if groups.any(|group| group.name == name && group.id.as_str() != id) => {
                self.with_ids().find(field, id)
            }
            "exemptions" => Some(unique_name(self.plan.windows(), &id.into())),
            _ => Some(name),
        }
    }

    pub fn rule(self, rule: &Rule) -> String {
        rule.in_words(|id| self.with_id(self.plan.release_name(id), id.as_str()))
    }

    fn with_id(self, name: String, id: &str) -> String {
        if self.has_ids && name != id { format!("{name} ({id})") } else { name }
    }
}

/// The name of a record, with its id if another record has the same name.
pub(super) fn unique_name<T: HasName>(table: &Table<T>, id: &T::Id) -> String {
    let name = table.name_of(id);
    let is_taken = table.iter().any(|record| record.name() == name && record.id() != id);
    if is_taken { format!("{name} ({id})") } else { name }
}
