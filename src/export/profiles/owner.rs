//! The owners of a plan's business areas.

use std::collections::BTreeMap;

use crate::export::text::one_line;
use crate::model::{AreaId, BusinessArea, Plan, address};

/// Somebody who answers for business areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The address, or the name in lower case if there is no address.
    pub key: String,
    pub name: String,
    /// Sorted.
    pub areas: Vec<AreaId>,
}

/// All owners of a plan's business areas, sorted by key.
pub fn owners(plan: &Plan) -> Vec<Owner> {
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    for area in plan.areas() {
        let Some(key) = owner_key(area) else { continue };
        let new = || Owner { key: key.clone(), name: String::new(), areas: Vec::new() };
        let owner = owners.entry(key.clone()).or_insert_with(new);
        owner.areas.push(area.id.clone());
        if owner.name.is_empty() {
            owner.name = one_line(&area.owner);
        }
    }
    owners.into_values().collect()
}

/// The owner with that address or name.
pub fn find_owner(plan: &Plan, wanted: &str) -> Option<Owner> {
    let key = address(wanted).unwrap_or_else(|| one_line(wanted).to_lowercase());
    let all = owners(plan);
    let by_name = || all.iter().find(|owner| owner.name.to_lowercase() == key);
    all.iter().find(|owner| owner.key == key).or_else(by_name).cloned()
}

fn owner_key(area: &BusinessArea) -> Option<String> {
    area.address().or_else(|| Some(one_line(&area.owner).to_lowercase())).filter(|key| !key.is_empty())
}
