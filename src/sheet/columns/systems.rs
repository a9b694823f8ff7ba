//! The columns of systems.

use crate::cells::choices;
use crate::model::{
    Edit, Environment, Level, PatchMethod, Plan, Product, RollbackMethod, System, SystemClass, SystemId, day_number,
};
use crate::sheet::column::Column;
use crate::sheet::groups::{all_groups, group_name, group_names, read_groups};
use crate::wording::{capitalised, date};

use super::{id_column, name_column, text_column};

/// The column of one of the three levels of protection.
macro_rules! level {
    ($title:literal, $field:ident) => {
        Column::new($title, |_, system: &System| capitalised(system.rating.$field.name()))
            .sorted_by(|_, system| system.rating.$field as i64)
            .field(|_, system, text| {
                system.rating.$field = choices::choice(text, Level::ALL, Level::name)?;
                Ok(())
            })
            .choices(|_| choices::names(Level::ALL, Level::name))
    };
}

pub const COLUMNS: &[Column<System>] = &[
    name_column!(System),
    Column::new("Class", |_, system: &System| system.class.name().to_owned())
        .field(|_, system, text| {
            system.class = choices::choice(text, SystemClass::ALL, SystemClass::name)?;
            Ok(())
        })
        .choices(|_| choices::names(SystemClass::ALL, SystemClass::name)),
    Column::new("Environment", |_, system: &System| system.environment.name().to_owned())
        .usual()
        .field(|_, system, text| {
            system.environment = choices::choice(text, Environment::ALL, Environment::name)?;
            Ok(())
        })
        .choices(|_| choices::names(Environment::ALL, Environment::name)),
    Column::new("Area", |plan, system: &System| {
        system.area.as_ref().map_or_else(String::new, |id| plan.areas().name_of(id))
    })
    .usual()
    .field(|plan, system, text| {
        system.area = choices::optional(text, |text| choices::record(plan.areas(), text))?;
        Ok(())
    })
    .choices(|plan| choices::all_names(plan.areas())),
    Column::new("Group", groups).usual().edits(set_groups).choices(group_names),
    text_column!(System, "Owner", service_owner).usual(),
    text_column!(System, "Service", service),
    Column::new("Criticality", |_, system: &System| capitalised(system.rating.criticality().name()))
        .sorted_by(|_, system| system.rating.criticality() as i64),
    level!("Availability", availability).usual(),
    level!("Confidentiality", confidentiality),
    level!("Integrity", integrity),
    text_column!(System, "Platform", platform).usual(),
    Column::new("Hosts", |_, system: &System| system.hosts.to_string())
        .usual()
        .number(|_, system| system.hosts.into())
        .field(|_, system, text| {
            system.hosts = choices::number(text, 0..=1_000_000)?;
            Ok(())
        }),
    text_column!(System, "Vendor", vendor),
    text_column!(System, "Product", product),
    Column::new("Other products", |_, system: &System| Product::list_in_words(&system.other_products)).field(
        |_, system, text| {
            system.other_products = Product::read_list(text);
            Ok(())
        },
    ),
    text_column!(System, "Hardware model", model),
    Column::new("Zone", |_, system: &System| system.zone.clone().unwrap_or_default()).field(|plan, system, text| {
        system.zone = choices::optional(text, |text| choices::zone_name(plan, text))?;
        Ok(())
    }),
    Column::new("Depends on", |plan, system: &System| choices::joined_names(plan.systems(), &system.depends_on)).field(
        |plan, system, text| {
            system.depends_on = others(system, choices::sorted_records(plan.systems(), text)?)?;
            Ok(())
        },
    ),
    Column::new("Twin", |plan, system: &System| choices::joined_names(plan.systems(), system.twin.as_slice())).field(
        |plan, system, text| {
            let twin = choices::optional(text, |text| choices::record(plan.systems(), text))?;
            system.twin = others(system, twin.into_iter().collect())?.pop();
            Ok(())
        },
    ),
    Column::new("Counterpart", |plan, system: &System| {
        choices::joined_names(plan.systems(), system.counterpart.as_slice())
    })
    .field(|plan, system, text| {
        let counterpart = choices::optional(text, |text| choices::record(plan.systems(), text))?;
        system.counterpart = others(system, counterpart.into_iter().collect())?.pop();
        Ok(())
    }),
    Column::new("Patch method", |_, system: &System| system.patch_method.name().to_owned()).field(|_, system, text| {
        system.patch_method = PatchMethod::read(text);
        Ok(())
    }),
    Column::new("Services to stop", |_, system: &System| system.stop_services.join(", ")).field(|_, system, text| {
        system.stop_services = choices::names_in(text);
        Ok(())
    }),
    text_column!(System, "Test", test_script),
    Column::new("Rollback", |_, system: &System| capitalised(system.rollback.name()))
        .field(|_, system, text| {
            system.rollback = choices::choice(text, RollbackMethod::ALL, RollbackMethod::name)?;
            Ok(())
        })
        .choices(|_| choices::names(RollbackMethod::ALL, RollbackMethod::name)),
    Column::new("Rollback tested on", |_, system: &System| system.rollback_tested_on.map_or_else(String::new, date))
        .sorted_by(|_, system| system.rollback_tested_on.map_or(0, |on| day_number(on).into()))
        .field(|_, system, text| {
            system.rollback_tested_on = choices::optional(text, choices::date)?;
            Ok(())
        }),
    Column::new("Host names", |_, system: &System| system.host_names.join(", ")).field(|_, system, text| {
        system.host_names = choices::names_in(text);
        Ok(())
    }),
    Column::new("Circuits", |_, system: &System| system.circuits.join(", ")).field(|_, system, text| {
        system.circuits = choices::names_in(text);
        Ok(())
    }),
    text_column!(System, "Notes", notes),
    id_column!(System),
];

/// A system cannot depend on itself, or be its own twin or counterpart.
fn others(system: &System, ids: Vec<SystemId>) -> Result<Vec<SystemId>, String> {
    if ids.contains(&system.id) { Err(format!("{} itself: choose another system", system.name)) } else { Ok(ids) }
}

fn groups(plan: &Plan, system: &System) -> String {
    let own = all_groups(plan).filter(|(_, group)| group.systems.binary_search(&system.id).is_ok());
    own.map(|each| group_name(plan, each)).collect::<Vec<_>>().join(", ")
}

/// Assigns the system to the groups that the text names, and removes it from all others.
fn set_groups(plan: &Plan, system: &System, text: &str) -> Result<Vec<Edit>, String> {
    let wanted = read_groups(plan, text)?;
    for (at, (ladder, group)) in wanted.iter().enumerate() {
        let before = wanted[..at].iter().find(|(each, other)| each.id == ladder.id && other.id != group.id);
        if let Some((_, other)) = before {
            return Err(format!("{} and {} are on one ladder: choose one of them", other.name, group.name));
        }
    }
    let systems = || vec![system.id.clone()];
    let mut edits = Vec::new();
    for (ladder, group) in all_groups(plan) {
        let is_in = group.systems.binary_search(&system.id).is_ok();
        let is_wanted = wanted.iter().any(|(_, each)| each.id == group.id);
        if is_wanted && !is_in {
            edits.push(Edit::Assign { systems: systems(), group: group.id.clone() });
        } else if is_in && !wanted.iter().any(|(each, _)| each.id == ladder.id) {
            edits.push(Edit::Unassign { systems: systems(), ladder: ladder.id.clone() });
        }
    }
    Ok(edits)
}
