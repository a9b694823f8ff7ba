//! The names of records, for lists from which people choose.

use super::{
    BulletinDuty, BusinessArea, CarrierNotice, ChangeFreeze, ChecklistTemplate, HolidayCalendar, Ladder,
    MaintenanceWindow, Person, Record, ReleaseCalendar, ScanRoutine, System, Table, Team,
};

/// A record that people know by a name.
pub trait HasName: Record {
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($record:ident),+ $(,)?) => {
        $(impl HasName for $record {
            fn name(&self) -> &str {
                &self.name
            }
        })+
    };
}

named!(
    BulletinDuty,
    BusinessArea,
    ChangeFreeze,
    ChecklistTemplate,
    HolidayCalendar,
    Ladder,
    MaintenanceWindow,
    CarrierNotice,
    Person,
    ReleaseCalendar,
    ScanRoutine,
    System,
    Team,
);

impl<T: HasName> Table<T> {
    /// The name of the record with that id. If there is none, the id.
    pub fn name_of(&self, id: &T::Id) -> String {
        self.get(id).map_or_else(|| id.to_string(), |record| record.name().to_owned())
    }

    /// The ids and names of all records, in the order of the ids.
    pub fn names(&self) -> Vec<(T::Id, String)> {
        self.iter().map(|record| (record.id().clone(), record.name().to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SystemId;

    #[test]
    fn a_record_that_does_not_exist_is_named_by_its_id() {
        let system = System { id: "core".into(), name: "Core DB".to_owned(), ..System::default() };
        let systems: Table<System> = [system].into_iter().collect();
        let names = ["core", "gone"].map(|id| systems.name_of(&SystemId::new(id)));
        assert_eq!(names, ["Core DB", "gone"]);
        assert_eq!(systems.names(), [(SystemId::new("core"), "Core DB".to_owned())]);
    }
}
